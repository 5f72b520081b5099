import type { Result } from '../cancellation/result.ts';
import type { Clock } from '../store/clock.ts';
import type { Db } from '../store/db.ts';
import type { Vault } from '../vault/vault.ts';
import { countTry, sourceKey, type Wait } from './throttle.ts';

/** Counts a statement made without sign-in on the address that it comes from. Whoever has to wait is told so, and keeps what they typed. */
export const mayState = (db: Db, vault: Vault, clock: Clock, { brand, from }: { readonly brand: string; readonly from: string }): Promise<Result<undefined, Wait>> =>
  db.inBrand(brand, (tx) => countTry(tx, brand, clock.now(), [{ bucket: 'statement-source', key: sourceKey(vault, brand, from) }]));
