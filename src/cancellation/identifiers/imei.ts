import { no, ok, type Result } from '../result.ts';
import { firstOutside, joined } from './as-typed.ts';
import type { Checked } from './checked.ts';
import { passesLuhn } from './luhn.ts';

/** The number of a device: 15 digits, the last a Luhn digit (3GPP TS 23.003 §6.2.1). */
export type Imei = Checked<'imei'>;
export type ImeiFault =
  | { readonly kind: 'empty' }
  | { readonly kind: 'not-digits'; readonly found: string }
  | { readonly kind: 'wrong-length'; readonly length: number; readonly perhaps?: 'imei-without-check-digit' | 'imeisv' }
  | { readonly kind: 'check-digit' };

const lookalikes: Readonly<Record<number, 'imei-without-check-digit' | 'imeisv'>> = { 14: 'imei-without-check-digit', 16: 'imeisv' };

/**
 * 14 digits (as signalled in the network) and 16 (IMEISV, §6.2.2) carry no check digit. They are refused, and named:
 * accepting them would also accept every 15-digit number in which a digit was left out or doubled.
 */
export const parseImei = (text: string): Result<Imei, ImeiFault> => {
  const digits = joined(text).replaceAll('/', ''); // 35-761300-444848-5 and 35/761300/444848/5 are both printed on boxes
  if (digits === '') return no({ kind: 'empty' });
  const found = firstOutside(digits, /[0-9]/);
  if (found !== undefined) return no({ kind: 'not-digits', found });
  if (digits.length !== 15) {
    const perhaps = lookalikes[digits.length];
    return no({ kind: 'wrong-length', length: digits.length, ...(perhaps ? { perhaps } : {}) });
  }
  return passesLuhn(digits) ? ok(digits as Imei) : no({ kind: 'check-digit' });
};
