/** A whole Signoff for a story: real PostgreSQL, the production connectors, the carrier's side as real servers, a clock that is driven. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { allPacks } from '../policies/index.ts';
import { carrierSeed, demoData, plantAccounts, type DemoData, type DemoSubscriber } from '../src/demo/data.ts';
import { assemble, type Parts, type Signoff } from '../src/main.ts';
import type { Jurisdiction } from '../src/policy/jurisdiction.ts';
import type { Pack } from '../src/policy/pack.ts';
import type { CarrierSettings } from '../src/settings.ts';
import { loadOrMakeDocumentKey } from '../src/signature/keys-folder.ts';
import { startSimulator, type Simulator, type SimulatorEndpoints } from '../src/simulator/start.ts';
import { movableClock, type MovableClock } from '../src/store/clock.ts';
import { writeClockAhead } from '../src/store/clock-ahead.ts';
import { carrierOfSimulator } from '../src/demo/carrier.ts';
import { makeSigningKey } from '../src/vault/signing-key.ts';
import { testDatabase } from './database.ts';

/** A Tuesday, ten in the morning in Shanghai; every year that a story reaches has its calendar. */
export const storyStart = new Date('2026-11-24T02:00:00Z');
export const brand = 'ultra-purple';

export type Story = {
  readonly signoff: Signoff;
  readonly simulator: Simulator;
  readonly clock: MovableClock;
  readonly data: DemoData;
  readonly parts: Parts;
  readonly alarms: object[];
  /** Every line of the log, as it was written. */
  readonly logged: string[];
  /** The accounts of another brand of this story. */
  dataOf(brand: string): DemoData;
  /** Passes time over, for the program and for its jobs. */
  pass(milliseconds: number): Promise<void>;
  /** Rows as the owner sees them, past every boundary. */
  rows<Row extends object = Record<string, unknown>>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  stop(): Promise<void>;
};

export const hours = (count: number): number => count * 3_600_000;
export const days = (count: number): number => hours(24 * count);

/** Resolves to the first answer that is not undefined or false; fails with the question after `seconds`. */
export const eventually = async <Answer>(question: string, ask: () => Promise<Answer | undefined | false>, seconds = 60): Promise<Answer> => {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > until) throw new Error(`it did not come to this in ${seconds} s: ${question}`);
    await sleep(50);
  }
};

export type StoryOptions = {
  readonly works?: boolean;
  readonly at?: Date;
  /** More subscribers of the brand. */
  readonly also?: readonly DemoSubscriber[];
  /** What is different in this brand's own pack. */
  readonly change?: (pack: Pack) => Pack;
  /** Further brands by their id: each a copy of the pack with what is different, and the same accounts, billed under references of their own. */
  readonly brands?: Readonly<Record<string, (pack: Pack) => Pack>>;
  readonly logLevel?: 'debug' | 'warn';
  /** Other law than under policies/. */
  readonly jurisdictions?: readonly Jurisdiction[];
  /** Other ways to the carrier than straight to the simulator. */
  readonly carrier?: (straight: CarrierSettings, doors: SimulatorEndpoints) => CarrierSettings;
};

/** Another brand bills its lines apart; what the networks know of them is the same. */
const billedBy = (brand: string, data: DemoData): DemoData =>
  ({ ...data, subscribers: data.subscribers.map((one) => ({ ...one, lines: one.lines.map((line) => ({ ...line, billingRef: `${brand}-${line.billingRef}` })) })) });

export const openStory = async (options: StoryOptions = {}): Promise<Story> => {
  const folder = await mkdtemp(join(tmpdir(), 'signoff-story-'));
  const database = await testDatabase();
  const clock = movableClock((options.at ?? storyStart).getTime() - Date.now());
  const simulator = await startSimulator({ folder: join(folder, 'carrier'), now: () => clock.now(), zone: 'Asia/Shanghai' });
  const alarms: object[] = [];
  const logged: string[] = [];
  const log = pino({ level: options.logLevel ?? 'warn' }, { write: (line: string) => {
    logged.push(line);
    const entry = JSON.parse(line) as { level: number };
    if (entry.level >= 40) alarms.push(entry);
  } });
  const change = options.change ?? ((pack: Pack) => pack);
  const [first] = allPacks.filter((pack) => pack.brand === brand);
  if (first === undefined) throw new Error(`no policy for ${brand}`);
  const others = Object.entries(options.brands ?? {}).map(([id, change]) => ({ ...change(first), brand: id }));
  const documentKey = await loadOrMakeDocumentKey(join(folder, 'keys')).then((found) => { if (!found.ok) throw new Error(found.why.says); return found.value; });
  const parts: Parts = {
    databaseUrl: database.url, clock, operatorKey: randomBytes(32), signingKey: makeSigningKey(), documentKey, carrier: (options.carrier ?? ((straight) => straight))(carrierOfSimulator(simulator.endpoints), simulator.endpoints),
    production: false, publicUrl: () => 'http://127.0.0.1', log, works: options.works ?? true, packs: [...allPacks.map((pack) => (pack.brand === brand ? change(pack) : pack)), ...others], ...(options.jurisdictions === undefined ? {} : { jurisdictions: options.jurisdictions }),
  };
  const signoff = await assemble(parts);
  await writeClockAhead(signoff.desk.db, clock.offset);
  const pack = signoff.desk.packs.latest(brand);
  if (!pack.ok) throw new Error(`no policy for ${brand}`);
  const planted = demoData(brand, pack.value.addresses.site);
  const data: DemoData = { ...planted, subscribers: [...planted.subscribers, ...(options.also ?? [])] };
  await plantAccounts(signoff.desk, data, pack.value.currency);
  await simulator.seed(carrierSeed(data, pack.value.currency));
  const dataOf = new Map([[brand, data], ...others.map((other): [string, DemoData] => [other.brand, billedBy(other.brand, demoData(other.brand, other.addresses.site))])]);
  for (const other of others) {
    const theirs = dataOf.get(other.brand) ?? data;
    await plantAccounts(signoff.desk, theirs, other.currency);
    await simulator.seed({ ...carrierSeed(theirs, other.currency), subscribers: [], orders: [] });
  }
  const { Client } = (await import('pg')).default;
  const owner = new Client({ connectionString: database.url });
  await owner.connect();
  return {
    signoff, simulator, clock, data, parts, alarms, logged,
    dataOf: (id) => {
      const found = dataOf.get(id);
      if (found === undefined) throw new Error(`this story has no brand ${id}`);
      return found;
    },
    pass: async (milliseconds) => {
      clock.setOffset(clock.offset + milliseconds);
      await writeClockAhead(signoff.desk.db, clock.offset);
      signoff.desk.jobs.wake();
    },
    rows: async (sql, values = []) => (await owner.query(sql, values as unknown[])).rows,
    stop: async () => {
      await owner.end();
      await signoff.stop();
      await simulator.stop();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
