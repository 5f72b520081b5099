import { Button, Card, CheckBox, CheckGroup, Field, Form, Notice, RadioGroup, Tag, type Fault } from '../../design/index.ts';
import { dayIsOver } from '../../desk/asked-for.ts';
import type { ReviewCase } from '../../desk/review-case.ts';
import { paths, type Place } from '../place.ts';
import { mayDecide, type Staff } from '../rights.ts';
import { faultOf } from './faults.ts';

export const noteMost = 1000;

/** What was just sent and did not pass; the panel it came from stands open. */
export type Sent = { readonly decision: 'approve' | 'ask' | 'refuse'; readonly materials?: readonly string[]; readonly note?: string; readonly because?: string; readonly faults: readonly Fault[] };

type Props = { readonly view: ReviewCase; readonly staff: Staff; readonly place: Place; readonly now: Date; readonly sent: Sent | undefined };

const day = 86_400_000;

const AfterApproval = ({ view: { pack, status, decision, approvals }, now, place: { words } }: Props) => {
  const { say, text } = words;
  const refund = status.money.find(({ what }) => what === 'refund');
  return (
    <>
      {decision.answer === 'eligible' ? null : <Notice tone="todo"><p>{say('decide.approve.against')}{text(decision.because)}</p></Notice>}
      {approvals.of === 2 ? <p>{say(approvals.given === 0 ? 'decide.approvals-first' : 'decide.approvals-second')}</p> : null}
      <p>{say('decide.approve-says')}</p>
      <ul>
        {pack.confirmation === null && status.ends && dayIsOver(pack, status.ends.lastDay) > now ? <>
          <li>{words.compose('decide.approve.ends', { day: words.calendarDay(status.ends.lastDay) })}</li>
          <li>{words.compose('decide.approve.until', { at: words.day(new Date(dayIsOver(pack, status.ends.lastDay).getTime() + pack.recoverableDays * day)) })}</li>
        </> : pack.confirmation !== null ? <li>{say('decide.approve.confirm', { hours: pack.confirmation.hours })}</li> : pack.recoverableDays > 0
          ? <><li>{say('decide.approve.bar')}</li><li>{words.compose('decide.approve.until', { at: words.day(new Date(now.getTime() + pack.recoverableDays * day)) })}</li></>
          : <li>{say('decide.approve.at-once')}</li>}
        {refund ? <li>{say('decide.approve.refund', { amount: words.money(refund.amount) })}</li> : null}
      </ul>
    </>
  );
};

/** Why there is nothing to press, where there is nothing. */
const whyNot = ({ view, staff, place: { words: { say } } }: Props): string | undefined => {
  if (view.status.state === 'waiting') return say('decide.not.waiting');
  if (view.status.state !== 'reviewing') return say('decide.not.over');
  if (!mayDecide(staff)) return say('decide.not.auditor', { roles: staff.roles.map((role) => say(`role.${role}`)).join(' / ') });
  if (view.ownCase) return say('decide.not.own');
  return view.refusedByMe ? say('decide.not.own-refusal') : undefined;
};

/** Three ways on, one open at a time; each says what it brings and is sent by a button of its own. */
export const Decide = (props: Props) => {
  const { view, place, sent } = props;
  const { words: { say, text }, base, token } = place;
  const number = view.status.applicationNumber;
  const no = whyNot(props);
  if (no !== undefined) return <Card title={say('decide.title')}><p>{no}</p></Card>;
  const faults = sent?.faults ?? [];
  const seen = <input type="hidden" name="seen" value={view.version} />;
  return (
    <Card title={say('decide.title')}>
      {view.approvals.of === 2 ? <p><Tag tone={view.approvals.given > 0 ? 'now' : 'todo'}>{say('decide.approvals', { given: view.approvals.given, of: view.approvals.of })}</Tag></p> : null}
      <div class="ways-on">
        <details name="decide" open={sent?.decision === 'approve'}>
          <summary>{say('decide.approve')}</summary>
          <Form action={paths(base).approve(number)} token={token}>
            {seen}
            {view.approvals.mine ? <p>{say('decide.approvals-mine')}</p> : <><div class="prose"><AfterApproval {...props} /></div><Button>{say('decide.approve-do')}</Button></>}
          </Form>
        </details>
        <details name="decide" open={sent?.decision === 'ask'}>
          <summary>{say('decide.ask')}</summary>
          <Form action={paths(base).ask(number)} token={token}>
            {seen}
            <p>{say('decide.ask-says', { days: view.pack.draftDays })}</p>
            <CheckGroup name="materials" label={say('decide.ask.materials')} fault={faultOf(faults, 'materials')}>
              {view.pack.materials.map(({ id, says }, place) => <CheckBox key={id} name="materials" id={place === 0 ? 'materials' : `materials-${place}`} value={id} label={text(says)} checked={sent?.materials?.includes(id) ?? false} />)}
            </CheckGroup>
            <Field name="note" many label={say('decide.ask.note')} hint={say('decide.ask.note-hint')} value={sent?.note} fault={faultOf(faults, 'note')} />
            <Button>{say('decide.ask-do')}</Button>
          </Form>
        </details>
        <details name="decide" open={sent?.decision === 'refuse'}>
          <summary>{say('decide.refuse')}</summary>
          <Form action={paths(base).refuse(number)} token={token}>
            {seen}
            <p>{say('decide.refuse-says')}</p>
            <RadioGroup name="because" label={say('decide.refuse.because')} fault={faultOf(faults, 'because')} chosen={sent?.because}
              choices={view.pack.refusals.map(({ id, says, remedy }) => ({ value: id, label: text(says), hint: text(remedy) }))} />
            <Button look="final">{say('decide.refuse-do')}</Button>
          </Form>
        </details>
      </div>
    </Card>
  );
};
