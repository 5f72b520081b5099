/** Row 8, its second half: the process that migrates is killed before, inside and after each migration; each start goes on where the one before was stopped. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '../database.ts';
import { eventually } from '../harness.ts';
import { root } from '../worker-process.ts';
import { randomOf, type Random, type Row, type Size } from './row.ts';
import { startTcpProxy, through, type Act, type TcpProxy } from './tcp-proxy.ts';

/** Seen from the wire: before anything of it, while PostgreSQL carries it out, before its commit arrives, and after the commit without its reply. */
const moments = ['before', 'inside', 'before its commit', 'after its commit'] as const;
type Moment = (typeof moments)[number];

/** A database of this server's with nothing in it. */
const emptyDatabase = async (beside: TestDatabase): Promise<TestDatabase> => {
  const name = `empty_${randomBytes(8).toString('hex')}`;
  const run = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: beside.url });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await run(`create database ${name} template template0`);
  const url = new URL(beside.url);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(`drop database if exists ${name} with (force)`) };
};

/** Whatever a dump of the schema would say, in PostgreSQL's own words, and which migrations are on record. */
const parts: Readonly<Record<string, string>> = {
  columns: `select c.oid::regclass || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull || ' ' || a.attgenerated::text || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum where c.relkind in ('r', 'p', 'v') and c.relnamespace = 'public'::regnamespace`,
  constraints: `select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace`,
  indexes: `select indexdef from pg_indexes where schemaname = 'public'`,
  functions: `select pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace and prokind in ('f', 'p')`,
  triggers: `select pg_get_triggerdef(t.oid) from pg_trigger t join pg_class c on c.oid = t.tgrelid where not tgisinternal and c.relnamespace = 'public'::regnamespace`,
  boundaries: `select polrelid::regclass || ' ' || polname || ' ' || polcmd::text || ' ' || coalesce(pg_get_expr(polqual, polrelid), '') || ' ' || coalesce(pg_get_expr(polwithcheck, polrelid), '') from pg_policy`,
  rights: `select c.oid::regclass || ' ' || c.relrowsecurity || ' ' || c.relforcerowsecurity || ' ' || coalesce((select string_agg(one::text, ' ' order by one::text) from unnest(c.relacl) one), '') from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'S')`,
  migrations: `select name || ' ' || checksum from schema_migrations`,
};

const schemaOf = async ({ url }: TestDatabase): Promise<string> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const said: string[] = [];
    for (const [name, sql] of Object.entries(parts)) said.push(`# ${name}`, ...(await client.query<{ text: string }>(`select * from (${sql}) as part(text) order by 1`)).rows.map(({ text }) => text));
    return said.join('\n');
  } finally {
    await client.end();
  }
};

/** `skip`: so many migrations are let through before. `pause`: milliseconds for which PostgreSQL is at it. */
type Strike = { readonly moment: Moment; readonly skip: number; readonly pause: number };

/** Starts the process, and resolves once it is gone. */
const migrateIn = (database: TestDatabase, proxy: TcpProxy, strike?: Strike): Promise<{ readonly killed: boolean; readonly code: number | null; readonly said: string }> => new Promise((resolve) => {
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('./migrate-process.ts', import.meta.url))], { cwd: root, env: { PATH: process.env['PATH'] ?? '', DATABASE_URL: through(database.url, proxy) }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { said += chunk.toString(); });
  const kill = (): void => void child.kill('SIGKILL');
  let [begun, struck] = [0, false];
  const judge = ({ moment, skip, pause }: Strike, words: string): Act => {
    const begins = words.includes('begin\0');
    if (begins) begun++;
    if (struck || begun <= skip) return 'pass';
    const commits = words.includes('commit\0');
    const now = { before: begins, inside: !begins, 'before its commit': commits, 'after its commit': commits }[moment];
    if (!now) return 'pass';
    struck = true;
    if (moment === 'before' || moment === 'before its commit') {
      kill();
      return 'cut';
    }
    setTimeout(kill, pause);
    return 'swallow'; // nobody hears how it ended
  };
  proxy.judge((piece) => (strike === undefined ? 'pass' : judge(strike, piece.toString('latin1'))));
  child.once('close', (code, signal) => resolve({ killed: signal === 'SIGKILL', code, said }));
});

/** In a short run each moment once, somewhere; else each in each migration. */
const strikesFor = (size: Size, random: Random, count: number): Strike[] => {
  const strike = (moment: Moment, skip: number): Strike => ({ moment, skip, pause: 5 + random.below(40) });
  return size === 'short' ? moments.map((moment) => strike(moment, random.below(Math.floor(count / moments.length) - 1))) : Array.from({ length: count }, () => moments.map((moment) => strike(moment, 0))).flat();
};

export const killedMigration: Row = {
  number: '8',
  title: 'the process that migrates is killed in each migration: before it, inside it, before and after its commit',
  asserts: 'The next start goes on with the migration that was not finished; in the end the schema is the same, word for word, as without any kill.',
  run: async ({ seed, size, say }) => {
    const random = randomOf(seed);
    const all = (await readdir(join(root, 'migrations'))).filter((name) => name.endsWith('.sql')).length;
    const wanted = await testDatabase();
    const database = await emptyDatabase(wanted);
    const address = new URL(database.url);
    const proxy = await startTcpProxy({ host: address.hostname, port: Number(address.port) });
    const kills = new Map<Moment, number>();
    const ask = async <Row extends object>(sql: string): Promise<Row | undefined> => {
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      return client.query<Row>(sql).then(({ rows: [row] }) => row).finally(() => client.end());
    };
    const alone = async (): Promise<boolean> => (await ask<{ count: number }>(`select count(*)::int as count from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`))?.count === 0;
    const applied = async (): Promise<number> => {
      const there = await ask<{ there: boolean }>(`select to_regclass('schema_migrations') is not null as there`);
      return there?.there ? (await ask<{ count: number }>(`select count(*)::int as count from schema_migrations`))?.count ?? 0 : 0;
    };
    try {
      let done = 0;
      for (const strike of strikesFor(size, random, all)) {
        const { moment, skip } = strike;
        const { killed, said } = await migrateIn(database, proxy, strike);
        if (!killed) throw new Error(`it was to be killed ${moment} migration ${done + skip + 1}, and said ${said}`);
        kills.set(moment, (kills.get(moment) ?? 0) + 1);
        await eventually('PostgreSQL has noticed', alone);
        // What was committed and not heard of counts; of anything else nothing is left.
        const now = await applied();
        if (now !== done + skip + (moment === 'after its commit' ? 1 : 0)) throw new Error(`killed ${moment} migration ${done + skip + 1}, and ${now} are on record`);
        done = now;
      }
      const last = await migrateIn(database, proxy);
      if (last.code !== 0 || !last.said.includes('migrated')) throw new Error(`the last start: ${last.said}`);
      const [straight, resumed] = [await schemaOf(wanted), await schemaOf(database)];
      if (straight.length < 10_000) throw new Error('there is hardly a schema to compare');
      if (straight !== resumed) {
        const known = new Set(straight.split('\n'));
        throw new Error(`the schemas differ: ${resumed.split('\n').filter((line) => !known.has(line)).slice(0, 5).join('\n')}`);
      }
      say(`${all} migrations, killed ${[...kills].map(([moment, times]) => `${moment} ${times}`).join(', ')}`);
    } finally {
      await proxy.stop();
      await database.drop();
      await wanted.drop();
    }
  },
};
