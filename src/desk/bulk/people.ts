import type { BulkPerson } from '../../cancellation/bulk-order.ts';
import type { BulkOrder } from '../../store/bulk-orders.ts';
import type { Tx } from '../../store/db.ts';
import { contextOf, staffContents } from '../../vault/contents.ts';
import type { Vault } from '../../vault/vault.ts';

/** The names of whoever had a hand in these orders: of staff their own, of programs that of their client. */
export const staffNames = async ({ vault }: { readonly vault: Pick<Vault, 'keyring'> }, tx: Tx, orders: readonly Pick<BulkOrder, 'uploaded_by' | 'released_by'>[]): Promise<ReadonlyMap<string, string>> => {
  const people = [...new Set(orders.flatMap(({ uploaded_by: by, released_by: other }) => [by, other]).filter((one): one is BulkPerson => one !== null))];
  const ids = (kind: 'staff' | 'client'): string[] => people.flatMap((one) => (one.startsWith(`${kind}:`) ? [one.slice(kind.length + 1)] : []));
  const staff = await tx.query<{ id: string; sealed: Buffer }>(`select id, sealed from staff where id = any($1::uuid[])`, [ids('staff')]);
  const clients = await tx.query<{ id: string; name: string }>(`select id, name from api_clients where id = any($1::uuid[])`, [ids('client')]);
  const keyring = await vault.keyring(tx, staff.map(({ id }) => id));
  return new Map([
    ...staff.flatMap(({ id, sealed }): [string, string][] => {
      const contents = keyring.openJson(id, contextOf.staff, sealed, staffContents);
      return contents.ok ? [[`staff:${id}`, contents.value.name]] : [];
    }),
    ...clients.map(({ id, name }): [string, string] => [`client:${id}`, name]),
  ]);
};
