/** UU8 A policy that demands a zero balance before cancelling, and offers nothing else: spent first, whatever way somebody tries. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Visitor } from '../../src/demo/visitor.ts';
import { book, move } from '../../src/store/ledger.ts';
import { checkLedger, isInOrder } from '../../src/desk/check-ledger.ts';
import type { Pack } from '../../src/policy/pack.ts';
import { acknowledgements, answersOf, comesTo, decide, hasForm, pathOf, serve, signIn, stateOf, words, type Served } from './up-setting.ts';

const demands = 'spend-first';
const spend = { 'zh-CN': '请先把余额用完。', 'zh-TW': '請先把餘額用完。', en: 'Please use up your balance first.' };
const zero = (pack: Pack): Pack => ({
  ...pack, settlement: { ...pack.settlement, credit: 'zero-demanded', choices: [], cleanUpFeeMinor: 0 }, examples: [],
  eligibility: [{ id: 'credit-left', when: { credit: 'some' }, answer: 'not-yet', remedy: 'use-credit', because: spend }, ...pack.eligibility.slice(-1)],
  preparation: pack.preparation.map((item) => ({ ...item, required: false })),
});

let served: Served;
let one: Visitor;
let lineId: string;
beforeAll(async () => { served = await serve({ brands: { [demands]: zero } }); });
afterAll(() => served?.close());

const who = () => served.story.dataOf(demands).subscribers[0] ?? (() => { throw new Error('nobody'); })();
const credit = async (): Promise<number> => (await served.story.rows<{ credit: number }>(`select credit_minor::int as credit from lines where id = $1`, [lineId]))[0]?.credit ?? 0;
/** What the operator's own systems do and book when something is bought with credit; less than nothing is a top-up. */
const bought = async (minor: number, key: string): Promise<void> => {
  await served.story.signoff.desk.db.inBrand(demands, (tx) => book(tx, [{
    brand: demands, at: served.story.clock.now(), cause: 'bill-paid', key, currency: 'USD', postings: move(minor, 'subscriber-credit', 'revenue', lineId),
  }]));
  await served.story.simulator.seed({ lines: [{ ref: `${demands}-B-100178`, currency: 'USD', owedMinor: 0, creditMinor: await credit() }] });
};
const cases = () => served.story.rows<{ state: string }>(`select state from cancellations where line_id = $1`, [lineId]);

test('UU8 what is left, and that it has to be spent first, stands before anything else; no button and no address goes past it', async () => {
  one = await signIn(served, who(), demands);
  lineId = (await served.story.rows<{ id: string }>(`select id from lines where billing_ref = $1`, [`${demands}-B-100178`]))[0]?.id ?? '';
  await one.visit(`${served.root(demands)}/lines/${lineId}/cancel`);
  expect(await credit()).toBeGreaterThan(0);
  expect(words(one)).toContain(spend[who().language]);
  expect(words(one)).toMatch(/12\.50/);
  expect(hasForm(one, '/cancel')).toBe(false);
  for (const page of ['application', 'consequences', 'check']) {
    await one.visit(`${served.root(demands)}/lines/${lineId}/cancel/${page}`);
    expect(pathOf(one)).toBe(`/lines/${lineId}/cancel`);
  }
  expect(await cases()).toEqual([]);
});

test('UU8 spent, it goes on; topped up again before the last button, it is not sent, and says why', async () => {
  await bought(await credit(), 'spent');
  expect(await credit()).toBe(0);
  await one.visit(`${served.root(demands)}/lines/${lineId}/cancel`);
  expect(words(one)).not.toContain(spend[who().language]);
  await one.submit('/cancel');
  await one.submit('/application', await answersOf(who()));
  await one.submit('/consequences', { acknowledged: acknowledgements(one) });
  expect(pathOf(one)).toMatch(/\/check$/);
  await bought(-500, 'topped-up');
  await one.submit('/check');
  expect(words(one)).toContain(spend[who().language]);
  expect(await cases()).toEqual([{ state: 'draft' }]);
});

test('UU8 at zero it is sent and comes to its end; nothing is paid back, nothing is lost, and the books agree', async () => {
  await bought(500, 'spent-again');
  await one.visit(`${served.root(demands)}/lines/${lineId}/cancel/check`);
  await one.submit('/check');
  const number = /^\/cases\/([0-9A-Z-]+)\/receipt$/.exec(pathOf(one))?.[1] ?? '';
  expect(await stateOf(served, number)).toBe('reviewing');
  await decide(served, number, { move: 'approve' }, 0, demands);
  await served.story.pass(8 * 86_400_000);
  await comesTo(served, number, 'cancelled');
  expect(await served.story.rows(`select 1 from refunds where line_id = $1`, [lineId])).toEqual([]);
  expect(await served.story.rows(`select 1 from ledger_postings where line_id = $1 and account = 'forfeited'`, [lineId])).toEqual([]);
  const report = await checkLedger(served.story.signoff.desk, served.story.signoff.execution.ports.payouts);
  expect(report.findings.filter((finding) => JSON.stringify(finding).includes(lineId))).toEqual([]);
  expect(isInOrder(report)).toBe(true);
});
