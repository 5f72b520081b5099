/** A file for policies/calendars/ from an iCalendar file (RFC 5545): to be read against the notice that it claims to copy. */
import ICAL from 'ical.js';
import { no, ok, type Result } from '../cancellation/result.ts';
import type { Calendar } from '../policy/calendar.ts';
import { sameCharacter } from '../policy/scripts.ts';
import { addDays, dayIn, isDay, weekdayOf, yearOf, type Day } from '../policy/zone.ts';

/** `bad-event`: one that can't be meant as it stands. Nothing is taken from a file that has one: a day left out or moved would be a wrong due date. */
export type CannotImport = { readonly kind: 'not-ical'; readonly says: string } | { readonly kind: 'bad-event'; readonly event: string; readonly says: string } | { readonly kind: 'no-days' };
type Found = { readonly day: Day; readonly name: string; readonly worked: boolean };
type Period = { readonly name: string; readonly from: Day; to: Day; readonly makeUpDays: Day[] };

/** 班, 上班, 补班, 補班, 调休上班 in the title; or the property that phones' calendars mark a worked weekend with. */
const workedTitle = /[（(［[【]?\s*(?:调休上班|調休上班|补班|補班|上班|班|make-?up (?:working )?day|working day)\s*[）)］\]】]?/iu;
const daysOffTitle = /[（(［[【]?\s*(?:休|放假|假期|补假|補假|调休|調休|第\d+天\S*|共\d+天)\s*[）)］\]】]?/gu;
const nameOf = (title: string): string => title.replace(workedTitle, ' ').replace(daysOffTitle, ' ').replace(/\s+/g, ' ').trim() || title.trim();

const written = (time: ICAL.Time): Day => `${String(time.year).padStart(4, '0')}-${String(time.month).padStart(2, '0')}-${String(time.day).padStart(2, '0')}`;
/** A date as it stands; of a moment in UTC, the day on which it falls in `zone`. */
const dayOf = (time: ICAL.Time, zone: string): Day => (!time.isDate && time.zone === ICAL.Timezone.utcTimezone ? dayIn(time.toJSDate(), zone) : written(time));

/** Longer than any holiday: a slip in the year. */
const longestDays = 60;

/** Why an event can't be meant as it stands. ical.js would carry a 13th month over into the next year. */
const faultOf = (event: ICAL.Event): string | undefined => {
  const dates = (event.component.jCal[1] as [string, unknown, string, unknown][]).filter(([name]) => name === 'dtstart' || name === 'dtend').map(([, , , value]) => String(value));
  if (dates.length === 0 || event.startDate === null) return 'it has no DTSTART';
  const unreal = dates.find((date) => !isDay(date.slice(0, 10)));
  if (unreal !== undefined) return `${unreal} is no day`;
  if (event.component.getAllProperties('dtend').length > 0 && event.endDate.compare(event.startDate) < 0) return 'it ends before it begins';
  if (lengthOf(event) > longestDays) return `it lasts longer than ${longestDays} days`;
  const repeats = event.component.getAllProperties('rrule').map((property) => String(property.getFirstValue()));
  const often = repeats.find((rule) => !/FREQ=(YEARLY|MONTHLY|WEEKLY|DAILY)/.test(rule));
  return often === undefined ? undefined : `it recurs by ${often}, and holidays recur by the year`;
};

const lengthOf = (event: ICAL.Event): number => Math.max(1, Math.round((event.endDate.toUnixTime() - event.startDate.toUnixTime()) / 86_400));

/** Days of one event; one that recurs, in the years asked for. */
const daysOf = (event: ICAL.Event, years: readonly number[], zone: string): Found[] => {
  const title = event.summary ?? '';
  const special = String(event.component.getFirstPropertyValue('x-apple-special-day') ?? '');
  const worked = special === 'ALTERNATE-WORKDAY' || (special === '' && workedTitle.test(title));
  const starts: Day[] = [];
  if (!event.isRecurring()) starts.push(dayOf(event.startDate, zone));
  else {
    const last = Math.max(...years);
    const each = event.iterator();
    for (let time = each.next(); time !== null && time !== undefined && time.year <= last; time = each.next()) if (years.includes(time.year)) starts.push(dayOf(time, zone));
  }
  return starts.flatMap((start) => Array.from({ length: lengthOf(event) }, (_, offset) => ({ day: addDays(start, offset), name: nameOf(title), worked })));
};

/** Every calendar of the file: one may hold several. */
const calendarsIn = (ics: string): Result<readonly ICAL.Component[], CannotImport> => {
  let parsed: unknown;
  try {
    parsed = ICAL.parse(ics.replace(/^\uFEFF/, ''));
  } catch (error) {
    return no({ kind: 'not-ical', says: error instanceof Error ? error.message : String(error) });
  }
  const all = (Array.isArray(parsed) && Array.isArray(parsed[0]) ? parsed : [parsed]) as [string, unknown[], unknown[]][];
  const components = all.filter((one) => Array.isArray(one) && one[0] === 'vcalendar').map((one) => new ICAL.Component(one));
  return components.length === 0 ? no({ kind: 'not-ical', says: 'there is no VCALENDAR in it' }) : ok(components);
};

/** The text of a table file. `known`: the region's present table, whose hours, zone and weekend it takes over. */
export const calendarFromIcal = (ics: string, options: { readonly region: string; readonly source: string; readonly years: readonly number[]; readonly known?: Calendar }): Result<string, CannotImport> => {
  const components = calendarsIn(ics);
  if (!components.ok) return components;
  const events = components.value.flatMap((one) => one.getAllSubcomponents('vevent')).map((one) => new ICAL.Event(one)).filter(({ component }) => component.getFirstPropertyValue('status') !== 'CANCELLED');
  for (const event of events) {
    const says = faultOf(event);
    if (says !== undefined) return no({ kind: 'bad-event', event: (event.summary ?? '') === '' ? (event.uid ?? '') : event.summary, says });
  }
  const zone = options.known?.zone ?? String(components.value[0]?.getFirstPropertyValue('x-wr-timezone') ?? 'UTC');
  const starts = events.filter((event) => !event.isRecurring()).map((event) => yearOf(dayOf(event.startDate, zone)));
  const years = options.years.length > 0 ? options.years : [...new Set(starts)].toSorted();
  const found = events.flatMap((event) => daysOf(event, years, zone)).filter(({ day }) => years.includes(yearOf(day)));
  if (found.length === 0) return no({ kind: 'no-days' });
  const weekend = options.known?.weekend ?? [6, 7];
  const tables = years.map((year) => ({ year, periods: periodsOf(found.filter(({ day }) => yearOf(day) === year), weekend) }));
  return ok(textOf(options, zone, weekend, tables));
};

/** Days in a row under one name are one period; a worked day goes to the period of its name, or else to the nearest. */
const periodsOf = (found: readonly Found[], weekend: readonly number[]): Period[] => {
  const periods: Period[] = [];
  for (const { day, name } of found.filter(({ worked }) => !worked).toSorted((one, other) => (one.day < other.day ? -1 : 1))) {
    const last = periods.at(-1);
    if (last?.name === name && (addDays(last.to, 1) === day || last.to === day)) last.to = day;
    else periods.push({ name, from: day, to: day, makeUpDays: [] });
  }
  const apart = (period: Period, day: Day): number => Math.min(Math.abs(Date.parse(period.from) - Date.parse(day)), Math.abs(Date.parse(period.to) - Date.parse(day)));
  for (const { day, name } of found.filter((one) => one.worked && weekend.includes(weekdayOf(one.day)))) {
    const same = periods.filter((period) => period.name === name);
    const nearest = (same.length > 0 ? same : periods).toSorted((one, other) => apart(one, day) - apart(other, day))[0];
    nearest?.makeUpDays.push(day);
  }
  return periods.map((period) => ({ ...period, makeUpDays: period.makeUpDays.toSorted() }));
};

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** A name in the language that it is written in; the others are for whoever reviews. */
const nameText = (name: string): string => {
  const han = /\p{Script=Han}/u.test(name);
  const [simplified, traditional] = [[...name].some((one) => sameCharacter.simplified.has(one)), [...name].some((one) => sameCharacter.traditional.has(one))];
  return `{ 'zh-CN': ${quoted(han && !traditional ? name : '')}, 'zh-TW': ${quoted(han && !simplified ? name : '')}, en: ${quoted(han ? '' : name)} }`;
};

const textOf = (
  { region, source, known }: { readonly region: string; readonly source: string; readonly known?: Calendar }, zone: string, weekend: readonly number[],
  tables: readonly { readonly year: number; readonly periods: readonly Period[] }[],
): string => {
  const names = [...new Set(tables.flatMap(({ periods }) => periods.map(({ name }) => name)))];
  const constant = (name: string): string => `day${names.indexOf(name) + 1}`;
  return [
    `import { daysOff, type CalendarTables } from '../../src/policy/calendar.ts';`,
    '',
    `/** Imported from ${source.replaceAll('*/', '* /')}. Read every day against the official notice, write that notice as \`source\`, and name each holiday in all three languages. */`,
    ...names.map((name) => `const ${constant(name)} = ${nameText(name)};`),
    '',
    'export default {',
    `  region: ${quoted(region)},`,
    `  zone: ${quoted(zone)},`,
    `  opens: ${quoted(known?.opens ?? '09:00')},`,
    `  closes: ${quoted(known?.closes ?? '18:00')},`,
    `  weekend: [${weekend.join(', ')}],`,
    '  years: [',
    ...tables.flatMap(({ year, periods }) => [
      '    {', `      year: ${year},`, `      source: ${quoted(source)},`, '      periods: [',
      ...periods.map(({ name, from, to, makeUpDays }) => {
        const made = makeUpDays.length === 0 ? '' : `, [${makeUpDays.map(quoted).join(', ')}]`;
        return `        daysOff(${constant(name)}, ${quoted(from)}${to === from && made === '' ? '' : `, ${quoted(to)}`}${made}),`;
      }),
      '      ],', '    },',
    ]),
    '  ],',
    '} satisfies CalendarTables;',
    '',
  ].join('\n');
};
