/** What the operator goes on holding when a subscriber's key is destroyed lies under a key of its own, one a brand and purpose. */
import { createHash } from 'node:crypto';
import type { Keyring } from './keyring.ts';
import type { Queries, Vault } from './vault.ts';

/** `numbers`: those that were disconnected. A number is the operator's; whose it was is not said by it. `bulk`: files that order many lines to end, until they are read. */
export type OperatorPurpose = 'numbers' | 'bulk';

/** Names the key, and nobody: no secret, and the same on every day. */
export const purposeHolder = (brand: string, purpose: OperatorPurpose): string =>
  createHash('sha256').update(JSON.stringify(['signoff operator key', brand, purpose])).digest('hex').slice(0, 32).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-8$3-8$4-$5');

/** The open keys of these brands for one purpose, made where there is none yet. */
export const purposeKeyring = async (vault: Vault, tx: Queries, purpose: OperatorPurpose, brands: readonly string[]): Promise<Keyring> => {
  const each = [...new Set(brands)];
  for (const brand of each) await vault.newKeys(tx, brand, [purposeHolder(brand, purpose)]);
  return vault.keyring(tx, each.map((brand) => purposeHolder(brand, purpose)));
};
