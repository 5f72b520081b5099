import { randomUUID } from 'node:crypto';
import type { CannotMove } from '../cancellation/moves/move.ts';
import { supply as decideSupply } from '../cancellation/moves/supply.ts';
import { no, ok, type Result } from '../cancellation/result.ts';
import { contextOf } from '../vault/contents.ts';
import type { AcceptedDocument } from '../vault/documents/accept-document.ts';
import { storeDocument } from '../vault/documents/stored-documents.ts';
import { caseForMove } from './case-access.ts';
import type { Desk } from './desk.ts';
import { dueAfterPause } from './due.ts';
import { packOf, saveAndFollow } from './follow.ts';
import type { Subscriber } from './views.ts';
import type { CannotFind } from './withdraw.ts';

/** What the reviewer asked for: words, documents, or both. The clock goes on with what was left of it. */
export const supply = (
  desk: Desk,
  who: Subscriber,
  applicationNumber: string,
  given: { readonly text?: string; readonly documents: readonly AcceptedDocument[] },
): Promise<Result<void, CannotMove | CannotFind>> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const one = await caseForMove(tx, who, applicationNumber);
    if (one === undefined) return no({ kind: 'not-found' });
    const now = desk.clock.now();
    const text = given.text?.trim() ?? '';
    const due = one.dueAt === undefined || one.waitingSince === undefined
      ? 'calendar-unknown' as const
      : dueAfterPause(desk, packOf(desk, one), one.dueAt, one.waitingSince, now);
    const moved = decideSupply(one, 'subscriber', now, { documents: given.documents.length, text: text !== '', due });
    if (!moved.ok) return moved;
    const keyring = await desk.vault.keyring(tx, [who.subscriberId]);
    for (const document of given.documents)
      await storeDocument(tx, keyring, { brand: who.brand, subscriberId: who.subscriberId, cancellationId: one.id, purpose: 'supplement', accepted: document, now });
    if (text !== '') {
      const id = randomUUID();
      await tx.query(`insert into case_messages (id, brand, cancellation_id, author, sealed, at) values ($1, $2, $3, 'subscriber', $4, $5)`,
        [id, who.brand, one.id, keyring.seal(who.subscriberId, contextOf.message(id), text), now]);
    }
    await saveAndFollow(desk, tx, [moved.value]);
    return ok(undefined);
  });
