/** Applications that were begun and are not sent: their subscriber hears of the end before it comes, and when it has come. */
import type { Cancellation } from '../cancellation/cancellation.ts';
import { packOf } from '../desk/follow.ts';
import { remindAt } from '../policy/confirmation.ts';
import { lapsesAt } from '../policy/what-follows.ts';
import type { Tx } from '../store/db.ts';
import type { Execution } from './execution.ts';

type Tools = Pick<Execution, 'packs' | 'jobs' | 'tellDrafts'>;

/** From when a draft is reminded of, and when it lapses: each writing in it begins anew. */
const windowOf = (execution: Tools, one: Cancellation): { readonly from: Date; readonly until: Date } => {
  const until = lapsesAt(packOf(execution, one), one.changedAt);
  return { from: remindAt({ opensAt: one.changedAt, until }), until };
};

/** Told once since it was last written in, however many timers look. */
export const remindOfDrafts = async (execution: Tools, tx: Tx, drafts: readonly Cancellation[], now: Date): Promise<void> => {
  if (drafts.length === 0) return;
  const told = new Set((await tx.query<{ id: string }>(
    `select c.id from cancellations c where c.id = any($1::uuid[]) and exists (select from notices n where n.cancellation_id = c.id and n.template = 'draft-lapses' and n.created_at >= c.changed_at)`,
    [drafts.map(({ id }) => id)])).map(({ id }) => id));
  const open = drafts.filter(({ id }) => !told.has(id)).map((one) => ({ one, ...windowOf(execution, one) })).filter(({ until }) => now < until);
  await execution.jobs.enqueue(tx, 'timer', open.filter(({ from }) => now < from).map(({ one, from }) => ({ data: { caseId: one.id, move: 'remind' }, at: from, brand: one.brand })));
  await execution.tellDrafts(tx, open.filter(({ from }) => now >= from).map(({ one: { id, brand, subscriberId }, until }) => ({ brand, subscriberId, caseId: id, template: 'draft-lapses', until })));
};

/** What was typed into a draft that nobody sent is kept for nobody; first its own contacts are told so. */
export const forgetDrafts = async (execution: Tools, tx: Tx, drafts: readonly Cancellation[]): Promise<void> => {
  if (drafts.length === 0) return;
  await execution.tellDrafts(tx, drafts.map(({ id, brand, subscriberId }) => ({ brand, subscriberId, caseId: id, template: 'draft-lapsed' })));
  const ids = drafts.map(({ id }) => id);
  await tx.query(`delete from documents where cancellation_id = any($1::uuid[])`, [ids]);
  await tx.query(`update cancellations set sealed_form = null where id = any($1::uuid[])`, [ids]);
};
