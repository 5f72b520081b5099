import { getCountries, getCountryCallingCode, Metadata, parsePhoneNumberFromString, PhoneNumber, type CountryCallingCode, type E164Number } from 'libphonenumber-js/min';
import { localeOf } from './choose.ts';
import type { Language } from '../policy/pack.ts';

/** Unmistakable next to each other: a bare $ is an American's, a Taiwanese's and a Hongkonger's. */
const symbols: Readonly<Record<string, string>> = { USD: 'US$', CNY: 'CN¥', HKD: 'HK$', TWD: 'NT$', EUR: '€', GBP: '£', JPY: 'JP¥' };

const formats = new Map<string, { number: Intl.NumberFormat; decimals: number }>();
const formatOf = (currency: string, language: Language) => {
  const name = `${currency} ${language}`;
  let format = formats.get(name);
  if (!format) {
    const decimals = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
    const number = new Intl.NumberFormat(localeOf[language], { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
    format = { number, decimals };
    formats.set(name, format);
  }
  return format;
};

/** Integer minor units of an ISO 4217 currency: `{ minor: 420, currency: 'USD' }` is US$4.20. */
export const formatMoney = (amount: { readonly minor: number; readonly currency: string }, language: Language): string => {
  const { number, decimals } = formatOf(amount.currency, language);
  const symbol = amount.currency === 'CNY' && language === 'zh-CN' ? '¥' : symbols[amount.currency] ?? `${amount.currency} `;
  return `${amount.minor < 0 ? '\u2212' : ''}${symbol}${number.format(Math.abs(amount.minor) / 10 ** decimals)}`;
};

/** Of each calling code, what the library would take for a trunk prefix and cut off; nothing where no country has one. */
const trunkPrefixes = new Map<string, RegExp | undefined>();
const trunkPrefixOf = (code: CountryCallingCode): RegExp | undefined => {
  if (!trunkPrefixes.has(code)) {
    const plans = new Metadata();
    const found = getCountries().filter((country) => getCountryCallingCode(country) === code).flatMap((country) => {
      plans.selectNumberingPlan(country);
      const prefix = (plans.numberingPlan as { nationalPrefixForParsing?(): string | undefined } | undefined)?.nationalPrefixForParsing?.();
      return prefix === undefined ? [] : [prefix];
    });
    trunkPrefixes.set(code, found.length === 0 ? undefined : new RegExp(`^(?:${found.join('|')})`));
  }
  return trunkPrefixes.get(code);
};
const codes = new Set<string>(getCountries().map((country) => getCountryCallingCode(country)));

/** What is E.164 already is not parsed again, which takes as long as setting a tenth of a page; with what may be a trunk prefix in it, it is. */
const asWritten = (e164: string): string | undefined => {
  if (!/^\+\d{8,15}$/.test(e164)) return undefined;
  const code = [1, 2, 3].map((length) => e164.slice(1, 1 + length)).find((digits) => codes.has(digits)) as CountryCallingCode | undefined;
  if (code === undefined) return undefined;
  return trunkPrefixOf(code)?.test(e164.slice(1 + code.length)) ? undefined : new PhoneNumber(e164 as E164Number).formatInternational();
};

/** An E.164 number as it is read aloud: +1 202 555 0142. What is not a number is given back as it is. */
export const formatPhone = (e164: string): string =>
  asWritten(e164) ?? parsePhoneNumberFromString(e164)?.formatInternational() ?? e164;
