/** How surely somebody is known by what they showed, and whether every way that a pack opens reaches what it demands. Pure. */
import { fault, type Fault } from './finding.ts';
import { identityLevels, type IdentityLevel, type Pack, type Proof } from './pack.ts';

/** What was shown. `password`: the session that it opened. `call-code`: to a contact of record, read out on the phone. `signature`: by hand on paper. */
export type Evidence = Proof | 'password' | 'call-code' | 'signature';

/**
 * `reviewers`: a document or a paper that nobody looks at shows nothing. A question is something known, as the password is: in
 * addition it makes a session no surer (ASVS 5.0 §6.4.2).
 */
export const levelOf = (shown: readonly Evidence[], { review: { reviewers } }: Pick<Pack, 'review'>): IdentityLevel =>
  reviewers > 0 && shown.some((one) => one === 'document' || one === 'signature') ? 'documented'
    : shown.some((one) => one === 'contact-code' || one === 'call-code') ? 'confirmed'
      : 'basic';

type Judged = { readonly review: Pack['review']; readonly identity: Pick<Pack['identity'], 'level'> };
export const reaches = (pack: Judged, shown: readonly Evidence[]): boolean =>
  identityLevels.indexOf(levelOf(shown, pack)) >= identityLevels.indexOf(pack.identity.level);

/** What whoever is signed in has shown after going this way; a document that is no proof among others lies with every application. */
export const shownOnWay = ({ identity }: Pick<Pack, 'identity'>, way: readonly Proof[]): Evidence[] =>
  ['password', ...way, ...(identity.documents.length > 0 && !identity.proofs.some((one) => one.includes('document')) ? ['document' as const] : [])];

/** For `policy check`: every way, by every channel, that ends below the level that the pack demands. */
export const levelFaults = (pack: Pack): Fault[] => {
  const { identity, channels } = pack;
  const unseen = pack.review.reviewers === 0 && identity.level === 'documented';
  const below = (at: string, what: string, shown: readonly Evidence[], mend: string): Fault[] => (reaches(pack, shown) ? []
    : [fault('below-level', at, `${what} reaches “${levelOf(shown, pack)}”, and the pack demands “${identity.level}”${unseen ? '; a document that no reviewer sees shows nothing' : ''}`, unseen ? 'let somebody review, or demand less under `identity.level`' : mend)]);
  const more = identity.level === 'documented' ? "add 'document' to it" : "add 'contact-code' to it";
  return [
    ...(identity.proofs.length === 0
      ? below('identity.level', 'what is shown, the sign-in and the application,', shownOnWay(pack, []), `name ways under \`proofs\`, such as ${identity.level === 'documented' ? "['document'], with the kinds of document" : "['contact-code']"}, or demand less`)
      : identity.proofs.flatMap((way, place) => below(`identity.proofs.${place}`, 'this way', shownOnWay(pack, way), `${more}, take it out, or demand less under \`identity.level\``))),
    ...channels.flatMap((channel, place) => (channel === 'phone'
      ? below(`channels.${place}`, 'a call, proven by a code,', ['call-code', ...(identity.documents.length > 0 ? ['document' as const] : [])], 'name the kinds of document that the agent takes under `identity.documents`, or take the phone out')
      : channel === 'post' ? below(`channels.${place}`, 'a signature on paper', ['signature'], 'take the post out') : [])),
  ];
};
