/** Reads of a page: together in one message, of one brand, unable to write. And the transaction beside them, where several statements are asked for at once. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDb, type Db } from '../../src/store/db.ts';
import { testDatabase, type TestDatabase } from '../database.ts';

let database: TestDatabase;
let db: Db;
const ids = { one: randomUUID(), other: randomUUID() };

beforeAll(async () => {
  database = await testDatabase();
  db = openDb({ url: database.url, most: 2 });
  for (const brand of ['one', 'other'] as const)
    await db.inBrand(brand, (tx) => tx.query(`insert into subscribers (id, brand, region, sealed, created_at) values ($1, $2, 'CN', '', now())`, [ids[brand], brand]));
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

const languageOf = async (brand: string): Promise<unknown> => (await db.inBrand(brand, (tx) => tx.query(`select language from subscribers where brand = $1`, [brand])))[0]?.['language'];

describe('a look', () => {
  it('sees the rows of its brand and no others, each answer at its question', async () => {
    for (let times = 0; times < 3; times++) { // prepared at the first, only bound at the next
      const [mine, theirs, none, many, sum] = await db.look('one', (tx) => Promise.all([
        tx.query(`select id, created_at from subscribers where id = $1`, [ids.one]), tx.query(`select id from subscribers where id = $1`, [ids.other]), tx.query(`select id from subscribers where region = 'XX'`),
        tx.query<{ n: number }>(`select n from generate_series(1, $1::int) n`, [300]), tx.query<{ sum: number }>(`select sum(n)::int as sum from unnest($1::int[]) n`, [[1, 2, times]]),
      ]));
      expect(mine).toEqual([{ id: ids.one, created_at: expect.any(Date) as Date }]);
      expect([theirs, none, sum]).toEqual([[], [], [{ sum: 3 + times }]]);
      expect(many.map(({ n }) => n)).toEqual(Array.from({ length: 300 }, (_, n) => n + 1));
    }
  });

  it('can be taken in several goes, as one answer says what to ask next', async () => {
    expect(await db.look('other', async (tx) => {
      const [first] = await tx.query<{ id: string }>(`select id from subscribers`);
      return tx.query(`select id from subscribers where id = $1`, [first?.id]);
    })).toEqual([{ id: ids.other }]);
  });

  it('writes nothing, and has no name of everybody', async () => {
    await expect(db.look('one', (tx) => tx.query(`update subscribers set language = 'en' where id = $1`, [ids.one]))).rejects.toThrow(/read-only transaction/);
    expect(await languageOf('one')).toBe('zh-CN');
    expect(() => db.look('*', async () => 0)).toThrow(/one brand/);
    expect(() => db.look('', async () => 0)).toThrow(/one brand/);
  });

  it('fails as a whole, and the next one is not troubled', async () => {
    const asked = db.look('one', (tx) => Promise.allSettled([tx.query(`select id from subscribers`), tx.query(`select 1 / $1::int`, [0]), tx.query(`select id from subscribers`)]));
    for (const one of await asked) expect(one).toMatchObject({ status: 'rejected', reason: { code: '22012' } });
    await expect(db.look('one', (tx) => tx.query(`select $1::int as n`, [{ toPostgres: () => { throw new Error('no value'); } }]))).rejects.toThrow('no value');
    for (let times = 0; times < 4; times++) expect(await db.look('one', (tx) => tx.query(`select id from subscribers`))).toEqual([{ id: ids.one }]);
  });

  it('leaves nothing of its brand on the connection', async () => {
    const single = openDb({ url: database.url, most: 1 });
    await single.look('one', (tx) => tx.query(`select 1`));
    await single.jot('one', `update subscribers set region = 'HK' where id = $1`, [ids.one]);
    expect(await single.look('other', (tx) => tx.query(`select id from subscribers`))).toEqual([{ id: ids.other }]);
    expect(await single.inBrand('other', (tx) => tx.query(`select current_setting('transaction_read_only') as only, current_setting('plan_cache_mode') as plans, current_setting('signoff.brand') as brand`)))
      .toEqual([{ only: 'off', plans: 'auto', brand: 'other' }]);
    await single.close();
  });

  it('sees what was committed before it', async () => {
    await db.inBrand('one', (tx) => tx.query(`update subscribers set language = 'en' where id = $1`, [ids.one]));
    expect(await db.look('one', (tx) => tx.query(`select language from subscribers`))).toEqual([{ language: 'en' }]);
  });
});

describe('a jot', () => {
  it('is one statement of one brand', async () => {
    await db.jot('other', `update subscribers set language = 'zh-TW'`, []);
    expect([await languageOf('one'), await languageOf('other')]).toEqual(['en', 'zh-TW']);
    await expect(db.jot('one', `insert into subscribers (id, brand, region, sealed, created_at) values ($1, 'other', 'CN', '', now())`, [randomUUID()])).rejects.toThrow(/row-level security/);
  });
});

describe('a transaction', () => {
  it('runs what is asked for at once one after another, and nothing after what failed', async () => {
    const late = randomUUID();
    const insert = `insert into subscribers (id, brand, region, sealed, created_at) values ($1, 'one', 'CN', '', now())`;
    await expect(db.inBrand('one', (tx) => Promise.all([tx.query(`select 1 / $1::int`, [0]), tx.query(insert, [late])]))).rejects.toMatchObject({ code: '22012' });
    // The caller gives up while its statements are still under way: they must not run past the end, outside of any boundary.
    let left: Promise<unknown> = Promise.resolve();
    await expect(db.inBrand('one', async (tx) => {
      left = Promise.allSettled([tx.query(`select pg_sleep(0.05)`), tx.query(insert, [late])]);
      await Promise.reject(new Error('given up'));
    })).rejects.toThrow('given up');
    expect(await left).toMatchObject([{}, { status: 'rejected' }]);
    const owner = new pg.Client({ connectionString: database.url });
    await owner.connect();
    expect((await owner.query(`select 1 from subscribers where id = $1`, [late])).rows).toEqual([]);
    await owner.end();
  });
});
