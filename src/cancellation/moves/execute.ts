import type { Cancellation } from '../cancellation.ts';
import { no } from '../result.ts';
import { makeMove } from './move.ts';

/** The point of no return. */
export const execute = (one: Cancellation, now: Date) =>
  one.effectiveAt !== undefined && now < one.effectiveAt
    ? no({ kind: 'too-early', notBefore: one.effectiveAt } as const)
    : makeMove(one, 'execute', 'clock', now);
