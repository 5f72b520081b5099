import type { Cancellation } from '../cancellation.ts';
import { makeMove } from './move.ts';

/** A step said no, or can't be settled by reading: people take over. */
export const stall = (one: Cancellation, now: Date, given: { readonly step: string; readonly why: string }) =>
  makeMove(one, 'stall', 'executor', now, {}, { step: given.step, why: given.why });
