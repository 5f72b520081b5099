/** Service and billing that end with the paid month, without a waiting time behind it. From Tuesday, 24 November 2026. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { preview } from '../../src/desk/preview.ts';
import { seeStatus } from '../../src/desk/status.ts';
import { submit } from '../../src/desk/submit.ts';
import { comesTo, fillIn, stateOf } from '../apply.ts';
import { brand, eventually, openStory, type Story } from '../harness.ts';
import { person } from './up-setting.ts';
import { inboxOf } from '../../src/simulator/inbox.ts';

const who = person('83', { language: 'en', line: { month: { feeMinor: 3000, from: '2026-11-01', to: '2026-11-30' } } });
let story: Story;
beforeAll(async () => {
  story = await openStory({
    also: [who],
    change: (pack) => ({ ...pack, settlement: { ...pack.settlement, period: 'by-days' }, recoverableDays: 0, identity: { ...pack.identity, level: 'basic' }, review: { ...pack.review, reviewers: 0 }, end: { service: 'end-of-term', billing: 'end-of-term' } }),
  });
});
afterAll(() => story?.stop());

test('P1 ES6 the month is paid to its end and used to its end; a last notice says that the line works until then; nothing is executed before', async () => {
  const { desk } = story.signoff;
  const [line] = await story.rows<{ id: string; subscriber_id: string }>(`select id, subscriber_id from lines where billing_ref = 'B-100183'`);
  const one = { who: { brand, subscriberId: line?.subscriber_id ?? '' }, lineId: line?.id ?? '', person: { name: who.person.name, email: who.person.email ?? '', phone: '' } };
  await fillIn(story, one);
  const shown = await preview(desk, one.who, one.lineId);
  const end = new Date('2026-11-30T16:00:00Z'); // the end of the 30th in Shanghai
  expect([shown?.ends, shown?.effective, shown?.money.map(({ what, amount, to }) => [what, amount.minor, to])]).toEqual([
    { lastDay: '2026-11-30', why: 'end-of-term' }, { earliest: end, latest: end }, [['running-month', 3000, '2026-11-30'], ['collect', 3000, undefined]],
  ]);
  const sent = await submit(desk, one.who, one.lineId);
  if (!sent.ok) throw new Error(sent.why.kind);
  const number = sent.value.applicationNumber;
  const until = (instant: string): Promise<void> => story.pass(Date.parse(instant) - story.clock.now().getTime());
  expect([await stateOf(story, number), (await seeStatus(desk, one.who, number))?.ends]).toEqual(['scheduled', { lastDay: '2026-11-30', why: 'end-of-term' }]);
  await until('2026-11-29T16:00:05Z');
  const last = await eventually('the last notice', async () => inboxOf(story.simulator.effects(), who.person.email ?? '').mail.find(({ subject }) => subject.startsWith('Last notice')));
  expect(last.text).toContain('The line is not cancelled yet; it will be from');
  expect(last.text).not.toContain('switched off');
  await until('2026-11-30T15:59:00Z');
  expect(await stateOf(story, number)).toBe('scheduled');
  await until('2026-11-30T16:00:05Z');
  await comesTo(story, number, 'cancelled');
  expect((await seeStatus(desk, one.who, number))?.money).toEqual(shown?.money);
});
