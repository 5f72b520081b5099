/** Which step is next, from the rows alone. */
import type { Phase, StepName } from './step.ts';

export type StepState = 'waiting' | 'intended' | 'done' | 'refused' | 'stalled' | 'not-wanted' | 'undone';

/** One row of the plan as carried out so far. `notBefore`: a retry's pause. */
export type StepRow = {
  readonly name: StepName;
  readonly after: readonly StepName[];
  readonly phase: Phase;
  readonly state: StepState;
  readonly attempts: number;
  readonly intentKey?: string;
  readonly firstTriedAt?: Date;
  readonly notBefore?: Date;
};

const settled = new Set<StepState>(['done', 'not-wanted']);

/** Steps that can be acted on or read now: everything before them is over, and their pause too. */
export const readySteps = (rows: readonly StepRow[], phases: readonly Phase[], now: Date): StepRow[] => {
  const isOver = (name: StepName): boolean => rows.some((row) => row.name === name && settled.has(row.state));
  return rows.filter(
    (row) =>
      (row.state === 'waiting' || row.state === 'intended') &&
      phases.includes(row.phase) &&
      row.after.every(isOver) &&
      (row.notBefore === undefined || row.notBefore <= now),
  );
};

/** When the next paused step may go on; undefined where none is paused. */
export const nextPause = (rows: readonly StepRow[], phases: readonly Phase[], now: Date): Date | undefined =>
  rows
    .filter((row) => phases.includes(row.phase) && (row.state === 'waiting' || row.state === 'intended'))
    .map((row) => row.notBefore)
    .filter((at): at is Date => at !== undefined && at > now)
    .toSorted((a, b) => a.getTime() - b.getTime())[0];

export const allSettled = (rows: readonly StepRow[], phases: readonly Phase[]): boolean =>
  rows.every((row) => !phases.includes(row.phase) || settled.has(row.state));

/** Seconds to wait before attempt `attempts + 1`: doubling from the first pause up to the longest. */
export const pauseAfter = (attempts: number, retry: { readonly first: number; readonly atMost: number }): number =>
  Math.min(retry.atMost, retry.first * 2 ** Math.min(30, Math.max(0, attempts - 1)));
