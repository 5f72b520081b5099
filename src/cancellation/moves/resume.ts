import type { Cancellation } from '../cancellation.ts';
import { makeMove } from './move.ts';

/** Somebody mended what stood in the way; the step is read before it is tried again. */
export const resume = (one: Cancellation, now: Date, given: { readonly by: string }) =>
  makeMove(one, 'resume', 'agent', now, {}, { by: given.by });
