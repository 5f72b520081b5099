import { describe, expect, test } from 'vitest';
import { allPacks, calendars, packSources, jurisdictions } from '../../policies/index.ts';
import type { LineStanding } from '../../src/cancellation/line.ts';
import { reviewCalendar } from '../../src/policy/calendar.ts';
import { decide } from '../../src/policy/decide.ts';
import { explain } from '../../src/policy/explain.ts';
import { languages, pack as packSchema, versionOf, type Pack } from '../../src/policy/pack.ts';
import { forRegion, packsOf, regionNote } from '../../src/policy/packs.ts';
import { standingFrom } from '../../src/policy/standing.ts';
import { addWorkingDays } from '../../src/policy/working-days.ts';
import { wallClock } from '../../src/policy/zone.ts';

const packs = packsOf(allPacks, jurisdictions);
const latest = packs.latest('ultra-purple');
if (!latest.ok) throw new Error('there is no pack of ultra-purple');
const pack: Pack = latest.value;

const home = { currency: pack.currency, region: pack.calendar.region };
const standing = (given: Partial<LineStanding> = {}): LineStanding => standingFrom(given, home);
const bill = { id: 'november', amount: { minor: 690, currency: 'USD' as const }, dueOn: '2026-11-15' };
const phone = { id: 'phone', name: 'Phone' };

describe('eligibility', () => {
  test('UP3 an unpaid bill is named first, with its remedy', () => {
    const decision = decide(pack, standing({ unpaid: [bill], boundDevices: [phone] }));
    expect(decision).toMatchObject({ rule: 'unpaid-bill', answer: 'not-yet', remedy: 'pay-bill' });
    expect(decision.because['zh-CN']).toContain('未付的账单');
  });
  test('UP2 UP3 everything that is open is there at once, in order', () => {
    const decision = decide(pack, standing({ unpaid: [bill], boundDevices: [phone], anomaly: 'fraud-check' }));
    expect(decision.open.map(({ rule, remedy }) => [rule, remedy])).toEqual([['unpaid-bill', 'pay-bill'], ['device-bound', 'unbind-device'], ['anomaly-open', 'contact-support']]);
  });
  test('UP3 a bound device and an anomaly each stand in the way', () => {
    expect(decide(pack, standing({ boundDevices: [phone] }))).toMatchObject({ rule: 'device-bound', remedy: 'unbind-device' });
    for (const anomaly of ['fraud-check', 'port-out-running', 'ownership-disputed'] as const)
      expect(decide(pack, standing({ anomaly }))).toMatchObject({ rule: 'anomaly-open', answer: 'not-yet', remedy: 'contact-support' });
  });
  test('UP3 a line in good standing is eligible; credit left does not stop it', () => {
    expect(decide(pack, standing())).toMatchObject({ answer: 'eligible', open: [] });
    expect(decide(pack, standing({ credit: { minor: 420, currency: 'USD' } })).answer).toBe('eligible');
  });
  test('every reason is there in every language', () => {
    for (const rule of pack.eligibility) for (const language of languages) expect(rule.because[language]).not.toBe('');
  });
});

describe('explanation', () => {
  test('each rule, whether it decided, and why, with the facts', () => {
    const explained = explain(pack, standing({ unpaid: [bill, { ...bill, id: 'october', amount: { minor: 10, currency: 'USD' } }], boundDevices: [phone] }));
    expect(explained.version).toBe('ultra-purple@2026-11-01');
    expect(explained.rules.map(({ rule, outcome }) => [rule, outcome])).toEqual([
      ['unpaid-bill', 'decides'], ['device-bound', 'applies-too'], ['anomaly-open', 'does-not-apply'], ['in-good-standing', 'applies-too'],
    ]);
    expect(explained.rules.map(({ why }) => why['zh-CN'])).toEqual([
      '由它决定：有2张未付的账单，共 USD 7.00。',
      '同样适用（绑定着1台设备），但排在前面的“unpaid-bill”已作决定。',
      '不适用：账户没有异常。',
      '同样适用（这条规则没有条件），但排在前面的“unpaid-bill”已作决定。',
    ]);
    expect(explained.rules[0]?.why.en).toBe('Decides: 2 bills are unpaid, USD 7.00 in all.');
    expect(explained.rules[0]?.why['zh-TW']).toBe('由它決定：有2張未繳的帳單，共 USD 7.00。');
    expect(explained.rules[1]?.conditions).toEqual([{ condition: 'boundDevices', holds: true, says: expect.objectContaining({ en: '1 device is bound' }) }]);
  });
  test('it decides as decide does, and device names stay out of it', () => {
    const given = standing({ boundDevices: [{ id: 'phone', name: 'Lin’s phone' }], region: 'HK' });
    expect(explain(pack, given).decision).toEqual(decide(pack, given));
    expect(JSON.stringify(explain(pack, given))).not.toContain('Lin');
  });
  test('where a rule looks at the region, the region is the fact', () => {
    const abroad: Pack = { ...pack, eligibility: [{ ...pack.eligibility[3]!, id: 'only-there', when: { regions: ['HK', 'TW'], credit: 'none' } }, pack.eligibility[3]!] };
    expect(explain(abroad, standing({ region: 'TW' })).rules[0]?.why.en).toBe('Decides: no credit is left and the region TW is one of HK, TW.');
    expect(explain(abroad, standing({ region: 'US', credit: { minor: 420, currency: 'USD' } })).rules[0]?.why.en).toBe('Does not apply: USD 4.20 of credit is left and the region US is none of HK, TW.');
  });
});

describe('which pack', () => {
  const second = packSchema.parse({ ...packSources[0]!.source, validFrom: '2027-02-01' });
  const both = packsOf([second, pack], jurisdictions);
  test('the youngest whose day has come in the pack’s own zone', () => {
    const inForce = (now: string) => { const found = both.inForce('ultra-purple', new Date(now)); return found.ok ? versionOf(found.value) : found.why; };
    expect(inForce('2026-11-24T00:00:00Z')).toBe('ultra-purple@2026-11-01');
    expect(inForce('2027-01-31T15:59:59Z')).toBe('ultra-purple@2026-11-01');
    expect(inForce('2027-01-31T16:00:00Z')).toBe('ultra-purple@2027-02-01'); // midnight in Shanghai
    expect(inForce('2026-10-31T15:59:59Z')).toEqual({ kind: 'none-in-force', brand: 'ultra-purple', first: '2026-11-01' });
  });
  test('a pinned version is found by its name as long as it is there', () => {
    expect(both.byVersion('ultra-purple@2026-11-01')).toEqual({ ok: true, value: pack });
    expect(both.byVersion('ultra-purple@2025-01-01')).toEqual({ ok: false, why: { kind: 'unknown-version', version: 'ultra-purple@2025-01-01', existing: ['ultra-purple@2026-11-01', 'ultra-purple@2027-02-01'] } });
  });
  test('an unknown brand names those that exist', () => {
    expect(packs.inForce('nobody', new Date('2026-11-24T00:00:00Z'))).toEqual({ ok: false, why: { kind: 'unknown-brand', brand: 'nobody', existing: packs.brands } });
  });
  test('two of one brand and day can’t be told apart: a fault', () => expect(() => packsOf([pack, pack], jurisdictions)).toThrow());
});

describe('where the subscriber lives', () => {
  test('UP3 each region named has a note of its own, and every other one the general note', () => {
    for (const region of ['CN', 'HK', 'TW', 'US']) expect(regionNote(pack, region)).toBe(pack.regionNotes[region]);
    expect(regionNote(pack, 'DE')).toBe(pack.regionNotes['*']);
  });
  test('UP3 in Hong Kong the review is over on the next day and nothing waits, holidays or not', () => {
    const there = forRegion(packs, pack, 'HK', new Date('2026-10-02T04:00:00Z'));
    expect(there.recoverableDays).toBe(0);
    const calendar = reviewCalendar(calendars, there);
    if (!calendar.ok) throw new Error('no calendar');
    const due = addWorkingDays(calendar.value, new Date('2026-10-02T04:00:00Z'), there.review.workingDays.most);
    expect(due.ok && wallClock(due.value.dueAt, 'Asia/Shanghai')).toMatchObject({ day: '2026-10-03', time: '18:00' });
  });
  test('elsewhere the pack is as it is', () => expect(forRegion(packs, pack, 'CN', new Date('2026-11-24T02:00:00Z'))).toBe(pack));
});
