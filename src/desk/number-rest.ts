import type { LineKind } from '../cancellation/line.ts';
import { restOf, type Rest } from '../numbers/rest.ts';
import { lawVersion } from '../policy/jurisdiction.ts';
import type { Pack } from '../policy/pack.ts';
import type { Desk } from './desk.ts';
import type { Pinned } from './follow.ts';

/** How long the number of such a line rests: the policy's own time, under the laws of where its subscriber lives and of its numbering plan. */
export const restUnder = (packs: Desk['packs'], pack: Pack, kind: LineKind, region: string, at: Date): Rest => {
  const laws = [...packs.lawsIn(region, at), ...(pack.numbersOf === undefined ? [] : packs.lawsIn(pack.numbersOf, at))];
  return restOf(pack.quarantineDays, [...new Map(laws.map((law) => [lawVersion(law), law])).values()], kind);
};

/** The same for a case: by the policy and the law that it was received under. */
export const restOfCase = ({ packs }: Pick<Desk, 'packs'>, one: Pinned, kind: LineKind): Rest => {
  const found = packs.byVersion(one.packVersion);
  if (!found.ok) throw new Error(`a case stands on a policy that this build does not have: ${one.packVersion}`);
  return restUnder(packs, found.value, kind, one.region, one.receivedAt ?? one.openedAt);
};
