/** A refund as its subscriber sees it and as the desk mends it, through the pages that they use. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isInOrder } from '../../src/desk/check-ledger.ts';
import { mendRefund } from '../../src/desk/mend-refund.ts';
import { visitor, type Visitor } from '../../src/demo/visitor.ts';
import { followRefunds } from '../../src/execution/follow-refunds.ts';
import { prepare } from '../apply.ts';
import { addAgent } from './channels-setting.ts';
import { booksOf, brands, chooses, paidBack, passTheDay, payer, send, type Payer } from './money-setting.ts';
import { codeFor, comesTo, eventually, inbox, mailOn, pathOf, reviewer, says, serve, signIn, words, come, type Served } from './up-setting.ts';

const say = says('zh-CN');
const colleague = { email: 'second-agent@ultra-purple.example', password: 'six-kites-over-the-dyke' };
let served: Served;
let other: Payer;
let lin: Payer;
beforeAll(async () => {
  served = await serve({ brands });
  other = await payer(served.story, chooses, 'B-100178'); // credit 12.50
  lin = await payer(served.story, chooses, 'B-100142');
  await addAgent(served.story, chooses, '客服 乙', colleague);
});
afterAll(() => served?.close());

const owner = () => {
  const found = served.story.dataOf(chooses).subscribers.find(({ lines }) => lines.some(({ billingRef }) => billingRef === other.ref));
  if (found === undefined) throw new Error('nobody has that line');
  return found;
};
const payment = (refunds: 'sent' | 'failed' | 'done', ref = `pay-${other.ref}`) => served.story.simulator.seed({ payments: [{ ref, currency: 'USD', paidMinor: 1250, refunds }] });
const inOrder = async (): Promise<boolean> => isInOrder(await booksOf(served.story));
const refunds = () => served.story.rows<{ state: string; key: string; payment_ref: string }>(`select state, key, payment_ref from refunds where line_id = $1 order by requested_at`, [other.lineId]);
/** By number and code: with the last line the way in by password may be closed. */
const look = async (number: string): Promise<Visitor> => {
  const one = await come(served, '/status', 'zh-CN', chooses);
  const to = owner().person.email ?? '';
  const before = inbox(served, to).mail.length;
  await one.submit('/status', { number });
  await eventually('a mail more', async () => (inbox(served, to).mail.length > before ? true : undefined));
  await one.submit('/status/code', { code: /\b\d{8}\b/.exec(inbox(served, to).mail.at(-1)?.text.replaceAll(number, '') ?? '')?.[0] ?? await codeFor(served, to) });
  expect(pathOf(one)).toBe(`/cases/${number}`);
  return one;
};
const atDesk = async (who?: typeof colleague): Promise<Visitor> => {
  if (who === undefined) return reviewer(served, 0, chooses);
  const one = visitor(`${served.root(chooses)}/console`, 'zh-CN');
  await one.visit(`${served.root(chooses)}/console/sign-in`);
  await one.submit('/sign-in', who);
  return one;
};

describe('UU8 EC11 P5 a refund', () => {
  let number: string;
  let failedId: string;

  test('UU8 EC11 P5 stands on the status from receipt on: amount, where to, by when and why; ordered, sent', async () => {
    await payment('sent');
    number = await send(served.story, other, { creditChoice: 'refund' });
    const one = await signIn(served, owner(), chooses);
    await one.visit(`${served.root(chooses)}/cases/${number}`);
    for (const said of [say('refund.planned'), say('refund.to.payment'), say('refund.due-after', { days: 3 }), '9.50']) expect(words(one)).toContain(said);
    await passTheDay(served.story);
    await comesTo(served, number, 'cancelled');
    const after = await look(number);
    expect(words(after)).toContain(say('refund.sent'));
    expect(words(after)).toMatch(/11月30日（周一）之前汇出|之前汇出.*工作日/);
    expect(words(after)).toContain('第3个工作日'); // the policy's days, reckoned on its calendar
    const file = await after.download(`${served.root(chooses)}/cases/${number}/record.zip`);
    expect(file.status).toBe(200);
    expect(file.contents.includes('refund.json')).toBe(true);
  });

  test('UU8 EC11 P5 N7 it comes back: its subscriber is told and sees it, it is owed again, and the desk has it listed', async () => {
    await payment('failed');
    await followRefunds(served.story.signoff.execution);
    await followRefunds(served.story.signoff.execution);
    const told = await mailOn(served, owner().person.email ?? '', /退款没有成功/);
    expect(told.text).toContain('9.50');
    expect(told.text).toContain('这笔钱仍然是您的');
    expect(told.text).toMatch(/已于.*注销/);
    expect(words(await look(number))).toContain(say('refund.failed'));
    expect(inbox(served, owner().person.email ?? '').mail.filter(({ subject }) => subject.includes('退款没有成功'))).toHaveLength(1);
    expect(await inOrder()).toBe(true);

    const desk = await atDesk();
    await desk.visit(desk.link(/\/refunds$/));
    expect(words(desk)).toContain(number);
    failedId = /\/refunds\/([\w-]{36})$/.exec(desk.page().root.querySelector('form[action*="/refunds/"]')?.getAttribute('action') ?? '')?.[1] ?? '';
    await desk.submit(`/refunds/${failedId}`, { [`elsewhere-${failedId}`]: '不是编号' }, { name: 'act', value: 'elsewhere' });
    expect(desk.page().status).toBe(422);
    const auditor = await reviewer(served, 2, chooses);
    await auditor.visit(`${served.root(chooses)}/console/refunds`);
    expect(auditor.page().status).toBe(403);
  });

  test('UU8 EC11 P5 N7 mended by two agents at once, to a new destination: ordered once, its reply lost, and paid once', async () => {
    await payment('done', 'pay-named-instead');
    const [one, two] = [await atDesk(), await atDesk(colleague)];
    for (const desk of [one, two]) await desk.visit(`${served.root(chooses)}/console/refunds`);
    await served.story.simulator.addFault({ system: 'payouts', operation: 'refund', fault: 'drop-reply' });
    const named = { [`elsewhere-${failedId}`]: 'pay-named-instead' };
    await Promise.all([one, two].map((desk) => desk.submit(`/refunds/${failedId}`, named, { name: 'act', value: 'elsewhere' })));
    expect([one, two].map((desk) => desk.page().status).toSorted()).toEqual([200, 409]);
    await eventually('it may have been sent', async () => (await refunds()).some(({ state }) => state === 'unknown') || undefined);
    await served.story.pass(10_000);
    await eventually('it is read back', async () => (await refunds()).some(({ state, payment_ref }) => state === 'done' && payment_ref === 'pay-named-instead') || undefined);
    expect((await refunds()).map(({ state }) => state)).toEqual(['failed', 'done']);
    const sent = served.story.simulator.effects().filter(({ effect, subject }) => effect === 'refunded' && subject === 'pay-named-instead');
    expect(sent.map(({ detail }) => detail?.['amountMinor'])).toEqual([950]);
    expect((await mailOn(served, owner().person.email ?? '', /退款已办妥/)).text).toContain('9.50');
    const after = await look(number);
    for (const said of [say('refund.arrived'), say('refund.to.named')]) expect(words(after)).toContain(said);
    expect(await inOrder()).toBe(true);
    await one.visit(`${served.root(chooses)}/console/refunds`);
    expect(words(one)).not.toContain(number);
    const journal = await served.story.rows<{ facts: { by: string; elsewhere: boolean } }>(`select facts from journal j join cancellations c on c.id = j.cancellation_id where c.application_number = $1 and event = 'refund-again'`, [number]);
    expect(journal.map(({ facts }) => facts.elsewhere)).toEqual([true]);
  });
});

test('P5 N7 refused by the provider, the cancellation waits; repeated from the list it goes on, and is paid once', async () => {
  await served.story.simulator.clearFaults();
  await served.story.simulator.addFault({ system: 'payouts', operation: 'refund', fault: 'refuse', code: 'not-allowed' });
  await prepare(served.story, { ...lin, person: { name: '', email: '', phone: '' } });
  const number = await send(served.story, lin, { creditChoice: 'refund' });
  await passTheDay(served.story);
  await comesTo(served, number, 'stalled');
  const desk = await atDesk(colleague);
  await desk.visit(`${served.root(chooses)}/console/refunds`);
  expect(words(desk)).toContain('注销停在这一步');
  await served.story.simulator.clearFaults();
  const form = desk.page().root.querySelector('form[action*="/refunds/"]')?.getAttribute('action') ?? '';
  await desk.submit(form.split('/console')[1] ?? '', {}, { name: 'act', value: 'repeat' });
  expect(words(desk)).toContain(number);
  await comesTo(served, number, 'cancelled');
  expect(paidBack(served.story, lin.ref)).toEqual([420]);
  expect(await inOrder()).toBe(true);
});

test('P5 N7 what failed by our record and is paid by the provider’s is not sent again: people are called', async () => {
  const [row] = await served.story.rows<{ id: string; brand: string }>(`select id, brand from refunds where line_id = $1`, [lin.lineId]);
  await served.story.rows(`update refunds set state = 'failed', changed_at = now() where id = $1`, [row?.id]);
  const staff = (await served.story.rows<{ id: string }>(`select id from staff where brand = $1 and roles = '{agent}'`, [chooses]))[0]?.id ?? '';
  expect((await mendRefund(served.story.signoff.desk, { brand: chooses, staffId: staff }, row?.id ?? '')).ok).toBe(true);
  await eventually('people are called', async () => served.story.alarms.some((one) => JSON.stringify(one).includes('paid after all')) || undefined);
  expect(paidBack(served.story, lin.ref)).toEqual([420]);
});
