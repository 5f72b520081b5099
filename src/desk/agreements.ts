/** Agreements are read, signed in a session that a one-time code has proven, and kept sealed in the case. */
import { agreementToRead, signedAgreement, type AgreementPaper } from '../certificate/pdf/agreement-pdf.ts';
import { no, ok, type Result } from '../cancellation/result.ts';
import type { Language, Pack } from '../policy/pack.ts';
import { readDrawn } from '../signature/drawn.ts';
import { forgetSignatures, saveSignatures, signaturesOf, type AgreementSignature } from '../store/agreements.ts';
import type { Tx } from '../store/db.ts';
import { sha256 } from '../store/journal.ts';
import { regionsOf } from '../store/lines.ts';
import { freshProofs, proofMinutes } from '../store/proofs.ts';
import { contextOf, opened, personContents } from '../vault/contents.ts';
import { readDocument, storeDocument } from '../vault/documents/stored-documents.ts';
import { caseFor, type CaseReader } from './case-access.ts';
import type { Desk } from './desk.ts';
import { loadDraft } from './draft.ts';
import type { AgreementView, Subscriber } from './views.ts';

/** `version`: of the policy that the draft was opened under. */
const paperOf = (pack: Pack, version: string, agreementId: string): AgreementPaper | undefined => {
  const found = pack.agreements.find(({ id }) => id === agreementId);
  return found === undefined ? undefined : { ...found, brand: pack.name, colour: pack.colour.light, version, zone: pack.calendar.zone };
};

/** Of a pack's agreements, how each stands. */
export const agreementViews = (pack: Pack, signatures: readonly AgreementSignature[]): AgreementView[] =>
  pack.agreements.map(({ id, title, body }) => {
    const signed = signatures.find(({ agreementId }) => agreementId === id);
    return { id, title, body, ...(signed === undefined ? {} : { signed: { at: signed.signedAt, sha256: signed.sha256, documentId: signed.documentId } }) };
  });

/** What is to be signed in the open draft, and what is. */
export const seeAgreements = (desk: Desk, who: Subscriber, lineId: string): Promise<readonly AgreementView[] | undefined> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const draft = await loadDraft(desk, tx, who, lineId);
    return draft === undefined ? undefined : agreementViews(draft.pack, draft.signatures);
  });

/** The text as a PDF, for reading before it is signed. */
export const readAgreement = async (desk: Desk, who: Subscriber, lineId: string, agreementId: string, language: Language): Promise<Buffer | undefined> => {
  const paper = await desk.db.inBrand(who.brand, async (tx) => {
    const draft = await loadDraft(desk, tx, who, lineId);
    return draft === undefined ? undefined : paperOf(draft.pack, draft.one.packVersion, agreementId);
  });
  return paper === undefined ? undefined : agreementToRead(paper, language, desk.clock.now());
};

export type CannotSign = { readonly kind: 'not-found' | 'not-proven' | 'name-missing' | 'name-too-long' | 'name-differs' | 'drawing-not-readable' };
/** `drawn`: strokes as the page sends them; empty: the name as typed is the signature. */
export type Hand = { readonly name: string; readonly drawn: string };

const longest = 80;
/** Alike as people write it: width, case and blanks aside. */
const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[\s·.]+/g, '');

/** Where the code went that this session was proven by. */
const contactOf = async (tx: Tx, caseId: string, provenAt: Date): Promise<string> => {
  const [sent] = await tx.query<{ to: string | null }>(
    `select to_masked as "to" from notices where cancellation_id = $1 and template = 'one-time-code' and created_at <= $2 order by created_at desc limit 1`, [caseId, provenAt]);
  if (sent?.to == null) throw new Error('a code was given that was sent nowhere');
  return sent.to;
};

/** When this session was proven by a code, if that still holds. */
const provenIn = async (tx: Tx, caseId: string, sessionId: string, now: Date): Promise<Date | undefined> => {
  const until = (await freshProofs(tx, caseId, sessionId, now)).get('contact-code');
  return until && new Date(until.getTime() - proofMinutes * 60_000);
};

/** Everything that can be said against it, before a code is spent on it. */
const handOf = async (tx: Tx, who: Subscriber, draft: NonNullable<Awaited<ReturnType<typeof loadDraft>>>, hand: Hand) => {
  const name = hand.name.trim();
  if (name === '') return no({ kind: 'name-missing' } as const);
  if (name.length > longest) return no({ kind: 'name-too-long' } as const);
  const person = (await regionsOf(tx, [who.subscriberId])).get(who.subscriberId);
  const registered = person === undefined ? '' : opened(draft.keyring.openJson(who.subscriberId, contextOf.person(who.subscriberId), person.sealed, personContents)).name;
  if (![draft.form.name ?? '', registered].some((known) => known.trim() !== '' && plain(known) === plain(name))) return no({ kind: 'name-differs' } as const);
  if (hand.drawn === '') return ok({ name });
  const drawn = readDrawn(hand.drawn);
  return drawn === undefined ? no({ kind: 'drawing-not-readable' } as const) : ok({ name, drawn });
};

export const checkHand = (desk: Desk, who: Subscriber, lineId: string, hand: Hand): Promise<Result<void, CannotSign>> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const draft = await loadDraft(desk, tx, who, lineId);
    if (draft === undefined || draft.pack.agreements.length === 0) return no({ kind: 'not-found' });
    const checked = await handOf(tx, who, draft, hand);
    return checked.ok ? ok(undefined) : checked;
  });

/**
 * Signs all agreements of the draft, in the language in which they were read. Signed anew while it is a draft, the papers of
 * before are replaced. `proof`: the session that a code has proven, or when one was given under a link. The pages are drawn between two transactions: that takes longer than one should stay open.
 */
export const signAgreements = async (desk: Desk, who: Subscriber, lineId: string, proof: string | { readonly provenAt: Date }, hand: Hand, language: Language): Promise<Result<void, CannotSign>> => {
  const begun = await desk.db.inBrand(who.brand, async (tx) => {
    const now = desk.clock.now();
    const draft = await loadDraft(desk, tx, who, lineId);
    if (draft === undefined || draft.pack.agreements.length === 0) return no({ kind: 'not-found' } as const);
    const checked = await handOf(tx, who, draft, hand);
    if (!checked.ok) return checked;
    const provenAt = typeof proof === 'string' ? await provenIn(tx, draft.one.id, proof, now) : proof.provenAt;
    if (provenAt === undefined) return no({ kind: 'not-proven' } as const);
    const { one, pack, card } = draft;
    return ok({ one, pack, provenAt, signing: { ...checked.value, at: now, contact: await contactOf(tx, one.id, provenAt), number: card.msisdn, caseId: one.id } });
  });
  if (!begun.ok) return begun;
  const { one, pack, provenAt, signing } = begun.value;
  const papers: { agreementId: string; pdf: Buffer }[] = [];
  for (const { id } of pack.agreements) {
    const paper = paperOf(pack, one.packVersion, id);
    if (paper !== undefined) papers.push({ agreementId: id, pdf: await signedAgreement(paper, language, signing, desk.documentKey) });
  }
  return desk.db.inBrand(who.brand, async (tx) => {
    const draft = await loadDraft(desk, tx, who, lineId, true);
    if (draft?.one.id !== one.id) return no({ kind: 'not-found' }); // sent, or thrown away, meanwhile
    await forgetSignatures(tx, one.id);
    const signed: AgreementSignature[] = [];
    for (const { agreementId, pdf } of papers) {
      const documentId = await storeDocument(tx, draft.keyring, {
        brand: who.brand, subscriberId: who.subscriberId, cancellationId: one.id, purpose: 'agreement', now: signing.at,
        accepted: { contentType: 'application/pdf', bytes: pdf.length, contents: pdf },
      });
      signed.push({ agreementId, documentId, language, sha256: Buffer.from(sha256(pdf)).toString('hex'), signedAt: signing.at });
    }
    await saveSignatures(tx, { brand: who.brand, caseId: one.id, provenAt }, signed);
    return ok(undefined);
  });
};

const openSigned = async (desk: Desk, tx: Tx, caseId: string, agreementId: string): Promise<Buffer | undefined> => {
  const signature = (await signaturesOf(tx, caseId)).find((one) => one.agreementId === agreementId);
  const document = signature === undefined ? undefined : await readDocument(tx, desk.vault, { id: signature.documentId, cancellationId: caseId });
  return document?.ok ? document.value.contents : undefined;
};

/** The signed PDF, while its application is not sent. */
export const seeSignedInDraft = (desk: Desk, who: Subscriber, lineId: string, agreementId: string): Promise<Buffer | undefined> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const draft = await loadDraft(desk, tx, who, lineId);
    return draft === undefined ? undefined : openSigned(desk, tx, draft.one.id, agreementId);
  });

/** The signed PDF of a case, for whoever the case belongs to. */
export const seeSignedAgreement = (desk: Desk, who: Subscriber | CaseReader, applicationNumber: string, agreementId: string): Promise<Buffer | undefined> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const one = await caseFor(tx, who, applicationNumber);
    return one === undefined ? undefined : openSigned(desk, tx, one.id, agreementId);
  });
