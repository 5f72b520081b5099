/** One database of Signoff to measure on: cases are planted while their day is far, then all fall due at once, and a worker carries them out. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import pino from 'pino';
import type { Assemble } from '../../src/cli/run.ts';
import type { Signoff } from '../../src/main.ts';
import type { CarrierSettings } from '../../src/settings.ts';
import { loadOrMakeDocumentKey } from '../../src/signature/keys-folder.ts';
import { systemClock } from '../../src/store/clock.ts';
import { makeSigningKey } from '../../src/vault/signing-key.ts';
import { startChild, type Child } from '../child.ts';
import type { House } from './house.ts';
import { portsInProcess } from './in-process.ts';
import { benchPack } from './pack.ts';
import { plant, type Planted } from './plant.ts';
import type { WorkerOrder } from './worker.ts';

export const month = 30 * 86_400_000;
/** From the range for fiction (NANP 555-01xx). */
const phone = '+12025550110';

export type Stand = {
  readonly url: string;
  readonly operatorKey: string;
  /** Below the doors, in this process; it works off no jobs. */
  readonly signoff: Signoff;
  readonly client: pg.Client;
  /** Due in a month. */
  plant(count: number): Promise<Planted[]>;
  startWorker(carrier?: CarrierSettings): Promise<Child>;
  /** From the moment they are due until each has its certificate and all its notices are sent; resolves to seconds. */
  carry(worker: Pick<Child, 'ask'>, cases: readonly Planted[]): Promise<number>;
  stop(): Promise<void>;
};

export const openStand = async (house: House, name: string, assemble: Assemble): Promise<Stand> => {
  const url = await house.migrated(name);
  const operatorKey = randomBytes(32).toString('hex');
  const keys = join(house.folder, 'keys');
  const documentKey = await loadOrMakeDocumentKey(keys);
  if (!documentKey.ok) throw new Error(documentKey.why.says);
  const signoff = await assemble({
    databaseUrl: url, clock: systemClock, operatorKey: Buffer.from(operatorKey, 'hex'), signingKey: makeSigningKey(), documentKey: documentKey.value, carrier: {} as never, connected: portsInProcess(),
    production: true, publicUrl: () => 'http://127.0.0.1', log: pino({ level: 'error' }, pino.destination(2)), packs: [benchPack], works: false,
  });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const workers: Child[] = [];
  let planted = 0;
  return {
    url, operatorKey, signoff, client,
    plant: async (count) => {
      const now = new Date();
      const cases = await plant(signoff.desk, benchPack, count, { at: new Date(now.getTime() + month), from: planted, now, phone });
      planted += count;
      await client.query('analyze'); // as autovacuum does within a minute, wherever so many rows come in
      return cases;
    },
    startWorker: async (carrier) => {
      const worker = startChild(new URL('./worker.ts', import.meta.url));
      workers.push(worker);
      await worker.ask('start', { databaseUrl: url, operatorKey, keys, ...(carrier === undefined ? {} : { carrier }) } satisfies WorkerOrder);
      return worker;
    },
    carry: async (worker, cases) => {
      const ids = cases.map(({ caseId }) => caseId);
      const start = await makeDue(client, ids);
      await worker.ask('wake');
      await untilTold(client, ids);
      return (performance.now() - start) / 1000;
    },
    stop: async () => {
      for (const worker of workers) await worker.stop();
      await client.end();
      await signoff.stop();
    },
  };
};

/** In one transaction, so that the worker finds all of them at once. Resolves to the moment before they could be found. */
const makeDue = async (client: pg.Client, ids: readonly string[]): Promise<number> => {
  await client.query('begin');
  await client.query(`update cancellations set effective_at = now() where id = any($1::uuid[])`, [ids]);
  await client.query(`update pgboss.job set start_after = now() where name = 'timer' and state = 'created' and (data ->> 'caseId') = any($1::text[])`, [ids]);
  const start = performance.now();
  await client.query('commit');
  return start;
};

const patience = 60_000;
/** Looks twenty times a second at those that are left, in one transaction, so that looking adds no commits. @throws with how they stand where nothing came of them for a minute */
const untilTold = async (client: pg.Client, ids: readonly string[]): Promise<void> => {
  // By key, whatever the server has learnt of its tables so far: who looks on is to cost nothing.
  await client.query('begin read only; set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off');
  await look(client, ids).finally(() => client.query('commit'));
};
const look = async (client: pg.Client, ids: readonly string[]): Promise<void> => {
  let left = [...ids];
  for (let since = Date.now(); left.length > 0;) {
    // The last of them tell when a look at all is worth what it costs.
    const soon = (await endedOf(client, left.slice(-sample))).length === Math.min(sample, left.length);
    const asked = soon || Date.now() - since > patience ? left : [];
    const done = new Set(await endedOf(client, asked));
    if (done.size > 0) since = Date.now();
    left = left.filter((id) => !done.has(id));
    if (left.length > 0 && Date.now() - since > patience) {
      const { rows: stand } = await client.query(`select name, state, max(outcome::text) as outcome, count(*)::int as n from steps where cancellation_id = any($1::uuid[]) and state <> 'done' group by 1, 2`, [left]);
      throw new Error(`${left.length} of ${ids.length} cases did not go on for a minute: ${JSON.stringify(stand)}`);
    }
    if (left.length > 0) await sleep(50);
  }
};

const sample = 10;
/** Those that have their certificate, every notice sent and no step left. */
const endedOf = async (client: pg.Client, ids: readonly string[]): Promise<string[]> =>
  ids.length === 0 ? [] : (await client.query<{ id: string }>({ name: 'ended', text:
    `select c.cancellation_id as id from certificates c where c.cancellation_id = any($1::uuid[])
       and not exists (select from notices n where n.cancellation_id = c.cancellation_id and n.state in ('queued', 'intended', 'unknown'))
       and not exists (select from steps s where s.cancellation_id = c.cancellation_id and s.state in ('waiting', 'intended'))`, values: [ids] })).rows.map(({ id }) => id);
