/** A batch of cases carried from due to certificate in this process, each statement counted: the same code as the worker's, without its pauses. */
import pg from 'pg';
import { PgBoss } from 'pg-boss';
import { advance } from '../../src/execution/advance.ts';
import { timedMoves } from '../../src/execution/timed-moves.ts';
import { theirJobs } from '../../src/execution/worker.ts';
import type { Signoff } from '../../src/main.ts';
import { sendNotices } from '../../src/notices/send.ts';
import { voicesOf } from '../../src/notices/voices.ts';
import { dbOn, type Connections } from '../../src/store/db.ts';
import type { QueueName, Taken } from '../../src/store/jobs.ts';
import { portsInProcess } from './in-process.ts';

export type Count = { statements: number; commits: number };

/** One statement after another, each counted: `begin` with its settings, `commit` and everything between. */
const countingOn = (pool: pg.Pool, count: Count): Connections => ({
  connect: async () => {
    const client = await pool.connect();
    return {
      query: (sql, values) => {
        count.statements++;
        if (sql === 'commit') count.commits++;
        return client.query(sql, values);
      },
      release: (error) => client.release(error),
    };
  },
  end: () => pool.end(),
});

/** Takes what is due in batches of up to `batch` until nothing is due any more. Nobody else may work there. */
export const carryCounted = async (url: string, signoff: Signoff, batch: number): Promise<Count> => {
  const count: Count = { statements: 0, commits: 0 };
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  const db = dbOn(countingOn(pool, count));
  const boss = new PgBoss({ connectionString: url, supervise: false, schedule: false, migrate: false, max: 2 });
  await boss.start();
  try {
    const { desk, tellTools } = signoff;
    const execution = { ...signoff.execution, db };
    const { channels } = portsInProcess();
    const notices = { db, clock: desk.clock, vault: desk.vault, voiceOf: voicesOf(desk.packs, desk.clock, () => 'http://127.0.0.1'), channels, enqueue: tellTools.enqueue, onUnreachable: tellTools.onUnreachable, onFault: (fault: unknown) => { throw fault; } };
    const take = async <Name extends QueueName>(queue: Name, work: (jobs: readonly Taken<Name>[]) => Promise<void>): Promise<boolean> => {
      const jobs = await boss.fetch<Taken<Name>['data']>(queue, { batchSize: batch });
      if (jobs.length > 0) await work(jobs.map(({ id, data }) => ({ id, data })));
      return jobs.length > 0;
    };
    const send = (queue: 'mails' | 'texts') => take(queue, (jobs) => sendNotices(notices, jobs.map(({ data }) => data.noticeId), theirJobs(execution, queue, jobs)));
    while (await take('timer', (jobs) => timedMoves(execution, jobs)) || await take('advance', (jobs) => advance(execution, jobs)) || await send('mails') || await send('texts'));
    return count;
  } finally {
    await boss.stop({ graceful: false });
    await db.close();
  }
};
