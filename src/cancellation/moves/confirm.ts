import type { Actor } from '../life-cycle.ts';
import type { Cancellation } from '../cancellation.ts';
import { makeMove } from './move.ts';

/** Sets the point of no return: `recoverableDays` from now, at this time of day. */
export const confirm = (one: Cancellation, actor: Actor, now: Date, recoverableDays: number) => {
  const effectiveAt = new Date(now.getTime() + recoverableDays * 86_400_000);
  return makeMove(one, 'confirm', actor, now, { effectiveAt }, { effectiveAt: effectiveAt.toISOString() });
};
