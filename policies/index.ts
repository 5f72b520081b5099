import { calendarFrom, type Calendar, type CalendarTables } from '../src/policy/calendar.ts';
import { pack, type Pack, type PackSource } from '../src/policy/pack.ts';
import ultraPurple20261101 from './brands/ultra-purple/2026-11-01.ts';
import cn from './calendars/cn.ts';
import de from './calendars/de.ts';
import hk from './calendars/hk.ts';
import tw from './calendars/tw.ts';
import uk from './calendars/uk.ts';
import us from './calendars/us.ts';

/** Every version of every brand, by its file below this folder. A version that a case was received under stays for ever. */
export const packSources: readonly { readonly file: string; readonly source: PackSource }[] = [
  { file: 'brands/ultra-purple/2026-11-01.ts', source: ultraPurple20261101 },
];
export const calendarTables: readonly { readonly file: string; readonly tables: CalendarTables }[] = [
  { file: 'calendars/cn.ts', tables: cn }, { file: 'calendars/de.ts', tables: de }, { file: 'calendars/hk.ts', tables: hk },
  { file: 'calendars/tw.ts', tables: tw }, { file: 'calendars/uk.ts', tables: uk }, { file: 'calendars/us.ts', tables: us },
];

export const allPacks: readonly Pack[] = packSources.map(({ source }) => pack.parse(source));
export const calendars: readonly Calendar[] = calendarTables.map(({ tables }) => calendarFrom(tables));
