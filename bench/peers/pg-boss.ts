/** Bare pg-boss: each of the empty steps a queue; a batch of 200 is completed and passed on to the next in one transaction. */
import pg from 'pg';
import { PgBoss } from 'pg-boss';
import { serve } from '../child.ts';
import { steps } from './empty-steps.ts';

const batch = 200;
let boss: PgBoss;
let pool: pg.Pool;
const queueOf = (step: number): string => `step-${step}`;

/** One batch of one step; resolves to how many there were. */
const oneBatch = async (step: number): Promise<number> => {
  const jobs = await boss.fetch(queueOf(step), { batchSize: batch });
  if (jobs.length === 0) return 0;
  const client = await pool.connect();
  const db = { executeSql: (text: string, values?: unknown[]) => client.query(text, values) };
  try {
    await client.query('begin');
    if (step < steps) await boss.insert(queueOf(step + 1), jobs.map(({ data }) => ({ data: data as object })), { db });
    await boss.complete(queueOf(step), jobs.map(({ id }) => id), null, { db });
    await client.query('commit');
  } finally {
    client.release();
  }
  return jobs.length;
};

serve({
  start: async (databaseUrl: string) => {
    pool = new pg.Pool({ connectionString: databaseUrl, max: 4 });
    boss = new PgBoss({ connectionString: databaseUrl, supervise: false, schedule: false, max: 4 });
    await boss.start();
    for (let step = 1; step <= steps; step++) await boss.createQueue(queueOf(step));
  },
  rate: async (count: number) => {
    await boss.insert(queueOf(1), Array.from({ length: count }, (_, flow) => ({ data: { flow } })));
    const start = performance.now();
    let ended = 0;
    // One batch moves in front of the other, as two workers would have it.
    const work = async (): Promise<void> => {
      while (ended < count)
        for (let step = 1; step <= steps; step++) {
          const moved = await oneBatch(step);
          if (step === steps) ended += moved;
        }
    };
    await Promise.all([work(), work()]);
    return (count * 1000) / (performance.now() - start);
  },
}, async () => {
  await boss.stop({ graceful: false });
  await pool.end();
});
