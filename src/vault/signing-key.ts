/** The key under which certificates are signed: Ed25519, named by its RFC 7638 thumbprint. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { no, ok, type Result } from '../cancellation/result.ts';
import type { CannotReadKey } from './operator-key.ts';

/** RFC 8037. Published, so that anyone can verify without us. */
export type PublicJwk = { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly x: string; readonly kid: string; readonly alg: 'EdDSA'; readonly use: 'sig' };
export type SigningKey = { readonly kid: string; readonly privateKey: KeyObject; readonly publicKey: KeyObject; readonly publicJwk: PublicJwk };

/** `d` is the private part. A public key alone can't sign. */
const privateJwk = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string().optional(), d: z.string().regex(/^[A-Za-z0-9_-]{43}$/) });

/**
 * Reads a key from settings: a private JWK (OKP, Ed25519), or PEM (PKCS #8), its line ends possibly written as \n.
 * `setting` names it in the sentence; the sentence never repeats the value.
 */
export const readSigningKey = (text: string | undefined, setting = 'SIGNOFF_SIGNING_KEY'): Result<SigningKey, CannotReadKey> => {
  const howTo = 'Make one with: openssl genpkey -algorithm ed25519';
  const trimmed = text?.trim() ?? '';
  if (trimmed === '') return no({ kind: 'missing', says: `${setting} is missing. ${howTo}` });
  try {
    const privateKey = trimmed.startsWith('{')
      ? privateKeyOfSeed(Buffer.from(privateJwk.parse(JSON.parse(trimmed)).d, 'base64url'))
      : createPrivateKey(trimmed.replaceAll('\\n', '\n'));
    if (privateKey.asymmetricKeyType !== 'ed25519') return no({ kind: 'not-a-key', says: `${setting} is a private key of another kind; it must be Ed25519. ${howTo}` });
    return ok(signingKeyOf(privateKey));
  } catch {
    // Whatever the parser says could quote the key.
    return no({ kind: 'not-a-key', says: `${setting} must be a private Ed25519 key, as PEM (PKCS #8) or as JWK. ${howTo}` });
  }
};

export const makeSigningKey = (): SigningKey => signingKeyOf(generateKeyPairSync('ed25519').privateKey);
export const signingKeyAsPem = (key: SigningKey): string => key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** PKCS #8 for Ed25519 is this head and the 32-byte seed (RFC 8410 §7); importing the seed alone can't disagree with `x`. */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');
const privateKeyOfSeed = (seed: Buffer): KeyObject => createPrivateKey({ key: Buffer.concat([pkcs8Head, seed]), format: 'der', type: 'pkcs8' });

const signingKeyOf = (privateKey: KeyObject): SigningKey => {
  const publicKey = createPublicKey(privateKey);
  const { x } = publicKey.export({ format: 'jwk' });
  if (x === undefined) throw new Error('an Ed25519 public key without x');
  // RFC 7638 §3: the required members in lexicographic order, without white space.
  const kid = createHash('sha256').update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x })).digest('base64url');
  return { kid, privateKey, publicKey, publicJwk: { kty: 'OKP', crv: 'Ed25519', x, kid, alg: 'EdDSA', use: 'sig' } };
};
