import type { LineStanding } from '../cancellation/line.ts';
import { sumMoney, type CannotReckon, type Currency, type Money } from '../cancellation/money.ts';
import { no, ok, type Result } from '../cancellation/result.ts';
import type { creditChoices, Pack, Text } from '../policy/pack.ts';
import { lineTexts } from './line-texts.ts';
import { lastBilledDay } from '../policy/end.ts';
import { chargedMonths, feeOf, type ChargedDays } from './running-month.ts';

export type CreditChoice = (typeof creditChoices)[number];

/** `unpaid`, `running-month`, `clean-up-fee` and `credit` are what was found; the others what becomes of it. */
export type SettlementLine = {
  readonly what: 'unpaid' | 'running-month' | 'clean-up-fee' | 'credit' | 'collect' | 'refund' | 'transfer' | 'forfeit';
  readonly amount: Money;
  readonly says: Text;
  /** Of the monthly fee: the last day that is charged. */
  readonly to?: string;
};

export type Settlement = {
  readonly currency: Currency;
  readonly unpaid: Money;
  /** The fee of the running month, as far as the policy charges it. */
  readonly running: Money;
  readonly cleanUpFee: Money;
  readonly credit: Money;
  /** The part of the credit that pays what is owed. */
  readonly offset: Money;
  /** Still to be paid by the subscriber. */
  readonly collect: Money;
  readonly refund: Money;
  readonly transfer: Money;
  readonly forfeit: Money;
  /** Only lines that are not zero; an empty list says that nothing moves. */
  readonly lines: readonly SettlementLine[];
};

/** What the standing does not say, days in the policy's zone, YYYY-MM-DD. `on`: of receipt. `endsOn`: the last day of service, where one is fixed. `choice`: what the subscriber chose to become of the credit. */
export type Terms = { readonly on?: string; readonly endsOn?: string; readonly choice?: CreditChoice };

export type CannotSettle =
  /** The pack wants the credit used up first. `left` is what would remain after paying what is owed. */
  | { readonly kind: 'credit-must-be-zero'; readonly left: Money }
  | { readonly kind: 'negative-amount'; readonly what: 'credit' | 'unpaid' | 'running-month'; readonly amount: Money }
  /** There is a running month, and nobody said on which day it ends. */
  | { readonly kind: 'day-unknown' }
  | { readonly kind: 'not-offered'; readonly choice: CreditChoice }
  | CannotReckon;

/**
 * Credit first pays what is owed; what is left of it goes where the subscriber chose, or else is refunded or forfeited by the pack;
 * what it did not cover is collected. The clean-up fee exists only where bills or resources are unsettled: a bill unpaid, a device
 * still bound. A running month that simply ends is nothing unsettled.
 */
export const settle = (pack: Pack, standing: LineStanding, terms: Terms = {}): Result<Settlement, CannotSettle> => {
  const { currency } = pack;
  const credit = sumMoney([standing.credit], currency);
  if (!credit.ok) return credit;
  const unpaid = sumMoney(standing.unpaid.map((bill) => bill.amount), currency);
  if (!unpaid.ok) return unpaid;
  const monthly = sumMoney(standing.running === undefined ? [] : [standing.running.fee], currency);
  if (!monthly.ok) return monthly;
  if (credit.value.minor < 0) return no({ kind: 'negative-amount', what: 'credit', amount: credit.value });
  const negative = standing.unpaid.find((bill) => bill.amount.minor < 0);
  if (negative) return no({ kind: 'negative-amount', what: 'unpaid', amount: negative.amount });
  if (monthly.value.minor < 0) return no({ kind: 'negative-amount', what: 'running-month', amount: monthly.value });
  if (standing.running !== undefined && pack.settlement.period !== 'none' && terms.on === undefined) return no({ kind: 'day-unknown' });
  if (terms.choice !== undefined && !pack.settlement.choices.includes(terms.choice)) return no({ kind: 'not-offered', choice: terms.choice });

  const on = terms.on ?? '';
  const lastBilled = standing.running === undefined || on === '' ? on : lastBilledDay(pack, standing.running, on, terms.endsOn);
  // Sent after the running month was over, that month is all there is.
  const lastCharged = standing.running !== undefined && lastBilled <= on && standing.running.to < on ? standing.running.to : lastBilled;
  const months: readonly ChargedDays[] = standing.running === undefined ? [] : chargedMonths(pack.settlement.period, standing.running, on, lastBilled);
  const unsettled = standing.unpaid.length > 0 || standing.boundDevices.length > 0;
  const of = (minor: number): Money => ({ minor, currency });
  const running = of(months.reduce((sum, month) => sum + feeOf(monthly.value.minor, month), 0));
  const cleanUpFee = of(unsettled ? pack.settlement.cleanUpFeeMinor : 0);
  const owed = sumMoney([unpaid.value, running, cleanUpFee], currency);
  if (!owed.ok) return owed;
  const offset = of(Math.min(credit.value.minor, owed.value.minor));
  const left = of(credit.value.minor - offset.minor);
  const fate = terms.choice ?? pack.settlement.credit;
  if (fate === 'zero-demanded' && left.minor > 0) return no({ kind: 'credit-must-be-zero', left });

  const amounts = {
    unpaid: unpaid.value,
    running,
    cleanUpFee,
    credit: credit.value,
    offset,
    collect: of(owed.value.minor - offset.minor),
    refund: fate === 'refund' ? left : of(0),
    transfer: fate === 'transfer' ? left : of(0),
    forfeit: fate === 'forfeit' ? left : of(0),
  };
  const texts = lineTexts(pack, standing, amounts.offset, lastCharged);
  const lines = ([
    { what: 'unpaid', amount: amounts.unpaid },
    { what: 'running-month', amount: amounts.running },
    { what: 'clean-up-fee', amount: amounts.cleanUpFee },
    { what: 'credit', amount: amounts.credit },
    { what: 'collect', amount: amounts.collect },
    { what: 'refund', amount: amounts.refund },
    { what: 'transfer', amount: amounts.transfer },
    { what: 'forfeit', amount: amounts.forfeit },
  ] as const).filter(({ amount }) => amount.minor > 0).map((line) => ({ ...line, says: texts[line.what], ...(line.what === 'running-month' ? { to: lastCharged } : {}) }));
  return ok({ currency, ...amounts, lines });
};
