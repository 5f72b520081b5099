import { Fragment, type ComponentChildren } from 'preact';
import { Actions, Button, Card, Form, Go, Notice, Page, Row, Tag, Way } from '../../design/index.ts';
import type { Preparation, PreparationItem } from '../../desk/views.ts';
import { stagesOf } from '../../policy/stages.ts';
import { paths, type Place } from '../place.ts';
import { RightsCards } from './rights.tsx';
import { ToldNotice, type Told } from './told.tsx';

/** Each open thing with the button that does it: one button a bill, one a device, one for all devices. */
const Remedies = ({ item, lineId, place: { words, base, token } }: { readonly item: PreparationItem; readonly lineId: string; readonly place: Place }): ComponentChildren => {
  const { say } = words;
  const to = paths(base);
  const act = (action: string, hidden: Record<string, string>, label: string, small: boolean, of?: ComponentChildren) => (
    <Form action={action} token={token} sheet={false}>
      {Object.entries(hidden).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      <Button look={small ? 'small' : 'link'}>{label}{of ? <span class="hidden"> {of}</span> : null}</Button>
    </Form>
  );
  return (
    <>
      {item.bills && item.bills.length > 0 ? (
        <ul class="items">
          {item.bills.map((bill) => (
            <li key={bill.billId}>
              <span><b class="num">{words.money(bill.amount)}</b> <span class="quiet">{say('preparation.bill-due', { day: words.calendarDay(bill.dueOn) })}</span></span>
              {act(to.payBill(lineId), { bill: bill.billId }, say('preparation.pay'), true, words.money(bill.amount))}
            </li>
          ))}
        </ul>
      ) : null}
      {item.devices && item.devices.length > 0 ? (
        <ul class="items">
          {item.devices.map((device) => (
            <li key={device.deviceId}><span>{device.name}</span>{act(to.unbind(lineId), { device: device.deviceId }, say('preparation.unbind'), false, device.name)}</li>
          ))}
          {item.devices.length > 1 ? <li><span class="quiet">{say('preparation.unbind-all-says')}</span>{act(to.unbind(lineId), { device: 'all' }, say('preparation.unbind-all'), true)}</li> : null}
        </ul>
      ) : null}
      {item.remedy === 'take-data' && item.stored
        ? <div class="act">{act(to.takeData(lineId), {}, say(item.stored.takenAt ? 'preparation.take-again' : 'preparation.take'), true)}</div>
        : null}
      {item.remedy === 'contact-support' ? <Go look="link" href={to.help}>{say('preparation.support')}</Go> : null}
    </>
  );
};

const itemSays = (item: PreparationItem, { words }: Place): ComponentChildren => {
  const { say, text, money } = words;
  return (
    <>
      {item.stored ? <b class="num">{say('preparation.stored', { contacts: item.stored.contacts, messages: item.stored.messages, calls: item.stored.calls })}</b> : null}
      {item.credit && item.credit.minor > 0 ? <b class="num">{say('home.says.credit', { amount: money(item.credit) })}</b> : null}
      {item.state === 'done' && item.required ? null : text(item.says)}
      {item.stored?.takenAt ? <> {words.compose('preparation.taken', { at: words.instant(item.stored.takenAt) })}</> : null}
    </>
  );
};

const ItemTag = ({ item, place: { words: { say } } }: { readonly item: PreparationItem; readonly place: Place }) => {
  if (item.state === 'done') return <Tag tone="done">{say('preparation.done')}</Tag>;
  if (item.state === 'todo') return item.required ? <Tag tone="todo">{say('preparation.todo')}</Tag> : <Tag>{say('preparation.advised')}</Tag>;
  return undefined;
};

const Items = ({ items, lineId, place }: { readonly items: readonly PreparationItem[]; readonly lineId: string; readonly place: Place }) => (
  <Card>
    {items.map((item) => (
      <Row key={item.id} mark="h3" title={place.words.text(item.title)} says={itemSays(item, place)} stands={<ItemTag item={item} place={place} />}>
        <Remedies item={item} lineId={lineId} place={place} />
      </Row>
    ))}
  </Card>
);

/** What a policy puts before everything that must be done is said before it (ES1); then what must be, then what may. */
const groupsOf = (items: readonly PreparationItem[]) => {
  const first = items.slice(0, Math.max(0, items.findIndex(({ required }) => required)));
  return [
    { title: 'first', items: first },
    { title: 'must', items: items.filter(({ required }) => required) },
    { title: 'also', items: items.filter((item) => !item.required && !first.includes(item)) },
  ] as const;
};

/** This line's own open items, what must be done before what may, and whether it may be cancelled as things stand (UP2, UP3). */
export const PreparationPage = ({ place, view, told }: { readonly place: Place; readonly view: Preparation; readonly told?: Told | undefined }) => {
  const { frame, words, pack, base, token } = place;
  const { say, text } = words;
  const to = paths(base);
  const { lineId } = view.line;
  const stages = stagesOf(view.pack).length;
  const todo = view.items.filter((item) => item.state === 'todo' && item.required).length;
  const tone = { eligible: 'done', 'not-yet': 'todo', never: 'stop' } as const;
  return (
    <Page frame={frame} title={say('preparation.title')}>
      <Way back={{ href: to.line(lineId), label: say('way.back') }} step={{ at: 1, of: stages, label: say('way.step', { at: 1, of: stages }) }} />
      <ToldNotice told={told} />
      <h1>{todo > 0 ? say('preparation.left', { count: todo }) : say('preparation.ready')}</h1>
      <p class="quiet">{words.compose('preparation.for', { number: words.phone(view.line.msisdn) })}</p>
      <RightsCards rights={view.rights} words={words} />
      {groupsOf(view.items).map(({ title, items }) => items.length === 0 ? null : (
        <Fragment key={title}>
          <h2>{say(`preparation.${title}`)}</h2>
          <Items items={items} lineId={lineId} place={place} />
        </Fragment>
      ))}
      <Notice tone={tone[view.answer]} title={say(`preparation.answer.${view.answer}`)}>
        {(view.open.length > 0 ? view.open : [view.because]).map((because) => <p key={because.en}>{text(because)}</p>)}
        <p class="small"><b>{say('preparation.region')}</b> {text(view.regionNote)}</p>
        {[...new Map(view.law.map(({ because }) => [because.en, because])).values()].map((because) => <p key={because.en} class="small">{text(because)}</p>)}
      </Notice>
      <Actions>
        {view.mayGoOn ? <Form action={to.preparation(lineId)} token={token} sheet={false}><Button>{say('preparation.next')}</Button></Form> : null}
        <Go look="link" href={view.mayGoOn ? to.home : to.help}>{say(view.mayGoOn ? 'way.later' : 'preparation.support')}</Go>
      </Actions>
      <p class="quiet">{say(view.mayGoOn ? 'preparation.kept' : 'preparation.not-yet', { days: pack.draftDays })}</p>
    </Page>
  );
};
