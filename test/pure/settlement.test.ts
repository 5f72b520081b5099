import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allPacks } from '../../policies/index.ts';
import type { LineStanding } from '../../src/cancellation/line.ts';
import type { Currency } from '../../src/cancellation/money.ts';
import type { Pack } from '../../src/policy/pack.ts';
import { standingFrom } from '../../src/policy/standing.ts';
import { settle, type Settlement } from '../../src/settlement/settle.ts';

const pack: Pack = allPacks.find(({ brand }) => brand === 'ultra-purple')!;
const usd = (minor: number, currency: Currency = 'USD') => ({ minor, currency });
const bill = (minor: number, id = 'november') => ({ id, amount: usd(minor), dueOn: '2026-11-15' });
const standing = (given: Partial<LineStanding>): LineStanding => standingFrom(given, { currency: 'USD', region: 'CN' });
const settled = (given: Partial<LineStanding>, with_: Pack = pack): Settlement => {
  const result = settle(with_, standing(given));
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
