/** When somebody answers, by the pack's hours and the calendar of its region. */
import { counts, dayKind, type Calendar } from './calendar.ts';
import type { Pack } from './pack.ts';
import { addDays, dayIn, instantAt, weekdayOf, type Day } from './zone.ts';

/** `unknown`: closed, and the year of the next opening has no calendar; nobody guesses. */
export type Support = { readonly kind: 'open'; readonly until?: Date } | { readonly kind: 'closed'; readonly opensAt: Date } | { readonly kind: 'unknown' };

type Hours = Pack['supportHours'];

/** Hours that name the weekend are kept on holidays too; others follow the calendar, a weekend day worked for a holiday like a Monday. */
const hoursOn = (hours: Hours, calendar: Calendar, day: Day): Hours[number] | 'closed' | 'unknown' => {
  const everyDay = calendar.weekend.every((weekday) => hours.some(({ days }) => days.includes(weekday)));
  const named = (weekday: number): Hours[number] | 'closed' => hours.find(({ days }) => days.includes(weekday)) ?? 'closed';
  if (everyDay) return named(weekdayOf(day));
  const kind = dayKind({ ...calendar, everyDayCounts: false }, day);
  if (!kind.ok) return 'unknown';
  if (counts(kind.value)) return named(kind.value.why === 'make-up-day' ? 1 : weekdayOf(day));
  return kind.value.because === 'holiday' ? 'closed' : named(weekdayOf(day));
};

/** Longer than any run of holidays. */
const farthest = 40;

/** Whether support is open at `now`; if not, when next. No hours at all: round the clock. Times on the wall of `zone`. */
export const supportAt = ({ supportHours, calendar: { zone } }: Pick<Pack, 'supportHours' | 'calendar'>, calendar: Calendar, now: Date): Support => {
  if (supportHours.length === 0) return { kind: 'open' };
  let day = dayIn(now, zone);
  for (let ahead = 0; ahead < farthest; ahead++, day = addDays(day, 1)) {
    const hours = hoursOn(supportHours, calendar, day);
    if (hours === 'unknown') return { kind: 'unknown' };
    if (hours === 'closed') continue;
    const [opens, closes] = [instantAt(day, hours.opens, zone), instantAt(day, hours.closes, zone)];
    if (now < opens) return { kind: 'closed', opensAt: opens };
    if (now < closes) return { kind: 'open', until: closes };
  }
  return { kind: 'unknown' };
};
