/** The keys that the operator publishes, a JWK set (RFC 7517 §5): all that anyone needs to check a certificate. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { no, ok, type Result } from '../cancellation/result.ts';

const publicJwk = z.looseObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string().regex(/^[A-Za-z0-9_-]{43}$/), kid: z.string().min(1).max(200) });
/** Keys of other kinds may stand in the set and are passed over. */
const jwkSet = z.looseObject({ keys: z.array(z.looseObject({ kty: z.string() })).max(1000) });

export type PublicJwk = { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly x: string; readonly kid: string };
export type PublishedKeys = { readonly keys: readonly PublicJwk[] };

/** Newest first. Keys that have been replaced stay in it for as long as certificates signed by them are to verify. */
export const publishedKeys = (keys: readonly { readonly publicJwk: PublicJwk }[]): PublishedKeys => ({ keys: keys.map(({ publicJwk }) => publicJwk) });

/** From the text of a published key file. */
export const readPublishedKeys = (text: string): Result<PublishedKeys, { readonly kind: 'not-a-key-set' | 'no-usable-key' }> => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return no({ kind: 'not-a-key-set' });
  }
  const set = jwkSet.safeParse(json);
  if (!set.success) return no({ kind: 'not-a-key-set' });
  const keys = set.data.keys.flatMap((key) => {
    const known = publicJwk.safeParse(key);
    return known.success ? [known.data] : [];
  });
  return keys.length > 0 ? ok({ keys }) : no({ kind: 'no-usable-key' });
};

export const keyObjectOf = ({ kty, crv, x }: PublicJwk): KeyObject => createPublicKey({ key: { kty, crv, x }, format: 'jwk' });
