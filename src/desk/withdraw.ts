import type { CannotMove } from '../cancellation/moves/move.ts';
import { withdraw as decideWithdraw } from '../cancellation/moves/withdraw.ts';
import { no, ok, type Result } from '../cancellation/result.ts';
import { turnToUndo } from '../store/steps.ts';
import { undoableSteps } from '../plan/make-plan.ts';
import { caseForMove } from './case-access.ts';
import type { Desk } from './desk.ts';
import { saveAndFollow } from './follow.ts';
import type { Subscriber } from './views.ts';

export type CannotFind = { readonly kind: 'not-found' };

/** Ends the case and has everything that was done undone. Against the point of no return exactly one wins: both take the row's lock. */
export const withdraw = (desk: Desk, who: Subscriber, applicationNumber: string): Promise<Result<void, CannotMove | CannotFind>> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const one = await caseForMove(tx, who, applicationNumber);
    if (one === undefined) return no({ kind: 'not-found' });
    const moved = decideWithdraw(one, 'subscriber', desk.clock.now());
    if (!moved.ok) return moved;
    await turnToUndo(tx, [one.id], undoableSteps);
    await saveAndFollow(desk, tx, [moved.value]);
    return ok(undefined);
  });
