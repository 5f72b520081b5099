/** The status of one case without sign-in: its application number and a code to a contact of record. */
import type { ApplicationNumber } from '../cancellation/identifiers/application-number.ts';
import { ok, type Result } from '../cancellation/result.ts';
import type { Clock } from '../store/clock.ts';
import type { Db, Tx } from '../store/db.ts';
import type { Vault } from '../vault/vault.ts';
import { askForCodeAsStranger } from './ask-for-code.ts';
import { type CannotUseCode, type ContactChannel, type IssuedCode, type TellCode, useCode } from './one-time-codes.ts';
import { type NewSession, startSession } from './sessions.ts';
import type { Wait } from './throttle.ts';

/** The answer is the same whether or not there is such a case; whose subscriber was erased, there is none. */
export const requestCaseCode = (
  db: Db,
  vault: Vault,
  clock: Clock,
  asked: { brand: string; applicationNumber: ApplicationNumber; channel: ContactChannel; from: string },
  tell: TellCode,
): Promise<Result<IssuedCode, Wait>> => {
  const { brand, applicationNumber, channel, from } = asked;
  const find = async (tx: Tx) => {
    const [found] = await tx.query<{ id: string; subscriber_id: string }>(
      'select c.id, c.subscriber_id from cancellations c join subscribers s on s.id = c.subscriber_id where c.brand = $1 and c.application_number = $2 and s.erased_at is null', [brand, applicationNumber]);
    return found && { cancellationId: found.id, subscriberId: found.subscriber_id };
  };
  return askForCodeAsStranger(db, vault, clock, { brand, purpose: 'status', channel, from, nameKey: vault.mark('application number', brand, applicationNumber), find }, tell);
};

/** A short session that shows this one case (`caseOf`) and changes nothing else. */
export const openCase = async (
  db: Db,
  vault: Vault,
  clock: Clock,
  asked: { brand: string; codeId: string; code: string; from: string; replacing?: string | undefined },
): Promise<Result<NewSession & { readonly cancellationId: string }, CannotUseCode>> => {
  const used = await useCode(db, vault, clock, { brand: asked.brand, purpose: 'status', codeId: asked.codeId, code: asked.code, from: asked.from });
  if (!used.ok) return used;
  return db.inBrand(asked.brand, async (tx) => {
    const now = clock.now();
    const session = await startSession(tx, now, { brand: asked.brand, kind: 'case', ownerId: used.value, replacing: asked.replacing, provenAt: now });
    return ok({ ...session, cancellationId: used.value });
  });
};
