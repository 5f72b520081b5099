/** The pages that people look at most, at a fixed rate, with a house full of cases: how long they take, what they weigh, and what they cost in CPU. */
import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { allPacks } from '../../policies/index.ts';
import { openDb } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrate.ts';
import { removeCluster } from '../../src/store/postgres-cluster.ts';
import { startServer } from '../../src/store/server.ts';
import { openVault } from '../../src/vault/vault.ts';
import { loadOn, type Answered, type Ask, type Load } from './load.ts';
import { plantPortal, type Visitor } from './plant.ts';
import { usedByPostgres } from './used.ts';
import type { Told } from './web.ts';

export const pages = ['status', 'application', 'receipt'] as const;
export type PageName = (typeof pages)[number];
/** The median of the rounds, with the least and the most of them, and each. */
export type Spread = { readonly median: number; readonly least: number; readonly most: number; readonly rounds: readonly number[] };
export type PortalFigures = {
  readonly cases: number;
  /** Signed in, each at a page every so often that `rate` comes of it. */
  readonly people: number;
  /** Requests a second asked for, over `seconds`, `rounds` times. */
  readonly rate: number; readonly seconds: number; readonly rounds: number; readonly webProcesses: number;
  readonly cores: number;
  /** Of the machine, over the last minute, before and after: what else ran on it. */
  readonly loadBefore: number; readonly loadAfter: number;
  /** Milliseconds from the moment a request was due; `alone`: one request after another; bytes on the wire, head and all, at most. */
  readonly pages: Readonly<Record<PageName, { readonly p50: Spread; readonly p99: Spread; readonly alone: number; readonly bytes: number }>>;
  /** Answered otherwise than with the page, over all rounds. */
  readonly failed: number;
  /** CPU milliseconds a request. PostgreSQL: where the system says it. */
  readonly cpu: { readonly web: Spread; readonly postgres?: Spread; readonly load: Spread };
  /** Bytes of memory of a web process. */
  readonly webMemory: number;
};
export type PortalOptions = { readonly cases?: number; readonly rate?: number; readonly seconds?: number; readonly rounds?: number; readonly webProcesses?: number;
  /** A folder: a profile of each web process is written there, to be opened in a browser's tools. */
  readonly profile?: string;
  /** Of an empty, migrated database; absent: a server of its own, which vanishes afterwards. */
  readonly databaseUrl?: string;
};

const goals = { p99: 20, bytes: 30_000 };

/** Nobody tidies up after the planting any more. */
const settled = async (client: pg.Client): Promise<void> => {
  for (let quiet = 0, looks = 0; quiet < 3 && looks < 120; looks++) {
    const { rows } = await client.query(`select 1 from pg_stat_activity where backend_type = 'autovacuum worker' and datname = current_database()`);
    quiet = rows.length === 0 ? quiet + 1 : 0;
    await sleep(500);
  }
};

export const measurePortal = async (say: (text: string) => void, { cases = 100_000, rate = 500, seconds = 10, rounds = 5, webProcesses = 1, profile, databaseUrl }: PortalOptions = {}): Promise<PortalFigures> => {
  const folder = await mkdtemp(join(tmpdir(), 'signoff-portal-'));
  await chmod(folder, 0o711); // as root, PostgreSQL runs as another user
  const server = databaseUrl === undefined ? await startServer({ folder, say }) : { url: databaseUrl, stop: async () => undefined };
  const operatorKey = randomBytes(32);
  const client = new pg.Client({ connectionString: server.url });
  const webs: Web[] = [];
  const loads: Load[] = [];
  try {
    if (databaseUrl === undefined) await migrate(server.url);
    await client.connect();
    const { rows: [backend] } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const pid = backend?.pid ?? 0;
    const pack = allPacks.find((one) => one.brand === 'ultra-purple');
    if (pack === undefined) throw new Error('the policy whose pages are measured is not there');
    const db = openDb({ url: server.url });
    // Each looks at a page every half minute.
    const visitors = await plantPortal({ db, vault: openVault({ operatorKey }), url: server.url }, pack, { cases, visitors: rate * 30, now: new Date(), say }).finally(() => db.close());
    await client.query('checkpoint');
    await settled(client);
    for (let count = 0; count < webProcesses; count++) webs.push(await startWeb([server.url, operatorKey.toString('hex'), join(folder, 'keys')], profile));
    loads.push(...webs.map(({ origin }) => loadOn(origin)));
    const used = async () => ({ web: (await Promise.all(webs.map((web) => web.used()))).reduce((sum, one) => sum + one.milliseconds, 0), postgres: usedByPostgres(pid), load: cpuOfOurs() });
    const run = (asks: Iterator<Ask>) => Promise.all(loads.map((load) => load.run(asks, rate / webProcesses, seconds))).then((parts) => parts.flat());
    const asks = asksOf(visitors, pack.brand);

    say('warming up');
    await Promise.all(loads.map((load) => load.run(asks, rate / 2 / webProcesses, Math.min(seconds, 5))));
    const alone: Answered[] = await loads[0]?.singly(asks, 30 * Math.min(seconds, 10)) ?? [];
    const loadBefore = loadavg()[0] ?? 0;
    const all: { answered: Answered[]; cpu: { web: number; postgres?: number; load: number } }[] = [];
    for (let round = 1; round <= rounds; round++) {
      const before = await used();
      const answered = await run(asks);
      const after = await used();
      const each = (one: 'web' | 'load') => (after[one] - before[one]) / answered.length;
      all.push({ answered, cpu: { web: each('web'), load: each('load'), ...(after.postgres === undefined || before.postgres === undefined ? {} : { postgres: (after.postgres - before.postgres) / answered.length }) } });
      say(`round ${round} of ${rounds}: ${answered.length} answers, p99 ${at(answered.map(({ milliseconds }) => milliseconds), 0.99).toFixed(1)} ms, web ${each('web').toFixed(2)} ms of CPU a request`);
    }
    const wanted = Math.round((rate / webProcesses) * seconds) * webProcesses * rounds;
    const good = all.flatMap(({ answered }) => answered).filter(({ status }) => status === 200).length;
    const ofPage = (kind: PageName) => ({
      p50: spread(all.map(({ answered }) => at(timesOf(answered, kind), 0.5))), p99: spread(all.map(({ answered }) => at(timesOf(answered, kind), 0.99))),
      alone: at(timesOf(alone, kind), 0.5), bytes: Math.max(...alone.filter((one) => one.kind === kind).map(({ bytes }) => bytes)),
    });
    const postgres = all.flatMap(({ cpu }) => cpu.postgres ?? []);
    return {
      cases, people: visitors.length, rate, seconds, rounds, webProcesses, cores: availableParallelism(), loadBefore, loadAfter: loadavg()[0] ?? 0,
      pages: { status: ofPage('status'), application: ofPage('application'), receipt: ofPage('receipt') },
      failed: wanted - good,
      cpu: { web: spread(all.map(({ cpu }) => cpu.web)), load: spread(all.map(({ cpu }) => cpu.load)), ...(postgres.length === 0 ? {} : { postgres: spread(postgres) }) },
      webMemory: (await webs[0]?.used())?.rss ?? 0,
    };
  } finally {
    for (const load of loads) load.close();
    for (const web of webs) await web.stop();
    await client.end().catch(() => undefined);
    await server.stop();
    if (databaseUrl === undefined) await removeCluster(folder);
    await rm(folder, { recursive: true, force: true });
  }
};

/** `npm run bench -- portal`. */
export const benchPortal = async (say: (text: string) => void, options: PortalOptions = {}): Promise<PortalFigures> => {
  const figures = await measurePortal(say, options);
  for (const line of inWords(figures)) say(line);
  return figures;
};

export const inWords = ({ cases, people, rate, seconds, rounds, webProcesses, cores, loadBefore, loadAfter, pages: of, failed, cpu, webMemory }: PortalFigures): string[] => {
  const range = ({ median, least, most }: Spread, unit: string): string => `${median.toFixed(2)} ${unit} (${least.toFixed(2)} to ${most.toFixed(2)})`;
  return [
    `${cases.toLocaleString('en')} cases, ${people.toLocaleString('en')} people signed in, ${rate} requests/s at fixed moments for ${seconds} s, ${rounds} rounds, ${webProcesses} web process${webProcesses === 1 ? '' : 'es'}; ${cores} cores for it, PostgreSQL and the load together. Times count from the moment a request was due; medians of the rounds, least and most beside them.`,
    ...pages.map((page) => {
      const { p50, p99, alone, bytes } = of[page];
      return `${page.padEnd(12)} p50 ${range(p50, 'ms')}, p99 ${range(p99, 'ms')}, ${(p99.median / goals.p99).toFixed(2)} × ${goals.p99} ms; alone ${alone.toFixed(2)} ms; ${(bytes / 1000).toFixed(1)} kB, ${(bytes / goals.bytes).toFixed(2)} × ${goals.bytes / 1000} kB`;
    }),
    `CPU a request: web ${range(cpu.web, 'ms')}, ${cpu.postgres === undefined ? 'PostgreSQL not known here' : `PostgreSQL ${range(cpu.postgres, 'ms')}`}, load ${range(cpu.load, 'ms')}; memory of a web process ${(webMemory / 1e6).toFixed(0)} MB`,
    `${failed === 0 ? 'Every request was answered with its page.' : `${failed} requests were not answered with their page.`} Load of the machine before and after: ${loadBefore.toFixed(1)}, ${loadAfter.toFixed(1)}${Math.max(loadBefore, loadAfter - cores) > 1 ? ' (it had other work: the times say less than the CPU)' : ''}.`,
  ];
};

export type Web = { readonly origin: string; used(): Promise<{ milliseconds: number; rss: number }>; stop(): Promise<void> };

export const startWeb = async (words: readonly string[], profile: string | undefined): Promise<Web> => {
  const child = fork(fileURLToPath(new URL('./web.ts', import.meta.url)), words, { execArgv: ['--import', import.meta.resolve('tsx'), ...(profile === undefined ? [] : ['--cpu-prof', '--cpu-prof-interval=500', `--cpu-prof-dir=${profile}`])] });
  const told = await heard(child);
  if (!('address' in told)) throw new Error('the web process spoke out of turn');
  return {
    origin: told.address,
    used: async () => {
      child.send('used');
      const answer = await heard(child);
      if (!('rss' in answer)) throw new Error('the web process spoke out of turn');
      return { milliseconds: answer.microseconds / 1000, rss: answer.rss };
    },
    stop: () => new Promise((resolve) => {
      if (child.exitCode !== null) return resolve();
      child.once('exit', () => resolve()).send('stop');
    }),
  };
};
const heard = (child: ChildProcess): Promise<Told> => new Promise((resolve, reject) => {
  const ended = (code: number | null): void => reject(new Error(`the web process ended with ${code}`));
  child.once('exit', ended).once('message', (told) => {
    child.off('exit', ended);
    resolve(told as Told);
  });
});

/** Every page in turn, by people in no order. */
export const asksOf = function* (visitors: readonly Visitor[], brand: string): Generator<Ask, never> {
  const step = 7919; // a prime: all of them come before one comes again, and neighbours in the tables do not follow each other
  for (let count = 0; ; count++) {
    const { token, number, draftLineId } = visitors[(count * step) % visitors.length] as Visitor;
    const kind = pages[(count + Math.floor(count / pages.length)) % pages.length] ?? 'status'; // cases come in threes as well: each page meets each kind of them
    yield { kind, cookie: `session=${token}`, path: `/${brand}/${{ status: `cases/${number}`, receipt: `cases/${number}/receipt`, application: `lines/${draftLineId}/cancel/application` }[kind]}` };
  }
};

const cpuOfOurs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const timesOf = (answered: readonly Answered[], kind: PageName): number[] => answered.filter((one) => one.kind === kind).map(({ milliseconds }) => milliseconds);
const at = (times: readonly number[], part: number): number => times.toSorted((one, other) => one - other)[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0;
const spread = (values: readonly number[]): Spread => ({ median: at(values, 0.5), least: Math.min(...values), most: Math.max(...values), rounds: values });
