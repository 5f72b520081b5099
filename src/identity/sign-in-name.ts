/** The name under which somebody signs in, in the one form that is looked up. */
import { parsePhoneNumberFromString, type CountryCode, isSupportedCountry } from 'libphonenumber-js';
import { narrowed } from '../cancellation/identifiers/as-typed.ts';
import { parseEMail } from '../cancellation/identifiers/e-mail.ts';
import { parseMsisdn } from '../cancellation/identifiers/msisdn.ts';
import { no, ok, type Result } from '../cancellation/result.ts';

export type SignInNameKind = 'phone' | 'e-mail' | 'user-name';
export type NameNotValid = { readonly kind: 'name-not-valid'; readonly as: SignInNameKind };

/**
 * `phone` to E.164 (a national number by the numbering plan of `region`, ISO 3166-1 alpha-2), `e-mail` and `user-name`
 * to lower case. Full-width forms are understood everywhere. Says nothing about whether anybody has it.
 */
export const parseSignInName = (as: SignInNameKind, typed: string, region?: string): Result<string, NameNotValid> => {
  const notValid = no<NameNotValid>({ kind: 'name-not-valid', as });
  if (typed.length > 320) return notValid;
  switch (as) {
    case 'phone': {
      const international = parseMsisdn(typed);
      if (international.ok) return international;
      const national = region !== undefined && isSupportedCountry(region) ? nationalNumber(typed, region) : undefined;
      return national === undefined ? notValid : ok(national);
    }
    case 'e-mail': {
      const address = parseEMail(typed);
      return address.ok ? ok(address.value.toLowerCase()) : notValid;
    }
    case 'user-name': {
      const name = narrowed(typed).trim().toLowerCase();
      return /^[\p{L}\p{N}\p{M}._@+-]{1,64}$/u.test(name) ? ok(name) : notValid;
    }
  }
};

const nationalNumber = (typed: string, region: CountryCode): string | undefined => {
  const number = parsePhoneNumberFromString(narrowed(typed), region);
  return number?.isPossible() && number.ext === undefined ? number.number : undefined;
};
