/** What somebody can show at sending, and has shown: read for the last look, recorded where it is a document. */
import type { IdentityLevel, Proof } from '../policy/pack.ts';
import { waysOf, wayShown, wantsProof, type ProofWay } from '../policy/proof-ways.ts';
import { freshProofs, questionOf, saveProof } from '../store/proofs.ts';
import type { AcceptedDocument } from '../vault/documents/accept-document.ts';
import type { Desk } from './desk.ts';
import { attachIdentity, loadDraft } from './draft.ts';
import { asksQuestion, codeContacts } from './security-question.ts';
import type { Subscriber } from './views.ts';

export type ProofView = {
  readonly caseId: string;
  /** The pack asks for more than the sign-in. */
  readonly wanted: boolean;
  /** How surely, which is why more is asked. */
  readonly level: IdentityLevel;
  readonly ways: readonly ProofWay[];
  readonly shown: ReadonlySet<Proof>;
  /** In full by one of the ways; sent before `until`, it holds. */
  readonly proven?: { readonly by: ProofWay; readonly until: Date };
  /** Masked contacts of record that are no number of their own lines: only there goes a code. */
  readonly contacts: { readonly mail?: string; readonly sms?: string };
  readonly question?: string;
  /** The policy has a way with a question, and none is set yet. */
  readonly questionMissing: boolean;
  readonly documents: readonly string[];
};

export const seeProof = (desk: Desk, who: Subscriber, lineId: string, sessionId: string): Promise<ProofView | undefined> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const draft = await loadDraft(desk, tx, who, lineId);
    if (draft === undefined) return undefined;
    const { pack, one, keyring } = draft;
    const fresh = await freshProofs(tx, one.id, sessionId, desk.clock.now());
    const shown = new Set(fresh.keys());
    const contacts = await codeContacts(tx, keyring, who.subscriberId);
    const question = await questionOf(tx, who.subscriberId);
    const by = wayShown(pack, shown);
    const ends = by?.map((proof) => fresh.get(proof)?.getTime() ?? 0) ?? [];
    const able = (way: ProofWay): boolean =>
      (!way.includes('contact-code') || Object.keys(contacts).length > 0) && (!way.includes('document') || pack.identity.documents.length > 0);
    return {
      caseId: one.id, wanted: wantsProof(pack), level: pack.identity.level, questionMissing: question === undefined && asksQuestion(pack), shown, contacts, documents: pack.identity.documents,
      ways: waysOf(pack, { question: question !== undefined }).filter(able),
      ...(by === undefined ? {} : { proven: { by, until: new Date(Math.min(...ends)) } }),
      ...(question === undefined ? {} : { question }),
    };
  });

/** The document as proof: it takes the place of any before, and holds like every other proof. False where there is no draft. */
export const proveByDocument = async (desk: Desk, who: Subscriber, lineId: string, sessionId: string, document: AcceptedDocument): Promise<boolean> => {
  if (!(await attachIdentity(desk, who, lineId, document))) return false;
  return desk.db.inBrand(who.brand, async (tx) => {
    const draft = await loadDraft(desk, tx, who, lineId, true);
    if (draft?.document === undefined) return false;
    await saveProof(tx, desk.clock.now(), { brand: who.brand, caseId: draft.one.id, sessionId, proof: 'document' });
    return true;
  });
};
