import { no, ok, type Result } from '../result.ts';
import { firstOutside, joined } from './as-typed.ts';
import type { Checked } from './checked.ts';

/** A phone number as `+` and at most 15 digits, the first not 0 (ITU-T E.164 §6). */
export type Msisdn = Checked<'msisdn'>;
export type MsisdnFault =
  | { readonly kind: 'empty' }
  | { readonly kind: 'not-a-number'; readonly found: string }
  /** A national number: which country it belongs to can't be told from it. */
  | { readonly kind: 'no-country-code'; readonly digits: number }
  | { readonly kind: 'too-short'; readonly digits: number }
  | { readonly kind: 'too-long'; readonly digits: number }
  | { readonly kind: 'country-code-zero' };

/** The shortest in use: Niue, country code 683 and four digits. */
const fewestDigits = 7;

/**
 * The shape alone: `+1 (202) 555-0142`, `001 202 555 0142` and `+44 (0)7700 900123` are understood.
 * Whether a country gives out such numbers is asked at the doors, which know its numbering plan.
 */
export const parseMsisdn = (text: string): Result<Msisdn, MsisdnFault> => {
  const typed = joined(text)
    .replace('(0)', '') // the trunk prefix, written for callers inside the country
    .replace(/[().]/g, '');
  if (typed === '') return no({ kind: 'empty' });
  const digits = typed.replace(/^(\+|00)/, '');
  const found = firstOutside(digits, /[0-9]/);
  if (found !== undefined) return no({ kind: 'not-a-number', found });
  if (digits === typed) return no({ kind: 'no-country-code', digits: digits.length });
  if (digits.startsWith('0')) return no({ kind: 'country-code-zero' });
  if (digits.length < fewestDigits) return no({ kind: 'too-short', digits: digits.length });
  if (digits.length > 15) return no({ kind: 'too-long', digits: digits.length });
  return ok(`+${digits}` as Msisdn);
};
