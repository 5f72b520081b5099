import type { KeyObject } from 'node:crypto';
import { CompactSign } from 'jose';
import { canonical } from '../evidence/canonical.ts';
import { lineCancelled, type Statement } from '../evidence/statements.ts';
import { encode, headerOf } from './token.ts';

/** Ed25519; `kid` is the RFC 7638 thumbprint of the public key. */
export type CertificateKey = { readonly kid: string; readonly privateKey: KeyObject };

/** Compact JWS over the canonical statement. The same statement and key give the same text (RFC 8032: no randomness). */
export const sign = async (statement: Statement, key: CertificateKey): Promise<string> => {
  const text = canonical(lineCancelled.parse(statement)); // nothing leaves that `verify` would not take
  return new CompactSign(new TextEncoder().encode(text)).setProtectedHeader(headerOf(key.kid, encode(text))).sign(key.privateKey);
};
