/** Sign-in by name and password. A name that nobody has costs the same work, and reads the same, as a wrong password. */
import { no, ok, type Result } from '../cancellation/result.ts';
import type { Clock } from '../store/clock.ts';
import type { Db, Tx } from '../store/db.ts';
import { contextOf } from '../vault/contents.ts';
import type { Vault } from '../vault/vault.ts';
import { knowsDevice, rememberDevice } from './known-devices.ts';
import { decoyHash, hashPassword, isOutdated, verifyPassword } from './password-hash.ts';
import { passwordMost } from './password-rules.ts';
import { type NewSession, startSession } from './sessions.ts';
import { type NameNotValid, parseSignInName, type SignInNameKind } from './sign-in-name.ts';
import { type Counter, countTry, forgiveTry, sourceKey, type Wait, waitShortly } from './throttle.ts';

export type CannotSignIn = { readonly kind: 'wrong-name-or-password' } | Wait;
/** `token` for the session's cookie; `device` for a lasting one that keeps strangers from throttling this browser. */
export type SignedIn = NewSession & { readonly personId: string; readonly device: string };

/** `from`: the address of the request. `device` and `replacing`: the cookies that the browser came with. */
type Browser = { readonly from: string; readonly device?: string | undefined; readonly replacing?: string | undefined };

/** `region` (ISO 3166-1 alpha-2) reads a national phone number. */
export const signIn = async (
  db: Db,
  vault: Vault,
  clock: Clock,
  asked: Browser & { readonly brand: string; readonly kind: SignInNameKind; readonly name: string; readonly password: string; readonly region?: string },
): Promise<Result<SignedIn & { readonly subscriberId: string }, CannotSignIn | NameNotValid>> => {
  const name = parseSignInName(asked.kind, asked.name, asked.region);
  if (!name.ok) return name;
  const signedIn = await byPassword(db, vault, clock, subscribers, { ...asked, index: vault.blindIndex(asked.brand, asked.kind, name.value), indexKind: asked.kind, normalised: name.value });
  return signedIn.ok ? ok({ ...signedIn.value, subscriberId: signedIn.value.personId }) : signedIn;
};

/** The same for staff, who have accounts and cookies of their own. */
export const staffSignIn = async (
  db: Db,
  vault: Vault,
  clock: Clock,
  asked: Browser & { readonly brand: string; readonly email: string; readonly password: string },
): Promise<Result<SignedIn & { readonly staffId: string }, CannotSignIn | NameNotValid>> => {
  const email = parseSignInName('e-mail', asked.email);
  if (!email.ok) return email;
  const signedIn = await byPassword(db, vault, clock, staff, { ...asked, index: staffIndex(vault, asked.brand, email.value), indexKind: 'e-mail' });
  return signedIn.ok ? ok({ ...signedIn.value, staffId: signedIn.value.personId }) : signedIn;
};

/** Apart from subscribers' addresses: one person may be both, and throttling one must not throttle the other. */
export const staffIndex = (vault: Vault, brand: string, email: string): Buffer => vault.blindIndex(brand, 'e-mail', `staff ${email}`);

/** `unsealed`: of the name only its index is kept yet, as before migration 0030. */
type Account = { person_id: string; hash: string; unsealed?: boolean };
type Accounts = { readonly kind: 'subscriber' | 'staff'; readonly find: string; readonly hold: string; readonly upgrade: string };

const subscribers: Accounts = {
  kind: 'subscriber',
  find: 'select p.subscriber_id as person_id, p.hash, n.sealed is null as unsealed from sign_in_names n join passwords p using (subscriber_id) where n.brand = $1 and n.kind = $2 and n.index = $3',
  hold: 'select 1 from passwords where subscriber_id = $1 and hash = $2 for share',
  upgrade: 'update passwords set hash = $3 where subscriber_id = $1 and hash = $2',
};
const staff: Accounts = {
  kind: 'staff',
  find: "select id as person_id, hash from staff where brand = $1 and $2 = 'e-mail' and email_index = $3",
  hold: 'select 1 from staff where id = $1 and hash = $2 for share',
  upgrade: 'update staff set hash = $3 where id = $1 and hash = $2',
};

const byPassword = async (
  db: Db,
  vault: Vault,
  clock: Clock,
  accounts: Accounts,
  asked: Browser & { brand: string; password: string; index: Buffer; indexKind: SignInNameKind; /** The name itself, where it may be kept sealed. */ normalised?: string },
): Promise<Result<SignedIn, CannotSignIn>> => {
  const { brand } = asked;
  // Committed before the password is looked at: whoever breaks off has still tried.
  const admitted = await db.inBrand(brand, async (tx) => {
    const [account] = await tx.query<Account>(accounts.find, [brand, asked.indexKind, asked.index]);
    const counters = await countersOf(tx, vault, asked, account);
    const counted = await countTry(tx, brand, clock.now(), counters);
    return counted.ok ? ok({ account, counters }) : counted;
  });
  if (!admitted.ok) return admitted;
  const { account, counters } = admitted.value;

  const tooLong = [...asked.password].length > passwordMost;
  const right = await verifyPassword(tooLong ? decoyHash : (account?.hash ?? decoyHash), tooLong ? '' : asked.password);
  if (right === 'busy') return no(waitShortly);
  if (!right || account === undefined) return no({ kind: 'wrong-name-or-password' });
  const better = isOutdated(account.hash) ? await hashPassword(asked.password) : 'busy';

  return db.inBrand(brand, async (tx) => {
    const now = clock.now();
    // Held until the session stands, so that a reset or a closing meanwhile is seen here, or ends the new session too.
    const held = await tx.query(accounts.hold, [account.person_id, account.hash]);
    if (held.length === 0) return no({ kind: 'wrong-name-or-password' });
    if (better !== 'busy') await tx.query(accounts.upgrade, [account.person_id, account.hash, better]);
    if (account.unsealed && asked.normalised !== undefined) await sealName(tx, vault, { ...asked, normalised: asked.normalised, subscriberId: account.person_id });
    await forgiveTry(tx, brand, now, counters);
    const session = await startSession(tx, now, { brand, kind: accounts.kind, ownerId: account.person_id, replacing: asked.replacing });
    const device = await rememberDevice(tx, now, { brand, personId: account.person_id, device: asked.device });
    return ok({ ...session, personId: account.person_id, device });
  });
};

/** Whoever signs in has said what the name is. */
const sealName = async (tx: Tx, vault: Vault, { brand, indexKind: kind, index, normalised, subscriberId }: { readonly brand: string; readonly indexKind: SignInNameKind; readonly index: Buffer; readonly normalised: string; readonly subscriberId: string }): Promise<void> => {
  const keyring = await vault.keyring(tx, [subscriberId]);
  await tx.query('update sign_in_names set sealed = $4 where brand = $1 and kind = $2 and index = $3', [brand, kind, index, keyring.seal(subscriberId, contextOf.signInName(kind, index), normalised)]);
};

/** By account and by source; a browser that this person used before is counted by itself instead. */
const countersOf = async (tx: Tx, vault: Vault, asked: { brand: string; from: string; device?: string | undefined; index: Buffer }, account: Account | undefined): Promise<Counter[]> =>
  (await knowsDevice(tx, asked.device, account?.person_id)) && asked.device !== undefined
    ? [{ bucket: 'device', key: vault.mark('device', asked.device) }]
    : [{ bucket: 'source', key: sourceKey(vault, asked.brand, asked.from) }, { bucket: 'account', key: asked.index }];
