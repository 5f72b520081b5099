/** Asks the subscriber to delete what is left in the device: with growing pauses, then no more, and never after the card reported it gone. */
import type { Cancellation } from '../cancellation/cancellation.ts';
import { mayRemind, nextReminder, type EsimRemoval } from '../cancellation/esim-removal.ts';
import { removalsOf } from '../store/card-reports.ts';
import type { Tx } from '../store/db.ts';
import type { Execution } from './execution.ts';

const ended = (one: Cancellation): Date => one.endedAt ?? one.changedAt;

/** The first reminder of lines that were just cancelled, as far as there is anything to delete. */
export const planReminders = async (execution: Pick<Execution, 'jobs'>, tx: Tx, cases: readonly Cancellation[], removals: ReadonlyMap<string, EsimRemoval>, now: Date): Promise<void> => {
  await execution.jobs.enqueue(tx, 'timer', cases.filter(({ id }) => mayRemind(removals.get(id))).flatMap((one) => {
    const at = nextReminder(ended(one), now);
    return at === undefined ? [] : [{ data: { caseId: one.id, move: 'remind-deletion' as const }, at, brand: one.brand }];
  }));
};

/** A reminder is due: told, and the next one set, unless it has become needless meanwhile. */
export const remindDeletion = async (execution: Pick<Execution, 'jobs' | 'tell'>, tx: Tx, cases: readonly Cancellation[], now: Date): Promise<void> => {
  const removals = await removalsOf(tx, cases.map(({ id }) => id));
  const due = cases.filter(({ id, state }) => state === 'cancelled' && mayRemind(removals.get(id)));
  await execution.tell(tx, due.map((one) => ({ brand: one.brand, subscriberId: one.subscriberId, caseId: one.id, template: 'delete-profile' })));
  await planReminders(execution, tx, due, removals, now);
};
