/**
 * Carries plans out, for a batch of cases at once. A round is one transaction and then the calls that it committed to:
 * the transaction records how the last calls ended and commits the intents of the next.
 */
import type { Outcome } from '../plan/ports.ts';
import { isRepeated, type StepContext } from '../plan/step.ts';
import type { Taken } from '../store/jobs.ts';
import type { Execution } from './execution.ts';
import { keyOf, workStates, type Intent } from './in-work.ts';
import { giveBack, howeverOften, leaseSeconds, renewEverySeconds, renewLeases, takeLeases, type Fences } from './lease.ts';
import { instructionOf } from './money.ts';
import { aloneAfter, giveToPeople, isGivenUp, suspectsAmong, type Suspect } from './lost-workers.ts';
import { leaveToOthers } from './other-builds.ts';
import { handBack, loadCases, oneRound, type Ended, type Round } from './round.ts';

/** `signal`: the process is to end. What is called is recorded, nothing more is begun, and whoever else works goes on at once. */
export const advance = async (execution: Execution, jobs: readonly Taken<'advance'>[], signal?: AbortSignal): Promise<void> => {
  for (const suspect of await carryOn(execution, jobs, aloneAfter, signal)) {
    const own = jobs.filter(({ data }) => data.caseId === suspect.caseId);
    if (isGivenUp(suspect)) await giveToPeople(execution, suspect, own.map(({ id }) => id));
    else await carryOn(execution, own, howeverOften, signal);
  }
};

/** Resolves to the cases that were left aside, because `mostLost` workers were lost with them. */
const carryOn = async (execution: Execution, jobs: readonly Taken<'advance'>[], mostLost: number, signal: AbortSignal | undefined): Promise<readonly Suspect[]> => {
  const jobsOf = new Map<string, string[]>();
  for (const job of jobs) jobsOf.set(job.data.caseId, [...(jobsOf.get(job.data.caseId) ?? []), job.id]);

  const { fences, suspects, first } = await execution.db.ofBatch(async (tx) => {
    const fences = await takeLeases(tx, [...jobsOf.keys()], workStates, execution.packs.versions, mostLost);
    const missed = [...jobsOf.keys()].filter((id) => !fences.has(id));
    const others = new Set(await leaveToOthers(execution, tx, jobsOf, missed));
    const suspects = mostLost === howeverOften ? [] : await suspectsAmong(tx, missed.filter((id) => !others.has(id)));
    await handBack(execution, tx, jobsOf, new Set([...fences.keys(), ...others, ...suspects.map(({ caseId }) => caseId)]));
    return { fences, suspects, first: await oneRound(execution, tx, fences, await loadCases(execution, tx, [...fences.keys()], jobsOf), []) };
  });

  // A renewal that fails is no matter: the next round finds out whether the lease still holds.
  const stopRenewing = execution.timers.every(renewEverySeconds * 1000, () => void execution.db.ofBatch((tx) => renewLeases(tx, fences)).catch(() => undefined));
  try {
    await carryOut(execution, first, fences, signal);
  } catch (error) {
    // No call is under way any more, so the next try need not wait for the lease to end.
    await execution.db.ofBatch((tx) => giveBack(tx, fences)).catch(() => undefined); // the lease ends by itself
    throw error;
  } finally {
    stopRenewing();
  }
  return suspects;
};

const carryOut = async (execution: Execution, first: Round, fences: Fences, signal: AbortSignal | undefined): Promise<void> => {
  let round = first;
  while (round.cases.length > 0) {
    for (const { row } of round.intents) execution.reached?.(row.name, 'before');
    const ended: Ended[] = await Promise.all(round.intents.map(async (intent) => ({ ...intent, outcome: await call(execution, intent, round.since) })));
    for (const { row } of ended) execution.reached?.(row.name, 'after');
    const { cases } = round;
    let again = false;
    round = await execution.db.ofBatch((tx) => {
      const known = again ? cases.map((held) => ({ ...held, head: undefined })) : cases;
      again = true;
      return oneRound(execution, tx, fences, known, ended, signal?.aborted);
    });
  }
};

/** What is called under a lease has to be over, or given up, before the lease is: from then on another one may act, and may have undone. */
const whileLeased = (since: () => number): number => Math.min(20_000, leaseSeconds * 1000 - since() - 2000);

const call = async (execution: Execution, { held, row, step, mode }: Intent, since: () => number): Promise<Outcome<unknown>> => {
  if (mode === 'attested') return { kind: 'done', fact: 'attested' };
  const milliseconds = whileLeased(since);
  if (milliseconds <= 0) return { kind: 'unreachable', says: 'nobody was called: this worker stood still until its lease was over' };
  const context: StepContext = {
    line: held.line, settlement: instructionOf(held.order), ports: execution.ports,
    call: { key: keyOf(row), signal: AbortSignal.timeout(Math.round(milliseconds)) },
  };
  const act = row.undo && step.undo !== 'none' ? step.undo.act : step.act;
  try {
    return await (mode === 'read' && step.read !== 'repeat' && !isRepeated(step, context.settlement) ? step.read(context) : act(context));
  } catch (fault) {
    // A connector promises never to throw. One that does may have acted.
    execution.alarm({ caseId: held.one.id, step: row.name, why: `connector fault: ${fault instanceof Error ? fault.name : 'unknown'}` });
    return { kind: 'unknown', says: 'the connector failed' };
  }
};
