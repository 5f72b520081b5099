/** What binds a certificate to one line without naming it. */
import { canonical, sameBytes, toHex, utf8, type Sha256 } from './canonical.ts';

/** Plain digits; `msisdn` is E.164 with `+`. */
export type Identifiers = { readonly msisdn: string; readonly imsi?: string; readonly iccid?: string; readonly eid?: string };
/** `commitment`: SHA-256 in hex over the salt and every identifier. Opened only with the salt. */
export type Subject = { readonly maskedNumber: string; readonly commitment: string };

/** E.164 country codes of one and two digits; every other has three (ITU-T E.164 Annex). */
const shortCodes = new Set(['1', '7', ...('20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98'.split(' '))]);

/** `+12025550142` → `+1 202 ••• ••42`: enough for its holder to know it again, and to nobody else a number. */
export const maskNumber = (msisdn: string): string => {
  const digits = msisdn.replace(/\D/g, '');
  const code = [1, 2].map((length) => digits.slice(0, length)).find((start) => shortCodes.has(start)) ?? digits.slice(0, 3);
  const rest = digits.slice(code.length);
  if (rest.length < 7) return `+${code} ${'•'.repeat(Math.max(0, rest.length - 2))}${rest.slice(-2)}`;
  const hidden = '•'.repeat(rest.length - 5);
  return `+${code} ${rest.slice(0, 3)} ${hidden.slice(0, 3)} ${hidden.slice(3)}${rest.slice(-2)}`.replace(/ +/g, ' ');
};

const commit = (identifiers: Identifiers, salt: Uint8Array, sha256: Sha256): Uint8Array =>
  sha256(utf8(canonical({ form: 'signoff-subject-1', salt: toHex(salt), ...identifiers })));

/**
 * `salt`: at least 16 random bytes. It is kept sealed with the line's own data and goes with it: a number alone has so few
 * possibilities that with the salt at hand anyone could try them all.
 */
export const subjectOf = (identifiers: Identifiers, salt: Uint8Array, sha256: Sha256): Subject => {
  if (salt.length < 16) throw new Error('a salt of fewer than 16 bytes hides nothing');
  return { maskedNumber: maskNumber(identifiers.msisdn), commitment: toHex(commit(identifiers, salt, sha256)) };
};

/** Whether these are the identifiers that a certificate was issued for. */
export const isSubject = (subject: Subject, identifiers: Identifiers, salt: Uint8Array, sha256: Sha256): boolean =>
  sameBytes(utf8(toHex(commit(identifiers, salt, sha256))), utf8(subject.commitment));
