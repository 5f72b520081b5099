/** A certificate as text: compact JWS (RFC 7515 §7.1) whose header is known but for two values, so that a change in it shows. */
import { createHash } from 'node:crypto';
import { canonical } from '../evidence/canonical.ts';

export const type = 'signoff-certificate+jws';
/** A statement of a few dozen steps has two to four kB. */
export const longest = 64 * 1024;

/** `digest`: SHA-256 of the encoded statement. It tells a changed statement from a changed signature. */
export const headerOf = (keyId: string, encodedStatement: string) => ({
  alg: 'EdDSA' as const,
  digest: createHash('sha256').update(encodedStatement).digest('base64url'),
  kid: keyId,
  typ: type,
});

export const encode = (text: string): string => Buffer.from(text).toString('base64url');
export const encodedHeader = (keyId: string, encodedStatement: string): string => encode(canonical(headerOf(keyId, encodedStatement)));

/** The bytes, or nothing where the text is not the one spelling of them (RFC 4648 §3.5): unused bits would be a change that no signature sees. */
export const decode = (text: string): Buffer | undefined => {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
};

export type Cut = { readonly header: string; readonly statement: string; readonly signature: string; /** The two dots stand where they must. */ readonly dots: readonly [boolean, boolean] };

const signatureLength = 86; // 64 bytes

/** By place and not by dots: a dot may be the very character that was changed. Header and signature have a fixed length. */
export const cutByPlace = (text: string, headerLength: number): Cut | undefined => {
  const end = text.length - signatureLength;
  if (end - 1 <= headerLength + 1) return undefined;
  return {
    header: text.slice(0, headerLength),
    statement: text.slice(headerLength + 1, end - 1),
    signature: text.slice(end),
    dots: [text[headerLength] === '.', text[end - 1] === '.'],
  };
};
