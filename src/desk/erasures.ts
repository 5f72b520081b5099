/** From when on whoever has no line left is erased, and whose personal data should be gone and are not, with what has to be finished first. */
import { eraseFrom } from '../policy/laws.ts';
import type { Tx } from '../store/db.ts';
import { heldErasures, overOf, termsOf, type HeldErasure } from '../store/erasure.ts';
import type { Desk } from './desk.ts';
import type { Reviewer } from './review-queue.ts';

export type { HeldErasure } from '../store/erasure.ts';

/** Of all lines of a person, which must be over, the last day. One calculation for the worker and every page. */
export const daysToErase = async ({ packs }: Pick<Desk, 'packs'>, tx: Tx, ids: readonly string[]): Promise<{ id: string; after: Date }[]> => {
  const terms = Map.groupBy(await termsOf(tx, ids), ({ subscriberId }) => subscriberId);
  return [...terms].map(([id, each]) => ({
    id, after: new Date(Math.max(...each.map(({ region, receivedAt, endedAt, freeAt }) => eraseFrom(packs.lawsIn(region, receivedAt), endedAt, freeAt ?? undefined).getTime()))),
  }));
};

/** The same for those of them who have no line left; the others stay as long as they have one. */
export const erasedFromOf = async (desk: Pick<Desk, 'packs'>, tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Date>> =>
  new Map((await daysToErase(desk, tx, await overOf(tx, ids))).map(({ id, after }) => [id, after]));

export const erasuresHeld = (desk: Desk, who: Reviewer, most = 200): Promise<HeldErasure[]> =>
  desk.db.inBrand(who.brand, (tx) => heldErasures(tx, who.brand, desk.clock.now(), most));
