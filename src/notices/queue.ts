/** Notices are stored in the transaction that makes them true, sealed, and sent by a job that commits with it. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Language } from '../policy/pack.ts';
import type { Tx } from '../store/db.ts';
import type { Jobs } from '../store/jobs.ts';
import type { Keyring } from '../vault/keyring.ts';
import { maskContact, type Channel, type Contact, type Contacts } from './contacts.ts';
import { toEveryContact, type Telling } from './templates.ts';

export type DueNotice = { readonly id: string; readonly brand: string; readonly channel: Channel; /** At once where not said. */ readonly at?: Date; /** One of many: whatever else is to be sent overtakes it. */ readonly behind?: boolean };
/** Puts jobs for these notices into the caller's transaction. */
export type Enqueue = (tx: Tx, due: readonly DueNotice[]) => Promise<void>;

/** Each to the queue of its way out. */
export const enqueueOn = (jobs: Pick<Jobs, 'enqueue'>): Enqueue => async (tx, due) => {
  for (const [queue, way] of [['mails', 'mail'], ['texts', 'sms']] as const)
    await jobs.enqueue(tx, queue, due.filter(({ channel }) => channel === way).map(({ id, brand, at, behind }) => ({ data: { noticeId: id }, brand, ...(behind ? { behind } : {}), ...(at === undefined ? {} : { at }) })));
};

export type NewNotice = Telling & {
  readonly brand: string;
  readonly subscriberId: string;
  readonly cancellationId: string | null;
  readonly language: Language;
  /** Tried in this order; chosen by `chooseContacts`. */
  readonly contacts: Contacts;
  readonly behind?: boolean;
};

const contact = z.strictObject({ channel: z.enum(['mail', 'sms']), address: z.string() });
/** What a notice holds sealed. `otherwise`: the contacts that follow if this one is not reached. */
export const noticeContents = z.strictObject({ address: z.string(), values: z.record(z.string(), z.unknown()), otherwise: z.array(contact) });
export type NoticeContents = z.infer<typeof noticeContents>;
export const contextOfNotice = (noticeId: string): string => `notice:${noticeId}`;

export type QueueTools = { readonly keyring: Keyring; readonly now: Date; readonly enqueue: Enqueue };

/** Set-based; resolves to the ids of the notices. The keyring must hold the keys of all their subscribers. */
export const queueNotices = async (tx: Tx, tools: QueueTools, items: readonly NewNotice[]): Promise<readonly string[]> =>
  insertNotices(tx, tools, items.flatMap((item) => sendings(item).map(({ to, otherwise }) => ({ ...item, to, otherwise, follows: null, expiresAt: expiry(item, tools.now) }))));

const sendings = ({ template, values, contacts }: NewNotice): readonly { readonly to: Contact; readonly otherwise: readonly Contact[] }[] => {
  const [first, ...others] = contacts;
  if (toEveryContact.has(template)) return contacts.map((to) => ({ to, otherwise: [] }));
  return [{ to: first, otherwise: 'code' in values ? [] : others }];
};

/** A code that arrives when it has run out only confuses. */
const expiry = (telling: Telling, now: Date): Date | null =>
  'code' in telling.values ? new Date(now.getTime() + telling.values.minutes * 60_000) : null;

/** To a subscriber, or to whoever made a statement without being known as one: sealed under the key of the one or of the other. */
export type NoticeToInsert = ({ readonly subscriberId: string; readonly statementId?: undefined } | { readonly statementId: string; readonly subscriberId?: undefined }) & {
  readonly brand: string; readonly cancellationId: string | null; readonly template: string; readonly language: string;
  readonly values: object; readonly to: Contact; readonly otherwise: readonly Contact[]; readonly follows: string | null; readonly expiresAt: Date | null; readonly behind?: boolean;
};

export const insertNotices = async (tx: Tx, { keyring, now, enqueue }: QueueTools, rows: readonly NoticeToInsert[]): Promise<readonly string[]> => {
  if (rows.length === 0) return [];
  const ids = rows.map(() => randomUUID() as string);
  const idOf = (place: number): string => ids[place] as string;
  await tx.query(
    `insert into notices (id, brand, cancellation_id, subscriber_id, statement_id, template, channel, language, sealed, to_masked, intent_key, follows, created_at, expires_at)
     select id, brand, cancellation_id, subscriber_id, statement_id, template, channel, language, sealed, to_masked, 'notice:' || id, follows, $11, expires_at
     from unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::bytea[], $9::text[], $10::uuid[], $12::timestamptz[], $13::uuid[])
       as n (id, brand, cancellation_id, subscriber_id, template, channel, language, sealed, to_masked, follows, expires_at, statement_id)`,
    [
      ids, rows.map((row) => row.brand), rows.map((row) => row.cancellationId), rows.map((row) => row.subscriberId ?? null), rows.map((row) => row.template),
      rows.map((row) => row.to.channel), rows.map((row) => row.language),
      rows.map(({ subscriberId, statementId, to, values, otherwise }, place) =>
        keyring.sealJson(subscriberId ?? statementId, contextOfNotice(idOf(place)), { address: to.address, values: { ...values }, otherwise: [...otherwise] } satisfies NoticeContents)),
      rows.map((row) => maskContact(row.to)), rows.map((row) => row.follows), now, rows.map((row) => row.expiresAt), rows.map((row) => row.statementId ?? null),
    ],
  );
  await enqueue(tx, rows.map(({ brand, to, behind }, place) => ({ id: idOf(place), brand, channel: to.channel, ...(behind ? { behind } : {}) })));
  return ids;
};
