import type { Actor } from '../life-cycle.ts';
import type { Cancellation } from '../cancellation.ts';
import { no } from '../result.ts';
import { makeMove } from './move.ts';

/** Identity to the level that the pack asks for, and every consequence read and acknowledged. `signed`: agreements, each with the SHA-256 (hex) of the paper. */
export const prove = (
  one: Cancellation,
  actor: Actor,
  now: Date,
  given: { readonly proofs: readonly string[]; readonly demanded: readonly string[]; readonly acknowledged: readonly string[]; readonly signed?: readonly { readonly id: string; readonly sha256: string }[] },
) => {
  const missing = given.demanded.filter((consequence) => !given.acknowledged.includes(consequence));
  if (missing.length > 0) return no({ kind: 'not-acknowledged', missing } as const);
  return makeMove(one, 'prove', actor, now, {}, {
    proofs: given.proofs, acknowledged: given.demanded,
    ...(given.signed === undefined || given.signed.length === 0 ? {} : { signed: given.signed.map(({ id, sha256 }) => `${id} ${sha256}`) }),
  });
};
