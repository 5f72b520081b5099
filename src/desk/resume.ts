import type { CannotMove } from '../cancellation/moves/move.ts';
import { resume as decideResume } from '../cancellation/moves/resume.ts';
import { parseApplicationNumber } from '../cancellation/identifiers/application-number.ts';
import { no, ok, type Result } from '../cancellation/result.ts';
import { findByNumber, loadForMove } from '../store/cancellations.ts';
import { dropResolutions } from '../store/resolutions.ts';
import { reopenSteps } from '../store/steps.ts';
import type { Desk } from './desk.ts';
import { saveAndFollow } from './follow.ts';
import type { Reviewer } from './review-queue.ts';
import type { CannotFind } from './withdraw.ts';

/** Somebody mended what stood in the way. What was stuck is read before it is tried again, also a bar before the point of no return, and an undo. */
export const resume = (desk: Desk, who: Reviewer, applicationNumber: string): Promise<Result<void, CannotMove | CannotFind>> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const number = parseApplicationNumber(applicationNumber);
    const found = number.ok ? await findByNumber(tx, number.value) : undefined;
    const one = found?.brand === who.brand ? (await loadForMove(tx, [found.id]))[0] : undefined;
    if (one === undefined) return no({ kind: 'not-found' });
    // While everything is undoable, and while it is taken back, the case itself does not stop: only its steps go on.
    if (one.state !== 'executing' && one.state !== 'stalled' && (await reopenSteps(tx, one.id)) > 0) {
      await dropResolutions(tx, one.id, who.staffId, desk.clock.now());
      await desk.jobs.enqueue(tx, 'advance', [{ data: { caseId: one.id }, brand: one.brand }]);
      return ok(undefined);
    }
    const moved = decideResume(one, desk.clock.now(), { by: who.staffId });
    if (!moved.ok) return moved;
    await reopenSteps(tx, one.id);
    await dropResolutions(tx, one.id, who.staffId, desk.clock.now());
    await saveAndFollow(desk, tx, [moved.value]);
    return ok(undefined);
  });
