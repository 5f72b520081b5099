/** A PostgreSQL of one's own, with a migrated template, that may be stopped in the middle of anything. */
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../../src/store/migrate.ts';
import { removeCluster } from '../../src/store/postgres-cluster.ts';
import { startServer } from '../../src/store/server.ts';
import type { TestServer } from '../database.ts';

export type FaultServer = TestServer & {
  readonly folder: string;
  /** Where its data is, whoever's it is. */
  readonly data: () => Promise<string>;
  /** The process of the server itself. */
  readonly pid: () => Promise<number>;
  /** As if the power of this machine's database went: no checkpoint, no goodbye. */
  stopAtOnce(): Promise<void>;
  /** On the same port, after recovery. */
  startAgain(): Promise<void>;
  stop(): Promise<void>;
};

const template = 'signoff_template';

export const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

export const untilGone = async (pid: number): Promise<void> => {
  while (isRunning(pid)) await new Promise((resolve) => { setTimeout(resolve, 20); });
};

export const openFaultServer = async ({ durable }: { readonly durable: boolean }): Promise<FaultServer> => {
  const folder = await mkdtemp(join(tmpdir(), 'signoff-faults-'));
  await chmod(folder, 0o711); // as root, PostgreSQL runs as another user
  let server = await startServer({ folder, say: () => undefined, durable });
  const home = async (): Promise<string> => readFile(join(folder, 'postgres-is-at'), 'utf8').then((text) => text.trim(), () => join(folder, 'postgres'));
  const data = async (): Promise<string> => join(await home(), 'data');
  const pid = async (): Promise<number> => Number((await readFile(join(await data(), 'postmaster.pid'), 'utf8')).split('\n')[0]);
  const stop = async (): Promise<void> => {
    await server.stop();
    await removeCluster(folder);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    await client.query(`create database ${template}`).finally(() => client.end());
    const url = new URL(server.url);
    url.pathname = `/${template}`;
    await migrate(url.href);
  } catch (fault) {
    await stop();
    throw fault;
  }
  return {
    url: server.url, template, folder, data, pid, stop,
    stopAtOnce: async () => {
      const running = await pid();
      process.kill(running, 'SIGQUIT');
      await untilGone(running);
    },
    startAgain: async () => {
      const { url } = server;
      server = await startServer({ folder, say: () => undefined, durable });
      if (server.url !== url) throw new Error('somebody else took the port of the database');
    },
  };
};
