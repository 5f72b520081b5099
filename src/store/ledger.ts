/** The books: double entry, append-only, balanced by the database when the transaction commits. */
import { randomUUID } from 'node:crypto';
import type { Tx } from './db.ts';

/** `subscriber-credit` and `refunds-due` are owed by the operator: credits, so their balances are negative or zero. */
export const accounts = ['subscriber-credit', 'receivable', 'cash', 'refunds-due', 'revenue', 'forfeited'] as const;
export type Account = (typeof accounts)[number];
export type Cause = 'opening' | 'bill-issued' | 'bill-paid' | 'settled' | 'refund-sent' | 'refund-returned';

/** Debits are positive, credits negative; whole minor units. */
export type Posting = { readonly account: Account; readonly minor: number; readonly lineId: string };
/** `key` names what caused it: the same cause is booked once, however often it is recorded. */
export type LedgerEntry = {
  readonly brand: string; readonly at: Date; readonly cause: Cause; readonly key: string; readonly currency: string;
  readonly cancellationId?: string; readonly postings: readonly Posting[];
};

/** From one account to another. Nothing, where nothing moves. */
export const move = (minor: number, debit: Account, credit: Account, lineId: string, creditLineId = lineId): Posting[] =>
  minor === 0 ? [] : [{ account: debit, minor, lineId }, { account: credit, minor: -minor, lineId: creditLineId }];

/** Gives back the keys that are new in the books; for those that stood there already nothing is written. */
export const book = async (tx: Tx, entries: readonly LedgerEntry[]): Promise<Set<string>> => {
  const moving = entries.filter(({ postings }) => postings.length > 0).map((entry) => ({ ...entry, id: randomUUID() }));
  if (moving.length === 0) return new Set();
  await tx.query(
    `insert into ledger_accounts (brand, currency, name) select distinct brand, currency, name from unnest($1::text[], $2::text[]) as n(brand, currency), unnest($3::text[]) as name on conflict do nothing`,
    [moving.map(({ brand }) => brand), moving.map(({ currency }) => currency), accounts]);
  const fresh = new Set((await tx.query<{ id: string }>(
    `insert into ledger_entries (id, brand, at, cause, key, cancellation_id)
     select * from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::uuid[]) on conflict (brand, key) do nothing returning id`,
    [moving.map(({ id }) => id), moving.map(({ brand }) => brand), moving.map(({ at }) => at), moving.map(({ cause }) => cause), moving.map(({ key }) => key),
      moving.map(({ cancellationId }) => cancellationId ?? null)])).map(({ id }) => id));
  const rows = moving.filter(({ id }) => fresh.has(id)).flatMap(({ id, brand, currency, postings }) =>
    postings.map(({ account, minor, lineId }, place) => ({ id, place: place + 1, brand, account, currency, minor, lineId })));
  await tx.query(
    `insert into ledger_postings (entry_id, place, brand, account, currency, amount_minor, line_id)
     select * from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::uuid[])`,
    [rows.map(({ id }) => id), rows.map(({ place }) => place), rows.map(({ brand }) => brand), rows.map(({ account }) => account), rows.map(({ currency }) => currency),
      rows.map(({ minor }) => minor), rows.map(({ lineId }) => lineId)]);
  return new Set(moving.filter(({ id }) => fresh.has(id)).map(({ key }) => key));
};
