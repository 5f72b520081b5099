import { no, ok, type Result } from '../result.ts';
import { firstOutside, joined } from './as-typed.ts';
import type { Checked } from './checked.ts';

/** The subscription's number in the home register: 6 to 15 digits (3GPP TS 23.003 §2.2). */
export type Imsi = Checked<'imsi'>;
export type ImsiFault =
  | { readonly kind: 'empty' }
  | { readonly kind: 'not-digits'; readonly found: string }
  | { readonly kind: 'wrong-length'; readonly length: number };

export const parseImsi = (text: string): Result<Imsi, ImsiFault> => {
  const digits = joined(text);
  if (digits === '') return no({ kind: 'empty' });
  const found = firstOutside(digits, /[0-9]/);
  if (found !== undefined) return no({ kind: 'not-digits', found });
  return digits.length >= 6 && digits.length <= 15 ? ok(digits as Imsi) : no({ kind: 'wrong-length', length: digits.length });
};
