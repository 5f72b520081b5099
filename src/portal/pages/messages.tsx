import { Actions, Button, Card, ErrorSummary, Field, FileField, Form, Go, Notice, Page, Way, type Fault } from '../../design/index.ts';
import type { Thread } from '../../desk/conversation.ts';
import { paths, type Place } from '../place.ts';
import { faultOf } from './faults.ts';
import { SafetyAdvice } from './safety-advice.tsx';
import { Talk } from './talk.tsx';

/** The thread of a line with support (ST5): before a case and within it. `number`: where one stands at a case. */
export const MessagesPage = ({ place, thread, number, typed, faults }: {
  readonly place: Place; readonly thread: Thread; readonly number?: string | undefined; readonly typed?: string | undefined; readonly faults: readonly Fault[];
}) => {
  const { frame, words, base, token } = place;
  const { say } = words;
  const to = paths(base);
  const { line, messages, support, mayApply } = thread;
  return (
    <Page frame={frame} title={say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title: say('messages.title') })}>
      <ErrorSummary title={say('faults.title')} faults={faults} />
      <Way back={number === undefined ? { href: to.line(line.lineId), label: say('way.back') } : { href: to.status(number), label: say('way.back') }} />
      <h1>{say('messages.title')}</h1>
      <p>{words.phone(line.msisdn)}</p>
      <p class="quiet">{support.kind === 'open' ? say('messages.open') : support.kind === 'closed' ? words.compose('messages.opens', { at: words.instant(support.opensAt) }) : say('messages.closed')}</p>
      {messages.length > 0 ? <Talk messages={messages} words={words} attachment={(id) => to.attachment(line.lineId, id)} /> : <p class="quiet">{say('messages.none')}</p>}
      <SafetyAdvice place={place} />
      <Form action={number === undefined ? to.messages(line.lineId) : to.caseMessages(number)} token={token} files>
        <Field name="text" many label={say('messages.text')} value={typed} maxLength={2000} fault={faultOf(faults, 'text')} />
        <FileField name="attachment" label={say('messages.file')} hint={say('application.document-hint', { most: place.uploadMost })} accept="image/jpeg,image/png,application/pdf" fault={faultOf(faults, 'attachment')} />
        <Actions><Button>{say('messages.send')}</Button></Actions>
      </Form>
      <Notice><p>{say('messages.mailed')}</p></Notice>
      {mayApply ? (
        <Card title={say('messages.apply')}>
          <p>{say('messages.apply-says')}</p>
          <Form action={to.applyFromMessages(line.lineId)} token={token} sheet={false}><Button look="plain">{say('messages.apply-do')}</Button></Form>
        </Card>
      ) : line.case?.state === 'draft' ? <Go look="plain" href={to.preparation(line.lineId)}>{say('home.do.finish-draft')}</Go> : null}
    </Page>
  );
};
