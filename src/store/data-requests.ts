/** Who wants a copy of their data, or wants them erased, and by when the law has them answered (migration 0030). */
import type { DataRequestKind } from '../policy/jurisdiction.ts';
import type { Tx } from './db.ts';

export type DataRequestRow = {
  readonly id: string; readonly subscriber_id: string; readonly kind: DataRequestKind; readonly asked_at: Date; readonly law: string | null; readonly due_at: Date | null;
  readonly extended_at: Date | null; readonly extended_because: 'complex' | 'many' | null; readonly answered_at: Date | null;
};
const columns = 'id, subscriber_id, kind, asked_at, law, due_at, extended_at, extended_because, answered_at';

export type NewDataRequest = { readonly id: string; readonly brand: string; readonly subscriberId: string; readonly kind: DataRequestKind; readonly askedAt: Date; readonly law?: string; readonly dueAt?: Date };
/** False where one of the kind is open already. */
export const keepDataRequest = async (tx: Tx, { id, brand, subscriberId, kind, askedAt, law, dueAt }: NewDataRequest): Promise<boolean> =>
  (await tx.query(`insert into data_requests (id, brand, subscriber_id, kind, asked_at, law, due_at) values ($1, $2, $3, $4, $5, $6, $7) on conflict (subscriber_id, kind) where answered_at is null do nothing returning 1`,
    [id, brand, subscriberId, kind, askedAt, law ?? null, dueAt ?? null])).length > 0;

export const dataRequestsOf = (tx: Tx, subscriberId: string, most = 20): Promise<DataRequestRow[]> =>
  tx.query(`select ${columns} from data_requests where subscriber_id = $1 order by asked_at desc, id limit $2`, [subscriberId, most]);
/** What waits for an answer, first what is due first. */
export const openDataRequests = (tx: Tx, brand: string, most: number): Promise<DataRequestRow[]> =>
  tx.query(`select ${columns} from data_requests where brand = $1 and answered_at is null order by due_at nulls last, asked_at, id limit $2`, [brand, most]);
export const lockDataRequest = async (tx: Tx, id: string): Promise<DataRequestRow | undefined> =>
  (await tx.query<DataRequestRow>(`select ${columns} from data_requests where id = $1 for update`, [id]))[0];

export const answerDataRequest = (tx: Tx, id: string, staffId: string, now: Date): Promise<unknown> =>
  tx.query(`update data_requests set answered_at = $3, answered_by = $2 where id = $1`, [id, staffId, now]);
export const extendDataRequest = (tx: Tx, id: string, because: 'complex' | 'many', dueAt: Date, now: Date): Promise<unknown> =>
  tx.query(`update data_requests set extended_at = $4, extended_because = $2, due_at = $3, told_at = null where id = $1`, [id, because, dueAt, now]);

/** Due within three days, and due: each is told once before and once when it was missed. */
export const dataRequestsToTell = (tx: Tx, now: Date): Promise<{ readonly brand: string; readonly due_at: Date }[]> =>
  tx.query(`update data_requests set told_at = $1 where answered_at is null and due_at <= $1::timestamptz + interval '3 days' and (told_at is null or (told_at < due_at and due_at <= $1)) returning brand, due_at`, [now]);
