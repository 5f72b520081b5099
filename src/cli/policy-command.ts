import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command, Option } from 'commander';
import { allPacks, calendars, calendarTables, packSources, jurisdictions } from '../../policies/index.ts';
import { calendarOf } from '../policy/calendar.ts';
import { checkCalendars } from '../policy/check-calendars.ts';
import { checkPacks } from '../policy/check.ts';
import { explainDue } from '../policy/explain-due.ts';
import { explain } from '../policy/explain.ts';
import type { Finding } from '../policy/finding.ts';
import { dayInWords } from '../policy/in-words.ts';
import { languages, type Language, type Pack } from '../policy/pack.ts';
import { packsOf } from '../policy/packs.ts';
import { packSchemaText } from '../policy/schema.ts';
import { partialStanding, standingFrom } from '../policy/standing.ts';
import { addWorkingDays } from '../policy/working-days.ts';
import { dayIn, instantAt, isDay, wallClock } from '../policy/zone.ts';
import { terminalLanguage } from './terminal-language.ts';

/** Where the commands speak to. `exit` sets the code with which the process will end: 1 something found, 2 asked wrongly. */
export type Terminal = { readonly out: (line: string) => void; readonly err: (line: string) => void; readonly exit: (code: 1 | 2) => void };

const ownTerminal: Terminal = {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  exit: (code) => { process.exitCode = code; },
};

const folder = new URL('../../policies/', import.meta.url);
const schemaFile = new URL('pack.schema.json', folder);

const languageOption = (): Option => new Option('--language <language>', 'of the answer').choices([...languages]).default(terminalLanguage(process.env));
/** 1 is kept for "something was found". */
const endOf = ({ exitCode }: { readonly exitCode: number }): never => process.exit(exitCode === 0 ? 0 : 2);

/** `signoff policy check | explain | schema`. */
export const policyCommand = (terminal: Terminal = ownTerminal): Command => {
  const policy = new Command('policy').description('policy packs: what is wrong with them, which rule decides, their schema').exitOverride(endOf);
  policy.command('check').description('say what is wrong with the packs and calendars, and how to mend it').action(() => check(terminal));
  policy.command('explain').description('say which rule decides on a line, and why')
    .requiredOption('--brand <brand>', 'the brand whose newest policy is asked')
    .option('--given <file>', 'JSON file with what is known of the line; what it leaves out is in good standing')
    .addOption(languageOption())
    .action((options: { brand: string; given?: string; language: Language }) => explainPolicy(terminal, options));
  policy.command('schema').description('write policies/pack.schema.json anew from the code').action(() => {
    writeFileSync(schemaFile, packSchemaText());
    terminal.out(`Written: ${fileURLToPath(schemaFile)}`);
  });
  return policy;
};

/** `signoff calendar due`. */
export const calendarCommand = (terminal: Terminal = ownTerminal): Command => {
  const calendar = new Command('calendar').description('working days by region').exitOverride(endOf);
  calendar.command('due').description('the end of the given number of working days, and why it is that day')
    .requiredOption('--region <region>', 'such as CN')
    .requiredOption('--from <time>', 'YYYY-MM-DD or YYYY-MM-DDTHH:MM, on the clock of the region')
    .requiredOption('--days <number>', 'working days, 1 or more')
    .addOption(languageOption())
    .action((options: { region: string; from: string; days: string; language: Language }) => due(terminal, options));
  return calendar;
};

const wrong = (terminal: Terminal, sentence: string): void => {
  terminal.err(sentence);
  terminal.exit(2);
};

const check = (terminal: Terminal): void => {
  const findings = [...checkPacks(packSources, calendars), ...checkCalendars(calendarTables), ...notListed()];
  for (const { file, at, says, mend } of findings) terminal.out(`policies/${file}${at === '' ? '' : ` at ${at}`}: ${says}. To mend it: ${mend}.`);
  const known = calendars.map(({ region, knownYears }) => `${region} to the end of ${Math.max(...knownYears)}`).join(', ');
  terminal.out(`${packSources.length} ${packSources.length === 1 ? 'pack' : 'packs'}, ${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}. Working days are known for ${known}.`);
  if (findings.length > 0) terminal.exit(1);
};

/** A pack that lies there and is not in the index would silently never be in force. */
const notListed = (): Finding[] => {
  const listed = new Set(packSources.map(({ file }) => file));
  const found = readdirSync(new URL('brands/', folder), { withFileTypes: true }).filter((entry) => entry.isDirectory())
    .flatMap((brand) => readdirSync(new URL(`brands/${brand.name}/`, folder)).filter((name) => name.endsWith('.ts')).map((name) => `brands/${brand.name}/${name}`));
  return found.filter((file) => !listed.has(file)).map((file) => ({ file, kind: 'not-listed', at: '', says: 'the pack is never read', mend: 'list it in policies/index.ts' }));
};

const explainPolicy = (terminal: Terminal, { brand, given, language }: { brand: string; given?: string; language: Language }): void => {
  const pack = packsOf(allPacks, jurisdictions).latest(brand);
  if (!pack.ok) return wrong(terminal, `There is no brand “${brand}”; there are: ${pack.why.existing.join(', ')}.`);
  const standing = given === undefined ? standingFrom({}, homeOf(pack.value)) : readStanding(terminal, given, pack.value);
  if (!standing) return;
  const { version, decision, rules } = explain(pack.value, standing);
  terminal.out(`${version}: ${decision.answer}, by “${decision.rule}”${decision.remedy === undefined ? '' : `; remedy ${decision.remedy}`}`);
  terminal.out(decision.because[language]);
  for (const [place, rule] of rules.entries()) terminal.out(`${place + 1}. ${rule.rule} (${rule.answer}). ${rule.why[language]}`);
};

const homeOf = (pack: Pack) => ({ currency: pack.currency, region: pack.calendar.region });

const readStanding = (terminal: Terminal, file: string, pack: Pack) => {
  if (!existsSync(file)) return wrong(terminal, `There is no file ${file}.`);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return wrong(terminal, `${file} can't be read as JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
  const parsed = partialStanding.safeParse(json);
  if (parsed.success) return standingFrom(parsed.data, homeOf(pack));
  const [issue] = parsed.error.issues;
  return wrong(terminal, `${file} does not describe a line: ${issue?.path.length ? `${issue.path.join('.')}: ` : ''}${issue?.message}. It may hold: ${Object.keys(partialStanding.shape).join(', ')}.`);
};

const due = (terminal: Terminal, { region, from, days, language }: { region: string; from: string; days: string; language: Language }): void => {
  const calendar = calendarOf(calendars, region);
  if (!calendar.ok) return wrong(terminal, `There is no calendar for “${region}”; there are: ${calendar.why.existing.join(', ')}.`);
  const { zone } = calendar.value;
  const [, day = '', time = '00:00'] = /^(\d{4}-\d{2}-\d{2})(?:[T ]((?:[01]\d|2[0-3]):[0-5]\d))?$/.exec(from) ?? [];
  if (!isDay(day)) return wrong(terminal, `“${from}” is no time on the clock of ${region}: write it like 2026-09-24T10:00.`);
  const reckoned = addWorkingDays(calendar.value, instantAt(day, time, zone), days.trim() === '' ? Number.NaN : Number(days));
  if (!reckoned.ok && reckoned.why.kind === 'days-out-of-range') return wrong(terminal, `“${days}” is no number of working days: give a whole number, 1 or more.`);
  if (!reckoned.ok) {
    terminal.err(`No table of working days stands for ${region} in ${reckoned.why.kind === 'calendar-unknown' ? reckoned.why.year : ''}, so nothing is reckoned into it. Known: ${[...calendar.value.knownYears].join(', ')}.`);
    return terminal.exit(1);
  }
  const { dueAt } = reckoned.value;
  terminal.out(`${dayInWords(dayIn(dueAt, zone))[language]} ${wallClock(dueAt, zone).time}, ${zone}`);
  terminal.out(explainDue(reckoned.value)[language]);
};
