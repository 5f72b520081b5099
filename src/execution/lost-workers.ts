/** Cases in whose hands workers died: worked alone, so that they take nobody with them, and given to people when it does not stop. */
import { stall } from '../cancellation/moves/stall.ts';
import { saveAndFollow } from '../desk/follow.ts';
import { must } from '../desk/must.ts';
import { loadForMove } from '../store/cancellations.ts';
import type { Tx } from '../store/db.ts';
import { appendJournal } from '../store/journal.ts';
import { saveSteps } from '../store/steps.ts';
import type { Execution } from './execution.ts';
import { pauseOf, readyOf, rowsInWork, workStates } from './in-work.ts';
import { dropLeases, takeLeases } from './lease.ts';
import { handBack, loadCases } from './round.ts';

/** Lost so often, a case shares its worker with no other: whichever of them it was, the others get through. */
export const aloneAfter = 2;
/** Lost so often, and alone at that, it was this case. */
const givenUpAfter = 5;

export type Suspect = { readonly caseId: string; readonly lost: number };

/** Of cases that could not be taken: those that are free, and were left aside because workers were lost with them. The least suspicious first. */
export const suspectsAmong = async (tx: Tx, caseIds: readonly string[]): Promise<Suspect[]> =>
  caseIds.length === 0 ? [] : tx.query<Suspect>(
    `select id as "caseId", workers_lost as lost from cancellations where id = any($1::uuid[]) and state = any($2::text[]) and workers_lost >= $3
       and (lease_until is null or lease_until < clock_timestamp()) order by workers_lost, id`, [caseIds, workStates, aloneAfter]);

export const isGivenUp = ({ lost }: Suspect): boolean => lost >= givenUpAfter;

/** What it was about to do stands still until somebody resumes it. Past the point of no return the whole case is parked. */
export const giveToPeople = (execution: Execution, { caseId, lost }: Suspect, jobs: readonly string[]): Promise<void> =>
  execution.db.acrossBrands(async (tx) => {
    const jobsOf = new Map([[caseId, [...jobs]]]);
    const fences = await takeLeases(tx, [caseId], workStates, execution.packs.versions);
    if (fences.size === 0) return handBack(execution, tx, jobsOf, new Set());
    const [one] = await loadForMove(tx, [caseId]);
    const [held] = await loadCases(execution, tx, [caseId], jobsOf);
    if (one === undefined || held === undefined) throw new Error('a case that was taken is gone');
    const now = execution.clock.now();
    const open = rowsInWork(held).filter(({ state }) => state === 'intended').map(({ name }) => name);
    const [step, ...more] = open.length > 0 ? open : readyOf(held, now).slice(0, 1).map(({ name }) => name);
    await execution.jobs.complete(tx, 'advance', jobs);
    await dropLeases(tx, [caseId]);
    if (step === undefined) { // it only waits
      const at = pauseOf(held, now);
      return execution.jobs.enqueue(tx, 'advance', at === undefined ? [] : [{ data: { caseId }, at, brand: one.brand }]);
    }
    await saveSteps(tx, [step, ...more].map((name) => ({ cancellationId: caseId, name, state: 'stalled' as const })));
    await appendJournal(tx, [{ cancellationId: caseId, brand: one.brand, at: now, event: 'step-unknown', actor: 'executor', facts: { step, workersLost: lost } }]);
    if (one.state === 'executing') await saveAndFollow(execution, tx, [must(stall(one, now, { step, why: 'workers-lost' }))]);
    tx.afterCommit(() => execution.alarm({ caseId, step, why: `${lost} workers in a row were lost with this case in their hands` }));
    return undefined;
  });
