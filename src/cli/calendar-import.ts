/** A file for policies/calendars/ from an iCalendar file (RFC 5545): to be read against the notice that it claims to copy. */
import ICAL from 'ical.js';
import { no, ok, type Result } from '../cancellation/result.ts';
import type { Calendar } from '../policy/calendar.ts';
import { sameCharacter } from '../policy/scripts.ts';
import { addDays, weekdayOf, yearOf, type Day } from '../policy/zone.ts';

export type CannotImport = { readonly kind: 'not-ical'; readonly says: string } | { readonly kind: 'no-days' };
type Found = { readonly day: Day; readonly name: string; readonly worked: boolean };
type Period = { readonly name: string; readonly from: Day; to: Day; readonly makeUpDays: Day[] };

/** 班, 上班, 补班, 補班, 调休上班 in the title; or the property that phones' calendars mark a worked weekend with. */
const workedTitle = /[（(［[【]?\s*(?:调休上班|調休上班|补班|補班|上班|班|make-?up (?:working )?day|working day)\s*[）)］\]】]?/iu;
const daysOffTitle = /[（(［[【]?\s*(?:休|放假|假期|补假|補假|调休|調休|第\d+天\S*|共\d+天)\s*[）)］\]】]?/gu;
const nameOf = (title: string): string => title.replace(workedTitle, ' ').replace(daysOffTitle, ' ').replace(/\s+/g, ' ').trim() || title.trim();

const dayOf = (time: ICAL.Time): Day => `${String(time.year).padStart(4, '0')}-${String(time.month).padStart(2, '0')}-${String(time.day).padStart(2, '0')}`;

/** Days of one event; one that recurs, in the years asked for. */
const daysOf = (event: ICAL.Event, years: readonly number[]): Found[] => {
  const title = event.summary ?? '';
  const special = String(event.component.getFirstPropertyValue('x-apple-special-day') ?? '');
  const worked = special === 'ALTERNATE-WORKDAY' || (special === '' && workedTitle.test(title));
  const length = Math.max(1, Math.round((event.endDate.toUnixTime() - event.startDate.toUnixTime()) / 86_400));
  const starts: Day[] = [];
  if (!event.isRecurring()) starts.push(dayOf(event.startDate));
  else {
    const last = Math.max(...years);
    const each = event.iterator();
    for (let time = each.next(); time !== null && time !== undefined && time.year <= last; time = each.next()) if (years.includes(time.year)) starts.push(dayOf(time));
  }
  return starts.flatMap((start) => Array.from({ length }, (_, offset) => ({ day: addDays(start, offset), name: nameOf(title), worked })));
};

/** The text of a table file. `known`: the region's present table, whose hours, zone and weekend it takes over. */
export const calendarFromIcal = (ics: string, options: { readonly region: string; readonly source: string; readonly years: readonly number[]; readonly known?: Calendar }): Result<string, CannotImport> => {
  let component: ICAL.Component;
  try {
    component = new ICAL.Component(ICAL.parse(ics) as [string, unknown[], unknown[]]);
  } catch (error) {
    return no({ kind: 'not-ical', says: error instanceof Error ? error.message : String(error) });
  }
  const events = component.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));
  const written = events.filter((event) => event.startDate !== null && !event.isRecurring()).map((event) => event.startDate.year);
  const years = options.years.length > 0 ? options.years : [...new Set(written)].toSorted();
  const found = events.filter((event) => event.startDate !== null).flatMap((event) => daysOf(event, years.length > 0 ? years : [])).filter(({ day }) => years.includes(yearOf(day)));
  if (found.length === 0) return no({ kind: 'no-days' });
  const weekend = options.known?.weekend ?? [6, 7];
  const tables = years.map((year) => ({ year, periods: periodsOf(found.filter(({ day }) => yearOf(day) === year), weekend) }));
  return ok(textOf(options, String(component.getFirstPropertyValue('x-wr-timezone') ?? 'UTC'), weekend, tables));
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
    `  zone: ${quoted(known?.zone ?? zone)},`,
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
