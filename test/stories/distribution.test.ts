/** What a cluster of databases asks of the tables, held against the catalogue. */
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openJobs } from '../../src/store/jobs.ts';
import { systemClock } from '../../src/store/clock.ts';
import { citusStatements, spreadOf } from '../../src/store/distribution.ts';
import { profiles } from '../../src/store/profile.ts';
import { testDatabase, type TestDatabase } from '../database.ts';

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await testDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  await database?.drop();
});

test('the tables that grow fastest hold their case in every key; those that do not say why', async () => {
  const all = new Map((await spreadOf(client)).map((one) => [one.table, one]));
  for (const table of ['steps', 'journal', 'certificates', 'step_tries']) expect([table, all.get(table)?.because]).toEqual([table, []]);
  // One open case a line and a number that is unique, and a notice that belongs to no case: they are looked up over all cases.
  expect(all.get('cancellations')?.because).toEqual(['cancellations_application_number_key does not hold id', 'one_open_case_per_line does not hold id']);
  expect(all.get('notices')?.because).toContain('cancellation_id may be null');
});

test('no sequence stands on the way of a case: every id is made by whoever writes', async () => {
  expect((await client.query(`select relname from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace`)).rows).toEqual([]);
});

test('the statements for Citus name tables, columns and constraints that are there, and PostgreSQL takes them', async () => {
  const statements = citusStatements(await spreadOf(client));
  expect(statements.filter((one) => one.startsWith('select ')).length).toBeGreaterThan(5);
  await client.query('begin');
  await client.query(`create function create_distributed_table(regclass, text, colocate_with text) returns void language plpgsql as $$
    begin if not exists (select from pg_attribute where attrelid = $1 and attname = $2) then raise 'no column % in %', $2, $1; end if; end $$`);
  for (const statement of statements.filter((one) => !one.startsWith('--'))) await client.query(statement);
  // What is left leads nowhere outside.
  const spread = (await spreadOf(client)).filter(({ because }) => because.length === 0);
  expect(spread.flatMap(({ table, drop }) => drop.map((name) => `${table} ${name}`))).toEqual([]);
  await client.query('rollback');
});

test('SIGNOFF_DB_PROFILE reaches pg-boss: its tables are made as each database can hold them', { timeout: 120_000 }, async () => {
  for (const profile of profiles) {
    const one = await testDatabase();
    try {
      const jobs = await openJobs({ url: one.url, clock: systemClock, supervise: false, onError: () => undefined, profile });
      await jobs.stop();
      const owner = new pg.Client({ connectionString: one.url });
      await owner.connect();
      const { rows } = await owner.query<{ kind: string }>(`select relkind as kind from pg_class where oid = 'pgboss.job'::regclass`);
      await owner.end();
      // Partitions are what YugabyteDB and CockroachDB go without.
      expect([profile, rows[0]?.kind]).toEqual([profile, profile === 'postgres' || profile === 'citus' ? 'p' : 'r']);
    } finally {
      await one.drop();
    }
  }
});
