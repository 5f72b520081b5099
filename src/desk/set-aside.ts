/** Work that failed again and again and was set aside: seen, and ordered again once what stood in the way is mended. */
import { no, ok, type Result } from '../cancellation/result.ts';
import type { Tx } from '../store/db.ts';
import type { NewJob, QueueName } from '../store/jobs.ts';
import { isUuid } from '../store/lines.ts';
import { openSetAside, takeSetAside } from '../store/set-aside.ts';
import type { Desk } from './desk.ts';
import type { Reviewer } from './review-queue.ts';

export type AsideRow = { readonly id: string; readonly queue: QueueName; readonly since: Date; readonly applicationNumber?: string };

export const seeAside = (desk: Desk, who: Reviewer): Promise<readonly AsideRow[]> =>
  desk.db.inBrand(who.brand, async (tx) =>
    (await openSetAside(tx, who.brand, 100)).map(({ id, queue, at, number }) => ({ id, queue, since: at, ...(number === null ? {} : { applicationNumber: number }) })));

/** That it was ordered again, for a page that says so. */
export const isOrdered = (desk: Desk, who: Reviewer, id: string): Promise<boolean> =>
  desk.db.inBrand(who.brand, async (tx) => isUuid(id) && (await tx.query('select 1 from set_aside_jobs where brand = $1 and id = $2 and ordered_at is not null', [who.brand, id])).length > 0);

/** A job does twice what it did once: what is to be done follows from the rows. So it may be ordered again however far it came. */
export const orderAside = (desk: Desk, who: Reviewer, id: string): Promise<Result<void, { readonly kind: 'not-found' }>> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const found = isUuid(id) ? await takeSetAside(tx, who.brand, id, who.staffId, desk.clock.now()) : undefined;
    if (found === undefined) return no({ kind: 'not-found' });
    await again(desk, tx, found.queue, { data: found.data, brand: who.brand } as NewJob<QueueName>);
    return ok(undefined);
  });

const again = (desk: Pick<Desk, 'jobs'>, tx: Tx, queue: QueueName, job: NewJob<QueueName>): Promise<void> => desk.jobs.enqueue(tx, queue, [job]);
