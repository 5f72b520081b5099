import { no, ok, type Result } from '../cancellation/result.ts';
import { dayIn, type Day } from '../policy/zone.ts';

/** A number's turn with one holder: given out, disconnected, resting, returned. */
export type Tenure = {
  readonly turn: number;
  readonly assignedAt: Date;
  readonly disconnectedAt?: Date;
  readonly freeAt?: Date;
  readonly returnBy?: Date;
  readonly returnedAt?: Date;
};

export const tenureStandings = ['assigned', 'resting', 'due', 'overdue', 'free'] as const;
/** `due`: its day has come, and it is not back in the pool yet. `overdue`: nor by the last day on which it may rest. */
export type TenureStanding = (typeof tenureStandings)[number];

export const standingOf = ({ disconnectedAt, freeAt, returnBy, returnedAt }: Tenure, now: Date): TenureStanding => {
  if (returnedAt !== undefined) return 'free';
  if (disconnectedAt === undefined || freeAt === undefined) return 'assigned';
  if (returnBy !== undefined && now >= returnBy) return 'overdue';
  return now >= freeAt ? 'due' : 'resting';
};

/** `before-our-records`: who had it then, nobody here knows. */
export type CannotTellChange = { readonly kind: 'never-ours' | 'before-our-records' | 'in-the-future' };

/**
 * Has the number changed hands since `day` (in `zone`)? Also where nobody has it now, or had it on that day: whoever it
 * belonged to cannot be reached under it (CAMARA Number Recycling, scenario 2 and its note).
 */
export const changedSince = (tenures: readonly Tenure[], day: Day, zone: string, now: Date): Result<boolean, CannotTellChange> => {
  const last = tenures.toSorted((one, other) => one.turn - other.turn).at(-1);
  if (last === undefined) return no({ kind: 'never-ours' });
  if (day > dayIn(now, zone)) return no({ kind: 'in-the-future' });
  if (last.disconnectedAt !== undefined) return ok(true);
  if (dayIn(last.assignedAt, zone) <= day) return ok(false);
  return last.turn === 1 ? no({ kind: 'before-our-records' }) : ok(true);
};
