import type { TheirJobs } from '../notices/send.ts';
import type { Taken } from '../store/jobs.ts';
import { advance } from './advance.ts';
import type { Execution } from './execution.ts';
import { timedMoves } from './timed-moves.ts';

/** A batch that fails as a whole is tried one by one, so that a poison case fails alone and the rest flows. */
const oneByOne = <Job>(handle: (jobs: readonly Job[], signal: AbortSignal) => Promise<void>) => async (jobs: readonly Job[], signal: AbortSignal): Promise<void> => {
  try {
    await handle(jobs, signal);
  } catch (error) {
    if (jobs.length === 1) throw error;
    const failures: unknown[] = [];
    for (const job of jobs) await handle([job], signal).catch((failure: unknown) => failures.push(failure));
    // Those that succeeded are completed already; pg-boss gives the others back for their next try.
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${jobs.length} jobs failed`, { cause: error });
  }
};

/** Batches carried out side by side: while one waits for a carrier, or for a commit, the other works. */
const lanes = 3;

/** Starts taking jobs. `sendNotices` is the worker of the notices, which knows its channels. */
export const startWorker = async (execution: Execution, sendNotices: (ids: readonly string[], jobs: TheirJobs, signal: AbortSignal) => Promise<void>): Promise<void> => {
  await execution.jobs.work('timer', 500, oneByOne((jobs: readonly Taken<'timer'>[]) => timedMoves(execution, jobs)));
  await execution.jobs.work('advance', 200, oneByOne((jobs: readonly Taken<'advance'>[], signal) => advance(execution, jobs, signal)), lanes);
  for (const queue of ['mails', 'texts'] as const)
    await execution.jobs.work(queue, 200, (jobs, signal) => sendNotices([...new Set(jobs.map(({ data }) => data.noticeId))], theirJobs(execution, queue, jobs), signal));
};

/** What a queue of notices knows of those in this batch. A notice may have more than one job. */
export const theirJobs = ({ jobs: queued }: Pick<Execution, 'jobs'>, queue: 'mails' | 'texts', jobs: readonly Taken<'mails' | 'texts'>[]): TheirJobs => {
  const ofNotices = (notices: readonly string[]): string[] => jobs.filter(({ data }) => notices.includes(data.noticeId)).map(({ id }) => id);
  return {
    suspects: async (tx) => {
      const found = await queued.suspects(tx, queue, jobs.map(({ id }) => id));
      return [...new Set(found.flatMap((id) => jobs.find((job) => job.id === id)?.data.noticeId ?? []))];
    },
    suspect: async (tx, notice) => { for (const id of ofNotices([notice])) await queued.suspect(tx, queue, id); },
    done: (tx, notices) => queued.complete(tx, queue, ofNotices(notices)),
  };
};
