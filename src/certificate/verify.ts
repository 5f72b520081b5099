import { verify as isSigned } from 'node:crypto';
import { parseStatement } from '../evidence/statements.ts';
import { alteredPart, type Verification } from '../evidence/verification.ts';
import { keyObjectOf, type PublicJwk, type PublishedKeys } from './published-keys.ts';
import { cutByPlace, decode, encodedHeader, headerOf, longest, type, type Cut } from './token.ts';

/**
 * Checks a certificate's text against the published keys. Needs no network and no clock: a certificate says what happened
 * and does not expire. Names the changed part where it is not as signed.
 */
export const verify = (text: string, published: PublishedKeys): Verification => {
  const token = text.trim();
  if (token === '') return { kind: 'not-a-certificate', because: 'empty' };
  if (token.length > longest) return { kind: 'not-a-certificate', because: 'too-large' };

  for (const key of published.keys) {
    const cut = cutByPlace(token, encodedHeader(key.kid, '').length);
    if (cut && fits(cut, key)) return outcome(cut, key);
  }

  const claims = claimsOf(token);
  if (claims === undefined) return { kind: 'not-a-certificate', because: 'other-format' };
  if (!published.keys.some((key) => key.kid === claims.keyId)) return { kind: 'unknown-key', keyId: claims.keyId };
  return { kind: 'altered', part: alteredPart({ fitsWithRightHeader: false, digestFits: claims.digestFits }) };
};

/** The signature fits the statement under the header that this key would have given it, whatever header stands there. */
const fits = (cut: Cut, key: PublicJwk): boolean => {
  const signature = decode(cut.signature);
  return signature !== undefined && isSigned(null, Buffer.from(`${encodedHeader(key.kid, cut.statement)}.${cut.statement}`), keyObjectOf(key), signature);
};

const outcome = (cut: Cut, key: PublicJwk): Verification => {
  if (cut.header !== encodedHeader(key.kid, cut.statement) || !cut.dots[0])
    return { kind: 'altered', part: alteredPart({ fitsWithRightHeader: true, digestFits: true }) };
  if (!cut.dots[1]) return { kind: 'altered', part: 'signature' }; // the dot before it
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(cut.statement, 'base64url').toString());
  } catch {
    value = undefined;
  }
  const statement = parseStatement(value);
  return statement.ok ? { kind: 'valid', statement: statement.value, keyId: key.kid, page: false } : statement.why;
};

/** What the header says of itself, for a text whose signature fits no key; nothing where it is not one of our headers. */
const claimsOf = (token: string): { keyId: string; digestFits: boolean } | undefined => {
  const [header = '', ...rest] = token.split('.');
  try {
    const read = JSON.parse(Buffer.from(header, 'base64url').toString()) as Partial<ReturnType<typeof headerOf>> | null;
    // Nothing is signed here: what is told of it goes to a terminal and must be harmless.
    if (read?.typ !== type || typeof read.kid !== 'string' || !/^[\w-]{1,100}$/.test(read.kid)) return undefined;
    const statement = (rest.length === 2 ? rest[0] : cutByPlace(token, header.length)?.statement) ?? '';
    return { keyId: read.kid, digestFits: headerOf(read.kid, statement).digest === read.digest };
  } catch {
    return undefined;
  }
};
