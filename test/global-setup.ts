import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../src/store/migrate.ts';
import { removeCluster } from '../src/store/postgres-cluster.ts';
import { startServer } from '../src/store/server.ts';

const template = 'signoff_template';

/** What makes the template, in order; each gets the template's address. */
const preparations: readonly ((url: string) => Promise<void>)[] = [(url) => migrate(url)];

declare module 'vitest' {
  export interface ProvidedContext {
    serverUrl: string;
    template: string;
  }
}

/** One server for the whole run, in a folder of its own that vanishes with it. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'signoff-test-'));
  await chmod(folder, 0o711); // as root, PostgreSQL runs as another user
  const server = await startServer({ folder, say: () => undefined, durable: false });
  const tearDown = async (): Promise<void> => {
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
    for (const prepare of preparations) await prepare(url.href);
  } catch (fault) {
    await tearDown();
    throw fault;
  }
  project.provide('serverUrl', server.url);
  project.provide('template', template);
  return tearDown;
}
