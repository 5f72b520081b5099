/** What a brand may write into its notices is what the program fills in. */
import { expect, test } from 'vitest';
import { allPacks } from '../../policies/index.ts';
import { factsOf, wordsOf, type Voice } from '../../src/notices/words.ts';
import type { Telling } from '../../src/notices/templates.ts';
import { noticePlaceholders, placeholdersIn, type OwnNotice } from '../../src/policy/notice-placeholders.ts';
import { translator } from '../../src/language/index.ts';
import { languages } from '../../src/policy/pack.ts';

const [pack] = allPacks;
const at = '2026-11-24T02:00:00.000Z';
const ofCase = { application: 'D3CB-2QJC-QR4F-J', ending: '42' };
const link = { token: 'x'.repeat(43), until: at, second: false, days: 3 };
const values: { readonly [Name in OwnNotice]: object } = {
  received: ofCase, stated: { ...ofCase, until: at }, asked: { ...ofCase, materials: ['one'], note: null, until: at }, supplied: { ...ofCase, due: at }, approved: { ...ofCase, effective: at }, ordered: { ...ofCase, effective: at },
  confirm: { ...ofCase, ...link }, 'confirm-reminder': { ...ofCase, ...link }, barred: { ...ofCase, effective: at }, 'final-notice': { ...ofCase, effective: at }, withdrawn: ofCase,
  refused: { ...ofCase, reason: 'r', remedy: 'm' }, lapsed: ofCase, cancelled: { ...ofCase, since: at, free: '2027-02-22', esim: null },
};

test.each(Object.keys(noticePlaceholders) as OwnNotice[])('%s', (template) => {
  const voice = { ...pack, caseUrl: () => '', confirmUrl: () => '' } as unknown as Voice;
  const filled = factsOf({ template, values: values[template] } as Telling, voice, 'en', wordsOf(voice, 'en'), false);
  expect(Object.keys(filled).toSorted()).toEqual([...noticePlaceholders[template].may].toSorted());
});

test('the usual words use no other', async () => {
  for (const template of Object.keys(noticePlaceholders) as OwnNotice[])
    for (const language of languages) {
      const catalogue = (await import(`../../messages/notices/${language}.json`, { with: { type: 'json' } })).default as Record<string, string>;
      for (const part of ['mail.subject', 'mail.text', 'sms']) {
        const { names, broken } = placeholdersIn(catalogue[`${template}.${part}`] ?? '');
        expect([broken, [...names].filter((name) => name !== 'standing' && !(noticePlaceholders[template].may as readonly string[]).includes(name))], `${language} ${template}.${part}`).toEqual([false, []]);
      }
    }
  expect(translator('notices', 'en')('received.mail.subject', ofCase)).toContain(ofCase.application);
});

test('braces are read as MessageFormat reads them', () => {
  const read = (text: string) => [[...placeholdersIn(text).names], placeholdersIn(text).broken];
  expect(read('{a} and {b, select, x {one {c}} other {}} {n, plural, one {# {d}} other {#}}')).toEqual([['a', 'b', 'c', 'n', 'd'], false]);
  expect(read("it’s '{not}' one, {a}")).toEqual([['a'], false]);
  for (const text of ['{a', 'a}', '{a, select, x {y}', '{}', '{a b}']) expect(placeholdersIn(text).broken, text).toBe(true);
});
