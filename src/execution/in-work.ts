/** A case in a worker's hands, and which rows of its plan its state lets the worker touch. */
import type { State } from '../cancellation/life-cycle.ts';
import { stepNamed } from '../plan/make-plan.ts';
import { nextPause, readySteps, type StepRow } from '../plan/progress.ts';
import type { CarrierStep, Phase, StepName } from '../plan/step.ts';
import type { StepRecord } from '../store/steps.ts';
import type { Order } from './money.ts';
import type { Held } from './own-steps.ts';
import type { Mode } from './record.ts';

export type Case = Held & { /** What is carried out from receipt on. */ readonly atOnce: readonly StepName[]; order: Order; readonly jobs: string[] };
/** What is called for a step, and under which key. */
export type Intent = { readonly held: Case; readonly row: StepRecord; readonly step: CarrierStep; readonly mode: Mode };

const phasesOf: Partial<Record<State, readonly Phase[]>> = {
  // Before the waiting period only what is carried out at once; see `rowsInWork`.
  received: ['recoverable'],
  proven: ['recoverable'],
  reviewing: ['recoverable'],
  waiting: ['recoverable'],
  approved: ['recoverable'],
  scheduled: ['recoverable'],
  recoverable: ['recoverable'],
  executing: ['recoverable', 'final'],
  cancelled: ['recoverable', 'final'], // the plan's last steps come after the move
  withdrawn: ['recoverable'],
  refused: ['recoverable'],
  lapsed: ['recoverable'],
};
const early = new Set<State>(['received', 'proven', 'reviewing', 'waiting', 'approved', 'scheduled']);
/** What was begun is taken back. */
const takesBack = new Set<State>(['withdrawn', 'refused', 'lapsed']);

export const workStates = Object.keys(phasesOf);
export const isEarly = ({ one }: Case): boolean => early.has(one.state);
export const isTakenBack = ({ one }: Case): boolean => takesBack.has(one.state);

const phases = ({ one }: Case): readonly Phase[] => phasesOf[one.state] ?? [];

/** A case that is over only takes back, any other only goes forward; one that nobody decided on yet, by what is carried out at once alone. */
export const rowsInWork = (held: Case): StepRecord[] =>
  held.rows.filter((row) => row.undo === isTakenBack(held) && (!isEarly(held) || held.atOnce.includes(row.name)));

export const readyOf = (held: Case, now: Date): StepRow[] => readySteps(rowsInWork(held), phases(held), now);
export const pauseOf = (held: Case, now: Date): Date | undefined => nextPause(rowsInWork(held), phases(held), now);

/** One key for every repeat of the same act, so that a peer can tell a repeat; another one for its undoing. */
export const keyOf = (row: StepRecord): string => row.intentKey ?? `${row.cancellationId}:${row.name}${row.undo ? ':undo' : ''}`;

/** What is to be called now: an intent without an outcome is read, never repeated blindly. */
export const intentsOf = (held: Case, now: Date): Intent[] =>
  readyOf(held, now).flatMap((ready) => {
    const row = held.rows.find((one) => one.name === ready.name);
    const step = stepNamed(ready.name);
    return row === undefined || step.on === 'own' ? [] : [{ held, row, step, mode: row.attested ? 'attested' : row.state === 'intended' ? 'read' : 'act' }];
  });
