/** How fast bulk work may go: a bucket in the database, so that several workers share it. */
import type { Tx } from './db.ts';

export type Bucket = { readonly brand: string; readonly name: string; readonly perSecond: number; readonly count: number };

/**
 * Takes `count` places in each bucket's queue. Resolves by `brand name` to the instant of the first of them, the next ones
 * following one after another at the bucket's pace. Buckets are taken in one order, so that two workers can't wait for each other.
 */
export const takePlaces = async (tx: Tx, now: Date, buckets: readonly Bucket[]): Promise<Map<string, Date>> => {
  if (buckets.length === 0) return new Map();
  const ordered = buckets.toSorted((one, other) => (`${one.brand} ${one.name}` < `${other.brand} ${other.name}` ? -1 : 1));
  const rows = await tx.query<{ brand: string; name: string; next_at: Date }>(
    `insert into bulk_paces as p (brand, name, next_at) select brand, name, $1::timestamptz + takes * interval '1 millisecond' from unnest($2::text[], $3::text[], $4::float8[]) as n(brand, name, takes)
     on conflict (brand, name) do update set next_at = greatest(p.next_at, $1) + (excluded.next_at - $1)
     returning brand, name, next_at`,
    [now, ordered.map((one) => one.brand), ordered.map((one) => one.name), ordered.map((one) => (one.count * 1000) / one.perSecond)]);
  const takes = new Map(ordered.map((one) => [`${one.brand} ${one.name}`, (one.count * 1000) / one.perSecond]));
  return new Map(rows.map(({ brand, name, next_at: nextAt }) => [`${brand} ${name}`, new Date(nextAt.getTime() - (takes.get(`${brand} ${name}`) ?? 0))]));
};
