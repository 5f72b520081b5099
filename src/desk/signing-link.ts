/**
 * Agreements while somebody is on the phone: the agent can't sign them and never learns the code. The subscriber gets a link at a contact of
 * record; it opens the one page on which the agreements of this draft are read and signed, by their own name and a code of their own.
 */
import { randomBytes } from 'node:crypto';
import { no, ok, type Result } from '../cancellation/result.ts';
import { maskContact } from '../notices/contacts.ts';
import { reachForCode } from '../notices/reach.ts';
import type { Language } from '../policy/pack.ts';
import { loadCancellations } from '../store/cancellations.ts';
import { hashOfLink } from '../store/confirmations.ts';
import { keepSigningLink, lastSigningLink, signedByLink, signingLinkOf, type SigningLink } from '../store/signing-links.ts';
import { agreementViews, checkHand, readAgreement, signAgreements, type CannotSign, type Hand } from './agreements.ts';
import type { Desk } from './desk.ts';
import { loadDraft } from './draft.ts';
import type { AgreementView, Subscriber } from './views.ts';

const lasts = 24 * 3_600_000;

/** What the agent sees: what there is to sign, and how far it is. */
export type ToSign = { readonly caseId: string; readonly agreements: readonly AgreementView[]; readonly link?: SigningLink };
export const seeToSign = (desk: Desk, caller: Subscriber, lineId: string): Promise<ToSign | undefined> =>
  desk.db.inBrand(caller.brand, async (tx) => {
    const draft = await loadDraft(desk, tx, caller, lineId);
    if (draft === undefined || draft.pack.agreements.length === 0) return undefined;
    const link = await lastSigningLink(tx, draft.one.id);
    return { caseId: draft.one.id, agreements: agreementViews(draft.pack, draft.signatures), ...(link === undefined ? {} : { link }) };
  });

/** `no-contact`: none of record that is safe; it goes by paper then. */
export type CannotSendToSign = { readonly kind: 'not-found' | 'no-contact' };
export const sendToSign = (desk: Desk, caller: Subscriber, callId: string, lineId: string, wanted: 'mail' | 'sms'): Promise<Result<void, CannotSendToSign>> =>
  desk.db.inBrand(caller.brand, async (tx) => {
    const draft = await loadDraft(desk, tx, caller, lineId, true);
    if (draft === undefined || draft.pack.agreements.length === 0) return no({ kind: 'not-found' });
    const to = (await reachForCode(tx, draft.keyring, caller.subscriberId, wanted))?.contact;
    if (to === undefined) return no({ kind: 'no-contact' });
    const token = randomBytes(32).toString('base64url');
    const now = desk.clock.now();
    const until = new Date(now.getTime() + lasts);
    const { brand, subscriberId } = caller;
    await keepSigningLink(tx, { tokenHash: hashOfLink(token), brand, caseId: draft.one.id, callId, channel: to.channel, to: maskContact(to), now, until });
    await desk.tellToSign(tx, { brand, subscriberId, caseId: draft.one.id, to, token, until });
    return ok(undefined);
  });

/** What the link's page shows; `over`: the application was sent or thrown away. */
export type Signing = {
  readonly who: Subscriber; readonly lineId: string; readonly caseId: string; readonly channel: 'e-mail' | 'sms'; readonly to: string; readonly until: Date;
  readonly stands: 'open' | 'signed' | 'replaced' | 'late' | 'over'; readonly agreements: readonly AgreementView[];
};
export const seeSigning = (desk: Desk, brand: string, token: string): Promise<Signing | undefined> =>
  desk.db.inBrand(brand, async (tx) => {
    const link = await signingLinkOf(tx, brand, hashOfLink(token));
    const [one] = link === undefined ? [] : await loadCancellations(tx, [link.caseId]);
    if (link === undefined || one === undefined) return undefined;
    const who = { brand, subscriberId: one.subscriberId };
    const draft = await loadDraft(desk, tx, who, one.lineId);
    const agreements = draft?.one.id === one.id ? agreementViews(draft.pack, draft.signatures) : [];
    const stands = link.signedAt !== undefined ? 'signed' : link.replaced ? 'replaced' : agreements.length === 0 ? 'over' : desk.clock.now() >= link.until ? 'late' : 'open';
    return { who, lineId: one.lineId, caseId: one.id, channel: link.channel === 'mail' ? 'e-mail' : 'sms', to: link.to, until: link.until, stands, agreements };
  });

/** The text as a PDF, while the link is open. */
export const readByLink = async (desk: Desk, signing: Signing, agreementId: string, language: Language): Promise<Buffer | undefined> =>
  (signing.stands === 'open' ? readAgreement(desk, signing.who, signing.lineId, agreementId, language) : undefined);

export const checkHandByLink = (desk: Desk, { who, lineId }: Signing, hand: Hand): Promise<Result<void, CannotSign>> => checkHand(desk, who, lineId, hand);

/** `provenAt`: when the code was given that reached the contact of record. */
export const signByLink = async (desk: Desk, { who, lineId }: Signing, token: string, provenAt: Date, hand: Hand, language: Language): Promise<Result<void, CannotSign>> => {
  const signed = await signAgreements(desk, who, lineId, { provenAt }, hand, language);
  if (signed.ok) await desk.db.inBrand(who.brand, (tx) => signedByLink(tx, hashOfLink(token), desk.clock.now()));
  return signed;
};
