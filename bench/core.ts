/**
 * Moves per second, singly and in arrays of 200, each with its state check, its journal entry chained and hashed, and its
 * commit; as a ratio to bare single-row commits (`update … set n = n + 1`, as pgbench does them) on the same server.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { ask } from '../src/cancellation/moves/ask.ts';
import { moveAll } from '../src/cancellation/moves/move.ts';
import { supply } from '../src/cancellation/moves/supply.ts';
import { loadForMove, saveMoves } from '../src/store/cancellations.ts';
import { openDb, type Db } from '../src/store/db.ts';
import { migrate } from '../src/store/migrate.ts';
import { removeCluster } from '../src/store/postgres-cluster.ts';
import { startServer } from '../src/store/server.ts';

const brand = 'bench';
const cases = 2000;
const because = { 'zh-CN': '…', 'zh-TW': '…', en: '…' };

/** Runs rounds for about this long and gives back how many a second there were. */
const rate = async (seconds: number, round: (index: number) => Promise<number>): Promise<number> => {
  for (let index = 0; index < 5; index++) await round(index);
  const start = performance.now();
  let done = 0;
  for (let index = 5; performance.now() - start < seconds * 1000; index++) done += await round(index);
  return (done * 1000) / (performance.now() - start);
};

const plant = async (db: Db): Promise<string[]> =>
  db.inBrand(brand, async (tx) => {
    const ids = Array.from({ length: cases }, () => randomUUID());
    const now = new Date();
    await tx.query(`insert into subscribers (id, brand, region, sealed, created_at) select id, $2, 'CN', '', $3 from unnest($1::uuid[]) id`, [ids, brand, now]);
    await tx.query(`insert into lines (id, brand, subscriber_id, kind, carrier, billing_ref, in_home_register, sealed, msisdn_index, currency)
      select id, $2, id, 'esim', 'c', id::text, true, '', id::text::bytea, 'USD' from unnest($1::uuid[]) id`, [ids, brand]);
    await tx.query(`insert into cancellations (id, brand, subscriber_id, line_id, state, pack_version, region, channel, opened_at, received_at, changed_at)
      select id, $2, id, id, 'reviewing', 'bench@2026-01-01', 'CN', 'web', $3, $3, $3 from unnest($1::uuid[]) id`, [ids, brand, now]);
    return ids;
  });

/** Asks for material, and the next time round supplies it: two moves that any case can make for ever. */
const moveMany = (db: Db, ids: readonly string[]): Promise<number> =>
  db.inBrand(brand, async (tx) => {
    const now = new Date();
    const { moved } = moveAll(await loadForMove(tx, ids), (one) =>
      one.state === 'reviewing'
        ? ask(one, now, { asked: { materials: ['photo'] }, inPack: ['photo'], ownCase: false })
        : supply(one, 'subscriber', now, { documents: 1, text: false, due: { at: now, because } }));
    await saveMoves(tx, moved);
    return moved.length;
  });

export const benchCore = async (say: (text: string) => void, seconds = 5): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'signoff-bench-'));
  await chmod(folder, 0o711);
  const server = await startServer({ folder, say });
  const db = openDb({ url: server.url });
  const client = new pg.Client({ connectionString: server.url });
  try {
    await migrate(server.url);
    await client.connect();
    await client.query('create table counters (id int primary key, n int not null default 0)');
    await client.query('insert into counters select generate_series(1, 1000)');
    const ids = await plant(db);
    const slice = (index: number, size: number) => Array.from({ length: size }, (_, offset) => ids[(index * size + offset) % ids.length] ?? '');

    const commits = await rate(seconds, async (index) => {
      await client.query('update counters set n = n + 1 where id = $1', [(index % 1000) + 1]);
      return 1;
    });
    const singly = await rate(seconds, (index) => moveMany(db, slice(index, 1)));
    const arrays = await rate(seconds, (index) => moveMany(db, slice(index, 200)));
    const row = (name: string, perSecond: number) => say(`${name.padEnd(28)} ${Math.round(perSecond).toString().padStart(8)} /s   ${(perSecond / commits).toFixed(2).padStart(7)} × bare commit`);
    row('bare single-row commits', commits);
    row('moves, one a transaction', singly);
    row('moves, 200 a transaction', arrays);
  } finally {
    await client.end();
    await db.close();
    await server.stop();
    await removeCluster(folder);
    await rm(folder, { recursive: true, force: true });
  }
};
