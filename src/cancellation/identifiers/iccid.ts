import { no, ok, type Result } from '../result.ts';
import { firstOutside, joined } from './as-typed.ts';
import type { Checked } from './checked.ts';
import { passesLuhn } from './luhn.ts';

/** The number of a SIM or of an eSIM profile: 18 to 20 digits (ITU-T E.118), without padding. */
export type Iccid = Checked<'iccid'>;
export type IccidFault =
  | { readonly kind: 'empty' }
  | { readonly kind: 'not-digits'; readonly found: string }
  | { readonly kind: 'wrong-length'; readonly length: number };

/** Read from a card, an ICCID fills ten bytes and is padded with F; the padding is no part of it and is taken off. */
export const parseIccid = (text: string): Result<Iccid, IccidFault> => {
  const nibbles = joined(text).toUpperCase();
  if (nibbles === '') return no({ kind: 'empty' });
  const digits = nibbles.length <= 20 ? nibbles.replace(/F+$/, '') : nibbles;
  const found = firstOutside(digits, /[0-9]/);
  if (found !== undefined) return no({ kind: 'not-digits', found });
  if (digits.length < 18 || digits.length > 20) return no({ kind: 'wrong-length', length: digits.length });
  return ok(digits as Iccid);
};

export type IccidWarning = { readonly kind: 'check-digit' };

/** Cards are in use whose vendor numbered them without the check digit: worth a second look at the card, never a refusal. */
export const iccidWarning = (iccid: Iccid): IccidWarning | undefined => (passesLuhn(iccid) ? undefined : { kind: 'check-digit' });
