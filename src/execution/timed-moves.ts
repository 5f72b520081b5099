/** The moves that time brings, for as many cases as are due. */
import { bar } from '../cancellation/moves/bar.ts';
import type { Cancellation } from '../cancellation/cancellation.ts';
import type { State } from '../cancellation/life-cycle.ts';
import { execute } from '../cancellation/moves/execute.ts';
import { lapse } from '../cancellation/moves/lapse.ts';
import { moveAll, type CannotMove, type Moved } from '../cancellation/moves/move.ts';
import type { Result } from '../cancellation/result.ts';
import { turnsOf } from '../desk/bulk/pace.ts';
import { packOf, saveAndFollow } from '../desk/follow.ts';
import { undoableSteps } from '../plan/make-plan.ts';
import { actsAtOnce } from '../policy/steps-at-once.ts';
import { offFrom } from '../policy/end.ts';
import { lapsesAt } from '../policy/what-follows.ts';
import { loadForMove } from '../store/cancellations.ts';
import { roundsOf, type OpenRound } from '../store/confirmations.ts';
import type { Tx } from '../store/db.ts';
import type { Taken, TimerJob } from '../store/jobs.ts';
import { turnToUndo } from '../store/steps.ts';
import { forgetDrafts, remindOfDrafts } from './draft-reminders.ts';
import type { Execution } from './execution.ts';
import { remindDeletion } from './remind-deletion.ts';

/**
 * A timer is only a reason to look. The case's state decides: what moved on meanwhile is left alone, and what is not due
 * yet (a draft that was written in again) gets another timer.
 */
export const timedMoves = (execution: Execution, jobs: readonly Taken<'timer'>[]): Promise<void> =>
  execution.db.ofBatch(async (tx) => {
    const now = await bySlowerClock(execution, tx);
    const byMove = Map.groupBy(jobs, (job) => job.data.move);
    const loaded = await loadForMove(tx, [...new Set(jobs.map((job) => job.data.caseId))]);
    const rounds = await roundsOf(tx, loaded.filter((one) => one.state === 'approved').map((one) => one.id));
    for (const [move, due] of byMove) {
      const wanted = new Set(due.map((job) => job.data.caseId));
      const cases = loaded.filter((one) => wanted.has(one.id));
      if (move === 'remind') {
        await remindOfDrafts(execution, tx, cases.filter((one) => one.state === 'draft'), now);
        await execution.tell(tx, cases.flatMap((one) => {
          const template = reminderOf(one, rounds.get(one.id), now);
          return template === undefined ? [] : [{ brand: one.brand, subscriberId: one.subscriberId, caseId: one.id, template }];
        }));
        continue;
      }
      if (move === 'remind-deletion') {
        await remindDeletion(execution, tx, cases, now);
        continue;
      }
      const waiting = await outOfTurn(execution, tx, cases, due, now);
      const { moved, refused } = moveAll(cases.filter((one) => !waiting.has(one.id)), (one) => decide(execution, move, one, rounds.get(one.id), now));
      await takeBackBars(execution, tx, moved);
      await saveAndFollow(execution, tx, moved);
      await forgetDrafts(execution, tx, moved.filter((one) => one.before.state === 'draft').map((one) => one.before));
      if (move === 'lapse') await remindOfDrafts(execution, tx, refused.flatMap(({ case: one, why }) => (why.kind === 'too-early' && one.state === 'draft' ? [one] : [])), now);
      await execution.jobs.enqueue(tx, 'timer', refused.flatMap(({ case: one, why }) =>
        why.kind === 'too-early' ? [{ data: { caseId: one.id, move }, at: why.notBefore }] : []));
      for (const after of moved.map((one) => one.after)) loaded[loaded.findIndex((one) => one.id === after.id)] = after;
    }
    await execution.jobs.complete(tx, 'timer', jobs.map((job) => job.id));
  });

/** Where many were ordered at once, only so many a second set connectors to work: the others come back when it is their turn. */
const outOfTurn = async (execution: Execution, tx: Tx, cases: readonly Cancellation[], due: readonly Taken<'timer'>[], now: Date): Promise<ReadonlyMap<string, Date>> => {
  const move = due[0]?.data.move;
  if (move !== 'bar' && move !== 'execute') return new Map();
  const paced = new Set(due.filter(({ data }) => data.paced).map(({ data }) => data.caseId));
  const from: State = move === 'bar' ? 'scheduled' : 'recoverable';
  const turns = await turnsOf(execution.bulkRates, tx, now, cases.filter((one) => !paced.has(one.id) && (one.state === from || one.state === 'scheduled')));
  await execution.jobs.enqueue(tx, 'timer', [...turns].map(([caseId, at]) => ({ data: { caseId, move, paced: true }, at, behind: true })));
  return turns;
};

/** Nothing is moved before it is due by both, this process's clock and the database's: one that runs ahead moves nothing early. */
const bySlowerClock = async ({ clock }: Pick<Execution, 'clock'>, tx: Tx): Promise<Date> => {
  const ours = clock.now();
  const [row] = await tx.query<{ at: Date }>('select pgboss.job_now() as at');
  return row !== undefined && row.at < ours ? row.at : ours;
};

/** What there is to remind of now: the end that comes nearer, or the link that waits to be pressed. */
const reminderOf = (one: Cancellation, round: OpenRound | undefined, now: Date): 'final-notice' | 'confirm' | 'confirm-reminder' | undefined => {
  if (one.state === 'recoverable' || one.state === 'scheduled') return 'final-notice';
  if (one.state !== 'approved' || round === undefined || now < round.opensAt || now >= round.until) return undefined;
  return round.asked ? 'confirm-reminder' : 'confirm';
};

/** A case that lapses gives back what was barred or frozen at its receipt. */
const takeBackBars = async (execution: Execution, tx: Tx, moved: readonly Moved[]): Promise<void> => {
  const ids = moved.filter(({ move, before }) => move === 'lapse' && before.state !== 'draft' && actsAtOnce(packOf(execution, before), before.reason)).map(({ before }) => before.id);
  if (ids.length > 0) await turnToUndo(tx, ids, undoableSteps);
};

const decide = (execution: Execution, move: Exclude<TimerJob['move'], 'remind' | 'remind-deletion'>, one: Cancellation, round: OpenRound | undefined, now: Date): Result<Moved, CannotMove> => {
  switch (move) {
    case 'lapse':
      return lapse(one, now, one.state === 'approved' && round !== undefined ? round.until : lapsesAt(packOf(execution, one), one.changedAt));
    case 'bar':
      return bar(one, now, one.effectiveAt === undefined ? now : offFrom(packOf(execution, one), one.effectiveAt));
    case 'execute':
      return execute(one, now);
  }
};
