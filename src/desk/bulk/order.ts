/** What people and programs do with an order: look, release, pause, resume, stop. Another brand's is not there. */
import { moveOrder, releaseOrder, type BulkMove, type BulkPerson, type BulkState, type CannotMoveOrder } from '../../cancellation/bulk-order.ts';
import type { State } from '../../cancellation/life-cycle.ts';
import { no, ok, type Result } from '../../cancellation/result.ts';
import { rowRefusals, type RowRefusal } from '../../policy/ordered-row.ts';
import type { Text } from '../../policy/pack.ts';
import { casesOfOrder, changeOrder, dropParts, loadOrder, ordersOf, rowsAfter, type BulkOrder, type ResultRow, type RowFilter } from '../../store/bulk-orders.ts';
import type { Tx } from '../../store/db.ts';
import { isUuid } from '../../store/lines.ts';
import { staffNames } from './people.ts';
import type { Desk } from '../desk.ts';
import type { BulkWho } from './take-file.ts';

/** `name`: of one of the staff; a program goes by its own. Absent: an account that is gone. */
export type BulkHand = { readonly person: BulkPerson; readonly name?: string; readonly at: Date; /** Whoever looks. */ readonly mine: boolean };
export type BulkView = {
  readonly orderId: string; readonly channel: 'bulk' | 'api'; readonly state: BulkState;
  /** Lines of the file that were read so far, its head apart; `share` of the file, 0 to 1. */
  readonly lines: number; readonly share: number;
  readonly eligible: number;
  /** By kind, the most first. */
  readonly refused: readonly { readonly why: RowRefusal; readonly count: number }[];
  /** Of those eligible: with a case; not any more when their turn came; still to come. */
  readonly opened: number; readonly dropped: number; readonly left: number;
  /** Until the last one has its case, as fast as it went since it was released or resumed. Absent where nothing runs, or too little ran to tell. */
  readonly secondsLeft?: number;
  readonly uploaded: BulkHand; readonly released?: BulkHand; readonly checkedAt?: Date; readonly endedAt?: Date;
};

const secondsLeft = (order: BulkOrder, left: number, now: Date): number | undefined => {
  const since = order.running_since === null ? 0 : (now.getTime() - order.running_since.getTime()) / 1000;
  const done = order.opened - order.opened_before;
  return order.state !== 'released' || done <= 0 || since <= 0 ? undefined : Math.ceil((left * since) / done);
};

const viewOf = (order: BulkOrder, names: ReadonlyMap<string, string>, looks: BulkPerson, now: Date): BulkView => {
  const hand = (person: BulkPerson, at: Date): BulkHand => ({ person, at, mine: person === looks, ...(names.has(person) ? { name: names.get(person) ?? '' } : {}) });
  const left = order.eligible - order.opened - order.dropped;
  const seconds = secondsLeft(order, left, now);
  return {
    orderId: order.id, channel: order.channel, state: order.state, lines: order.lines, share: order.parts === 0 ? 0 : order.parts_read / order.parts,
    eligible: order.eligible, opened: order.opened, dropped: order.dropped, left,
    refused: rowRefusals.flatMap((why) => (order.counts[why] === undefined ? [] : [{ why, count: order.counts[why] }])).toSorted((one, other) => other.count - one.count),
    uploaded: hand(order.uploaded_by, order.uploaded_at),
    ...(seconds === undefined ? {} : { secondsLeft: seconds }),
    ...(order.released_by === null || order.released_at === null ? {} : { released: hand(order.released_by, order.released_at) }),
    ...(order.checked_at === null ? {} : { checkedAt: order.checked_at }),
    ...(order.ended_at === null ? {} : { endedAt: order.ended_at }),
  };
};

export type { RowFilter };

type LookTools = Pick<Desk, 'db' | 'vault' | 'clock' | 'packs'>;

/** The latest first. */
export const seeOrders = (desk: LookTools, { brand, person }: BulkWho, most = 50): Promise<BulkView[]> =>
  desk.db.inBrand(brand, async (tx) => {
    const orders = await ordersOf(tx, brand, most);
    const names = await staffNames(desk, tx, orders);
    return orders.map((order) => viewOf(order, names, person, desk.clock.now()));
  });

export const seeOrder = (desk: LookTools, { brand, person }: BulkWho, orderId: string): Promise<BulkView | undefined> =>
  desk.db.inBrand(brand, async (tx) => {
    const order = isUuid(orderId) ? await loadOrder(tx, brand, orderId) : undefined;
    return order && viewOf(order, await staffNames(desk, tx, [order]), person, desk.clock.now());
  });

/** Where the cases that it opened stand now. */
export const casesOf = (desk: LookTools, { brand }: BulkWho, orderId: string): Promise<ReadonlyMap<State, number>> =>
  desk.db.inBrand(brand, async (tx) => (isUuid(orderId) ? (await casesOfOrder(tx, orderId)) as Map<State, number> : new Map()));

/** A line of the file with what becomes of it. `rule`: what the policy says against it, in words. */
export type BulkLine = { readonly line: number; readonly why?: RowRefusal; readonly detail?: string; readonly rule?: Text; readonly applicationNumber?: string; readonly state?: State; readonly endedAt?: Date };

export const toLine = (desk: Pick<Desk, 'packs'>, row: ResultRow): BulkLine => {
  const pack = row.why !== 'not-eligible' || row.pack_version === null ? undefined : desk.packs.byVersion(row.pack_version);
  const rule = pack?.ok ? pack.value.eligibility.find(({ id }) => id === row.detail)?.because : undefined;
  return {
    line: row.line_no,
    ...(row.why === null ? {} : { why: row.why }), ...(row.detail === null ? {} : { detail: row.detail }), ...(rule === undefined ? {} : { rule }),
    ...(row.application_number === null ? {} : { applicationNumber: row.application_number }),
    ...(row.case_state === null ? {} : { state: row.case_state as State }),
    ...(row.case_ended_at === null ? {} : { endedAt: row.case_ended_at }),
  };
};

/** A page of lines after one, in the file's order. */
export const linesOf = (desk: LookTools, { brand }: BulkWho, orderId: string, after: number, most: number, which?: RowFilter): Promise<BulkLine[]> =>
  desk.db.inBrand(brand, async (tx) => ((await loadOrder(tx, brand, orderId)) === undefined ? [] : (await rowsAfter(tx, orderId, after, most, which)).map((row) => toLine(desk, row))));

export type CannotChangeOrder = CannotMoveOrder | { readonly kind: 'not-found' };
type MoveTools = Pick<Desk, 'db' | 'clock' | 'jobs'>;

/** `changes`: what the move writes beside the new state. `goesOn`: a new chain of jobs begins with it. */
const move = (
  desk: MoveTools, { brand }: BulkWho, orderId: string,
  decide: (order: BulkOrder) => Result<BulkState, CannotMoveOrder>, changes: (order: BulkOrder, now: Date) => Parameters<typeof changeOrder>[2], goesOn: boolean, alongside?: (tx: Tx) => Promise<unknown>,
): Promise<Result<undefined, CannotChangeOrder>> =>
  desk.db.inBrand(brand, async (tx) => {
    const order = isUuid(orderId) ? await loadOrder(tx, brand, orderId, true) : undefined;
    if (order === undefined) return no({ kind: 'not-found' });
    const state = decide(order);
    if (!state.ok) return state;
    const chain = order.chain + 1;
    await changeOrder(tx, order.id, { state: state.value, chain, ...changes(order, desk.clock.now()) });
    await alongside?.(tx);
    if (goesOn) await desk.jobs.enqueue(tx, 'bulk', [{ data: { brand, orderId: order.id, chain } }]);
    return ok(undefined);
  });
const byTable = (name: BulkMove) => ({ state }: BulkOrder): Result<BulkState, CannotMoveOrder> => moveOrder(state, name);

/** The second person. From here on cases are opened. */
export const release = (desk: MoveTools, who: BulkWho, orderId: string) =>
  move(desk, who, orderId, (order) => releaseOrder({ state: order.state, uploadedBy: order.uploaded_by, eligible: order.eligible }, who.person),
    (order, now) => ({ released_by: who.person, released_at: now, running_since: now, opened_before: order.opened }), true);

/** What has a case goes its way; no further one is opened. */
export const pause = (desk: MoveTools, who: BulkWho, orderId: string) => move(desk, who, orderId, byTable('pause'), () => ({}), false);

export const resume = (desk: MoveTools, who: BulkWho, orderId: string) =>
  move(desk, who, orderId, byTable('resume'), (order, now) => ({ running_since: now, opened_before: order.opened }), true);

/** For good. What of its file was not read yet is gone. */
export const stop = (desk: MoveTools, who: BulkWho, orderId: string) =>
  move(desk, who, orderId, byTable('stop'), (_, now) => ({ stopped_by: who.person, ended_at: now }), false, (tx) => dropParts(tx, orderId));
