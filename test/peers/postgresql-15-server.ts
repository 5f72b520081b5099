import { spawn, spawnSync } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { once } from 'node:events';
import pg from 'pg';
import { requirePeer } from '../../src/cli/peers.ts';
import { accountForNewCluster, isRoot } from '../../src/store/postgres-account.ts';

export type Postgres = { readonly url: string; readonly stop: () => Promise<void> };

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
};

const canConnect = async (url: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString: url });
  return client.connect().then(() => client.end()).then(() => true, () => false);
};

/** Debian's PostgreSQL 15 with a cluster of its own, as another user where we are root. `url` opens it as its owner. */
export const startPostgres15 = async (): Promise<Postgres> => {
  const postgres = requirePeer('/usr/lib/postgresql/15/bin/postgres');
  const initdb = join(dirname(postgres), 'initdb');
  const account = isRoot() ? accountForNewCluster() : undefined;
  const folder = await mkdtemp(join(tmpdir(), 'signoff-postgresql-15-'));
  await chmod(folder, 0o711);
  const data = join(folder, 'data');
  await mkdir(data, { mode: 0o700 });
  if (account) await chown(data, account.uid, account.gid);
  const run = { ...account, cwd: '/', env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } };
  const made = spawnSync(initdb, ['-D', data, '-U', 'signoff', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'], { ...run, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', 'max_connections=200'].flatMap((one) => ['-c', one]);
  const child = spawn(postgres, ['-D', data, '-p', String(port), ...settings], { ...run, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => { said = `${said}${chunk.toString()}`.slice(-2_000); });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGINT'); // fast: sessions are ended
    await Promise.race([ended, pause(10_000, undefined, { ref: false }).then(() => child.kill('SIGQUIT'))]);
    await rm(folder, { recursive: true, force: true });
  };
  const url = `postgres://signoff@127.0.0.1:${port}/postgres`;
  for (let tried = 0; !(await canConnect(url)); tried += 1) {
    if (child.exitCode !== null || tried > 200) {
      await stop();
      throw new Error(`PostgreSQL 15 does not start: ${said}`);
    }
    await pause(50);
  }
  return { url, stop };
};
