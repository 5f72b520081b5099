import type { Cancellation } from '../cancellation.ts';
import { no } from '../result.ts';
import { makeMove } from './move.ts';

/** From here the line is barred by its plan; everything is undoable until the point of no return. Not while service is still promised. */
export const bar = (one: Cancellation, now: Date, notBefore: Date = now) =>
  now < notBefore ? no({ kind: 'too-early', notBefore } as const) : makeMove(one, 'bar', 'clock', now);
