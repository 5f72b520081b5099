/** The operator's key and what is derived from it. 32 random bytes; whoever has them and the database has everything. */
import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { no, ok, type Result } from '../cancellation/result.ts';

export type OperatorKey = { readonly fingerprint: Buffer; readonly wrapping: KeyObject; readonly indexing: KeyObject; readonly marking: KeyObject };

export const fingerprintLength = 8;
const keyLength = 32;

/** HKDF-SHA256: one purpose, one key, so that no two uses of the operator's key can be played against each other. */
export const operatorKeyFrom = (secret: Buffer): OperatorKey => {
  if (secret.length !== keyLength) throw new Error(`the operator's key has ${secret.length} bytes, not ${keyLength}`);
  const derive = (purpose: string, length: number) => Buffer.from(hkdfSync('sha256', secret, '', `signoff ${purpose}`, length));
  return {
    fingerprint: derive('fingerprint', fingerprintLength),
    // As keys, not as bytes: those would be made into a key again at each use, which costs more than the use.
    wrapping: createSecretKey(derive('wrapping', keyLength)),
    indexing: createSecretKey(derive('blind index', keyLength)),
    marking: createSecretKey(derive('marks', keyLength)),
  };
};

export const keyedHash = (key: KeyObject, parts: readonly string[]): Buffer => createHmac('sha256', key).update(JSON.stringify(parts)).digest();

export type CannotReadKey = { readonly kind: 'missing' | 'not-a-key' | 'too-weak'; readonly says: string };

/**
 * Reads a key from settings: 64 hexadecimal digits, or base64 (also base64url) of 32 bytes.
 * `setting` names it in the sentence; the sentence never repeats the value.
 */
export const readOperatorKey = (text: string | undefined, setting = 'SIGNOFF_OPERATOR_KEY'): Result<Buffer, CannotReadKey> => {
  const trimmed = text?.trim() ?? '';
  if (trimmed === '') return no({ kind: 'missing', says: `${setting} is missing. Make one with: openssl rand -hex 32` });
  const bytes = /^[0-9a-f]{64}$/i.test(trimmed) ? Buffer.from(trimmed, 'hex') : /^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed) ? Buffer.from(trimmed, 'base64') : undefined;
  if (bytes?.length !== keyLength) return no({ kind: 'not-a-key', says: `${setting} must be 32 bytes, as 64 hexadecimal digits or as base64. Make one with: openssl rand -hex 32` });
  if (new Set(bytes).size < 16) return no({ kind: 'too-weak', says: `${setting} is not random. Make one with: openssl rand -hex 32` });
  return ok(bytes);
};
