/** How long a worker's claim takes: one job that is due, out of a queue in which all others wait. */
import { randomUUID } from 'node:crypto';
import { PgBoss } from 'pg-boss';
import { part } from '../figure.ts';
import type { Stand } from './stand.ts';

export type Claims = { readonly p50: number; readonly p99: number };

/** Milliseconds, over `count` claims one after another. No worker may run there. */
export const claim = async ({ url }: Stand, count: number): Promise<Claims> => {
  const boss = new PgBoss({ connectionString: url, supervise: false, schedule: false, migrate: false, max: 1 });
  await boss.start();
  try {
    await boss.insert('timer', Array.from({ length: count + 10 }, () => ({ data: { caseId: randomUUID(), move: 'remind' } })));
    const times: number[] = [];
    for (let taken = 0; taken < count + 10; taken++) {
      const start = performance.now();
      const [job] = await boss.fetch('timer', { batchSize: 1 });
      if (job === undefined) throw new Error('a job that is due was not found');
      if (taken >= 10) times.push(performance.now() - start);
      await boss.complete('timer', job.id);
    }
    const sorted = times.toSorted((one, other) => one - other);
    return { p50: part(sorted, 0.5), p99: part(sorted, 0.99) };
  } finally {
    await boss.stop({ graceful: false });
  }
};
