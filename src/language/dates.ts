import { localeOf } from './choose.ts';
import type { Language } from '../policy/pack.ts';

type Parts = Record<'year' | 'month' | 'day' | 'weekday' | 'hour' | 'minute', string>;

const formats = new Map<string, Intl.DateTimeFormat>();
const formatOf = (zone: string, language: Language): Intl.DateTimeFormat => {
  const name = `${zone} ${language}`;
  let format = formats.get(name);
  if (!format) {
    const english = language === 'en';
    format = new Intl.DateTimeFormat(localeOf[language], {
      timeZone: zone, year: 'numeric', month: english ? 'long' : 'numeric', day: 'numeric',
      weekday: english ? 'long' : 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
    });
    formats.set(name, format);
  }
  return format;
};

const askIntl = (instant: Date, zone: string, language: Language): Parts => {
  const parts = {} as Parts;
  for (const { type, value } of formatOf(zone, language).formatToParts(instant)) parts[type as keyof Parts] = value;
  return parts;
};

const minute = 60_000;
const day = 24 * 60 * minute;

/** How far a zone's clocks are ahead of UTC, from what Intl writes. */
const aheadAt = (instant: number, zone: string): number => {
  const { year, month, day: dayOfMonth, hour, minute: minutes } = askIntl(new Date(instant), zone, 'zh-CN');
  const [y = 0, m = 1, d = 1, h = 0, min = 0] = [year, month, dayOfMonth, hour, minutes].map((text) => Number(digits(text)));
  return Date.UTC(y, m - 1, d, h, min) - Math.floor(instant / minute) * minute;
};

/** Of the days last asked for: how far ahead a zone is all through a day of UTC, or that its clocks are put on that day. */
const aheads = new Map<string, number | 'changes'>();
const mostDays = 5000;
const aheadOn = (dayNumber: number, zone: string): number | 'changes' => {
  const name = `${zone} ${dayNumber}`;
  const known = aheads.get(name);
  if (known !== undefined) return known;
  const [first, last] = [aheadAt(dayNumber * day, zone), aheadAt((dayNumber + 1) * day, zone)];
  const found = first === last ? first : 'changes';
  if (aheads.size >= mostDays) aheads.clear();
  aheads.set(name, found);
  return found;
};

/** Names of days and months, as Intl writes them: 1 January 2023 was a Sunday. */
const named = new Map<Language, { readonly weekdays: readonly string[]; readonly months: readonly string[] }>();
const namesOf = (language: Language) => {
  const known = named.get(language) ?? {
    weekdays: Array.from({ length: 7 }, (_, at) => askIntl(new Date(Date.UTC(2023, 0, 1 + at)), 'UTC', language).weekday),
    months: Array.from({ length: 12 }, (_, at) => askIntl(new Date(Date.UTC(2023, at, 1)), 'UTC', language).month),
  };
  named.set(language, known);
  return known;
};

/** Intl takes longer over one date than a page over all its words: it is asked once a day and zone, the rest is counted. */
const partsOf = (instant: Date, zone: string, language: Language): Parts => {
  const ahead = aheadOn(Math.floor(instant.getTime() / day), zone);
  if (ahead === 'changes') return askIntl(instant, zone, language);
  const there = new Date(instant.getTime() + ahead);
  const { weekdays, months } = namesOf(language);
  const two = (number: number): string => String(number).padStart(2, '0');
  return {
    year: String(there.getUTCFullYear()), month: months[there.getUTCMonth()] ?? '', day: String(there.getUTCDate()), weekday: weekdays[there.getUTCDay()] ?? '',
    hour: two(there.getUTCHours()), minute: two(there.getUTCMinutes()),
  };
};

/** Intl writes 12月 and 3日 as parts of their own in some versions: the digits alone are ours to set. */
const digits = (text: string): string => text.replace(/\D/g, '');

const written = (parts: Parts, language: Language, withYear: boolean): string =>
  language === 'en'
    ? `${parts.weekday} ${digits(parts.day)} ${parts.month}${withYear ? ` ${digits(parts.year)}` : ''}`
    : `${withYear ? `${digits(parts.year)}年` : ''}${digits(parts.month)}月${digits(parts.day)}日（${parts.weekday}）`;

/** The year of now, as it was written last in a zone and a language; within a quarter of an hour no year begins anywhere. */
const years = new Map<string, { readonly quarter: number; readonly year: string }>();
const yearOf = (now: Date, zone: string, language: Language): string => {
  const name = `${zone} ${language}`;
  const quarter = Math.floor(now.getTime() / 900_000);
  const last = years.get(name);
  if (last?.quarter === quarter) return last.year;
  const { year } = partsOf(now, zone, language);
  years.set(name, { quarter, year });
  return year;
};

const sameYear = (one: Parts, now: Date | undefined, zone: string, language: Language): boolean =>
  now !== undefined && yearOf(now, zone, language) === one.year;

/**
 * The day that `instant` falls on in `zone`: 12月3日（周四）, 12月3日（週四）, Thursday 3 December.
 * The year is left out only where `now` is given and lies in the same one.
 */
export const formatDay = (instant: Date, zone: string, language: Language, now?: Date): string => {
  const parts = partsOf(instant, zone, language);
  return written(parts, language, !sameYear(parts, now, zone, language));
};

/** The time alone, to the second: 14:02:07. */
export const formatClock = (instant: Date, zone: string, language: Language): string => {
  const { hour, minute } = partsOf(instant, zone, language);
  return `${hour}:${minute}:${String(instant.getUTCSeconds()).padStart(2, '0')}`;
};

/** As `formatDay`, with the time: 12月3日（周四）14:02, Thursday 3 December, 14:02. */
export const formatInstant = (instant: Date, zone: string, language: Language, now?: Date): string => {
  const parts = partsOf(instant, zone, language);
  const time = `${parts.hour}:${parts.minute}`;
  return `${written(parts, language, !sameYear(parts, now, zone, language))}${language === 'en' ? `, ${time}` : time}`;
};

/** A calendar day (`YYYY-MM-DD`), which no zone can shift. */
export const formatCalendarDay = (day: string, language: Language, now?: Date): string =>
  formatDay(new Date(`${day}T12:00:00Z`), 'UTC', language, now);
