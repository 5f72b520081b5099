/** What is paid back by the payout provider: asked for before it is called, and followed until it arrived or came back. */
import { randomUUID } from 'node:crypto';
import type { Tx } from './db.ts';

/**
 * `requested`: to be sent, and certainly not sent twice. `unknown`: it may have been sent, read before anything else.
 * `sent`: the provider has it. `done`: it arrived. `failed`: it was refused or came back; the operator still owes it.
 */
export type RefundState = 'requested' | 'sent' | 'unknown' | 'done' | 'failed';
export type RefundRecord = {
  readonly id: string; readonly brand: string; readonly line_id: string; readonly cancellation_id: string; readonly key: string; readonly payment_ref: string;
  readonly amount_minor: number; readonly currency: string; readonly state: RefundState; readonly provider_ref: string | null; readonly requested_at: Date; readonly due_at: Date | null;
};
export type RefundRequest = { readonly brand: string; readonly lineId: string; readonly cancellationId: string; readonly key: string; readonly paymentRef: string; readonly amountMinor: number; readonly currency: string; readonly dueAt?: Date | undefined };

const columns = `id, brand, line_id, cancellation_id, key, payment_ref, amount_minor, currency, state, provider_ref, requested_at, due_at`;

/** Committed before the provider is called. A second open refund of a line is refused by the database. */
export const requestRefunds = async (tx: Tx, requests: readonly RefundRequest[], now: Date): Promise<void> => {
  for (const one of requests)
    await tx.query(
      `insert into refunds (id, brand, line_id, cancellation_id, key, payment_ref, amount_minor, currency, state, requested_at, changed_at, due_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 'requested', $9, $9, $10)
       on conflict (key) do update set state = 'requested', changed_at = $9`,
      [randomUUID(), one.brand, one.lineId, one.cancellationId, one.key, one.paymentRef, one.amountMinor, one.currency, now, one.dueAt ?? null]);
};

/** Resolves to the refund as it is now. */
export const setRefund = async (tx: Tx, key: string, state: RefundState, now: Date, providerRef?: string): Promise<RefundRecord | undefined> =>
  (await tx.query<RefundRecord>(
    `update refunds set state = $2, changed_at = $3, provider_ref = coalesce($4, provider_ref) where key = $1 returning ${columns}`,
    [key, state, now, providerRef ?? null]))[0];

export const refundsIn = (tx: Tx, states: readonly RefundState[]): Promise<RefundRecord[]> =>
  tx.query<RefundRecord>(`select ${columns} from refunds where state = any($1::text[]) order by requested_at, id`, [states]);

/** Those that should be on their way by now and are not: each is given back once. */
export const takeOverdue = (tx: Tx, now: Date): Promise<RefundRecord[]> =>
  tx.query<RefundRecord>(
    `update refunds set overdue_told_at = $1 where state in ('requested', 'unknown', 'failed') and due_at < $1 and overdue_told_at is null returning ${columns}`, [now]);
