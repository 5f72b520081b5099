/** What people who write policy work with: findings by line, the difference of two policies, a first pack, a calendar from a file. */
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { allPacks, calendars, jurisdictions, packSources } from '../../policies/index.ts';
import { calendarFromIcal } from '../../src/cli/calendar-import.ts';
import { findingInWords, sourceTexts } from '../../src/cli/check-policies.ts';
import { newPackText } from '../../src/cli/new-pack.ts';
import { calendarCommand, policyCommand } from '../../src/cli/policy-command.ts';
import { calendarFrom, type CalendarTables } from '../../src/policy/calendar.ts';
import { checkCalendars } from '../../src/policy/check-calendars.ts';
import { checkServed } from '../../src/policy/check-regions.ts';
import { checkPacks } from '../../src/policy/check.ts';
import { languages, pack as packSchema, versionOf } from '../../src/policy/pack.ts';
import { diffPacks } from '../../src/policy/diff.ts';
import { findLine } from '../../src/policy/find-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'signoff-policy-tools-'));
afterAll(() => rmSync(folder, { recursive: true }));
const written = (name: string, text: string): string => {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
};
const run = async (command: typeof policyCommand, ...words: string[]) => {
  const said = { out: [] as string[], err: [] as string[], code: 0 };
  const terminal = { out: (line: string) => said.out.push(line), err: (line: string) => said.err.push(line), exit: (code: 1 | 2) => { said.code = code; } };
  await command(terminal).parseAsync(words, { from: 'user' });
  return said;
};

describe('a finding names file, line and mend', () => {
  const folderOf = (files: Record<string, string>) => Object.entries(files).forEach(([name, text]) => written(`packs/${name}`, text));
  const lineOf = (at: string) => findLine(sourceTexts(join(folder, 'packs'), 'x.ts'), at);
  folderOf({
    'x.ts': [
      "import { rules, more } from './x/rules.ts';",
      "import * as terms from './x/terms.ts';",
      "import { base, made } from './x/shared.ts';",
      '// { } in a comment, and “default” too',
      'export default {',
      '  ...base,',
      "  name: { 'zh-CN': '一', en: 'one, {two}' },",
      '  eligibility: [',
      "    { id: 'first', because: { en: 'x' } },",
      '    ...more,',
      '    ...rules,',
      '  ],',
      '  review: terms.review,',
      '  consequences: made(7),',
      '} satisfies object;',
    ].join('\n'),
    'x/rules.ts': ["export const more: object[] = [{ id: 'second' }, { id: 'third' }];", 'export const rules = [', '  {', "    id: 'fourth',", "    because: { en: 'y' },", '  },', '];'].join('\n'),
    'x/terms.ts': 'export const days = 3;\n\nexport const review = { most: days };',
    'x/shared.ts': "export const base = {\n  currency: 'ABC',\n};\nexport const made = (days: number) => [\n  { id: 'c', says: { en: `in ${days}` } },\n];",
  });
  test.each([
    ['', 'x.ts', 5], ['name.en', 'x.ts', 7], ['name.zh-TW', 'x.ts', 7], ['eligibility.0.because', 'x.ts', 9], ['eligibility.2', 'x/rules.ts', 1],
    ['eligibility.3.because.en', 'x/rules.ts', 5], ['review.most', 'x/terms.ts', 3], ['currency', 'x/shared.ts', 2], ['consequences.0.says.en', 'x/shared.ts', 5],
    ['nothing.of.the.kind', 'x.ts', 5],
  ])('%s', (at, file, line) => expect(lineOf(at)).toEqual({ file, line }));

  test('in the packs as they are: each place of each pack is found, in its own text', () => {
    for (const { file, source } of packSources) {
      const texts = sourceTexts('policies', file);
      for (const [place, { id }] of source.eligibility.entries()) {
        const found = findLine(texts, `eligibility.${place}`);
        const lines = texts.find((one) => one.file === found?.file)?.text.split('\n') ?? [];
        expect(lines.slice((found?.line ?? 1) - 1, (found?.line ?? 1) + 1).join(' '), `${file} ${id}`).toContain(`id: '${id}'`);
      }
    }
  });
  test('a sentence that an editor can jump to', () => {
    const file = 'brands/ultra-purple/2026-11-01.ts';
    expect(findingInWords({ file, kind: 'missing-translation', at: 'refusals.2.remedy.en', says: 'the en text is missing', mend: 'write it' }, sourceTexts('policies', file)))
      .toMatch(/^policies\/brands\/ultra-purple\/2026-11-01\/review\.ts:\d+ \(refusals\.2\.remedy\.en\): the en text is missing\. To mend it: write it\.$/);
  });
});

describe('what else is wrong with a pack', () => {
  const [{ file, source: good }] = packSources as typeof packSources & [typeof packSources[0]];
  const found = (changes: object, at = file) => checkPacks([{ file: at, source: { ...good, ...changes } }], calendars).map(({ kind, at: where, mend }) => [kind, where, mend]);
  test('a security question alone as a proof', () => {
    const identity = (proofs: string[][]) => ({ identity: { ...good.identity, proofs } });
    expect(found(identity([['contact-code'], ['security-question']]))).toEqual([['question-alone', 'identity.proofs.1', 'demand contact-code or document together with it']]);
    expect(found(identity([['contact-code', 'security-question']]))).toEqual([]);
  });
  test('a currency that is none', () => {
    expect(found({ currency: 'XBT' })).toEqual([['unknown-currency', 'currency', 'use one of USD, CNY, HKD, TWD, EUR, GBP, JPY (ISO 4217)']]);
  });
  test('a pack for every line of a brand beside one for a carrier’s', () => {
    const all = { file, source: good };
    const one = { file: 'brands/ultra-purple-att/2026-12-01.ts', source: { ...good, carrier: 'att', validFrom: '2026-12-01' } };
    expect(checkPacks([all, one], calendars).map(({ file: where, kind, at }) => [where, kind, at])).toEqual([[file, 'overlapping-validity', 'brand']]);
  });
});

describe('words that contradict each other are a finding with file, line and mend', () => {
  const of = (brand: string) => packSources.find(({ source }) => source.brand === brand) ?? packSources[0]!;
  const said = (brand: string, changes: object) => {
    const { file, source } = of(brand);
    return checkPacks([{ file, source: { ...source, ...changes } }], calendars).map((one) => findingInWords(one, sourceTexts('policies', file)));
  };
  const without = (brand: string, step: string) => ({ steps: of(brand).source.steps.filter((one) => one !== step) });
  const purple = of('ultra-purple').source;

  test('ST7 services that end with the line, and no step that ends them', () => {
    expect(said('station', without('station', 'end-linked-services'))).toEqual([expect.stringMatching(
      /^policies\/brands\/station\/2026-11-01\/linked-services\.ts:\d+ \(linkedServices\.0\): services end with the line, and no step does it\. To mend it: add 'end-linked-services' to `steps`, or take this out\.$/)]);
    expect(said('station', { linkedServices: [] })[0]).toMatch(/2026-11-01\.ts:\d+ \(steps\.1\): services are ended, and the pack names none\. To mend it: name them/);
  });
  test('EC12 a line that is frozen, and no step that tells billing; the step, and nothing that is frozen', () => {
    expect(said('us-e-card', { steps: of('us-e-card').source.steps.filter((one) => one !== 'freeze-line') })).toEqual([expect.stringMatching(
      /us-e-card-[\w-]+\/2026-11-01\.ts:\d+ \(freeze\): the line is frozen from receipt on, and no step does it\. To mend it: add 'freeze-line' to `steps`, or take this out\.$/)]);
    expect(said('us-e-card', { freeze: [] })).toEqual([expect.stringMatching(/\(steps\.0\): the line is frozen, and the pack does not say for what\. To mend it: name 'charges', 'purchases' or both under `freeze`/)]);
  });
  test('ST2 EC9 a line that is barred, at once or for some days, and no step that bars it', () => {
    expect(said('station', without('station', 'bar-line'))).toEqual([
      expect.stringMatching(/station\/2026-11-01\/review\.ts:\d+ \(reasons\.1\.barsAtOnce\): the line is barred at the moment of receipt, .*add 'bar-line'/),
      expect.stringMatching(/\(recoverableDays\): the line is barred for some days .*add 'bar-line'/),
    ]);
  });
  test('ST3 proof by a document, and no kind of document that is taken', () => {
    expect(said('station', { identity: { level: 'confirmed', documents: [], proofs: [['contact-code'], ['document']] } })).toEqual([
      expect.stringMatching(/station\/2026-11-01\.ts:\d+ \(identity\.proofs\.1\): a document proves who somebody is, and no kind .*To mend it: name the kinds under `documents`/),
    ]);
  });
  test('P1 ends that can’t be', () => {
    const ends = (end: object, settlement: object = {}) => said('ultra-purple', { end, settlement: { ...purple.settlement, ...settlement } }).map((one) => /\(([\w.]+)\): ([^,.]*)/.exec(one)?.slice(1).join(': '));
    expect(ends({ service: 'chosen-day' })).toEqual(['end.service: a day can be chosen']);
    expect(ends({ chosen: { earliestDays: 1, latestDays: 9 } })).toEqual(['end.chosen: bounds of a day that nobody can choose']);
    expect(ends({ service: 'chosen-day', chosen: { earliestDays: 9, latestDays: 1 } })).toEqual(['end.chosen: no day lies between 9 and 1 days']);
    expect(ends({ billing: 'with-service' }, { period: 'by-days' })).toEqual(['end.billing: billing ends with the last day of service']);
    expect(ends({ billing: 'end-of-term' })).toEqual(['end.billing: billing goes on for a while']);
    expect(ends({ service: 'chosen-day', billing: 'with-service', chosen: { earliestDays: 1, latestDays: 9 } }, { period: 'by-days' })).toEqual([]);
  });
  test('UP5 a form that asks the same twice, or for no contact at all', () => {
    expect(said('ultra-purple', { form: [{ field: 'email' }, { field: 'email' }] })[0]).toMatch(/\(form\.1\): “email” is asked twice\. To mend it: take one of them out/);
    expect(said('ultra-purple', { form: [{ field: 'name' }] })[0]).toMatch(/\(form\): no contact is asked for.*To mend it: add \{ field: 'email' \}/);
  });
  test('UP7 money that is charged, credit that is chosen about, a number that rests: each has its step', () => {
    for (const step of ['quarantine-number', 'issue-certificate', 'tell-subscriber']) expect(said('ultra-purple', without('ultra-purple', step))[0]).toContain(`add '${step}'`);
    expect(said('ultra-purple', without('ultra-purple', 'settle-balance'))[0]).toContain("add 'settle-balance'");
    expect(said('ultra-purple', { confirmation: { hours: 72, again: { afterDays: 2, withinDays: 1 } } })[0]).toContain('let the second come later');
  });
  test('UP7 a notice’s own words: a placeholder that nothing fills, one left out, a brace left open, a language missing', () => {
    const words = (en: string) => ({ 'zh-CN': en, 'zh-TW': en, en });
    const notices = (own: object) => said('ultra-us', { notices: own }).filter((one) => one.includes('.en)') || one.includes('zh-TW)'));
    expect(notices({ asked: { text: { 'zh-CN': '{materials}{until}', 'zh-TW': '{materials}{until}', en: 'Send {materials} by {day}.' } } })).toEqual([
      expect.stringMatching(/ultra-us\/2026-11-01\/notices\.ts:\d+ \(notices\.asked\.text\.en\): nothing is ever filled in for \{day\}\. To mend it: use one of \{application\}, .*\{until\}/),
      expect.stringMatching(/its reader is not told \{until\}/),
    ]);
    expect(notices({ received: { sms: words('{application}') } }).at(-1)).toMatch(/the SMS does not say whether the line is cancelled\. To mend it: put \{standing\}/);
    expect(notices({ received: { action: words('{application}') } }).at(-1)).toContain('write it without placeholders');
    expect(notices({ received: { text: words('{application, select, a {x} other {y}') } }).at(-1)).toContain('its braces don’t pair');
    expect(notices({ received: { text: { 'zh-CN': '{application}', en: '{application}' } } })).toEqual([expect.stringMatching(/\(notices\.received\.text\.zh-TW\): the zh-TW text is missing/)]);
  });
  test('N3 a region that is served, and whose law nobody wrote down', () => {
    const { file } = of('esim');
    const [one] = checkServed([{ file, pack: { serves: ['TW', 'JP'] } }], jurisdictions);
    expect(findingInWords(one!, sourceTexts('policies', file))).toMatch(/^policies\/brands\/esim\/2026-11-01\.ts:\d+ \(serves\.1\): the brand serves JP, and no law of JP stands .* To mend it: write policies\/jurisdictions\/jp\.ts, or take JP out\.$/);
    expect(checkServed(allPacks.map((pack) => ({ file, pack })), jurisdictions)).toEqual([]);
  });
});

describe('policy diff', () => {
  const purple = allPacks.find(({ brand }) => brand === 'ultra-purple')!;
  const said = (changes: object, language: 'zh-CN' | 'zh-TW' | 'en' = 'en') => diffPacks(purple, { ...purple, ...changes }).map(({ whom, what, from, to }) => `${whom[language]}: ${what[language]}: ${from?.[language] ?? '–'} → ${to?.[language] ?? '–'}`);
  test('nothing changed is nothing said', () => expect(diffPacks(purple, { ...purple, validFrom: '2027-01-01' })).toEqual([]));
  test('who notices, from what to what', () => {
    expect(said({ recoverableDays: 0, quarantineDays: 60 })).toEqual([
      'every subscriber: the time in which everything can be undone: 7 days → none', 'every subscriber: how long the number rests: 90 days → 60 days',
    ]);
    expect(said({ settlement: { ...purple.settlement, credit: 'forfeit', cleanUpFeeMinor: 0 } })).toEqual([
      'whoever has credit left: the credit: given back → lost', 'whoever leaves bills or devices behind: the clean-up fee: USD 3.00 → USD 0.00',
    ]);
  });
  test('a rule taken out: whose answer it changes', () => {
    expect(said({ eligibility: purple.eligibility.filter(({ id }) => id !== 'device-bound') })).toEqual([
      'whoever has a device bound: the answer: can’t go on yet (“device-bound”) → can go on',
      'every subscriber: a rule, “device-bound”: The card is still bound to devices. Unbind all of them, then go on. (where: a device is bound; can’t go on yet; remedy: unbind the device) → –',
    ]);
  });
  test('what is new, gone or worded otherwise', () => {
    const [first, ...rest] = purple.consequences;
    expect(said({ consequences: rest })).toEqual([`every subscriber: a consequence to acknowledge, “${first!.id}”: ${first!.says.en} → –`]);
    expect(said({ regionNotes: { ...purple.regionNotes, DE: purple.name } })).toEqual(['subscribers in DE: the note on their region: – → ultra Purple']);
  });
  test('P1 UP5 UP7 N3 ends, form, notices, regions: in each of the three languages', () => {
    const changes = {
      end: { service: 'chosen-day', billing: 'with-service', chosen: { earliestDays: 1, latestDays: 60 } }, settlement: { ...purple.settlement, period: 'by-days' },
      form: [{ field: 'phone', optional: true, label: purple.name }], serves: ['DE'], notices: { received: { subject: purple.name } },
    };
    expect(said(changes)).toEqual([
      'every subscriber: the regions that are served: CN, HK, TW, US, DE, FR, GB → DE',
      'every subscriber: what the application asks for: name, phone (optional), e-mail → ultra Purple (optional)',
      'every subscriber: when service ends: as soon as it is approved → as soon as it is approved, or on a day that the subscriber chooses (1 to 60 days after sending)',
      'whoever pays by the month: when billing ends: no monthly fee is reckoned → by days, up to the chosen last day of service; without one, to the day of receipt',
      'whoever is told: the subject of the mail of the notice “received”: the usual words → ultra Purple',
    ]);
    for (const [language, other] of [['zh-CN', 'zh-TW'], ['zh-TW', 'zh-CN']] as const) {
      const chinese = said(changes, language);
      expect(chinese).toHaveLength(5);
      expect(chinese.join()).not.toMatch(/every|whoever|optional|service/);
      expect(chinese[2]).not.toBe(said(changes, other)[2]);
    }
  });
  test('every word of a pack is in it: whatever changes is said', () => {
    const text = { 'zh-CN': '改', 'zh-TW': '改', en: 'changed' };
    const different: { readonly [Word in Exclude<keyof typeof purple, 'brand' | 'validFrom' | 'examples'>]-?: unknown } = {
      carrier: 'att', name: text, colour: { light: '#000000', dark: '#ffffff' }, addresses: { ...purple.addresses, post: ['Box 1'] }, smsSender: 'other', calendar: { ...purple.calendar, hours: { opens: '10:00', closes: '16:00' } },
      currency: 'EUR', signIn: ['e-mail'], entryNames: [text], reasons: purple.reasons.slice(1), reasonRequired: !purple.reasonRequired, form: [{ field: 'email', optional: false }], preparation: purple.preparation.slice(1),
      eligibility: [...purple.eligibility.slice(1, -1).toReversed(), purple.eligibility[0], purple.eligibility.at(-1)], identity: { ...purple.identity, device: true }, agreements: [{ id: 'a', title: text, body: text }],
      linkedServices: [{ id: 'a', label: text, provider: 'a' }], outsideAccounts: [{ id: 'a', label: text, says: text }], channels: ['phone'], supportHours: [{ days: [1], opens: '09:00', closes: '10:00' }],
      social: [{ id: 'a', label: text, handle: 'x' }], afterwards: [{ id: 'a', says: text }], consequences: purple.consequences.slice(1), review: { ...purple.review, reviewers: 2 }, refusals: purple.refusals.slice(1),
      materials: purple.materials.slice(1), confirmation: { hours: 5 }, end: { service: 'end-of-term', billing: 'at-once' }, freeze: ['charges'], recoverableDays: 1, draftDays: 1, settlement: { ...purple.settlement, period: 'by-days' },
      steps: purple.steps.slice(1), quarantineDays: 1, numbersOf: 'US', questions: purple.questions.slice(1), regionNotes: { '*': text }, serves: ['HK'], notices: { lapsed: { sms: text } },
    };
    expect(Object.keys(different).toSorted()).toEqual(Object.keys(packSchema.shape).filter((word) => !['brand', 'validFrom', 'examples'].includes(word)).toSorted());
    for (const [word, value] of Object.entries(different)) {
      const changes = diffPacks(purple, { ...purple, [word]: value });
      expect(changes.length, word).toBeGreaterThan(0);
      for (const { whom, what, from, to } of changes) for (const said of [whom, what, from, to]) if (said !== undefined) expect(Object.values(said).every((one) => one !== ''), word).toBe(true);
    }
  });
  test('every single value in every pack, whatever becomes of it, is told as from one thing to another, in each language', () => {
    type Change = { readonly at: string; readonly pack: (typeof allPacks)[number] };
    const another: Readonly<Record<string, string>> = { answer: 'never', remedy: 'contact-support', kind: 'advice', credit: 'zero-demanded', period: 'by-days', service: 'end-of-term', billing: 'end-of-term', field: 'phone', level: 'documented', currency: 'EUR' };
    const set = (value: unknown, path: readonly PropertyKey[], to: unknown): unknown => {
      const [key, ...rest] = path;
      if (key === undefined) return to;
      if (Array.isArray(value)) return to === undefined && rest.length === 0 ? value.toSpliced(Number(key), 1) : value.with(Number(key), set(value[Number(key)], rest, to));
      return { ...(value as object), [key]: set((value as Record<PropertyKey, unknown>)[key], rest, to) };
    };
    const changesOf = (pack: (typeof allPacks)[number]): Change[] => {
      const found: Change[] = [];
      const walk = (value: unknown, path: readonly string[]): void => {
        const last = path.at(-1) ?? '';
        const to = (anew: unknown): void => void found.push({ at: path.join('.'), pack: set(pack, path, anew) as typeof pack });
        if (['brand', 'validFrom', 'examples', 'id'].includes(last) || (last === 'billing' && pack.settlement.period === 'none')) return; // no fee is reckoned: its end is none
        if (path[0] === 'review' && pack.review.reviewers === 0 && last !== 'reviewers' && last !== 'review') return; // nobody reviews, in however many days
        if (Array.isArray(value) ? true : typeof value === 'object' && value !== null) {
          for (const [key, inner] of Object.entries(value as object)) walk(inner, [...path, key]);
          return;
        }
        if (typeof value === 'boolean') to(!value);
        else if (typeof value === 'number') to(value + 1);
        else if (typeof value === 'string' && /^\d+$/.test(last) && !path.includes('post') && !path.includes('regions')) to(undefined); // one of a list of words
        else if (value === 'some' || value === 'none') to(value === 'some' ? 'none' : 'some');
        else if (typeof value === 'string' && last in another) { if (value !== another[last] && path.at(-2) !== 'when') to(another[last]); }
        else if (typeof value === 'string') to(`${value}x`);
      };
      walk(pack, []);
      return found;
    };
    let count = 0;
    for (const pack of allPacks) for (const { at, pack: changed } of changesOf(pack)) {
      count += 1;
      const changes = diffPacks(pack, changed);
      const text = /\.(zh-CN|zh-TW|en)$/.exec(at)?.[1] as 'en' | undefined;
      expect(changes.length, `${versionOf(pack)} ${at}`).toBeGreaterThan(0);
      for (const { from, to } of changes) for (const language of text === undefined ? languages : [text]) expect(from?.[language], `${versionOf(pack)} ${at} ${language}`).not.toBe(to?.[language]);
    }
    expect(count).toBeGreaterThan(2000);
  });
  test('a rule, a reason, a point that must be done: what changes of it is told, though its words stay', () => {
    const [first, ...rest] = purple.eligibility;
    expect(said({ eligibility: [{ ...first!, when: { unpaid: 'some', regions: ['HK'] } }, ...rest] }).find((one) => one.includes('“unpaid-bill”:'))).toMatch(/\(where: a bill is unpaid; .*→.*\(where: a bill is unpaid and lives in HK; /);
    expect(said({ reasons: purple.reasons.map((reason, place) => (place === 0 ? { ...reason, barsAtOnce: true } : reason)) })).toEqual([`every subscriber: a reason to choose, “${purple.reasons[0]!.id}”: ${purple.reasons[0]!.label.en} → ${purple.reasons[0]!.label.en} (switches the line off at once)`]);
    expect(said({ preparation: purple.preparation.map((item) => (item.id === purple.preparation[0]!.id ? { ...item, required: !item.required } : item)) }, 'zh-CN')[0]).toMatch(/可以跳过|必须完成/);
  });
  test('asked for at the terminal, by brand or by version', async () => {
    const { out, code } = await run(policyCommand, 'diff', 'us-e-card-att', 'us-e-card-verizon@2026-11-01', '--language', 'en');
    expect([out[0], code]).toEqual([expect.stringMatching(/^From us-e-card-att@2026-11-01 to us-e-card-verizon@2026-11-01, \d+ changes:$/), 0]);
    expect(await run(policyCommand, 'diff', 'ultra-purple', 'ultra-purple', '--language', 'en')).toMatchObject({ out: ['ultra-purple@2026-11-01 and ultra-purple@2026-11-01 do the same.'] });
    const chinese = (await run(policyCommand, 'diff', 'station', 'ultra-us', '--language', 'zh-TW')).out;
    expect(chinese[0]).toMatch(/^從 station@2026-11-01 到 ultra-us@2026-11-01，\d+處不同：$/);
    expect(chinese).toContain('- 每位用戶：服務到什麼時候：核准後盡快 → 核准後盡快，或用戶選定的一天（送出後1至60天）');
    expect(await run(policyCommand, 'diff', 'ultra-purple', 'us-e-card')).toMatchObject({ code: 2, err: ['“us-e-card” has a policy for each carrier: us-e-card-t-mobile, us-e-card-verizon, us-e-card-att.'] });
  });
});

describe('policy explain with the law', () => {
  test('N3 Hong Kong’s calendar day beats the brand’s working days, and explain says so, with its source', async () => {
    const { out } = await run(policyCommand, 'explain', '--brand', 'ultra-purple', '--region', 'HK', '--on', '2026-11-24', '--language', 'en');
    expect(out).toContain('The law in HK: Hong Kong (hk@2022-03-01).');
    expect(out.find((line) => line.startsWith('- review:'))).toMatch(/^- review: at most 7 working days → at most 1 calendar day\. A SIM card has to be deregistered.* \[.*Cap\. 106AI.*; second-hand\]$/);
    expect(out.some((line) => line.startsWith('- waiting: 7 days → 0 days'))).toBe(true);
  });
  test('P1 when service and billing end is said too, as the law leaves it', async () => {
    const asked = (region: string) => run(policyCommand, 'explain', '--brand', 'us-e-card-t-mobile', '--region', region, '--on', '2026-11-24', '--language', 'en');
    expect((await asked('US')).out).toContain('Service ends as soon as it is approved. Billing: to the end of the paid month.');
  });
  test('N3 what the law asks besides is said too: in California, the federal law and the state’s', async () => {
    const { out } = await run(policyCommand, 'explain', '--brand', 'ultra-us', '--region', 'US-CA', '--on', '2026-11-24', '--language', 'en');
    expect(out).toContain('The law in US-CA: the United States (us@2021-11-01), California (us-ca@2025-07-01).');
    expect(out.some((line) => line.includes('Reassigned Numbers Database'))).toBe(true);
    expect((await run(policyCommand, 'explain', '--brand', 'ultra-us', '--region', 'JP', '--language', 'en')).out.at(-1)).toBe('No law of JP stands under policies/jurisdictions.');
  });
  test('a region or a day that is none', async () => {
    expect(await run(policyCommand, 'explain', '--brand', 'ultra-us', '--region', 'Hong Kong')).toMatchObject({ code: 2, err: ['“Hong Kong” is no region: write it like HK, or US-CA.'] });
    expect(await run(policyCommand, 'explain', '--brand', 'ultra-us', '--on', '2026-02-30')).toMatchObject({ code: 2, err: ['“2026-02-30” is no day: write it like 2026-11-24.'] });
  });
});

describe('policy new', () => {
  test('what it prints is a pack without a finding, in its own place', async () => {
    const text = newPackText('green-line', '2027-02-01');
    const path = written('brands/green-line/2027-02-01.ts', text);
    const { default: source } = await import(/* @vite-ignore */ path) as { default: unknown };
    expect(checkPacks([{ file: 'brands/green-line/2027-02-01.ts', source }], calendars)).toEqual([]);
    expect((await run(policyCommand, 'new', 'green-line', '--from', '2027-02-01')).out.join('\n')).toBe(text.trimEnd());
    expect(text.match(/\/\/ /g)?.length).toBeGreaterThan(15);
  });
  test('a name that is none, a day that is none', async () => {
    expect((await run(policyCommand, 'new', 'Green Line')).err).toEqual(['“Green Line” is no name for a brand: lower-case words joined by hyphens.']);
    expect((await run(policyCommand, 'new', 'green', '--from', '2027-02-30')).code).toBe(2);
  });
});

describe('calendar import', () => {
  const event = (summary: string, from: string, to: string, more = '') => `BEGIN:VEVENT\r\nUID:${from}${summary}\r\nSUMMARY:${summary}\r\nDTSTART;VALUE=DATE:${from}\r\nDTEND;VALUE=DATE:${to}\r\n${more}END:VEVENT\r\n`;
  const ics = (...events: string[]) => `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nX-WR-TIMEZONE:Asia/Shanghai\r\n${events.join('')}END:VCALENDAR\r\n`;
  const chinese = ics(
    event('国庆节（休）', '20261001', '20261008'), event('国庆节（班）', '20260920', '20260921'), event('国庆节 补班', '20261010', '20261011'),
    event('中秋节 第1天/共3天', '20260925', '20260926'), event('中秋节 第2天/共3天', '20260926', '20260927'), event('中秋节 第3天/共3天', '20260927', '20260928'),
    event('劳动节', '20260501', '20260506', 'X-APPLE-SPECIAL-DAY:WORK-HOLIDAY\r\n'), event('劳动节', '20260509', '20260510', 'X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY\r\n'),
  );
  const tablesOf = async (text: string, name: string): Promise<CalendarTables> => {
    const path = written(`policies/calendars/${name}`, text.replace(`import { daysOff, type CalendarTables } from '../../src/policy/calendar.ts';`, `import { daysOff, type CalendarTables } from '${join(process.cwd(), 'src/policy/calendar.ts')}';`));
    return (await import(/* @vite-ignore */ path) as { default: CalendarTables }).default;
  };
  const imported = (text: string, region: string, years: number[] = []) => {
    const known = calendars.find((one) => one.region === region);
    const made = calendarFromIcal(text, { region, source: 'days.ics', years, ...(known === undefined ? {} : { known }) });
    if (!made.ok) throw new Error(made.why.kind);
    return made.value;
  };

  test('P12 days off and make-up days, 班 and 补班 and as phones mark them, become a table that reckons like the reviewed one', async () => {
    const tables = await tablesOf(imported(chinese, 'CN'), 'cn.ts');
    const special = calendarFrom(tables).special;
    const reviewed = calendars.find(({ region }) => region === 'CN')!.special;
    expect([...special].map(([day, { why }]) => [day, why])).toEqual([...special.keys()].map((day) => [day, reviewed.get(day)?.why]));
    expect([...special].filter(([, { why }]) => why === 'make-up-day').map(([day]) => day).sort()).toEqual(['2026-05-09', '2026-09-20', '2026-10-10']);
    expect(tables.years[0]?.periods.map(({ from, to, makeUpDays }) => [from, to, ...makeUpDays])).toEqual([
      ['2026-05-01', '2026-05-05', '2026-05-09'], ['2026-09-25', '2026-09-27'], ['2026-10-01', '2026-10-07', '2026-09-20', '2026-10-10'],
    ]);
  });
  test('it is for review: names that the file does not have are findings until somebody writes them', async () => {
    const tables = await tablesOf(imported(chinese, 'CN'), 'cn-names.ts');
    expect([...new Set(checkCalendars([{ file: 'calendars/cn.ts', tables }]).map(({ kind }) => kind))]).toEqual(['missing-translation']);
    expect(imported(chinese, 'CN')).toContain('Read every day against the official notice');
  });
  test('a day that recurs every year, in the year asked for', async () => {
    const yearly = ics(event('New Year’s Day', '20000101', '20000102', 'RRULE:FREQ=YEARLY\r\n'), event('Day of it’s own', '20270215', '20270216'));
    const tables = await tablesOf(imported(yearly, 'XX', [2027, 2028]), 'xx.ts');
    expect(tables.years.map(({ year, periods }) => [year, ...periods.map(({ from, name }) => `${from} ${name.en}`)])).toEqual([[2027, '2027-01-01 New Year’s Day', '2027-02-15 Day of it’s own'], [2028, '2028-01-01 New Year’s Day']]);
    expect([tables.zone, tables.opens]).toEqual(['Asia/Shanghai', '09:00']);
  });
  test('a name cannot break out of its quotes', async () => {
    const tables = await tablesOf(imported(ics(event("x' }; throw 1; //\\\\", '20270101', '20270102')), 'XX'), 'quoted.ts');
    expect(tables.years[0]?.periods[0]?.name.en).toBe("x' }; throw 1; //\\");
  });
  test('at the terminal: a file that is none, an empty one, a year that is none', async () => {
    const empty = written('empty.ics', ics());
    const no = written('no.ics', 'hello');
    expect(await run(calendarCommand, 'import', empty, '--region', 'CN')).toMatchObject({ code: 2, err: [`${empty} has no days of the years asked for.`] });
    expect((await run(calendarCommand, 'import', no, '--region', 'CN')).err[0]).toMatch(/no\.ics (is no iCalendar file|has no days)/);
    expect((await run(calendarCommand, 'import', join(folder, 'none.ics'), '--region', 'CN')).err[0]).toMatch(/^There is no file/);
    expect((await run(calendarCommand, 'import', empty, '--region', 'CN', '--year', 'soon')).err).toEqual(['A year is written like 2027.']);
    expect((await run(calendarCommand, 'import', written('cn.ics', chinese), '--region', 'CN')).out[0]).toContain("export default {\n  region: 'CN',");
  });
  test('P12 due dates in every region, each with its reason', async () => {
    for (const [region, from, days, day] of [['HK', '2026-04-02T10:00', '1', 'Wednesday 8 April 2026 18:00, Asia/Hong_Kong'], ['GB', '2026-12-24T10:00', '1', 'Tuesday 29 December 2026 17:00, Europe/London'],
      ['US', '2027-07-02T10:00', '1', 'Tuesday 6 July 2027 17:00, America/New_York'], ['DE', '2026-05-13T10:00', '1', 'Friday 15 May 2026 17:00, Europe/Berlin'], ['TW', '2026-02-13T10:00', '1', 'Monday 23 February 2026 18:00, Asia/Taipei']] as const) {
      const { out } = await run(calendarCommand, 'due', '--region', region, '--from', from, '--days', days, '--language', 'en');
      expect(out[0]).toBe(day);
      expect(out[1]).toMatch(/off for|weekend/);
    }
  });
});
