import type { Cancellation } from '../cancellation.ts';
import { no } from '../result.ts';
import { makeMove } from './move.ts';

/** Nothing came in the time that was told. */
export const lapse = (one: Cancellation, now: Date, notBefore: Date) =>
  now < notBefore
    ? no({ kind: 'too-early', notBefore } as const)
    : makeMove(one, 'lapse', 'clock', now, { endedAt: now, asked: undefined, waitingSince: undefined }, { from: one.state });
