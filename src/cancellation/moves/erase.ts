import type { Cancellation } from '../cancellation.ts';
import { makeMove } from './move.ts';

/** The subscriber's key is destroyed; what a hold keeps is named by the erasure receipt. */
export const erase = (one: Cancellation, now: Date, given: { readonly kept: readonly string[] }) =>
  makeMove(one, 'erase', 'executor', now, {}, { kept: given.kept });
