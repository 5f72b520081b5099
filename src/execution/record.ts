/** What an outcome means for its step. Pure: the worker saves what is said here. */
import { pauseAfter } from '../plan/progress.ts';
import type { Outcome } from '../plan/ports.ts';
import type { CarrierStep } from '../plan/step.ts';
import type { StepChange, StepRecord } from '../store/steps.ts';

/** `act`: carry it out. `read`: an intent has no outcome, so look first. `attested`: two people have said how it ended; nobody is called. */
export type Mode = 'act' | 'read' | 'attested';

export type Recorded = {
  readonly change: StepChange;
  readonly event?: 'step-done' | 'step-undone' | 'step-refused' | 'step-unknown' | 'step-attested';
  /** The case can't go on without people. */
  readonly stall?: string;
  /** Worth showing to people afterwards: everything but the plain success. */
  readonly told?: unknown;
};

/** Long digits in what a peer says may be somebody's number; the record is to name no one. */
export const withoutNumbers = (says: string): string => says.replace(/\d{5,}/g, '…').slice(0, 300);

/** `repeats`: an open intent of it is repeated, not read (`isRepeated`). */
export const record = (row: StepRecord, step: CarrierStep, mode: Mode, outcome: Outcome<unknown>, now: Date, repeats = step.read === 'repeat'): Recorded => {
  const base = { cancellationId: row.cancellationId, name: row.name };
  const isOver = row.undo && step.undo !== 'none' ? step.undo.isUndone : step.isDone;
  const warning = outcome.kind === 'done' && outcome.says !== undefined ? { says: withoutNumbers(outcome.says) } : undefined;
  const told = outcome.kind === 'done' ? { kind: 'done', fact: outcome.fact, ...warning } : { ...outcome, says: withoutNumbers(outcome.says) };

  if (mode === 'attested') return { change: { ...base, state: 'done', doneAt: now, outcome: told }, event: 'step-attested', told };

  if (outcome.kind === 'done' && isOver(outcome.fact))
    return { change: { ...base, state: 'done', doneAt: now, outcome: told }, event: row.undo ? 'step-undone' : 'step-done', ...(mode === 'act' && row.attempts <= 1 && warning === undefined ? {} : { told }) };

  // An act pauses by how often it was tried, an open intent by how often it was read since.
  const reads = mode === 'read' ? row.reads + 1 : 0;
  const pausedUntil = new Date(now.getTime() + pauseAfter(mode === 'read' ? reads : row.attempts, step.retry) * 1000);
  const givenUp = now.getTime() - (row.firstTriedAt ?? now).getTime() >= step.retry.giveUpAfter * 1000;

  if (outcome.kind === 'done' && mode === 'read' && !repeats)
    // It was looked up and it is not so: nothing happened, and it is safe to carry it out, under the same key.
    return { change: { ...base, state: 'waiting', reads: 0, outcome: told }, told };

  if (outcome.kind === 'refused' && (mode === 'act' || repeats))
    return { change: { ...base, state: 'refused', reads: 0, outcome: told }, event: 'step-refused', stall: outcome.code, told };

  // Whoever refuses to be read answers the same the next time: only people can settle it.
  if (outcome.kind === 'refused' || givenUp)
    return { change: { ...base, state: 'stalled', reads, outcome: told }, event: 'step-unknown', stall: outcome.kind === 'refused' ? outcome.code : outcome.kind, told };

  if (outcome.kind === 'unreachable' && mode === 'act') return { change: { ...base, state: 'waiting', notBefore: pausedUntil, outcome: told }, told };

  // It may have acted, or said that it had but not what was wanted, or could not be read: the intent stays open.
  return { change: { ...base, state: 'intended', reads, notBefore: pausedUntil, outcome: told }, ...(mode === 'act' ? { event: 'step-unknown' } : {}), told };
};
