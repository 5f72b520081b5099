import { fault, type Finding } from './finding.ts';
import { liesIn, type Jurisdiction } from './jurisdiction.ts';
import type { Pack } from './pack.ts';

/** A region that a brand serves and whose law nobody has written down: there its own terms would stand alone. */
export const checkServed = (packs: readonly { readonly file: string; readonly pack: Pick<Pack, 'serves'> }[], laws: readonly Pick<Jurisdiction, 'regions'>[]): Finding[] =>
  packs.flatMap(({ file, pack }) => pack.serves.flatMap((region, place) => (laws.some((law) => law.regions.some((one) => liesIn(region, one))) ? []
    : [{ file, ...fault('region-without-law', `serves.${place}`, `the brand serves ${region}, and no law of ${region} stands under policies/jurisdictions`, `write policies/jurisdictions/${region.toLowerCase()}.ts, or take ${region} out`) }])));
