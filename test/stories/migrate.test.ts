import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStates, states } from '../../src/cancellation/life-cycle.ts';
import { migrate } from '../../src/store/migrate.ts';
import { testDatabase, type TestDatabase } from '../database.ts';

let database: TestDatabase;
let client: pg.Client;
let copies: string;

beforeEach(async () => {
  database = await testDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  copies = await mkdtemp(join(tmpdir(), 'signoff-migrations-'));
  await cp('migrations', copies, { recursive: true });
});

afterEach(async () => {
  await client.end();
  await database.drop();
  await rm(copies, { recursive: true });
});

const ran = async (): Promise<string[]> => (await client.query<{ name: string }>('select name from schema_migrations order by name')).rows.map((row) => row.name);

describe('migrations', () => {
  test('run once, however often and from however many at once they are started', async () => {
    const before = await ran();
    await Promise.all([1, 2, 3].map(() => migrate(database.url)));
    expect(await ran()).toEqual(before);
    expect(before[0]).toBe('0001-core.sql');
  });

  test('the states in the database are those of the life-cycle table', async () => {
    const { rows } = await client.query<{ text: string }>(`select pg_get_constraintdef(oid) as text from pg_constraint where conname = 'cancellations_state_check'`);
    expect(rows[0]?.text.match(/'[a-z]+'/g)?.map((word) => word.slice(1, -1)).sort()).toEqual([...states].sort());
    const index = await client.query<{ text: string }>(`select pg_get_indexdef('one_open_case_per_line'::regclass) as text`);
    expect(index.rows[0]?.text.match(/'[a-z]+'/g)?.map((word) => word.slice(1, -1)).sort()).toEqual([...openStates].sort());
  });

  test('one that fails leaves nothing behind, and goes on when it is mended', async () => {
    const file = join(copies, '9990-new.sql');
    await writeFile(file, 'create table half (brand text); select nothing_like_this();');
    await expect(migrate(database.url, undefined, copies)).rejects.toThrow(/9990-new\.sql could not be applied/);
    expect((await client.query(`select to_regclass('half') as half`)).rows[0]).toEqual({ half: null });
    await writeFile(file, 'create table half (brand text);');
    await migrate(database.url, undefined, copies);
    expect(await ran()).toContain('9990-new.sql');
  });

  test('one that was changed after its release is named', async () => {
    await writeFile(join(copies, '0001-core.sql'), '-- nothing');
    await expect(migrate(database.url, undefined, copies)).rejects.toThrow(/migrations\/0001-core\.sql was changed/);
  });

  test('a database of a newer Signoff is left alone', async () => {
    await rm(join(copies, '0001-core.sql'));
    await expect(migrate(database.url, undefined, copies)).rejects.toThrow(/newer Signoff/);
  });

  test('a database user without the right to create roles learns what an administrator must run', async () => {
    const role = `poor_${database.url.slice(-16)}`;
    await client.query(`create role ${role} login password 'poor'`);
    await client.query(`create database ${role} owner ${role}`);
    const url = new URL(database.url);
    [url.username, url.password, url.pathname] = [role, 'poor', `/${role}`];
    const sql = `create role signoff_desk nologin; grant signoff_desk to "${role}";`;
    await expect(migrate(url.href)).rejects.toThrow(sql);
    await client.query(`grant signoff_desk to ${role}`); // it exists already
    await migrate(url.href);
    await client.query(`drop database ${role} with (force)`);
    await client.query(`drop role ${role}`);
  });
});

describe('the desk role', () => {
  const asDesk = async (brand: string, sql: string): Promise<pg.QueryResult> => {
    await client.query('begin');
    try {
      await client.query('set local role signoff_desk');
      await client.query(`select set_config('signoff.brand', $1, true)`, [brand]);
      return await client.query(sql);
    } finally {
      await client.query('commit');
    }
  };
  const subscriber = (brand: string): string =>
    `insert into subscribers (id, brand, region, sealed, created_at) values (gen_random_uuid(), '${brand}', 'US', '', now())`;

  test('every table with a brand has the boundary, forced', async () => {
    const { rows } = await client.query<{ name: string; held: boolean }>(
      `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity and exists (select from pg_policy where polrelid = c.oid and polname = 'brand_boundary') as held
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'brand' where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace`);
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter((row) => !row.held)).toEqual([]);
  });

  test('sees and writes one brand only, nothing without one, all with "*"', async () => {
    await asDesk('red', subscriber('red'));
    await asDesk('blue', subscriber('blue'));
    await expect(asDesk('red', subscriber('blue'))).rejects.toThrow(/row-level security/);
    const seen = async (brand: string): Promise<unknown[]> => (await asDesk(brand, 'select brand from subscribers order by brand')).rows.map((row: { brand: string }) => row.brand);
    expect(await seen('red')).toEqual(['red']);
    expect(await seen('')).toEqual([]);
    expect(await seen('*')).toEqual(['blue', 'red']);
    expect((await asDesk('red', `update subscribers set region = 'CN' where brand = 'blue'`)).rowCount).toBe(0);
  });

  test('can append to the journal, and neither change it nor read the record of migrations', async () => {
    for (const sql of ['update journal set event = event', 'delete from journal', 'truncate journal', 'select from schema_migrations']) {
      await expect(asDesk('*', sql), sql).rejects.toThrow(/permission denied/);
    }
  });

  test('Chinese text comes back as it was, is compared and ordered by code point', async () => {
    const { rows } = await client.query<{ word: string }>(`select word from unnest(array['注销', '中国', '註銷', 'Ä', '𠮷']) word order by word`);
    expect(rows.map((row) => row.word)).toEqual(['Ä', '中国', '注销', '註銷', '𠮷']);
  });
});
