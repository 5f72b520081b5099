import { spawnSync } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { requirePeer } from '../../src/cli/peers.ts';
import { accountForNewCluster, isRoot } from '../../src/store/postgres-account.ts';
import { freePort, host, startProgram } from './start-program.ts';

export type Postgres = { readonly url: string; readonly stop: () => Promise<void> };

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
  const made = spawnSync(initdb, ['-D', data, '-U', 'signoff', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'], { ...account, cwd: '/', env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  const port = await freePort();
  const settings = [`listen_addresses=${host}`, 'unix_socket_directories=', 'fsync=off', 'max_connections=200'].flatMap((one) => ['-c', one]);
  const url = `postgres://signoff@${host}:${port}/postgres`;
  const server = await startProgram({ program: postgres, args: ['-D', data, '-p', String(port), ...settings], cwd: '/', account, isReady: () => canConnect(url) });
  return { url, stop: async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  } };
};
