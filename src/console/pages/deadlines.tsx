import { Button, Card, Form, Notice, Page, RadioGroup, SummaryList, Tag } from '../../design/index.ts';
import type { CannotActOnRequest, DataRequestAtDesk } from '../../desk/data-requests.ts';
import type { HeldErasure } from '../../desk/erasures.ts';
import type { DisconnectFile } from '../../desk/disconnect-report.ts';
import { paths, type Place } from '../place.ts';

const Request = ({ one, place: { words, base, token } }: { readonly one: DataRequestAtDesk; readonly place: Place }) => {
  const { say } = words;
  const action = paths(base).dataRequest(one.id);
  return (
    <Card title={`${say(`data.kind.${one.kind}`)} · ${one.name ?? say('data.nobody')}`}>
      <p><Tag tone={one.late ? 'stop' : 'todo'}>{one.late ? say('data.late') : one.dueAt ? say('data.open') : say('data.no-term')}</Tag></p>
      <SummaryList answers={[
        { what: say('data.asked'), is: words.instant(one.askedAt) },
        ...(one.dueAt ? [{ what: say('data.due'), is: <>{words.instant(one.dueAt)} <span class="quiet">{one.law}</span></> }] : []),
        ...(one.erasedFrom ? [{ what: say('data.erased-from'), is: words.instant(one.erasedFrom) }] : []),
        ...(one.extended ? [{ what: say('data.extended'), is: <>{words.instant(one.extended.at)} · {say(`data.because.${one.extended.because}`)}</> }] : []),
      ]} />
      <Form action={action} token={token} sheet={false}><Button name="act" value="answer">{say('data.answer')}</Button></Form>
      {one.extendable ? (
        <Form action={action} token={token}>
          <RadioGroup name="because" label={words.compose('data.extend-until', { at: words.instant(one.extendable) })} two chosen="complex" choices={(['complex', 'many'] as const).map((value) => ({ value, label: say(`data.because.${value}`) }))} />
          <Button name="act" value="extend" look="plain">{say('data.extend')}</Button>
        </Form>
      ) : null}
    </Card>
  );
};

const Held = ({ one, place: { words, base } }: { readonly one: HeldErasure; readonly place: Place }) => (
  <Card title={one.numbers.map((number, place) => <span key={number}>{place > 0 ? ' · ' : ''}<a href={paths(base).case(number)}>{number}</a></span>)}>
    <SummaryList answers={[
      { what: words.say('erasure.since'), is: words.instant(one.since) },
      { what: words.say('erasure.why'), is: one.holds.map((hold) => <p key={hold}>{words.say(`erasure.hold.${hold}`)}</p>) },
    ]} />
  </Card>
);

type Props = { readonly place: Place; readonly held?: readonly HeldErasure[]; readonly requests: readonly DataRequestAtDesk[]; readonly files: readonly DisconnectFile[]; readonly now: Date; readonly done?: 'answered' | 'extended' | undefined; readonly cannot?: CannotActOnRequest['kind'] };

/** What a law wants done by a day, beside reviews. */
export const DeadlinesPage = ({ place, held = [], requests, files, now, done, cannot }: Props) => {
  const { frame, words } = place;
  const { say } = words;
  return (
    <Page frame={frame} title={say('deadlines.title')} dense>
      {done ? <Notice tone="done"><p>{say(`data.done.${done}`)}</p></Notice> : null}
      {cannot && cannot !== 'not-found' ? <Notice tone="stop" title={say('cannot.title')}><p role="alert">{say(`data.cannot.${cannot}`)}</p></Notice> : null}
      <h1>{say('deadlines.title')}</h1>
      <p class="quiet">{say('deadlines.says')}</p>
      {files.length > 0 ? (
        <>
          <h2>{say('deadlines.files')}</h2>
          {files.map(({ register, month, dueAt }) => (
            <Notice key={`${register} ${month}`} tone={dueAt <= now ? 'stop' : 'todo'} title={say('deadlines.file', { month })}>
              <p>{words.compose(dueAt <= now ? 'deadlines.file-late' : 'deadlines.file-due', { at: words.instant(dueAt) })}</p>
              <p><code>{`signoff numbers ${register} --month ${month}`}</code></p>
            </Notice>
          ))}
        </>
      ) : null}
      <h2>{say('deadlines.data')}</h2>
      {requests.length === 0 ? <p class="empty">{say('deadlines.none')}</p> : requests.map((one) => <Request key={one.id} one={one} place={place} />)}
      {held.length > 0 ? (
        <>
          <h2>{say('erasure.title')}</h2>
          <p class="quiet">{say('erasure.says')}</p>
          {held.map((one) => <Held key={one.numbers.join()} one={one} place={place} />)}
        </>
      ) : null}
    </Page>
  );
};
