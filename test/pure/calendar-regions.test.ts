/** P12 the reviewed tables outside mainland China. Each list was written from its source and compared, day by day, with a second one. */
import { describe, expect, test } from 'vitest';
import { allPacks, calendars } from '../../policies/index.ts';
import { calendarOf, reviewCalendar, type Calendar } from '../../src/policy/calendar.ts';
import { addWorkingDays, shiftDue, workingTimeLeft } from '../../src/policy/working-days.ts';
import { instantAt, wallClock, weekdayOf } from '../../src/policy/zone.ts';

const region = (name: string): Calendar => {
  const found = calendarOf(calendars, name);
  if (!found.ok) throw new Error(`no calendar for ${name}`);
  return found.value;
};
/** Weekdays on which nobody works, `MM-DD`. */
const weekdaysOff = (calendar: Calendar, year: number): string =>
  [...calendar.special].filter(([day, { why }]) => why === 'holiday' && day.startsWith(`${year}-`) && weekdayOf(day) < 6).map(([day]) => day.slice(5)).sort().join(' ');
const worked = (calendar: Calendar): string[] => [...calendar.special].filter(([, { why }]) => why === 'make-up-day').map(([day]) => day).sort();
const due = (name: string, from: string, days: number): string => {
  const calendar = region(name);
  const reckoned = addWorkingDays(calendar, instantAt(from.slice(0, 10), from.slice(11), calendar.zone), days);
  if (!reckoned.ok) return reckoned.why.kind;
  const { day, time } = wallClock(reckoned.value.dueAt, calendar.zone);
  return `${day} ${time}`;
};

describe('P12 working days by region', () => {
  // A public list names 24 and 31 December for Germany (banks) and keeps the day itself beside its substitute for the United States.
  test.each([
    ['US', 2024, '01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25'],
    ['US', 2025, '01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25'],
    ['US', 2026, '01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25'],
    ['US', 2027, '01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31'],
    ['DE', 2024, '01-01 03-29 04-01 05-01 05-09 05-20 10-03 12-25 12-26'],
    ['DE', 2025, '01-01 04-18 04-21 05-01 05-29 06-09 10-03 12-25 12-26'],
    ['DE', 2026, '01-01 04-03 04-06 05-01 05-14 05-25 12-25'],
    ['DE', 2027, '01-01 03-26 03-29 05-06 05-17'],
    ['GB', 2024, '01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26'],
    ['GB', 2025, '01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26'],
    ['GB', 2026, '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28'],
    ['GB', 2027, '01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28'],
    ['HK', 2024, '01-01 02-12 02-13 03-29 04-01 04-04 05-01 05-15 06-10 07-01 09-18 10-01 10-11 12-25 12-26'],
    ['HK', 2025, '01-01 01-29 01-30 01-31 04-04 04-18 04-21 05-01 05-05 07-01 10-01 10-07 10-29 12-25 12-26'],
    ['HK', 2026, '01-01 02-17 02-18 02-19 04-03 04-06 04-07 05-01 05-25 06-19 07-01 10-01 10-19 12-25'],
    // Those lists that reckon by rule miss the days given in lieu, and all five holidays of 2025.
    ['TW', 2024, '01-01 02-08 02-09 02-12 02-13 02-14 02-28 04-04 04-05 06-10 09-17 10-10'],
    ['TW', 2025, '01-01 01-27 01-28 01-29 01-30 01-31 02-28 04-03 04-04 05-30 09-29 10-06 10-10 10-24 12-25'],
    ['TW', 2026, '01-01 02-16 02-17 02-18 02-19 02-20 02-27 04-03 04-06 05-01 06-19 09-25 09-28 10-09 10-26 12-25'],
  ])('%s in %i', (name, year, off) => expect(weekdaysOff(region(name), year)).toBe(off));

  test('Taiwan’s last make-up working day was 8 February 2025; since the law of that May there is none', () => {
    expect(worked(region('TW'))).toEqual(['2024-02-17', '2025-02-08']);
    expect([due('TW', '2025-02-07 10:00', 1), due('TW', '2026-02-13 10:00', 1)]).toEqual(['2025-02-08 18:00', '2026-02-23 18:00']);
  });
  test('elsewhere nobody works a weekend for a holiday', () => {
    for (const name of ['US', 'DE', 'GB', 'HK']) expect(worked(region(name))).toEqual([]);
  });
  test('Hong Kong: seventeen days a year, those on a Saturday included', () => {
    for (const year of [2025, 2026]) expect([...region('HK').special.keys()].filter((day) => day.startsWith(String(year)))).toHaveLength(17);
    expect(due('HK', '2026-04-02 10:00', 1)).toBe('2026-04-08 18:00');
  });
  test('a holiday in lieu: Boxing Day of 2026, Independence Day of 2027, New Year’s Day of 2028', () => {
    expect(due('GB', '2026-12-24 10:00', 2)).toBe('2026-12-30 17:00');
    expect(due('US', '2027-07-02 10:00', 1)).toBe('2027-07-06 17:00');
    expect(due('US', '2027-12-30 10:00', 1)).toBe('calendar-unknown');
  });
  test('29 February, where there is one and where there is none', () => {
    for (const name of ['US', 'DE', 'GB', 'HK', 'TW']) {
      expect(due(name, '2024-02-28 10:00', 1).slice(0, 10), name).toBe('2024-02-29');
      expect(due(name, '2025-02-26 10:00', 2).slice(0, 10), name).toBe(name === 'TW' ? '2025-03-03' : '2025-02-28'); // there the 28th is a holiday
    }
  });
  test('a year without a table is an error, before and after', () => {
    expect([due('US', '2023-12-29 10:00', 1), due('HK', '2026-12-31 10:00', 1), due('TW', '2026-12-31 10:00', 1)]).toEqual(['calendar-unknown', 'calendar-unknown', 'calendar-unknown']);
    expect([due('US', '2023-12-31 10:00', 1), due('DE', '2027-12-30 10:00', 1)]).toEqual(['2024-01-02 17:00', '2027-12-31 17:00']);
  });
});

test('P12 a brand that works other hours than the table: its reviews are due when it closes, and a pause gives back its own time', () => {
  const [purple] = allPacks;
  if (purple === undefined) throw new Error('no pack');
  const late = reviewCalendar(calendars, { ...purple, calendar: { ...purple.calendar, hours: { opens: '10:00', closes: '22:00' } } });
  if (!late.ok) throw new Error('no calendar');
  const at = (text: string) => instantAt(text.slice(0, 10), text.slice(11), late.value.zone);
  const reckoned = addWorkingDays(late.value, at('2026-11-24 14:02'), 7);
  expect(reckoned.ok && wallClock(reckoned.value.dueAt, late.value.zone)).toMatchObject({ day: '2026-12-03', time: '22:00' });
  expect(workingTimeLeft(late.value, at('2026-12-03 09:00'), at('2026-12-03 22:00'))).toMatchObject({ value: { days: 1, hoursOfDay: 0 } });
});

describe('P12 over the nights on which clocks change', () => {
  const utc = (name: string, from: string, days: number): string => {
    const calendar = region(name);
    const reckoned = addWorkingDays(calendar, instantAt(from.slice(0, 10), from.slice(11), calendar.zone), days);
    return reckoned.ok ? reckoned.value.dueAt.toISOString() : reckoned.why.kind;
  };
  test('Berlin: five in the afternoon is an hour earlier in UTC from 30 March 2026, and later again from 26 October', () => {
    expect(utc('DE', '2026-03-26 10:00', 1)).toBe('2026-03-27T16:00:00.000Z');
    expect(utc('DE', '2026-03-27 10:00', 1)).toBe('2026-03-30T15:00:00.000Z');
    expect(utc('DE', '2026-10-22 10:00', 1)).toBe('2026-10-23T15:00:00.000Z');
    expect(utc('DE', '2026-10-23 10:00', 1)).toBe('2026-10-26T16:00:00.000Z');
  });
  test('New York: from 9 March 2026 and from 2 November', () => {
    expect(utc('US', '2026-03-06 10:00', 1)).toBe('2026-03-09T21:00:00.000Z');
    expect(utc('US', '2026-03-05 10:00', 1)).toBe('2026-03-06T22:00:00.000Z');
    expect(utc('US', '2026-10-30 10:00', 1)).toBe('2026-11-02T22:00:00.000Z');
  });
  test('a request in the hour that is there twice, or not at all, starts on that day and takes nothing from the time to review', () => {
    for (const [name, instant] of [['DE', '2026-03-29T01:30:00Z'], ['DE', '2026-10-25T00:30:00Z'], ['DE', '2026-10-25T01:30:00Z']] as const) {
      const reckoned = addWorkingDays(region(name), new Date(instant), 1);
      expect(reckoned.ok && weekdayOf(wallClock(reckoned.value.dueAt, 'Europe/Berlin').day)).toBe(1);
    }
  });
  test('a pause over such a night gives back the working time that was left, to the minute', () => {
    const calendar = region('DE');
    const at = (text: string) => instantAt(text.slice(0, 10), text.slice(11), calendar.zone);
    const moved = shiftDue(calendar, at('2026-03-31 17:00'), at('2026-03-27 12:00'), at('2026-03-30 12:00'));
    expect(moved.ok && wallClock(moved.value.dueAt, calendar.zone)).toMatchObject({ day: '2026-04-01', time: '17:00' });
    expect(moved.ok && workingTimeLeft(calendar, at('2026-03-30 12:00'), moved.value.dueAt)).toMatchObject({ value: { minutes: 21 * 60 } });
  });
});
