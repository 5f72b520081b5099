import type { Actor } from '../life-cycle.ts';
import type { Because, Cancellation } from '../cancellation.ts';
import { no } from '../result.ts';
import { makeMove } from './move.ts';

/** What was asked for has come; the clock goes on with the working time that was left when it stopped. */
export const supply = (
  one: Cancellation,
  actor: Actor,
  now: Date,
  given: { readonly documents: number; readonly text: boolean; readonly due: { readonly at: Date; readonly because: Because } | 'calendar-unknown' },
) => {
  if (given.documents === 0 && !given.text) return no({ kind: 'nothing-given' } as const);
  const due = given.due === 'calendar-unknown' ? { dueAt: undefined, dueBecause: undefined } : { dueAt: given.due.at, dueBecause: given.due.because };
  return makeMove(one, 'supply', actor, now,
    { ...due, asked: undefined, waitingSince: undefined },
    { documents: given.documents, text: given.text, dueAt: due.dueAt?.toISOString() ?? null });
};
