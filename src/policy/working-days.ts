import { no, ok, type Result } from '../cancellation/result.ts';
import { counts, dayKind, type Calendar, type CannotReckonDays, type CountedDay, type SkippedDay } from './calendar.ts';
import { addDays, dayIn, instantAt, type Day } from './zone.ts';

/** A date and how it came about: the material of `explainDue`. */
export type Due = {
  readonly dueAt: Date;
  /** What the reckoning starts from: the event, or the end of a pause. */
  readonly from: Date;
  readonly reckoned:
    | { readonly kind: 'days'; readonly days: number }
    | { readonly kind: 'rest'; readonly pausedAt: Date; readonly left: WorkingTime };
  readonly counted: readonly CountedDay[];
  readonly skipped: readonly SkippedDay[];
  readonly zone: string;
  readonly everyDayCounts: boolean;
};

/** Working time, in whole minutes and split into the calendar's working days, hours and minutes. */
export type WorkingTime = { readonly minutes: number; readonly days: number; readonly hoursOfDay: number; readonly minutesOfHour: number };

/**
 * The end of the `days`-th working day after the day of `from`. The day of the event itself is not counted, and the last
 * day ends when business does (Civil Code of the PRC, arts. 201 and 203).
 */
export const addWorkingDays = (calendar: Calendar, from: Date, days: number): Result<Due, CannotReckonDays> => {
  if (!Number.isInteger(days) || days < 1) return no({ kind: 'days-out-of-range', days });
  const counted: CountedDay[] = [];
  const skipped: SkippedDay[] = [];
  let day = dayIn(from, calendar.zone);
  while (counted.length < days) {
    day = addDays(day, 1);
    const kind = dayKind(calendar, day);
    if (!kind.ok) return kind;
    if (counts(kind.value)) counted.push(kind.value);
    else skipped.push(kind.value);
  }
  return ok({ dueAt: instantAt(day, calendar.closes, calendar.zone), from, reckoned: { kind: 'days', days }, counted, skipped, zone: calendar.zone, everyDayCounts: calendar.everyDayCounts });
};

/**
 * The due date after a pause from `pausedAt` to `resumedAt`: the working time that was left is given back to the minute,
 * so that many short pauses neither gain nor lose a day. A date that had passed before the pause stays as it was.
 */
export const shiftDue = (calendar: Calendar, dueAt: Date, pausedAt: Date, resumedAt: Date): Result<Due, CannotReckonDays> => {
  const left = millisecondsBetween(calendar, pausedAt, dueAt);
  if (!left.ok) return left;
  const reckoned = { kind: 'rest', pausedAt, left: workingTime(calendar, left.value) } as const;
  const counted: CountedDay[] = [];
  const skipped: SkippedDay[] = [];
  const due = (at: Date): Due => ({ dueAt: at, from: resumedAt, reckoned, counted, skipped, zone: calendar.zone, everyDayCounts: calendar.everyDayCounts });
  if (left.value === 0) return ok(due(dueAt));
  let rest = left.value;
  for (let day = dayIn(resumedAt, calendar.zone); ; day = addDays(day, 1)) {
    const kind = dayKind(calendar, day);
    if (!kind.ok) return kind;
    const [opens, closes] = hours(calendar, day);
    const start = Math.max(opens, resumedAt.getTime());
    if (!counts(kind.value)) {
      skipped.push(kind.value);
      continue;
    }
    if (start >= closes) continue; // resumed after hours: the day gives nothing
    counted.push(kind.value);
    if (rest <= closes - start) return ok(due(new Date(start + rest)));
    rest -= closes - start;
  }
};

/** For the queue: the working time from `now` to `dueAt`, or, where that has passed, since it. */
export const workingTimeLeft = (calendar: Calendar, now: Date, dueAt: Date): Result<WorkingTime & { readonly late: boolean }, CannotReckonDays> => {
  const late = now > dueAt;
  const between = late ? millisecondsBetween(calendar, dueAt, now) : millisecondsBetween(calendar, now, dueAt);
  return between.ok ? ok({ ...workingTime(calendar, between.value), late }) : between;
};

const hours = (calendar: Calendar, day: Day): readonly [number, number] =>
  [instantAt(day, calendar.opens, calendar.zone).getTime(), instantAt(day, calendar.closes, calendar.zone).getTime()];

/** Zero where `until` is not after `from`. */
const millisecondsBetween = (calendar: Calendar, from: Date, until: Date): Result<number, CannotReckonDays> => {
  const last = dayIn(until, calendar.zone);
  let sum = 0;
  for (let day = dayIn(from, calendar.zone); day <= last; day = addDays(day, 1)) {
    const kind = dayKind(calendar, day);
    if (!kind.ok) return kind;
    if (!counts(kind.value)) continue;
    const [opens, closes] = hours(calendar, day);
    sum += Math.max(0, Math.min(closes, until.getTime()) - Math.max(opens, from.getTime()));
  }
  return ok(sum);
};

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

const workingTime = (calendar: Calendar, milliseconds: number): WorkingTime => {
  const perDay = minutesOf(calendar.closes) - minutesOf(calendar.opens);
  const minutes = Math.floor(milliseconds / 60_000);
  return { minutes, days: Math.floor(minutes / perDay), hoursOfDay: Math.floor((minutes % perDay) / 60), minutesOfHour: (minutes % perDay) % 60 };
};
