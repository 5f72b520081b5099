import { no, ok, type Result } from '../result.ts';
import { firstOutside, joined } from './as-typed.ts';
import type { Checked } from './checked.ts';

/** The number of an eUICC: 32 digits, of which the last two make the whole number leave 1 when divided by 97 (SGP.29). */
export type Eid = Checked<'eid'>;
export type EidFault =
  | { readonly kind: 'empty' }
  | { readonly kind: 'not-digits'; readonly found: string }
  | { readonly kind: 'wrong-length'; readonly length: number }
  | { readonly kind: 'check-digits' };

export const parseEid = (text: string): Result<Eid, EidFault> => {
  const digits = joined(text);
  if (digits === '') return no({ kind: 'empty' });
  const found = firstOutside(digits, /[0-9]/);
  if (found !== undefined) return no({ kind: 'not-digits', found });
  if (digits.length !== 32) return no({ kind: 'wrong-length', length: digits.length });
  return BigInt(digits) % 97n === 1n ? ok(digits as Eid) : no({ kind: 'check-digits' });
};
