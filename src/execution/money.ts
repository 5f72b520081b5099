/** What steps move in money, booked in the transaction that records how they ended. */
import { refundDue } from '../desk/due.ts';
import { packOf } from '../desk/follow.ts';
import { resettle } from '../desk/resettle.ts';
import type { SavedOrder } from '../desk/settled.ts';
import type { Outcome, RefundFact } from '../plan/ports.ts';
import type { SettlementOrder } from '../plan/step.ts';
import type { Tx } from '../store/db.ts';
import { book, move, type LedgerEntry, type Posting } from '../store/ledger.ts';
import { requestRefunds, setRefund, type RefundState } from '../store/refunds.ts';
import type { StepRecord } from '../store/steps.ts';
import type { Execution } from './execution.ts';
import { tellWhatBecame } from './tell-refund.ts';
import type { Held } from './own-steps.ts';
import type { Mode, Recorded } from './record.ts';

/** `toRef`: the receiver of a transfer, as billing knows it. */
export type Order = SavedOrder & { readonly toRef?: string };

export const ordersOf = async (tx: Tx, caseIds: readonly string[]): Promise<Map<string, Order>> => {
  const rows = await tx.query<{ id: string; settlement: SavedOrder; to_ref: string | null }>(
    // The receiver is looked up by its key, and only where there is one: a join would be planned over all lines.
    `select c.id, c.plan -> 'settlement' as settlement,
       case when c.plan #>> '{settlement,transfer,toLineId}' is not null then (select l.billing_ref from lines l where l.id = (c.plan #>> '{settlement,transfer,toLineId}')::uuid) end as to_ref
     from cancellations c where c.id = any($1::uuid[])`, [caseIds]);
  return new Map(rows.map(({ id, settlement, to_ref: toRef }) => [id, toRef === null ? settlement : { ...settlement, toRef }]));
};

/** What billing is told. */
export const instructionOf = ({ collectMinor, offsetMinor, refundMinor, forfeitMinor, currency, payoutMinor, transfer, toRef }: Order): SettlementOrder => ({
  collectMinor, offsetMinor, refundMinor, forfeitMinor, currency,
  ...(payoutMinor === undefined ? {} : { payoutMinor }),
  ...(transfer === undefined ? {} : { transfer: { toRef: toRef ?? '', minor: transfer.minor } }),
});

type Case = Held & { readonly order: Order };
type Ended = { readonly held: Case; readonly row: StepRecord; readonly mode: Mode; readonly outcome: Outcome<unknown>; readonly result: Recorded };

/** Refunds that this round will ask for: on record before anybody is called. */
export const recordRequests = (execution: Execution, tx: Tx, intents: readonly { readonly held: Case; readonly row: StepRecord; readonly mode: Mode; readonly key: string }[], now: Date): Promise<void> =>
  requestRefunds(tx, intents.filter(({ row, mode }) => row.name === 'refund-credit' && mode === 'act').map(({ held: { one, line, order }, key }) => ({
    brand: one.brand, lineId: one.lineId, cancellationId: one.id, key, paymentRef: line.paymentRef ?? '', amountMinor: order.payoutMinor ?? 0, currency: order.currency,
    due: refundDue(execution, packOf(execution, one), now),
  })), now);

export const recordMoney = async (execution: Execution, tx: Tx, ended: readonly Ended[], now: Date): Promise<void> => {
  await recordSettled(execution, tx, ended.filter(({ row, result }) => row.name === 'settle-balance' && result.change.state === 'done').map(({ held }) => held), now);
  for (const one of ended) if (one.row.name === 'refund-credit') await recordRefund(execution, tx, one, now);
};

/** Everything that a settlement moves: what is charged last, what the credit pays, what is collected, and where the rest goes. */
export const postingsOf = (lineId: string, order: SavedOrder): Posting[] => [
  ...move(order.chargesMinor ?? 0, 'receivable', 'revenue', lineId),
  ...move(order.offsetMinor, 'subscriber-credit', 'receivable', lineId),
  ...move(order.collectMinor, 'cash', 'receivable', lineId),
  ...move(order.refundMinor, 'subscriber-credit', 'cash', lineId),
  ...move(order.payoutMinor ?? 0, 'subscriber-credit', 'refunds-due', lineId),
  ...move(order.transfer?.minor ?? 0, 'subscriber-credit', 'subscriber-credit', lineId, order.transfer?.toLineId),
  ...move(order.forfeitMinor, 'subscriber-credit', 'forfeited', lineId),
];

/** The whole settlement of a case is one entry; the bills that it covers are paid, the running month is charged (UP9). */
const recordSettled = async (execution: Execution, tx: Tx, cases: readonly Case[], now: Date): Promise<void> => {
  if (cases.length === 0) return;
  const lineIds = cases.map(({ one }) => one.lineId);
  await book(tx, cases.map(({ one, order }): LedgerEntry => ({
    brand: one.brand, at: now, cause: 'settled', key: `settled:${one.id}`, currency: order.currency, cancellationId: one.id,
    postings: postingsOf(one.lineId, order),
  })));
  await tx.query(`update bills set paid_at = $2 where line_id = any($1::uuid[]) and paid_at is null`, [lineIds, now]);
  await tx.query(`update lines set period_from = null, period_to = null where id = any($1::uuid[]) and period_from is not null`, [lineIds]);
  for (const { order } of cases) if (order.transfer !== undefined) await resettle(execution, tx, order.transfer.toLineId);
};

const stateAfter = ({ mode, outcome, result }: Ended): RefundState | undefined => {
  if (mode === 'attested') return 'done';
  if (outcome.kind === 'done') {
    const fact = outcome.fact as RefundFact;
    return fact === 'absent' ? 'requested' : fact.status;
  }
  if (outcome.kind === 'refused') return result.change.state === 'refused' ? 'failed' : undefined;
  // Never sent stays requested; a read that was not answered tells nothing new.
  return outcome.kind === 'unknown' && mode === 'act' ? 'unknown' : undefined;
};

const recordRefund = async (execution: Execution, tx: Tx, one: Ended, now: Date): Promise<void> => {
  const { held, row, outcome } = one;
  const state = stateAfter(one);
  if (state === undefined || row.intentKey === undefined) return;
  const fact = outcome.kind === 'done' && one.mode !== 'attested' ? (outcome.fact as RefundFact) : 'absent';
  const refund = await setRefund(tx, row.intentKey, state, now, fact === 'absent' ? undefined : fact.ref);
  if (refund !== undefined) await tellWhatBecame(execution, tx, refund);
  if (state !== 'sent' && state !== 'done') return;
  await book(tx, [{
    brand: held.one.brand, at: now, cause: 'refund-sent', key: `refund-sent:${row.intentKey}`, currency: held.order.currency, cancellationId: held.one.id,
    postings: move(held.order.payoutMinor ?? 0, 'refunds-due', 'cash', held.one.lineId),
  }]);
};
