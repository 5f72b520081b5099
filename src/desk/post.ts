/** An application on paper: printed from a draft with a code, found again by it, filed and received (UR3). */
import { randomBytes } from 'node:crypto';
import { no, ok, type Result } from '../cancellation/result.ts';
import { applicationNumber, parseApplicationNumber } from '../cancellation/identifiers/application-number.ts';
import type { State } from '../cancellation/life-cycle.ts';
import { loadCancellations } from '../store/cancellations.ts';
import type { Tx } from '../store/db.ts';
import { loadLines } from '../store/lines.ts';
import { openLine } from '../vault/contents.ts';
import type { AcceptedDocument } from '../vault/documents/accept-document.ts';
import { storeDocument } from '../vault/documents/stored-documents.ts';
import type { Desk } from './desk.ts';
import { loadDraft, saveDraft, seeDraft } from './draft.ts';
import { isOwnAccount } from './own-case.ts';
import type { Reviewer } from './review-queue.ts';
import { submit, type CannotSubmit, type Submitted } from './submit.ts';
import type { Draft, DraftForm, Subscriber } from './views.ts';

/** The draft with the code that its paper bears: made once, the same on every print. Nothing where the policy takes no paper. */
export const seePaperForm = async (desk: Desk, who: Subscriber, lineId: string): Promise<{ readonly code: string; readonly draft: Draft } | undefined> => {
  const draft = await seeDraft(desk, who, lineId);
  if (draft === undefined || !draft.pack.channels.includes('post')) return undefined;
  const code = await desk.db.inBrand(who.brand, async (tx) => {
    const held = await loadDraft(desk, tx, who, lineId, true);
    if (held?.one.id !== draft.caseId || held.one.state !== 'draft') return undefined;
    await tx.query(`insert into paper_forms (code, brand, cancellation_id, made_at) values ($1, $2, $3, $4) on conflict (cancellation_id) do nothing`,
      [applicationNumber(randomBytes(8)), who.brand, draft.caseId, desk.clock.now()]);
    return codeOfDraft(tx, draft.caseId);
  });
  return code === undefined ? undefined : { code, draft };
};

const codeOfDraft = async (tx: Tx, caseId: string): Promise<string | undefined> =>
  (await tx.query<{ code: string }>(`select code from paper_forms where cancellation_id = $1`, [caseId]))[0]?.code;

/** `ending`: the last two digits of the line's number. `draft`: while the paper is not yet received. */
export type PaperCase = { readonly code: string; readonly state: State; readonly ending: string; readonly papers: number; readonly draft?: Draft };

type Found = { readonly caseId: string; readonly subscriberId: string; readonly lineId: string; readonly state: State; readonly ending: string; readonly papers: number; readonly ownAccount: boolean };

const find = async (desk: Desk, tx: Tx, who: Reviewer, typed: string): Promise<(Found & { readonly code: string }) | undefined> => {
  const code = parseApplicationNumber(typed);
  if (!code.ok) return undefined;
  const [row] = await tx.query<{ id: string }>(
    `select c.id from cancellations c join subscribers s on s.id = c.subscriber_id and s.erased_at is null
     where c.id in (select cancellation_id from paper_forms where brand = $1 and code = $2 union select id from cancellations where brand = $1 and application_number = $2) limit 1`, [who.brand, code.value]);
  const [one] = row === undefined ? [] : await loadCancellations(tx, [row.id]);
  const [line] = one === undefined ? [] : await loadLines(tx, [one.lineId]);
  if (one === undefined || line === undefined) return undefined;
  const keyring = await desk.vault.keyring(tx, [one.subscriberId]);
  const [papers] = await tx.query<{ count: number }>(`select count(*)::int as count from documents where cancellation_id = $1 and purpose = 'paper'`, [one.id]);
  return {
    code: code.value, caseId: one.id, subscriberId: one.subscriberId, lineId: one.lineId, state: one.state, papers: papers?.count ?? 0,
    ending: openLine(keyring, line).line.msisdn.slice(-2), ownAccount: await isOwnAccount(desk, tx, who, one.subscriberId),
  };
};

const byPost = (who: Reviewer, found: Found, enclosed: boolean): Subscriber =>
  ({ brand: who.brand, subscriberId: found.subscriberId, assisted: { channel: 'post', staffId: who.staffId, proof: 'signature', enclosed } });

export type CannotFile = { readonly kind: 'not-found' | 'own-account' | 'nothing-filed' };

/** What a code on paper stands for. */
export const seePaper = async (desk: Desk, who: Reviewer, typed: string): Promise<Result<PaperCase, CannotFile>> => {
  const found = await desk.db.inBrand(who.brand, (tx) => find(desk, tx, who, typed));
  if (found === undefined) return no({ kind: 'not-found' });
  if (found.ownAccount) return no({ kind: 'own-account' });
  const draft = found.state === 'draft' && found.papers > 0 ? await seeDraft(desk, byPost(who, found, false), found.lineId) : undefined;
  return ok({ code: found.code, state: found.state, ending: found.ending, papers: found.papers, ...(draft === undefined ? {} : { draft }) });
};

/** The first of the codes that stands for a case of this brand gets the paper. */
export const filePaper = (desk: Desk, who: Reviewer, codes: readonly string[], accepted: AcceptedDocument): Promise<Result<{ readonly code: string }, CannotFile>> =>
  desk.db.inBrand(who.brand, async (tx) => {
    for (const code of codes) {
      const found = await find(desk, tx, who, code);
      if (found === undefined) continue;
      if (found.ownAccount) return no({ kind: 'own-account' });
      const keyring = await desk.vault.keyring(tx, [found.subscriberId]);
      await storeDocument(tx, keyring, { brand: who.brand, subscriberId: found.subscriberId, cancellationId: found.caseId, purpose: 'paper', accepted, now: desk.clock.now() });
      return ok({ code: found.code });
    }
    return no({ kind: 'not-found' });
  });

/** As the paper says, written in by the agent. `enclosed`: a copy of the identity document lies with it. */
export type OnPaper = { readonly form: Partial<DraftForm>; readonly enclosed: boolean };

/** The paper is signed, and every consequence on it: the case is received, under the number that the paper bears. */
export const receivePaper = async (desk: Desk, who: Reviewer, typed: string, { form, enclosed }: OnPaper): Promise<Result<Submitted, CannotSubmit | CannotFile>> => {
  const found = await desk.db.inBrand(who.brand, (tx) => find(desk, tx, who, typed));
  if (found === undefined) return no({ kind: 'not-found' });
  if (found.ownAccount) return no({ kind: 'own-account' });
  if (found.papers === 0) return no({ kind: 'nothing-filed' });
  const subscriber = byPost(who, found, enclosed);
  const draft = await seeDraft(desk, subscriber, found.lineId);
  if (draft !== undefined) await saveDraft(desk, subscriber, found.lineId, { ...form, acknowledged: draft.pack.consequences.map(({ id }) => id) });
  return submit(desk, subscriber, found.lineId);
};
