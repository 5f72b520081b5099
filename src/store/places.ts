/** Places under the caps of `execution/caps.ts`: kept in the database, so that all workers share them. They lie beside those of bulk orders. */
import type { Tx } from './db.ts';

/** Milliseconds, by name and by `name brand`. */
export type KeptPlaces = { readonly shared: ReadonlyMap<string, number>; readonly lines: ReadonlyMap<string, number> };

const everyBrand = '*';
const kept = (name: string): string => `cap/${name}`;
const named = (name: string): string => name.slice('cap/'.length);

/** Whoever else asks under these names waits for this transaction. `names`: sorted, so that two workers can't wait for each other. */
export const lockPlaces = async (tx: Tx, names: readonly string[], now: Date): Promise<KeptPlaces> => {
  const shared = await tx.query<{ name: string; next_at: Date }>(
    `insert into bulk_paces as p (brand, name, next_at) select $1, name, $2 from unnest($3::text[]) as n(name)
     on conflict (brand, name) do update set next_at = p.next_at returning name, next_at`, [everyBrand, now, names.map(kept)]);
  const lines = await tx.query<{ brand: string; name: string; next_at: Date }>(`select brand, name, next_at from bulk_paces where name = any($1::text[]) and brand <> $2`, [names.map(kept), everyBrand]);
  return {
    shared: new Map(shared.map(({ name, next_at: at }) => [named(name), at.getTime()])),
    lines: new Map(lines.map(({ brand, name, next_at: at }) => [`${named(name)} ${brand}`, at.getTime()])),
  };
};

export const savePlaces = async (tx: Tx, { shared, lines }: KeptPlaces): Promise<void> => {
  const rows = [...[...shared].map(([name, at]) => ({ brand: everyBrand, name, at })), ...[...lines].map(([key, at]) => ({ brand: key.slice(key.indexOf(' ') + 1), name: key.slice(0, key.indexOf(' ')), at }))];
  await tx.query(
    `insert into bulk_paces (brand, name, next_at) select * from unnest($1::text[], $2::text[], $3::timestamptz[]) as n(brand, name, next_at)
     on conflict (brand, name) do update set next_at = excluded.next_at`, [rows.map(({ brand }) => brand), rows.map(({ name }) => kept(name)), rows.map(({ at }) => new Date(at))]);
};

export const carriersOf = async (tx: Tx, lineIds: readonly string[]): Promise<Map<string, string>> =>
  new Map((await tx.query<{ id: string; carrier: string }>(`select id, carrier from lines where id = any($1::uuid[])`, [lineIds])).map(({ id, carrier }) => [id, carrier]));
