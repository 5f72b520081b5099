/** The code by which agreements are signed under a link: sent for one draft, to a contact of record, and of use for nothing without that link. */
import type { Result } from '../cancellation/result.ts';
import type { Clock } from '../store/clock.ts';
import type { Db } from '../store/db.ts';
import type { Vault } from '../vault/vault.ts';
import { type CannotUseCode, useCode } from './one-time-codes.ts';

export const giveSigningCode = (db: Db, vault: Vault, clock: Clock, asked: { brand: string; caseId: string; codeId: string; code: string; from: string }): Promise<Result<string, CannotUseCode>> => {
  const { caseId, ...rest } = asked;
  return useCode(db, vault, clock, { ...rest, purpose: 'step-up', subject: caseId });
};
