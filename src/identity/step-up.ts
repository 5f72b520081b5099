/** A second proof inside a session, where the pack asks for one before a destructive step. */
import { no, ok, type Result } from '../cancellation/result.ts';
import type { Clock } from '../store/clock.ts';
import type { Db } from '../store/db.ts';
import type { Vault } from '../vault/vault.ts';
import { askForCode } from './ask-for-code.ts';
import { type CannotUseCode, type ContactChannel, type IssuedCode, type TellCode, useCode } from './one-time-codes.ts';
import { type NewSession, type NoSession, startSession, subscriberOf } from './sessions.ts';
import type { Wait } from './throttle.ts';

export const requestStepUp = (
  db: Db,
  vault: Vault,
  clock: Clock,
  asked: { brand: string; subscriberId: string; channel: ContactChannel; from: string },
  tell: TellCode,
): Promise<Result<IssuedCode, Wait>> => {
  const { brand, subscriberId, channel, from } = asked;
  return askForCode(db, vault, clock, { brand, purpose: 'step-up', channel, from, nameKey: vault.mark('step-up', brand, subscriberId), find: async () => ({ subscriberId }) }, tell);
};

/** The session goes on under a new token (set its cookie), with `provenAt` set: a raised right never hangs on an old token. */
export const proveSession = async (
  db: Db,
  vault: Vault,
  clock: Clock,
  asked: { brand: string; token: string | undefined; codeId: string; code: string; from: string },
): Promise<Result<NewSession & { readonly subscriberId: string }, CannotUseCode | NoSession>> => {
  const session = await subscriberOf(db, asked.brand, asked.token, clock.now());
  if (!session.ok) return session;
  const { subscriberId, sessionId } = session.value;
  const used = await useCode(db, vault, clock, { brand: asked.brand, purpose: 'step-up', codeId: asked.codeId, code: asked.code, from: asked.from, subject: subscriberId });
  if (!used.ok) return used;
  return db.inBrand(asked.brand, async (tx) => {
    const now = clock.now();
    const ended = await tx.query('delete from sessions where id = $1 returning 1', [sessionId]);
    if (ended.length === 0) return no({ kind: 'no-session' }); // signed out meanwhile: stays so
    return ok({ ...(await startSession(tx, now, { brand: asked.brand, kind: 'subscriber', ownerId: subscriberId, provenAt: now })), subscriberId });
  });
};
