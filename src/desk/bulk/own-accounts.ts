/** Nobody orders the end of a line of their own: neither who brought the file nor who released it. */
import { parseEMail } from '../../cancellation/identifiers/e-mail.ts';
import type { BulkOrder } from '../../store/bulk-orders.ts';
import type { Tx } from '../../store/db.ts';
import { contextOf, staffContents } from '../../vault/contents.ts';
import type { Vault } from '../../vault/vault.ts';

export type OwnAccounts = { /** One of the two signs in with their own address as this subscriber. */ has(subscriberId: string): boolean; /** An address on record that is one of theirs. */ isAddress(typed: string | null): boolean };

const plain = (address: string | null): string | undefined => {
  const parsed = parseEMail(address ?? '');
  return parsed.ok ? parsed.value.toLowerCase() : undefined;
};

/** A program of a partner has no line. */
export const ownAccounts = async ({ vault }: { readonly vault: Pick<Vault, 'keyring' | 'blindIndex'> }, tx: Tx, order: Pick<BulkOrder, 'brand' | 'uploaded_by' | 'released_by'>, subscriberIds: readonly string[]): Promise<OwnAccounts> => {
  const staffIds = [order.uploaded_by, order.released_by].flatMap((one) => (one?.startsWith('staff:') ? [one.slice('staff:'.length)] : []));
  const staff = staffIds.length === 0 ? [] : await tx.query<{ id: string; sealed: Buffer }>(`select id, sealed from staff where id = any($1::uuid[])`, [staffIds]);
  const keyring = await vault.keyring(tx, staffIds);
  const addresses = staff.flatMap(({ id, sealed }) => {
    const contents = keyring.openJson(id, contextOf.staff, sealed, staffContents);
    const address = contents.ok ? plain(contents.value.email) : undefined;
    return address === undefined ? [] : [address];
  });
  const rows = addresses.length === 0 ? [] : await tx.query<{ subscriber_id: string }>(
    `select subscriber_id from sign_in_names where kind = 'e-mail' and index = any($1::bytea[]) and subscriber_id = any($2::uuid[])`,
    [addresses.map((address) => vault.blindIndex(order.brand, 'e-mail', address)), subscriberIds]);
  const theirs = new Set(rows.map((row) => row.subscriber_id));
  return { has: (subscriberId) => theirs.has(subscriberId), isAddress: (typed) => addresses.includes(plain(typed) ?? '') };
};
