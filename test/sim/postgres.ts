/** The real PostgreSQL of a simulation: one database, brought back to its beginning before each seed, with a clock, ids and chance that are ours. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../../src/store/migrate.ts';
import { removeCluster } from '../../src/store/postgres-cluster.ts';
import { startServer } from '../../src/store/server.ts';

/**
 * Found before PostgreSQL's own, because `sim` comes first on the search path. The clock is a row, so that a statement of a
 * transaction that stood still for a minute sees that a minute has passed.
 */
const drivenFunctions = `
  create schema sim;
  create table sim.clock (at timestamptz not null);
  insert into sim.clock values (now());
  create sequence sim.ids;
  create function sim.clock_timestamp() returns timestamptz language sql volatile as $$ select at from sim.clock $$;
  create function sim.now() returns timestamptz language sql stable as $$ select at from sim.clock $$;
  create function sim.random() returns double precision language sql volatile as $$ select 0.5::double precision $$;
  create function sim.gen_random_uuid() returns uuid language sql volatile as $$ select md5(nextval('sim.ids')::text)::uuid $$;
  create or replace function pgboss.job_now() returns timestamp with time zone as $$ select at from sim.clock $$ language sql stable;
  grant usage on schema sim to public;
  grant select on sim.clock to public;
  grant usage on sequence sim.ids to public;`;

export type Backend = { readonly pid: number; readonly client: pg.Client };

export class Postgres {
  readonly url: string;
  /** Sees everything as the owner, and belongs to nobody in the world. */
  readonly driver: pg.Client;
  readonly #free: Backend[] = [];
  readonly #all: Backend[] = [];
  readonly #stop: () => Promise<void>;
  #clockAt = 0;
  #reset = '';

  private constructor(url: string, driver: pg.Client, stop: () => Promise<void>) {
    this.url = url;
    this.driver = driver;
    this.#stop = stop;
  }

  /** On `server` where one runs already, else on one of its own that vanishes with the run. `openQueues` makes what jobs need. */
  static async start(openQueues: (url: string) => Promise<void>, server?: string): Promise<Postgres> {
    const own = server === undefined ? await ownServer() : { url: server, stop: async () => undefined };
    const name = `sim_${process.pid}`; // of a process that was ended early it goes with the server
    const url = new URL(own.url);
    const first = new pg.Client({ connectionString: own.url });
    await first.connect();
    await first.query(`drop database if exists ${name} with (force)`);
    await first.query(`create database ${name}`);
    url.pathname = `/${name}`;
    await migrate(url.href);
    await openQueues(url.href);
    const driver = new pg.Client({ connectionString: url.href });
    await driver.connect();
    await driver.query(drivenFunctions);
    await driver.query(`alter database ${name} set search_path = sim, public, pg_catalog`);
    await driver.query(`alter database ${name} set deadlock_timeout = '10min'`); // who has to give way is decided here, see statements.ts
    // Plans that do not depend on how full a table was when they were made.
    for (const fixed of ['plan_cache_mode = force_generic_plan', 'jit = off', 'enable_seqscan = off']) await driver.query(`alter database ${name} set ${fixed}`);
    await driver.query(`set search_path = sim, public, pg_catalog`);
    return new Postgres(url.href, driver, async () => {
      await first.query(`drop database if exists ${name} with (force)`).finally(() => first.end());
      await own.stop();
    });
  }

  /** What stands in the tables now is what every seed begins with. */
  async keepBeginning(): Promise<void> {
    const { rows } = await this.driver.query<{ schema: string; name: string; partition: boolean }>(
      `select n.nspname as schema, c.relname as name, c.relispartition as partition from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and n.nspname in ('public', 'pgboss') and c.relname <> 'schema_migrations' order by 1, 2`);
    const tables = rows.map(({ schema, name }) => `${schema}.${name}`);
    for (const table of tables) await this.driver.query(`alter table ${table} set (autovacuum_enabled = off)`);
    const kept: string[] = [];
    for (const table of tables) {
      const { rows: [count] } = await this.driver.query<{ count: number }>(`select count(*)::int as count from ${table}`);
      if ((count?.count ?? 0) === 0) continue;
      const copy = `sim.first_${table.replace('.', '_')}`;
      await this.driver.query(`create table ${copy} as table ${table}`);
      const { rows: columns } = await this.driver.query<{ list: string }>(
        `select string_agg(quote_ident(attname), ', ' order by attnum) as list from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`, [table]);
      kept.push(`insert into ${table} (${columns[0]?.list}) select ${columns[0]?.list} from ${copy}`);
    }
    this.#reset = [
      `set session_replication_role = replica`,
      ...tables.map((table) => `delete from ${table}`),
      ...kept,
      `select setval('sim.ids', 1)`,
      `set session_replication_role = origin`,
    ].join(';\n');
    await this.driver.query(`set synchronous_commit = off`);
    this.#vacuum = `vacuum (truncate, index_cleanup on) ${tables.join(', ')}`;
  }
  #vacuum = '';

  async reset(): Promise<void> {
    for (const { client } of this.#all) await client.query('rollback').catch(() => undefined);
    this.#free.splice(0, this.#free.length, ...this.#all.toReversed());
    await this.driver.query(this.#reset);
    await this.driver.query(this.#vacuum);
    this.#clockAt = 0;
  }

  /** Before a statement that asks for the time. */
  async setClock(milliseconds: number): Promise<void> {
    if (milliseconds === this.#clockAt) return;
    this.#clockAt = milliseconds;
    await this.driver.query(`update sim.clock set at = to_timestamp($1::float8 / 1000)`, [milliseconds]);
  }

  async take(): Promise<Backend> {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    const client = new pg.Client({ connectionString: this.url });
    await client.connect();
    await client.query(`set synchronous_commit = off`);
    const { rows: [row] } = await client.query<{ pid: number }>(`select pg_backend_pid() as pid`);
    const backend = { pid: row?.pid ?? 0, client };
    this.#all.push(backend);
    return backend;
  }

  /** Nothing of its last user's stays: no transaction, no setting. */
  async giveBack(backend: Backend): Promise<void> {
    await backend.client.query('rollback');
    await backend.client.query('reset all');
    await backend.client.query(`set synchronous_commit = off`);
    this.#free.push(backend);
  }

  async stop(): Promise<void> {
    for (const { client } of this.#all) await client.end();
    await this.driver.end();
    await this.#stop();
  }
}

export const ownServer = async (): Promise<{ url: string; stop(): Promise<void> }> => {
  const folder = await mkdtemp(join(tmpdir(), 'signoff-sim-'));
  await chmod(folder, 0o711); // as root, PostgreSQL runs as another user
  const server = await startServer({ folder, say: () => undefined, durable: false });
  return { url: server.url, stop: async () => {
    await server.stop();
    await removeCluster(folder);
    await rm(folder, { recursive: true, force: true });
  } };
};
