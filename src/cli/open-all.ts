/** Everything that one process of Signoff needs, opened in order and closed in reverse. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pino, { type Logger } from 'pino';
import { allPacks } from '../../policies/index.ts';
import { publishedKeys, readPublishedKeys, type PublishedKeys } from '../certificate/published-keys.ts';
import { carrierOfSimulator } from '../demo/carrier.ts';
import { demoOf, latestPacks } from '../demo/accounts.ts';
import { carrierSeed, plantAccounts, type DemoData } from '../demo/data.ts';
import { missingPolicies } from '../desk/pinned-policies.ts';
import type { Parts, Signoff } from '../main.ts';
import type { Watch } from '../operation/watch.ts';
import type { Pack } from '../policy/pack.ts';
import { readSettings, type Settings } from '../settings.ts';
import { loadOrMakeDocumentKey } from '../signature/keys-folder.ts';
import { startSimulator, type Simulator } from '../simulator/start.ts';
import { CannotStart, inPlainWords } from '../store/cannot-start.ts';
import { readClockAhead, writeClockAhead } from '../store/clock-ahead.ts';
import { movableClock, systemClock, type MovableClock } from '../store/clock.ts';
import { clockSkew, sayOff } from '../store/clock-skew.ts';
import { connectTo } from '../store/connect-to.ts';
import { openDb } from '../store/db.ts';
import { migrate } from '../store/migrate.ts';
import { startServer } from '../store/server.ts';
import type { SigningKey } from '../vault/signing-key.ts';
import { loadOrMakeKeys } from '../vault/keys-folder.ts';
import { openVault } from '../vault/vault.ts';
import type { Assemble } from './run.ts';

export type Opened = {
  readonly settings: Settings;
  readonly parts: Parts;
  readonly signoff: Signoff;
  readonly log: Logger;
  /** Only of a demo. */
  readonly demo?: { readonly simulator: Simulator; readonly clock: MovableClock; readonly planted: readonly { readonly pack: Pack; readonly data: DemoData }[]; pass(milliseconds: number): Promise<void> };
  stop(): Promise<void>;
};

export type Opening = {
  readonly env?: NodeJS.ProcessEnv;
  readonly say: (text: string) => void;
  readonly works: boolean;
  /** Where a demo's clock begins; absent: now. */
  readonly at?: Date;
  readonly publicUrl: (settings: Settings) => string;
  readonly reached?: Parts['reached'];
  /** Who looks on, by what is set. */
  readonly watch?: (settings: Settings) => Promise<Watch | undefined>;
  /** Simulator and accounts; a worker joins a demo that another process serves. */
  readonly plants: boolean;
  /** The one pack whose accounts are planted, by its name; absent: all of them. */
  readonly only?: string;
  /** Where demo keys are kept; absent: in the data folder. */
  readonly keysFolder?: string;
};

/** @throws CannotStart */
export const openAll = async (assemble: Assemble, opening: Opening): Promise<Opened> => {
  const settings = readSettings(opening.env ?? process.env);
  const closing: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (let close = closing.pop(); close !== undefined; close = closing.pop()) await close();
  };
  try {
    await mkdir(settings.folder, { recursive: true }).catch((fault: unknown) => { throw inPlainWords(fault, settings.folder); });
    const server = settings.databaseUrl === undefined ? await startServer({ folder: settings.folder, say: opening.say }) : await connectTo(settings.databaseUrl);
    closing.push(() => server.stop());
    await migrate(server.url, opening.say);

    const keys = await keysOf(settings, opening.keysFolder ?? join(settings.folder, 'keys'));
    const published = await publishKey(join(settings.folder, 'public-keys.json'), keys.signingKey);
    const log = pino({ level: process.env['SIGNOFF_LOG'] ?? (settings.production ? 'info' : 'fatal') }, pino.destination(2));
    const clock = await clockOf(settings, server.url, opening.at);
    const simulator = settings.production || !opening.plants ? undefined
      : await startSimulator({ folder: join(settings.folder, 'carrier'), now: () => clock.now(), zone: 'Asia/Shanghai' });
    if (simulator !== undefined) closing.push(() => simulator.stop());
    const carrier = simulator === undefined ? settings.carrier : carrierOfSimulator(simulator.endpoints);
    if (carrier === undefined) throw new CannotStart('Nothing says where the carrier\'s systems are. Set SIGNOFF_HLR (or SIGNOFF_OPEN5GS_URL), SIGNOFF_RADIUS_NAS where a policy ends data sessions, SIGNOFF_ES2PLUS_URL, SIGNOFF_BILLING_URL, SIGNOFF_PAYOUTS_URL, SIGNOFF_SERVICES_URL, SIGNOFF_SMTP_URL and SIGNOFF_SMPP_URL.');

    const watch = await opening.watch?.(settings);
    const parts: Parts = {
      databaseUrl: server.url, clock, ...keys, published, carrier, log, production: settings.production, works: opening.works, reconcileDays: settings.reconcileDays, bulkRates: settings.bulkRates, caps: settings.caps, profile: settings.profile, ...(settings.readUrl === undefined ? {} : { readUrl: settings.readUrl }),
      publicUrl: () => settings.publicUrl ?? opening.publicUrl(settings),
      ...(opening.reached === undefined ? {} : { reached: opening.reached }), ...(watch === undefined ? {} : { watch }),
    };
    await refuseToHarm(parts);
    const signoff = await assemble(parts);
    closing.push(() => signoff.stop());
    const missing = await missingPolicies(signoff.desk);
    if (missing.length > 0) throw new CannotStart(missing.map(({ version, cases }) =>
      `${cases} ${cases === 1 ? 'case stands' : 'cases stand'} on the policy ${version}, which is not there. Put policies/brands/${version.replace('@', '/')}.ts back and list it in policies/index.ts.`).join('\n'));
    if (clock === systemClock) return { settings, parts, signoff, log, stop };
    if (simulator === undefined) {
      closing.push(followClock(signoff, clock as MovableClock));
      return { settings, parts, signoff, log, stop };
    }

    const driven = clock as MovableClock;
    const planted = [...latestPacks(signoff.desk.packs)].filter(([name]) => opening.only === undefined || name === opening.only).map(([, pack]) => ({ pack, data: demoOf(pack) }));
    for (const { pack, data } of planted)
      if (await plantAccounts(signoff.desk, data, pack.currency)) await simulator.seed(carrierSeed(data, pack.currency));
    return {
      settings, parts, signoff, log, stop,
      demo: {
        simulator, clock: driven, planted,
        pass: async (milliseconds) => {
          driven.setOffset(driven.offset + milliseconds);
          await writeClockAhead(signoff.desk.db, driven.offset);
          signoff.desk.jobs.wake();
        },
      },
    };
  } catch (fault) {
    await stop();
    throw fault;
  }
};

/** Before anything is taken in hand: a worker with a wrong key would spend the tries of jobs that the right one is to do, one with a wrong clock would put off what is due. */
const refuseToHarm = async ({ databaseUrl, operatorKey, previousOperatorKeys = [] }: Parts): Promise<void> => {
  const db = openDb({ url: databaseUrl, most: 1 });
  try {
    const fits = await db.acrossBrands((tx) => openVault({ operatorKey, previousKeys: previousOperatorKeys }).checkOperatorKey(tx));
    if (!fits.ok) throw new CannotStart(fits.why.says);
    const off = sayOff(await clockSkew(db));
    if (off !== undefined) throw new CannotStart(`It can't start: ${off}, then start again.`);
  } finally {
    await db.close();
  }
};

/** The clock of a demo is moved by the process that serves it; a worker beside it looks every second. */
const followClock = ({ desk }: Signoff, clock: MovableClock): (() => Promise<void>) => {
  const timer = setInterval(() => void readClockAhead(desk.db).then((ahead) => {
    if (ahead === undefined || ahead <= clock.offset) return;
    clock.setOffset(ahead);
    desk.jobs.wake();
  }, () => undefined), 1000); // a database that is away for a moment is asked again
  return async () => clearInterval(timer);
};

/** For `signoff verify`: the key of today beside those of before, because certificates outlive keys. */
export const publishKey = async (file: string, key: SigningKey): Promise<PublishedKeys> => {
  const before = readPublishedKeys(await readFile(file, 'utf8').catch(() => '{"keys":[]}'));
  const others = before.ok ? before.value.keys.filter(({ kid }) => kid !== key.kid) : [];
  const all: PublishedKeys = { keys: [...publishedKeys([key]).keys, ...others] };
  await writeFile(file, `${JSON.stringify(all, null, 2)}\n`);
  return all;
};

const keysOf = async (settings: Settings, folder: string): Promise<Pick<Parts, 'operatorKey' | 'signingKey' | 'documentKey' | 'previousOperatorKeys'>> => {
  const previousOperatorKeys = settings.previousOperatorKeys;
  const found = settings.documentKey === undefined ? await loadOrMakeDocumentKey(folder) : { ok: true as const, value: settings.documentKey };
  if (!found.ok) throw new CannotStart(found.why.says);
  const documentKey = found.value;
  if (settings.operatorKey !== undefined && settings.signingKey !== undefined) return { operatorKey: settings.operatorKey, signingKey: settings.signingKey, documentKey, previousOperatorKeys };
  const made = await loadOrMakeKeys(folder);
  if (!made.ok) throw new CannotStart(made.why.says);
  return { operatorKey: settings.operatorKey ?? made.value.operatorKey, signingKey: settings.signingKey ?? made.value.signingKey, documentKey, previousOperatorKeys };
};

/** A demo on a machine whose date lies before every policy begins with the policies. */
const firstDay = (): number => Math.max(...allPacks.map((pack) => Date.parse(`${pack.validFrom}T12:00:00Z`)));

/** Production runs on real time; a database whose clock was ever driven is not taken for one of production. */
const clockOf = async (settings: Settings, url: string, at: Date | undefined): Promise<MovableClock | typeof systemClock> => {
  const db = openDb({ url, most: 1 });
  try {
    const ahead = await readClockAhead(db);
    if (settings.production) {
      if (ahead !== undefined) throw new CannotStart('This database belongs to a demo: its clock was driven. Give production a database of its own.');
      return systemClock;
    }
    const clock = movableClock(ahead ?? (at === undefined ? Math.max(0, firstDay() - Date.now()) : at.getTime() - Date.now()));
    if (ahead === undefined) await writeClockAhead(db, clock.offset);
    return clock;
  } finally {
    await db.close();
  }
};

/** Resolves at the first SIGINT or SIGTERM; the same signal again, as a terminal and a launcher both send it, changes nothing. */
export const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });
