import type { LineStanding } from '../cancellation/line.ts';
import { sumMoney, type CannotReckon, type Currency, type Money } from '../cancellation/money.ts';
import { no, ok, type Result } from '../cancellation/result.ts';
import type { Pack, Text } from '../policy/pack.ts';
import { lineTexts } from './line-texts.ts';

/** `unpaid`, `clean-up-fee` and `credit` are what was found; `collect`, `refund` and `forfeit` what becomes of it. */
export type SettlementLine = { readonly what: 'unpaid' | 'clean-up-fee' | 'credit' | 'collect' | 'refund' | 'forfeit'; readonly amount: Money; readonly says: Text };

export type Settlement = {
  readonly currency: Currency;
  readonly unpaid: Money;
  readonly cleanUpFee: Money;
  readonly credit: Money;
  /** The part of the credit that pays what is owed. */
  readonly offset: Money;
  /** Still to be paid by the subscriber. */
  readonly collect: Money;
  readonly refund: Money;
  readonly forfeit: Money;
  /** Only lines that are not zero; an empty list says that nothing moves. */
  readonly lines: readonly SettlementLine[];
};

export type CannotSettle =
  /** The pack wants the credit used up first. `left` is what would remain after paying what is owed. */
  | { readonly kind: 'credit-must-be-zero'; readonly left: Money }
  | { readonly kind: 'negative-amount'; readonly what: 'credit' | 'unpaid'; readonly amount: Money }
  | CannotReckon;

/**
 * Credit first pays what is owed; what is left of it is refunded or forfeited by the pack; what it did not cover is collected.
 * The clean-up fee exists only where bills or resources are unsettled: a bill unpaid, a device still bound.
 */
export const settle = (pack: Pack, standing: LineStanding): Result<Settlement, CannotSettle> => {
  const { currency } = pack;
  const credit = sumMoney([standing.credit], currency);
  if (!credit.ok) return credit;
  const unpaid = sumMoney(standing.unpaid.map((bill) => bill.amount), currency);
  if (!unpaid.ok) return unpaid;
  if (credit.value.minor < 0) return no({ kind: 'negative-amount', what: 'credit', amount: credit.value });
  const negative = standing.unpaid.find((bill) => bill.amount.minor < 0);
  if (negative) return no({ kind: 'negative-amount', what: 'unpaid', amount: negative.amount });

  const unsettled = standing.unpaid.length > 0 || standing.boundDevices.length > 0;
  const of = (minor: number): Money => ({ minor, currency });
  const cleanUpFee = of(unsettled ? pack.settlement.cleanUpFeeMinor : 0);
  const owed = sumMoney([unpaid.value, cleanUpFee], currency);
  if (!owed.ok) return owed;
  const offset = of(Math.min(credit.value.minor, owed.value.minor));
  const left = of(credit.value.minor - offset.minor);
  if (pack.settlement.credit === 'zero-demanded' && left.minor > 0) return no({ kind: 'credit-must-be-zero', left });

  const amounts = {
    unpaid: unpaid.value,
    cleanUpFee,
    credit: credit.value,
    offset,
    collect: of(owed.value.minor - offset.minor),
    refund: pack.settlement.credit === 'refund' ? left : of(0),
    forfeit: pack.settlement.credit === 'forfeit' ? left : of(0),
  };
  const texts = lineTexts(pack, standing, amounts.offset);
  const lines = ([
    { what: 'unpaid', amount: amounts.unpaid },
    { what: 'clean-up-fee', amount: amounts.cleanUpFee },
    { what: 'credit', amount: amounts.credit },
    { what: 'collect', amount: amounts.collect },
    { what: 'refund', amount: amounts.refund },
    { what: 'forfeit', amount: amounts.forfeit },
  ] as const).filter(({ amount }) => amount.minor > 0).map((line) => ({ ...line, says: texts[line.what] }));
  return ok({ currency, ...amounts, lines });
};
