import { Button, Card, ErrorSummary, Field, Form, Notice, Page, Way, type Fault } from '../../design/index.ts';
import type { ThreadAtDesk, WaitingThread } from '../../desk/conversation.ts';
import { paths, type Place } from '../place.ts';
import { faultOf } from './faults.ts';
import { Talk } from './talk.tsx';

/** Who waits for an answer, the longest first (ST5). */
export const ThreadsPage = ({ place, threads, answered }: { readonly place: Place; readonly threads: readonly WaitingThread[]; readonly answered: boolean }) => {
  const { frame, words, base } = place;
  const { say } = words;
  return (
    <Page frame={frame} title={say('threads.title')} dense>
      {answered ? <Notice tone="done"><p>{say('threads.answered')}</p></Notice> : null}
      <h1>{say('threads.title')}</h1>
      {threads.length === 0 ? <p class="empty">{say('threads.none')}</p> : (
        <table class="queue">
          <caption class="hidden">{say('threads.title')}</caption>
          <thead><tr><th scope="col">{say('threads.line')}</th><th scope="col">{say('queue.head.number')}</th><th scope="col">{say('threads.since')}</th></tr></thead>
          <tbody>{threads.map((one) => (
            <tr key={one.lineId}>
              <td data-head={say('threads.line')}><div><a class="num" href={paths(base).thread(one.lineId)}>••• {one.ending}</a></div></td>
              <td data-head={say('queue.head.number')}><div>{one.applicationNumber ? <a class="num" href={paths(base).case(one.applicationNumber)}>{one.applicationNumber}</a> : <span class="quiet">{say('threads.no-case')}</span>}</div></td>
              <td data-head={say('threads.since')}><div>{words.instant(one.since)}</div></td>
            </tr>
          ))}</tbody>
        </table>
      )}
    </Page>
  );
};

/** What was said, and the answer. The subscriber wrote it signed in; beyond it nothing of them is shown. */
export const ThreadPage = ({ place, thread, typed, faults }: { readonly place: Place; readonly thread: ThreadAtDesk; readonly typed?: string; readonly faults: readonly Fault[] }) => {
  const { frame, words, base, token } = place;
  const { say } = words;
  const to = paths(base);
  const title = say('threads.thread', { ending: thread.ending });
  return (
    <Page frame={frame} title={say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title })} dense>
      <ErrorSummary title={say('faults.title')} faults={faults} />
      <Way back={{ href: to.threads, label: say('threads.title') }} />
      <h1>{title}</h1>
      {thread.applicationNumber ? <p><a class="num" href={to.case(thread.applicationNumber)}>{thread.applicationNumber}</a></p> : null}
      <Talk messages={thread.messages} words={words} attachment={(id) => to.threadAttachment(thread.lineId, id)} />
      {thread.ownAccount ? <Notice tone="stop"><p>{say('call.find.own-account')}</p></Notice> : (
        <Card title={say('threads.answer')}>
          <Form action={to.thread(thread.lineId)} token={token}>
            <Field name="text" many label={say('threads.answer-label')} hint={say('threads.answer-hint')} value={typed} maxLength={2000} fault={faultOf(faults, 'text')} />
            <Button>{say('threads.answer-do')}</Button>
          </Form>
        </Card>
      )}
    </Page>
  );
};
