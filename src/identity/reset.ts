/** A forgotten password: a code to a contact of record, then the code with a new password. */
import { no, ok, type Result } from '../cancellation/result.ts';
import type { Clock } from '../store/clock.ts';
import type { Db, Tx } from '../store/db.ts';
import type { Vault } from '../vault/vault.ts';
import { askForCodeAsStranger } from './ask-for-code.ts';
import { forgetDevices, rememberDevice } from './known-devices.ts';
import { type CannotUseCode, type ContactChannel, type IssuedCode, type TellCode, useCode } from './one-time-codes.ts';
import { hashPassword } from './password-hash.ts';
import { type Avoided, checkPassword, type PasswordRefusal } from './password-rules.ts';
import { endSessionsOf } from './sessions.ts';
import { type NameNotValid, parseSignInName, type SignInNameKind } from './sign-in-name.ts';
import { type Wait, waitShortly } from './throttle.ts';

/** The answer is the same whether or not anybody has this name. */
export const requestReset = async (
  db: Db,
  vault: Vault,
  clock: Clock,
  asked: { brand: string; kind: SignInNameKind; name: string; region?: string; channel: ContactChannel; from: string },
  tell: TellCode,
): Promise<Result<IssuedCode, Wait | NameNotValid>> => {
  const name = parseSignInName(asked.kind, asked.name, asked.region);
  if (!name.ok) return name;
  const nameKey = vault.blindIndex(asked.brand, asked.kind, name.value);
  const find = async (tx: Tx) => {
    const [found] = await tx.query<{ subscriber_id: string }>('select subscriber_id from sign_in_names where brand = $1 and kind = $2 and index = $3', [asked.brand, asked.kind, nameKey]);
    return found && { subscriberId: found.subscriber_id };
  };
  return askForCodeAsStranger(db, vault, clock, { brand: asked.brand, purpose: 'reset', channel: asked.channel, from: asked.from, nameKey, find }, tell);
};

/**
 * Sets the password, ends every session of this person, forgets every browser but the one that came with the code
 * (`device`: for its lasting cookie). A password that is refused costs no try. `told` may put a notice of the change on its way.
 */
export const completeReset = async (
  db: Db,
  vault: Vault,
  clock: Clock,
  asked: { brand: string; codeId: string; code: string; password: string; avoided?: readonly Avoided[]; from: string },
  told?: (tx: Tx, subscriberId: string) => Promise<void>,
): Promise<Result<{ readonly subscriberId: string; readonly device: string }, PasswordRefusal | CannotUseCode>> => {
  const { brand } = asked;
  const password = checkPassword(asked.password, asked.avoided);
  if (!password.ok) return password;
  const used = await useCode(db, vault, clock, { brand, purpose: 'reset', codeId: asked.codeId, code: asked.code, from: asked.from });
  if (!used.ok) return used;
  const subscriberId = used.value;
  const hash = await hashPassword(password.value);
  if (hash === 'busy') return no(waitShortly); // the code is spent: a new one is asked for
  return db.inBrand(brand, async (tx) => {
    const now = clock.now();
    const changed = await tx.query('update passwords set hash = $2, set_at = $3 where subscriber_id = $1 returning 1', [subscriberId, hash, now]);
    if (changed.length === 0) return no({ kind: 'code-over' }); // the account was closed meanwhile
    await endSessionsOf(tx, 'subscriber', [subscriberId]);
    await forgetDevices(tx, [subscriberId]);
    await tx.query("delete from attempts a using sign_in_names n where n.subscriber_id = $1 and a.brand = n.brand and a.bucket = 'account' and a.key = n.index", [subscriberId]);
    await told?.(tx, subscriberId);
    return ok({ subscriberId, device: await rememberDevice(tx, now, { brand, personId: subscriberId }) });
  });
};
