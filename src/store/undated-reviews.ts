/** Reviews without a due date, and what their clocks did. */
import type { Because, Cancellation } from '../cancellation/cancellation.ts';
import type { Tx } from './db.ts';
import { loadCancellations } from './cancellations.ts';
import { appendJournal } from './journal.ts';

/** Locked, in the order of their ids, the next of them after `after`. What somebody is deciding on just now is left for the next time. */
export const undatedReviews = async (tx: Tx, packVersions: readonly string[], after: string, most: number): Promise<readonly Cancellation[]> => {
  const rows = await tx.query<{ id: string }>(
    `select id from cancellations where state in ('reviewing', 'waiting') and due_at is null and pack_version = any($1::text[]) and id > $2 order by id limit $3 for update skip locked`, [packVersions, after, most]);
  return (await loadCancellations(tx, rows.map(({ id }) => id))).toSorted((one, other) => (one.id < other.id ? -1 : 1));
};

export type ClockEvent = { readonly event: 'reviewing' | 'appealed' | 'asked' | 'supplied'; readonly at: Date };

/** By case, in the order in which it happened. */
export const clocksOf = async (tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, readonly ClockEvent[]>> => {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<ClockEvent & { id: string }>(
    `select cancellation_id as id, event, at from journal where cancellation_id = any($1::uuid[]) and event in ('reviewing', 'appealed', 'asked', 'supplied') order by cancellation_id, entry`, [ids]);
  return Map.groupBy(rows, ({ id }) => id);
};

/** It is no move: whoever decides just now decides on the same case. */
export const dateReviews = async (tx: Tx, dated: readonly { readonly one: Cancellation; readonly due: { readonly at: Date; readonly because: Because } }[], now: Date): Promise<void> => {
  if (dated.length === 0) return;
  await tx.query(
    `update cancellations c set due_at = n.due_at, due_because = n.due_because from jsonb_to_recordset($1::jsonb) as n(id uuid, due_at timestamptz, due_because jsonb) where c.id = n.id`,
    [JSON.stringify(dated.map(({ one: { id }, due }) => ({ id, due_at: due.at, due_because: due.because })))]);
  await appendJournal(tx, dated.map(({ one: { id, brand }, due }) => ({ cancellationId: id, brand, at: now, event: 'due-reckoned' as const, actor: 'policy' as const, facts: { dueAt: due.at.toISOString() } })));
};
