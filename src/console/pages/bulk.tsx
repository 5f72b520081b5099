import { Actions, Button, ErrorSummary, FileField, Form, Go, Notice, Page, SummaryList, Tag, type Answer, type Fault } from '../../design/index.ts';
import type { BulkHand, BulkLine, BulkView, RowFilter } from '../../desk/bulk/order.ts';
import { refusalInWords } from '../../desk/bulk/in-words.ts';
import type { CannotMoveOrder } from '../../cancellation/bulk-order.ts';
import type { State } from '../../cancellation/life-cycle.ts';
import { paths, type Place } from '../place.ts';
import { mayDecide, type Staff } from '../rights.ts';
import type { ConsoleKey, LifeKey, Words } from '../words.tsx';

const toneOf: Readonly<Record<BulkView['state'], 'todo' | 'done' | 'stop' | 'now'>> = { reading: 'now', checking: 'now', checked: 'todo', released: 'now', paused: 'todo', stopped: 'stop', done: 'done' };
const nameOf = ({ name, mine }: BulkHand, { say }: Words): string => (mine ? say('bulk.you') : name ?? say('bulk.gone'));

type ListProps = { readonly place: Place; readonly staff: Staff; readonly orders: readonly BulkView[]; readonly most: string; readonly faults: readonly Fault[] };

/** The orders of this brand, and the way in for a new file. */
export const BulkPage = ({ place, staff, orders, most, faults }: ListProps) => {
  const { frame, words, base, token } = place;
  const { say } = words;
  const heads: readonly ConsoleKey[] = ['bulk.head.uploaded', 'bulk.head.by', 'bulk.head.lines', 'bulk.head.opened', 'bulk.head.state'];
  return (
    <Page frame={frame} title={say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title: say('bulk.title') })} dense>
      <ErrorSummary title={say('faults.title')} faults={faults} />
      <h1>{say('bulk.title')}</h1>
      <p class="quiet">{say('bulk.says')}</p>
      {mayDecide(staff) ? (
        <Form action={paths(base).bulk} token={token} files>
          <FileField name="file" label={say('bulk.file')} hint={say('bulk.file-hint', { most })} accept=".csv,.ndjson,.jsonl,text/csv" fault={faults.find(({ id }) => id === 'file')?.says} />
          <Button>{say('bulk.upload')}</Button>
        </Form>
      ) : null}
      {orders.length === 0 ? <p class="empty">{say('bulk.none')}</p> : (
        <table class="queue">
          <caption class="hidden">{say('bulk.title')}</caption>
          <thead><tr>{heads.map((head) => <th key={head} scope="col">{say(head)}</th>)}</tr></thead>
          <tbody>
            {orders.map((one) => (
              <tr key={one.orderId}>
                <td data-head={say('bulk.head.uploaded')}><div><a href={paths(base).bulkOrder(one.orderId)}>{words.instant(one.uploaded.at)}</a></div></td>
                <td data-head={say('bulk.head.by')}><div>{nameOf(one.uploaded, words)}</div></td>
                <td data-head={say('bulk.head.lines')}><div>{words.compose('bulk.of', { count: one.eligible, all: one.lines })}</div></td>
                <td data-head={say('bulk.head.opened')}><div>{one.opened}</div></td>
                <td data-head={say('bulk.head.state')}><div><Tag tone={toneOf[one.state]}>{say(`bulk.state.${one.state}`)}</Tag></div></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Page>
  );
};

type OrderProps = {
  readonly place: Place; readonly staff: Staff; readonly order: BulkView; readonly cases: ReadonlyMap<State, number>;
  readonly which?: RowFilter | undefined; readonly lines: readonly BulkLine[]; /** The last line of this page, where there are more. */ readonly next?: number | undefined;
  readonly cannot?: CannotMoveOrder['kind'] | undefined;
};

const Stands = ({ order, place: { words } }: OrderProps) => {
  const { say } = words;
  const done = order.opened + order.dropped;
  switch (order.state) {
    case 'reading':
    case 'checking':
      return <><p>{say('bulk.checking', { share: String(Math.round(order.share * 100)) })}</p><progress max={1} value={order.share} aria-label={say('bulk.state.checking')} /></>;
    case 'checked':
      return <p>{say(order.eligible === 0 ? 'bulk.nothing' : order.uploaded.mine ? 'bulk.wait-other' : 'bulk.may-release', { count: order.eligible })}</p>;
    case 'released':
    case 'paused':
      return (
        <>
          <p>{say('bulk.progress', { done, all: order.eligible })}{order.secondsLeft === undefined ? null : <> {say('bulk.left', { minutes: Math.ceil(order.secondsLeft / 60) })}</>}</p>
          <progress max={order.eligible} value={done} aria-label={say('bulk.head.opened')} />
        </>
      );
    case 'stopped':
      return <p>{say('bulk.stopped', { opened: order.opened, left: order.left })}</p>;
    case 'done':
      return <p>{say('bulk.done', { opened: order.opened })}</p>;
  }
};

/** What can be done with it now, by whoever looks. */
const Acts = ({ order, staff, place: { words: { say }, base, token } }: OrderProps) => {
  const to = paths(base);
  const act = (name: 'release' | 'pause' | 'resume' | 'stop', look: 'main' | 'plain' | 'final') => (
    <Form action={to.bulkAct(order.orderId, name)} token={token} sheet={false}><Button look={look}>{say(name === 'release' ? 'bulk.act.release' : `bulk.act.${name}`, { count: order.eligible })}</Button></Form>
  );
  const may = mayDecide(staff);
  const living = !['stopped', 'done'].includes(order.state);
  return (
    <Actions>
      {may && order.state === 'checked' && !order.uploaded.mine && order.eligible > 0 ? act('release', 'final') : null}
      {may && order.state === 'released' ? act('pause', 'plain') : null}
      {may && order.state === 'paused' ? act('resume', 'main') : null}
      {may && living ? act('stop', 'plain') : null}
      {['reading', 'checking', 'released'].includes(order.state) ? <Go href={to.bulkOrder(order.orderId)} look="plain">{say('bulk.look-again')}</Go> : null}
      {order.lines > 0 ? <Go href={to.bulkResult(order.orderId)} look="plain" download>{say('bulk.result')}</Go> : null}
    </Actions>
  );
};

const Filters = ({ order, which, place: { words: { say, language }, base } }: OrderProps) => {
  const to = paths(base);
  const chips: readonly { readonly of: RowFilter | undefined; readonly says: string; readonly count: number }[] = [
    { of: undefined, says: say('bulk.all'), count: order.lines }, { of: 'eligible', says: say('bulk.eligible'), count: order.eligible - order.dropped },
    ...order.refused.map(({ why, count }) => ({ of: why, says: refusalInWords(language, { why, detail: '…' }), count })),
  ];
  return (
    <nav class="chips" aria-label={say('bulk.filter')}>
      <ul>{chips.map(({ of, says, count }) => <li key={of ?? 'all'}><a href={to.bulkOrder(order.orderId, of === undefined ? {} : { show: of })} aria-current={of === which ? 'true' : undefined}>{says}&nbsp;<span class="count">{count}</span></a></li>)}</ul>
    </nav>
  );
};

const Lines = ({ lines, next, which, order, place: { words, base } }: OrderProps) => {
  const { say } = words;
  const heads: readonly ConsoleKey[] = ['bulk.head.line', 'bulk.head.verdict', 'queue.head.number'];
  return lines.length === 0 ? <p class="empty">{say('bulk.no-lines')}</p> : (
    <>
      <table class="queue">
        <caption class="hidden">{say('bulk.lines')}</caption>
        <thead><tr>{heads.map((head) => <th key={head} scope="col">{say(head)}</th>)}</tr></thead>
        <tbody>
          {lines.map((one) => (
            <tr key={one.line}>
              <td data-head={say('bulk.head.line')}><div>{one.line}</div></td>
              <td data-head={say('bulk.head.verdict')}><div>{one.why !== undefined ? refusalInWords(words.language, one) : one.state === undefined ? say('bulk.eligible') : words.life(`state.${one.state}` as LifeKey)}</div></td>
              <td data-head={say('queue.head.number')}><div>{one.applicationNumber === undefined ? <span class="quiet">–</span> : <a class="num" href={paths(base).case(one.applicationNumber)}>{one.applicationNumber}</a>}</div></td>
            </tr>
          ))}
        </tbody>
      </table>
      {next === undefined ? null : <p><a href={paths(base).bulkOrder(order.orderId, { ...(which === undefined ? {} : { show: which }), after: String(next) })}>{say('bulk.more')}</a></p>}
    </>
  );
};

/** One order: how it stands, what can be done, and every line with its verdict. */
export const BulkOrderPage = (props: OrderProps) => {
  const { place: { frame, words, base }, order, cases, cannot } = props;
  const { say, instant } = words;
  const facts: Answer[] = [
    { what: say('bulk.uploaded'), is: <>{instant(order.uploaded.at)} · {nameOf(order.uploaded, words)}</> },
    ...(order.released === undefined ? [] : [{ what: say('bulk.released'), is: <>{instant(order.released.at)} · {nameOf(order.released, words)}</> }]),
    { what: say('bulk.head.lines'), is: words.compose('bulk.of', { count: order.eligible, all: order.lines }) },
    ...(order.dropped === 0 ? [] : [{ what: say('bulk.dropped'), is: order.dropped }]),
    ...[...cases].map(([state, count]) => ({ what: words.life(`state.${state}` as LifeKey), is: count })),
  ];
  return (
    <Page frame={frame} title={say('bulk.order')} dense>
      <p><a href={paths(base).bulk}>{say('bulk.back')}</a></p>
      {cannot === undefined ? null : <Notice tone="stop" title={say('cannot.title')}><p role="alert">{say(`bulk.cannot.${cannot}`)}</p></Notice>}
      <h1>{say('bulk.order')} <Tag tone={toneOf[order.state]}>{say(`bulk.state.${order.state}`)}</Tag></h1>
      <Stands {...props} />
      <Acts {...props} />
      <SummaryList answers={facts} side />
      <h2>{say('bulk.lines')}</h2>
      <Filters {...props} />
      <Lines {...props} />
    </Page>
  );
};
