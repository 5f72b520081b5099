import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calendars } from '../../policies/index.ts';
import { calendarOf, counts, dayKind, type Calendar } from '../../src/policy/calendar.ts';
import { dueReasons, explainDue } from '../../src/policy/explain-due.ts';
import { addWorkingDays, shiftDue, workingTimeLeft, type Due } from '../../src/policy/working-days.ts';
import { addDays, dayIn, instantAt, isDay, wallClock, weekdayOf } from '../../src/policy/zone.ts';
import type { Result } from '../../src/cancellation/result.ts';

const value = <Value>(result: Result<Value, unknown>): Value => {
  if (!result.ok) throw new Error(`expected a value, got ${JSON.stringify(result.why)}`);
  return result.value;
};
const cn: Calendar = value(calendarOf(calendars, 'CN'));
/** A time on the clock in Shanghai. */
const at = (text: string): Date => instantAt(text.slice(0, 10), text.slice(11), 'Asia/Shanghai');
const shown = (instant: Date): string => {
  const { day, time } = wallClock(instant, 'Asia/Shanghai');
  return `${day} ${time}`;
};
const due = (from: string, days: number): string => shown(value(addWorkingDays(cn, at(from), days)).dueAt);

describe('the reviewed table of mainland China', () => {
  const offIn = (year: number) => [...cn.special].filter(([day, { why }]) => day.startsWith(String(year)) && why === 'holiday').length;
  const worked = (year: number) => [...cn.special].filter(([day, { why }]) => day.startsWith(String(year)) && why === 'make-up-day').map(([day]) => day).sort();
  test('days off and make-up days as published', () => {
    expect([offIn(2024), offIn(2025), offIn(2026)]).toEqual([28, 28, 33]);
    expect(worked(2024)).toEqual(['2024-02-04', '2024-02-18', '2024-04-07', '2024-04-28', '2024-05-11', '2024-09-14', '2024-09-29', '2024-10-12']);
    expect(worked(2025)).toEqual(['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11']);
    expect(worked(2026)).toEqual(['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10']);
  });
  test('every make-up day is a weekend day', () => {
    for (const [day, { why }] of cn.special) if (why === 'make-up-day') expect(weekdayOf(day), day).toBeGreaterThan(5);
  });
  test('10 October 2026 is a Saturday, and a working day', () => {
    expect(value(dayKind(cn, '2026-10-10'))).toMatchObject({ day: '2026-10-10', why: 'make-up-day' });
    expect(weekdayOf('2026-10-10')).toBe(6);
  });
  test('an unknown year is an error, before and after', () => {
    for (const day of ['2023-12-31', '2027-01-01']) expect(dayKind(cn, day)).toEqual({ ok: false, why: { kind: 'calendar-unknown', region: 'CN', year: Number(day.slice(0, 4)) } });
  });
  test('a region without a table names those that exist', () => {
    expect(calendarOf(calendars, 'XX')).toEqual({ ok: false, why: { kind: 'unknown-region', region: 'XX', existing: ['CN', 'DE', 'HK', 'TW', 'GB', 'US'] } });
  });
});

describe('working days', () => {
  test('UP6 seven working days from Tuesday 24 November end on Thursday 3 December', () => {
    expect(due('2026-11-24 14:02', 7)).toBe('2026-12-03 18:00');
  });
  test('over the Mid-Autumn Festival', () => expect(due('2026-09-24 10:00', 3)).toBe('2026-09-30 18:00'));
  test('over National Day, with its make-up day', () => {
    expect(due('2026-09-30 10:00', 1)).toBe('2026-10-08 18:00');
    expect(due('2026-09-30 10:00', 3)).toBe('2026-10-10 18:00');
    expect(due('2026-09-30 10:00', 4)).toBe('2026-10-12 18:00');
  });
  test('29 February', () => expect(due('2024-02-28 09:00', 1)).toBe('2024-02-29 18:00'));
  test('over a year’s end whose next year is known', () => expect(due('2025-12-31 12:00', 1)).toBe('2026-01-04 18:00'));
  test('over a year’s end whose next year is not: an error, not a guess', () => {
    expect(due('2026-12-30 12:00', 1)).toBe('2026-12-31 18:00');
    expect(addWorkingDays(cn, at('2026-12-30 12:00'), 2)).toEqual({ ok: false, why: { kind: 'calendar-unknown', region: 'CN', year: 2027 } });
  });
  test('the day is the one in the calendar’s zone, not in UTC', () => {
    const lateEvening = new Date('2026-11-23T16:30:00Z'); // 24 November 00:30 in Shanghai
    expect(shown(value(addWorkingDays(cn, lateEvening, 1)).dueAt)).toBe('2026-11-25 18:00');
  });
  test('from a weekend the first working day is the first', () => expect(due('2026-11-21 10:00', 1)).toBe('2026-11-23 18:00'));
  test('no days and half days are refused', () => {
    for (const days of [0, -1, 1.5, Number.NaN]) expect(addWorkingDays(cn, at('2026-11-24 10:00'), days)).toEqual({ ok: false, why: { kind: 'days-out-of-range', days } });
  });
  test('where every day counts no table is asked', () => {
    expect(shown(value(addWorkingDays({ ...cn, everyDayCounts: true }, at('2027-05-01 23:59'), 1)).dueAt)).toBe('2027-05-02 18:00');
  });
  test('counted and skipped days are every day from the next one to the last, each once', () => {
    fc.assert(fc.property(instantIn2026(), fc.integer({ min: 1, max: 20 }), (from, days) => {
      const reckoned = value(addWorkingDays(cn, from, days));
      const named = [...reckoned.counted, ...reckoned.skipped].map(({ day }) => day).sort();
      const start = dayIn(from, cn.zone);
      expect(named).toEqual(named.map((_, place) => addDays(start, place + 1)));
      expect(reckoned.counted).toHaveLength(days);
      expect(named.at(-1)).toBe(dayIn(reckoned.dueAt, cn.zone));
    }));
  });
});

describe('the pause', () => {
  const reviewed = value(addWorkingDays(cn, at('2026-11-24 14:02'), 7)).dueAt;
  const shift = (pausedAt: string, resumedAt: string): Due => value(shiftDue(cn, reviewed, at(pausedAt), at(resumedAt)));

  test('UP7 the working time left at the pause is given back', () => {
    expect(shown(shift('2026-11-26 10:00', '2026-11-26 15:00').dueAt)).toBe('2026-12-04 14:00');
    expect(shown(shift('2026-11-26 18:00', '2026-11-30 09:00').dueAt)).toBe('2026-12-04 18:00');
  });
  test('a pause in which nobody would have worked moves nothing', () => {
    expect(shown(shift('2026-11-27 18:00', '2026-11-30 09:00').dueAt)).toBe(shown(reviewed));
    expect(shown(shift('2026-11-28 11:00', '2026-11-29 23:00').dueAt)).toBe(shown(reviewed));
  });
  test('a date that had passed before the pause stays', () => {
    expect(shift('2026-12-03 18:00', '2026-12-07 10:00').dueAt).toEqual(reviewed);
    expect(shift('2026-12-04 10:00', '2026-12-07 10:00').dueAt).toEqual(reviewed);
  });
  test('over National Day', () => {
    const before = value(addWorkingDays(cn, at('2026-09-28 10:00'), 2)).dueAt; // 30 September 18:00
    expect(shown(value(shiftDue(cn, before, at('2026-09-30 09:00'), at('2026-10-01 12:00'))).dueAt)).toBe('2026-10-08 18:00');
  });
  test('into an unknown year is an error', () => {
    expect(shiftDue(cn, at('2026-12-31 18:00'), at('2026-12-30 09:00'), at('2026-12-31 17:00'))).toEqual({ ok: false, why: { kind: 'calendar-unknown', region: 'CN', year: 2027 } });
  });
  test('as much working time is left after the pause as before it, however often', () => {
    fc.assert(fc.property(instantIn2026(), fc.integer({ min: 1, max: 10 }), fc.array(fc.tuple(fc.nat(4000), fc.nat(20_000)), { maxLength: 5 }), (from, days, pauses) => {
      let dueAt = value(addWorkingDays(cn, from, days)).dueAt;
      let now = from;
      for (const [workedMinutes, pausedMinutes] of pauses) {
        const pausedAt = new Date(now.getTime() + workedMinutes * 60_000);
        if (pausedAt >= dueAt) return;
        const left = value(workingTimeLeft(cn, pausedAt, dueAt)).minutes;
        now = new Date(pausedAt.getTime() + pausedMinutes * 60_000);
        const moved = value(shiftDue(cn, dueAt, pausedAt, now));
        expect(value(workingTimeLeft(cn, now, moved.dueAt)).minutes).toBe(left);
        expect(moved.dueAt >= dueAt).toBe(true);
        if (pausedMinutes === 0) expect(moved.dueAt).toEqual(dueAt);
        dueAt = moved.dueAt;
      }
    }), { numRuns: 60 });
  });
});

describe('working time left', () => {
  const reviewed = at('2026-12-03 18:00');
  test('in working days and hours', () => {
    expect(value(workingTimeLeft(cn, at('2026-11-30 10:30'), reviewed))).toEqual({ minutes: 2070, days: 3, hoursOfDay: 7, minutesOfHour: 30, late: false });
    expect(value(workingTimeLeft(cn, at('2026-11-28 03:00'), reviewed))).toMatchObject({ days: 4, hoursOfDay: 0, minutesOfHour: 0 });
  });
  test('once late, the working time since', () => {
    expect(value(workingTimeLeft(cn, at('2026-12-04 11:00'), reviewed))).toMatchObject({ minutes: 120, late: true });
    expect(value(workingTimeLeft(cn, at('2026-12-05 11:00'), reviewed))).toMatchObject({ days: 1, hoursOfDay: 0, late: true });
  });
  test('into an unknown year is an error', () => expect(workingTimeLeft(cn, at('2027-01-02 11:00'), reviewed).ok).toBe(false));
});

describe('why this date', () => {
  test('UP6 the sentence names the start, the days counted and those passed over', () => {
    expect(explainDue(value(addWorkingDays(cn, at('2026-11-24 14:02'), 7)))).toEqual({
      'zh-CN': '自11月24日（周二）次日起第7个工作日。其间周末2天不计入。',
      'zh-TW': '自11月24日（週二）次日起第7個工作天。其間週末2天不計入。',
      en: 'The 7th working day after Tuesday 24 November. Not counted in between: 2 weekend days.',
    });
  });
  test('over a year’s end the year is said', () => {
    expect(explainDue(value(addWorkingDays(cn, at('2025-12-31 12:00'), 1))).en).toBe('The first working day after Wednesday 31 December 2025. Not counted in between: 3 days off for New Year’s Day. Sunday 4 January is a make-up working day and counts.');
  });
  test('holidays by name, make-up days by date', () => {
    const reasons = dueReasons(value(addWorkingDays(cn, at('2026-09-24 10:00'), 7)));
    expect(reasons.map(({ kind }) => kind)).toEqual(['start', 'skipped', 'make-up']);
    expect(reasons.map(({ says }) => says['zh-CN'])).toEqual([
      '自9月24日（周四）次日起第7个工作日。', '其间周末1天、中秋节假期3天、国庆节假期7天不计入。', '10月10日（周六）调休上班，计入工作日。',
    ]);
    expect(reasons[2]?.says['zh-TW']).toBe('10月10日（週六）是補班日，計入工作天。');
    expect(reasons[1]?.says.en).toBe('Not counted in between: 1 weekend day, 3 days off for the Mid-Autumn Festival and 7 days off for National Day.');
    expect(reasons[2]?.says.en).toBe('Saturday 10 October is a make-up working day and counts.');
  });
  test('UP7 after a pause it says what was left and from when it goes on', () => {
    const moved = value(shiftDue(cn, at('2026-12-03 18:00'), at('2026-11-26 10:00'), at('2026-11-30 15:30')));
    expect(explainDue(moved)).toEqual({
      'zh-CN': '等待补充材料期间（11月26日至11月30日）不计时。余下的5个工作日8小时从11月30日（周一）15:30起继续计算。其间周末2天不计入。',
      'zh-TW': '等待補件期間（11月26日至11月30日）不計時。剩下的5個工作天8小時從11月30日（週一）15:30起繼續計算。其間週末2天不計入。',
      en: 'The time spent waiting for your material (26 November to 30 November) does not count. The 5 working days and 8 hours that were left go on from Monday 30 November, 15:30. Not counted in between: 2 weekend days.',
    });
    expect(shown(moved.dueAt)).toBe('2026-12-08 14:30');
  });
});

describe('days and instants', () => {
  test('the clock on the wall and back, in zones east and west, with and without summer time', () => {
    fc.assert(fc.property(fc.constantFrom('Asia/Shanghai', 'America/New_York', 'Europe/Berlin', 'Asia/Kathmandu', 'Pacific/Auckland', 'UTC'), fc.integer({ min: 0, max: 365 }), fc.constantFrom('00:00', '09:00', '18:00', '23:59'), (zone, offset, time) => {
      const day = addDays('2026-01-01', offset);
      const back = wallClock(instantAt(day, time, zone), zone);
      expect(`${back.day} ${back.time}`).toBe(`${day} ${time}`);
    }));
  });
  test('an hour that summer time leaves out is an hour later', () => {
    expect(instantAt('2026-03-29', '02:30', 'Europe/Berlin').toISOString()).toBe('2026-03-29T01:30:00.000Z');
  });
  test('days that do not exist', () => {
    expect(['2026-02-29', '2024-02-29', '2026-13-01', '2026-1-1'].map(isDay)).toEqual([false, true, false, false]);
  });
  test('a counted day is not a skipped one', () => {
    expect(counts({ day: '2026-11-24', why: 'working-day' })).toBe(true);
    expect(counts({ day: '2026-11-28', because: 'weekend' })).toBe(false);
  });
});

function instantIn2026(): fc.Arbitrary<Date> {
  return fc.integer({ min: 0, max: 270 * 1440 }).map((minutes) => new Date(Date.parse('2026-01-05T00:00:00Z') + minutes * 60_000));
}
