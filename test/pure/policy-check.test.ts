import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { calendars, calendarTables, packSources } from '../../policies/index.ts';
import { checkCalendars } from '../../src/policy/check-calendars.ts';
import { checkPacks } from '../../src/policy/check.ts';
import type { PackSource } from '../../src/policy/pack.ts';
import { packSchemaText } from '../../src/policy/schema.ts';

const [{ file, source: good }] = packSources as [{ file: string; source: PackSource }];
const check = (source: unknown) => checkPacks([{ file, source }], calendars);
/** What is found when the good pack is changed in one place. */
const found = (change: Partial<PackSource>) => check({ ...good, ...change }).map(({ kind, at }) => `${kind} ${at}`.trim());

test('the packs and calendars of this repository have no finding', () => {
  expect(checkPacks(packSources, calendars)).toEqual([]);
  expect(checkCalendars(calendarTables)).toEqual([]);
});

test('policies/pack.schema.json is what `signoff policy schema` writes', () => {
  expect(readFileSync(new URL('../../policies/pack.schema.json', import.meta.url), 'utf8')).toBe(packSchemaText());
});

describe('a finding names the file, what is wrong, and how to mend it', () => {
  const rules = good.eligibility;
  const unconditional = rules.at(-1)!;

  test('a rule that an earlier one covers', () => {
    const narrow = { ...rules[0]!, id: 'bill-and-device', when: { unpaid: 'some', boundDevices: 'some' } as const };
    expect(check({ ...good, eligibility: [rules[0], narrow, ...rules.slice(1)] })).toEqual([{
      file, kind: 'unreachable-rule', at: 'eligibility.1',
      says: '“bill-and-device” can never decide: whatever meets it meets “unpaid-bill” before it',
      mend: 'move it up, narrow what stands before it, or take it out',
    }]);
    expect(found({ eligibility: [narrow, ...rules], examples: [] })).toEqual([]);
  });
  test('a rule that only several earlier ones together cover', () => {
    const some = { ...unconditional, id: 'owes', when: { unpaid: 'some' } as const };
    const none = { ...unconditional, id: 'owes-nothing', when: { unpaid: 'none' } as const };
    expect(found({ eligibility: [some, none, unconditional], examples: [] })).toEqual(['unreachable-rule eligibility.2']);
  });
  test('regions are part of it', () => {
    const wide = { ...unconditional, id: 'both', when: { regions: ['HK', 'TW'] } };
    const inside = { ...unconditional, id: 'one', when: { regions: ['TW'] } };
    expect(found({ eligibility: [wide, inside, unconditional], examples: [] })).toEqual(['unreachable-rule eligibility.1']);
    expect(found({ eligibility: [inside, wide, unconditional], examples: [] })).toEqual([]);
  });
  test('a last rule with a condition', () => expect(found({ eligibility: rules.slice(0, -1), examples: [] })).toEqual(['last-rule-conditional eligibility.2']));
  test('a not-yet without a remedy', () => {
    const { remedy: _, ...without } = rules[0]!;
    expect(found({ eligibility: [without, ...rules.slice(1)] })).toEqual(['no-remedy eligibility.0']);
  });
  test('a missing and an empty translation, once each', () => {
    expect(found({ name: { 'zh-CN': 'ultra紫卡', en: ' ' } as never })).toEqual(['missing-translation name.zh-TW', 'missing-translation name.en']);
  });
  test('a text left in another language', () => {
    expect(found({ name: { 'zh-CN': 'ultra紫卡', 'zh-TW': '无法注销', en: '紫卡' } })).toEqual(['wrong-language name.zh-TW', 'wrong-language name.en']);
    expect(check({ ...good, name: { 'zh-CN': '註銷', 'zh-TW': '註銷', en: 'x' } })[0]?.says).toBe('“銷” does not belong in a zh-CN text');
  });
  test('addresses that are not the brand’s own', () => {
    expect(found({ addresses: { ...good.addresses, mail: 'care@ultra-purple-help.example' } })).toEqual(['foreign-address addresses.mail']);
    expect(found({ addresses: { ...good.addresses, mail: 'care@mail.ultra-purple.example' } })).toEqual([]);
    expect(found({ addresses: { ...good.addresses, site: 'https://ultra-purple.example' } })).toContain('foreign-address addresses.site');
    expect(found({ addresses: { ...good.addresses, phone: '202 555 0100' } })).toEqual(['not-a-number addresses.phone']);
    const [first, ...rest] = good.questions;
    const answer = { ...first!.answer, en: 'Write to care@ultra-purple.example.invalid or call +1 202 555 0199. See help.ultra-purple.example.' };
    expect(found({ questions: [{ ...first!, answer }, ...rest] })).toEqual(['foreign-address questions.0.answer.en', 'foreign-address questions.0.answer.en']);
  });
  test('UR3 applications by post, and nowhere to post them to', () => {
    expect(found({ channels: ['web', 'post'] })).toEqual(['nowhere-to-post addresses.post']);
    expect(found({ channels: ['web', 'post'], addresses: { ...good.addresses, post: ['Care', 'Box 1, Example City'] } })).toEqual([]);
  });
  test('examples that fail, and one for a rule that is not there', () => {
    expect(found({ examples: [{ name: 'owes', given: {}, rule: 'unpaid-bill' }, { name: 'x', given: {}, rule: 'nowhere' }] })).toEqual(['failing-example examples.0', 'failing-example examples.1']);
  });
  test('two versions of a brand from one day, and a file in the wrong place', () => {
    const findings = checkPacks([{ file, source: good }, { file: 'brands/ultra-purple/copy.ts', source: good }], calendars);
    expect(findings.map((one) => [one.file, one.kind])).toEqual([['brands/ultra-purple/copy.ts', 'misplaced-file'], ['brands/ultra-purple/copy.ts', 'overlapping-validity']]);
  });
  test('ids that stand there twice, a review that can’t be, a calendar and a note that are missing', () => {
    expect(found({ reasons: [...good.reasons, good.reasons[0]!] })).toEqual(['doubled-id reasons']);
    expect(found({ review: { reviewers: 1, workingDays: { least: 7, most: 3 } } })).toEqual(['impossible-review review']);
    expect(found({ calendar: { ...good.calendar, hours: { opens: '18:00', closes: '09:00' } } })).toEqual(['impossible-review calendar.hours']);
    expect(found({ calendar: { region: 'CN', zone: 'Asia/Tokyo' } })).toEqual(['unknown-calendar calendar']);
    const { '*': _, ...named } = good.regionNotes;
    expect(found({ regionNotes: named })).toEqual(['no-note-for-other-regions regionNotes']);
  });
  test('a demand for zero credit that no rule makes beforehand', () => {
    expect(found({ settlement: { ...good.settlement, credit: 'zero-demanded' } })).toEqual(['credit-never-asked-for settlement.credit']);
  });
  test('a word that stands twice in a list of words; an amount in another currency; a sender that no SMS can have', () => {
    expect(found({ steps: [...good.steps, good.steps[0]!] })).toEqual([`doubled-word steps.${good.steps.length}`]);
    expect(found({ serves: [...good.serves, good.serves[0]!] })).toEqual([`doubled-word serves.${good.serves.length}`]);
    expect(found({ outsideAccounts: [{ id: 'a', label: good.name, says: good.name }, { id: 'a', label: good.name, says: good.name }] })).toEqual(['doubled-id outsideAccounts']);
    expect(found({ examples: [{ name: 'credit', given: { credit: { minor: 1, currency: 'EUR' } }, rule: good.eligibility.at(-1)!.id }] })).toEqual(['unknown-currency examples.0']);
    expect(found({ smsSender: '紫卡' })).toEqual(['not-a-sender smsSender']);
  });
  test('what a schema refuses is said in words: what stands there, what may, and the word that was meant', () => {
    const mends = (source: unknown) => check(source).map(({ at, says, mend }) => `${at}: ${says}. ${mend}`);
    expect(mends({ ...good, draftDays: 1.5 })).toEqual(['draftDays: “1.5” is not a whole number. write a whole number']);
    expect(mends({ ...good, validFrom: '2026-02-30' })).toEqual(['validFrom: “2026-02-30” can\'t be read. write a day like 2026-11-24']);
    expect(mends({ ...good, signIn: ['email'] })).toEqual(['signIn.0: “email” is not known here. did you mean e-mail? use one of phone, user-name, e-mail']);
    expect(mends({ ...good, signIn: [] })[0]).toBe('signIn: it is empty, or too short. at least 1');
    expect(mends({ ...good, currency: undefined })[0]).toMatch(/^currency: none is named\. use one of USD/);
  });
  test('anything that is no pack at all', () => {
    expect(check({ ...good, quarantineDays: -1, colours: {} }).map(({ kind, at }) => [kind, at])).toEqual([['not-a-pack', 'quarantineDays'], ['not-a-pack', 'colours']]);
    for (const nothing of [null, 7, 'x', []]) expect(check(nothing).map(({ kind }) => kind)).toEqual(['not-a-pack']);
  });
});

test('a calendar that no day can be reckoned by is found: its zone, its hours, its weekend, a year twice, a region twice', () => {
  const { tables, file: here } = calendarTables[0]!;
  const found = (change: object) => checkCalendars([{ file: here, tables: { ...tables, ...change } }]).map(({ kind, at, says }) => `${kind} ${at}: ${says}`);
  expect(found({ zone: 'Asia/Shanghaii' })).toEqual(['not-a-calendar zone: there is no time zone Asia/Shanghaii']);
  expect(found({ opens: '19:00' })).toEqual(['not-a-calendar opens: a working day that opens at 19:00 and closes at 18:00']);
  expect(found({ opens: '9 am' })).toEqual(['not-a-calendar opens: “9 am” is no time of day']);
  expect(found({ weekend: [6, 7, 0] })).toEqual(['not-a-calendar weekend.2: 0 is no weekday']);
  expect(found({ years: [...tables.years, tables.years[0]!] })).toEqual([`not-a-calendar years.${tables.years.length}: ${tables.years[0]!.year} stands there twice`]);
  expect(checkCalendars([{ file: here, tables }, { file: 'calendars/copy.ts', tables }]).map(({ file: where, says }) => [where, says])).toEqual([['calendars/copy.ts', `${here} is for ${tables.region} too`]]);
});

test('a slip of the pen in a calendar is found', () => {
  const { tables } = calendarTables[0]!;
  const [year] = tables.years;
  const withPeriod = (period: object) => checkCalendars([{ file: 'calendars/cn.ts', tables: { ...tables, years: [{ ...year!, periods: [{ ...year!.periods[0]!, ...period }] }] } }]).map(({ kind }) => kind);
  expect(withPeriod({})).toEqual([]);
  expect(withPeriod({ makeUpDays: ['2024-01-02'] })).toEqual(['make-up-day-off-weekend']);
  expect(withPeriod({ from: '2024-01-03' })).toEqual(['impossible-period']);
  expect(withPeriod({ to: '2024-02-30' })).toEqual(['impossible-period']);
  expect(withPeriod({ to: '2025-01-01' })).toEqual(['impossible-period']);
});
