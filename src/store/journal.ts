/** The journal: appended to for many cases at once, chained per case. The database refuses any change or removal. */
import { createHash } from 'node:crypto';
import type { CaseEvent } from '../cancellation/events.ts';
import { chainOn, type Entry, type Head, type Unchained } from '../evidence/chain.ts';
import type { Sha256 } from '../evidence/canonical.ts';
import type { Tx } from './db.ts';

export type NewEntry = Unchained & { readonly event: CaseEvent };

export const sha256: Sha256 = (bytes) => createHash('sha256').update(bytes).digest();

/** By case. */
export type Heads = ReadonlyMap<string, Head>;

type HeadRow = { cancellation_id: string; entry: number; hash: Buffer };

/** The last entry of each of these different cases. The caller holds the lock of the cases' rows, so nobody appends in between. */
const journalHeads = async (tx: Tx, cancellationIds: readonly string[]): Promise<Map<string, Head>> => {
  const rows = await tx.query<HeadRow>(
    `select c.id as cancellation_id, j.entry, j.hash from unnest($1::uuid[]) as c(id)
     cross join lateral (select entry, hash from journal where cancellation_id = c.id order by entry desc limit 1) j`,
    [cancellationIds],
  );
  return new Map(rows.map(({ cancellation_id, entry, hash }) => [cancellation_id, { entry, hash }]));
};

/**
 * Gives back the chained entries, in the order given. Two appends to one case at once: the primary key lets one win, and the
 * other's transaction runs again. `known`: the heads that the caller knows of, read or written when it last held the lock.
 */
export const appendJournal = async (tx: Tx, entries: readonly NewEntry[], known: Heads = new Map()): Promise<readonly Entry[]> => {
  if (entries.length === 0) return [];
  const unknown = new Set(entries.map((one) => one.cancellationId).filter((id) => !known.has(id)));
  const chained = chainOn(unknown.size === 0 ? known : new Map([...known, ...await journalHeads(tx, [...unknown])]), entries, sha256);
  await tx.query(
    `insert into journal (cancellation_id, entry, brand, at, event, actor, facts, previous, hash)
     select * from unnest($1::uuid[], $2::int[], $3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::jsonb[], $8::bytea[], $9::bytea[])`,
    [
      chained.map((one) => one.cancellationId), chained.map((one) => one.entry), chained.map((one) => one.brand), chained.map((one) => one.at),
      chained.map((one) => one.event), chained.map((one) => one.actor), chained.map((one) => JSON.stringify(one.facts)),
      chained.map((one) => one.previous), chained.map((one) => one.hash),
    ],
  );
  return chained;
};

/** The whole journal of a case in the order of its entries. */
export const readJournal = async (tx: Tx, cancellationId: string): Promise<Entry[]> =>
  tx.query<Entry>(
    `select cancellation_id as "cancellationId", brand, entry, at, event, actor, facts, previous, hash from journal where cancellation_id = $1 order by entry`,
    [cancellationId],
  );

/** What happened to a case and when, without the chain: for who reads it and proves nothing. */
export const eventsOf = (tx: Tx, cancellationId: string): Promise<{ event: string; at: Date }[]> =>
  tx.query(`select event, at from journal where cancellation_id = $1 order by entry`, [cancellationId]);
