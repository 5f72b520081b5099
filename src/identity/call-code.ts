/**
 * Whoever is on the phone shows with a code to a contact of record who they are, never with what is known of them
 * (47 CFR 64.2010). Its message says that it may be read out; so it has a purpose of its own, and opens nothing else.
 */
import type { Result } from '../cancellation/result.ts';
import type { Clock } from '../store/clock.ts';
import type { Db } from '../store/db.ts';
import type { Vault } from '../vault/vault.ts';
import { askForCode } from './ask-for-code.ts';
import { type CannotUseCode, type ContactChannel, type IssuedCode, type TellCode, useCode } from './one-time-codes.ts';
import type { Wait } from './throttle.ts';

/** Everybody at the desk comes from one address: it is the member of staff that is counted. */
const source = (staffId: string): string => `staff ${staffId}`;

export const requestCallCode = (
  db: Db,
  vault: Vault,
  clock: Clock,
  asked: { brand: string; subscriberId: string; channel: ContactChannel; staffId: string },
  tell: TellCode,
): Promise<Result<IssuedCode, Wait>> => {
  const { brand, subscriberId, channel, staffId } = asked;
  return askForCode(db, vault, clock, { brand, purpose: 'call', channel, from: source(staffId), nameKey: vault.mark('call', brand, subscriberId), find: async () => ({ subscriberId }) }, tell);
};

/** What the caller read out. Resolves to the subscriber; every try is counted. */
export const proveCaller = (
  db: Db,
  vault: Vault,
  clock: Clock,
  asked: { brand: string; subscriberId: string; codeId: string; code: string; staffId: string },
): Promise<Result<string, CannotUseCode>> => {
  const { staffId, subscriberId, ...rest } = asked;
  return useCode(db, vault, clock, { ...rest, purpose: 'call', subject: subscriberId, from: source(staffId) });
};
