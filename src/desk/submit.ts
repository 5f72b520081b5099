import { randomBytes } from 'node:crypto';
import type { Cancellation, Channel } from '../cancellation/cancellation.ts';
import { applicationNumber } from '../cancellation/identifiers/application-number.ts';
import type { Moved } from '../cancellation/moves/move.ts';
import { approve } from '../cancellation/moves/approve.ts';
import { prove } from '../cancellation/moves/prove.ts';
import { receive } from '../cancellation/moves/receive.ts';
import { review } from '../cancellation/moves/review.ts';
import { no, ok, type Result } from '../cancellation/result.ts';
import { decide } from '../policy/decide.ts';
import { stepsAtOnce } from '../policy/steps-at-once.ts';
import type { Text } from '../policy/pack.ts';
import { reaches, type Evidence } from '../policy/proof-level.ts';
import { documentIsProof, wayShown, wantsProof } from '../policy/proof-ways.ts';
import { atOnceFirst } from '../plan/at-once-first.ts';
import { makePlan } from '../plan/make-plan.ts';
import { openCaseOf } from '../store/cancellations.ts';
import type { Tx } from '../store/db.ts';
import { lineOf } from '../store/lines.ts';
import { freshProofs } from '../store/proofs.ts';
import { savePlans } from '../store/steps.ts';
import { openLine } from '../vault/contents.ts';
import { afterApproval } from './after-approval.ts';
import type { Desk } from './desk.ts';
import { loadDraft, type Loaded } from './draft.ts';
import { faultsOf } from './form-faults/form-faults.ts';
import { reviewDue } from './due.ts';
import { saveAndFollow } from './follow.ts';
import { withServices } from './linked-services.ts';
import { must } from './must.ts';
import { settledOf, termsOf } from './settled.ts';
import { threadGoesWith } from './messages.ts';
import { standingOf } from './standing.ts';
import type { FormField, Subscriber } from './views.ts';

export type CannotSubmit =
  | { readonly kind: 'not-found' }
  | { readonly kind: 'incomplete'; readonly missing: readonly FormField[] }
  | { readonly kind: 'not-eligible'; readonly because: Text }
  /** Not as surely known as the pack demands; what it wants beyond the sign-in is shown in this session, for this application, in the last ten minutes. */
  | { readonly kind: 'not-proven' };
export type Submitted = { readonly applicationNumber: string; readonly joined: boolean };

const actorOf = (who: Subscriber): 'agent' | 'subscriber' => (who.assisted === undefined ? 'subscriber' : 'agent');
/** What a hand signed on paper needs no other sign of. */
const isOnPaper = ({ assisted }: Subscriber, field: FormField): boolean =>
  assisted?.channel === 'post' && (field === 'agreements' || (field === 'document' && assisted.enclosed === true));
/** With the form. Where it is one proof among others, it counts online only as shown on that way, which `shown` says. */
const documentIsWith = (who: Subscriber, { pack, form, document }: Loaded): boolean =>
  (form.documentKind ?? '') !== '' && (document !== undefined || isOnPaper(who, 'document')) && (who.assisted !== undefined || !documentIsProof(pack));
/** Who has printed the form knows the number already. */
const codeOnPaper = async (tx: Tx, caseId: string): Promise<string | undefined> =>
  (await tx.query<{ code: string }>(`select code from paper_forms where cancellation_id = $1`, [caseId]))[0]?.code;
/** How the statement itself came. A draft that was begun on the phone and sent by its subscriber came online. */
const channelOf = ({ assisted }: Subscriber, one: Cancellation): Channel => assisted?.channel ?? (one.channel === 'chat' ? 'chat' : 'web');
/** Who of staff acted on the subscriber's word, and what was read out to them. */
const byStaff = ({ assisted }: Subscriber, moved: Moved): Moved => (assisted === undefined ? moved : {
  ...moved, facts: { ...moved.facts, by: assisted.staffId, ...(moved.move === 'prove' && assisted.readOut !== undefined ? { readOut: assisted.readOut } : {}), ...(moved.move === 'prove' && assisted.bills !== undefined ? { bills: assisted.bills } : {}) },
});

/**
 * Receipt, proof and the start of review in one transaction. Sent twice, or by fifty tabs at once, it is one case:
 * who comes second gets the number of the first.
 */
export const submit = (desk: Desk, who: Subscriber, lineId: string, sessionId?: string): Promise<Result<Submitted, CannotSubmit>> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const draft = await loadDraft(desk, tx, who, lineId, true);
    if (draft === undefined) {
      const own = await lineOf(tx, who.subscriberId, lineId);
      const open = own === undefined ? undefined : await openCaseOf(tx, lineId);
      return open?.applicationNumber === undefined || open.subscriberId !== who.subscriberId
        ? no({ kind: 'not-found' })
        : ok({ applicationNumber: open.applicationNumber, joined: true });
    }
    const { one, pack, form, row, keyring, known, otherLines, bounds, arrivedAt } = draft;
    const missing = faultsOf(pack, form as Parameters<typeof faultsOf>[1], known).map(({ field }) => field).filter((field) => !isOnPaper(who, field));
    if (missing.length > 0) return no({ kind: 'incomplete', missing: [...new Set(missing)] });
    const standing = await standingOf(tx, keyring, row);
    const decision = decide(pack, standing);
    if (decision.answer !== 'eligible') return no({ kind: 'not-eligible', because: decision.because });

    const now = desk.clock.now();
    const shown = sessionId === undefined ? undefined : wayShown(pack, new Set((await freshProofs(tx, one.id, sessionId, now)).keys()));
    if (wantsProof(pack) && who.assisted === undefined && shown === undefined) return no({ kind: 'not-proven' });
    const evidence: Evidence[] = [who.assisted?.proof ?? 'password', ...(shown ?? []), ...(documentIsWith(who, draft) ? ['document' as const] : [])];
    if (!reaches(pack, evidence)) return no({ kind: 'not-proven' });
    const number = one.applicationNumber ?? (await codeOnPaper(tx, one.id)) ?? applicationNumber(randomBytes(8));
    const terms = termsOf(pack, form, arrivedAt, { running: standing.running, bounds, lineIds: otherLines });
    const ends = terms.endsOn === undefined ? {} : { endsOn: terms.endsOn };
    const reason = form.reason === undefined || form.reason === '' ? {} : { reason: form.reason };
    // Stated before without sign-in, it is received already; the reason of who proves to be its owner comes with the proof.
    const stated = one.state === 'received';
    const received = stated ? [] : [must(receive(one, actorOf(who), now, { applicationNumber: number, packVersion: one.packVersion, channel: channelOf(who, one), ...reason, ...ends }))];
    const before = received[0]?.after ?? { ...one, ...reason, ...ends };
    const proven = must(prove(before, actorOf(who), now, {
      proofs: [...evidence, ...(form.documentKind !== undefined && evidence.includes('document') ? [form.documentKind] : [])],
      demanded: pack.consequences.map(({ id }) => id),
      acknowledged: form.acknowledged ?? [],
      signed: draft.signatures.map(({ agreementId, sha256 }) => ({ id: agreementId, sha256 })),
    }));
    const moves = [...received, proven].map((moved) => byStaff(who, moved));
    if (pack.review.reviewers > 0) moves.push(must(review(proven.after, now, reviewDue(desk, pack, now))));
    else {
      const approved = must(approve(proven.after, 'policy', now, { ownCase: false, decidedBy: null }));
      moves.push(approved, ...afterApproval(pack, approved));
    }
    const { line } = openLine(keyring, row);
    const settled = settledOf(pack, standing, line, terms);
    const plan = makePlan(pack, withServices(pack, line, row), settled.order);
    const atOnce = stepsAtOnce(pack, before.reason);
    await savePlans(tx, [{ cancellationId: one.id, brand: who.brand, steps: atOnceFirst(plan, atOnce) }]);
    await tx.query(`update cancellations set plan = $2 where id = $1`, [one.id, JSON.stringify({ settlement: settled.order, money: settled.lines, terms: settled.terms })]);
    await threadGoesWith(tx, one.id, lineId);
    await saveAndFollow(desk, tx, moves);
    if (stated && atOnce.length > 0) await desk.jobs.enqueue(tx, 'advance', [{ data: { caseId: one.id }, brand: one.brand }]); // not before: anybody could have stated it
    return ok({ applicationNumber: number, joined: false });
  });
