/**
 * NIST SP 800-63B-4 §3.1.1.2: a password that stands alone has at least 15 characters; what is common, personal or
 * repetitive is refused, and the reason is given. No rule about kinds of characters, no expiry.
 */
import { no, ok, type Result } from '../cancellation/result.ts';
import { commonPasswords } from './common-passwords.ts';
import { asPassword } from './password-hash.ts';

export const passwordLeast = 15;
export const passwordMost = 256;
/** What must be left of a password when everything guessable has been taken out of it. */
const ownLeast = 8;

/** What a stranger knows about this person and place: brand names, the phone number, names, addresses. */
export type Avoided = { readonly what: 'brand' | 'phone' | 'name' | 'e-mail' | 'user-name'; readonly text: string };

/** Lengths in characters (code points). `found` quotes the password: show it to its owner alone, never log it. */
export type PasswordRefusal =
  | { readonly kind: 'too-short'; readonly length: number; readonly least: number }
  | { readonly kind: 'too-long'; readonly length: number; readonly most: number }
  | { readonly kind: 'personal'; readonly what: Avoided['what'] }
  | { readonly kind: 'common'; readonly found: string }
  | { readonly kind: 'repetitive' };

export const checkPassword = (typed: string, avoided: readonly Avoided[] = []): Result<string, PasswordRefusal> => {
  const password = asPassword(typed);
  const length = [...password].length;
  if (length < passwordLeast) return no({ kind: 'too-short', length, least: passwordLeast });
  if (length > passwordMost) return no({ kind: 'too-long', length, most: passwordMost });

  const folded = fold(password);
  for (const { what, text } of avoided) {
    const known = knownForms(what, text).find((form) => folded.includes(form));
    if (known !== undefined && ownPart(folded.replaceAll(known, ' ')) < ownLeast) return no({ kind: 'personal', what });
  }
  const common = longestFirst.filter((word) => folded.includes(word));
  const withoutCommon = common.reduce((left, word) => left.replaceAll(word, ' '), folded);
  if (common[0] !== undefined && ownPart(withoutCommon) < ownLeast) return no({ kind: 'common', found: common[0] });
  return isRepetitive(folded) ? no({ kind: 'repetitive' }) : ok(password);
};

/** Punctuation between the parts of a guessable password makes it no better. */
const fold = (text: string): string => asPassword(text).toLowerCase().replace(/[\p{P}\p{S}\p{Z}\p{C}]/gu, '') || asPassword(text);

const longestFirst = [...commonPasswords].sort((one, other) => other.length - one.length);

const knownForms = (what: Avoided['what'], text: string): string[] => {
  const whole = fold(text);
  // People leave out country codes and zeros: the last eight digits already name a phone.
  const forms = what === 'phone' ? [whole, whole.slice(-10), whole.slice(-8)] : what === 'e-mail' ? [whole, fold(text.split('@')[0] ?? '')] : [whole];
  return forms.filter((form) => [...form].length >= (/^\p{Script=Han}+$/u.test(form) ? 2 : 4));
};

/** How many characters are left when every run of neighbours (aaaa, 2345, dcba, qwert) counts as one. */
const ownPart = (text: string): number => {
  const characters = [...text.replaceAll(' ', '')];
  return characters.filter((character, index) => index === 0 || !follows(characters[index - 1] ?? '', character)).length;
};

const keyboard = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1234567890'];
const follows = (one: string, other: string): boolean => {
  const step = (other.codePointAt(0) ?? 0) - (one.codePointAt(0) ?? 0);
  return Math.abs(step) <= 1 || keyboard.some((row) => row.includes(one) && Math.abs(row.indexOf(other) - row.indexOf(one)) === 1 && row.includes(other));
};

const isRepetitive = (text: string): boolean => {
  const characters = [...text];
  if (new Set(characters).size < 5 || ownPart(text) < ownLeast) return true;
  const period = characters.findIndex((_, index) => index > 0 && characters.every((character, place) => place < index || character === characters[place - index]));
  return period > 0 && period < ownLeast;
};
