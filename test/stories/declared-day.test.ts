/** A day that is declared before the review can end (§ 312k BGB): it stands, is billed to, and nothing past it. From Tuesday, 24 November 2026; the review takes up to three working days. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approve } from '../../src/desk/review-case.ts';
import { reviewerOf } from '../apply.ts';
import { days } from '../harness.ts';
import { entriesOf } from './money-setting.ts';
import { acknowledgements, answersOf, come, comesTo, eventually, mailOn, pathOf, person, says, serve, signIn, solveAll, stateOf, toPreparation, words, type Served } from './up-setting.ts';

const button = '/statement/de/cancellation-button';
const month = { feeMinor: 3000, from: '2026-11-01', to: '2026-11-30' };
const living = { region: 'DE', line: { month } };
const declares = person('84', living);
const signedIn = person('85', living);
const drafted = person('86', living);
const say = says('zh-CN');

let served: Served;
beforeAll(async () => {
  served = await serve({
    also: [declares, signedIn, drafted],
    change: (pack) => ({ ...pack, settlement: { ...pack.settlement, period: 'by-days' }, recoverableDays: 0, review: { ...pack.review, workingDays: { least: 1, most: 3 } } }),
  });
});
afterAll(() => served?.close());

const declare = async (who: typeof declares, ends: string): Promise<string> => {
  const one = await come(served, button);
  await one.submit(button, { kind: 'ordinary', reason: '', name: '林小雨', contract: who.lines[0]?.identifiers.msisdn ?? '', when: 'day', ends, email: 'somebody@mail.example' });
  expect(words(one)).toContain(say('statement.ends-not-possible'));
  const reference = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]/.exec(words(one))?.[0] ?? '';
  expect((await mailOn(served, 'somebody@mail.example', new RegExp(reference))).text).toContain('您写的日子算数');
  await eventually('its line was looked for', async () => (await served.story.rows(`select 1 from statements where reference = $1 and cancellation_id is not null`, [reference])).length > 0);
  return reference;
};
const moneyOf = async (number: string) => (await served.story.rows<{ lines: { what: string; amount: { minor: number }; to?: string }[] }>(`select plan -> 'money' as lines from cancellations where application_number = $1`, [number]))[0]?.lines.map(({ what, amount, to }) => [what, amount.minor, to]);

describe('N3 P1 a day before the review can end', () => {
  it('N3 P1 stands as it was declared, although its owner proves it after that day and the review ends later still: billed to it and no longer', async () => {
    const reference = await declare(declares, '2026-11-26');
    await served.story.pass(days(4)); // Saturday, the 28th: the day is over
    const one = await signIn(served, declares);
    await toPreparation(one);
    await solveAll(one);
    await one.submit('/cancel');
    const field = one.page().root.querySelector('input[name=endsOn]');
    expect([field?.getAttribute('value'), words(one).includes('写哪天就是哪天，审核再久也不推迟')]).toEqual(['2026-11-26', true]);
    await one.submit('/application', await answersOf(declares));
    await one.submit('/consequences', { acknowledged: acknowledgements(one) });
    expect(pathOf(one)).toMatch(/\/check$/);
    for (const said of ['11月26日（周四）', say('ends.before-review'), 'US$26.00']) expect(words(one)).toContain(said); // 26 of 30 days
    await one.submit('/check');
    expect(pathOf(one)).toBe(`/cases/${reference}/receipt`);
    expect(words(one)).toContain(say('ends.before-review'));
    const shown = await moneyOf(reference);
    expect(shown?.[0]).toEqual(['running-month', 2600, '2026-11-26']);
    expect((await mailOn(served, declares.person.email ?? '', /已收到/)).text).toContain('最后一天是2026年11月26日');
    await approve(served.story.signoff.desk, await reviewerOf(served.story), reference);
    await comesTo(served, reference, 'cancelled');
    expect(await moneyOf(reference)).toEqual(shown);
    expect((await entriesOf(served.story, reference))['settled']).toEqual({ cash: 2600, revenue: -2600 });
    expect(await served.story.rows(`select ends_on::text as ends from cancellations where application_number = $1`, [reference])).toEqual([{ ends: '2026-11-26' }]);
  });

  it('N3 P1 a day that is over when it arrives: the day of arrival, the earliest that the law allows, said on form, receipt and by mail', async () => {
    const one = await signIn(served, signedIn);
    await toPreparation(one);
    await solveAll(one);
    await one.submit('/cancel');
    await one.submit('/application', { ...(await answersOf(signedIn)), endsOn: '2026-11-01' });
    await one.submit('/consequences', { acknowledged: acknowledgements(one) });
    const why = '您写的是11月1日（周日）。声明送达时那天已经过去，所以按法律允许的最早一天：11月28日（周六）。';
    expect(words(one)).toContain(why);
    await one.submit('/check');
    expect(pathOf(one)).toMatch(/\/receipt$/);
    expect(words(one)).toContain(why);
    expect((await mailOn(served, signedIn.person.email ?? '', /已收到/)).text).toContain('您写的是2026年11月1日（周日），送达时那天已经过去，这是法律允许的最早一天');
    const number = /\/cases\/([0-9A-Z-]+)\/receipt/.exec(pathOf(one))?.[1] ?? '';
    await one.visit(one.page().url.replace('/receipt', ''));
    expect(words(one)).toContain(why);
    expect([await stateOf(served, number), await moneyOf(number)]).toEqual(['reviewing', [['running-month', 2800, '2026-11-28'], ['collect', 2800, undefined]]]);
  });

  it('N3 a draft that its owner had begun takes the day that was declared, and keeps what was typed', async () => {
    const one = await signIn(served, drafted);
    await toPreparation(one);
    await solveAll(one);
    await one.submit('/cancel');
    await one.submit('/application', { ...(await answersOf(drafted)), name: '林小九十二' });
    await declare(drafted, '2026-11-30');
    await one.visit(`${served.root()}/`);
    await one.visit(one.link(/\/lines\/[^/]+\/cancel$/));
    await one.visit(`${one.page().url}/application`);
    expect(['name', 'endsOn'].map((field) => one.page().root.querySelector(`input[name=${field}]`)?.getAttribute('value'))).toEqual(['林小九十二', '2026-11-30']);
  });

  it('N3 P1 a day further ahead than the law’s data let one name is told at the field', async () => {
    const one = await signIn(served, drafted);
    await one.visit(one.link(/\/lines\/[^/]+\/cancel$/));
    await one.visit(`${one.page().url}/application`);
    await one.submit('/application', { ...(await answersOf(drafted)), endsOn: '2029-01-01' });
    expect(one.page().root.querySelector('#endsOn-fault')?.text).toBe(say('field.endsOn.too-late'));
  });
});
