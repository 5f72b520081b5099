import type { Actor } from '../life-cycle.ts';
import type { Cancellation } from '../cancellation.ts';
import { no } from '../result.ts';
import { makeMove } from './move.ts';

/** No one approves a case of their own. */
export const approve = (one: Cancellation, actor: Actor, now: Date, given: { readonly ownCase: boolean; readonly decidedBy: string | null }) =>
  given.ownCase
    ? no({ kind: 'own-case' } as const)
    : makeMove(one, 'approve', actor, now, {}, { decidedBy: given.decidedBy });
