import { no, ok, type Result } from '../cancellation/result.ts';
import type { Pack, Text } from './pack.ts';
import { addDays, weekdayOf, yearOf, type Day } from './zone.ts';

/** One line of a year's notice: days off from `from` to `to`, both included, and the weekend days worked for them (调休). */
export type HolidayPeriod = { readonly name: Text; readonly from: Day; readonly to: Day; readonly makeUpDays: readonly Day[] };

/** One line of a table: `to` is `from` where it is a single day. */
export const daysOff = (name: Text, from: Day, to: Day = from, makeUpDays: readonly Day[] = []): HolidayPeriod => ({ name, from, to, makeUpDays });

/** A region's working days as reviewed tables under policies/calendars/. A year without a table is not known. */
export type CalendarTables = {
  /** ISO 3166-1 alpha-2. */
  readonly region: string;
  /** IANA name. */
  readonly zone: string;
  /** The working day, `HH:MM` in `zone`. */
  readonly opens: string;
  readonly closes: string;
  /** ISO weekdays off. */
  readonly weekend: readonly number[];
  readonly years: readonly { readonly year: number; readonly source: string; readonly periods: readonly HolidayPeriod[] }[];
};

export type Calendar = Omit<CalendarTables, 'years'> & {
  /** Weekends and holidays count like any other day; then no table is asked. */
  readonly everyDayCounts: boolean;
  readonly knownYears: ReadonlySet<number>;
  readonly special: ReadonlyMap<Day, { readonly why: 'holiday' | 'make-up-day'; readonly name: Text }>;
};

export const calendarFrom = (tables: CalendarTables): Calendar => {
  const special = new Map<Day, { why: 'holiday' | 'make-up-day'; name: Text }>();
  for (const { name, from, to, makeUpDays } of tables.years.flatMap((year) => year.periods)) {
    for (let day = from; day <= to; day = addDays(day, 1)) special.set(day, { why: 'holiday', name });
    for (const day of makeUpDays) special.set(day, { why: 'make-up-day', name });
  }
  const { years, ...rest } = tables;
  return { ...rest, everyDayCounts: false, knownYears: new Set(years.map(({ year }) => year)), special };
};

export type UnknownRegion = { readonly kind: 'unknown-region'; readonly region: string; readonly existing: readonly string[] };

export const calendarOf = (calendars: readonly Calendar[], region: string): Result<Calendar, UnknownRegion> => {
  const calendar = calendars.find((one) => one.region === region);
  return calendar ? ok(calendar) : no({ kind: 'unknown-region', region, existing: calendars.map((one) => one.region) });
};

/** The calendar by which a review is reckoned under `pack`, in the brand's own hours (already under the law: see `forRegion`). */
export const reviewCalendar = (calendars: readonly Calendar[], pack: Pack): Result<Calendar, UnknownRegion> => {
  const calendar = calendarOf(calendars, pack.calendar.region);
  return calendar.ok ? ok({ ...calendar.value, ...pack.calendar.hours, everyDayCounts: pack.review.everyDayCounts }) : calendar;
};

export type CannotReckonDays =
  /** No table for that year: an error, never a guess at Monday to Friday. */
  | { readonly kind: 'calendar-unknown'; readonly region: string; readonly year: number }
  /** Less than one day, or not a whole number. */
  | { readonly kind: 'days-out-of-range'; readonly days: number };

export type CountedDay = { readonly day: Day; readonly why: 'working-day' | 'make-up-day'; readonly name?: Text };
export type SkippedDay = { readonly day: Day; readonly because: 'weekend' | 'holiday'; readonly name?: Text };
export const counts = (kind: CountedDay | SkippedDay): kind is CountedDay => 'why' in kind;

export const dayKind = (calendar: Calendar, day: Day): Result<CountedDay | SkippedDay, CannotReckonDays> => {
  if (calendar.everyDayCounts) return ok({ day, why: 'working-day' });
  if (!calendar.knownYears.has(yearOf(day))) return no({ kind: 'calendar-unknown', region: calendar.region, year: yearOf(day) });
  const special = calendar.special.get(day);
  if (special?.why === 'make-up-day') return ok({ day, why: 'make-up-day', name: special.name });
  if (special?.why === 'holiday') return ok({ day, because: 'holiday', name: special.name });
  return calendar.weekend.includes(weekdayOf(day)) ? ok({ day, because: 'weekend' }) : ok({ day, why: 'working-day' });
};
