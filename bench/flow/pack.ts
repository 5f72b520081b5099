/** The policy that is measured: with all of the carrier's steps, and without the days of waiting. */
import { allPacks } from '../../policies/index.ts';
import type { Pack } from '../../src/policy/pack.ts';

export const benchPack: Pack = (() => {
  const found = allPacks.find(({ brand }) => brand === 'ultra-purple');
  if (found === undefined) throw new Error('the policy that is measured is not there');
  return { ...found, recoverableDays: 0 };
})();
