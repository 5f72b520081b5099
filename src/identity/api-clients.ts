/** Programs of the operator's partners: each of one brand, with what it may ask. Their tokens are shown once and kept as hashes. */
import { randomUUID } from 'node:crypto';
import { no, ok, type Result } from '../cancellation/result.ts';
import type { Clock } from '../store/clock.ts';
import type { Db } from '../store/db.ts';
import type { Vault } from '../vault/vault.ts';
import { hashOfToken, newToken } from './sessions.ts';
import { countTry, type Wait } from './throttle.ts';

/** As the interfaces that they belong to call them. */
export const apiScopes = ['number-recycling:check', 'bulk'] as const;
export type ApiScope = (typeof apiScopes)[number];

export type ApiClient = { readonly clientId: string; readonly brand: string; readonly name: string; readonly scopes: readonly string[] };
export type ListedClient = ApiClient & { readonly createdAt: Date; readonly revokedAt?: Date };
export type CannotAddClient = { readonly kind: 'name-taken' | 'no-name' } | { readonly kind: 'no-such-scope'; readonly scope: string } | { readonly kind: 'no-scope' };

/** Says what the token is for, where one is found. */
const prefix = 'signoff_';

export const addApiClient = async (db: Db, clock: Clock, { brand, name, scopes }: { readonly brand: string; readonly name: string; readonly scopes: readonly string[] }): Promise<Result<{ readonly clientId: string; readonly token: string }, CannotAddClient>> => {
  const unknown = scopes.find((scope) => !(apiScopes as readonly string[]).includes(scope));
  if (unknown !== undefined) return no({ kind: 'no-such-scope', scope: unknown });
  if (scopes.length === 0) return no({ kind: 'no-scope' });
  if (!/^[\w .-]{1,80}$/.test(name)) return no({ kind: 'no-name' });
  const [clientId, token] = [randomUUID(), `${prefix}${newToken()}`];
  const added = await db.inBrand(brand, (tx) => tx.query(
    `insert into api_clients (id, brand, name, scopes, token_hash, created_at) values ($1, $2, $3, $4, $5, $6) on conflict (brand, name) where revoked_at is null do nothing returning 1`,
    [clientId, brand, name, [...new Set(scopes)], hashOfToken(token), clock.now()]));
  return added.length === 0 ? no({ kind: 'name-taken' }) : ok({ clientId, token });
};

export const listApiClients = async (db: Db, brand: string): Promise<ListedClient[]> =>
  (await db.inBrand(brand, (tx) => tx.query<{ id: string; brand: string; name: string; scopes: string[]; created_at: Date; revoked_at: Date | null }>(
    `select id, brand, name, scopes, created_at, revoked_at from api_clients where brand = $1 order by name, created_at`, [brand])))
    .map((row) => ({ clientId: row.id, brand: row.brand, name: row.name, scopes: row.scopes, createdAt: row.created_at, ...(row.revoked_at === null ? {} : { revokedAt: row.revoked_at }) }));

/** Its token is dead at once. False where no living client is called so. */
export const revokeApiClient = async (db: Db, clock: Clock, brand: string, name: string): Promise<boolean> =>
  (await db.inBrand(brand, (tx) => tx.query(`update api_clients set revoked_at = $3 where brand = $1 and name = $2 and revoked_at is null returning 1`, [brand, name, clock.now()]))).length > 0;

/** Whose token it is: the one look over all brands, because the token alone says which. */
export const apiClientOf = async (db: Db, token: string): Promise<ApiClient | undefined> => {
  if (!token.startsWith(prefix)) return undefined;
  const [row] = await db.acrossBrands((tx) => tx.query<{ id: string; brand: string; name: string; scopes: string[] }>(
    `select id, brand, name, scopes from api_clients where token_hash = $1 and revoked_at is null`, [hashOfToken(token)]));
  return row && { clientId: row.id, brand: row.brand, name: row.name, scopes: row.scopes };
};

/** Counted in the database, so that several processes count as one. */
export const countRequest = (db: Db, vault: Vault, clock: Clock, { brand, clientId }: ApiClient): Promise<Result<undefined, Wait>> =>
  db.inBrand(brand, (tx) => countTry(tx, brand, clock.now(), [{ bucket: 'api-client', key: vault.mark('api client', clientId) }]));
