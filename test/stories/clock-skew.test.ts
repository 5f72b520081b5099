/** Row 21: a machine whose clock is off does not begin, and is not ready where it drifts: what is due would be put off by it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clockSkew, mostSkew, sayOff } from '../../src/store/clock-skew.ts';
import { openDb, type Db } from '../../src/store/db.ts';
import { testDatabase, type TestDatabase } from '../database.ts';

let database: TestDatabase;
let db: Db;
beforeAll(async () => {
  database = await testDatabase();
  db = openDb({ url: database.url, most: 1 });
});
afterAll(async () => {
  await db?.close();
  await database?.drop();
});

test.each([[3_600_000, 'ahead of'], [-86_400_000, 'behind']])('21 a clock that is %i ms off is told from the database’s', async (off, how) => {
  const skew = await clockSkew(db, () => Date.now() + off);
  expect(Math.abs(skew - off / 1000)).toBeLessThan(mostSkew);
  expect(sayOff(skew)).toMatch(new RegExp(`^this machine's clock is \\d+ s ${how} the database's: set both by NTP$`));
});

test('21 a clock that agrees is no news', async () => {
  expect(sayOff(await clockSkew(db))).toBeUndefined();
});
