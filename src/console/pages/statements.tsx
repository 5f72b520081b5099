import { Button, Card, ErrorSummary, Field, Form, Notice, Page, SummaryList, Tag, type Fault } from '../../design/index.ts';
import type { StatementAtDesk } from '../../desk/match-statement.ts';
import { paths, type Place } from '../place.ts';
import type { Words } from '../words.tsx';
import { faultOf } from './faults.ts';

/** What was declared, when, and under which law: in the words of whoever declared it. */
export const Declared = ({ one, words }: { readonly one: Omit<StatementAtDesk, 'id' | 'reference'>; readonly words: Words }) => {
  const { say } = words;
  const { contents } = one;
  const kind = contents.kind === undefined ? '' : ` · ${say(`statements.kind.${contents.kind}`)}`;
  return (
    <>
      <p><Tag tone={one.kind === 'withdrawal' ? 'now' : 'todo'}>{`${say(`statements.kind.${one.kind}`)}${kind}`}</Tag> <span class="quiet">{words.instant(one.receivedAt)} · {one.law}</span></p>
      <SummaryList answers={[
        { what: say('statements.name'), is: contents.name }, { what: say('statements.contract'), is: contents.contract },
        ...(contents.reason === undefined ? [] : [{ what: say('statements.reason'), is: contents.reason }]),
        ...(contents.ends === undefined ? [] : [{ what: say('statements.ends'), is: contents.ends === '' ? say('statements.soonest') : words.calendarDay(contents.ends) }]),
        { what: say('statements.email'), is: contents.email },
      ]} />
    </>
  );
};

const Waiting = ({ one, place, faults, typed }: { readonly one: StatementAtDesk; readonly place: Place; readonly faults: readonly Fault[]; readonly typed?: string | undefined }) => {
  const { words, base, token } = place;
  const { say } = words;
  const about = `about-${one.id}`;
  return (
    <Card title={<span class="num">{one.reference}</span>}>
      <Declared one={one} words={words} />
      {one.kind === 'cancellation' ? (
        <Form action={paths(base).statement(one.id)} token={token}>
          <Field name={about} label={say('statements.about')} value={typed} autocomplete="off" spellcheck={false} maxLength={40} fault={faultOf(faults, about)} />
          <div><Button name="act" value="match">{say('statements.match')}</Button></div>
        </Form>
      ) : null}
      <Form action={paths(base).statement(one.id)} token={token} sheet={false}><div class="acts"><Button look="link" name="act" value="settle">{say('statements.settle')}</Button><Button look="link" name="act" value="nowhere">{say('statements.nowhere')}</Button></div></Form>
    </Card>
  );
};

/** What was declared without sign-in and nobody has dealt with. */
export const StatementsPage = ({ place, waiting, done, at, typed, faults }: {
  readonly place: Place; readonly waiting: readonly StatementAtDesk[]; readonly done?: 'matched' | 'settled' | undefined; readonly at?: string; readonly typed?: string; readonly faults: readonly Fault[];
}) => {
  const { frame, words: { say } } = place;
  return (
    <Page frame={frame} title={say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title: say('statements.title') })} dense>
      <ErrorSummary title={say('faults.title')} faults={faults} />
      {done ? <Notice tone="done"><p>{say(`statements.${done}`)}</p></Notice> : null}
      <h1>{say('statements.title')}</h1>
      <p class="quiet">{say('statements.says')}</p>
      {waiting.length === 0 ? <p class="empty">{say('statements.none')}</p> : null}
      {waiting.map((one) => <Waiting key={one.id} one={one} place={place} faults={faults} typed={one.id === at ? typed : undefined} />)}
    </Page>
  );
};
