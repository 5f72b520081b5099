import type { LineStanding } from '../cancellation/line.ts';
import { paidMonths } from '../policy/end.ts';
import type { Pack } from '../policy/pack.ts';

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000;

/** Days of a month, and how many of them are charged; both days of a span count. */
export type ChargedDays = { readonly charged: number; readonly of: number };

const chargedOf = ({ from, to }: { readonly from: string; readonly to: string }, last: string): ChargedDays => {
  const of = dayNumber(to) - dayNumber(from) + 1;
  if (last < from) return { charged: 0, of };
  return { charged: last >= to ? of : dayNumber(last) - dayNumber(from) + 1, of };
};

/**
 * The running month and, where billing ends later, those that follow: each by its days up to `last`, that day included. `none`:
 * not charged. A month that has not begun by then is not charged either, nor one that follows and was over `on` the day of receipt.
 */
export const chargedMonths = (period: Pack['settlement']['period'], running: NonNullable<LineStanding['running']>, on: string, last: string): readonly ChargedDays[] => {
  if (period === 'none') return [{ charged: 0, of: chargedOf(running, last).of }];
  // What is sent after the running month is over does not bring the next one about: that takes a later end of billing.
  const [first, ...following] = paidMonths(running, last > on ? last : running.to);
  return [first ?? running, ...following.filter(({ to }) => to >= on)].map((month) => chargedOf(month, last));
};

/** Part of a minor unit is not charged. In whole numbers throughout, so that no fee is too large to be divided exactly. */
export const feeOf = (feeMinor: number, { charged, of }: ChargedDays): number => Number((BigInt(feeMinor) * BigInt(charged)) / BigInt(of));
