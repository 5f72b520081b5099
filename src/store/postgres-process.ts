import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from './postgres-cluster.ts';

export type Running = { readonly pid: number; readonly port: number };

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** A process number may be given to another program after a crash; a dead one that no parent collected has no command line. */
const isPostgres = (pid: number): boolean => {
  if (!isAlive(pid)) return false;
  if (process.platform !== 'linux') return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout.includes('postgres');
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres');
  } catch {
    return false; // gone meanwhile
  }
};

/** The server that runs on this cluster, if any; clears away what a dead one left where PostgreSQL itself could not tell. */
export const findRunning = async (cluster: Cluster): Promise<Running | undefined> => {
  const file = join(cluster.data, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return '';
    throw fault;
  });
  const lines = text.split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!(pid > 0)) return undefined;
  if (isPostgres(pid)) return { pid, port };
  if (isAlive(pid) && (await readFile(file, 'utf8').catch(() => '')) === text) await rm(file, { force: true });
  return undefined;
};

const isFree = (port: number): Promise<number | undefined> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(undefined));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
    });
  });

/** The port of the last start where it is still free, so that an address written down somewhere stays true. */
const choosePort = async (cluster: Cluster): Promise<number> => {
  const file = join(cluster.home, 'port');
  const last = Number(await readFile(file, 'utf8').catch(() => '0'));
  const port = (last > 0 && (await isFree(last))) || (await isFree(0));
  if (!port) throw new Error('no free port on 127.0.0.1');
  if (port !== last) await writeFile(file, `${port}\n`);
  return port;
};

/** No statement and no row ever reaches the log: both may be personal. */
const settings = (port: number, durable: boolean): string[] => [
  `port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=100', 'timezone=UTC', 'jit=off',
  'log_min_error_statement=panic', 'log_error_verbosity=terse', 'log_parameter_max_length=0', 'log_checkpoints=off',
  ...(durable
    ? ['shared_buffers=256MB', 'max_wal_size=2GB', 'wal_compression=on', 'fsync=on', 'synchronous_commit=on']
    : ['shared_buffers=128MB', 'fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'wal_level=minimal', 'max_wal_senders=0']),
];

export type Launched = { readonly pid: number; readonly port: number; exited(): boolean; output(): Promise<string>; readonly log: string };

/** Starts the server in a session of its own, so that Ctrl-C in a terminal reaches only us and we stop it in order. */
export const launch = async (cluster: Cluster, durable: boolean): Promise<Launched> => {
  const log = join(cluster.home, 'log');
  const size = await stat(log).then((found) => found.size, () => 0);
  if (size > 10_000_000) await rename(log, `${log}.old`);
  const port = await choosePort(cluster);
  const sink = await open(log, 'a', 0o600);
  const from = (await sink.stat()).size;
  const args = ['-D', cluster.data, ...settings(port, durable).flatMap((setting) => ['-c', setting])];
  const child = spawn(cluster.binaries.postgres, args, { ...cluster.account, cwd: '/', detached: true, env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }, stdio: ['ignore', sink.fd, sink.fd] });
  let gone = false;
  child.once('exit', () => { gone = true; }).once('error', () => { gone = true; });
  child.unref();
  await sink.close();
  return { pid: child.pid ?? 0, port, log, exited: () => gone, output: async () => (await readFile(log)).subarray(from).toString() };
};

/** Fast shutdown: open transactions are rolled back, everything committed is on disk. Without an answer in 30 s, recovery at the next start. */
export const shutDown = async (pid: number): Promise<void> => {
  for (const [signal, seconds] of [['SIGINT', 30], ['SIGQUIT', 10]] as const) {
    if (!isPostgres(pid)) return;
    process.kill(pid, signal);
    for (let waited = 0; waited < seconds * 20 && isPostgres(pid); waited++) await sleep(50);
  }
};
