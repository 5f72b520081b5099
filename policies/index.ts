import { calendarFrom, type Calendar, type CalendarTables } from '../src/policy/calendar.ts';
import { canReckon } from '../src/policy/check-calendars.ts';
import { jurisdiction, type Jurisdiction, type JurisdictionSource } from '../src/policy/jurisdiction.ts';
import { pack, type Pack, type PackSource } from '../src/policy/pack.ts';
import { unloadedInWords, whyUnloaded, type Unloaded } from '../src/policy/unloaded.ts';

/** What could not even be loaded. Everything else is loaded all the same, so that somebody can say so. */
export const unloaded: Unloaded[] = [];
type Listed<Source> = readonly [file: string, load: () => Promise<{ readonly default: Source }>];
const load = async <Source>(listed: readonly Listed<Source>[]): Promise<readonly { readonly file: string; readonly source: Source }[]> =>
  (await Promise.all(listed.map(async ([file, from]) => {
    try {
      return [{ file, source: (await from()).default }];
    } catch (fault) {
      unloaded.push(whyUnloaded(file, fault));
      return [];
    }
  }))).flat();

/** Every version of every brand, by its file below this folder. A version that a case was received under stays for ever. */
export const packSources = await load<PackSource>([
  ['brands/ultra-purple/2026-11-01.ts', () => import('./brands/ultra-purple/2026-11-01.ts')],
  ['brands/ultra-us/2026-11-01.ts', () => import('./brands/ultra-us/2026-11-01.ts')],
  ['brands/ur-4g/2026-11-01.ts', () => import('./brands/ur-4g/2026-11-01.ts')],
  ['brands/station/2026-11-01.ts', () => import('./brands/station/2026-11-01.ts')],
  ['brands/esim/2026-11-01.ts', () => import('./brands/esim/2026-11-01.ts')],
  ['brands/us-e-card-t-mobile/2026-11-01.ts', () => import('./brands/us-e-card-t-mobile/2026-11-01.ts')],
  ['brands/us-e-card-verizon/2026-11-01.ts', () => import('./brands/us-e-card-verizon/2026-11-01.ts')],
  ['brands/us-e-card-att/2026-11-01.ts', () => import('./brands/us-e-card-att/2026-11-01.ts')],
]);
export const calendarTables: readonly { readonly file: string; readonly tables: CalendarTables }[] = (await load<CalendarTables>([
  ['calendars/cn.ts', () => import('./calendars/cn.ts')],
  ['calendars/de.ts', () => import('./calendars/de.ts')],
  ['calendars/hk.ts', () => import('./calendars/hk.ts')],
  ['calendars/tw.ts', () => import('./calendars/tw.ts')],
  ['calendars/uk.ts', () => import('./calendars/uk.ts')],
  ['calendars/us.ts', () => import('./calendars/us.ts')],
])).map(({ file, source }) => ({ file, tables: source }));
/** Every version of every jurisdiction. Cases keep the law of the day they were received: a change of law is a new file beside the old one. */
export const jurisdictionSources = await load<JurisdictionSource>([
  ['jurisdictions/cn.ts', () => import('./jurisdictions/cn.ts')],
  ['jurisdictions/de.ts', () => import('./jurisdictions/de.ts')],
  ['jurisdictions/eu.ts', () => import('./jurisdictions/eu.ts')],
  ['jurisdictions/hk.ts', () => import('./jurisdictions/hk.ts')],
  ['jurisdictions/tw.ts', () => import('./jurisdictions/tw.ts')],
  ['jurisdictions/uk.ts', () => import('./jurisdictions/uk.ts')],
  ['jurisdictions/us.ts', () => import('./jurisdictions/us.ts')],
  ['jurisdictions/us-ca.ts', () => import('./jurisdictions/us-ca.ts')],
]);

/**
 * What can be read, by its file. Of anything else `policy check` says what is wrong, and how to mend it; so this file is loaded without a
 * fault even then, and `unread` says what nothing may start with.
 */
export const jurisdictionFiles: readonly { readonly file: string; readonly law: Jurisdiction }[] = jurisdictionSources.flatMap(({ file, source }) => {
  const read = jurisdiction.safeParse(source);
  return read.success ? [{ file, law: read.data }] : [];
});
export const packFiles: readonly { readonly file: string; readonly pack: Pack }[] = packSources.flatMap(({ file, source }) => {
  const read = pack.safeParse(source);
  return read.success ? [{ file, pack: read.data }] : [];
});
const calendarFiles = calendarTables.filter(({ tables }) => canReckon(tables));

export const jurisdictions: readonly Jurisdiction[] = jurisdictionFiles.map(({ law }) => law);
export const allPacks: readonly Pack[] = packFiles.map((one) => one.pack);
export const calendars: readonly Calendar[] = calendarFiles.map(({ tables }) => calendarFrom(tables));

const readFiles = new Set([...jurisdictionFiles, ...packFiles, ...calendarFiles].map(({ file }) => file));
/** Files below this folder. */
export const unread: readonly string[] = [...jurisdictionSources, ...packSources, ...calendarTables].map(({ file }) => file).filter((file) => !readFiles.has(file));
/** Why nothing starts; undefined where all could be read. */
export const unreadInWords: string | undefined = unloaded.length + unread.length === 0 ? undefined : [
  ...new Set(unloaded.map(unloadedInWords)), // what several share is said once
  ...(unread.length === 0 ? [] : [`${unread.map((file) => `policies/${file}`).join(' and ')} can't be read. Run: signoff policy check. It says what is wrong, in which line, and how to mend it.`]),
].join(' ');
