/** A review that began when no table reached far enough gets its due date as soon as a build has the table: as it would have been reckoned then. */
import { dueAfterPause, reviewDue, type DueDate } from '../desk/due.ts';
import { packOf } from '../desk/follow.ts';
import type { Pack } from '../policy/pack.ts';
import { clocksOf, dateReviews, undatedReviews, type ClockEvent } from '../store/undated-reviews.ts';
import type { Execution } from './execution.ts';

type Reckons = Pick<Execution, 'db' | 'clock' | 'packs' | 'calendars'>;

/** Cases a transaction. */
const batch = 500;

/** Asked every hour. Resolves to how many have a due date now; of a policy that only another build has, that one reckons. */
export const reckonUndated = async (execution: Reckons): Promise<number> => {
  let dated = 0;
  for (let after: string | undefined = '00000000-0000-0000-0000-000000000000'; after !== undefined;) {
    const from: string = after;
    const [found, done]: readonly [string | undefined, number] = await execution.db.acrossBrands(async (tx) => {
      const cases = await undatedReviews(tx, execution.packs.versions, from, batch);
      const clocks = await clocksOf(tx, cases.map(({ id }) => id));
      const known = cases.flatMap((one) => {
        const due = dueBy(execution, packOf(execution, one), clocks.get(one.id) ?? []);
        return due === 'calendar-unknown' ? [] : [{ one, due }];
      });
      await dateReviews(tx, known, execution.clock.now());
      return [cases.length < batch ? undefined : cases.at(-1)?.id, known.length] as const;
    });
    after = found;
    dated += done;
  }
  return dated;
};

/** The clock of a review starts with it, or anew with an appeal; it stands from a question to its answer. */
const dueBy = (execution: Reckons, pack: Pack, clock: readonly ClockEvent[]): DueDate => {
  let due: DueDate = 'calendar-unknown';
  let pausedAt: Date | undefined;
  for (const { event, at } of clock) {
    if (event === 'reviewing' || event === 'appealed') due = reviewDue(execution, pack, at);
    else if (event === 'asked') pausedAt = at;
    else if (due !== 'calendar-unknown' && pausedAt !== undefined) due = dueAfterPause(execution, pack, due.at, pausedAt, at);
  }
  return due;
};
