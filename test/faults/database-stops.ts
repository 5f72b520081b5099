/** Row 3: the database loses single processes, and all of them at once, under load. */
import pg from 'pg';
import { runStoriesOn } from '../database.ts';
import { eventually } from '../harness.ts';
import type { WorkerProcess } from '../worker-process.ts';
import { openFaultServer, type FaultServer } from './fault-server.ts';
import { bySize, randomOf, type Random, type Row } from './row.ts';
import { openStage, packNamed } from './stage.ts';

/** Backends of the desk's own database, by their process. */
const backends = async (url: string): Promise<number[]> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<{ pid: number }>(`select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`)).rows.map(({ pid }) => pid);
  } finally {
    await client.end().catch(() => undefined);
  }
};

const terminate = async (url: string, pid: number): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('select pg_terminate_backend($1)', [pid]).finally(() => client.end().catch(() => undefined));
};

/** One thing that happens to the database; resolves to what it was. */
const strike = async (server: FaultServer, url: string, random: Random, stops: boolean): Promise<string> => {
  if (stops) {
    await server.stopAtOnce();
    await server.startAgain();
    return 'the server was stopped at once and started again';
  }
  const there = await backends(url).catch(() => []);
  if (there.length === 0) return 'nobody was connected';
  const pid = random.pick(there);
  if (random.next() < 0.3) {
    // The server takes that for a broken memory: it ends all others and recovers.
    try { process.kill(pid, 'SIGKILL'); } catch { return 'the backend was gone already'; }
    return 'kill -9 of one backend';
  }
  await terminate(url, pid).catch(() => undefined);
  return 'one backend was ended';
};

export const databaseStops: Row = {
  number: '3',
  title: 'kill -9 of single PostgreSQL backends, and the server stopped at once and started again every 5 to 10 s, under load',
  asserts: 'Every case ends, and each effect happened once.',
  run: async ({ seed, size, say }) => {
    const random = randomOf(seed);
    const cases = bySize({ size }, { short: 60, usual: 5000, full: 5000 });
    const server = await openFaultServer({ durable: true });
    const url = new URL(server.url);
    const before = runStoriesOn(server);
    try {
      const stage = await openStage();
      url.pathname = new URL(stage.parts.databaseUrl).pathname;
      try {
        const workers: WorkerProcess[] = [await stage.worker(), await stage.worker()];
        await eventually(`both workers work: ${workers.map((one) => one.said()).join('\n')}`, async () => workers.every((one) => one.said().includes('The worker works.')), 120);
        // Due one lot after another, so that there is load throughout.
        const lots = bySize({ size }, { short: 10, usual: 30, full: 30 });
        const seconds = bySize({ size }, { short: 25, usual: 150, full: 150 });
        const soon = stage.clock.now().getTime() + bySize({ size }, { short: 5, usual: 60, full: 60 }) * 1000;
        for (let lot = 0; lot < lots; lot++)
          await stage.plant(packNamed(random.pick(['ultra-purple', 'ultra-us', 'station'])), Math.ceil(cases / lots), { at: new Date(soon + (lot * seconds * 1000) / lots) });
        await stage.leave();
        const began = Date.now();
        let last = began;
        let [strikes, stops] = [0, 0];
        const left = async (): Promise<number> => (await stage.rows<{ n: number }>(`select count(*)::int as n from cancellations where state not in ('cancelled', 'stalled')`))[0]?.n ?? -1;
        const least = bySize({ size }, { short: 3, usual: 12, full: 12 });
        for (let open = cases; open > 0 || strikes < least;) {
          await new Promise((resolve) => { setTimeout(resolve, 700 + random.below(1800)); });
          const due = Date.now() - last > 5000 + random.below(5000);
          if (open > 0 || strikes < least) {
            const what = await strike(server, url.href, random, due);
            strikes++;
            if (due) { last = Date.now(); stops++; }
            open = await left();
            say(`${Math.round((Date.now() - began) / 1000)} s: ${what}; ${open} cases left`);
          }
          const dead = workers.find(({ child }) => child.exitCode !== null || child.signalCode !== null);
          if (dead !== undefined) throw new Error(`a worker did not survive it: ${dead.said().slice(-3000)}`);
          if (Date.now() - began > bySize({ size }, { short: 240, usual: 1800, full: 3600 }) * 1000) throw new Error(`${open} cases are still open`);
        }
        if (stops === 0) throw new Error('the server was never stopped');
        await eventually('no job is left', async () => (await stage.rows(`select 1 from pgboss.job where name in ('timer', 'advance') and state in ('active', 'retry')`)).length === 0, 120);
        for (const { child, ended } of workers) { child.kill('SIGTERM'); await ended; }
        say(`${strikes} strikes, ${stops} of them stops`);
        await stage.holds();
      } finally {
        await stage.close();
      }
    } finally {
      runStoriesOn(before);
      await server.stop();
    }
  },
};
