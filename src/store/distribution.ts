/**
 * Which tables can be spread over the nodes of a Citus cluster by their case, read from the catalogue. Citus demands the distribution
 * column in every unique key, and never null; a foreign key may lead only to a table that is spread alike.
 */
import type pg from 'pg';

export type Spread = { readonly table: string; readonly column: string; /** Foreign keys that would lead across nodes. */ readonly drop: readonly string[]; /** Why it stays whole on the coordinator; empty: it is spread. */ readonly because: readonly string[] };

type Found = { table: string; column: string; nullable: boolean; keys: { name: string; holds: boolean }[]; leads: { name: string; to: string }[] };

const catalogue = `
  select c.relname as table, a.attname as column, not a.attnotnull as nullable,
    coalesce((select jsonb_agg(jsonb_build_object('name', i.indexrelid::regclass::text, 'holds', a.attnum = any(i.indkey::int2[])) order by i.indexrelid::regclass::text) from pg_index i where i.indrelid = c.oid and i.indisunique), '[]') as keys,
    coalesce((select jsonb_agg(jsonb_build_object('name', k.conname, 'to', k.confrelid::regclass::text) order by k.conname) from pg_constraint k where k.conrelid = c.oid and k.contype = 'f'), '[]') as leads
  from pg_class c join pg_attribute a on a.attrelid = c.oid and not a.attisdropped and a.attname = case when c.relname = 'cancellations' then 'id' else 'cancellation_id' end
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by c.relname`;

export const spreadOf = async (client: Pick<pg.Client, 'query'>): Promise<readonly Spread[]> => {
  const { rows } = await client.query<Found>(catalogue);
  const because = (one: Found): string[] => [
    ...(one.nullable ? [`${one.column} may be null`] : []),
    ...one.keys.filter(({ holds }) => !holds).map(({ name }) => `${name} does not hold ${one.column}`),
  ];
  const spread = new Set(rows.filter((one) => because(one).length === 0).map(({ table }) => table));
  return rows.map((one) => ({ table: one.table, column: one.column, because: because(one), drop: one.leads.filter(({ to }) => !spread.has(to)).map(({ name }) => name) }));
};

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** In the order in which they are run: first what leads across nodes goes, then each table is spread beside the first. */
export const citusStatements = (all: readonly Spread[]): string[] => {
  const spread = all.filter(({ because }) => because.length === 0);
  const [first] = spread;
  return [
    ...all.filter(({ because }) => because.length > 0).map(({ table, because }) => `-- ${table} stays whole on the coordinator: ${because.join('; ')}`),
    ...spread.flatMap(({ table, drop }) => drop.map((name) => `alter table public.${quoted(table)} drop constraint ${quoted(name)};`)),
    ...spread.map(({ table, column }) => `select create_distributed_table('public.${quoted(table)}', '${column}', colocate_with => '${table === first?.table ? 'none' : `public.${quoted(first?.table ?? '')}`}');`),
  ];
};
