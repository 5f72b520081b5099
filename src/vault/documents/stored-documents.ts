/** Documents at rest: sealed under their subscriber's key, bound to their row and type. */
import { randomUUID } from 'node:crypto';
import { no, ok, type Result } from '../../cancellation/result.ts';
import type { CannotOpen, Keyring } from '../keyring.ts';
import type { Queries, Vault } from '../vault.ts';
import type { AcceptedDocument } from './accept-document.ts';

export type StoredDocument = AcceptedDocument & { readonly id: string; readonly purpose: 'identity' | 'supplement'; readonly storedAt: Date };

const contextOf = (id: string, contentType: string): string => `document:${id}:${contentType}`;

/** `keyring` must hold the subscriber's key. Resolves to the document's id. */
export const storeDocument = async (
  tx: Queries,
  keyring: Keyring,
  document: { brand: string; subscriberId: string; cancellationId: string; purpose: 'identity' | 'supplement'; accepted: AcceptedDocument; now: Date },
): Promise<string> => {
  const { contentType, bytes, contents } = document.accepted;
  const id = randomUUID();
  await tx.query(
    'insert into documents (id, brand, subscriber_id, cancellation_id, purpose, content_type, bytes, sealed, stored_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    [id, document.brand, document.subscriberId, document.cancellationId, document.purpose, contentType, bytes, keyring.seal(document.subscriberId, contextOf(id, contentType), contents), document.now],
  );
  return id;
};

type Row = { subscriber_id: string; purpose: 'identity' | 'supplement'; content_type: AcceptedDocument['contentType']; sealed: Buffer; stored_at: Date };

/** Asked for with its case, so that an id alone opens nothing. */
export const readDocument = async (
  tx: Queries,
  vault: Vault,
  asked: { id: string; cancellationId: string },
): Promise<Result<StoredDocument, CannotOpen | { readonly kind: 'no-such-document' }>> => {
  const [row] = await tx.query<Row>('select subscriber_id, purpose, content_type, sealed, stored_at from documents where id = $1 and cancellation_id = $2', [asked.id, asked.cancellationId]);
  if (row === undefined) return no({ kind: 'no-such-document' });
  const keyring = await vault.keyring(tx, [row.subscriber_id]);
  const opened = keyring.open(row.subscriber_id, contextOf(asked.id, row.content_type), row.sealed);
  if (!opened.ok) return opened;
  return ok({ id: asked.id, purpose: row.purpose, storedAt: row.stored_at, contentType: row.content_type, bytes: opened.value.length, contents: opened.value });
};
