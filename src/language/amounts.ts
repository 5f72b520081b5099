import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
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

/** An E.164 number as it is read aloud: +1 202 555 0142. What is not a number is given back as it is. */
export const formatPhone = (e164: string): string =>
  parsePhoneNumberFromString(e164)?.formatInternational() ?? e164;
