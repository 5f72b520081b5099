import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allPacks } from '../../policies/index.ts';
import type { LineStanding } from '../../src/cancellation/line.ts';
import type { Currency } from '../../src/cancellation/money.ts';
import type { Pack } from '../../src/policy/pack.ts';
import { chosenBounds, endAsFixed, endOfService, isChoosable, paidMonths } from '../../src/policy/end.ts';
import { addDays } from '../../src/policy/zone.ts';
import { standingFrom } from '../../src/policy/standing.ts';
import { settledOf } from '../../src/desk/settled.ts';
import { instructionOf, postingsOf } from '../../src/execution/money.ts';
import { chargedMonths, feeOf } from '../../src/settlement/running-month.ts';
import { settle, type Settlement, type Terms } from '../../src/settlement/settle.ts';

const pack: Pack = allPacks.find(({ brand }) => brand === 'ultra-purple')!;
const usd = (minor: number, currency: Currency = 'USD') => ({ minor, currency });
const bill = (minor: number, id = 'november') => ({ id, amount: usd(minor), dueOn: '2026-11-15' });
const standing = (given: Partial<LineStanding>): LineStanding => standingFrom(given, { currency: 'USD', region: 'CN' });
const settled = (given: Partial<LineStanding>, with_: Pack = pack, terms: Terms = {}): Settlement => {
  const result = settle(with_, standing(given), terms);
  if (!result.ok) throw new Error(JSON.stringify(result.why));
  return result.value;
};
const withCredit = (credit: Pack['settlement']['credit'], cleanUpFeeMinor = 300): Pack => ({ ...pack, settlement: { ...pack.settlement, credit, cleanUpFeeMinor } });
const amounts = ({ lines }: Settlement) => lines.map(({ what, amount }) => [what, amount.minor]);

describe('what is owed and given back', () => {
  test('UP12 cancelling is free where nothing is unsettled', () => {
    expect(settled({})).toMatchObject({ cleanUpFee: usd(0), collect: usd(0), lines: [] });
  });
  test('UP9 credit is refunded in full, and the line says within how many days', () => {
    const settlement = settled({ credit: usd(420) });
    expect(amounts(settlement)).toEqual([['credit', 420], ['refund', 420]]);
    expect(settlement.lines[1]?.says).toEqual({
      'zh-CN': '退款（注销后3个工作日内原路退回）',
      'zh-TW': '退款（註銷後3個工作天內退回原付款方式）',
      en: 'Refund (to the way you paid, within 3 working days of the cancellation)',
    });
  });
  test('UP12 the clean-up fee exists only where bills or devices are unsettled, and is a line of its own', () => {
    expect(amounts(settled({ unpaid: [bill(690)] }))).toEqual([['unpaid', 690], ['clean-up-fee', 300], ['collect', 990]]);
    expect(amounts(settled({ boundDevices: [{ id: 'phone', name: 'Phone' }] }))).toEqual([['clean-up-fee', 300], ['collect', 300]]);
  });
  test('UP9 what is owed is taken from the credit first', () => {
    expect(settled({ credit: usd(1000), unpaid: [bill(690)] })).toMatchObject({ offset: usd(990), collect: usd(0), refund: usd(10) });
    expect(settled({ credit: usd(500), unpaid: [bill(400), bill(290, 'october')] })).toMatchObject({ unpaid: usd(690), offset: usd(500), collect: usd(490), refund: usd(0) });
  });
  test('a pack can forfeit what is left, or demand that nothing is', () => {
    expect(settled({ credit: usd(420) }, withCredit('forfeit'))).toMatchObject({ refund: usd(0), forfeit: usd(420) });
    expect(settle(withCredit('zero-demanded'), standing({ credit: usd(420) }))).toEqual({ ok: false, why: { kind: 'credit-must-be-zero', left: usd(420) } });
    expect(settle(withCredit('zero-demanded', 0), standing({ credit: usd(420), unpaid: [bill(420)] })).ok).toBe(true);
  });
  test('amounts that can not be are refused, never reckoned with', () => {
    expect(settle(pack, standing({ credit: usd(-1) }))).toEqual({ ok: false, why: { kind: 'negative-amount', what: 'credit', amount: usd(-1) } });
    expect(settle(pack, standing({ unpaid: [bill(-5)] }))).toMatchObject({ why: { kind: 'negative-amount', what: 'unpaid' } });
    expect(settle(pack, standing({ credit: usd(100, 'CNY') }))).toMatchObject({ why: { kind: 'currencies-differ' } });
    expect(settle(pack, standing({ credit: usd(0.5) }))).toMatchObject({ why: { kind: 'not-integer' } });
    expect(settle(pack, standing({ unpaid: [bill(Number.MAX_SAFE_INTEGER)] }))).toMatchObject({ why: { kind: 'not-integer' } });
  });
});

test('the totals reconcile: credit = offset + refund + forfeit, owed = offset + collect, nothing is negative', () => {
  const amount = fc.oneof(fc.constant(0), fc.nat(2000), fc.nat(1e9));
  fc.assert(fc.property(amount, fc.array(fc.oneof(fc.nat(2000), fc.nat(1e9)), { maxLength: 5 }), fc.nat(3), fc.constantFrom('refund' as const, 'forfeit' as const, 'zero-demanded' as const), fc.nat(1000), (credit, bills, devices, policy, fee) => {
    const result = settle(withCredit(policy, fee), standing({
      credit: usd(credit),
      unpaid: bills.map((minor, place) => bill(minor, String(place))),
      boundDevices: Array.from({ length: devices }, (_, place) => ({ id: String(place), name: 'Device' })),
    }));
    const owed = bills.reduce((sum, minor) => sum + minor, 0) + (bills.length > 0 || devices > 0 ? fee : 0);
    if (!result.ok) {
      expect(policy).toBe('zero-demanded');
      expect(result.why).toEqual({ kind: 'credit-must-be-zero', left: usd(credit - owed) });
      return;
    }
    const { offset, refund, forfeit, collect, unpaid, cleanUpFee, lines } = result.value;
    expect(offset.minor + refund.minor + forfeit.minor).toBe(credit);
    expect(offset.minor + collect.minor).toBe(unpaid.minor + cleanUpFee.minor);
    expect(unpaid.minor + cleanUpFee.minor).toBe(owed);
    for (const each of [offset, refund, forfeit, collect, unpaid, cleanUpFee]) expect(each.minor).toBeGreaterThanOrEqual(0);
    expect(refund.minor > 0 && collect.minor > 0).toBe(false);
    expect(lines.every(({ amount: shown }) => shown.minor > 0)).toBe(true);
  }), { numRuns: 500 });
});

const withChoices = (credit: Pack['settlement']['credit'], choices: Pack['settlement']['choices'], period: Pack['settlement']['period'] = 'none', cleanUpFeeMinor = 300): Pack =>
  ({ ...pack, settlement: { ...pack.settlement, credit, choices, period, cleanUpFeeMinor } });

describe('what the subscriber may choose', () => {
  const choosing = withChoices('zero-demanded', ['refund', 'transfer']);
  test('EC11 P4 what is left goes to another line, or back, as chosen', () => {
    expect(amounts(settled({ credit: usd(1250) }, choosing, { choice: 'transfer' }))).toEqual([['credit', 1250], ['transfer', 1250]]);
    expect(amounts(settled({ credit: usd(1250) }, choosing, { choice: 'refund' }))).toEqual([['credit', 1250], ['refund', 1250]]);
    expect(amounts(settled({ credit: usd(1250), unpaid: [bill(690)] }, choosing, { choice: 'transfer' }))).toEqual([['unpaid', 690], ['clean-up-fee', 300], ['credit', 1250], ['transfer', 260]]);
  });
  test('UU8 without a choice the demand that nothing is left stands', () => {
    expect(settle(choosing, standing({ credit: usd(1) }))).toEqual({ ok: false, why: { kind: 'credit-must-be-zero', left: usd(1) } });
  });
  test('what is not offered is refused', () => {
    expect(settle(withChoices('refund', ['refund']), standing({ credit: usd(5) }), { choice: 'transfer' })).toEqual({ ok: false, why: { kind: 'not-offered', choice: 'transfer' } });
  });
});

const ending = (end: Partial<Pack['end']>): Pack => ({ ...withChoices('refund', [], 'by-days'), end: { ...pack.end, ...end } });

describe('the running month', () => {
  const november = { fee: usd(3000), from: '2026-11-01', to: '2026-11-30' };
  test('P1 P3 by days: those so far, with the day of receipt', () => {
    expect(amounts(settled({ running: november }, withChoices('refund', [], 'by-days'), { on: '2026-11-24' }))).toEqual([['running-month', 2400], ['collect', 2400]]);
    expect(amounts(settled({ running: november, credit: usd(2500) }, withChoices('refund', [], 'by-days'), { on: '2026-11-24' }))).toEqual([['running-month', 2400], ['credit', 2500], ['refund', 100]]);
  });
  test('P1 to its end, or not at all; a month that only ends is nothing unsettled', () => {
    expect(settled({ running: november }, ending({ billing: 'end-of-term' }), { on: '2026-11-02' })).toMatchObject({ running: usd(3000), cleanUpFee: usd(0), lines: [{ to: '2026-11-30' }, {}] });
    expect(settled({ running: november }, withChoices('refund', [], 'none'))).toMatchObject({ running: usd(0), collect: usd(0) });
  });
  test('29 February is a day; before its first day nothing is charged, after its last no more than all', () => {
    const february = { fee: usd(2900), from: '2028-02-01', to: '2028-02-29' };
    const by = (on: string) => chargedMonths('by-days', february, on, on);
    expect([by('2028-02-29'), by('2028-01-31'), by('2028-03-05')]).toEqual([[{ charged: 29, of: 29 }], [{ charged: 0, of: 29 }], [{ charged: 29, of: 29 }]]);
    expect(feeOf(100, { charged: 1, of: 3 })).toBe(33);
    expect(feeOf(Number.MAX_SAFE_INTEGER, { charged: 29, of: 30 })).toBe(Number((BigInt(Number.MAX_SAFE_INTEGER) * 29n) / 30n));
  });
  test('P1 service and billing end each for itself: at once, on the chosen day, with the paid month', () => {
    const on = '2026-11-24', endsOn = '2026-12-10';
    const charged = (end: Partial<Pack['end']>) => settled({ running: november }, ending(end), { on, endsOn }).lines.map(({ amount, to }) => [amount.minor, to]);
    expect(charged({ service: 'chosen-day', billing: 'at-once' })[0]).toEqual([2400, '2026-11-24']);
    expect(charged({ service: 'chosen-day', billing: 'with-service' })[0]).toEqual([3000 + 967, '2026-12-10']); // 10 of 31 days
    expect(charged({ service: 'chosen-day', billing: 'end-of-term' })[0]).toEqual([6000, '2026-12-31']);
    expect(settled({ running: november }, ending({ service: 'chosen-day', billing: 'with-service' }), { on })).toMatchObject({ running: usd(2400) }); // no day was chosen
  });
  test('N3 P1 a day that stands as it was declared: nothing is charged past it, however billing runs and however early it is', () => {
    const day = fc.integer({ min: -40, max: 90 }).map((days) => addDays('2026-11-24', days));
    fc.assert(fc.property(fc.constantFrom('at-once' as const, 'with-service' as const, 'end-of-term' as const), fc.constantFrom('chosen-day' as const, 'end-of-term' as const), day, (billing, service, named) => {
      const on = '2026-11-24';
      const rule = ending({ service, billing, chosen: { earliestDays: 0, latestDays: 730, asDeclared: true } });
      const fixed = endOfService(rule, on, november, named);
      if (fixed === undefined) throw new Error('a day was named');
      expect(fixed.lastDay >= on).toBe(true); // what arrives ends nothing before it
      expect(fixed.lastDay === named).toBe(fixed.instead === undefined);
      if (service === 'chosen-day') expect(fixed.lastDay).toBe(named < on ? on : named);
      else expect(paidMonths(november, fixed.lastDay).at(-1)?.to).toBe(fixed.lastDay);
      const { lines } = settled({ running: november }, rule, { on, endsOn: fixed.lastDay });
      expect((lines.find(({ what }) => what === 'running-month')?.to ?? on) <= fixed.lastDay).toBe(true);
      expect(endAsFixed(rule, on, fixed.lastDay, named)).toEqual(fixed);
      expect(isChoosable(chosenBounds(rule, on, '2026-12-03'), named)).toBe(true);
    }), { numRuns: 300 });
  });
  test('P1 months that follow keep their day of the month, and spans of days their length', () => {
    expect(paidMonths({ from: '2027-12-31', to: '2028-01-30' }, '2028-03-01')).toEqual([{ from: '2027-12-31', to: '2028-01-30' }, { from: '2028-01-31', to: '2028-02-28' }, { from: '2028-02-29', to: '2028-03-30' }]);
    expect(paidMonths({ from: '2026-11-10', to: '2026-12-08' }, '2026-12-09')[1]).toEqual({ from: '2026-12-09', to: '2027-01-06' });
    expect(paidMonths({ from: '2026-11-10', to: '2026-12-08' }, '2026-12-08')).toHaveLength(1);
  });
  test('without a day nothing is guessed', () => {
    expect(settle(withChoices('refund', [], 'by-days'), standing({ running: november }))).toEqual({ ok: false, why: { kind: 'day-unknown' } });
  });
});

test('P3 N7 preview, instruction and books agree to the cent, for any standing', () => {
  const amount = fc.oneof(fc.constant(0), fc.nat(2000), fc.nat(1e9));
  const day = fc.integer({ min: 1, max: 30 }).map((one) => `2026-11-${String(one).padStart(2, '0')}`);
  const packs = fc.record({
    credit: fc.constantFrom('refund' as const, 'forfeit' as const, 'zero-demanded' as const), choices: fc.constant<Pack['settlement']['choices']>(['refund', 'transfer']),
    period: fc.constantFrom('none' as const, 'by-days' as const), fee: fc.nat(1000), paysOut: fc.boolean(),
    asDeclared: fc.boolean(),
    service: fc.constantFrom('at-once' as const, 'chosen-day' as const, 'end-of-term' as const), billing: fc.constantFrom('at-once' as const, 'with-service' as const, 'end-of-term' as const),
  });
  fc.assert(fc.property(packs, amount, fc.array(fc.oneof(fc.nat(2000), fc.nat(1e9)), { maxLength: 4 }), fc.boolean(), amount, day, fc.constantFrom('refund' as const, 'transfer' as const), fc.boolean(), fc.nat(200),
    (rules, credit, bills, bound, monthly, on, choice, hasPayment, later) => {
      const rule = { ...withChoices(rules.credit, rules.choices, rules.period, rules.fee), end: { service: rules.service, billing: rules.billing, ...(rules.asDeclared && rules.service !== 'at-once' ? { chosen: { earliestDays: 0, latestDays: 730, asDeclared: true as const } } : {}) }, steps: rules.paysOut ? pack.steps : pack.steps.filter((name) => name !== 'refund-credit') };
      const given = standing({
        credit: usd(credit), unpaid: bills.map((minor, place) => bill(minor, String(place))), boundDevices: bound ? [{ id: 'd', name: 'Device' }] : [],
        ...(monthly === 0 ? {} : { running: { fee: usd(monthly), from: '2026-11-01', to: '2026-11-30' } }),
      });
      const ends = endOfService(rule, on, given.running, addDays(on, rules.asDeclared ? later - 60 : later))?.lastDay;
      const terms = { on, choice, toLineId: 'other', ...(ends === undefined ? {} : { endsOn: ends }) };
      const shown = settledOf(rule, given, hasPayment ? { paymentRef: 'pay-1' } : {}, terms);
      // What was saved comes back from the database as JSON, and is what billing is told and what is booked.
      const saved = JSON.parse(JSON.stringify(shown.order)) as typeof shown.order;
      const told = instructionOf({ ...saved, toRef: 'B-other' });
      const says = (what: string): number => shown.lines.find((line) => line.what === what)?.amount.minor ?? 0;
      expect(told.collectMinor).toBe(says('collect'));
      expect(told.refundMinor + (told.payoutMinor ?? 0)).toBe(says('refund'));
      expect(told.transfer?.minor ?? 0).toBe(says('transfer'));
      expect(told.forfeitMinor).toBe(says('forfeit'));
      expect(told.offsetMinor + told.collectMinor).toBe(says('unpaid') + says('running-month') + says('clean-up-fee'));
      expect(told.offsetMinor + told.refundMinor + (told.payoutMinor ?? 0) + (told.transfer?.minor ?? 0) + told.forfeitMinor).toBe(says('credit'));
      // Reckoned again from the saved terms it is the same.
      expect(settledOf(rule, given, hasPayment ? { paymentRef: 'pay-1' } : {}, JSON.parse(JSON.stringify(shown.terms)) as typeof terms)).toEqual(shown);

      const booked = postingsOf('this', saved);
      const bookedOn = (account: string, lineId = 'this'): number => booked.filter((one) => one.account === account && one.lineId === lineId).reduce((sum, one) => sum + one.minor, 0);
      expect(booked.reduce((sum, one) => sum + one.minor, 0)).toBe(0);
      expect(booked.every(({ minor }) => Number.isSafeInteger(minor) && minor !== 0)).toBe(true);
      expect(bookedOn('subscriber-credit')).toBe(credit);
      expect(bookedOn('receivable') + bills.reduce((sum, minor) => sum + minor, 0)).toBe(0);
      expect(bookedOn('subscriber-credit', 'other') + says('transfer')).toBe(0);
    }), { numRuns: 500 });
});
