import { calendarFrom, type Calendar, type CalendarTables } from '../src/policy/calendar.ts';
import { canReckon } from '../src/policy/check-calendars.ts';
import { jurisdiction, type Jurisdiction, type JurisdictionSource } from '../src/policy/jurisdiction.ts';
import { pack, type Pack, type PackSource } from '../src/policy/pack.ts';
import esim20261101 from './brands/esim/2026-11-01.ts';
import station20261101 from './brands/station/2026-11-01.ts';
import ultraPurple20261101 from './brands/ultra-purple/2026-11-01.ts';
import ultraUs20261101 from './brands/ultra-us/2026-11-01.ts';
import ur4g20261101 from './brands/ur-4g/2026-11-01.ts';
import usECardAtt20261101 from './brands/us-e-card-att/2026-11-01.ts';
import usECardTMobile20261101 from './brands/us-e-card-t-mobile/2026-11-01.ts';
import usECardVerizon20261101 from './brands/us-e-card-verizon/2026-11-01.ts';
import cn from './calendars/cn.ts';
import de from './calendars/de.ts';
import hk from './calendars/hk.ts';
import tw from './calendars/tw.ts';
import uk from './calendars/uk.ts';
import us from './calendars/us.ts';
import lawOfCn from './jurisdictions/cn.ts';
import lawOfDe from './jurisdictions/de.ts';
import lawOfEu from './jurisdictions/eu.ts';
import lawOfHk from './jurisdictions/hk.ts';
import lawOfTw from './jurisdictions/tw.ts';
import lawOfUk from './jurisdictions/uk.ts';
import lawOfUsCa from './jurisdictions/us-ca.ts';
import lawOfUs from './jurisdictions/us.ts';

/** Every version of every brand, by its file below this folder. A version that a case was received under stays for ever. */
export const packSources: readonly { readonly file: string; readonly source: PackSource }[] = [
  { file: 'brands/ultra-purple/2026-11-01.ts', source: ultraPurple20261101 },
  { file: 'brands/ultra-us/2026-11-01.ts', source: ultraUs20261101 },
  { file: 'brands/ur-4g/2026-11-01.ts', source: ur4g20261101 },
  { file: 'brands/station/2026-11-01.ts', source: station20261101 },
  { file: 'brands/esim/2026-11-01.ts', source: esim20261101 },
  { file: 'brands/us-e-card-t-mobile/2026-11-01.ts', source: usECardTMobile20261101 },
  { file: 'brands/us-e-card-verizon/2026-11-01.ts', source: usECardVerizon20261101 },
  { file: 'brands/us-e-card-att/2026-11-01.ts', source: usECardAtt20261101 },
];
export const calendarTables: readonly { readonly file: string; readonly tables: CalendarTables }[] = [
  { file: 'calendars/cn.ts', tables: cn }, { file: 'calendars/de.ts', tables: de }, { file: 'calendars/hk.ts', tables: hk },
  { file: 'calendars/tw.ts', tables: tw }, { file: 'calendars/uk.ts', tables: uk }, { file: 'calendars/us.ts', tables: us },
];
/** Every version of every jurisdiction. Cases keep the law of the day they were received: a change of law is a new file beside the old one. */
export const jurisdictionSources: readonly { readonly file: string; readonly source: JurisdictionSource }[] = [
  { file: 'jurisdictions/cn.ts', source: lawOfCn }, { file: 'jurisdictions/de.ts', source: lawOfDe }, { file: 'jurisdictions/eu.ts', source: lawOfEu },
  { file: 'jurisdictions/hk.ts', source: lawOfHk }, { file: 'jurisdictions/tw.ts', source: lawOfTw }, { file: 'jurisdictions/uk.ts', source: lawOfUk },
  { file: 'jurisdictions/us.ts', source: lawOfUs }, { file: 'jurisdictions/us-ca.ts', source: lawOfUsCa },
];

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
export const unreadInWords: string | undefined = unread.length === 0 ? undefined : `${unread.map((file) => `policies/${file}`).join(' and ')} can't be read. Run: signoff policy check. It says what is wrong, in which line, and how to mend it.`;
