/** Proof of delivery. A receipt may come twice, late, and before the answer to the message that it is for. */
import type { Clock } from '../store/clock.ts';
import type { Db, Tx } from '../store/db.ts';
import { followOn, type FollowTools } from './follow-on.ts';

/** `messageId`: one of the ids that the channel gave the message; an SMS in parts has several, and is delivered when all are. */
export type Receipt = { readonly messageId: string; readonly delivered: boolean };
type Tools = Omit<FollowTools, 'now'>;

/** Milliseconds that a receipt is kept for a message that is not on record yet. */
const keptFor = 7 * 86_400_000;

export const recordReceipt = ({ db, clock, ...tools }: Tools & { readonly db: Db; readonly clock: Clock }, receipt: Receipt): Promise<void> =>
  db.acrossBrands(async (tx) => {
    const now = clock.now();
    await lockReceipts(tx, [receipt.messageId]);
    // What was delivered stays delivered, whatever is said later.
    await tx.query(
      `insert into delivery_receipts (message_id, delivered, at) values ($1, $2, $3)
       on conflict (message_id) do update set delivered = delivery_receipts.delivered or excluded.delivered`, [receipt.messageId, receipt.delivered, now]);
    await settleByReceipts(tx, { ...tools, now }, [receipt.messageId]);
    await tx.query('delete from delivery_receipts where at < $1', [new Date(now.getTime() - keptFor)]);
  });

/** Whoever records a message and whoever records its receipt wait for each other, or neither would see the other. */
export const lockReceipts = async (tx: Tx, messageIds: readonly string[]): Promise<void> => {
  if (messageIds.length === 0) return;
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('receipt ' || id, 0)) from unnest($1::text[]) as m (id)`, [[...new Set(messageIds)].sort()]);
};

/** Brings the notices that these messages belong to to their end, as far as receipts are there. */
export const settleByReceipts = async (tx: Tx, tools: Tools & { readonly now: Date }, messageIds: readonly string[]): Promise<void> => {
  const received = await receivedOf(tx, messageIds);
  if (received.length === 0) return;
  // The receipts of two parts may be recorded at the same moment: whoever comes second must see what the first one wrote.
  const ids = (await tx.query<{ id: string }>(
    `select id from notices where id in (select n.id from unnest($1::text[]) as m (id)
       cross join lateral (select id from notices where receivable and string_to_array(provider_id, ',') @> array[m.id]) n) order by id for update`, [received])).map(({ id }) => id);
  if (ids.length === 0) return;
  const rows = await tx.query<{ id: string; undelivered: boolean | null; all_delivered: boolean }>(
    `select n.id, bool_or(not r.delivered) as undelivered, bool_and(coalesce(r.delivered, false)) as all_delivered
     from notices n cross join lateral unnest(string_to_array(n.provider_id, ',')) as m (id) left join delivery_receipts r on r.message_id = m.id
     where n.state in ('sent', 'unknown') and n.id = any($1::uuid[]) group by n.id`, [ids]);
  const delivered = rows.filter((row) => row.all_delivered).map(({ id }) => id);
  const failed = rows.filter((row) => row.undelivered === true).map(({ id }) => id);
  await tx.query(`update notices set state = 'delivered', because = null, delivered_at = $2 where id = any($1::uuid[])`, [delivered, tools.now]);
  await tx.query(`update notices set state = 'failed', because = 'not-delivered' where id = any($1::uuid[])`, [failed]);
  await followOn(tx, tools, failed);
};

/** Those of the messages that there is a receipt of: as a rule none, while they are only just sent. */
const receivedOf = async (tx: Tx, messageIds: readonly string[]): Promise<string[]> =>
  messageIds.length === 0 ? [] : (await tx.query<{ message_id: string }>(`select message_id from delivery_receipts where message_id = any($1::text[])`, [messageIds])).map((row) => row.message_id);
