import { Button, Card, ErrorSummary, Field, Form, Notice, Page, SummaryList, Tag, type Fault } from '../../design/index.ts';
import type { FailedRefund } from '../../desk/mend-refund.ts';
import { paths, type Place } from '../place.ts';
import { faultOf } from './faults.ts';

const Failed = ({ one, place: { words, base, token }, faults, typed }: { readonly one: FailedRefund; readonly place: Place; readonly faults: readonly Fault[]; readonly typed?: string | undefined }) => {
  const { say } = words;
  const field = `elsewhere-${one.id}`;
  return (
    <Card title={<a class="num" href={paths(base).case(one.applicationNumber)}>{one.applicationNumber}</a>}>
      <SummaryList answers={[
        { what: say('refunds.amount'), is: <><b class="num">{words.money(one.amount)}</b> {one.stopped ? <Tag tone="stop">{say('refunds.stopped')}</Tag> : null}</> },
        { what: say('refunds.failed-at'), is: words.instant(one.failedAt) },
        ...(one.dueAt ? [{ what: say('refunds.due'), is: words.day(one.dueAt) }] : []),
        { what: say('refunds.payment'), is: <code>{one.payment}</code> },
      ]} />
      <Form action={paths(base).mendRefund(one.id)} token={token} sheet={false}><Button name="act" value="repeat">{say('refunds.repeat')}</Button></Form>
      <Form action={paths(base).mendRefund(one.id)} token={token}>
        <Field name={field} label={say('refunds.elsewhere')} hint={say('refunds.elsewhere-hint')} value={typed} autocomplete="off" autocapitalize="none" spellcheck={false} maxLength={80} class="num" fault={faultOf(faults, field)} />
        <div><Button look="plain" name="act" value="elsewhere">{say('refunds.elsewhere-do')}</Button></div>
      </Form>
    </Card>
  );
};

/** What is still owed: never left, or came back. */
export const RefundsPage = ({ place, failed, done, at, typed, faults }: {
  readonly place: Place; readonly failed: readonly FailedRefund[]; readonly done?: string | undefined; readonly at?: string; readonly typed?: string; readonly faults: readonly Fault[];
}) => {
  const { frame, words: { say, compose } } = place;
  return (
    <Page frame={frame} title={say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title: say('refunds.title') })} dense>
      <ErrorSummary title={say('faults.title')} faults={faults} />
      {done ? <Notice tone="done"><p>{compose('refunds.done', { number: <b class="num nb">{done}</b> })}</p></Notice> : null}
      <h1>{say('refunds.title')}</h1>
      <p class="quiet">{say('refunds.says')}</p>
      {failed.length === 0 ? <p class="empty">{say('refunds.none')}</p> : null}
      {failed.map((one) => <Failed key={one.id} one={one} place={place} faults={faults} typed={one.id === at ? typed : undefined} />)}
    </Page>
  );
};
