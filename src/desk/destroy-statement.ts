/** What was declared without sign-in and belongs to no line is kept no longer than the law lets it: storage limitation (GDPR art. 5(1)(e)). */
import type { Taken } from '../store/jobs.ts';
import type { Desk } from './desk.ts';

const day = 86_400_000;

/**
 * Statement, confirmation and key go together; that they went stays on record, and nothing of what was said. What nobody of the desk
 * has looked at yet may be a cancellation that took effect when it arrived: it is not destroyed, but people are called every day.
 */
export const destroyUnmatched = (desk: Desk, job: Taken<'statements'>): Promise<void> =>
  desk.db.inBrand(job.data.brand, async (tx) => {
    const { brand, statementId: id } = job.data;
    const now = desk.clock.now();
    await desk.jobs.complete(tx, 'statements', [job.id]);
    const [row] = await tx.query<{ waits: boolean; belongs_nowhere: boolean }>(
      `select handled_at is null and cancellation_id is null and line_id is null as waits, belongs_nowhere from statements where brand = $1 and id = $2 for update`, [brand, id]);
    if (row?.waits) {
      desk.alarm({ caseId: id, why: 'the time for which its law lets it be kept is over, and nobody has looked yet at what was declared without sign-in' });
      await desk.jobs.enqueue(tx, 'statements', [{ data: job.data, at: new Date(now.getTime() + day) }]);
    }
    if (!row?.belongs_nowhere) return;
    await tx.query(`delete from notices where statement_id = $1`, [id]);
    await tx.query(
      `with gone as (delete from statements where id = $1 returning id, brand, kind, law, received_at)
       insert into destroyed_statements (id, brand, kind, law, received_at, destroyed_at, because) select id, brand, kind, law, received_at, $2, law from gone`, [id, now]);
    await desk.vault.destroyKeys(tx, [id]);
  });
