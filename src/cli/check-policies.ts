/** `signoff policy check`: every finding with its file, its line, and what to do about it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { calendars, calendarTables, jurisdictions, jurisdictionSources, packFiles, packSources, unloaded } from '../../policies/index.ts';
import { checkCalendars } from '../policy/check-calendars.ts';
import { checkJurisdictions, checkUnderLaw } from '../policy/check-jurisdictions.ts';
import { checkServed } from '../policy/check-regions.ts';
import { checkPacks } from '../policy/check.ts';
import { findLine, type SourceText } from '../policy/find-line.ts';
import type { Finding } from '../policy/finding.ts';
import { placeOf } from '../policy/unloaded.ts';
import type { Terminal } from './policy-command.ts';

const policies = fileURLToPath(new URL('../../policies/', import.meta.url));

export const checkPolicies = (terminal: Terminal): void => {
  // A law or a calendar that can't be read is a finding of its own, and not one of each policy that names it.
  const homes = calendarTables.map(({ tables }) => tables);
  const named = jurisdictionSources.map(({ source }) => source).filter(({ regions }) => Array.isArray(regions));
  const findings = [
    ...checkPacks(packSources, homes), ...checkCalendars(calendarTables), ...checkJurisdictions(jurisdictionSources),
    ...checkUnderLaw(packFiles, jurisdictions), ...checkServed(packFiles, named), ...notListed(),
  ];
  // What several packs share is said once.
  const broken = new Set(unloaded.map((one) => `${placeOf(one)}: it can't be read: ${one.says}. To mend it: mend it there, then check again; nothing else of it was looked at.`));
  for (const words of broken) terminal.out(words);
  for (const finding of findings) terminal.out(findingInWords(finding, sourceTexts(policies, finding.file)));
  const known = calendars.map(({ region, knownYears }) => `${region} to the end of ${Math.max(...knownYears)}`).join(', ');
  const found = broken.size + findings.length;
  terminal.out(`${packSources.length} ${packSources.length === 1 ? 'pack' : 'packs'}, ${jurisdictionSources.length} jurisdictions, ${found} ${found === 1 ? 'finding' : 'findings'}. Working days are known for ${known}.`);
  if (found > 0) terminal.exit(1);
};

/** `policies/brands/x/2026-11-01/review.ts:15 (refusals.1.says): …. To mend it: ….` */
export const findingInWords = ({ file, at, says, mend }: Finding, texts: readonly SourceText[]): string => {
  const line = findLine(texts, at);
  const place = line === undefined ? `policies/${file}` : `policies/${line.file}:${line.line}`;
  return `${place}${at === '' ? '' : ` (${at})`}: ${says}. To mend it: ${mend}.`;
};

/** The file and what it imports from below `folder`, nearest first. */
export const sourceTexts = (folder: string, file: string): SourceText[] => {
  const texts = new Map<string, string>();
  const waiting = [file];
  for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
    if (texts.has(one) || one.startsWith('..') || !existsSync(join(folder, one))) continue;
    const text = readFileSync(join(folder, one), 'utf8');
    texts.set(one, text);
    for (const [, to = ''] of text.matchAll(/from '(\.[^']+)'/g)) waiting.push(posix.join(dirname(one), to));
  }
  return [...texts].map(([name, text]) => ({ file: name, text }));
};

/** What lies there and is not in the index would silently never be in force. A folder without a version holds what several share. */
const notListed = (): Finding[] => {
  const filesIn = (folder: string): string[] => readdirSync(join(policies, folder)).filter((name) => name.endsWith('.ts')).map((name) => `${folder}/${name}`);
  const brands = readdirSync(join(policies, 'brands'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).flatMap((brand) => filesIn(`brands/${brand.name}`));
  const listed = new Set([...packSources, ...calendarTables, ...jurisdictionSources].map(({ file }) => file).concat(unloaded.map(({ listed }) => listed)));
  return [...brands, ...filesIn('calendars'), ...filesIn('jurisdictions')].filter((file) => !listed.has(file))
    .map((file) => ({ file, kind: 'not-listed', at: '', says: 'it is never read', mend: 'list it in policies/index.ts' }));
};
