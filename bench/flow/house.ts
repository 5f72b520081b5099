/** A PostgreSQL of the bench's own, as Signoff brings and sets it, that vanishes afterwards; and databases on it. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../../src/store/migrate.ts';
import { removeCluster } from '../../src/store/postgres-cluster.ts';
import { startServer } from '../../src/store/server.ts';

export type House = {
  readonly folder: string;
  /** An empty database. */
  empty(name: string): Promise<string>;
  /** One with Signoff's tables. */
  migrated(name: string): Promise<string>;
  stop(): Promise<void>;
};

export const openHouse = async (say: (text: string) => void): Promise<House> => {
  const folder = await mkdtemp(join(tmpdir(), 'signoff-bench-'));
  await chmod(folder, 0o711); // as root, PostgreSQL runs as another user
  const server = await startServer({ folder, say });
  const empty = async (name: string): Promise<string> => {
    await onServer(server.url, (client) => client.query(`create database ${pg.escapeIdentifier(name)}`));
    const url = new URL(server.url);
    url.pathname = `/${name}`;
    return url.href;
  };
  return {
    folder, empty,
    migrated: async (name) => {
      const url = await empty(name);
      await migrate(url);
      return url;
    },
    stop: async () => {
      await server.stop();
      await removeCluster(folder);
      await rm(folder, { recursive: true, force: true });
    },
  };
};

export const onServer = async <Found>(url: string, work: (client: pg.Client) => Promise<Found>): Promise<Found> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return work(client).finally(() => client.end());
};
