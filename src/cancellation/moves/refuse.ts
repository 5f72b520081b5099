import type { Cancellation } from '../cancellation.ts';
import { no } from '../result.ts';
import { makeMove } from './move.ts';

/** Always with a reason from the pack's list, so that what the subscriber reads was reviewed too. */
export const refuse = (
  one: Cancellation,
  now: Date,
  given: { readonly because: string; readonly inPack: readonly string[]; readonly ownCase: boolean; readonly decidedBy: string },
) => {
  if (given.ownCase) return no({ kind: 'own-case' } as const);
  if (!given.inPack.includes(given.because)) return no({ kind: 'not-in-pack', what: 'refusal', id: given.because } as const);
  return makeMove(one, 'refuse', 'reviewer', now,
    { refusedBecause: given.because, endedAt: now },
    { because: given.because, decidedBy: given.decidedBy });
};
