/** PostgreSQL 15 as Debian has it: migrated by us, then one whole cancellation through the production connectors, then the stories of the brand's boundary. */
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { migrate } from '../../src/store/migrate.ts';
import { runStoriesOn } from '../database.ts';
import { startPostgres15 } from './postgresql-15-server.ts';

const server = await startPostgres15();
afterAll(() => server.stop());
const asOwner = async (sql: string): Promise<unknown> => {
  const owner = new pg.Client({ connectionString: server.url });
  await owner.connect();
  return owner.query<object>(sql).then(({ rows }) => rows[0]).finally(() => owner.end());
};
await asOwner('create database signoff_template');
const template = new URL(server.url);
template.pathname = '/signoff_template';
await migrate(template.href);
runStoriesOn({ url: server.url, template: 'signoff_template' });

test('it is 15, and the migrations ran', async () => {
  expect(await asOwner('show server_version')).toEqual({ server_version: expect.stringMatching(/^15\./) });
  await migrate(template.href); // again: nothing is left to do
});

await import('../stories/core.test.ts');
await import('../stories/row-level-security.test.ts');
