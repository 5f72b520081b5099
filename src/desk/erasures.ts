/** Whose personal data should be gone and are not, and what has to be finished first. */
import { heldErasures, type HeldErasure } from '../store/erasure.ts';
import type { Desk } from './desk.ts';
import type { Reviewer } from './review-queue.ts';

export type { HeldErasure } from '../store/erasure.ts';

export const erasuresHeld = (desk: Desk, who: Reviewer, most = 200): Promise<HeldErasure[]> =>
  desk.db.inBrand(who.brand, (tx) => heldErasures(tx, who.brand, desk.clock.now(), most));
