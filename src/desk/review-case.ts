import { randomUUID } from 'node:crypto';
import type { Cancellation } from '../cancellation/cancellation.ts';
import { pastOf } from '../cancellation/events.ts';
import { parseApplicationNumber } from '../cancellation/identifiers/application-number.ts';
import { approve as decideApprove } from '../cancellation/moves/approve.ts';
import { ask as decideAsk } from '../cancellation/moves/ask.ts';
import type { CannotMove, Facts, Moved } from '../cancellation/moves/move.ts';
import { refuse as decideRefuse } from '../cancellation/moves/refuse.ts';
import { no, ok, type Result } from '../cancellation/result.ts';
import type { LineStanding } from '../cancellation/line.ts';
import { actsAtOnce } from '../policy/steps-at-once.ts';
import { decide as decideByPolicy, type Decision } from '../policy/decide.ts';
import type { Pack } from '../policy/pack.ts';
import { undoableSteps } from '../plan/make-plan.ts';
import { addApproval, approversOf } from '../store/approvals.ts';
import { findByNumber, loadForMove } from '../store/cancellations.ts';
import type { Tx } from '../store/db.ts';
import { appendJournal } from '../store/journal.ts';
import { isUuid, loadLines, regionsOf } from '../store/lines.ts';
import { openResolutions, triesOf, type StepTry, type Verdict } from '../store/resolutions.ts';
import { liftBar, loadSteps, type StepRecord } from '../store/steps.ts';
import { readDocument, type DocumentPurpose, type StoredDocument } from '../vault/documents/stored-documents.ts';
import { contextOf, formContents, opened, openLine, personContents, type FormContents, type PersonContents } from '../vault/contents.ts';
import { afterApproval } from './after-approval.ts';
import type { Desk } from './desk.ts';
import { packOf, saveAndFollow } from './follow.ts';
import { statementsOfCase, type StatementAtDesk } from './match-statement.ts';
import { isOwnCase } from './own-case.ts';
import { timeLeft, type Reviewer, type TimeLeft } from './review-queue.ts';
import { standingOf } from './standing.ts';
import { seeStatus } from './status.ts';
import type { Status } from './views.ts';
import type { CannotFind } from './withdraw.ts';

/** Everything that a reviewer decides on. `ownCase`: the reviewer is this subscriber, and may look but not decide. */
export type ReviewCase = {
  readonly status: Status;
  /** Counts the moves made. Given back with a decision, it shows what the reviewer had seen. */
  readonly version: number;
  readonly reason?: string;
  readonly channel: string;
  readonly region: string;
  readonly carrier: string;
  readonly iccid?: string;
  readonly form: FormContents;
  /** What the operator has on file: the form is compared with it. */
  readonly registered: PersonContents;
  /** How the line stands now, and what the case's own policy says to that. */
  readonly standing: LineStanding;
  readonly decision: Decision;
  readonly left?: TimeLeft;
  readonly documents: readonly { readonly id: string; readonly purpose: DocumentPurpose; readonly contentType: string; readonly bytes: number; readonly storedAt: Date }[];
  /** Declared without sign-in; this case was opened by it, or joined. */
  readonly statements: readonly StatementAtDesk[];
  readonly journal: readonly { readonly at: Date; readonly event: string; readonly actor: string; readonly facts: Facts }[];
  readonly steps: readonly StepRecord[];
  /** What was tried beyond the plain success, oldest first. */
  readonly tries: readonly StepTry[];
  /** What somebody found of a stuck step, and a second person has to look at. `mine`: this very reviewer found it. */
  readonly findings: readonly { readonly id: string; readonly step: StepTry['step']; readonly verdict: Verdict; readonly evidence: string; readonly documentId?: string; readonly by: string; readonly at: Date; readonly mine: boolean }[];
  readonly pack: Pack;
  readonly ownCase: boolean;
  /** This reviewer refused it, and the subscriber asks for somebody else's view. */
  readonly refusedByMe: boolean;
  /** Of a case that two people decide on: how many have approved it as it stands, and whether this reviewer has. */
  readonly approvals: { readonly given: number; readonly of: number; readonly mine: boolean };
};

const find = async (tx: Tx, who: Reviewer, typed: string): Promise<Cancellation | undefined> => {
  const number = parseApplicationNumber(typed);
  const found = number.ok ? await findByNumber(tx, number.value) : undefined;
  return found?.brand === who.brand ? found : undefined;
};

/** An appeal is decided by another than who refused: that is what it was promised to be. */
const refusedBy = async (tx: Tx, who: Reviewer, one: Cancellation): Promise<boolean> =>
  (await tx.query(`select 1 from journal where cancellation_id = $1 and event = 'refused' and facts ->> 'decidedBy' = $2 limit 1`, [one.id, who.staffId])).length > 0;

export const seeCase = async (desk: Desk, who: Reviewer, applicationNumber: string): Promise<ReviewCase | undefined> => {
  const found = await desk.db.inBrand(who.brand, async (tx) => {
    const one = await find(tx, who, applicationNumber);
    const [row] = one === undefined ? [] : await loadLines(tx, [one.lineId]);
    if (one === undefined || row === undefined) return undefined;
    const pack = packOf(desk, one);
    const keyring = await desk.vault.keyring(tx, [one.subscriberId]);
    const [stored] = await tx.query<{ sealed_form: Buffer }>(`select sealed_form from cancellations where id = $1`, [one.id]);
    const person = (await regionsOf(tx, [one.subscriberId])).get(one.subscriberId);
    if (stored === undefined || person === undefined) throw new Error('a case without its form or its subscriber');
    const { carrier, iccid } = openLine(keyring, row).line;
    const standing = await standingOf(tx, keyring, row);
    const left = timeLeft(desk, one);
    const approvers = one.state === 'reviewing' ? await approversOf(tx, one) : [];
    return {
      caseId: one.id, version: one.version, channel: one.channel, region: one.region, pack, carrier, standing,
      ...(one.reason === undefined ? {} : { reason: one.reason }),
      ...(iccid === undefined ? {} : { iccid }),
      ...(left === undefined ? {} : { left }),
      form: opened(keyring.openJson(one.subscriberId, contextOf.form(one.id), stored.sealed_form, formContents)),
      registered: opened(keyring.openJson(one.subscriberId, contextOf.person(one.subscriberId), person.sealed, personContents)),
      decision: decideByPolicy(pack, standing),
      documents: await tx.query<ReviewCase['documents'][number]>(
        `select id, purpose, content_type as "contentType", bytes, stored_at as "storedAt" from documents where cancellation_id = $1 order by stored_at`, [one.id]),
      statements: await statementsOfCase(desk, tx, one.id),
      journal: await tx.query<ReviewCase['journal'][number]>(`select at, event, actor, facts from journal where cancellation_id = $1 order by entry`, [one.id]),
      steps: (await loadSteps(tx, [one.id])).get(one.id) ?? [],
      tries: await triesOf(tx, one.id),
      findings: (await openResolutions(tx, one.id)).map(({ id, step, verdict, sealed, documentId, proposedBy, proposedAt }) => ({
        id, step, verdict, by: proposedBy, at: proposedAt, mine: proposedBy === who.staffId, ...(documentId === null ? {} : { documentId }),
        evidence: opened(keyring.open(one.subscriberId, contextOf.resolution(id), sealed)).toString('utf8'),
      })),
      ownCase: await isOwnCase(desk, tx, who, one),
      refusedByMe: await refusedBy(tx, who, one),
      approvals: { given: approvers.length, of: pack.review.reviewers, mine: approvers.includes(who.staffId) },
    };
  });
  if (found === undefined) return undefined;
  const { caseId, ...rest } = found;
  const status = await seeStatus(desk, { brand: who.brand, caseId }, applicationNumber);
  return status === undefined ? undefined : { status, ...rest };
};

/** A document of the case, open, for staff of the brand; an auditor sees what was decided on. */
export const seeDocument = (desk: Desk, who: Reviewer, applicationNumber: string, documentId: string): Promise<StoredDocument | undefined> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const one = await find(tx, who, applicationNumber);
    if (one === undefined) return undefined;
    const document = isUuid(documentId) ? await readDocument(tx, desk.vault, { cancellationId: one.id, id: documentId }) : undefined;
    return document?.ok ? document.value : undefined;
  });

/** `own-refusal`: who refused does not decide on the appeal. */
export type CannotDecide = CannotMove | CannotFind | { readonly kind: 'own-refusal' };
type Decide = (one: Cancellation, ownCase: boolean, pack: Pack) => Result<Moved, CannotMove>;

/** Whoever presses twice decides once: the first move after the one they had seen was theirs, and this very one. */
const alreadyDone = async (tx: Tx, who: Reviewer, one: Cancellation, move: 'approve' | 'refuse' | 'ask', seen: number): Promise<boolean> => {
  const [next] = await tx.query<{ event: string; by: string | null }>(
    `select event, facts ->> 'decidedBy' as by from journal where cancellation_id = $1 and event = any($2::text[]) order by entry offset $3 limit 1`,
    [one.id, Object.values(pastOf), seen]);
  return next?.event === pastOf[move] && next.by === who.staffId;
};

/**
 * Two reviewers at once: the row's lock lets one decide; the other finds a state that allows no decision.
 * `seen`: the version of the case that the reviewer decides on. Where it moved on since, nothing is decided unseen.
 */
const decideOn = (
  desk: Desk,
  who: Reviewer,
  applicationNumber: string,
  { move, seen, decide, alongside }: { move: 'approve' | 'refuse' | 'ask'; seen: number | undefined; decide: Decide; alongside?: (tx: Tx, one: Cancellation) => Promise<void> },
): Promise<Result<void, CannotDecide>> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const found = await find(tx, who, applicationNumber);
    const one = found === undefined ? undefined : (await loadForMove(tx, [found.id]))[0];
    if (one === undefined) return no({ kind: 'not-found' });
    const pack = packOf(desk, one);
    const movedOn = seen !== undefined && one.version !== seen;
    if (movedOn && await alreadyDone(tx, who, one, move, seen)) return ok(undefined);
    const moved = decide(one, await isOwnCase(desk, tx, who, one), pack);
    if (!moved.ok) return moved;
    if (await refusedBy(tx, who, one)) return no({ kind: 'own-refusal' });
    if (movedOn) return no({ kind: 'lost-race' });
    if (move === 'approve' && pack.review.reviewers === 2 && !(await isSecond(desk, tx, who, one))) return ok(undefined);
    await alongside?.(tx, one);
    if (move === 'refuse' && actsAtOnce(pack, one.reason)) await liftBar(tx, [one.id], undoableSteps);
    await saveAndFollow(desk, tx, [moved.value, ...(move === 'approve' ? afterApproval(pack, moved.value) : [])]);
    return ok(undefined);
  });

/** Four eyes: the first approval is put on record and the case stays; pressed twice by one person it is still one. */
const isSecond = async (desk: Desk, tx: Tx, who: Reviewer, one: Cancellation): Promise<boolean> => {
  const now = desk.clock.now();
  const others = (await approversOf(tx, one)).filter((staffId) => staffId !== who.staffId);
  const added = await addApproval(tx, one, who.staffId, now);
  if (others.length > 0) return true;
  if (added) await appendJournal(tx, [{ cancellationId: one.id, brand: one.brand, at: now, event: 'approved-by-first', actor: 'reviewer', facts: { decidedBy: who.staffId } }]);
  return false;
};

export const approve = (desk: Desk, who: Reviewer, applicationNumber: string, seen?: number) =>
  decideOn(desk, who, applicationNumber, {
    move: 'approve', seen,
    decide: (one, ownCase) => decideApprove(one, 'reviewer', desk.clock.now(), { ownCase, decidedBy: who.staffId }),
  });

export const refuse = (desk: Desk, who: Reviewer, applicationNumber: string, because: string, seen?: number) =>
  decideOn(desk, who, applicationNumber, {
    move: 'refuse', seen,
    decide: (one, ownCase, pack) => decideRefuse(one, desk.clock.now(), { because, inPack: pack.refusals.map(({ id }) => id), ownCase, decidedBy: who.staffId }),
  });

/** `note` is the reviewer's own word on what is missing and why; sealed like everything that is written about a person. */
export const ask = (desk: Desk, who: Reviewer, applicationNumber: string, given: { readonly materials: readonly string[]; readonly note: string }, seen?: number) =>
  decideOn(desk, who, applicationNumber, {
    move: 'ask', seen,
    decide: (one, ownCase, pack) => {
      const moved = decideAsk(one, desk.clock.now(), { asked: { materials: given.materials }, inPack: pack.materials.map(({ id }) => id), ownCase });
      return moved.ok ? ok({ ...moved.value, facts: { ...moved.value.facts, decidedBy: who.staffId } }) : moved;
    },
    alongside: async (tx, one) => {
      if (given.note.trim() === '') return;
      const keyring = await desk.vault.keyring(tx, [one.subscriberId]);
      const id = randomUUID();
      await tx.query(`insert into case_messages (id, brand, cancellation_id, author, sealed, at) values ($1, $2, $3, 'reviewer', $4, $5)`,
        [id, who.brand, one.id, keyring.seal(one.subscriberId, contextOf.message(id), given.note.trim()), desk.clock.now()]);
    },
  });
