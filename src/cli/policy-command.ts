import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, Option } from 'commander';
import { allPacks, calendars, jurisdictions, unreadInWords } from '../../policies/index.ts';
import { calendarOf } from '../policy/calendar.ts';
import { diffPacks, type PolicyChange } from '../policy/diff.ts';
import { explainDue } from '../policy/explain-due.ts';
import { explain } from '../policy/explain.ts';
import { dayInWords } from '../policy/in-words.ts';
import { answers, remedies } from '../policy/items-in-words.ts';
import { lawVersion, rulesOf } from '../policy/jurisdiction.ts';
import { languages, packName, versionOf, type Language, type Pack, type Text } from '../policy/pack.ts';
import { inRegion, packsOf } from '../policy/packs.ts';
import { endOfBilling, endOfService, frozen, levels, waysInWords } from '../policy/policy-words.ts';
import { packSchemaText } from '../policy/schema.ts';
import { lineStanding, partialStanding, standingFrom } from '../policy/standing.ts';
import { addWorkingDays } from '../policy/working-days.ts';
import { dayIn, instantAt, isDay, wallClock } from '../policy/zone.ts';
import { calendarFromIcal } from './calendar-import.ts';
import { checkPolicies } from './check-policies.ts';
import { newPackText } from './new-pack.ts';
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

/** `signoff policy check | explain | diff | new | schema`. */
export const policyCommand = (terminal: Terminal = ownTerminal): Command => {
  const policy = new Command('policy').description('policy packs: what is wrong with them, which rule decides, their schema').exitOverride(endOf);
  policy.command('check').description('say what is wrong with the packs and calendars, and how to mend it').action(() => checkPolicies(terminal));
  policy.command('explain').description('say which rule decides on a line, and why')
    .requiredOption('--brand <brand>', 'the brand whose newest policy is asked')
    .option('--region <region>', 'where the subscriber lives, such as HK or US-CA, whose law is asked too')
    .option('--on <day>', 'as if received on that day; otherwise today')
    .option('--given <file>', 'JSON file with what is known of the line; what it leaves out is in good standing')
    .addOption(languageOption())
    .action((options: Asked) => explainPolicy(terminal, options));
  policy.command('diff').description('say in words what changes from one policy to another, and for whom')
    .argument('<before>', 'a version, or a brand for its newest: ultra-purple@2026-11-01')
    .argument('<after>')
    .addOption(languageOption())
    .action((before: string, after: string, options: { language: Language }) => diff(terminal, before, after, options.language));
  policy.command('new').description('print a commented policy to start a brand with')
    .argument('<brand>', 'its id')
    .option('--from <day>', 'in force from that day; otherwise today')
    .action((brand: string, options: { from?: string }) => newPack(terminal, brand, options.from));
  policy.command('schema').description('write policies/pack.schema.json anew from the code').action(() => {
    writeFileSync(schemaFile, packSchemaText());
    terminal.out(`Written: ${fileURLToPath(schemaFile)}`);
  });
  return policy;
};

/** `signoff calendar due | import`. */
export const calendarCommand = (terminal: Terminal = ownTerminal): Command => {
  const calendar = new Command('calendar').description('working days by region').exitOverride(endOf);
  calendar.command('due').description('the end of the given number of working days, and why it is that day')
    .requiredOption('--region <region>', 'such as CN')
    .requiredOption('--from <time>', 'YYYY-MM-DD or YYYY-MM-DDTHH:MM, on the clock of the region')
    .requiredOption('--days <number>', 'working days, 1 or more')
    .addOption(languageOption())
    .action((options: { region: string; from: string; days: string; language: Language }) => due(terminal, options));
  calendar.command('import').description('print a table for policies/calendars from an iCalendar file, to be read against the official notice')
    .argument('<file>', 'an .ics file')
    .requiredOption('--region <region>', 'such as CN')
    .option('--year <year...>', 'only these years; needed for days that recur without an end')
    .action((file: string, options: { region: string; year?: string[] }) => importCalendar(terminal, file, options));
  return calendar;
};

const wrong = (terminal: Terminal, sentence: string): void => {
  terminal.err(sentence);
  terminal.exit(2);
};

/** The youngest version of a brand, of one of its packs for a carrier, or the version itself: `esim`, `us-e-card-att`, `esim@2026-11-01`. */
const packNamed = (terminal: Terminal, name: string): Pack | undefined => {
  const found = allPacks.filter((pack) => [packName(pack), versionOf(pack)].includes(name)).toSorted((one, other) => (one.validFrom < other.validFrom ? -1 : 1)).at(-1);
  if (found !== undefined) return found;
  if (unreadInWords !== undefined) terminal.err(unreadInWords);
  const names = [...new Set(allPacks.map(packName))].toSorted();
  const ofBrand = allPacks.filter(({ brand }) => brand === name).map(packName);
  wrong(terminal, ofBrand.length > 0 ? `“${name}” has a policy for each carrier: ${[...new Set(ofBrand)].join(', ')}.` : `There is no brand “${name}”; there are: ${names.join(', ')}.`);
  return undefined;
};

/** What a law can change of a policy. */
const changedByLaw: Readonly<Record<ReturnType<typeof inRegion>['changes'][number]['what'], Text>> = {
  review: { 'zh-CN': '审核', 'zh-TW': '審核', en: 'review' }, waiting: { 'zh-CN': '停用后可以恢复的时间', 'zh-TW': '停用後可以恢復的時間', en: 'waiting' },
  'end-of-service': { 'zh-CN': '服务到什么时候', 'zh-TW': '服務到什麼時候', en: 'end-of-service' }, 'number-rests': { 'zh-CN': '号码停用多久', 'zh-TW': '門號停用多久', en: 'number-rests' },
  proofs: { 'zh-CN': '证明方式', 'zh-TW': '證明方式', en: 'proofs' }, credit: { 'zh-CN': '余额', 'zh-TW': '餘額', en: 'credit' }, channels: { 'zh-CN': '申请途径', 'zh-TW': '申請途徑', en: 'channels' },
};

type Asked = { readonly brand: string; readonly given?: string; readonly region?: string; readonly on?: string; readonly language: Language };

const explainPolicy = (terminal: Terminal, { brand, given, region, on, language }: Asked): void => {
  const own = packNamed(terminal, brand);
  if (own === undefined) return;
  if (on !== undefined && !isDay(on)) return wrong(terminal, `“${on}” is no day: write it like 2026-11-24.`);
  if (region !== undefined && !lineStanding.shape.region.safeParse(region).success) return wrong(terminal, `“${region}” is no region: write it like HK, or US-CA.`);
  const known = given === undefined ? standingFrom({}, homeOf(own)) : readStanding(terminal, given, own);
  if (!known) return;
  const standing = region === undefined ? known : { ...known, region };
  const at = on === undefined ? new Date() : instantAt(on, '12:00', own.calendar.zone);
  const packs = packsOf(allPacks, jurisdictions);
  const { pack, changes } = inRegion(packs, own, standing.region, at);
  const { version, decision, rules } = explain(pack, standing);
  const { answer, rule, remedy } = decision;
  terminal.out({
    'zh-CN': `${version}：${answers[answer]['zh-CN']}（${answer}），依规则“${rule}”${remedy === undefined ? '' : `；办法：${remedies[remedy]['zh-CN']}`}`,
    'zh-TW': `${version}：${answers[answer]['zh-TW']}（${answer}），依規則「${rule}」${remedy === undefined ? '' : `；辦法：${remedies[remedy]['zh-TW']}`}`,
    en: `${version}: ${answer}, by “${rule}”${remedy === undefined ? '' : `; remedy ${remedy}`}`,
  }[language]);
  terminal.out(decision.because[language]);
  for (const [place, one] of rules.entries()) terminal.out(language === 'en' ? `${place + 1}. ${one.rule} (${one.answer}). ${one.why.en}` : `${place + 1}. ${one.rule}（${answers[one.answer][language]}）：${one.why[language]}`);
  const [service, billing] = [endOfService(pack)[language], endOfBilling(pack)[language]];
  terminal.out({ 'zh-CN': `服务：${service}。计费：${billing}。`, 'zh-TW': `服務：${service}。計費：${billing}。`, en: `Service ends ${service}. Billing: ${billing}.` }[language]);
  const freezes = frozen(pack)[language];
  terminal.out({ 'zh-CN': `提交后冻结：${freezes}。`, 'zh-TW': `送出後凍結：${freezes}。`, en: `Frozen from receipt on: ${freezes}.` }[language]);
  const [level, ways] = [levels[pack.identity.level][language], waysInWords(pack)[language]];
  terminal.out({ 'zh-CN': `身份：${level}（${pack.identity.level}）。证明方式：${ways}。`, 'zh-TW': `身分：${level}（${pack.identity.level}）。證明方式：${ways}。`, en: `Identity: ${level} (${pack.identity.level}). Ways: ${ways}.` }[language]);
  const laws = packs.lawsIn(standing.region, at);
  const place = standing.region;
  const named = laws.map((law) => `${law.name[language]} (${lawVersion(law)})`).join(language === 'en' ? ', ' : '、');
  terminal.out((laws.length === 0
    ? { 'zh-CN': `policies/jurisdictions 里没有 ${place} 的法律。`, 'zh-TW': `policies/jurisdictions 裡沒有 ${place} 的法律。`, en: `No law of ${place} stands under policies/jurisdictions.` }
    : { 'zh-CN': `${place} 的法律：${named}。`, 'zh-TW': `${place} 的法律：${named}。`, en: `The law in ${place}: ${named}.` })[language]);
  for (const { what, from, to, because, source, mark } of changes) terminal.out(`- ${changedByLaw[what][language]}${language === 'en' ? ': ' : '：'}${from[language]} → ${to[language]}${language === 'en' ? '. ' : '。'}${because[language]} [${source}; ${mark}]`);
  for (const rule of laws.flatMap(rulesOf).filter(({ says }) => !changes.some(({ because }) => because === says))) terminal.out(`- ${rule.says[language]} [${rule.source}; ${rule.mark}]`);
};

const diff = (terminal: Terminal, before: string, after: string, language: Language): void => {
  const [from, to] = [packNamed(terminal, before), packNamed(terminal, after)];
  if (from === undefined || to === undefined) return;
  const changes = diffPacks(from, to);
  const [was, is] = [versionOf(from), versionOf(to)];
  terminal.out((changes.length === 0
    ? { 'zh-CN': `${was} 与 ${is} 做的事一样。`, 'zh-TW': `${was} 與 ${is} 做的事一樣。`, en: `${was} and ${is} do the same.` }
    : { 'zh-CN': `从 ${was} 到 ${is}，${changes.length}处不同：`, 'zh-TW': `從 ${was} 到 ${is}，${changes.length}處不同：`, en: `From ${was} to ${is}, ${changes.length} ${changes.length === 1 ? 'change' : 'changes'}:` })[language]);
  for (const change of changes) terminal.out(changeInWords(change, language));
};

const changeInWords = ({ whom, what, from, to }: PolicyChange, language: Language): string => {
  const [who, is] = [whom[language], what[language]];
  const said = { 'zh-CN': [`- ${who}：${is}`, '新增：', '取消：', '：'], 'zh-TW': [`- ${who}：${is}`, '新增：', '取消：', '：'], en: [`- For ${who}, ${is}`, ' is new: ', ' is gone: ', ': '] }[language] as [string, string, string, string];
  const [start, isNew, isGone, colon] = said;
  const comma = language === 'en' ? '' : '，';
  if (from === undefined && to === undefined) return start;
  if (from === undefined) return `${start}${comma}${isNew}${to?.[language]}`;
  return to === undefined ? `${start}${comma}${isGone}${from[language]}` : `${start}${colon}${from[language]} → ${to[language]}`;
};

const newPack = (terminal: Terminal, brand: string, from: string | undefined): void => {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(brand)) return wrong(terminal, `“${brand}” is no name for a brand: lower-case words joined by hyphens.`);
  const day = from ?? new Date().toISOString().slice(0, 10);
  if (!isDay(day)) return wrong(terminal, `“${day}” is no day: write it like 2026-11-24.`);
  terminal.out(newPackText(brand, day).trimEnd());
};

const importCalendar = (terminal: Terminal, file: string, { region, year }: { region: string; year?: string[] }): void => {
  if (!existsSync(file)) return wrong(terminal, `There is no file ${file}.`);
  const years = (year ?? []).map(Number);
  if (years.some((one) => !Number.isInteger(one) || one < 1990 || one > 2200)) return wrong(terminal, 'A year is written like 2027.');
  const known = calendars.find((calendar) => calendar.region === region);
  let ics: string;
  try {
    ics = readFileSync(file, 'utf8');
  } catch (error) {
    return wrong(terminal, `${file} can't be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
  const made = calendarFromIcal(ics, { region, source: basename(file), years, ...(known === undefined ? {} : { known }) });
  if (made.ok) return terminal.out(made.value.trimEnd());
  const { why } = made;
  if (why.kind === 'bad-event') return wrong(terminal, `${file}: the event “${why.event}” can't be taken, ${why.says}. Mend it in the file, or take it out; nothing was imported.`);
  wrong(terminal, why.kind === 'no-days' ? `${file} has no days of the years asked for.` : `${file} is no iCalendar file: ${why.says}.`);
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
  const other = parsed.success ? [parsed.data.credit, ...(parsed.data.unpaid ?? []).map(({ amount }) => amount)].find((amount) => amount !== undefined && amount.currency !== pack.currency) : undefined;
  if (other !== undefined) return wrong(terminal, `${file} has an amount in ${other.currency}, and ${packName(pack)} reckons in ${pack.currency}: nothing here converts.`);
  if (parsed.success) return standingFrom(parsed.data, homeOf(pack));
  const [issue] = parsed.error.issues;
  return wrong(terminal, `${file} does not describe a line: ${issue?.path.length ? `${issue.path.join('.')}: ` : ''}${issue?.message}. It may hold: ${Object.keys(partialStanding.shape).join(', ')}.`);
};

const due = (terminal: Terminal, { region, from, days, language }: { region: string; from: string; days: string; language: Language }): void => {
  if (unreadInWords !== undefined) terminal.err(unreadInWords);
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
