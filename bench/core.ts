/**
 * Moves per second, singly and in arrays of 200, each with its state check, its journal entry chained and hashed, and its
 * commit; as a ratio to bare single-row commits (`update … set n = n + 1`, as pgbench does them) on the same server.
 */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { ask } from '../src/cancellation/moves/ask.ts';
import { moveAll } from '../src/cancellation/moves/move.ts';
import { supply } from '../src/cancellation/moves/supply.ts';
import { loadForMove, saveMoves } from '../src/store/cancellations.ts';
import { openDb, type Db } from '../src/store/db.ts';
import { interleaved, type Part } from './figure.ts';
import { openHouse } from './flow/house.ts';

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

export const core: Part = {
  name: 'core',
  says: 'moves of cases, one and 200 a transaction, against bare commits',
  run: async ({ rounds, tiny = false, say }) => {
    const seconds = tiny ? 0.2 : 3;
    const house = await openHouse(say);
    try {
      const url = await house.migrated('core');
      const db = openDb({ url });
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      try {
        await client.query('create table counters (id int primary key, n int not null default 0)');
        await client.query('insert into counters select generate_series(1, 1000)');
        const ids = await plant(db);
        const slice = (index: number, size: number) => Array.from({ length: size }, (_, offset) => ids[(index * size + offset) % ids.length] ?? '');
        const found = await interleaved(rounds, {
          commits: () => rate(seconds, async (index) => {
            await client.query('update counters set n = n + 1 where id = $1', [(index % 1000) + 1]);
            return 1;
          }),
          singly: () => rate(seconds, (index) => moveMany(db, slice(index, 1))),
          arrays: () => rate(seconds, (index) => moveMany(db, slice(index, 200))),
        }, say);
        const how = `For ${seconds} s a round each, on one connection after another: a move is loaded, decided, saved and journalled, chained and hashed.`;
        const against = { what: 'bare single-row commits', rounds: found.commits };
        return [
          { name: 'core/singly', says: 'moves a second, one a transaction', unit: '/s', how, rounds: found.singly, against },
          { name: 'core/arrays', says: 'moves a second, 200 a transaction', unit: '/s', how, rounds: found.arrays, against },
        ];
      } finally {
        await client.end();
        await db.close();
      }
    } finally {
      await house.stop();
    }
  },
};
