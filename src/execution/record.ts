/** What an outcome means for its step. Pure: the worker saves what is said here. */
import { pauseAfter } from '../plan/progress.ts';
import type { Outcome } from '../plan/ports.ts';
import type { CarrierStep } from '../plan/step.ts';
import type { StepChange, StepRecord } from '../store/steps.ts';

/** `act`: carry it out. `read`: an intent has no outcome, so look first. */
export type Mode = 'act' | 'read';

export type Recorded = {
  readonly change: StepChange;
  readonly event?: 'step-done' | 'step-undone' | 'step-refused' | 'step-unknown';
  /** The case can't go on without people. */
  readonly stall?: string;
};

/** Long digits in what a peer says may be somebody's number; the record is to name no one. */
export const withoutNumbers = (says: string): string => says.replace(/\d{5,}/g, '…').slice(0, 300);

export const record = (row: StepRecord, step: CarrierStep, mode: Mode, outcome: Outcome<unknown>, now: Date): Recorded => {
  const base = { cancellationId: row.cancellationId, name: row.name };
  const isOver = row.undo && step.undo !== 'none' ? step.undo.isUndone : step.isDone;
  const told = outcome.kind === 'done' ? { kind: 'done', fact: outcome.fact } : { ...outcome, says: withoutNumbers(outcome.says) };
  const givenUp = now.getTime() - (row.firstTriedAt ?? now).getTime() >= step.retry.giveUpAfter * 1000;
  const pausedUntil = new Date(now.getTime() + pauseAfter(row.attempts, step.retry) * 1000);

  if (outcome.kind === 'done' && isOver(outcome.fact))
    return { change: { ...base, state: 'done', doneAt: now, outcome: told }, event: row.undo ? 'step-undone' : 'step-done' };

  if (outcome.kind === 'done' && mode === 'read')
    // It was looked up and it is not so: nothing happened, and it is safe to carry it out, under the same key.
    return { change: { ...base, state: 'waiting', outcome: told } };

  if (outcome.kind === 'refused' && mode === 'act')
    return { change: { ...base, state: 'refused', outcome: told }, event: 'step-refused', stall: outcome.code };

  if (givenUp) return { change: { ...base, state: 'stalled', outcome: told }, event: 'step-unknown', stall: outcome.kind };

  if (outcome.kind === 'unreachable' && mode === 'act') return { change: { ...base, state: 'waiting', notBefore: pausedUntil, outcome: told } };

  // It may have acted, or said that it had but not what was wanted, or could not be read: the intent stays open.
  return { change: { ...base, state: 'intended', notBefore: pausedUntil, outcome: told }, ...(mode === 'act' ? { event: 'step-unknown' } : {}) };
};
