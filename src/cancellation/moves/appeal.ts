import type { Because, Cancellation } from '../cancellation.ts';
import { makeMove } from './move.ts';

/** A refusal is looked at again, with a clock of its own. */
export const appeal = (one: Cancellation, now: Date, due: { readonly at: Date; readonly because: Because } | 'calendar-unknown') =>
  makeMove(one, 'appeal', 'subscriber', now,
    {
      refusedBecause: undefined,
      endedAt: undefined,
      ...(due === 'calendar-unknown' ? { dueAt: undefined, dueBecause: undefined } : { dueAt: due.at, dueBecause: due.because }),
    },
    { dueAt: due === 'calendar-unknown' ? null : due.at.toISOString() });
