import type { Result } from '../cancellation/result.ts';
import type { Clock } from '../store/clock.ts';
import type { Db } from '../store/db.ts';
import type { Vault } from '../vault/vault.ts';
import { countTry, type Wait } from './throttle.ts';

/** Counts a message about `what` that somebody has sent once more: whoever asks for it, nobody's mailbox is flooded. */
export const maySendAgain = (db: Db, vault: Vault, clock: Clock, { brand, what }: { readonly brand: string; readonly what: string }): Promise<Result<undefined, Wait>> =>
  db.inBrand(brand, (tx) => countTry(tx, brand, clock.now(), [{ bucket: 'sent-again', key: vault.mark('sent again', brand, what) }]));
