import { no, ok, type Result } from './result.ts';

/** ISO 4217 codes in use by the packs, with the number of decimals of their minor unit. An unknown one is an error. */
export const currencies = { USD: 2, CNY: 2, HKD: 2, TWD: 2, EUR: 2, GBP: 2, JPY: 0 } as const;
export type Currency = keyof typeof currencies;

/** Integer minor units (cents, 分) with their ISO 4217 currency. */
export type Money = { readonly minor: number; readonly currency: Currency };
export type CannotReckon = { kind: 'unknown-currency'; currency: string } | { kind: 'not-integer'; minor: number } | { kind: 'currencies-differ'; left: Currency; right: Currency };

export const isCurrency = (text: string): text is Currency => Object.hasOwn(currencies, text);

export const money = (minor: number, currency: string): Result<Money, CannotReckon> => {
  if (!isCurrency(currency)) return no({ kind: 'unknown-currency', currency });
  return Number.isSafeInteger(minor) ? ok({ minor, currency }) : no({ kind: 'not-integer', minor });
};

export const addMoney = (left: Money, right: Money): Result<Money, CannotReckon> =>
  left.currency === right.currency
    ? money(left.minor + right.minor, left.currency)
    : no({ kind: 'currencies-differ', left: left.currency, right: right.currency });

/** The sum in one currency; an empty list is zero of it. */
export const sumMoney = (amounts: readonly Money[], currency: Currency): Result<Money, CannotReckon> =>
  amounts.reduce<Result<Money, CannotReckon>>(
    (sum, amount) => (sum.ok ? addMoney(sum.value, amount) : sum),
    ok({ minor: 0, currency }),
  );
