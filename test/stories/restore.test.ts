/** docs/backup.md, done: a base back-up of a database that is at work, restored beside it; and followed by a copy that lists are read from. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFile, chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkCopy } from '../../src/cli/check-copy.ts';
import { checkLedger, isInOrder } from '../../src/desk/check-ledger.ts';
import { approve } from '../../src/desk/review-case.ts';
import { seeQueue } from '../../src/desk/review-queue.ts';
import { verifyChain, type Entry } from '../../src/evidence/chain.ts';
import { assemble, type Signoff } from '../../src/main.ts';
import { readFigures } from '../../src/operation/figures.ts';
import { writeClockAhead } from '../../src/store/clock-ahead.ts';
import { sha256 } from '../../src/store/journal.ts';
import { openDb } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrate.ts';
import { removeCluster } from '../../src/store/postgres-cluster.ts';
import { readsFrom } from '../../src/store/reads.ts';
import { startServer, type Server } from '../../src/store/server.ts';
import { applicantOf, apply, reviewerOf } from '../apply.ts';
import { runStoriesOn } from '../database.ts';
import { brand, days, eventually, openStory, type Story } from '../harness.ts';
import { startProcess } from '../worker-process.ts';

const folders: string[] = [];
let first: Server;
let second: Server;
let standby: Server;
let story: Story;
let restored: Signoff | undefined;
let number: string;
let url: string;

const folder = async (): Promise<string> => {
  const made = await mkdtemp(join(tmpdir(), 'signoff-restore-'));
  await chmod(made, 0o711); // as root, PostgreSQL runs as another user
  folders.push(made);
  return made;
};
const asOwner = async <Answer>(of: string, ask: (client: pg.Client) => Promise<Answer>): Promise<Answer> => {
  const client = new pg.Client({ connectionString: of });
  await client.connect();
  return ask(client).finally(() => client.end());
};
const copy = (from: string, to: string): void => void execFileSync('cp', ['-a', from, to]);

/** The low-level way of PostgreSQL's manual (26.3.3): the server works on while its files are copied. */
const takeBaseBackUp = (from: string, to: string): Promise<void> => asOwner(first.url, async (client) => {
  await mkdir(join(to, 'postgres'), { mode: 0o711 });
  await client.query(`select pg_backup_start('trial', true)`);
  copy(join(from, 'postgres', 'data'), join(to, 'postgres', 'data'));
  const { rows: [label] } = await client.query<{ labelfile: string }>(`select labelfile from pg_backup_stop(false)`);
  const data = join(to, 'postgres', 'data');
  await rm(join(data, 'pg_wal'), { recursive: true });
  copy(join(from, 'postgres', 'data', 'pg_wal'), join(data, 'pg_wal'));
  await rm(join(data, 'postmaster.pid'));
  copy(join(data, 'PG_VERSION'), join(data, 'backup_label')); // owned by whom the rest is
  await writeFile(join(data, 'backup_label'), label?.labelfile ?? '');
  copy(join(from, 'postgres', 'password'), join(to, 'postgres', 'password'));
});

/** From now on this copy replays what the first one writes. */
const follow = async (data: string): Promise<void> => {
  const { hostname, port, password } = new URL(first.url);
  await appendFile(join(data, 'postgresql.auto.conf'), `\nprimary_conninfo = 'host=${hostname} port=${port} user=signoff password=${password}'\nhot_standby = on\n`);
  copy(join(data, 'PG_VERSION'), join(data, 'standby.signal')); // whatever stands in it, and owned by whom the rest is
};
const databaseOn = (server: Server): string => {
  const at = new URL(server.url);
  at.pathname = new URL(story.parts.databaseUrl).pathname;
  return at.href;
};

beforeAll(async () => {
  const [from, to, beside] = [await folder(), await folder(), await folder()];
  first = await startServer({ folder: from, say: () => undefined });
  await migrate(first.url);
  const admin = new URL(first.url);
  admin.pathname = '/postgres';
  runStoriesOn({ url: admin.href, template: 'signoff' });
  story = await openStory({ works: false });
  number = await apply(story, await applicantOf(story, 'B-100190'));
  await asOwner(first.url, (client) => client.query('checkpoint'));
  await takeBaseBackUp(from, to);
  await apply(story, await applicantOf(story, 'B-100178')); // after the back-up: not in it
  copy(join(to, 'postgres'), join(beside, 'postgres'));
  await follow(join(beside, 'postgres', 'data'));
  standby = await startServer({ folder: beside, say: () => undefined });
  second = await startServer({ folder: to, say: () => undefined });
  url = databaseOn(second);
});
afterAll(async () => {
  await restored?.stop();
  await story?.stop();
  for (const server of [standby, first, second]) await server?.stop();
  for (const made of folders) {
    await removeCluster(made);
    await rm(made, { recursive: true, force: true });
  }
});

test('a copy that answers and no longer follows is not believed: the database itself is asked until it follows again', async () => {
  const copied = openDb({ url: databaseOn(standby), most: 2 });
  const [primary, secondsBehind] = [story.signoff.desk.db, 1];
  const away: string[] = [];
  // Each looks anew, as one does every few seconds.
  const readOn = async (): Promise<string> => {
    const [row] = await readsFrom(copied, primary, ({ name }) => away.push(name), secondsBehind).acrossBrands((tx) => tx.query<{ copy: boolean }>('select pg_is_in_recovery() as copy'));
    return row?.copy === true ? 'copy' : 'primary';
  };
  const onStandby = (sql: string) => asOwner(databaseOn(standby), (client) => client.query(sql));
  try {
    await eventually('the copy follows', async () => (await readOn()) === 'copy');
    expect(await checkCopy(databaseOn(standby), databaseOn(first))).toMatchObject({ kind: 'ok' });
    away.length = 0;
    await onStandby('select pg_wal_replay_pause()');
    await asOwner(first.url, (client) => client.query(`select pg_logical_emit_message(true, 'signoff', 'not there yet')`));
    await eventually('it is seen that it does not', async () => (await readOn()) === 'primary');
    expect(away).toContain('CopyBehind');
    await onStandby('select pg_wal_replay_resume()');
    await eventually('the copy follows again', async () => (await readOn()) === 'copy');
  } finally {
    await onStandby('select pg_wal_replay_resume()').catch(() => undefined);
    await copied.close();
  }
});

test('a list from a copy that is more than five seconds behind says as of when it is; one that has everything says nothing', async () => {
  const copied = openDb({ url: databaseOn(standby), most: 2 });
  const { desk } = story.signoff;
  const who = await reviewerOf(story);
  const onStandby = (sql: string) => asOwner(databaseOn(standby), (client) => client.query(sql));
  // Each looks anew.
  const list = () => seeQueue({ ...desk, reads: readsFrom(copied, desk.db, () => undefined, 60) }, who);
  try {
    await eventually('the copy has everything', async () => (await list()).asOf === undefined);
    await onStandby('select pg_wal_replay_pause()');
    await asOwner(first.url, (client) => client.query(`select pg_logical_emit_message(true, 'signoff', 'not there yet')`));
    const asOf = await eventually('it says so', async () => (await list()).asOf);
    const behind = story.clock.now().getTime() - asOf.getTime();
    expect([behind >= 5000, behind < 60_000]).toEqual([true, true]);
    await onStandby('select pg_wal_replay_resume()');
    await eventually('it has everything again', async () => (await list()).asOf === undefined);
  } finally {
    await onStandby('select pg_wal_replay_resume()').catch(() => undefined);
    await copied.close();
  }
});

test('queue lists come from a streaming copy while there is one, decisions never, and without it from the database itself', async () => {
  const reading = await assemble({ ...story.parts, works: false, readUrl: databaseOn(standby) });
  try {
    const { desk } = reading;
    const who = await reviewerOf(story);
    expect(await asOwner(databaseOn(standby), async (client) => (await client.query(`select pg_is_in_recovery() as copy`)).rows)).toEqual([{ copy: true }]);
    await eventually('both cases are in the list of the copy', async () => (await seeQueue(desk, who)).rows.length === 2);
    const readOn = async (server: Server) => (await asOwner(databaseOn(server), async (client) => (await client.query(`select 1 from pg_stat_activity where datname = current_database() and application_name = 'signoff' and query <> ''`)).rows)).length;
    expect(await readOn(standby)).toBeGreaterThan(0);
    const figures = await readFigures(desk.reads ?? desk.db, story.clock);
    expect(figures.reviews).toEqual([{ brand, standing: 'open', cases: 2 }]);

    await standby.stop();
    expect((await seeQueue(desk, who)).rows).toHaveLength(2);
    expect(story.logged.some((line) => line.includes('the copy of the database does not answer'))).toBe(true);
  } finally {
    await reading.stop();
  }
});

test('with another operator’s key the restored one does not start, says so, and writes nothing', async () => {
  const before = await asOwner(url, async (client) => (await client.query(`select count(*)::int as n, max(version) as v from cancellations`)).rows);
  const one = await startProcess({ parts: { ...story.parts, databaseUrl: url, operatorKey: randomBytes(32) } }, ['start', '--role', 'worker']);
  expect([await one.ended, one.said()]).toEqual([1, expect.stringContaining('filled under another operator\'s key')]);
  expect(await asOwner(url, async (client) => (await client.query(`select count(*)::int as n, max(version) as v from cancellations`)).rows)).toEqual(before);
});

test('with its keys it opens, every journal chain and the books are whole, and a case of before goes on to its certificate', async () => {
  restored = await assemble({ ...story.parts, databaseUrl: url, works: true });
  const { desk, execution } = restored;
  expect(await desk.db.acrossBrands((tx) => desk.vault.checkOperatorKey(tx))).toEqual({ ok: true, value: 'fits' });
  const chains = async () => {
    const entries = await asOwner(url, async (client) => (await client.query<Entry>(`select cancellation_id as "cancellationId", brand, entry, at, event, actor, facts, previous, hash from journal order by cancellation_id, entry`)).rows);
    return [...Map.groupBy(entries, ({ cancellationId }) => cancellationId).values()].map((of) => verifyChain(of, sha256).ok);
  };
  expect(await chains()).toEqual([true]);
  expect(isInOrder(await checkLedger(desk, execution.ports.payouts))).toBe(true);
  expect(await asOwner(url, async (client) => (await client.query(`select application_number from cancellations where state <> 'draft'`)).rows)).toEqual([{ application_number: number }]);

  expect(await approve(desk, await reviewerOf(story), number)).toMatchObject({ ok: true });
  story.clock.setOffset(story.clock.offset + days(8));
  await writeClockAhead(desk.db, story.clock.offset);
  desk.jobs.wake();
  await eventually('it is cancelled', async () => (await asOwner(url, async (client) => (await client.query(`select 1 from cancellations c join certificates k on k.cancellation_id = c.id where c.state = 'cancelled'`)).rows)).length === 1, 80);
  expect(await chains()).toEqual([true]);
});
