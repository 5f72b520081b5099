import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import type {} from './global-setup.ts';

/** `url` opens it as its owner; `drop` ends whatever is still connected. */
export type TestDatabase = { readonly url: string; drop(): Promise<void> };

export type TestServer = { readonly url: string; /** The name of its migrated database. */ readonly template: string };
let instead: TestServer | undefined;
/** The stories from here on run on another server than all others; what comes back is the one before, undefined for the run's own. */
export const runStoriesOn = (server: TestServer | undefined): TestServer | undefined => {
  const before = instead;
  instead = server;
  return before;
};
const server = (): TestServer => instead ?? { url: inject('serverUrl'), template: inject('template') };

const onServer = async (sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: server().url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
};

/** A fresh, migrated database for one suite: a copy of the template that was migrated once for the whole run. */
export const testDatabase = async (): Promise<TestDatabase> => {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onServer(`create database ${name} template ${server().template} strategy file_copy`);
  const url = new URL(server().url);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(`drop database if exists ${name} with (force)`) };
};
