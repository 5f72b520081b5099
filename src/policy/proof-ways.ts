/** The ways in which somebody may show, when sending, who they are. Pure. */
import type { Pack, Proof } from './pack.ts';
import { reaches, shownOnWay } from './proof-level.ts';

export type ProofWay = readonly Proof[];

/** A question alone proves nothing: what it asks, others know too (ASVS 5.0 §6.4.2). */
export const suffices = (way: ProofWay): boolean => way.some((proof) => proof !== 'security-question');

/** No way below the level that the pack demands is open, whatever its list says. */
const isOpen = (pack: Pack, way: ProofWay): boolean => suffices(way) && reaches(pack, shownOnWay(pack, way));

/** The pack's alternatives that this subscriber can go; without any, what the sign-in proved is enough or, where the pack wants more, support helps. */
export const waysOf = (pack: Pack, has: { readonly question: boolean }): readonly ProofWay[] =>
  pack.identity.proofs.filter((way) => isOpen(pack, way) && (has.question || !way.includes('security-question')));

export const wantsProof = (pack: Pack): boolean => pack.identity.proofs.length > 0;

/** The document is then one way of proving among others, and asked for only on that way. */
export const documentIsProof = (pack: Pack): boolean => pack.identity.proofs.some((way) => way.includes('document'));

/** The alternative that is shown in full; of several the one that takes most, because all of it goes on record. */
export const wayShown = (pack: Pack, shown: ReadonlySet<Proof>): ProofWay | undefined =>
  pack.identity.proofs.filter((way) => isOpen(pack, way) && way.every((proof) => shown.has(proof))).toSorted((one, other) => other.length - one.length)[0];

/** What is next on this way; a code first, because it is what stops a stranger. */
export const nextProof = (way: ProofWay, shown: ReadonlySet<Proof>): Proof | undefined =>
  (['contact-code', 'document', 'security-question'] as const).find((proof) => way.includes(proof) && !shown.has(proof));
