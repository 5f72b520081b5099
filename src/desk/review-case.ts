import { randomUUID } from 'node:crypto';
import type { Cancellation } from '../cancellation/cancellation.ts';
import { parseApplicationNumber } from '../cancellation/identifiers/application-number.ts';
import { approve as decideApprove } from '../cancellation/moves/approve.ts';
import { ask as decideAsk } from '../cancellation/moves/ask.ts';
import { confirm } from '../cancellation/moves/confirm.ts';
import type { CannotMove, Moved } from '../cancellation/moves/move.ts';
import { refuse as decideRefuse } from '../cancellation/moves/refuse.ts';
import { no, ok, type Result } from '../cancellation/result.ts';
import type { Pack } from '../policy/pack.ts';
import { findByNumber, loadForMove } from '../store/cancellations.ts';
import type { Tx } from '../store/db.ts';
import { isUuid } from '../store/lines.ts';
import { readDocument, type StoredDocument } from '../vault/documents/stored-documents.ts';
import { contextOf, formContents, opened, type FormContents } from '../vault/contents.ts';
import type { Desk } from './desk.ts';
import { packOf, saveAndFollow } from './follow.ts';
import type { Reviewer } from './review-queue.ts';
import { seeStatus } from './status.ts';
import { must } from './submit.ts';
import type { Status } from './views.ts';
import type { CannotFind } from './withdraw.ts';

/** Everything that a reviewer decides on. `ownCase`: the reviewer is this subscriber, and may look but not decide. */
export type ReviewCase = {
  readonly status: Status;
  readonly form: FormContents;
  readonly documents: readonly { readonly id: string; readonly purpose: 'identity' | 'supplement'; readonly contentType: string; readonly bytes: number; readonly storedAt: Date }[];
  readonly journal: readonly { readonly at: Date; readonly event: string; readonly actor: string }[];
  readonly pack: Pack;
  readonly ownCase: boolean;
};

/** A reviewer who has an account as this very subscriber. The blind index of their staff address is that of the sign-in name. */
const isOwn = async (tx: Tx, who: Reviewer, one: Cancellation): Promise<boolean> =>
  (await tx.query(
    `select 1 from staff s join sign_in_names n on n.brand = s.brand and n.kind = 'e-mail' and n.index = s.email_index
     where s.id = $1 and n.subscriber_id = $2`, [who.staffId, one.subscriberId])).length > 0;

const find = async (tx: Tx, who: Reviewer, typed: string): Promise<Cancellation | undefined> => {
  const number = parseApplicationNumber(typed);
  const found = number.ok ? await findByNumber(tx, number.value) : undefined;
  return found?.brand === who.brand ? found : undefined;
};

export const seeCase = async (desk: Desk, who: Reviewer, applicationNumber: string): Promise<ReviewCase | undefined> => {
  const found = await desk.db.inBrand(who.brand, async (tx) => {
    const one = await find(tx, who, applicationNumber);
    if (one === undefined) return undefined;
    const keyring = await desk.vault.keyring(tx, [one.subscriberId]);
    const [stored] = await tx.query<{ sealed_form: Buffer }>(`select sealed_form from cancellations where id = $1`, [one.id]);
    const documents = await tx.query<ReviewCase['documents'][number]>(
      `select id, purpose, content_type as "contentType", bytes, stored_at as "storedAt" from documents where cancellation_id = $1 order by stored_at`, [one.id]);
    const journal = await tx.query<ReviewCase['journal'][number]>(`select at, event, actor from journal where cancellation_id = $1 order by entry`, [one.id]);
    return {
      one, documents, journal, pack: packOf(desk, one), ownCase: await isOwn(tx, who, one),
      form: stored === undefined ? {} : opened(keyring.openJson(one.subscriberId, contextOf.form(one.id), stored.sealed_form, formContents)),
    };
  });
  if (found === undefined) return undefined;
  const { one, ...rest } = found;
  const status = await seeStatus(desk, { brand: who.brand, caseId: one.id }, applicationNumber);
  return status === undefined ? undefined : { status, ...rest };
};

/** A document of the case, open. Nobody but a reviewer of the brand gets here. */
export const seeDocument = (desk: Desk, who: Reviewer, applicationNumber: string, documentId: string): Promise<StoredDocument | undefined> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const one = await find(tx, who, applicationNumber);
    if (one === undefined) return undefined;
    const document = isUuid(documentId) ? await readDocument(tx, desk.vault, { cancellationId: one.id, id: documentId }) : undefined;
    return document?.ok ? document.value : undefined;
  });

type Decide = (one: Cancellation, ownCase: boolean, pack: Pack) => Result<Moved, CannotMove>;

/** Two reviewers at once: the row's lock lets one decide; the other finds a state that allows no decision. */
const decideOn = (desk: Desk, who: Reviewer, applicationNumber: string, decide: Decide, alongside?: (tx: Tx, one: Cancellation) => Promise<void>): Promise<Result<void, CannotMove | CannotFind>> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const found = await find(tx, who, applicationNumber);
    const one = found === undefined ? undefined : (await loadForMove(tx, [found.id]))[0];
    if (one === undefined) return no({ kind: 'not-found' });
    const pack = packOf(desk, one);
    const moved = decide(one, await isOwn(tx, who, one), pack);
    if (!moved.ok) return moved;
    await alongside?.(tx, one);
    const confirmed = moved.value.move === 'approve' && pack.confirmation === 'none'
      ? [must(confirm(moved.value.after, 'policy', desk.clock.now(), pack.recoverableDays))] : [];
    await saveAndFollow(desk, tx, [moved.value, ...confirmed]);
    return ok(undefined);
  });

export const approve = (desk: Desk, who: Reviewer, applicationNumber: string) =>
  decideOn(desk, who, applicationNumber, (one, ownCase) => decideApprove(one, 'reviewer', desk.clock.now(), { ownCase, decidedBy: who.staffId }));

export const refuse = (desk: Desk, who: Reviewer, applicationNumber: string, because: string) =>
  decideOn(desk, who, applicationNumber, (one, ownCase, pack) =>
    decideRefuse(one, desk.clock.now(), { because, inPack: pack.refusals.map(({ id }) => id), ownCase, decidedBy: who.staffId }));

/** `note` is the reviewer's own word on what is missing and why; sealed like everything that is written about a person. */
export const ask = (desk: Desk, who: Reviewer, applicationNumber: string, given: { readonly materials: readonly string[]; readonly note: string }) =>
  decideOn(desk, who, applicationNumber,
    (one, ownCase, pack) => decideAsk(one, desk.clock.now(), { asked: { materials: given.materials }, inPack: pack.materials.map(({ id }) => id), ownCase }),
    async (tx, one) => {
      if (given.note.trim() === '') return;
      const keyring = await desk.vault.keyring(tx, [one.subscriberId]);
      const id = randomUUID();
      await tx.query(`insert into case_messages (id, brand, cancellation_id, author, sealed, at) values ($1, $2, $3, 'reviewer', $4, $5)`,
        [id, who.brand, one.id, keyring.seal(one.subscriberId, contextOf.message(id), given.note.trim()), desk.clock.now()]);
    });
