import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { CannotStart, onDisk, sayWhyPostgresFailed } from './cannot-start.ts';
import { findOrMakeCluster, type Cluster } from './postgres-cluster.ts';
import { findRunning, launch, shutDown, type Launched } from './postgres-process.ts';

export { CannotStart } from './cannot-start.ts';

/** `url` opens the database as its owner; `stop` may be called more than once. */
export type Server = { readonly url: string; stop(): Promise<void> };

export type ServerOptions = {
  /** The data folder; made if missing. */
  readonly folder: string;
  /** Told what takes longer than two seconds. */
  readonly say: (text: string) => void;
  /** `false` gives up what protects against a power cut; for tests. */
  readonly durable?: boolean;
};

/** Whoever holds this lock in a session owns the data folder. The server itself frees it when that process dies, however it dies. */
const ownership = [7446, 1] as const;

const codeOf = (fault: unknown): string => (fault as { code?: string }).code ?? '';

const tryToConnect = async (cluster: Cluster, port: number): Promise<pg.Client | 'not-yet'> => {
  const password = await readFile(join(cluster.home, 'password'), 'utf8');
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'signoff', password, database: 'postgres', application_name: `signoff ${process.pid}` });
  client.on('error', () => undefined); // the pools that do the work report a lost server
  try {
    await client.connect();
    return client;
  } catch (fault) {
    await client.end().catch(() => undefined);
    // Starting up, shutting down, or not listening yet.
    if (['ECONNREFUSED', 'ECONNRESET', '57P03', '57P01'].includes(codeOf(fault)) || /terminated unexpectedly/.test(String(fault))) return 'not-yet';
    if (codeOf(fault) === '28P01') throw new CannotStart(`The password in ${join(cluster.home, 'password')} does not open the database any more. Put the right one there, then start again.`, { cause: fault });
    throw fault;
  }
};

/** Joins the server that is running, be it an orphan of a killed Signoff, or starts one; waits for recovery as long as it takes. */
const reach = async (cluster: Cluster, options: ServerOptions): Promise<pg.Client> => {
  let launched: Launched | undefined;
  let failures = 0;
  for (let round = 0; ; round++) {
    if (launched?.exited()) {
      const output = await launched.output();
      // Another start is under way, children of a killed server are still ending, or the port was taken meanwhile.
      const passing = /postmaster\.pid" already exists|pre-existing shared memory|could not bind/.test(output);
      if (!passing || ++failures > 30) throw sayWhyPostgresFailed(output, launched.log);
      launched = undefined;
      await sleep(500);
    }
    const running = await findRunning(cluster);
    if (!running && !launched) launched = await launch(cluster, options.durable ?? true);
    const port = running?.port || launched?.port;
    const client = port ? await tryToConnect(cluster, port) : 'not-yet';
    if (client !== 'not-yet') return client;
    if (round === 40) options.say('The database is starting …');
    if (round === 400) options.say('The database is still starting; after a crash it may have to catch up …');
    await sleep(50);
  }
};

const claim = async (owner: pg.Client, folder: string): Promise<void> => {
  // A killed owner's session ends a moment after its process.
  for (let tries = 0; tries < 20; tries++) {
    const { rows } = await owner.query<{ mine: boolean }>('select pg_try_advisory_lock($1, $2) as mine', [...ownership]);
    if (rows[0]?.mine) return;
    await sleep(100);
  }
  const { rows } = await owner.query<{ holder: string }>(
    `select a.application_name as holder from pg_locks l join pg_stat_activity a using (pid)
     where l.locktype = 'advisory' and l.classid = $1 and l.objid = $2 and l.granted`, [...ownership]);
  await owner.end();
  const process = /^signoff (\d+)$/.exec(rows[0]?.holder ?? '')?.[1];
  throw new CannotStart(`Signoff is already running on ${folder}${process ? ` (process ${process})` : ''}. Stop that one first, or give this one a data folder of its own.`);
};

/**
 * Starts the PostgreSQL that comes with Signoff on `folder`.
 * @throws CannotStart with one plain sentence.
 */
export const startServer = async (options: ServerOptions): Promise<Server> => {
  const folder = resolve(options.folder);
  const cluster = await findOrMakeCluster(folder, options.say, options.durable ?? true);
  const owner = await onDisk(cluster.home, () => reach(cluster, options));
  await claim(owner, folder);
  const { rows } = await owner.query<{ there: boolean }>(`select exists (select from pg_database where datname = 'signoff') as there`);
  if (!rows[0]?.there) await owner.query('create database signoff');
  const running = await findRunning(cluster);
  const password = await readFile(join(cluster.home, 'password'), 'utf8');
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await owner.end().catch(() => undefined);
    if (running) await shutDown(running.pid);
  };
  return {
    url: `postgres://signoff:${password}@127.0.0.1:${owner.port}/signoff`,
    stop: () => (stopping ??= stop()),
  };
};
