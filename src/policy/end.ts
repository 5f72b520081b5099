/** When service and billing end, by the pack: reckoned once, for form, preview, settlement and execution. Days are those of the pack's zone. Pure. */
import type { Pack } from './pack.ts';
import { addDays, addMonths, dayIn, instantAt, isDay, type Day } from './zone.ts';

/** A paid month: its first and its last day. */
export type Span = { readonly from: Day; readonly to: Day };

const length = ({ from, to }: Span): number => Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000) + 1;

/** The running month and those that follow it, up to the one in which `through` lies. What is no calendar month repeats by its number of days. */
export const paidMonths = (running: Span, through: Day): readonly Span[] => {
  const isMonth = addDays(addMonths(running.from, 1), -1) === running.to;
  const months: Span[] = [{ from: running.from, to: running.to }];
  for (let last = running; last.to < through; last = months.at(-1) ?? last) {
    const from = addDays(last.to, 1);
    months.push({ from, to: isMonth ? addDays(addMonths(running.from, months.length + 1), -1) : addDays(from, length(running) - 1) });
  }
  return months;
};

const termEnd = (running: Span, day: Day): Day => paidMonths(running, day).at(-1)?.to ?? running.to;

/** `instead`: of the day that was named and is not possible, and what stands against it: it was `over` when the statement arrived, or lies in a `month` that runs to its end. */
export type EndOfService = { readonly lastDay: Day; readonly why: 'chosen' | 'end-of-term'; readonly instead?: { readonly of: Day; readonly because: 'over' | 'month' } };

/** The last day of service as it is fixed for what arrived on `on`; nothing where it ends as soon as everything else lets it. */
export const endOfService = ({ end }: Pick<Pack, 'end'>, on: Day, running: Span | undefined, chosen: Day | undefined): EndOfService | undefined => {
  const named = end.chosen?.asDeclared ? chosen : undefined;
  switch (end.service) {
    case 'at-once':
      return undefined;
    case 'chosen-day':
      if (chosen === undefined) return undefined;
      return named !== undefined && named < on ? { lastDay: on, why: 'chosen', instead: { of: named, because: 'over' } } : { lastDay: chosen, why: 'chosen' };
    case 'end-of-term': {
      if (running === undefined) return undefined;
      const lastDay = termEnd(running, named !== undefined && named > on ? named : on);
      return { lastDay, why: 'end-of-term', ...(named === undefined || named === lastDay ? {} : { instead: { of: named, because: named < on ? 'over' as const : 'month' as const } }) };
    }
  }
};

/** The same, of a case that has it: from the day that was fixed, the one that was named, and `on` which it arrived. */
export const endAsFixed = ({ end }: Pick<Pack, 'end'>, on: Day, lastDay: Day, named: string | undefined): EndOfService => {
  const instead = end.chosen?.asDeclared && named !== undefined && isDay(named) && named !== lastDay ? { of: named, because: named < on ? 'over' as const : 'month' as const } : undefined;
  return { lastDay, why: end.service === 'end-of-term' ? 'end-of-term' : 'chosen', ...(instead === undefined ? {} : { instead }) };
};

/** The last day for which the monthly fee is charged: never longer than was said when the application was sent, however long its review takes. */
export const lastBilledDay = ({ end }: Pick<Pack, 'end'>, running: Span, on: Day, lastDayOfService: Day | undefined): Day => {
  switch (end.billing) {
    case 'at-once':
      return on;
    case 'with-service':
      return lastDayOfService ?? on;
    case 'end-of-term': {
      const last = termEnd(running, lastDayOfService ?? on);
      return end.service === 'chosen-day' && end.chosen?.asDeclared && lastDayOfService !== undefined && lastDayOfService < last ? lastDayOfService : last;
    }
  }
};

/** `because`: what keeps the earliest day from being earlier; nothing does where the day stands `declared`, or names a `month`: one that is over counts as the earliest. */
export type ChosenBounds = Span & { readonly because: 'policy' | 'review' | 'declared' | 'month' };
export const isBoundBelow = ({ because }: ChosenBounds): boolean => because === 'policy' || because === 'review';

/** Between which days the last day of service can be chosen for what arrives `on`; `reviewedOn`: the day by which a review is over. */
export const chosenBounds = ({ end }: Pack, on: Day, reviewedOn: Day | undefined): ChosenBounds | undefined => {
  if (end.chosen === undefined) return undefined;
  if (end.chosen.asDeclared) return { from: on, to: addDays(on, end.chosen.latestDays), because: end.service === 'end-of-term' ? 'month' : 'declared' };
  const own = addDays(on, end.chosen.earliestDays);
  const from = reviewedOn !== undefined && reviewedOn > own ? reviewedOn : own;
  const latest = addDays(on, end.chosen.latestDays);
  return { from, to: latest < from ? from : latest, because: from === own ? 'policy' : 'review' };
};

export const isChoosable = (bounds: ChosenBounds | undefined, day: string | undefined): day is Day =>
  bounds !== undefined && day !== undefined && isDay(day) && (day >= bounds.from || !isBoundBelow(bounds)) && day <= bounds.to;

/** The instant at which the last day of service is over. */
export const dayIsOver = (pack: Pick<Pack, 'calendar'>, lastDay: Day): Date => instantAt(addDays(lastDay, 1), '00:00', pack.calendar.zone);

/** When the line is switched off at the earliest: it is so many days before the point of no return. */
export const offFrom = (pack: Pick<Pack, 'recoverableDays'>, effectiveAt: Date): Date => new Date(effectiveAt.getTime() - pack.recoverableDays * 86_400_000);

export const todayIn = (pack: Pick<Pack, 'calendar'>, now: Date): Day => dayIn(now, pack.calendar.zone);
