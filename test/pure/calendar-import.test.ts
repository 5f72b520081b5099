/** Calendar files as they come: folded lines, several days at once, moments in UTC; and those that nothing may be taken from. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { calendars } from '../../policies/index.ts';
import { calendarFromIcal } from '../../src/cli/calendar-import.ts';
import { calendarCommand } from '../../src/cli/policy-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'signoff-ical-'));
afterAll(() => rmSync(folder, { recursive: true }));
const event = (...lines: string[]): string => ['BEGIN:VEVENT', 'UID:one', ...lines, 'END:VEVENT'].join('\r\n');
const file = (...events: string[]): string => ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//y//EN', ...events, 'END:VCALENDAR', ''].join('\r\n');
const read = (ics: string, region = 'US', years: number[] = []) => {
  const known = calendars.find((one) => one.region === region);
  return calendarFromIcal(ics, { region, source: 'days.ics', years, ...(known === undefined ? {} : { known }) });
};
const daysOf = (ics: string, region?: string, years?: number[]): string[] => {
  const made = read(ics, region, years);
  if (!made.ok) throw new Error(JSON.stringify(made.why));
  return [...made.value.matchAll(/daysOff\(\w+, (.*)\),$/gm)].map(([, days = '']) => days.replaceAll("'", ''));
};
const whyNot = (ics: string): string => {
  const made = read(ics);
  return made.ok ? made.value : made.why.kind === 'no-days' ? 'no days' : made.why.says;
};
const days = (from: string, to: string): string[] => [`DTSTART;VALUE=DATE:${from}`, `DTEND;VALUE=DATE:${to}`];

describe('what calendars write', () => {
  test('P12 an end that is not a day off any more; one day without an end; a duration; a year’s end', () => {
    expect(daysOf(file(event('SUMMARY:A', ...days('20271001', '20271008'))))).toEqual(['2027-10-01, 2027-10-07']);
    expect(daysOf(file(event('SUMMARY:A', 'DTSTART;VALUE=DATE:20270405')))).toEqual(['2027-04-05']);
    expect(daysOf(file(event('SUMMARY:A', 'DTSTART;VALUE=DATE:20270701', 'DURATION:P3D')))).toEqual(['2027-07-01, 2027-07-03']);
    expect(daysOf(file(event('SUMMARY:A', ...days('20271230', '20280103'))), 'US', [2027, 2028])).toEqual(['2027-12-30, 2027-12-31', '2028-01-01, 2028-01-02']);
    expect(daysOf(file(event('SUMMARY:A', ...days('20280229', '20280301'))))).toEqual(['2028-02-29']);
  });
  test('P12 lines that are folded, a mark of byte order, ends of lines without a return, several calendars in one file', () => {
    const folded = file(event('SUMMARY:The Day\r\n  of a very lo\r\n ng name', ...days('20271001', '20271002')));
    const made = read(`\uFEFF${folded}`);
    expect(made).toMatchObject({ ok: true, value: expect.stringContaining("en: 'The Day of a very long name'") });
    expect(read(folded.replaceAll('\r\n', '\n'))).toEqual(made);
    expect(daysOf(folded + file(event('SUMMARY:B', ...days('20271101', '20271102'))))).toEqual(['2027-10-01', '2027-11-01']);
  });
  test('P12 a moment in UTC is the day on which it falls there; days over a change of the clock are as many as they are; what was called off is no day off', () => {
    const late = event('SUMMARY:A', 'DTSTART:20270610T220000Z', 'DTEND:20270611T210000Z');
    expect([daysOf(file(late), 'CN'), daysOf(file(late), 'US')]).toEqual([['2027-06-11'], ['2027-06-10']]);
    expect(daysOf(file(event('SUMMARY:A', 'DTSTART;TZID=America/New_York:20270313T000000', 'DTEND;TZID=America/New_York:20270316T000000')))).toEqual(['2027-03-13, 2027-03-15']);
    expect(whyNot(file(event('SUMMARY:A', 'STATUS:CANCELLED', ...days('20271001', '20271002'))))).toBe('no days');
  });
});

describe('a file with anything that can’t be meant gives no table at all', () => {
  test.each([
    ['a 13th month', file(event('SUMMARY:A', ...days('20271301', '20271302'))), /2027-13-01 is no day/],
    ['30 February', file(event('SUMMARY:A', 'DTSTART;VALUE=DATE:20270230')), /2027-02-30 is no day/],
    ['it ends before it begins', file(event('SUMMARY:A', ...days('20271008', '20270908'))), /ends before it begins/],
    ['a slip in the year of its end', file(event('SUMMARY:A', ...days('20271001', '99991231'))), /longer than 60 days/],
    ['no beginning', file(event('SUMMARY:A', 'DTEND;VALUE=DATE:20271008')), /no DTSTART/],
    ['every second', file(event('SUMMARY:A', 'RRULE:FREQ=SECONDLY', ...days('20271001', '20271002'))), /recurs by FREQ=SECONDLY/],
    ['cut off', file(event('SUMMARY:A', ...days('20271001', '20271002'))).slice(0, 120), /Invalid parameters/],
    ['empty', '', /no VCALENDAR/],
    ['an address book', 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\nEND:VCARD\r\n', /no VCALENDAR/],
    ['bytes', String.fromCharCode(...Array(256).keys()), /invalid/],
  ])('%s', (_, ics, says) => expect(whyNot(ics)).toMatch(says));

  test('said at the terminal with the event’s name and what to do, and exit 2', async () => {
    const path = join(folder, 'slip.ics');
    writeFileSync(path, file(event('SUMMARY:New Year', ...days('20270101', '20270102')), event('SUMMARY:Golden Week', ...days('20271301', '20271308'))));
    const said = { out: [] as string[], err: [] as string[], code: 0 };
    await calendarCommand({ out: (line) => said.out.push(line), err: (line) => said.err.push(line), exit: (code) => { said.code = code; } }).parseAsync(['import', path, '--region', 'US'], { from: 'user' });
    expect(said).toEqual({ out: [], err: [`${path}: the event “Golden Week” can't be taken, 2027-13-01 is no day. Mend it in the file, or take it out; nothing was imported.`], code: 2 });
  });
});
