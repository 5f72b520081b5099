/** Cases on a version of a policy that this build does not have: one that has it works beside this one, or will. They are left to it. */
import type { Cancellation } from '../cancellation/cancellation.ts';
import type { Tx } from '../store/db.ts';
import type { Taken, TimerJob } from '../store/jobs.ts';
import type { Execution } from './execution.ts';
import { workStates } from './in-work.ts';

/** So soon somebody looks again: who knows the policy is as likely to be the next as anybody. */
const againAfter = 3000;

export const isKnown = ({ packs }: Pick<Execution, 'packs'>, one: Pick<Cancellation, 'packVersion'>): boolean => packs.byVersion(one.packVersion).ok;

/** Of cases that could not be taken. Resolves to those that this build does not know: their jobs come again, and no try is counted. */
export const leaveToOthers = async (execution: Execution, tx: Tx, jobsOf: ReadonlyMap<string, readonly string[]>, missed: readonly string[]): Promise<readonly string[]> => {
  if (missed.length === 0) return [];
  const unknown = await tx.query<{ id: string; brand: string; works: boolean }>(
    `select id, brand, state = any($3::text[]) as works from cancellations where id = any($1::uuid[]) and pack_version <> all($2::text[])`, [missed, execution.packs.versions, workStates]);
  const at = new Date(execution.clock.now().getTime() + againAfter);
  await execution.jobs.enqueue(tx, 'advance', unknown.filter(({ works }) => works).map(({ id, brand }) => ({ data: { caseId: id }, brand, at })));
  await execution.jobs.complete(tx, 'advance', unknown.flatMap(({ id }) => jobsOf.get(id) ?? []));
  return unknown.map(({ id }) => id);
};

/** The same for what time brings. Resolves to the cases that this build knows. */
export const leaveTimersToOthers = async (execution: Execution, tx: Tx, loaded: readonly Cancellation[], jobs: readonly Taken<'timer'>[], now: Date): Promise<Cancellation[]> => {
  const unknown = new Map(loaded.filter((one) => !isKnown(execution, one)).map((one) => [one.id, one]));
  if (unknown.size === 0) return [...loaded];
  const at = new Date(now.getTime() + againAfter);
  await execution.jobs.enqueue(tx, 'timer', jobs.flatMap(({ data }) => {
    const one = unknown.get(data.caseId);
    const again: TimerJob = { caseId: data.caseId, move: data.move, ...(data.paced ? { paced: true } : {}) };
    return one === undefined ? [] : [{ data: again, brand: one.brand, at }];
  }));
  return loaded.filter((one) => !unknown.has(one.id));
};
