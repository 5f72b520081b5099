/** Takes notices for sending: what is to be done with each is decided under its row's lock, and the intent committed. */
import type { Language } from '../policy/pack.ts';
import type { Tx } from '../store/db.ts';
import type { Channel } from './contacts.ts';
import type { DueNotice } from './queue.ts';

export type NoticeRow = {
  id: string; brand: string; /** Whose key it lies under: a subscriber's, or a statement's own. */ key_of: string; template: string; /** Of the policy that its case stands on. */ pack_version: string | null; channel: Channel; language: Language; sealed: Buffer; state: 'queued' | 'intended' | 'unknown';
  intent_key: string; attempts: number; unsure: number; created_at: Date; expires_at: Date | null; intended_at: Date | null;
};

/** Milliseconds. Longer than a message can take: after it whoever intended to send is dead, and may have sent. */
export const lease = 60_000;
/** A message that may have been sent is sent once more, under the same Message-ID: a doubled mail is tolerable, silence is not. */
const unsureMost = 2;

type Fate = 'send' | 'wait' | 'expired' | 'give-up';

/** Whoever intended to send it was lost before it said how that ended. */
const isAbandoned = (row: NoticeRow, now: Date): boolean => row.state === 'intended' && now.getTime() - (row.intended_at ?? now).getTime() >= lease;

const fateOf = (row: NoticeRow, now: Date): Fate => {
  const abandoned = isAbandoned(row, now);
  if (row.state === 'intended' && !abandoned) return 'wait';
  if (row.unsure + (abandoned ? 1 : 0) >= unsureMost) return 'give-up';
  return row.expires_at !== null && row.expires_at <= now ? 'expired' : 'send';
};

export type Claimed = { readonly toSend: readonly NoticeRow[]; readonly givenUp: readonly string[]; /** Another worker holds them until then. */ readonly waiting: readonly DueNotice[]; /** Not taken: a process was lost with them, and one of them may be why. Each is to be taken by itself. */ readonly alone: readonly string[] };

/** Rows that are finished are passed over; those locked by another worker are looked at again later. `attempts` and `unsure` of what is given back are the new ones. */
export const claimNotices = async (tx: Tx, ids: readonly string[], now: Date): Promise<Claimed> => {
  const rows = await tx.query<NoticeRow>(
    `select id, brand, coalesce(subscriber_id, statement_id) as key_of, template, (select pack_version from cancellations c where c.id = cancellation_id) as pack_version, channel, language, sealed, state, intent_key, attempts, unsure, created_at, expires_at, intended_at
     from notices where id = any($1::uuid[]) and state in ('queued', 'intended', 'unknown') and not (state = 'unknown' and unsure >= $2)
     order by id for update skip locked`, [ids, unsureMost]);
  const fated = (fate: Fate): NoticeRow[] => rows.filter((row) => fateOf(row, now) === fate);
  const alone = new Set(ids.length === 1 ? [] : fated('send').filter((row) => isAbandoned(row, now)).map(({ id }) => id));
  const toSend = fated('send').filter(({ id }) => !alone.has(id)).map((row) => ({ ...row, attempts: row.attempts + 1, unsure: row.unsure + (row.state === 'intended' ? 1 : 0) }));
  const givenUp = fated('give-up').map(({ id }) => id);
  await tx.query(
    `update notices n set state = 'intended', attempts = t.attempts, unsure = t.unsure, intended_at = $4
     from unnest($1::uuid[], $2::int[], $3::int[]) as t (id, attempts, unsure) where n.id = t.id`,
    [toSend.map((row) => row.id), toSend.map((row) => row.attempts), toSend.map((row) => row.unsure), now]);
  await tx.query(`update notices set state = 'unknown', unsure = $2, because = 'no-answer-twice' where id = any($1::uuid[])`, [givenUp, unsureMost]);
  await tx.query(`update notices set state = 'failed', because = 'expired' where id = any($1::uuid[])`, [fated('expired').map(({ id }) => id)]);
  const waiting = fated('wait').map((row) => ({ id: row.id, brand: row.brand, channel: row.channel, at: new Date((row.intended_at ?? now).getTime() + lease) }));
  // Whoever holds a row's lock at this moment may lose its transaction: then this job was the last that knew of the notice.
  const passedOver = await tx.query<Pick<NoticeRow, 'id' | 'brand' | 'channel'>>(
    `select id, brand, channel from notices where id = any($1::uuid[]) and id <> all($2::uuid[]) and state in ('queued', 'intended', 'unknown') and not (state = 'unknown' and unsure >= $3)`,
    [ids, rows.map((row) => row.id), unsureMost]);
  return { toSend, givenUp, alone: [...alone], waiting: [...waiting, ...passedOver.map((row) => ({ ...row, at: new Date(now.getTime() + lease) }))] };
};
