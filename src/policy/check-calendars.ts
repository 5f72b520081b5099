import type { CalendarTables } from './calendar.ts';
import { languageFaults, textsIn, translationFaults } from './check-texts.ts';
import { fault, type Fault, type Finding } from './finding.ts';
import { isDay, weekdayOf, yearOf } from './zone.ts';

/** Slips of the pen in a table copied from a notice. Whether the days are the right ones only a second source can tell. */
export const checkCalendars = (files: readonly { readonly file: string; readonly tables: CalendarTables }[]): Finding[] =>
  files.flatMap(({ file, tables }) => {
    const texts = textsIn(tables);
    return [...texts.flatMap(translationFaults), ...texts.flatMap(languageFaults), ...tableFaults(tables), ...sameRegion(files, file, tables), ...tables.years.flatMap((year, place) => yearFaults(tables, year, `years.${place}`))].map((one) => ({ file, ...one }));
  });

const zones = new Set(Intl.supportedValuesOf('timeZone'));
const clock = /^([01]\d|2[0-3]):[0-5]\d$/;

const tableFaults = ({ zone, opens, closes, weekend, years }: CalendarTables): Fault[] => [
  ...(zones.has(zone) ? [] : [fault('not-a-calendar', 'zone', `there is no time zone ${zone}`, 'use an IANA name, such as Asia/Shanghai')]),
  ...(['opens', 'closes'] as const).flatMap((name) => (clock.test({ opens, closes }[name]) ? [] : [fault('not-a-calendar', name, `“${{ opens, closes }[name]}” is no time of day`, 'write it like 09:00')])),
  ...(clock.test(opens) && clock.test(closes) && opens >= closes ? [fault('not-a-calendar', 'opens', `a working day that opens at ${opens} and closes at ${closes}`, 'let it close after it opens, on the same day')] : []),
  ...weekend.flatMap((day, place) => (Number.isInteger(day) && day >= 1 && day <= 7 ? [] : [fault('not-a-calendar', `weekend.${place}`, `${day} is no weekday`, 'write 1 for Monday to 7 for Sunday')])),
  ...years.flatMap(({ year }, place) => (years.findIndex((one) => one.year === year) === place ? [] : [fault('not-a-calendar', `years.${place}`, `${year} stands there twice`, 'put all its days into one of them')])),
];

const sameRegion = (files: readonly { readonly file: string; readonly tables: CalendarTables }[], file: string, { region }: CalendarTables): Fault[] => {
  const first = files.find(({ tables }) => tables.region === region);
  return first === undefined || first.file === file ? [] : [fault('not-a-calendar', 'region', `${first.file} is for ${region} too`, 'let one file have all years of a region')];
};

/** Can days be reckoned with it at all? */
export const canReckon = (tables: CalendarTables): boolean =>
  tableFaults(tables).length === 0 && tables.years.every((year) => yearFaults(tables, year, '').every(({ kind }) => kind !== 'impossible-period'));

const yearFaults = (tables: CalendarTables, { year, periods }: CalendarTables['years'][number], at: string): Fault[] =>
  periods.flatMap(({ from, to, makeUpDays }, place) => {
    const here = `${at}.periods.${place}`;
    const unreal = [...new Set([from, to, ...makeUpDays])].filter((day) => !isDay(day));
    if (unreal.length > 0) return unreal.map((day) => fault('impossible-period', here, `${day} is no day`, 'write YYYY-MM-DD'));
    return [
      ...(from > to ? [fault('impossible-period', here, `it ends, on ${to}, before it begins, on ${from}`, 'change places')] : []),
      ...(yearOf(to) === year ? [] : [fault('impossible-period', here, `it ends in ${yearOf(to)}, not in ${year}`, 'put it under its own year')]),
      ...makeUpDays.filter((day) => !tables.weekend.includes(weekdayOf(day)))
        .map((day) => fault('make-up-day-off-weekend', here, `${day} is worked anyway`, 'look at the notice again: only a day off can be made up')),
    ];
  });
