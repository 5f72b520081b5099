/** Jobs that failed for good, taken out of pg-boss's queue for them to where people see them. They hold ids alone. */
import type { Tx } from './db.ts';
import type { QueueName } from './jobs.ts';

export type NewlySetAside = { readonly brand: string; readonly queue: QueueName; readonly caseId: string | null; readonly tries: number };
export type SetAside = { readonly id: string; readonly queue: QueueName; readonly data: object; readonly at: Date; readonly tries: number; readonly number: string | null };

/** The case that a job is about, itself or by its notice or refund. A job may hold anything. */
const caseOf = (data: string): string => `case when ${data} ->> 'caseId' ~ '^[0-9a-f-]{36}$' then (${data} ->> 'caseId')::uuid
  when ${data} ->> 'noticeId' ~ '^[0-9a-f-]{36}$' then (select n.cancellation_id from notices n where n.id = (${data} ->> 'noticeId')::uuid)
  when ${data} ->> 'refundId' ~ '^[0-9a-f-]{36}$' then (select r.cancellation_id from refunds r where r.id = (${data} ->> 'refundId')::uuid) end`;

/** Those that have come since. Across brands only. */
export const setAsideDead = (tx: Tx): Promise<NewlySetAside[]> =>
  tx.query(
    `with dead as (
       delete from pgboss.job where name = 'dead' and id in (select id from pgboss.job where name = 'dead' and state < 'active' order by created_on limit 1000 for update skip locked)
       returning coalesce(source_id, id) as id, coalesce(group_id, '') as brand, coalesce(source_name, 'dead') as queue, data, coalesce(source_retry_count, retry_count) as tries, created_on),
     kept as (
       insert into set_aside_jobs as s (id, brand, queue, data, tries, at) select id, brand, queue, coalesce(data, '{}'), tries, created_on from dead
       on conflict (id) do update set tries = excluded.tries, at = excluded.at, ordered_at = null, ordered_by = null returning s.brand, s.queue, s.data, s.tries)
     select brand, queue, tries, ${caseOf('data')} as "caseId" from kept`);

/** The oldest first. */
export const openSetAside = (tx: Tx, brand: string, most: number): Promise<SetAside[]> =>
  tx.query(
    `select s.id, s.queue, s.data, s.at, s.tries, c.application_number as number from (select *, ${caseOf('data')} as case_id from set_aside_jobs where brand = $1 and ordered_at is null order by at limit $2) s
     left join cancellations c on c.id = s.case_id order by s.at`, [brand, most]);

/** Its queue and data, for whoever was the first to order it again. */
export const takeSetAside = async (tx: Tx, brand: string, id: string, by: string, now: Date): Promise<Pick<SetAside, 'queue' | 'data'> | undefined> =>
  (await tx.query<Pick<SetAside, 'queue' | 'data'>>(
    `update set_aside_jobs set ordered_at = $4, ordered_by = $3 where brand = $1 and id = $2 and ordered_at is null returning queue, data - 'trace' as data`, [brand, id, by, now]))[0];
