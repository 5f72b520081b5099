/** Copies of planted rows under other ids, by the hundred thousand: cases that wait, or lines that nobody has cancelled. Every index has to be searched past them. */
import pg from 'pg';
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
  // Steps are as many rows as all others together: they have a connection, and with it a core, of their own.
  const second = new pg.Client({ connectionString: stand.url });
  second.on('error', () => undefined); // what it was doing reports it
  await second.connect();
  for (const one of [client, second]) {
    await quickly(one);
    await one.query('create temporary table originals (id uuid primary key)');
    await one.query('insert into originals select unnest($1::uuid[])', [people]);
    await one.query('analyze originals');
  }
  const wanted: Readonly<Record<string, string>> = { ...tables.lines, ...(kind === 'cases' ? tables.cases : {}) };
  const times = Math.ceil(count / real) - 1;
  const step = 100;
  for (let from = 1; from <= times; from += step) {
    const to = Math.min(times, from + step - 1);
    const others = async (): Promise<void> => {
      for (const [table, whose] of Object.entries(wanted)) if (table !== 'steps') await copy(client, table, whose, from, to);
      if (kind === 'cases') await copyTimers(client, planted.map(({ caseId }) => caseId), from, to);
    };
    await Promise.all(['steps' in wanted ? copy(second, 'steps', ofCases, from, to) : undefined, others()]);
    say(`${((to + 1) * real).toLocaleString('en')} of ${count.toLocaleString('en')} ${kind}`);
  }
  if (kind === 'lines') await forgetCases(stand, planted.map(({ caseId }) => caseId));
  await client.query('drop table originals');
  await carefully(client);
  await second.end();
  for (const table of [...Object.keys(wanted), 'pgboss.job']) await client.query(`vacuum analyze ${table}`);
  await client.query('checkpoint');
};

/**
 * For copies: they are right because what they were copied from is, so no key is checked again; and a server that is thrown away
 * afterwards need not survive a power cut while it is filled, which would write each page that is touched into the log as well.
 */
const quickly = async (client: pg.Client): Promise<void> => {
  await client.query('set session_replication_role = replica; set synchronous_commit = off; set work_mem = \'256MB\'');
  await client.query('alter system set full_page_writes = off');
  await client.query('select pg_reload_conf()');
};
const carefully = async (client: pg.Client): Promise<void> => {
  await client.query('set session_replication_role = origin; set synchronous_commit = on; reset work_mem');
  await client.query('alter system reset full_page_writes');
  await client.query('select pg_reload_conf()');
};

const columnsOf = async (client: pg.Client, table: string): Promise<readonly { readonly name: string; readonly type: string }[]> =>
  (await client.query<{ name: string; type: string }>(`select quote_ident(attname) as name, format_type(atttypid, null) as type from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`, [table])).rows;

/** Every id and every key is another, the same in all tables. */
const anew = ({ name, type }: { readonly name: string; readonly type: string }): string => {
  if (type === 'uuid') return `md5(o.${name}::text || copy)::uuid`;
  if (name === 'msisdn_index' || name === 'number_index') return `sha256(o.${name} || copy::text::bytea)`;
  return name === 'application_number' || name === 'intent_key' ? `o.${name} || '-' || copy` : `o.${name}`;
};

/** Sorted by id: each page of an index is come by once a batch, and not at random as often as it has rows. */
const copy = async (client: pg.Client, table: string, whose: string, from: number, to: number): Promise<void> => {
  const columns = await columnsOf(client, table);
  await client.query(`insert into ${table} (${columns.map(({ name }) => name).join(', ')}) select ${columns.map(anew).join(', ')} from ${table} o, generate_series(${from}, ${to}) copy where ${whose} order by ${columns.findIndex(({ type }) => type === 'uuid') + 1}`);
};

const copyTimers = async (client: pg.Client, cases: readonly string[], from: number, to: number): Promise<void> => {
  const columns = await columnsOf(client, 'pgboss.job');
  const of = ({ name, type }: { readonly name: string; readonly type: string }): string =>
    name === 'data' ? `o.data || jsonb_build_object('caseId', md5((o.data ->> 'caseId') || copy)::uuid)` : name === 'id' ? 'gen_random_uuid()' : anew({ name, type: type === 'uuid' ? 'kept' : type });
  await client.query(`insert into pgboss.job (${columns.map(({ name }) => name).join(', ')}) select ${columns.map(of).join(', ')} from pgboss.job o, generate_series(${from}, ${to}) copy where o.name = 'timer' and (o.data ->> 'caseId') = any($1::text[])`, [cases]);
};

/** What was planted with a case becomes a line like its copies. */
const forgetCases = async ({ client }: Stand, cases: readonly string[]): Promise<void> => {
  await client.query(`delete from pgboss.job where name = 'timer' and (data ->> 'caseId') = any($1::text[])`, [cases]);
  for (const table of ['steps', 'journal']) await client.query(`delete from ${table} where cancellation_id = any($1::uuid[])`, [cases]);
  await client.query('delete from cancellations where id = any($1::uuid[])', [cases]);
};
