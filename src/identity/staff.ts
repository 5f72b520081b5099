/** The people of the desk: accounts of their own, within one brand. */
import { randomUUID } from 'node:crypto';
import { no, ok, type Result } from '../cancellation/result.ts';
import type { Clock } from '../store/clock.ts';
import type { Db, Tx } from '../store/db.ts';
import { contextOf, staffContents, type StaffContents } from '../vault/contents.ts';
import type { Vault } from '../vault/vault.ts';
import { hashPassword } from './password-hash.ts';
import { checkPassword, type PasswordRefusal } from './password-rules.ts';
import { endSessionsOf, type Role } from './sessions.ts';
import { staffIndex } from './sign-in.ts';
import { type NameNotValid, parseSignInName } from './sign-in-name.ts';
import { type Wait, waitShortly } from './throttle.ts';

export type StaffMember = StaffContents & { readonly staffId: string; readonly roles: readonly Role[] };
export type CannotAddStaff = PasswordRefusal | NameNotValid | Wait | { readonly kind: 'already-there' };

export const addStaff = async (
  db: Db,
  vault: Vault,
  clock: Clock,
  asked: { brand: string; name: string; email: string; password: string; roles: readonly Role[] },
  hashed: (password: string) => Promise<string | 'busy'> = hashPassword,
): Promise<Result<{ readonly staffId: string }, CannotAddStaff>> => {
  const { brand, name } = asked;
  const email = parseSignInName('e-mail', asked.email);
  if (!email.ok) return email;
  const password = checkPassword(asked.password, [{ what: 'e-mail', text: email.value }, { what: 'name', text: name }]);
  if (!password.ok) return password;
  const hash = await hashed(password.value);
  if (hash === 'busy') return no(waitShortly);
  return db.inBrand(brand, async (tx) => {
    const staffId = randomUUID();
    await vault.newKeys(tx, brand, [staffId]);
    const sealed = (await vault.keyring(tx, [staffId])).sealJson(staffId, contextOf.staff, { name, email: email.value });
    const added = await tx.query(
      'insert into staff (id, brand, sealed, email_index, hash, roles, created_at) values ($1, $2, $3, $4, $5, $6, $7) on conflict (brand, email_index) do nothing returning 1',
      [staffId, brand, sealed, staffIndex(vault, brand, email.value), hash, asked.roles, clock.now()],
    );
    if (added.length > 0) return ok({ staffId });
    await vault.destroyKeys(tx, [staffId]);
    return no({ kind: 'already-there' });
  });
};

/** Who they are, for pages of the console; whoever is gone is absent. */
export const staffMembers = async (tx: Tx, vault: Vault, staffIds: readonly string[]): Promise<Map<string, StaffMember>> => {
  const rows = await tx.query<{ id: string; sealed: Buffer; roles: Role[] }>('select id, sealed, roles from staff where id = any($1::uuid[])', [staffIds]);
  const keyring = await vault.keyring(tx, rows.map((row) => row.id));
  const members = new Map<string, StaffMember>();
  for (const { id, sealed, roles } of rows) {
    const opened = keyring.openJson(id, contextOf.staff, sealed, staffContents);
    if (opened.ok) members.set(id, { ...opened.value, staffId: id, roles });
  }
  return members;
};

/** The sessions of this member end: what a page allowed before is not carried on. */
export const changeRoles = (db: Db, asked: { brand: string; staffId: string; roles: readonly Role[] }): Promise<Result<undefined, { readonly kind: 'no-such-staff' }>> =>
  db.inBrand(asked.brand, async (tx) => {
    const changed = await tx.query('update staff set roles = $2 where id = $1 returning 1', [asked.staffId, asked.roles]);
    if (changed.length === 0) return no({ kind: 'no-such-staff' });
    await endSessionsOf(tx, 'staff', [asked.staffId]);
    return ok(undefined);
  });
