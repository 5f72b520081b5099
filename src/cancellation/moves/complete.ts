import type { Cancellation } from '../cancellation.ts';
import { makeMove } from './move.ts';

/** Every step is done and silence was read back. */
export const complete = (one: Cancellation, now: Date, given: { readonly steps: readonly string[] }) =>
  makeMove(one, 'complete', 'executor', now, { endedAt: now }, { steps: given.steps });
