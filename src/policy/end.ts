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

export type EndOfService = { readonly lastDay: Day; readonly why: 'chosen' | 'end-of-term' };

/** The last day of service as it is fixed when the application is sent on `on`; nothing where it ends as soon as everything else lets it. */
export const endOfService = ({ end }: Pack, on: Day, running: Span | undefined, chosen: Day | undefined): EndOfService | undefined => {
  switch (end.service) {
    case 'at-once':
      return undefined;
    case 'chosen-day':
      return chosen === undefined ? undefined : { lastDay: chosen, why: 'chosen' };
    case 'end-of-term':
      return running === undefined ? undefined : { lastDay: termEnd(running, on), why: 'end-of-term' };
  }
};

/** The last day for which the monthly fee is charged: never longer than was said when the application was sent, however long its review takes. */
export const lastBilledDay = ({ end }: Pack, running: Span, on: Day, lastDayOfService: Day | undefined): Day => {
  switch (end.billing) {
    case 'at-once':
      return on;
    case 'with-service':
      return lastDayOfService ?? on;
    case 'end-of-term':
      return termEnd(running, lastDayOfService ?? on);
  }
};

/** `because`: what keeps the earliest day from being earlier. */
export type ChosenBounds = Span & { readonly because: 'policy' | 'review' };

/** Between which days the last day of service can be chosen for what is sent `on`; `reviewedOn`: the day by which a review is over. */
export const chosenBounds = ({ end }: Pack, on: Day, reviewedOn: Day | undefined): ChosenBounds | undefined => {
  if (end.service !== 'chosen-day' || end.chosen === undefined) return undefined;
  const own = addDays(on, end.chosen.earliestDays);
  const from = reviewedOn !== undefined && reviewedOn > own ? reviewedOn : own;
  const latest = addDays(on, end.chosen.latestDays);
  return { from, to: latest < from ? from : latest, because: from === own ? 'policy' : 'review' };
};

export const isChoosable = (bounds: ChosenBounds | undefined, day: string | undefined): day is Day =>
  bounds !== undefined && day !== undefined && isDay(day) && day >= bounds.from && day <= bounds.to;

/** The instant at which the last day of service is over. */
export const dayIsOver = (pack: Pick<Pack, 'calendar'>, lastDay: Day): Date => instantAt(addDays(lastDay, 1), '00:00', pack.calendar.zone);

/** When the line is switched off at the earliest: it is so many days before the point of no return. */
export const offFrom = (pack: Pick<Pack, 'recoverableDays'>, effectiveAt: Date): Date => new Date(effectiveAt.getTime() - pack.recoverableDays * 86_400_000);

export const todayIn = (pack: Pick<Pack, 'calendar'>, now: Date): Day => dayIn(now, pack.calendar.zone);
