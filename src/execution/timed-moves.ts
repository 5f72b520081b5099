/** The moves that time brings, for as many cases as are due. */
import { bar } from '../cancellation/moves/bar.ts';
import { isOrdered, type Cancellation } from '../cancellation/cancellation.ts';
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
import { beyondCaps } from './caps.ts';
import type { Execution } from './execution.ts';
import { leaveTimersToOthers } from './other-builds.ts';
import { remindDeletion } from './remind-deletion.ts';

/**
 * A timer is only a reason to look. The case's state decides: what moved on meanwhile is left alone, and what is not due
 * yet (a draft that was written in again) gets another timer. Timers with which processes were lost are tried one by one,
 * after the others: whichever of them it is, it alone comes to its end by it.
 */
export const timedMoves = async (execution: Execution, jobs: readonly Taken<'timer'>[]): Promise<void> => {
  const { db, jobs: queue } = execution;
  const suspects = await db.ofBatch(async (tx) => {
    const found = jobs.length === 1 ? [] : await queue.suspects(tx, 'timer', jobs.map(({ id }) => id));
    if (found.length === 0) await moveDue(execution, tx, jobs);
    return found;
  });
  if (suspects.length === 0) return;
  const others = jobs.filter(({ id }) => !suspects.includes(id));
  if (others.length > 0) await db.ofBatch((tx) => moveDue(execution, tx, others));
  for (const id of suspects) {
    await db.ofBatch((tx) => queue.suspect(tx, 'timer', id));
    await db.ofBatch((tx) => moveDue(execution, tx, jobs.filter((job) => job.id === id)));
  }
};

const moveDue = async (execution: Execution, tx: Tx, jobs: readonly Taken<'timer'>[]): Promise<void> => {
  const { now, soonest } = await bySlowerClock(execution, tx);
  const byMove = Map.groupBy(jobs, (job) => job.data.move);
  const loaded = await leaveTimersToOthers(execution, tx, await loadForMove(tx, [...new Set(jobs.map((job) => job.data.caseId))]), jobs, now);
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
    const decided = moveAll(cases.filter((one) => !waiting.has(one.id)), (one) => decide(execution, move, one, rounds.get(one.id), now));
    const { refused } = decided;
    const moved = await withinCaps(execution, tx, move, decided.moved, due, now);
    await takeBackBars(execution, tx, moved);
    await saveAndFollow(execution, tx, moved);
    await forgetDrafts(execution, tx, moved.filter((one) => one.before.state === 'draft').map((one) => one.before));
    if (move === 'lapse') await remindOfDrafts(execution, tx, refused.flatMap(({ case: one, why }) => (why.kind === 'too-early' && one.state === 'draft' ? [one] : [])), now);
    await execution.jobs.enqueue(tx, 'timer', refused.flatMap(({ case: one, why }) =>
      why.kind === 'too-early' ? [{ data: { caseId: one.id, move }, brand: one.brand, at: why.notBefore > soonest ? why.notBefore : soonest }] : []));
    for (const after of moved.map((one) => one.after)) loaded[loaded.findIndex((one) => one.id === after.id)] = after;
  }
  await execution.jobs.complete(tx, 'timer', jobs.map((job) => job.id));
};

/** Where many were ordered at once, only so many a second set connectors to work: the others come back when it is their turn. */
const outOfTurn = async (execution: Execution, tx: Tx, cases: readonly Cancellation[], due: readonly Taken<'timer'>[], now: Date): Promise<ReadonlyMap<string, Date>> => {
  const move = due[0]?.data.move;
  if (move !== 'bar' && move !== 'execute') return new Map();
  const paced = new Set(due.filter(({ data }) => data.paced).map(({ data }) => data.caseId));
  const from: State = move === 'bar' ? 'scheduled' : 'recoverable';
  const turns = await turnsOf(execution.bulkRates, tx, now, cases.filter((one) => !paced.has(one.id) && (one.state === from || one.state === 'scheduled')));
  await execution.jobs.enqueue(tx, 'timer', cases.flatMap(({ id, brand }) => {
    const at = turns.get(id);
    return at === undefined ? [] : [{ data: { caseId: id, move, paced: true as const }, brand, at, behind: true }];
  }));
  return turns;
};

/** Where an operator says how many cases a second a carrier's systems or a brand may have, whoever ordered them: the others come back. Resolves to those that go on. */
const withinCaps = async (execution: Execution, tx: Tx, move: TimerJob['move'], moved: readonly Moved[], due: readonly Taken<'timer'>[], now: Date): Promise<readonly Moved[]> => {
  if (move !== 'bar' && move !== 'execute') return moved;
  const turns = await beyondCaps(execution.caps ?? {}, tx, now, moved.map(({ before }) => before));
  if (turns.size === 0) return moved;
  const paced = new Set(due.filter(({ data }) => data.paced).map(({ data }) => data.caseId));
  await execution.jobs.enqueue(tx, 'timer', moved.flatMap(({ before: one }) => {
    const at = turns.get(one.id);
    return at === undefined ? [] : [{ data: { caseId: one.id, move, ...(paced.has(one.id) ? { paced: true as const } : {}) }, brand: one.brand, at, behind: isOrdered(one) }];
  }));
  return moved.filter(({ before }) => !turns.has(before.id));
};

/** What one process believes too early another may be asked for again at once: one whose clock is behind waits until it is not. */
const longestLag = 30_000;

/**
 * Nothing is moved before it is due by both, this process's clock and the database's: one that runs ahead moves nothing early.
 * `soonest`: when there is a sense in looking again, as the database has it, which says what is due.
 */
const bySlowerClock = async ({ clock }: Pick<Execution, 'clock'>, tx: Tx): Promise<{ readonly now: Date; readonly soonest: Date }> => {
  const ours = clock.now();
  const [row] = await tx.query<{ at: Date }>('select pgboss.job_now() as at');
  const theirs = row?.at ?? ours;
  const behind = theirs.getTime() - ours.getTime();
  // A clock that is driven is moved here a moment after it is moved there.
  const soonest = new Date(theirs.getTime() + (behind <= 0 ? 0 : Math.min(behind, 'offset' in clock ? 1000 : longestLag)));
  return { now: theirs < ours ? theirs : ours, soonest };
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
