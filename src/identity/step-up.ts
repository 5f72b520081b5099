/** A second proof inside a session, where the pack asks for one before a destructive step. */
import { no, ok, type Result } from '../cancellation/result.ts';
import type { Clock } from '../store/clock.ts';
import type { Db, Tx } from '../store/db.ts';
import { carryProofs, saveProof, sessionProvenBy } from '../store/proofs.ts';
import type { Vault } from '../vault/vault.ts';
import { askForCode } from './ask-for-code.ts';
import { type CannotUseCode, type ContactChannel, type IssuedCode, type TellCode, useCode, useCodeIn, wasThisCode } from './one-time-codes.ts';
import { type NewSession, type NoSession, startSession, subscriberOf } from './sessions.ts';
import type { Wait } from './throttle.ts';

/** `caseId`: the draft that the code is for; it proves nothing for any other. */
export const requestStepUp = (
  db: Db,
  vault: Vault,
  clock: Clock,
  asked: { brand: string; subscriberId: string; caseId?: string; channel: ContactChannel; from: string },
  tell: TellCode,
): Promise<Result<IssuedCode, Wait>> => {
  const { brand, subscriberId, caseId, channel, from } = asked;
  const whose = { subscriberId, ...(caseId === undefined ? {} : { cancellationId: caseId }) };
  return askForCode(db, vault, clock, { brand, purpose: 'step-up', channel, from, nameKey: vault.mark('step-up', brand, subscriberId), find: async () => whose }, tell);
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

/** Seconds in which a form that was sent twice is one: the browser of whoever pressed twice gets only the second answer. */
const pressedTwice = 60;

/**
 * A code proves who sends one application. The session goes on under a new token; the old one lives on for a moment, unraised,
 * so that a second press of the button finds its session, and gets the same proof again instead of a sign-in page.
 */
export const proveForCase = (
  db: Db,
  vault: Vault,
  clock: Clock,
  asked: { brand: string; subscriberId: string; sessionId: string; caseId: string; codeId: string; code: string; from: string },
): Promise<Result<NewSession, CannotUseCode | { readonly kind: 'no-session' }>> =>
  db.inBrand(asked.brand, async (tx) => {
    const { brand, subscriberId, sessionId, caseId, codeId } = asked;
    const own = await tx.query('select 1 from sessions where id = $1 and subscriber_id = $2 for update', [sessionId, subscriberId]);
    const now = clock.now(); // after whoever came first
    if (own.length === 0) return no({ kind: 'no-session' }); // signed out meanwhile: stays so
    const used = await useCodeIn(tx, vault, now, { brand, purpose: 'step-up', codeId, code: asked.code, from: asked.from, subject: caseId });
    const before = used.ok || used.why.kind !== 'code-over' ? undefined : await provenJustNow(tx, vault, asked, now);
    if (!used.ok && before === undefined) return used;
    const session = await startSession(tx, now, { brand, kind: 'subscriber', ownerId: subscriberId, provenAt: now });
    await carryProofs(tx, before ?? sessionId, session.sessionId);
    if (before === undefined) await saveProof(tx, now, { brand, caseId, sessionId: session.sessionId, proof: 'contact-code', code: { codeId, fromSession: sessionId } });
    else await tx.query('delete from sessions where id = $1', [before]); // nobody got its token
    await tx.query('update sessions set expires_at = least(expires_at, $2) where id = $1', [sessionId, new Date(now.getTime() + pressedTwice * 1000)]);
    return ok(session);
  });

const provenJustNow = async (tx: Tx, vault: Vault, { codeId, code, sessionId }: { codeId: string; code: string; sessionId: string }, now: Date): Promise<string | undefined> => {
  if (!/^[0-9a-f-]{36}$/i.test(codeId) || !(await wasThisCode(tx, vault, codeId, code))) return undefined;
  return sessionProvenBy(tx, codeId, sessionId, new Date(now.getTime() - pressedTwice * 1000));
};
