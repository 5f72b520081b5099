/** When service ends and when billing does: chosen by the subscriber, or with the paid month. From Tuesday, 24 November 2026. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { approve } from '../../src/desk/review-case.ts';
import { preview } from '../../src/desk/preview.ts';
import { seeStatus } from '../../src/desk/status.ts';
import { submit } from '../../src/desk/submit.ts';
import { withdraw } from '../../src/desk/withdraw.ts';
import { comesTo, fillIn, reviewerOf, type Applicant } from '../apply.ts';
import { brand, eventually } from '../harness.ts';
import { entriesOf } from './money-setting.ts';
import { acknowledgements, answersOf, inbox, pathOf, person, says, serve, signIn, solveAll, toPreparation, words, type Served } from './up-setting.ts';

const say = says('zh-CN');
const month = { feeMinor: 3000, from: '2026-11-01', to: '2026-11-30' };
const chooser = person('80', { line: { month } });
const waverer = person('81', { line: { month } });
const waiter = person('82', { line: { month } });

let served: Served;
beforeAll(async () => {
  served = await serve({
    also: [chooser, waverer, waiter],
    change: (pack) => ({
      ...pack, settlement: { ...pack.settlement, period: 'by-days' }, recoverableDays: 2, review: { ...pack.review, workingDays: { least: 1, most: 3 } },
      end: { service: 'chosen-day', billing: 'with-service', chosen: { earliestDays: 1, latestDays: 60 } },
    }),
  });
});
afterAll(() => served?.close());

const faultAt = (one: { page(): { root: { querySelector(at: string): { text: string } | null } } }, field: string): string => one.page().root.querySelector(`#${field}-fault`)?.text ?? '';
const applicant = async (digits: string, of: typeof chooser): Promise<Applicant> => {
  const [line] = await served.story.rows<{ id: string; subscriber_id: string }>(`select id, subscriber_id from lines where billing_ref = $1`, [`B-1001${digits}`]);
  return { who: { brand, subscriberId: line?.subscriber_id ?? '' }, lineId: line?.id ?? '', person: { name: of.person.name, email: of.person.email ?? '', phone: '' } };
};
const lineStatus = async (digits: string): Promise<string> => (await served.story.rows<{ status: string }>(`select status from lines where billing_ref = $1`, [`B-1001${digits}`]))[0]?.status ?? '';
const until = (instant: string): Promise<void> => served.story.pass(Date.parse(instant) - served.story.clock.now().getTime());

describe('P1 the day that its subscriber chose', () => {
  let number = '';
  test('P1 within the bounds that the page names, and no earlier than the review is over; wrong days are said at the field', async () => {
    const one = await signIn(served, chooser);
    await toPreparation(one);
    await solveAll(one);
    await one.submit('/cancel');
    const answers = await answersOf(chooser);
    expect(words(one)).toContain('可选11月27日（周五）到2027年1月23日（周六）。更早不行：审核最晚那天才结束。');
    for (const [day, fault] of [['2026-11-26', 'too-early'], ['2027-01-24', 'too-late'], ['2026-02-30', 'not-valid']] as const) {
      await one.submit('/application', { ...answers, endsOn: day });
      expect(faultAt(one, 'endsOn')).toBe(say(`field.endsOn.${fault}`));
    }
    await one.submit('/application', { ...answers, endsOn: '2026-12-10' });
    await one.submit('/consequences', { acknowledged: acknowledgements(one) });
    expect(pathOf(one)).toMatch(/\/check$/);
    const day = '12月10日（周四）';
    for (const said of [say('ends.title'), `${day}，您选的日子`, `月费，算到${day}`, 'US$39.67']) expect(words(one)).toContain(said);
    await one.submit('/check');
    number = /\/cases\/([0-9A-Z-]+)\/receipt/.exec(pathOf(one))?.[1] ?? '';
    expect(words(one)).toContain(`${day}，您选的日子 ${say('ends.says')}`);
    await one.visit(one.page().url.replace('/receipt', ''));
    expect(words(one)).toContain(`${day}，您选的日子`);
  });

  test('P1 P3 the line works until midnight of that day, is barred only then, and nothing is executed before; charged is what was shown', async () => {
    const approved = await approve(served.story.signoff.desk, await reviewerOf(served.story), number);
    expect(approved.ok).toBe(true);
    await comesTo(served.story, number, 'scheduled');
    const mail = await eventually('the approval was mailed', async () => inbox(served, chooser.person.email ?? '').mail.find(({ subject }) => subject.startsWith('审核通过')));
    expect(mail.text).toContain('12月13日（周日）00:00');
    await until('2026-12-10T15:59:30Z'); // 23:59:30 in Shanghai
    expect([await served.story.rows(`select state from cancellations where application_number = $1`, [number]), await lineStatus('80')]).toEqual([[{ state: 'scheduled' }], 'active']);
    await until('2026-12-10T16:00:05Z');
    await comesTo(served.story, number, 'recoverable');
    await eventually('the line is barred', async () => (await lineStatus('80')) === 'barred');
    await until('2026-12-12T15:59:00Z');
    expect(await served.story.rows(`select state, ends_on from cancellations where application_number = $1`, [number])).toEqual([{ state: 'recoverable', ends_on: '2026-12-10' }]);
    await until('2026-12-12T16:00:05Z');
    await comesTo(served.story, number, 'cancelled');
    const { who } = await applicant('80', chooser);
    const money = (await seeStatus(served.story.signoff.desk, who, number))?.money;
    expect(money?.map(({ what, amount, to }) => [what, amount.minor, to])).toEqual([['running-month', 3967, '2026-12-10'], ['collect', 3967, undefined]]);
    expect((await entriesOf(served.story, number))['settled']).toEqual({ cash: 3967, revenue: -3967 });
  });
});

test('P1 P2 withdrawn before that day, nothing was ever switched off; left empty it ends as soon as it is approved', async () => {
  const { desk } = served.story.signoff;
  const one = await applicant('81', waverer);
  await fillIn(served.story, one);
  const plain = await preview(desk, one.who, one.lineId);
  expect([plain?.ends, plain?.money.find(({ what }) => what === 'running-month')?.to]).toEqual([undefined, '2026-11-30']);
  const sent = await submit(desk, one.who, one.lineId);
  if (!sent.ok) throw new Error(sent.why.kind);
  await approve(desk, await reviewerOf(served.story), sent.value.applicationNumber);
  await comesTo(served.story, sent.value.applicationNumber, 'recoverable'); // barred at once: there is no day to wait for
  expect((await withdraw(desk, one.who, sent.value.applicationNumber)).ok).toBe(true);
});
