/** Messages of a line's thread as they lie in the store: opened, written, and handed to the case. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Cancellation } from '../cancellation/cancellation.ts';
import type { Tx } from '../store/db.ts';
import type { LineRecord } from '../store/lines.ts';
import { contextOf, opened } from '../vault/contents.ts';
import type { Keyring } from '../vault/keyring.ts';

export type MessageAuthor = 'subscriber' | 'reviewer' | 'agent' | 'automatic';

/** `opensAt`: of an automatic answer, when people answer next; absent where the calendar does not say. */
export type Message = {
  readonly author: MessageAuthor;
  readonly channel: 'web' | 'chat' | 'social';
  readonly at: Date;
  readonly text: string;
  readonly opensAt?: Date;
  /** Of a contact on another network: told by one of staff, who could not make sure who wrote. */
  readonly via?: { readonly network: string; readonly handle: string };
  readonly attachments: readonly { readonly id: string; readonly contentType: string; readonly bytes: number }[];
};

export type MessageRow = { id: string; author: MessageAuthor; network: string | null; channel: Message['channel']; sealed: Buffer; at: Date; documents: Message['attachments'] | null };

/** What was said, open. An automatic answer says its instant instead of a text. */
export const toMessage = (keyring: Keyring, subscriberId: string, row: MessageRow): Message => {
  if (row.network !== null) {
    const { handle, said } = opened(keyring.openJson(subscriberId, contextOf.message(row.id), row.sealed, socialContents));
    return { author: row.author, channel: row.channel, at: row.at, text: said, attachments: [], via: { network: row.network, handle } };
  }
  const text = opened(keyring.open(subscriberId, contextOf.message(row.id), row.sealed)).toString();
  const automatic = row.author === 'automatic';
  return {
    author: row.author, channel: row.channel, at: row.at, text: automatic ? '' : text, attachments: row.documents ?? [],
    ...(automatic && text !== '' ? { opensAt: new Date(text) } : {}),
  };
};

const select = `select m.id, m.author, m.channel, m.network, m.sealed, m.at,
    (select jsonb_agg(jsonb_build_object('id', d.id, 'contentType', d.content_type, 'bytes', d.bytes)) from documents d where d.message_id = m.id) as documents
  from case_messages m`;

/** Those that belong to one case, sealed. */
export const messageRowsOfCase = (tx: Tx, one: Pick<Cancellation, 'id'>): Promise<MessageRow[]> =>
  tx.query<MessageRow>(`${select} where m.cancellation_id = $1 order by m.at, m.author = 'automatic'`, [one.id]);

/** All of a line, the oldest first. */
export const threadOf = async (tx: Tx, keyring: Keyring, row: LineRecord): Promise<Message[]> =>
  (await tx.query<MessageRow>(
    `${select} where m.line_id = $1 or m.cancellation_id in (select id from cancellations where line_id = $1) order by m.at, m.author = 'automatic'`, [row.id]))
    .map((one) => toMessage(keyring, row.subscriber_id, one));

const socialContents = z.strictObject({ handle: z.string(), said: z.string() });

/** What somebody wrote to an official account elsewhere, as one of staff tells it. */
export const insertSocialContact = async (tx: Tx, keyring: Keyring, subscriberId: string, one: Omit<New, 'author' | 'channel'> & { readonly network: string; readonly handle: string; readonly handleMark: Buffer }): Promise<void> => {
  const id = randomUUID();
  await tx.query(
    `insert into case_messages (id, brand, cancellation_id, line_id, author, channel, sealed, staff_id, at, network, handle_mark) values ($1, $2, $3, $4, 'subscriber', 'social', $5, $6, $7, $8, $9)`,
    [id, one.brand, one.caseId, one.lineId, keyring.sealJson(subscriberId, contextOf.message(id), { handle: one.handle, said: one.text }), one.staffId ?? null, one.at, one.network, one.handleMark]);
};

type New = { readonly brand: string; readonly lineId: string; readonly caseId: string | null; readonly author: MessageAuthor; readonly channel: Message['channel']; readonly text: string; readonly staffId?: string; readonly at: Date };
export const insertMessage = async (tx: Tx, keyring: Keyring, subscriberId: string, one: New): Promise<string> => {
  const id = randomUUID();
  await tx.query(`insert into case_messages (id, brand, cancellation_id, line_id, author, channel, sealed, staff_id, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [id, one.brand, one.caseId, one.lineId, one.author, one.channel, keyring.seal(subscriberId, contextOf.message(id), one.text), one.staffId ?? null, one.at]);
  return id;
};

/** What was said before the case goes with it, in the transaction that receives it. */
export const threadGoesWith = (tx: Tx, caseId: string, lineId: string): Promise<void> => threadsGoWith(tx, [{ id: caseId, lineId }]);

/** The same for many cases at once. */
export const threadsGoWith = async (tx: Tx, cases: readonly { readonly id: string; readonly lineId: string }[]): Promise<void> => {
  const moved = await tx.query<{ id: string; cancellation_id: string }>(
    `update case_messages m set cancellation_id = n.id from unnest($1::uuid[], $2::uuid[]) as n(id, line_id) where m.line_id = n.line_id and m.cancellation_id is null returning m.id, m.cancellation_id`,
    [cases.map((one) => one.id), cases.map((one) => one.lineId)]);
  await tx.query(`update documents d set cancellation_id = n.case_id from unnest($1::uuid[], $2::uuid[]) as n(id, case_id) where d.message_id = n.id and d.cancellation_id is null`,
    [moved.map((one) => one.id), moved.map((one) => one.cancellation_id)]);
};
