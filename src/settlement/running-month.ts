import type { LineStanding } from '../cancellation/line.ts';
import type { Pack } from '../policy/pack.ts';

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000;

/** Days of the running month, and how many of them are charged; both days of a span count. */
export type ChargedDays = { readonly charged: number; readonly of: number };

/**
 * From receipt on nothing new is charged, so the running month ends with the day of receipt. `by-days`: its days so far, that
 * day included. `to-end`: all of them. `none`: not charged. A month that has not begun is not charged either.
 */
export const chargedDays = (period: Pack['settlement']['period'], running: NonNullable<LineStanding['running']>, on: string): ChargedDays => {
  const of = dayNumber(running.to) - dayNumber(running.from) + 1;
  if (period === 'none' || on < running.from) return { charged: 0, of };
  if (period === 'to-end' || on >= running.to) return { charged: of, of };
  return { charged: dayNumber(on) - dayNumber(running.from) + 1, of };
};

/** Part of a minor unit is not charged. In whole numbers throughout, so that no fee is too large to be divided exactly. */
export const feeOf = (feeMinor: number, { charged, of }: ChargedDays): number => Number((BigInt(feeMinor) * BigInt(charged)) / BigInt(of));
