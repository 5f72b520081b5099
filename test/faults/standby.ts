/** Row 5: the primary is killed under load, its synchronous standby is promoted, and everybody is led there. */
import { cp, mkdir, mkdtemp, chmod, chown, rm, writeFile, appendFile, copyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { findOrMakeCluster } from '../../src/store/postgres-cluster.ts';
import { launch, shutDown } from '../../src/store/postgres-process.ts';
import { runStoriesOn } from '../database.ts';
import { eventually } from '../harness.ts';
import { openFaultServer, untilGone, type FaultServer } from './fault-server.ts';
import { bySize, randomOf, type Row } from './row.ts';
import { openStage, packNamed } from './stage.ts';
import { startTcpProxy, through } from './tcp-proxy.ts';

type Standby = { readonly port: number; promote(): Promise<void>; stop(): Promise<void> };

const withClient = async <Answer>(url: string, ask: (client: pg.Client) => Promise<Answer>): Promise<Answer> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  await client.connect();
  return ask(client).finally(() => client.end().catch(() => undefined));
};

const onPort = (url: string, port: number, database?: string): string => {
  const address = new URL(url);
  address.port = String(port);
  if (database !== undefined) address.pathname = `/${database}`;
  return address.href;
};

/**
 * A copy of the primary that follows it, made without pg_basebackup, which the embedded PostgreSQL does not bring: by the backup
 * functions (PostgreSQL 18, 25.3.4). From then on the primary acknowledges nothing that the standby has not on disk.
 */
const followFrom = async (primary: FaultServer): Promise<Standby> => {
  const folder = await mkdtemp(join(tmpdir(), 'signoff-standby-'));
  await chmod(folder, 0o711);
  const home = join(folder, 'postgres');
  const data = join(home, 'data');
  await mkdir(home, { mode: 0o711 });
  const { username, password, port } = new URL(primary.url);
  await withClient(primary.url, async (client) => {
    await client.query(`select pg_create_physical_replication_slot('standby', true)`);
    await client.query(`select pg_backup_start('standby', true)`);
    await cp(await primary.data(), data, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true, filter: (path) => !/\/(postmaster\.(pid|opts)|pg_wal\/[0-9A-F]{24}|pg_replslot\/.+)$/.test(path) });
    const { rows } = await client.query<{ labelfile: string }>(`select labelfile from pg_backup_stop(false)`);
    await writeFile(join(data, 'backup_label'), rows[0]?.labelfile ?? '');
  });
  await writeFile(join(data, 'standby.signal'), '');
  await appendFile(join(data, 'postgresql.auto.conf'), `\nprimary_conninfo = 'host=127.0.0.1 port=${port} user=${username} password=${password} application_name=standby'\nprimary_slot_name = 'standby'\n`);
  await copyFile(join(await primary.data(), '..', 'password'), join(home, 'password'));
  await sameOwner(await primary.data(), home);
  const cluster = await findOrMakeCluster(folder, () => undefined, true);
  const launched = await launch(cluster, true);
  await eventually(`the standby follows; ${(await launched.output()).slice(-1000)}`, () => withClient(primary.url, async (client) => (await client.query(`select 1 from pg_stat_replication where state = 'streaming'`)).rows.length === 1), 90);
  await withClient(primary.url, async (client) => {
    await client.query(`alter system set synchronous_standby_names = 'standby'`);
    await client.query(`select pg_reload_conf()`);
  });
  await eventually('the standby is waited for', () => withClient(primary.url, async (client) => (await client.query(`select 1 from pg_stat_replication where sync_state = 'sync'`)).rows.length === 1), 60);
  return {
    port: launched.port,
    promote: async () => {
      const url = onPort(primary.url, launched.port, 'postgres');
      await eventually('the standby leads', () => withClient(url, async (client) => {
        await client.query(`select pg_promote(false)`).catch(() => undefined); // asked already
        return (await client.query<{ follows: boolean }>(`select pg_is_in_recovery() as follows`)).rows[0]?.follows === false;
      }), 60);
    },
    stop: async () => {
      await shutDown(launched.pid);
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** What root has copied belongs to root; PostgreSQL wants its own. */
const sameOwner = async (from: string, to: string): Promise<void> => {
  const { readdir, stat } = await import('node:fs/promises');
  const { uid, gid } = await stat(from);
  for (const entry of await readdir(to, { recursive: true, withFileTypes: true })) await chown(join(entry.parentPath, entry.name), uid, gid);
  await chmod(join(to, 'data'), 0o700);
};

export const standby: Row = {
  number: '5',
  title: 'kill -9 of the primary under load, its synchronous standby promoted',
  asserts: 'No acknowledged case is lost; every case ends, each effect happened once.',
  run: async ({ seed, size, say }) => {
    const random = randomOf(seed);
    const primary = await openFaultServer({ durable: true });
    const proxy = await startTcpProxy({ host: '127.0.0.1', port: Number(new URL(primary.url).port) });
    const before = runStoriesOn({ url: through(primary.url, proxy), template: primary.template });
    let following: Standby | undefined;
    try {
      const stage = await openStage();
      try {
        following = await followFrom(primary);
        const workers = [await stage.worker(), await stage.worker()];
        await eventually(`both workers work: ${workers.map((one) => one.said()).join('\n')}`, async () => workers.every((one) => one.said().includes('The worker works.')), 120);
        const pack = packNamed('ultra-purple');
        const lots = bySize({ size }, { short: 8, usual: 60, full: 300 });
        const kill = Math.floor(lots / 3) + random.below(Math.ceil(lots / 3));
        const refused: number[] = [];
        const postmaster = await primary.pid();
        let dying: Promise<void> | undefined;
        for (let lot = 0; lot < lots; lot++) {
          if (lot === kill) {
            const moment = random.below(60);
            dying = (async () => {
              await new Promise((resolve) => { setTimeout(resolve, moment); });
              process.kill(postmaster, 'SIGKILL');
              await untilGone(postmaster);
              say(`the primary was killed ${moment} ms into lot ${lot}, after ${stage.planted.length} acknowledged cases`);
              await following?.promote();
              proxy.leadTo({ host: '127.0.0.1', port: following?.port ?? 0 });
            })();
          }
          // Acknowledged is what comes back from here.
          await stage.plant(pack, 5).catch(() => refused.push(lot));
          if (refused.at(-1) === lot) await dying;
        }
        await dying;
        say(`${stage.planted.length} cases were acknowledged, ${refused.length} lots were not`);
        await eventually(`every acknowledged case has ended; ${workers.map((one) => one.said()).join('\n').slice(-2000)}`, async () => {
          const dead = workers.find(({ child }) => child.exitCode !== null || child.signalCode !== null);
          if (dead !== undefined) throw new Error(`a worker did not survive it: ${dead.said().slice(-3000)}`);
          const [row] = await stage.rows<{ n: number }>(`select count(*)::int as n from cancellations where id = any($1::uuid[]) and state = 'cancelled'`, [stage.planted.map(({ caseId }) => caseId)]);
          return row?.n === stage.planted.length;
        }, bySize({ size }, { short: 180, usual: 600, full: 1800 }));
        await eventually('no job is left', async () => (await stage.rows(`select 1 from pgboss.job where name in ('timer', 'advance') and state in ('active', 'retry')`)).length === 0, 120);
        for (const { child, ended } of workers) { child.kill('SIGTERM'); await ended; }
        await stage.holds();
      } finally {
        await stage.close();
      }
    } finally {
      runStoriesOn(before);
      await proxy.stop();
      await following?.stop();
      await primary.stop();
    }
  },
};
