/** The accounts of subscribers: opened with what they sign in with, closed so that nothing signs in any more. */
import { no, ok, type Result } from '../cancellation/result.ts';
import type { Tx } from '../store/db.ts';
import { contextOf } from '../vault/contents.ts';
import type { Vault } from '../vault/vault.ts';
import { forgetDevices } from './known-devices.ts';
import { endSessionsOf } from './sessions.ts';
import { parseSignInName, type NameNotValid, type SignInNameKind } from './sign-in-name.ts';

/** `passwordHash` from `hashPassword`, which takes its time and so stays outside the transaction. */
export type NewAccount = {
  readonly subscriberId: string;
  readonly names: readonly { readonly kind: SignInNameKind; readonly name: string }[];
  readonly passwordHash: string;
};

/** The subscribers must be there, and their keys. Throws where a name is taken. */
export const openAccounts = async (tx: Tx, vault: Vault, brand: string, now: Date, accounts: readonly NewAccount[]): Promise<Result<undefined, NameNotValid>> => {
  const keyring = await vault.keyring(tx, accounts.map(({ subscriberId }) => subscriberId));
  const names: { kind: SignInNameKind; index: Buffer; subscriberId: string; sealed: Buffer }[] = [];
  for (const { subscriberId, names: typed } of accounts) {
    for (const { kind, name } of typed) {
      const parsed = parseSignInName(kind, name);
      if (!parsed.ok) return no(parsed.why);
      const index = vault.blindIndex(brand, kind, parsed.value);
      names.push({ kind, index, subscriberId, sealed: keyring.seal(subscriberId, contextOf.signInName(kind, index), parsed.value) });
    }
  }
  await tx.query('insert into sign_in_names (brand, kind, index, subscriber_id, sealed) select $1, * from unnest($2::text[], $3::bytea[], $4::uuid[], $5::bytea[])', [
    brand, names.map((name) => name.kind), names.map((name) => name.index), names.map((name) => name.subscriberId), names.map((name) => name.sealed),
  ]);
  await tx.query('insert into passwords (brand, set_at, subscriber_id, hash) select $1, $2, * from unnest($3::uuid[], $4::text[])', [
    brand, now, accounts.map((account) => account.subscriberId), accounts.map((account) => account.passwordHash),
  ]);
  return ok(undefined);
};

/** After it nobody signs in as them, every session and code of theirs is dead. Passwords first: a sign-in under way holds its row. */
export const closeAccounts = async (tx: Tx, subscriberIds: readonly string[]): Promise<void> => {
  await tx.query('delete from passwords where subscriber_id = any($1::uuid[])', [subscriberIds]);
  await tx.query('delete from sign_in_names where subscriber_id = any($1::uuid[])', [subscriberIds]);
  await tx.query('delete from security_answers where subscriber_id = any($1::uuid[])', [subscriberIds]);
  await tx.query("delete from one_time_codes where subject = any($1::uuid[]) and purpose in ('reset', 'step-up', 'call')", [subscriberIds]);
  await endSessionsOf(tx, 'subscriber', subscriberIds);
  await forgetDevices(tx, subscriberIds);
};
