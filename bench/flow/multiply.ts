/** Copies of planted rows under other ids, by the hundred thousand: cases that wait, or lines that nobody has cancelled. Every index has to be searched past them. */
import type { Stand } from './stand.ts';

const mine = 'id in (select id from originals)';
const ofMine = 'subscriber_id in (select id from originals)';
const ofLines = `line_id in (select id from lines where ${ofMine})`;
const ofCases = `cancellation_id in (select id from cancellations where ${ofMine})`;
const tables = {
  lines: { subscribers: mine, subscriber_keys: ofMine, lines: ofMine, number_tenures: ofLines },
  cases: { cancellations: ofMine, steps: ofCases, journal: ofCases },
} as const;
export type Kind = 'cases' | 'lines';

const originals = 500;

/** Adds `count` to what is there. Theirs is a day a month away. */
export const multiply = async (stand: Stand, count: number, kind: Kind, say: (text: string) => void): Promise<void> => {
  if (count === 0) return;
  const { client } = stand;
  const real = Math.min(originals, Math.ceil(count / 3));
  const planted = await stand.plant(real);
  const people = planted.map(({ subscriberId }) => subscriberId);
  // The copies are right because what they were copied from is; checking each key again would take most of the time.
  await client.query(`set session_replication_role = replica; set synchronous_commit = off; create temporary table originals (id uuid primary key)`);
  await client.query('insert into originals select unnest($1::uuid[])', [people]);
  await client.query('analyze originals');
  const wanted: Readonly<Record<string, string>> = { ...tables.lines, ...(kind === 'cases' ? tables.cases : {}) };
  const times = Math.ceil(count / real) - 1;
  const step = 20;
  for (let from = 1; from <= times; from += step) {
    const to = Math.min(times, from + step - 1);
    for (const [table, whose] of Object.entries(wanted)) await copy(stand, table, whose, from, to);
    if (kind === 'cases') await copyTimers(stand, planted.map(({ caseId }) => caseId), from, to);
    say(`${((to + 1) * real).toLocaleString('en')} of ${count.toLocaleString('en')} ${kind}`);
  }
  if (kind === 'lines') await forgetCases(stand, planted.map(({ caseId }) => caseId));
  await client.query('drop table originals; set session_replication_role = origin; set synchronous_commit = on');
  for (const table of [...Object.keys(wanted), 'pgboss.job']) await client.query(`vacuum analyze ${table}`);
  await client.query('checkpoint');
};

const columnsOf = async ({ client }: Stand, table: string): Promise<readonly { readonly name: string; readonly type: string }[]> =>
  (await client.query<{ name: string; type: string }>(`select quote_ident(attname) as name, format_type(atttypid, null) as type from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`, [table])).rows;

/** Every id and every key is another, the same in all tables. */
const anew = ({ name, type }: { readonly name: string; readonly type: string }): string => {
  if (type === 'uuid') return `md5(o.${name}::text || copy)::uuid`;
  if (name === 'msisdn_index' || name === 'number_index') return `sha256(o.${name} || copy::text::bytea)`;
  return name === 'application_number' || name === 'intent_key' ? `o.${name} || '-' || copy` : `o.${name}`;
};

const copy = async (stand: Stand, table: string, whose: string, from: number, to: number): Promise<void> => {
  const columns = await columnsOf(stand, table);
  await stand.client.query(`insert into ${table} (${columns.map(({ name }) => name).join(', ')}) select ${columns.map(anew).join(', ')} from ${table} o, generate_series(${from}, ${to}) copy where ${whose}`);
};

const copyTimers = async (stand: Stand, cases: readonly string[], from: number, to: number): Promise<void> => {
  const columns = await columnsOf(stand, 'pgboss.job');
  const of = ({ name, type }: { readonly name: string; readonly type: string }): string =>
    name === 'data' ? `o.data || jsonb_build_object('caseId', md5((o.data ->> 'caseId') || copy)::uuid)` : name === 'id' ? 'gen_random_uuid()' : anew({ name, type: type === 'uuid' ? 'kept' : type });
  await stand.client.query(`insert into pgboss.job (${columns.map(({ name }) => name).join(', ')}) select ${columns.map(of).join(', ')} from pgboss.job o, generate_series(${from}, ${to}) copy where o.name = 'timer' and (o.data ->> 'caseId') = any($1::text[])`, [cases]);
};

/** What was planted with a case becomes a line like its copies. */
const forgetCases = async ({ client }: Stand, cases: readonly string[]): Promise<void> => {
  await client.query(`delete from pgboss.job where name = 'timer' and (data ->> 'caseId') = any($1::text[])`, [cases]);
  for (const table of ['steps', 'journal']) await client.query(`delete from ${table} where cancellation_id = any($1::uuid[])`, [cases]);
  await client.query('delete from cancellations where id = any($1::uuid[])', [cases]);
};
