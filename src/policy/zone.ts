/** Days and instants in a time zone, by Intl alone. A day is `YYYY-MM-DD`; a time of day `HH:MM`. */
export type Day = string;

const formats = new Map<string, Intl.DateTimeFormat>(); // kept because making one costs a thousand times more than using it
const formatOf = (zone: string): Intl.DateTimeFormat => {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
    formats.set(zone, format);
  }
  return format;
};

/** What the clock on the wall in `zone` shows. */
export const wallClock = (instant: Date, zone: string): { readonly day: Day; readonly time: string; readonly second: string } => {
  const part: Record<string, string> = {};
  for (const { type, value } of formatOf(zone).formatToParts(instant)) part[type] = value;
  return { day: `${part['year']?.padStart(4, '0')}-${part['month']}-${part['day']}`, time: `${part['hour']}:${part['minute']}`, second: part['second'] ?? '00' };
};

const quarter = 15 * 60_000;
/** Every zone's offset has been a multiple of a quarter of an hour since (Liberia was the last one): within one no day begins, nor ends. */
const quartersSince = Date.UTC(1972, 1, 1) / quarter;
const days = new Map<string, Map<number, Day>>();

/** Kept for the quarters of an hour asked for last: one page asks for the day of now some twenty times. */
export const dayIn = (instant: Date, zone: string): Day => {
  const place = Math.floor(instant.getTime() / quarter);
  if (!(place >= quartersSince)) return wallClock(instant, zone).day;
  const kept = days.get(zone) ?? new Map<number, Day>();
  const known = kept.get(place);
  if (known !== undefined) return known;
  const { day } = wallClock(instant, zone);
  if (kept.size >= 1000) kept.clear();
  days.set(zone, kept.set(place, day));
  return day;
};

/** The instant at which the clock on the wall shows `day` and `time`. In the hour that a summer time leaves out: an hour later. */
export const instantAt = (day: Day, time: string, zone: string): Date => {
  const asUtc = Date.parse(`${day}T${time}:00Z`);
  const offsetAt = (instant: number): number => {
    const shown = wallClock(new Date(instant), zone);
    return Date.parse(`${shown.day}T${shown.time}:${shown.second}Z`) - Math.floor(instant / 1000) * 1000;
  };
  const guess = asUtc - offsetAt(asUtc);
  return new Date(asUtc - offsetAt(guess));
};

const dayLength = 86_400_000;
const utc = (day: Day): number => Date.parse(`${day}T00:00:00Z`);

export const addDays = (day: Day, days: number): Day => new Date(utc(day) + days * dayLength).toISOString().slice(0, 10);

/** The same date so many months later; the last of the month where that has no such date (29 February: the 28th). */
export const addMonths = (day: Day, months: number): Day => {
  const [year, month, date] = [yearOf(day), Number(day.slice(5, 7)) - 1 + months, Number(day.slice(8, 10))];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, Math.min(date, last))).toISOString().slice(0, 10);
};
export const yearOf = (day: Day): number => Number(day.slice(0, 4));

/** 1 is Monday, 7 is Sunday (ISO 8601). */
export const weekdayOf = (day: Day): number => new Date(utc(day)).getUTCDay() || 7;

/** Is it `YYYY-MM-DD`, and in the calendar? 30 February is not. */
export const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(utc(text)) && addDays(text, 0) === text;
