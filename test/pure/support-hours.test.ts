import { expect, it } from 'vitest';
import { calendars } from '../../policies/index.ts';
import { calendarOf } from '../../src/policy/calendar.ts';
import { supportAt } from '../../src/policy/support-hours.ts';

const found = calendarOf(calendars, 'CN');
if (!found.ok) throw new Error('no calendar');
const calendar = found.value;
const zone = { region: 'CN', zone: 'Asia/Shanghai' } as const;
const office = { calendar: zone, supportHours: [{ days: [1, 2, 3, 4, 5], opens: '09:00', closes: '18:00' }] };
const at = (wall: string): Date => new Date(`${wall}:00+08:00`);
const opens = (pack: Parameters<typeof supportAt>[0], wall: string) => supportAt(pack, calendar, at(wall));

it('ST5 round the clock means that nobody is told to wait', () => {
  expect(opens({ calendar: zone, supportHours: [] }, '2026-10-01T03:00')).toEqual({ kind: 'open' });
});

it('ST5 open to the minute; before and after it, the next opening', () => {
  expect(opens(office, '2026-11-24T09:00')).toEqual({ kind: 'open', until: at('2026-11-24T18:00') });
  expect(opens(office, '2026-11-24T08:59')).toEqual({ kind: 'closed', opensAt: at('2026-11-24T09:00') });
  expect(opens(office, '2026-11-24T18:00')).toEqual({ kind: 'closed', opensAt: at('2026-11-25T09:00') });
  expect(opens(office, '2026-11-27T20:00')).toEqual({ kind: 'closed', opensAt: at('2026-11-30T09:00') }); // over the weekend
});

it('ST5 P12 holidays are closed, weekend days worked for them are open', () => {
  expect(opens(office, '2026-09-30T19:00')).toEqual({ kind: 'closed', opensAt: at('2026-10-08T09:00') });
  expect(opens(office, '2026-10-10T10:00').kind).toBe('open'); // a Saturday
});

it('ST5 hours that name the weekend hold on holidays too', () => {
  const daily = { ...office, supportHours: [{ days: [1, 2, 3, 4, 5], opens: '09:00', closes: '18:00' }, { days: [6, 7], opens: '10:00', closes: '16:00' }] };
  expect(opens(daily, '2026-10-01T10:00').kind).toBe('open');
  expect(opens(daily, '2026-11-28T17:00')).toEqual({ kind: 'closed', opensAt: at('2026-11-29T10:00') });
});

it('ST5 P12 a year without a calendar is not guessed at', () => {
  expect(opens(office, '2026-12-31T19:00')).toEqual({ kind: 'unknown' });
});
