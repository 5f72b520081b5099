import type { CalendarTables } from './calendar.ts';
import { languageFaults, textsIn, translationFaults } from './check-texts.ts';
import { fault, type Fault, type Finding } from './finding.ts';
import { isDay, weekdayOf, yearOf } from './zone.ts';

/** Slips of the pen in a table copied from a notice. Whether the days are the right ones only a second source can tell. */
export const checkCalendars = (files: readonly { readonly file: string; readonly tables: CalendarTables }[]): Finding[] =>
  files.flatMap(({ file, tables }) => {
    const texts = textsIn(tables);
    return [...texts.flatMap(translationFaults), ...texts.flatMap(languageFaults), ...tables.years.flatMap((year, place) => yearFaults(tables, year, `years.${place}`))].map((one) => ({ file, ...one }));
  });

/** Can days be reckoned with it at all? */
export const canReckon = (tables: CalendarTables): boolean =>
  tables.years.every((year) => yearFaults(tables, year, '').every(({ kind }) => kind !== 'impossible-period'));

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
