/** What no read can settle is settled by two people: one says what happened at the carrier and with what evidence, another one looks and agrees. */
import { randomUUID } from 'node:crypto';
import { parseApplicationNumber } from '../cancellation/identifiers/application-number.ts';
import type { Cancellation } from '../cancellation/cancellation.ts';
import type { CaseEvent } from '../cancellation/events.ts';
import { resume as decideResume } from '../cancellation/moves/resume.ts';
import { no, ok, type Result } from '../cancellation/result.ts';
import type { StepName } from '../plan/step.ts';
import { findByNumber, loadForMove } from '../store/cancellations.ts';
import type { Tx } from '../store/db.ts';
import { appendJournal } from '../store/journal.ts';
import { addResolution, decideResolution, openResolutions, settleStep, type Resolution, type Verdict } from '../store/resolutions.ts';
import { loadSteps } from '../store/steps.ts';
import { contextOf } from '../vault/contents.ts';
import type { AcceptedDocument } from '../vault/documents/accept-document.ts';
import { storeDocument } from '../vault/documents/stored-documents.ts';
import type { Desk } from './desk.ts';
import { saveAndFollow } from './follow.ts';
import { must } from './must.ts';
import { isOwnCase } from './own-case.ts';
import type { Reviewer } from './review-queue.ts';

/**
 * `not-stuck`: the step went on meanwhile. `under-way`: somebody's finding waits for a second person. `same-person`: who says it can't
 * agree to it. `own-case`: nobody settles their own.
 */
export type CannotResolve = { readonly kind: 'not-found' | 'not-stuck' | 'under-way' | 'same-person' | 'own-case' };

/** `evidence`: what was looked at, where, and what it showed; sealed, because it may name a person. */
export type Finding = { readonly step: string; readonly verdict: Verdict; readonly evidence: string; readonly document?: AcceptedDocument };

const stuck = new Set(['refused', 'stalled']);

const find = async (desk: Desk, tx: Tx, who: Reviewer, typed: string): Promise<Result<Cancellation, CannotResolve>> => {
  const number = parseApplicationNumber(typed);
  const found = number.ok ? await findByNumber(tx, number.value) : undefined;
  const one = found?.brand === who.brand ? (await loadForMove(tx, [found.id]))[0] : undefined;
  if (one === undefined) return no({ kind: 'not-found' });
  return (await isOwnCase(desk, tx, who, one)) ? no({ kind: 'own-case' }) : ok(one);
};

const note = (desk: Desk, tx: Tx, one: Cancellation, event: CaseEvent, facts: { readonly step: StepName; readonly verdict: Verdict; readonly by: string }) =>
  appendJournal(tx, [{ cancellationId: one.id, brand: one.brand, at: desk.clock.now(), event, actor: 'agent', facts }]);

export const proposeResolution = (desk: Desk, who: Reviewer, applicationNumber: string, finding: Finding): Promise<Result<void, CannotResolve>> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const found = await find(desk, tx, who, applicationNumber);
    if (!found.ok) return found;
    const one = found.value;
    const row = (await loadSteps(tx, [one.id])).get(one.id)?.find(({ name, state }) => name === finding.step && stuck.has(state));
    if (row === undefined) return no({ kind: 'not-stuck' });
    if ((await openResolutions(tx, one.id)).some(({ step }) => step === row.name)) return no({ kind: 'under-way' });
    const keyring = await desk.vault.keyring(tx, [one.subscriberId]);
    const now = desk.clock.now();
    const documentId = finding.document === undefined ? null
      : await storeDocument(tx, keyring, { brand: one.brand, subscriberId: one.subscriberId, cancellationId: one.id, purpose: 'evidence', accepted: finding.document, now });
    const id = randomUUID();
    const resolution: Resolution = {
      id, step: row.name, verdict: finding.verdict, documentId, proposedBy: who.staffId, proposedAt: now,
      sealed: keyring.seal(one.subscriberId, contextOf.resolution(id), finding.evidence),
    };
    await addResolution(tx, { cancellationId: one.id, brand: one.brand }, resolution);
    await note(desk, tx, one, 'resolution-proposed', { step: row.name, verdict: finding.verdict, by: who.staffId });
    return ok(undefined);
  });

/** Agreed: the step ends, or begins anew, as was found, and the case goes on where nothing else holds it. Not agreed: it stays stuck. */
export const decideOnResolution = (desk: Desk, who: Reviewer, applicationNumber: string, resolutionId: string, agreed: boolean): Promise<Result<void, CannotResolve>> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const found = await find(desk, tx, who, applicationNumber);
    if (!found.ok) return found;
    const one = found.value;
    const open = (await openResolutions(tx, one.id)).find(({ id }) => id === resolutionId);
    if (open === undefined) return no({ kind: 'not-stuck' });
    if (agreed && open.proposedBy === who.staffId) return no({ kind: 'same-person' });
    const now = desk.clock.now();
    await decideResolution(tx, open.id, who.staffId, agreed, now);
    await note(desk, tx, one, agreed ? 'resolution-agreed' : 'resolution-rejected', { step: open.step, verdict: open.verdict, by: who.staffId });
    if (!agreed) return ok(undefined);
    await settleStep(tx, one.id, open.step, open.verdict);
    const left = (await loadSteps(tx, [one.id])).get(one.id)?.some(({ state }) => stuck.has(state));
    if (one.state === 'stalled' && left !== true) await saveAndFollow(desk, tx, [must(decideResume(one, now, { by: who.staffId }))]);
    else await desk.jobs.enqueue(tx, 'advance', [{ data: { caseId: one.id }, brand: one.brand }]);
    return ok(undefined);
  });
