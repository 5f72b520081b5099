/** The path from due to certificate has no query per row: a batch of ten times as many cases takes as many statements. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { carryCounted } from '../../bench/flow/counted.ts';
import { portsInProcess } from '../../bench/flow/in-process.ts';
import { benchPack } from '../../bench/flow/pack.ts';
import { plant } from '../../bench/flow/plant.ts';
import { assemble, type Signoff } from '../../src/main.ts';
import { loadOrMakeDocumentKey } from '../../src/signature/keys-folder.ts';
import { systemClock } from '../../src/store/clock.ts';
import { makeSigningKey } from '../../src/vault/signing-key.ts';
import { testDatabase, type TestDatabase } from '../database.ts';

let folder: string;
let database: TestDatabase;
let signoff: Signoff;
let client: pg.Client;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signoff-statements-'));
  database = await testDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const documentKey = await loadOrMakeDocumentKey(folder);
  if (!documentKey.ok) throw new Error(documentKey.why.says);
  signoff = await assemble({
    databaseUrl: database.url, clock: systemClock, operatorKey: randomBytes(32), signingKey: makeSigningKey(), documentKey: documentKey.value, carrier: {} as never, connected: portsInProcess(),
    production: true, publicUrl: () => 'http://127.0.0.1', log: pino({ level: 'silent' }), packs: [benchPack], works: false,
  });
});
afterAll(async () => {
  await client.end();
  await signoff.stop();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const carry = async (count: number, from: number) => {
  const now = new Date();
  const cases = await plant(signoff.desk, benchPack, count, { at: now, from, now, phone: '+12025550110' });
  const counted = await carryCounted(database.url, signoff, count);
  const ids = cases.map(({ caseId }) => caseId);
  const { rows: [done] } = await client.query<{ certificates: number; notices: number }>(
    `select (select count(*)::int from certificates where cancellation_id = any($1::uuid[])) as certificates, (select count(*)::int from notices where cancellation_id = any($1::uuid[]) and state in ('sent', 'delivered')) as notices`, [ids]);
  return { ...counted, ...done };
};

test('P6 carrying 200 cases from due to certificate and notices takes as many statements and commits as carrying 20', async () => {
  const few = await carry(20, 0);
  const many = await carry(200, 20);
  expect(few).toMatchObject({ certificates: 20, notices: 40 });
  expect(many).toMatchObject({ certificates: 200, notices: 400 });
  expect(few.statements).toBeGreaterThan(20);
  // The same code for one and for many: none but what a lease or a retry may add by chance.
  expect(many.statements - few.statements).toBeLessThanOrEqual(4);
  expect(many.commits - few.commits).toBeLessThanOrEqual(1);
});
