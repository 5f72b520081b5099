import type { Pack, Text } from '../policy/pack.ts';
import type { Packs } from '../policy/packs.ts';
import type { Clock } from '../store/clock.ts';
import type { Voice } from './words.ts';

/** By the keys of messages/notices. */
const textsOf = ({ notices }: Pack): Record<string, Text> => Object.fromEntries(Object.entries(notices).flatMap(([notice, { subject, text, sms, action }]) =>
  ([['mail.subject', subject], ['mail.text', text], ['sms', sms], ['action', action]] as const).flatMap(([part, own]) => (own === undefined ? [] : [[`${notice}.${part}`, own]]))));

/** Addresses as they are now; the brand's own words of the policy that a case stands on. `siteOf`: where the brand's pages are reached, e.g. `https://plum.example/plum`; a case is at `/cases/<application number>` under it, a confirmation at `/confirm/<token>`, what is to be signed at `/sign/<token>`. */
export const voicesOf = (packs: Packs, clock: Clock, siteOf: (brand: string) => string) => (brand: string, packVersion: string | null = null): Voice => {
  const pinned = packVersion === null ? undefined : packs.byVersion(packVersion);
  const inForce = packs.inForce(brand, clock.now());
  const found = inForce.ok ? inForce : packs.latest(brand);
  if (!found.ok) throw new Error(`a notice of a brand that has no policy: ${brand}`);
  return {
    ...found.value,
    texts: textsOf(pinned?.ok ? pinned.value : found.value),
    caseUrl: (applicationNumber) => `${siteOf(brand)}/cases/${encodeURIComponent(applicationNumber)}`,
    signUrl: (token) => `${siteOf(brand)}/sign/${token}`,
    homeUrl: `${siteOf(brand)}/`,
    confirmUrl: (token) => `${siteOf(brand)}/confirm/${token}`,
    deletionGuide: `${siteOf(brand)}/esim/delete`,
  };
};
