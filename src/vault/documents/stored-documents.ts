/** Documents at rest: sealed under their subscriber's key, bound to their row and type. */
import { randomUUID } from 'node:crypto';
import { no, ok, type Result } from '../../cancellation/result.ts';
import type { CannotOpen, Keyring } from '../keyring.ts';
import type { Queries, Vault } from '../vault.ts';
import type { AcceptedDocument } from './accept-document.ts';

/** `message`: came with a message of the thread. `paper`: an application by post. `agreement`: signed by its subscriber, and made here. `evidence`: staff's, of what happened at the carrier. */
export type DocumentPurpose = 'identity' | 'supplement' | 'message' | 'paper' | 'agreement' | 'evidence';
export type StoredDocument = AcceptedDocument & { readonly id: string; readonly purpose: DocumentPurpose; readonly storedAt: Date };

const contextOf = (id: string, contentType: string): string => `document:${id}:${contentType}`;

/** `keyring` must hold the subscriber's key. Resolves to the document's id. */
export const storeDocument = async (
  tx: Queries,
  keyring: Keyring,
  document: { brand: string; subscriberId: string; /** Null: before there is a case, with a message. */ cancellationId: string | null; messageId?: string; purpose: DocumentPurpose; accepted: AcceptedDocument; now: Date },
): Promise<string> => {
  const { contentType, bytes, contents } = document.accepted;
  const id = randomUUID();
  await tx.query(
    'insert into documents (id, brand, subscriber_id, cancellation_id, purpose, content_type, bytes, sealed, stored_at, message_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
    [id, document.brand, document.subscriberId, document.cancellationId, document.purpose, contentType, bytes, keyring.seal(document.subscriberId, contextOf(id, contentType), contents), document.now, document.messageId ?? null],
  );
  return id;
};

type Row = { subscriber_id: string; purpose: DocumentPurpose; content_type: AcceptedDocument['contentType']; sealed: Buffer; stored_at: Date };

/** Asked for with its case, so that an id alone opens nothing. */
export const readDocument = async (
  tx: Queries,
  vault: Vault,
  asked: { id: string; cancellationId: string },
): Promise<Result<StoredDocument, CannotRead>> => {
  const [row] = await tx.query<Row>(`${columns} where d.id = $1 and d.cancellation_id = $2`, [asked.id, asked.cancellationId]);
  return openRow(tx, vault, asked.id, row);
};

/** One that came with a message, asked for with the line of its thread. */
export const readMessageDocument = async (tx: Queries, vault: Vault, asked: { id: string; lineId: string }): Promise<Result<StoredDocument, CannotRead>> => {
  const [row] = await tx.query<Row>(`${columns} join case_messages m on m.id = d.message_id where d.id = $1 and m.line_id = $2`, [asked.id, asked.lineId]);
  return openRow(tx, vault, asked.id, row);
};

const columns = 'select d.subscriber_id, d.purpose, d.content_type, d.sealed, d.stored_at from documents d';
type CannotRead = CannotOpen | { readonly kind: 'no-such-document' };

const openRow = async (tx: Queries, vault: Vault, id: string, row: Row | undefined): Promise<Result<StoredDocument, CannotRead>> => {
  if (row === undefined) return no({ kind: 'no-such-document' });
  const keyring = await vault.keyring(tx, [row.subscriber_id]);
  const opened = keyring.open(row.subscriber_id, contextOf(id, row.content_type), row.sealed);
  if (!opened.ok) return opened;
  return ok({ id, purpose: row.purpose, storedAt: row.stored_at, contentType: row.content_type, bytes: opened.value.length, contents: opened.value });
};
