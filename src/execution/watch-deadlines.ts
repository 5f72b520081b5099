/** What policy and law promise is watched: people are called before a review or a line is late, not after. */
import { isOpen, states } from '../cancellation/life-cycle.ts';
import type { Jurisdiction } from '../policy/jurisdiction.ts';
import { instantAt } from '../policy/zone.ts';
import { dataRequestsToTell } from '../store/data-requests.ts';
import { endsNearing, reviewsNearing, type EndDeadline, type Nearing } from '../store/deadline-alarms.ts';
import type { Execution } from './execution.ts';

/** Whose line may still be on. What was only declared is its owner's to prove first. */
const underWay = states.filter((state) => isOpen(state) && state !== 'draft' && state !== 'received');

/** Of each law that says until when a line is off. Working days are taken for calendar days: then people are called earlier, never later. */
const endDeadlines = (laws: readonly Jurisdiction[]): EndDeadline[] => laws.flatMap((law) => law.deadlines.filter(({ of }) => of === 'end').map(({ most }) => {
  const [next] = laws.filter(({ id, validFrom }) => id === law.id && validFrom > law.validFrom).map(({ validFrom }) => validFrom).toSorted();
  return { places: law.regions, days: most, since: instantAt(law.validFrom, '00:00', law.zone), until: next === undefined ? 'infinity' as const : instantAt(next, '00:00', law.zone) };
}));

const why: Record<Nearing['what'], string> = { review: 'a review has to be decided by', end: 'the law where its subscriber lives wants the line off by' };

/** The same for whoever wants a copy of their data, or wants them erased: three days before an answer is due, and once more when it was missed. */
export const watchDataRequests = ({ db, clock, alarm }: Pick<Execution, 'db' | 'clock' | 'alarm'>): Promise<number> =>
  db.acrossBrands(async (tx) => {
    const near = await dataRequestsToTell(tx, clock.now());
    tx.afterCommit(() => { for (const { brand, due_at } of near) alarm({ brand, why: `a request for data has to be answered by ${due_at.toISOString()}: it stands in the console under deadlines` }); });
    return near.length;
  });

/** Asked every hour. Each deadline is told once, a day before; one that is shorter than two days, when half of it is over. */
export const watchDeadlines = ({ db, clock, alarm }: Pick<Execution, 'db' | 'clock' | 'alarm'>, laws: readonly Jurisdiction[]): Promise<number> =>
  db.acrossBrands(async (tx) => {
    const now = clock.now();
    const near = await reviewsNearing(tx, now);
    for (const deadline of endDeadlines(laws)) near.push(...await endsNearing(tx, deadline, underWay, now));
    tx.afterCommit(() => { for (const { cancellation_id: caseId, brand, what, due_at } of near) alarm({ brand, caseId, why: `${why[what]} ${due_at.toISOString()}` }); });
    return near.length;
  });
