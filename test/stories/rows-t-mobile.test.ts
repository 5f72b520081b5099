/** EC9 EC11 On T-Mobile, under its own policy: what is left goes to another line of the same person. Nobody reviews, one mail confirms; while it can be had back nothing moves, and had back nothing has. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { visitor, type Visitor } from '../../src/demo/visitor.ts';
import { checkLedger, isInOrder } from '../../src/desk/check-ledger.ts';
import { enter, openRows, root, sendAs, walkTo, type Rows, type System } from './rows-setting.ts';
import { comesTo, eventually, inbox, pathOf, says, words } from './up-setting.ts';

const say = says('zh-CN');
const day = 86_400_000;
let rows: Rows;
let card: System;
let other: System['line'];
beforeAll(async () => {
  rows = await openRows(['us-e-card-t-mobile']);
  const system = rows.system('us-e-card-t-mobile');
  card = { ...system, subscriber: { ...system.subscriber, credit: 'transfer' } };
  const [, second] = system.subscriber.lines;
  if (second === undefined) throw new Error('no second card');
  other = second;
});
afterAll(() => rows?.served.close());

const creditOf = async (ref: string): Promise<number | undefined> => (await rows.served.story.rows<{ credit: number }>(`select credit_minor::int as credit from lines where billing_ref = $1`, [ref]))[0]?.credit;
const moved = (): unknown[] => rows.served.story.simulator.effects().flatMap(({ system, detail }) => (system === 'billing' ? detail?.['transfer'] ?? [] : []));
const refunds = (): Promise<object[]> => rows.served.story.rows(`select 1 from refunds`);
const confirm = async (number: string): Promise<void> => {
  const path = await eventually('a link', async () => inbox(rows.served, card.subscriber.person.email ?? '').mail.filter(({ text, subject }) => `${subject} ${text}`.includes(number)).flatMap(({ text }) => /\/us-e-card\/confirm\/[\w-]{43}/.exec(text)?.[0] ?? [])[0]);
  const mailed = visitor(root(rows, card), 'zh-CN');
  await mailed.visit(rows.served.origin + path);
  await mailed.submit(path);
  await comesTo(rows.served, number, 'recoverable');
  await eventually('it is off', async () => (await rows.served.story.rows(`select 1 from lines where id = $1 and status = 'barred'`, [card.lineId])).length === 1);
};
const statusOf = async (number: string): Promise<Visitor> => {
  const one = await enter(rows, card);
  await one.visit(`${root(rows, card)}/cases/${number}`);
  return one;
};

test('EC11 the bill paid, its policy offers to pay back or to move what the running month leaves; only a number of one’s own is taken, and the last look names it', async () => {
  const one = await enter(rows, card);
  await walkTo(rows, card, one, /\/cancel\/credit$/);
  expect(one.page().root.querySelectorAll('input[name=creditChoice]').map((each) => each.getAttribute('value'))).toEqual(['refund', `transfer ${other.identifiers.msisdn}`]);
  expect(words(one)).toContain('15.00'); // 40.00 less the month of 25.00, which is charged to its end
  await one.submit('/credit', { creditChoice: 'transfer +12125550142' });
  expect([pathOf(one), words(one)]).toEqual([expect.stringMatching(/\/cancel\/credit$/), expect.stringContaining(say('field.transferTo.unknown'))]);
  await walkTo(rows, card, one, /\/cancel\/check$/);
  expect(words(one)).toContain(say('money.transfer'));
  expect(words(one)).toMatch(/15\.00.*206[ -]555[ -]0178/);
});

test('EC9 EC11 confirmed it is off, and nothing has moved yet; had back, the balance is where it was', async () => {
  const first = await sendAs(rows, card, await enter(rows, card));
  await confirm(first);
  await rows.served.story.pass(day);
  expect([await creditOf(card.line.billingRef), await creditOf(other.billingRef), moved(), await refunds()]).toEqual([4000, 0, [], []]);
  const one = await statusOf(first);
  await one.visit(one.link(/\/withdraw$/));
  await one.submit('/withdraw');
  expect(words(one)).toContain(say('status.withdrawn'));
  await eventually('it is on again', async () => (await rows.served.story.rows(`select 1 from lines where id = $1 and status = 'active'`, [card.lineId])).length === 1);
  expect([await creditOf(card.line.billingRef), await creditOf(other.billingRef), moved(), await refunds()]).toEqual([4000, 0, [], []]);
});

test('EC9 EC11 asked again and left to its 30 days: moved once, at billing, on the other line and in the books; nothing is paid back, and the page says where it went', async () => {
  const number = await sendAs(rows, card, await enter(rows, card));
  await confirm(number);
  await rows.served.story.pass(29 * day);
  expect([moved(), await creditOf(other.billingRef)]).toEqual([[], 0]);
  await rows.served.story.pass(day + 1000);
  await comesTo(rows.served, number, 'cancelled');
  const [shown] = await rows.served.story.rows<{ money: { what: string; amount: { minor: number } }[] }>(`select plan -> 'money' as money from cancellations where application_number = $1`, [number]);
  const minor = shown?.money.find(({ what }) => what === 'transfer')?.amount.minor ?? 0;
  expect(minor).toBe(1500);
  expect(moved()).toEqual([{ toRef: other.billingRef, minor }]);
  expect([await creditOf(card.line.billingRef), await creditOf(other.billingRef), await refunds()]).toEqual([0, minor, []]);
  const billing = await rows.served.story.signoff.desk.billing.read(other.billingRef, { key: 'r', signal: AbortSignal.timeout(5000) });
  expect(billing).toMatchObject({ kind: 'done', fact: { creditMinor: minor } });
  expect(isInOrder(await checkLedger(rows.served.story.signoff.desk, rows.served.story.signoff.execution.ports.payouts))).toBe(true);
  const one = await statusOf(number);
  expect(words(one)).toContain(say('money.transfer'));
  expect(words(one)).toContain((minor / 100).toFixed(2));
  await one.visit(`${root(rows, card)}/`);
  expect(words(one)).toContain(other.identifiers.msisdn.slice(-4));
});
