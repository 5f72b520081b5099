import type { Packs } from '../policy/packs.ts';
import type { Clock } from '../store/clock.ts';
import type { Voice } from './words.ts';

/** `siteOf`: where the brand's pages are reached, e.g. `https://plum.example/plum`; a case is at `/cases/<application number>` under it, a confirmation at `/confirm/<token>`, what is to be signed at `/sign/<token>`. */
export const voicesOf = (packs: Packs, clock: Clock, siteOf: (brand: string) => string) => (brand: string): Voice => {
  const inForce = packs.inForce(brand, clock.now());
  const found = inForce.ok ? inForce : packs.latest(brand);
  if (!found.ok) throw new Error(`a notice of a brand that has no policy: ${brand}`);
  return {
    ...found.value,
    caseUrl: (applicationNumber) => `${siteOf(brand)}/cases/${encodeURIComponent(applicationNumber)}`,
    signUrl: (token) => `${siteOf(brand)}/sign/${token}`,
    homeUrl: `${siteOf(brand)}/`,
    confirmUrl: (token) => `${siteOf(brand)}/confirm/${token}`,
  };
};
