/** A database with due cases in it, the carrier's side as real servers, and workers as processes: what most rows begin with. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import pino from 'pino';
import { plant, type Planted, type Planting } from '../../bench/flow/plant.ts';
import { allPacks } from '../../policies/index.ts';
import { carrierOfSimulator } from '../../src/demo/carrier.ts';
import { assemble, type Parts, type Signoff } from '../../src/main.ts';
import type { Pack } from '../../src/policy/pack.ts';
import { loadOrMakeDocumentKey } from '../../src/signature/keys-folder.ts';
import { startSimulator, type Simulator } from '../../src/simulator/start.ts';
import type { CarrierSettings } from '../../src/settings.ts';
import { writeClockAhead } from '../../src/store/clock-ahead.ts';
import { movableClock, type MovableClock } from '../../src/store/clock.ts';
import { makeSigningKey } from '../../src/vault/signing-key.ts';
import { testDatabase, type TestDatabase } from '../database.ts';
import { storyStart } from '../harness.ts';
import { startProcess, type WorkerProcess } from '../worker-process.ts';
import { violations } from './invariants.ts';

export type Stage = {
  readonly parts: Parts;
  readonly simulator: Simulator;
  readonly clock: MovableClock;
  readonly planted: readonly Planted[];
  /** A desk that does no work; opened at the first use, closed by `leave`. */
  desk(): Promise<Signoff>;
  /** Lets go of every connection to the database. */
  leave(): Promise<void>;
  plant(pack: Pack, count: number, how?: Partial<Planting>): Promise<Planted[]>;
  /** Rows as the owner sees them, over a connection of its own; a database that is away just now is waited for. */
  rows<Row extends object = Record<string, unknown>>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Everything it and others said stands in `said`. */
  worker(env?: Readonly<Record<string, string>>, /** The folder of another build. */ build?: string): Promise<WorkerProcess>;
  readonly said: () => string;
  /** Fails with the invariants of the catalogue that do not hold. */
  holds(): Promise<void>;
  close(): Promise<void>;
};

export type Staging = {
  /** Absent: a fresh database on the server of this run. */
  readonly database?: TestDatabase;
  readonly packs?: readonly Pack[];
  readonly connected?: Parts['connected'];
  /** Other ways to the carrier than straight to the simulator. */
  readonly carrier?: (straight: CarrierSettings) => CarrierSettings;
};

/** Without a waiting period, so that everything of a plan is due at once. */
export const packNamed = (brand: string): Pack => {
  const found = allPacks.find((one) => one.brand === brand);
  if (found === undefined) throw new Error(`no policy for ${brand}`);
  return found;
};

const retried = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
  for (let tries = 0; ; tries++) {
    try {
      return await ask();
    } catch (fault) {
      if (tries === 60 || (fault instanceof pg.DatabaseError && !/^(57|53|08)/.test(fault.code ?? ''))) throw fault;
      await sleep(500);
    }
  }
};

export const openStage = async ({ database: given, packs = allPacks, connected, carrier = (straight) => straight }: Staging = {}): Promise<Stage> => {
  const folder = await mkdtemp(join(tmpdir(), 'signoff-fault-stage-'));
  const database = given ?? await testDatabase();
  const clock = movableClock(storyStart.getTime() - Date.now());
  const simulator = await startSimulator({ folder: join(folder, 'carrier'), now: () => clock.now(), zone: 'Asia/Shanghai' });
  const documentKey = await loadOrMakeDocumentKey(join(folder, 'keys')).then((found) => { if (!found.ok) throw new Error(found.why.says); return found.value; });
  const logged: string[] = [];
  const parts: Parts = {
    databaseUrl: database.url, clock, operatorKey: randomBytes(32), signingKey: makeSigningKey(), documentKey, carrier: carrier(carrierOfSimulator(simulator.endpoints)),
    production: false, publicUrl: () => 'http://127.0.0.1', log: pino({ level: 'error' }, { write: (line: string) => void logged.push(line) }), works: false, packs,
    ...(connected === undefined ? {} : { connected }),
  };
  let open: Signoff | undefined;
  const desk = async (): Promise<Signoff> => (open ??= await assemble(parts));
  const leave = async (): Promise<void> => {
    await open?.stop();
    open = undefined;
  };
  const planted: Planted[] = [];
  let numbers = 0;
  const workers: WorkerProcess[] = [];
  const said = (): string => [...logged, ...workers.map((one) => one.said())].join('\n');
  await writeClockAhead((await desk()).desk.db, clock.offset);

  const rows: Stage['rows'] = async <Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> => retried(async () => {
    const client = new pg.Client({ connectionString: database.url, connectionTimeoutMillis: 10_000 });
    client.on('error', () => undefined); // the query under way reports it
    try {
      await client.connect();
      return (await client.query(sql, values as unknown[])).rows as Row[];
    } finally {
      await client.end().catch(() => undefined);
    }
  });

  return {
    parts, simulator, clock, planted, desk, leave, rows, said,
    plant: async (pack, count, how = {}) => {
      const { desk: { db, vault, jobs } } = await desk();
      const now = clock.now();
      const from = numbers;
      numbers += count; // also where it is not known whether they are there
      // Whoever works already must not come before the carrier knows of them.
      const at = new Date(now.getTime() + (workers.length === 0 ? 0 : 5000));
      const made = await plant({ db, vault, jobs }, pack, count, { at, now, from, ...how });
      planted.push(...made);
      if (connected === undefined) await simulator.seed(seedOf(made, pack.currency));
      return made;
    },
    worker: async (env = {}, build) => {
      const one = await startProcess({ parts }, ['work'], { SIGNOFF_LOG: 'error', ...env }, build);
      workers.push(one);
      return one;
    },
    holds: async () => {
      const found = await violations({ rows, effects: connected === undefined ? simulator.effects() : undefined, planted, said: said() });
      if (found.length > 0) throw new Error(`${found.length} violations:\n    ${found.slice(0, 20).join('\n    ')}`);
    },
    close: async () => {
      for (const { child, ended } of workers) {
        child.kill('SIGKILL');
        child.kill('SIGCONT'); // one that is frozen dies only when it wakes
        await ended;
      }
      await leave();
      await simulator.stop();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** The same lines as the carrier's systems know them. */
const seedOf = (planted: readonly Planted[], currency: string): Parameters<Simulator['seed']>[0] => ({
  subscribers: planted.flatMap(({ line: { imsi, msisdn } }) => (imsi === undefined ? [] : [{ imsi, msisdn: msisdn.slice(1), sgsn: 'sgsn-1' }])),
  sessions: planted.flatMap(({ line: { imsi, msisdn, billingRef } }) => (imsi === undefined ? [] : [{ id: `session-${billingRef}`, imsi, msisdn: msisdn.slice(1) }])),
  orders: planted.flatMap(({ line: { iccid, matchingId } }) => (iccid === undefined || matchingId === undefined ? [] : [{ iccid, matchingId, state: 'released' as const }])),
  lines: planted.map(({ shape, line: { billingRef, services = [] } }) => ({ ref: billingRef, currency, creditMinor: shape.payoutMinor, services: services.map(({ provider }) => provider) })),
  payments: planted.flatMap(({ shape, line: { paymentRef } }) => (paymentRef === undefined ? [] : [{ ref: paymentRef, currency, paidMinor: shape.payoutMinor }])),
});
