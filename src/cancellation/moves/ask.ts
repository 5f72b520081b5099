import type { Asked, Cancellation } from '../cancellation.ts';
import { no } from '../result.ts';
import { makeMove } from './move.ts';

/** Asks the subscriber for material. The clock stands still until it comes. */
export const ask = (one: Cancellation, now: Date, given: { readonly asked: Asked; readonly inPack: readonly string[]; readonly ownCase: boolean }) => {
  if (given.ownCase) return no({ kind: 'own-case' } as const);
  const [first] = given.asked.materials;
  if (first === undefined) return no({ kind: 'nothing-given' } as const);
  const stray = given.asked.materials.find((material) => !given.inPack.includes(material));
  if (stray !== undefined) return no({ kind: 'not-in-pack', what: 'material', id: stray } as const);
  return makeMove(one, 'ask', 'reviewer', now, { asked: given.asked, waitingSince: now }, { materials: given.asked.materials });
};
