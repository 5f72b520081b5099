import type { LineKind } from '../cancellation/line.ts';
import type { Jurisdiction } from '../policy/jurisdiction.ts';
import { addDays, dayIn, instantAt, type Day } from '../policy/zone.ts';

/** Whole days: before `days` nobody else gets the number; after `mostDays`, where there is one, it has to be back in the pool. */
export type Rest = { readonly days: number; readonly mostDays?: number };

/**
 * The operator's own time, within what the laws ask for such a line. Where the least of one law is more than the most of
 * another, the least wins: a number that comes back too early reaches a stranger.
 */
export const restOf = (ownDays: number, laws: readonly Jurisdiction[], kind: LineKind): Rest => {
  const rules = laws.flatMap(({ numberRests }) => (numberRests === undefined ? [] : [numberRests.byKind?.[kind] ?? numberRests]));
  const least = Math.max(0, ...rules.map(({ leastDays }) => leastDays));
  const mosts = rules.flatMap(({ mostDays }) => (mostDays === undefined ? [] : [mostDays]));
  if (mosts.length === 0) return { days: Math.max(ownDays, least) };
  const most = Math.max(least, Math.min(...mosts));
  return { days: Math.min(Math.max(ownDays, least), most), mostDays: most };
};

/** `freeFrom` is a day of `zone`, `freeAt` its first moment. `returnBy`: the end of the last day on which it may rest. */
export type RestDates = { readonly freeFrom: Day; readonly freeAt: Date; readonly returnBy?: Date };

/** A day that has begun does not count: the day of the disconnect is day 0, and all of the last day is rest. */
export const restDates = ({ days, mostDays }: Rest, disconnectedAt: Date, zone: string): RestDates => {
  const ended = dayIn(disconnectedAt, zone);
  const freeFrom = addDays(ended, days);
  // Without any rest it is free at the moment of the disconnect, which is later than that day's beginning.
  const freeAt = new Date(Math.max(instantAt(freeFrom, '00:00', zone).getTime(), disconnectedAt.getTime()));
  return { freeFrom, freeAt, ...(mostDays === undefined ? {} : { returnBy: instantAt(addDays(ended, mostDays + 1), '00:00', zone) }) };
};
