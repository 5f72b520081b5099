/**
 * Personal data lies under a key of its own subscriber, and that key under the operator's. Erasing is deleting the
 * rows and destroying the key: what a backup still holds stays unreadable.
 */
import { createSecretKey, randomBytes } from 'node:crypto';
import { no, ok, type Result } from '../cancellation/result.ts';
import { type CannotOpen, type HeldKey, type Keyring, keyringOf } from './keyring.ts';
import { fingerprintLength, keyedHash, operatorKeyFrom } from './operator-key.ts';
import { closeBox, openBox } from './sealed-box.ts';

/** What the vault needs of a transaction. */
export interface Queries {
  query<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
}

export type IndexKind = 'phone' | 'e-mail' | 'user-name' | 'number' | 'iccid';
export type WrongOperatorKey = { readonly kind: 'wrong-operator-key'; readonly says: string };

export interface Vault {
  /** A data key for each, before anything of theirs is sealed. An existing key stays. */
  newKeys(tx: Queries, brand: string, subscriberIds: readonly string[]): Promise<void>;
  /** One query; whoever has no key in this transaction's brand is answered by `open` with `no-key`. */
  keyring(tx: Queries, subscriberIds: readonly string[]): Promise<Keyring>;
  /** After it nothing of theirs opens, here or from a backup of the rows. Resolves to how many keys there were. */
  destroyKeys(tx: Queries, subscriberIds: readonly string[]): Promise<number>;
  /** Keyed hash to look a normalised value up by (E.164, lower-case address, …). The same for as long as the first operator's key is given. */
  blindIndex(brand: string, kind: IndexKind, normalised: string): Buffer;
  /** Keyed hash that proves our own hand or hides a value: codes, form tokens, sources of requests. */
  mark(purpose: string, ...parts: readonly string[]): Buffer;
  /** Asked once at the start: do we hold the key that this database was filled under? */
  checkOperatorKey(tx: Queries): Promise<Result<'fits' | 'nothing-sealed', WrongOperatorKey>>;
  /** After a change of the operator's key: wraps up to `most` data keys anew. Resolves to how many; 0 when all are done. */
  rewrapKeys(tx: Queries, most: number): Promise<number>;
}

const wrongOperatorKey: WrongOperatorKey = {
  kind: 'wrong-operator-key',
  says: "This database was filled under another operator's key. Start with that key as SIGNOFF_OPERATOR_KEY, or name it among SIGNOFF_PREVIOUS_OPERATOR_KEYS if it was replaced.",
};

type KeyRow = { subscriber_id: string; brand: string; wrapped: Buffer };

/**
 * `previousKeys`: the newest first. They open data keys wrapped before a change; the last of them stays the source of
 * the blind indexes, because what they were computed from is not kept in the clear.
 */
export const openVault = (options: { operatorKey: Buffer; previousKeys?: readonly Buffer[] }): Vault => {
  const current = operatorKeyFrom(options.operatorKey);
  const all = [current, ...(options.previousKeys ?? []).map(operatorKeyFrom)];
  const first = all.at(-1) ?? current;

  const wrap = (brand: string, subscriberId: string, dataKey: Buffer): Buffer =>
    Buffer.concat([current.fingerprint, closeBox(current.wrapping, ['data-key', brand, subscriberId], dataKey)]);

  const unwrap = ({ subscriber_id, brand, wrapped }: KeyRow): Result<Buffer, CannotOpen> => {
    const by = all.find(({ fingerprint }) => fingerprint.equals(wrapped.subarray(0, fingerprintLength)));
    if (by === undefined) return no(wrongOperatorKey);
    const opened = openBox(by.wrapping, ['data-key', brand, subscriber_id], wrapped.subarray(fingerprintLength));
    return typeof opened === 'string' ? no({ kind: opened, context: 'data-key' }) : ok(opened);
  };

  return {
    newKeys: async (tx, brand, subscriberIds) => {
      await tx.query(
        'insert into subscriber_keys (subscriber_id, brand, wrapped) select id, $1, wrapped from unnest($2::uuid[], $3::bytea[]) as made (id, wrapped) on conflict do nothing',
        [brand, subscriberIds, subscriberIds.map((id) => wrap(brand, id, randomBytes(32)))],
      );
    },
    keyring: async (tx, subscriberIds) => {
      const rows = await tx.query<KeyRow>('select subscriber_id, brand, wrapped from subscriber_keys where subscriber_id = any($1::uuid[])', [[...new Set(subscriberIds)]]);
      return keyringOf(new Map(rows.map((row): [string, HeldKey] => {
        const key = unwrap(row);
        return [row.subscriber_id, { brand: row.brand, key: key.ok ? ok(createSecretKey(key.value)) : key }];
      })));
    },
    destroyKeys: async (tx, subscriberIds) =>
      (await tx.query('delete from subscriber_keys where subscriber_id = any($1::uuid[]) returning 1', [subscriberIds])).length,
    blindIndex: (brand, kind, normalised) => keyedHash(first.indexing, [brand, kind, normalised]),
    mark: (purpose, ...parts) => keyedHash(current.marking, [purpose, ...parts]),
    checkOperatorKey: async (tx) => {
      const [row] = await tx.query<KeyRow>('select subscriber_id, brand, wrapped from subscriber_keys limit 1');
      if (row === undefined) return ok('nothing-sealed');
      return unwrap(row).ok ? ok('fits') : no(wrongOperatorKey);
    },
    rewrapKeys: async (tx, most) => {
      const rows = await tx.query<KeyRow>(
        'select subscriber_id, brand, wrapped from subscriber_keys where substring(wrapped from 1 for $1) <> $2 order by subscriber_id limit $3 for update skip locked',
        [fingerprintLength, current.fingerprint, most],
      );
      const wrapped = rows.map((row) => {
        const dataKey = unwrap(row);
        if (!dataKey.ok) throw new Error(dataKey.why.kind === 'wrong-operator-key' ? dataKey.why.says : `a data key does not open: ${dataKey.why.kind}`);
        return wrap(row.brand, row.subscriber_id, dataKey.value);
      });
      await tx.query('update subscriber_keys set wrapped = made.wrapped from unnest($1::uuid[], $2::bytea[]) as made (id, wrapped) where subscriber_id = made.id', [
        rows.map((row) => row.subscriber_id),
        wrapped,
      ]);
      return rows.length;
    },
  };
};
