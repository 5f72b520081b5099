/** What is paid back by the payout provider: asked for before it is called, and followed until it arrived or came back. */
import { randomUUID } from 'node:crypto';
import type { Because } from '../cancellation/cancellation.ts';
import type { Tx } from './db.ts';

/**
 * `requested`: to be sent, and certainly not sent twice. `unknown`: it may have been sent, read before anything else.
 * `sent`: the provider has it. `done`: it arrived. `failed`: it was refused or came back; the operator still owes it.
 */
export type RefundState = 'requested' | 'sent' | 'unknown' | 'done' | 'failed';
export type RefundRecord = {
  readonly id: string; readonly brand: string; readonly line_id: string; readonly cancellation_id: string; readonly key: string; readonly payment_ref: string;
  readonly amount_minor: number; readonly currency: string; readonly state: RefundState; readonly provider_ref: string | null; readonly requested_at: Date; readonly changed_at: Date; readonly due_at: Date | null; readonly due_because: Because | null;
  /** The failed one in whose place it was ordered. */
  readonly mends: string | null;
  /** It goes to what a person named, not to what was paid with. */
  readonly elsewhere: boolean;
};
export type RefundRequest = { readonly brand: string; readonly lineId: string; readonly cancellationId: string; readonly key: string; readonly paymentRef: string; readonly amountMinor: number; readonly currency: string; readonly due?: { readonly at: Date; readonly because: Because } | undefined };

const columns = `id, brand, line_id, cancellation_id, key, payment_ref, amount_minor, currency, state, provider_ref, requested_at, changed_at, due_at, due_because, mends, elsewhere`;

/** Committed before the provider is called. A second open refund of a line is refused by the database. */
export const requestRefunds = async (tx: Tx, requests: readonly RefundRequest[], now: Date): Promise<void> => {
  for (const one of requests)
    await tx.query(
      `insert into refunds (id, brand, line_id, cancellation_id, key, payment_ref, amount_minor, currency, state, requested_at, changed_at, due_at, due_because)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 'requested', $9, $9, $10, $11)
       on conflict (key) do update set state = 'requested', changed_at = $9`,
      [randomUUID(), one.brand, one.lineId, one.cancellationId, one.key, one.paymentRef, one.amountMinor, one.currency, now, one.due?.at ?? null, one.due === undefined ? null : JSON.stringify(one.due.because)]);
};

/** Resolves to the refund as it is now. */
export const setRefund = async (tx: Tx, key: string, state: RefundState, now: Date, providerRef?: string): Promise<RefundRecord | undefined> =>
  (await tx.query<RefundRecord>(
    `update refunds set state = $2, changed_at = $3, provider_ref = coalesce($4, provider_ref) where key = $1 returning ${columns}`,
    [key, state, now, providerRef ?? null]))[0];

export const refundsIn = (tx: Tx, states: readonly RefundState[]): Promise<RefundRecord[]> =>
  tx.query<RefundRecord>(`select ${columns} from refunds where state = any($1::text[]) order by requested_at, id`, [states]);

/** The last one of each case: one that was mended stands behind that which mends it. */
export const refundOfCase = async (tx: Tx, caseId: string): Promise<RefundRecord | undefined> =>
  (await tx.query<RefundRecord>(`select ${columns} from refunds r where cancellation_id = $1 and not exists (select from refunds m where m.mends = r.id) order by requested_at desc limit 1`, [caseId]))[0];

/** Failed, and nobody has ordered another in its place; the oldest first. */
export const refundsToMend = (tx: Tx, brand: string, most: number): Promise<RefundRecord[]> =>
  tx.query<RefundRecord>(`select ${columns} from refunds r where brand = $1 and state = 'failed' and not exists (select from refunds m where m.mends = r.id) order by changed_at, id limit $2`, [brand, most]);

/** Locked, so that two who order again at once order one. */
export const lockRefund = async (tx: Tx, id: string): Promise<(RefundRecord & { readonly mended: boolean }) | undefined> => {
  const [row] = await tx.query<RefundRecord>(`select ${columns} from refunds where id = $1 for update`, [id]);
  return row && { ...row, mended: (await tx.query(`select 1 from refunds where mends = $1`, [id])).length > 0 };
};

/** Of a cancelled line: another in place of the one that came back. The database lets each be mended once, and one be open a line. */
export const orderAgain = async (tx: Tx, failed: RefundRecord, by: { readonly staffId: string; readonly paymentRef: string; readonly due?: { readonly at: Date; readonly because: Because } | undefined }, now: Date): Promise<string> => {
  const id = randomUUID();
  await tx.query(
    `insert into refunds (id, brand, line_id, cancellation_id, key, payment_ref, amount_minor, currency, state, requested_at, changed_at, due_at, due_because, mends, ordered_by, elsewhere)
     values ($1, $2, $3, $4, 'refund-again:' || $5::uuid::text, $6, $7, $8, 'requested', $9, $9, $10, $11, $5::uuid, $12, $13)`,
    [id, failed.brand, failed.line_id, failed.cancellation_id, failed.id, by.paymentRef, failed.amount_minor, failed.currency, now, by.due?.at ?? null, by.due === undefined ? null : JSON.stringify(by.due.because), by.staffId, failed.elsewhere || by.paymentRef !== failed.payment_ref]);
  return id;
};

/** Of a line whose cancellation stopped at it: the same order under a new key, since a provider may answer the old one as it did before. */
export const rekey = async (tx: Tx, failed: RefundRecord, by: { readonly staffId: string; readonly paymentRef: string }): Promise<void> => {
  const key = `${failed.key.replace(/:again-[0-9a-f]+$/, '')}:again-${randomUUID().slice(0, 8)}`;
  await tx.query(`update refunds set key = $2, payment_ref = $3, elsewhere = elsewhere or payment_ref <> $3, ordered_by = $4, told_as = null where id = $1`, [failed.id, key, by.paymentRef, by.staffId]);
  await tx.query(`update steps set intent_key = $2 where cancellation_id = $1 and name = 'refund-credit'`, [failed.cancellation_id, key]);
  await tx.query(`update lines set payment_ref = $2 where id = $1`, [failed.line_id, by.paymentRef]);
};

/** True for the first that tells its subscriber this of it. */
export const firstToTell = async (tx: Tx, key: string, as: 'arrived' | 'failed'): Promise<boolean> =>
  (await tx.query(`update refunds set told_as = $2 where key = $1 and told_as is distinct from $2 returning 1`, [key, as])).length > 0;

/** Those that should be on their way by now and are not: each is given back once. */
export const takeOverdue = (tx: Tx, now: Date): Promise<RefundRecord[]> =>
  tx.query<RefundRecord>(
    `update refunds set overdue_told_at = $1 where state in ('requested', 'unknown', 'failed') and not exists (select from refunds m where m.mends = refunds.id) and due_at < $1 and overdue_told_at is null returning ${columns}`, [now]);
