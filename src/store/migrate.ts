import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { openStates, states } from '../cancellation/life-cycle.ts';
import { CannotStart } from './cannot-start.ts';
import { openToDesk } from './desk-role.ts';

const folder = fileURLToPath(new URL('../../migrations/', import.meta.url));

/** Held while migrations run, so that several Signoffs on one database start one after another. */
const underWay = [7446, 2] as const;

type Migration = { readonly name: string; readonly sql: string; readonly checksum: string };

const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ');
const placeholders: Readonly<Record<string, string>> = { states: quoted(states), 'open-states': quoted(openStates) };

const fill = (name: string, text: string): string =>
  text.replace(/@([a-z-]+)@/g, (_, word: string) => {
    const value = placeholders[word];
    if (!value) throw new Error(`migrations/${name}: nothing is known as @${word}@`);
    return value;
  });

const readMigrations = async (from: string): Promise<Migration[]> => {
  const names = (await readdir(from)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(names.map(async (name) => {
    const text = (await readFile(`${from}/${name}`, 'utf8')).replaceAll('\r\n', '\n');
    return { name, sql: fill(name, text), checksum: createHash('sha256').update(text).digest('hex') };
  }));
};

/** What of `known` is still to be run, after proof that the rest is what was run. */
const outstanding = (known: readonly Migration[], applied: ReadonlyMap<string, string>): Migration[] => {
  for (const [name, checksum] of applied) {
    const file = known.find((migration) => migration.name === name);
    if (!file) throw new CannotStart(`The database was made by a newer Signoff (it has ${name}, which this one does not know). Start that one.`);
    if (file.checksum !== checksum) throw new CannotStart(`migrations/${name} was changed after it had been applied to this database. Restore the file and put the change into a migration of its own.`);
  }
  return known.filter((migration) => !applied.has(migration.name));
};

const applyAll = async (client: pg.Client, from: string): Promise<void> => {
  await client.query('create table if not exists schema_migrations (name text primary key, checksum text not null, at timestamptz not null default now())');
  const { rows } = await client.query<{ name: string; checksum: string }>('select name, checksum from schema_migrations order by name');
  const applied = new Map(rows.map((row) => [row.name, row.checksum]));
  for (const migration of outstanding(await readMigrations(from), applied)) {
    try {
      await client.query('begin');
      await client.query(migration.sql);
      await client.query('insert into schema_migrations (name, checksum) values ($1, $2)', [migration.name, migration.checksum]);
      await client.query('commit');
    } catch (cause) {
      await client.query('rollback').catch(() => undefined); // the connection may be what failed
      throw new Error(`migrations/${migration.name} could not be applied: ${(cause as Error).message}`, { cause });
    }
  }
};

/** How a database stands beside this build. `newer`: it has what only a later Signoff knows, as while one is replaced by the next. */
export type MigrationState = { readonly missing: readonly string[]; readonly changed: readonly string[]; readonly newer: readonly string[] };

/** As they were when this process first asked: an upgrade replaces the files under a running one. */
let ours: Promise<Migration[]> | undefined;

/** Changes nothing. */
export const migrationState = async (url: string): Promise<MigrationState> => {
  const client = new pg.Client({ connectionString: url, application_name: `signoff ${process.pid}`, connectionTimeoutMillis: 5000, statement_timeout: 5000 });
  client.on('error', () => undefined); // the query under way reports it
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; checksum: string }>(`select name, checksum from schema_migrations`);
    const applied = new Map(rows.map((row) => [row.name, row.checksum]));
    const known = new Map((await (ours ??= readMigrations(folder))).map((one) => [one.name, one.checksum]));
    return {
      missing: [...known.keys()].filter((name) => !applied.has(name)),
      changed: [...known].filter(([name, checksum]) => applied.has(name) && applied.get(name) !== checksum).map(([name]) => name),
      newer: [...applied.keys()].filter((name) => !known.has(name)),
    };
  } finally {
    await client.end().catch(() => undefined);
  }
};

/**
 * Brings the database up to date, then opens it to the desk. Each migration is one transaction together with its record:
 * a run that is killed goes on at the next start.
 * @throws CannotStart where a released migration was changed, the database is newer, or its user may not do this.
 */
export const migrate = async (url: string, say: (text: string) => void = () => undefined, from: string = folder): Promise<void> => {
  const client = new pg.Client({ connectionString: url, application_name: `signoff migrate ${process.pid}` });
  client.on('error', () => undefined); // the query under way reports it
  await client.connect();
  try {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1, $2) as mine', [...underWay]);
    if (!rows[0]?.mine) {
      say('Another Signoff is preparing this database; waiting for it …');
      await client.query('select pg_advisory_lock($1, $2)', [...underWay]);
    }
    await applyAll(client, from);
    await openToDesk(client);
  } catch (fault) {
    const denied = fault instanceof Error && ((fault as { code?: string }).code ?? (fault.cause as { code?: string } | undefined)?.code) === '42501';
    if (!denied) throw fault;
    throw new CannotStart(`The database user ${client.user} may not prepare this database (${fault.message}). Let its owner do it, or run: grant all on database "${client.database}" to "${client.user}"; grant all on schema public to "${client.user}";`, { cause: fault });
  } finally {
    await client.end().catch(() => undefined);
  }
};
