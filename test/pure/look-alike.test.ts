import fc from 'fast-check';
import { domainToUnicode } from 'node:url';
import { describe, expect, test } from 'vitest';
import { judgeAddress, type Official } from '../../src/policy/look-alike.ts';
import { slips } from '../../src/policy/nearness.ts';
import { fromPunycode } from '../../src/policy/punycode.ts';

const official: Official = {
  addresses: { site: 'violet-mobile.example', mail: 'help@violet-mobile.example', phone: '+1 212 555 0100', hours: { 'zh-CN': '-', 'zh-TW': '-', en: '-' } },
  smsSender: 'VIOLET',
  social: [{ id: 'x', label: { 'zh-CN': 'X', 'zh-TW': 'X', en: 'X' }, handle: '@violet_cares' }],
};
const judge = (typed: string) => judgeAddress(typed, official);

describe('EC3 official addresses are known in any writing', () => {
  test.each([
    ['violet-mobile.example', 'site'], ['https://violet-mobile.example/cases/1?x=2', 'site'], ['HTTPS://Violet-Mobile.EXAMPLE:443/', 'site'], ['  my.violet-mobile.example. ', 'site'],
    ['help@violet-mobile.example', 'mail'], ['<HELP@violet-mobile.example>', 'mail'], ['mailto:help@violet-mobile.example', 'mail'],
    ['+1 212 555 0100', 'phone'], ['001-212-555-0100', 'phone'], ['＋１（２１２）５５５－０１００', 'phone'], ['VIOLET', 'sender'], ['@Violet_Cares', 'social'],
  ])('%s is ours', (typed, as) => expect(judge(typed)).toEqual({ kind: 'official', as }));
});

describe('EC3 a lookalike is told, and how it deceives', () => {
  test.each([
    ['violet-mobi1e.example', 'other-letters'], ['https://vіolet-mobile.example', 'other-letters'], ['violet-rnobile.example', 'other-letters'], ['ｖｉｏｌｅｔ－ｍｏｂｉｌｅ．ｅｘａｍｐｌｅ.evil.test', 'extra-domain'],
    ['http://violet-mobile.example.account-check.test/login', 'extra-domain'], ['violet-mobile-example.test', 'extra-domain'], ['login.violet-mobile.verify.test', 'extra-domain'],
    ['violet-mobile-cancel.test', 'added-words'], ['myvioletmobile.test', 'added-words'],
    ['violet-mobile.test', 'other-ending'], ['violetmobile.test', 'other-ending'],
    ['violet-mobille.example', 'nearly-the-same'], ['voilet-mobile.example', 'nearly-the-same'], ['violet-mobie.test', 'nearly-the-same'],
    ['https://violet-mobile.example@203.0.113.9/login', 'before-the-at'],
    ['help@violet-mobiie.example', 'other-letters'], ['help@violet-mobile.support.test', 'extra-domain'],
    ['+1 212 555 0101', 'nearly-the-same'], ['VIOLET1', 'nearly-the-same'], ['VI0LET', 'other-letters'], ['VIOLET-SERVICE', 'added-words'], ['@violet_care', 'nearly-the-same'],
  ])('%s: %s', (typed, trick) => expect(judge(typed)).toMatchObject({ kind: 'look-alike', trick }));

  test('also in punycode, as a browser shows it', () => {
    expect(judge(`http://${new URL('http://vіolet-mobile.example').hostname}/`)).toMatchObject({ kind: 'look-alike', trick: 'other-letters', official: 'violet-mobile.example' });
  });

  test.each(['lion-bank.test', 'somebody@mail.test', '+44 7700 900123', 'PARCELS', 'billing@violet-mobile.example', '@nobody', 'a.b'])('%s is none of ours, and no lookalike', (typed) => expect(judge(typed)).toEqual({ kind: 'unknown' }));
  test.each(['', '   ', '\u200b'])('nothing is nothing', (typed) => expect(judge(typed)).toEqual({ kind: 'nothing' }));

  test('whatever is pasted gets an answer, and nothing but our own is called ours', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl(), fc.emailAddress(), fc.domain()), (typed) => {
      expect(['look-alike', 'unknown', 'nothing']).toContain(judge(typed).kind);
    }), { numRuns: 300 });
  });
});

test('punycode is read as the standard has it', () => {
  for (const label of ['xn--80ak6aa92e', 'xn--bcher-kva', 'xn--fiqs8s', 'xn--ihqwcrb4cv8a8dqg056pqjye', 'xn--maana-pta']) expect(fromPunycode(label)).toBe(domainToUnicode(label));
  for (const label of ['violet', 'xn--', 'xn--99999999999', 'xn--é']) expect(() => fromPunycode(label)).not.toThrow();
});

test('slips of the hand are counted, swapped letters as one, and no further than asked', () => {
  expect(slips('cancel', 'cancel', 2)).toBe(0);
  expect(slips('cancle', 'cancel', 2)).toBe(1);
  expect(slips('cansel', 'cancel', 2)).toBe(1);
  expect(slips('cancell', 'cancel', 2)).toBe(1);
  expect(slips('', 'ab', 2)).toBe(2);
  expect(slips('abcdef', 'uvwxyz', 2)).toBe(3);
});
