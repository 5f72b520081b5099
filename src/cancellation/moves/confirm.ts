import type { Actor } from '../life-cycle.ts';
import type { Cancellation } from '../cancellation.ts';
import { makeMove } from './move.ts';

/** Sets the point of no return: `recoverableDays` after service ends, which is now, or at `serviceUntil` where that is still to come. */
export const confirm = (one: Cancellation, actor: Actor, now: Date, recoverableDays: number, serviceUntil: Date = now) => {
  const offAt = serviceUntil > now ? serviceUntil : now;
  const effectiveAt = new Date(offAt.getTime() + recoverableDays * 86_400_000);
  return makeMove(one, 'confirm', actor, now, { effectiveAt }, { effectiveAt: effectiveAt.toISOString(), ...(one.endsOn === undefined ? {} : { endsOn: one.endsOn }) });
};
