import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seeCredit } from '../../src/desk/credit.ts';
import { payBill, seePreparation } from '../../src/desk/prepare.ts';
import { preview } from '../../src/desk/preview.ts';
import { isInOrder } from '../../src/desk/check-ledger.ts';
import { resume } from '../../src/desk/resume.ts';
import { seeStatus } from '../../src/desk/status.ts';
import { submit } from '../../src/desk/submit.ts';
import { withdraw } from '../../src/desk/withdraw.ts';
import { followRefunds } from '../../src/execution/follow-refunds.ts';
import { ledgerLines } from '../../src/cli/ledger-command.ts';
import { comesTo, stepsOf } from '../apply.ts';
import { days, eventually, hours, type Story } from '../harness.ts';
import { booksOf, chooses, draftOf, entriesOf, forfeits, openMoneyStory, paidBack, passTheDay, payer, refundOf, send, type Payer } from './money-setting.ts';

let story: Story;
let lin: Payer;
let other: Payer;
beforeEach(async () => {
  story = await openMoneyStory();
  lin = await payer(story, chooses, 'B-100142');   // credit 4.20, a bill of 6.90, three devices
  other = await payer(story, chooses, 'B-100178'); // credit 12.50, one device
});
afterEach(() => story?.stop());

const creditOf = async ({ lineId }: Payer): Promise<number> => Number((await story.rows<{ credit_minor: string }>(`select credit_minor from lines where id = $1`, [lineId]))[0]?.credit_minor);
const order = async (): Promise<void> => {
  const report = await booksOf(story);
  expect({ findings: report.findings, refunds: report.refunds.filter(({ verdict }) => verdict !== 'agrees' && verdict !== 'open') }).toEqual({ findings: [], refunds: [] });
};
const reviewer = async () => ({ brand: chooses, staffId: (await story.rows<{ id: string }>(`select id from staff where brand = $1 and 'agent' = any(roles)`, [chooses]))[0]?.id ?? '' });

describe('credit that goes back', () => {
  it('UP9 UU8 EC11 P3 P4 N7 is refunded to its payment once, booked, and the books agree with the provider', async () => {
    await draftOf(story, other, { creditChoice: 'refund' });
    const shown = await preview(story.signoff.desk, other.who, other.lineId);
    expect(shown?.money.map(({ what, amount }) => [what, amount.minor])).toEqual([['clean-up-fee', 300], ['credit', 1250], ['refund', 950]]);
    expect(shown?.steps).toContain('refund-credit');
    const number = await send(story, other, { creditChoice: 'refund' });
    await passTheDay(story);
    await comesTo(story, number, 'cancelled');
    expect(paidBack(story, other.ref)).toEqual([950]);
    expect(await refundOf(story, other.lineId)).toMatchObject({ state: 'done', amount_minor: 950, provider_ref: expect.stringMatching(/^re-/) });
    expect(await entriesOf(story, number)).toEqual({
      settled: { 'subscriber-credit': 1250, revenue: -300, 'refunds-due': -950 },
      'refund-sent': { 'refunds-due': 950, cash: -950 },
    });
    expect(await creditOf(other)).toBe(0);
    expect((await seeStatus(story.signoff.desk, other.who, number))?.money).toEqual(shown?.money);
    await order();
    const lines = ledgerLines(await booksOf(story));
    expect(lines.at(-1)).toMatch(/^✓ \d+ entries; every one balances.*1 of 1 refunds agree/);
    expect(lines.join('\n')).not.toMatch(/2025550|@|林晓雨/);
  });

  it('P5 N7 a refund whose reply is lost is read back by its key, and never paid twice', async () => {
    const number = await send(story, other, { creditChoice: 'refund' });
    await story.simulator.addFault({ system: 'payouts', operation: 'refund', fault: 'drop-reply' });
    await passTheDay(story);
    await eventually('the refund is unknown', async () => (await refundOf(story, other.lineId))?.state === 'unknown');
    expect(isInOrder(await booksOf(story))).toBe(true); // owed still, and on record as such
    await story.pass(5_000);
    await comesTo(story, number, 'cancelled');
    expect(paidBack(story, other.ref)).toEqual([950]);
    expect((await stepsOf(story, number)).find(({ name }) => name === 'refund-credit')).toMatchObject({ state: 'done', attempts: 1 });
    expect((await refundOf(story, other.lineId))?.state).toBe('done');
    await order();
  });

  it('P5 N7 a provider that is down is asked again; one that refuses calls people, also when the promised day is over, and the money goes out when it is mended', async () => {
    const number = await send(story, other, { creditChoice: 'refund' });
    await story.simulator.addFault({ system: 'payouts', fault: 'down' });
    await passTheDay(story);
    await eventually('it was tried', async () => (await stepsOf(story, number)).some(({ name, outcome }) => name === 'refund-credit' && outcome?.kind === 'unreachable'));
    expect((await refundOf(story, other.lineId))?.state).toBe('requested');
    await story.simulator.clearFaults();
    await story.simulator.addFault({ system: 'payouts', operation: 'refund', fault: 'refuse', code: 'not-allowed' });
    await story.pass(60_000);
    await comesTo(story, number, 'stalled');
    expect((await refundOf(story, other.lineId))?.state).toBe('failed');
    expect(story.alarms).toContainEqual(expect.objectContaining({ step: 'refund-credit', why: 'not-allowed' }));
    expect((await booksOf(story)).balances.find((one) => one.brand === chooses && one.account === 'refunds-due')).toMatchObject({ debitMinor: 0, creditMinor: 950 });
    await order();
    // Three working days are promised; a refund that has not left by then calls people once.
    const late = () => story.alarms.filter((one) => JSON.stringify(one).includes('the refund is overdue')).length;
    await followRefunds(story.signoff.execution);
    expect(late()).toBe(0);
    await story.pass(days(6));
    await followRefunds(story.signoff.execution);
    await followRefunds(story.signoff.execution);
    expect(late()).toBe(1);
    expect((await resume(story.signoff.desk, await reviewer(), number)).ok).toBe(true);
    await comesTo(story, number, 'cancelled');
    expect(paidBack(story, other.ref)).toEqual([950]);
    await order();
  });

  it('P5 N7 a refund that comes back later is owed again, and people are called', async () => {
    const payment = { ref: `pay-${other.ref}`, currency: 'USD', paidMinor: 1250 };
    await story.simulator.seed({ payments: [{ ...payment, refunds: 'sent' }] });
    const number = await send(story, other, { creditChoice: 'refund' });
    await passTheDay(story);
    await comesTo(story, number, 'cancelled');
    expect((await refundOf(story, other.lineId))?.state).toBe('sent');
    await followRefunds(story.signoff.execution);
    expect((await refundOf(story, other.lineId))?.state).toBe('sent');
    await order();
    await story.simulator.seed({ payments: [{ ...payment, refunds: 'failed' }] });
    expect(isInOrder(await booksOf(story))).toBe(false);
    await followRefunds(story.signoff.execution);
    await followRefunds(story.signoff.execution);
    expect((await refundOf(story, other.lineId))?.state).toBe('failed');
    expect(await entriesOf(story, number)).toMatchObject({ 'refund-returned': { cash: 950, 'refunds-due': -950 } });
    expect(story.alarms.filter((one) => JSON.stringify(one).includes('the refund came back'))).toHaveLength(1);
    await order();
  });

  it('P4 without a payment at the provider billing itself pays back, and the plan says so', async () => {
    await story.rows(`update lines set payment_ref = null where id = $1`, [other.lineId]);
    const number = await send(story, other, { creditChoice: 'refund' });
    await passTheDay(story);
    await comesTo(story, number, 'cancelled');
    expect(paidBack(story, other.ref)).toEqual([]);
    expect((await stepsOf(story, number)).find(({ name }) => name === 'refund-credit')).toMatchObject({ state: 'not-wanted' });
    expect(story.simulator.effects().find(({ effect, subject }) => effect === 'settled' && subject === other.ref)?.detail).toMatchObject({ refundMinor: 950 });
    expect((await entriesOf(story, number))['settled']).toEqual({ 'subscriber-credit': 1250, revenue: -300, cash: -950 });
    await order();
  });
});

describe('credit that stays', () => {
  it('EC11 P4 goes to another line of the same subscriber: at billing, on the line, in the books', async () => {
    const seen = async () => (await seeCredit(story.signoff.desk, other.who, other.lineId)) ?? { offers: [], left: undefined };
    await draftOf(story, other, { creditChoice: 'refund' });
    expect(await seen()).toMatchObject({ left: { minor: 950, currency: 'USD' }, offers: [{ choice: 'refund' }, { choice: 'transfer', to: '+12025550142' }] });
    const number = await send(story, other, { creditChoice: 'transfer', transferTo: '+12025550142' });
    await passTheDay(story);
    await comesTo(story, number, 'cancelled');
    expect(await creditOf(lin)).toBe(420 + 950);
    const fact = await story.signoff.desk.billing.read(lin.ref, { key: 'r', signal: AbortSignal.timeout(5000) });
    expect(fact).toMatchObject({ kind: 'done', fact: { creditMinor: 1370 } });
    expect(paidBack(story, other.ref)).toEqual([]);
    await order();
  });

  it('EC11 a receiver that is being cancelled too is reckoned anew, and gives back what came', async () => {
    const giving = await send(story, other, { creditChoice: 'transfer', transferTo: '+12025550142' });
    await story.pass(hours(2));
    // 4.20 of credit does not cover the bill, so there is nothing to choose.
    const taking = await send(story, lin, {});
    expect((await stepsOf(story, taking)).find(({ name }) => name === 'refund-credit')?.state).toBe('not-wanted');
    await story.pass(hours(22) + 1000);
    await comesTo(story, giving, 'cancelled');
    await story.pass(hours(2));
    await comesTo(story, taking, 'cancelled');
    await order();
    const [first, second] = [await entriesOf(story, giving), await entriesOf(story, taking)];
    expect(first['settled']).toEqual({ revenue: -300, 'subscriber-credit': 300 });
    // 4.20 + 9.50 pay the bill of 6.90 and the fee of 3.00; 3.80 are left.
    expect(second['settled']).toEqual({ revenue: -300, receivable: -690, 'subscriber-credit': 1370, 'refunds-due': -380 });
    expect(paidBack(story, lin.ref)).toEqual([380]);
  });

  it('EC11 P4 two lines that end in the same moment are settled one after the other, and nothing is left or lost', async () => {
    const [giving, taking] = [await send(story, other, { creditChoice: 'transfer', transferTo: '+12025550142' }), await send(story, lin, {})];
    await passTheDay(story);
    await comesTo(story, giving, 'cancelled');
    await story.pass(5_000);
    await comesTo(story, taking, 'cancelled');
    await order();
    // 16.70 of credit in all: 9.90 pay the bill and the fee of one line, 3.00 the fee of the other, the rest goes back.
    const settled = [(await entriesOf(story, giving))['settled'], (await entriesOf(story, taking))['settled']];
    const sum = (account: string): number => settled.reduce((total, one) => total + (one?.[account] ?? 0), 0);
    expect({ credit: sum('subscriber-credit') , revenue: sum('revenue'), bill: sum('receivable') }).toEqual({ credit: 1670, revenue: -600, bill: -690 });
    // Whichever comes first: 3.80 goes back; or, where the receiver was settled before, 5.70 is collected there and 9.50 goes back here.
    expect(sum('refunds-due') + sum('cash')).toBe(-1670 + 1290);
    const open = await story.rows(`select 1 from lines where id = any($1::uuid[]) and credit_minor <> 0`, [[lin.lineId, other.lineId]]);
    expect(open).toEqual([]);
  });

  it('EC11 P4 a receiver that has ended before takes nothing: it is paid back instead', async () => {
    const giving = await send(story, other, { creditChoice: 'transfer', transferTo: '+12025550142' });
    const taking = await send(story, lin, {});
    // Its review took longer.
    await story.rows(`update cancellations set effective_at = effective_at + interval '2 hours' where application_number = $1`, [giving]);
    await passTheDay(story);
    await comesTo(story, taking, 'cancelled');
    await story.pass(hours(3));
    await comesTo(story, giving, 'cancelled');
    expect(paidBack(story, other.ref)).toEqual([950]);
    expect((await seeStatus(story.signoff.desk, other.who, giving))?.money.at(-1)).toMatchObject({ what: 'refund', amount: { minor: 950 } });
    await order();
  });

  it('P4 is forfeited where the policy says so, and stands in an account of its own', async () => {
    const one = await payer(story, forfeits, 'B-100178');
    const number = await send(story, one, {});
    await passTheDay(story);
    await comesTo(story, number, 'cancelled');
    expect((await entriesOf(story, number))['settled']).toEqual({ 'subscriber-credit': 1250, revenue: -300, forfeited: -950 });
    await order();
  });

  it('UU8 must be chosen about where nothing may be left; a number that is nobody’s own is not taken', async () => {
    await draftOf(story, other, {});
    expect(await submit(story.signoff.desk, other.who, other.lineId)).toEqual({ ok: false, why: { kind: 'incomplete', missing: ['creditChoice'] } });
    await expect(draftOf(story, other, { creditChoice: 'transfer', transferTo: '+12025550190' })).rejects.toThrow(/transferTo.*unknown/);
    await expect(draftOf(story, other, { creditChoice: 'burn' })).rejects.toThrow(/creditChoice.*unknown/);
  });
});

describe('the last bill', () => {
  it('P1 P3 the running month is charged by days up to the receipt; later days change nothing', async () => {
    await story.rows(`update lines set monthly_fee_minor = 3000, period_from = '2026-11-01', period_to = '2026-11-30' where id = $1`, [other.lineId]);
    await draftOf(story, other, {});
    const shown = await preview(story.signoff.desk, other.who, other.lineId);
    // 24 of 30 days, and the fee for the device that is bound.
    expect(shown?.money.map(({ what, amount }) => [what, amount.minor])).toEqual([['running-month', 2400], ['clean-up-fee', 300], ['credit', 1250], ['collect', 1450]]);
    const number = await send(story, other, {});
    await passTheDay(story);
    await comesTo(story, number, 'cancelled');
    expect((await seeStatus(story.signoff.desk, other.who, number))?.money).toEqual(shown?.money);
    expect((await entriesOf(story, number))['settled']).toEqual({ 'subscriber-credit': 1250, cash: 1450, revenue: -2700 });
    await order();
  });

  it('EC12 P3 from receipt on nothing new is charged; what was due before can be paid, and the settlement is then without it', async () => {
    const number = await send(story, lin, {});
    await expect(story.signoff.desk.db.inBrand(chooses, (tx) =>
      tx.query(`insert into bills (id, brand, line_id, amount_minor, due_on) values (gen_random_uuid(), $1, $2, 500, '2026-12-30')`, [chooses, lin.lineId])))
      .rejects.toThrow(/is frozen: its cancellation was received, so nothing new is charged or bought on it/);
    await expect(story.rows(`update bills set amount_minor = amount_minor + 1 where line_id = $1`, [lin.lineId])).rejects.toThrow(/is frozen/);

    const bill = (await seePreparation(story.signoff.desk, lin.who, lin.lineId))?.items.flatMap((item) => item.bills ?? [])[0];
    expect(await payBill(story.signoff.desk, lin.who, bill?.billId ?? '')).toEqual({ ok: true, value: undefined });
    // The bill is paid; the devices are still bound, so the fee stays, and the credit pays it.
    expect((await seeStatus(story.signoff.desk, lin.who, number))?.money.map(({ what, amount }) => [what, amount.minor])).toEqual([['clean-up-fee', 300], ['credit', 420], ['refund', 120]]);
    await passTheDay(story);
    await comesTo(story, number, 'cancelled');
    expect(story.simulator.effects().filter(({ effect, subject }) => effect === 'settled' && subject === lin.ref).map(({ detail }) => detail?.['collectMinor'])).toEqual([690, 0]);
    expect(paidBack(story, lin.ref)).toEqual([120]);
    await order();
  });

  it('EC12 a line whose cancellation is withdrawn is charged again', async () => {
    const charge = () => story.signoff.desk.db.inBrand(chooses, (tx) =>
      tx.query(`insert into bills (id, brand, line_id, amount_minor, due_on) values (gen_random_uuid(), $1, $2, 500, '2026-12-30')`, [chooses, lin.lineId]));
    const number = await send(story, lin, {});
    await expect(charge()).rejects.toThrow(/is frozen/);
    expect((await withdraw(story.signoff.desk, lin.who, number)).ok).toBe(true);
    await charge();
    await order();
  });
});
