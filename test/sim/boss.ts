/** pg-boss without its own timers: real queues, real SQL, and somebody else who says when a batch is fetched. */
import { PgBoss, type Clock as BossClock } from 'pg-boss';
import { inCallersTransaction, openJobs, type Jobs, type QueueName, type Schedules } from '../../src/store/jobs.ts';
import { systemClock } from '../../src/store/clock.ts';

export type Execute = (text: string, values?: unknown[]) => Promise<{ rows: object[] }>;
export type Handler = { readonly batch: number; readonly handle: (jobs: { readonly id: string; readonly data: never }[]) => Promise<void> };

/** Makes schema and queues as the program does. */
export const makeQueues = async (url: string): Promise<void> => {
  const jobs = await openJobs({ url, clock: systemClock, supervise: false, onError: (error) => { throw error; } });
  await jobs.stop();
};

/** A pg-boss whose every statement goes where `execute` sends it, which may change with each process that uses it. */
export class Boss {
  execute: Execute;
  now: () => number = () => 0;
  readonly real: PgBoss;

  constructor(execute: Execute) {
    this.execute = execute;
    const still = { setTimeout: () => 0, clearTimeout: () => undefined, setInterval: () => 0, clearInterval: () => undefined } as unknown as Omit<BossClock, 'now'>;
    this.real = new PgBoss({
      db: { executeSql: (text, values) => this.execute(text, values) }, clock: { ...still, now: () => this.now() },
      migrate: false, supervise: false, schedule: false, reindex: false, monitorVacuum: false, monitorIntervalSeconds: 10, maintenanceIntervalSeconds: 86_400,
    });
    this.real.on('error', (error) => { throw error; });
  }

  /** `handlers` gets what `work` is told. */
  jobs(handlers: Map<QueueName, Handler>): Jobs & Schedules {
    return {
      ...inCallersTransaction(this.real),
      work: async (queue, batch, handle) => {
        handlers.set(queue, { batch, handle: (jobs) => handle(jobs as never, new AbortController().signal) });
      },
      daily: async () => undefined, // the nightly look changes nothing
      idle: () => new Map(),
      wake: () => undefined,
      stop: async () => undefined,
    };
  }
}
