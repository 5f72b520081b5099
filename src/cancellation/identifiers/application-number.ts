import { no, ok, type Result } from '../result.ts';
import { firstOutside, joined } from './as-typed.ts';
import type { Checked } from './checked.ts';

/**
 * A case's public name, `XXXX-XXXX-XXXX-C`: 60 random bits and a check character.
 * Digits and capitals without I, L, O and U, which are heard and read as 1, 1, 0 and V.
 */
export type ApplicationNumber = Checked<'application-number'>;
export type ApplicationNumberFault =
  | { readonly kind: 'empty' }
  | { readonly kind: 'not-in-alphabet'; readonly found: string }
  | { readonly kind: 'wrong-length'; readonly length: number }
  /** A character is wrong, or two stand the wrong way round. */
  | { readonly kind: 'check-character' };

export const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const mistaken: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1', U: 'V' };
const body = 12;

/**
 * The check is a weighted sum over GF(32), the weights being powers of a generator. Its powers 0 to 30 all differ and none
 * is zero: so one wrong character changes the sum, and so do any two characters that changed places, neighbours or not.
 */
const timesGenerator = (element: number): number => (element & 16 ? (element << 1) ^ 0b100101 : element << 1); // x⁵ + x² + 1 is primitive

/** The check character has weight 1; the character before it the generator; and so on to the left (Horner). */
const checkOf = (characters: string): string => {
  const sum = [...characters].reduce((total, character) => timesGenerator(total ^ alphabet.indexOf(character)), 0);
  return alphabet.charAt(sum);
};

const grouped = (characters: string): ApplicationNumber => (characters.match(/.{1,4}/g) ?? []).join('-') as ApplicationNumber;

/** @param randomBytes at least eight, from a cryptographic source; 60 of their bits are used. */
export const applicationNumber = (randomBytes: Uint8Array): ApplicationNumber => {
  if (randomBytes.length < 8) throw new RangeError(`an application number takes 8 random bytes, not ${randomBytes.length}`);
  let bits = randomBytes.slice(0, 8).reduce((total, byte) => (total << 8n) | BigInt(byte), 0n);
  let characters = '';
  for (let place = 0; place < body; place += 1, bits >>= 5n) characters += alphabet.charAt(Number(bits & 31n));
  return grouped(characters + checkOf(characters));
};

/** As typed or read aloud: any case, any grouping, O for 0, I or L for 1, U for V. */
export const parseApplicationNumber = (text: string): Result<ApplicationNumber, ApplicationNumberFault> => {
  const characters = joined(text).toUpperCase().replace(/[OILU]/g, (letter) => mistaken[letter] ?? letter);
  if (characters === '') return no({ kind: 'empty' });
  const found = firstOutside(characters, /[0-9A-HJKMNP-TV-Z]/);
  if (found !== undefined) return no({ kind: 'not-in-alphabet', found });
  if (characters.length !== body + 1) return no({ kind: 'wrong-length', length: characters.length });
  return characters.at(-1) === checkOf(characters.slice(0, body)) ? ok(grouped(characters)) : no({ kind: 'check-character' });
};
