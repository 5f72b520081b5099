/** The one place where moves are saved: with their journal, timers, work and notices, in the caller's transaction. */
import { isOrdered, type Cancellation } from '../cancellation/cancellation.ts';
import type { Moved } from '../cancellation/moves/move.ts';
import type { Entry } from '../evidence/chain.ts';
import type { Pack } from '../policy/pack.ts';
import { windowOf } from '../policy/confirmation.ts';
import { inRegion } from '../policy/packs.ts';
import type { UnderLaw } from '../policy/under-law.ts';
import { whatFollows } from '../policy/what-follows.ts';
import { saveMoves } from '../store/cancellations.ts';
import { openRounds } from '../store/confirmations.ts';
import type { Tx } from '../store/db.ts';
import type { Heads, NewEntry } from '../store/journal.ts';
import type { Desk } from './desk.ts';

/** What says which policy and which law hold for a case. */
export type Pinned = Pick<Cancellation, 'packVersion' | 'region' | 'openedAt'> & { readonly receivedAt?: Date | undefined };

/** While one build replaces another, a case may stand on a policy that only the other has. */
class PolicyElsewhere extends Error {
  override readonly name = 'PolicyElsewhere';
  constructor(version: string) {
    super(`a case stands on a policy that this build does not have: ${version}`);
  }
}

/**
 * The policy that a case was received under, as it held in its region on that day. A version that is gone is a fault: a case
 * is never decided under another.
 */
export const packOf = (desk: Pick<Desk, 'packs'>, one: Pinned): Pack => policyOf(desk, one).pack;

/** The same, with what the law changed in it. */
export const policyOf = (desk: Pick<Desk, 'packs'>, one: Pinned): UnderLaw => {
  const found = desk.packs.byVersion(one.packVersion);
  if (!found.ok) throw new PolicyElsewhere(one.packVersion);
  return inRegion(desk.packs, found.value, one.region, one.receivedAt ?? one.openedAt);
};

/** `heads`: as `appendJournal` takes them. */
export const saveAndFollow = async (
  desk: Pick<Desk, 'packs' | 'jobs' | 'tell' | 'alarm'>,
  tx: Tx,
  moves: readonly Moved[],
  entries: readonly NewEntry[] = [],
  heads?: Heads,
): Promise<readonly Entry[]> => {
  const chained = await saveMoves(tx, moves, entries, heads);
  const follows = moves.map((moved) => ({ moved, brings: whatFollows(moved, packOf(desk, moved.after)) }));
  await openRounds(tx, moves.flatMap((moved) => {
    const { confirmation } = packOf(desk, moved.after);
    return moved.move !== 'approve' || confirmation === null || moved.actor === 'operator' ? [] : [{ caseId: moved.after.id, brand: moved.after.brand, round: 1 as const, ...windowOf(confirmation, 1, moved.at) }];
  }));
  // What is due at once goes in without an instant: by the database's clock this transaction began before it, and nobody would be woken.
  await desk.jobs.enqueue(tx, 'timer', follows.flatMap(({ moved, brings }) =>
    brings.timers.map(({ move, at }) => ({ data: { caseId: moved.before.id, move }, brand: moved.before.brand, ...(at > moved.at ? { at } : {}), behind: isOrdered(moved.after) }))));
  await desk.jobs.enqueue(tx, 'advance', follows.flatMap(({ moved, brings }) => (brings.advance ? [{ data: { caseId: moved.before.id }, brand: moved.before.brand, behind: isOrdered(moved.after) }] : [])));
  await desk.tell(tx, follows.flatMap(({ moved: { before }, brings }) =>
    brings.tell === undefined ? [] : [{ brand: before.brand, subscriberId: before.subscriberId, caseId: before.id, template: brings.tell }]));
  // Nobody watches the clock of a review that has none.
  for (const { after } of moves) if (after.state === 'reviewing' && after.dueAt === undefined) desk.alarm({ caseId: after.id, why: 'no due date: the calendar of that year is not known' });
  return chained;
};
