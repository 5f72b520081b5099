import type { Cancellation } from '../cancellation.ts';
import { makeMove } from './move.ts';

/** From here the line is barred by its plan; everything is undoable until the point of no return. */
export const bar = (one: Cancellation, now: Date) => makeMove(one, 'bar', 'clock', now);
