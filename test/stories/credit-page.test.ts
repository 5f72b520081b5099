import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Visitor } from '../../src/demo/visitor.ts';
import { brands, chooses } from './money-setting.ts';
import { acknowledgements, come, hasForm, pathOf, photo, says, serve, signIn, words, type Served } from './up-setting.ts';

let served: Served;
beforeAll(async () => { served = await serve({ brands, works: false }); });
afterAll(() => served?.close());

const owner = () => {
  const [lin] = served.story.dataOf(chooses).subscribers;
  if (lin === undefined) throw new Error('nobody');
  return lin;
};
const lineOf = async (ref: string): Promise<string> => (await served.story.rows<{ id: string }>(`select id from lines where billing_ref = $1`, [`${chooses}-${ref}`]))[0]?.id ?? '';

/** At the page that asks about the credit. */
const toCredit = async (language: 'zh-CN' | 'zh-TW' | 'en', ref = 'B-100178'): Promise<{ one: Visitor; lineId: string }> => {
  const one = await signIn(served, { ...owner(), language }, chooses);
  const lineId = await lineOf(ref);
  await one.visit(`${served.root(chooses)}/lines/${lineId}/cancel`);
  await one.submit('/cancel');
  await one.submit('/application', { reason: 'no-longer-needed', name: owner().person.name, email: owner().person.email ?? '', phone: '', documentKind: 'passport', document: await photo() });
  return { one, lineId };
};
const choices = (one: Visitor): string[] => one.page().root.querySelectorAll('input[name=creditChoice]').map((each) => each.getAttribute('value') ?? '');
const credit = (one: Visitor): string => one.page().root.querySelectorAll('.choice').map((each) => each.text.replace(/\s+/g, ' ').trim()).join(' | ');

describe('what becomes of the credit', () => {
  test.each(['zh-CN', 'zh-TW', 'en'] as const)('EC11 UU8 each choice is a card with its amount, said in %s, and the choice stands before the last look', async (language) => {
    const { one, lineId } = await toCredit(language);
    const say = says(language);
    expect(pathOf(one)).toBe(`/lines/${lineId}/cancel/credit`);
    expect(words(one)).toContain(say('credit.title'));
    // 12.50, less the fee of 3.00 for the device that is bound.
    expect(words(one)).toContain(say('credit.left', { amount: 'US$9.50' }));
    expect(choices(one)).toEqual(['refund', 'transfer +12025550142']);
    expect(credit(one)).toContain(say('credit.refund', { amount: 'US$9.50' }));
    expect(credit(one)).toMatch(/US\$9\.50.*\+1 202[ -]555[ -]0142/);

    await one.submit('/credit');
    expect(pathOf(one)).toBe(`/lines/${lineId}/cancel/credit`);
    expect(words(one)).toContain(say('field.creditChoice.missing'));
    expect(one.page().root.querySelector('.faults a')?.getAttribute('href')).toBe('#creditChoice');

    await one.submit('/credit', { creditChoice: 'transfer +12025550142' });
    expect(pathOf(one)).toBe(`/lines/${lineId}/cancel/consequences`);
    expect(words(one)).toContain(say('money.transfer'));
    await one.submit('/consequences', { acknowledged: acknowledgements(one) });
    expect(pathOf(one)).toBe(`/lines/${lineId}/cancel/check`);
    expect(words(one)).toMatch(/US\$9\.50.*\+1 202[ -]555[ -]0142/);

    await one.visit(`${served.root(chooses)}/lines/${lineId}/cancel/credit`);
    await one.submit('/credit', { creditChoice: 'refund' });
    await one.visit(`${served.root(chooses)}/lines/${lineId}/cancel/check`);
    expect(words(one)).toContain(say('credit.refund', { amount: 'US$9.50' }));
    expect(words(one)).toContain(say('money.refund'));
    await served.story.rows(`delete from documents`);
    await served.story.rows(`delete from cancellations`);
  });

  test('EC11 another’s number, or a word that is no choice, is not taken and leads back', async () => {
    const { one, lineId } = await toCredit('en');
    const token = one.page().root.querySelector('input[name=token]')?.getAttribute('value') ?? '';
    expect(token).not.toBe('');
    for (const [sent, key] of [['transfer +12025550190', 'field.transferTo.unknown'], ['burn', 'field.creditChoice.unknown'], ['transfer', 'field.transferTo.missing']] as const) {
      await one.submit('/credit', { creditChoice: sent });
      expect(pathOf(one), sent).toBe(`/lines/${lineId}/cancel/credit`);
      expect(words(one), sent).toContain(says('en')(key));
    }
    await one.visit(`${served.root(chooses)}/lines/${lineId}/cancel/check`);
    expect(pathOf(one)).toBe(`/lines/${lineId}/cancel/credit`);
  });

  test('UU8 where what is owed uses it up there is nothing to choose, and one goes on', async () => {
    const { one, lineId } = await toCredit('en', 'B-100142');
    expect(words(one)).toContain(says('en')('credit.none'));
    expect(choices(one)).toEqual([]);
    await one.submit('/credit');
    expect(pathOf(one)).toBe(`/lines/${lineId}/cancel/consequences`);
  });

  test('is for its owner alone: others find no such page, and who is not signed in is asked to', async () => {
    const lineId = await lineOf('B-100178');
    const [, stranger] = served.story.dataOf(chooses).subscribers;
    if (stranger === undefined) throw new Error('nobody else');
    const other = await signIn(served, stranger, chooses);
    await other.visit(`${served.root(chooses)}/lines/${lineId}/cancel/credit`);
    expect(hasForm(other, '/credit')).toBe(false);
    expect(words(other)).not.toContain('12.50');
    const nobody = await come(served, `/lines/${lineId}/cancel/credit`, 'en', chooses);
    expect(pathOf(nobody)).toBe('/sign-in');
  });
});
