/** N4: how long a number rests, since when it has its holder, and what is reported of it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jurisdictions } from '../../policies/index.ts';
import { jurisdiction, type Jurisdiction } from '../../src/policy/jurisdiction.ts';
import { restDates, restOf } from '../../src/numbers/rest.ts';
import { inOrder, nationalNumber, readCompany, readMonth, rndRow } from '../../src/numbers/rnd.ts';
import { changedSince, standingOf, type Tenure } from '../../src/numbers/tenure.ts';

const law = (id: string): Jurisdiction => jurisdictions.find((one) => one.id === id) ?? (() => { throw new Error(id); })();
const at = (iso: string): Date => new Date(iso);

describe('N4 how long a number rests', () => {
  test.each([
    [10, [], { days: 10 }],
    [10, ['cn'], { days: 90 }],
    [200, ['cn'], { days: 200 }],
    [10, ['us'], { days: 45, mostDays: 90 }],
    [200, ['us'], { days: 90, mostDays: 90 }],
    [10, ['us', 'cn'], { days: 90, mostDays: 90 }],
    [30, ['uk', 'hk'], { days: 30 }],
  ] as const)('%i days of the operator under %j', (own, ids, expected) => {
    expect(restOf(own, ids.map(law), 'esim')).toEqual(expected);
  });

  test('a law may have it otherwise for a kind of line; a least that is more than another law’s most wins', () => {
    const { numberRests } = law('us');
    const cards = jurisdiction.parse({ ...law('us'), numberRests: { ...numberRests, byKind: { 'data-card': { leastDays: 10, mostDays: 365 } } } });
    expect(restOf(120, [cards], 'data-card')).toEqual({ days: 120, mostDays: 365 });
    expect(restOf(120, [cards], 'esim')).toEqual({ days: 90, mostDays: 90 });
    const long = jurisdiction.parse({ ...law('cn'), numberRests: { ...law('cn').numberRests, leastDays: 120 } });
    expect(restOf(0, [law('us'), long], 'esim')).toEqual({ days: 120, mostDays: 120 });
  });

  test('the day of the disconnect does not count, and the last day is a whole one, on the brand’s clock', () => {
    expect(restDates({ days: 45, mostDays: 90 }, at('2026-11-30T23:30:00-05:00'), 'America/New_York'))
      .toEqual({ freeFrom: '2027-01-14', freeAt: at('2027-01-14T05:00:00Z'), returnBy: at('2027-03-01T05:00:00Z') });
    const now = at('2026-12-01T02:00:00Z');
    expect(restDates({ days: 0 }, now, 'Asia/Shanghai')).toEqual({ freeFrom: '2026-12-01', freeAt: now });
  });

  test('whatever the days and the zone: never free before the days are over, never to be back before it is free', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 400 }), fc.option(fc.integer({ min: 1, max: 400 }), { nil: undefined }), fc.date({ min: at('2026-01-01'), max: at('2030-01-01'), noInvalidDate: true }),
      fc.constantFrom('Asia/Shanghai', 'America/New_York', 'Europe/Berlin', 'Pacific/Auckland'), (days, more, ended, zone) => {
        const dates = restDates({ days, ...(more === undefined ? {} : { mostDays: Math.max(days, more) }) }, ended, zone);
        expect(dates.freeAt.getTime()).toBeGreaterThan(ended.getTime() + (days - 1) * 86_400_000 - 3_600_001);
        expect(dates.freeAt.getTime()).toBeGreaterThanOrEqual(ended.getTime());
        if (dates.returnBy !== undefined) expect(dates.returnBy.getTime()).toBeGreaterThan(dates.freeAt.getTime());
      }));
  });
});

const first: Tenure = { turn: 1, assignedAt: at('2024-03-01T00:00:00Z') };
const ended: Tenure = { ...first, disconnectedAt: at('2026-12-01T02:00:00Z'), freeAt: at('2027-02-28T16:00:00Z'), returnBy: at('2027-06-01T16:00:00Z') };
const returned: Tenure = { ...ended, returnedAt: at('2027-03-01T00:00:00Z') };
const second: Tenure = { turn: 2, assignedAt: at('2027-04-01T02:00:00Z') };
const zone = 'Asia/Shanghai';

test('N4 a number is given out, rests, is due, is overdue, is free', () => {
  const stands = (one: Tenure, iso: string) => standingOf(one, at(iso));
  expect([stands(first, '2026-12-01'), stands(ended, '2027-02-28T15:59:59Z'), stands(ended, '2027-02-28T16:00:00Z'), stands(ended, '2027-06-01T16:00:00Z'), stands(returned, '2027-06-02')])
    .toEqual(['assigned', 'resting', 'due', 'overdue', 'free']);
});

describe('N4 has the number changed hands since a day', () => {
  const now = at('2027-05-01T02:00:00Z');
  test.each([
    ['the same holder, from the very day', [first], '2024-03-01', true, false],
    ['the same holder', [first], '2026-01-01', true, false],
    ['before anything is known of it', [first], '2020-01-01', false, 'before-our-records'],
    ['nobody has it', [ended], '2026-01-01', true, true],
    ['nobody had it on that day, somebody has now', [second, returned], '2027-03-15', true, true],
    ['another had it', [returned, second], '2026-01-01', true, true],
    ['the new holder, from the very day', [returned, second], '2027-04-01', true, false],
    ['long before our records, and changed since', [returned, second], '2010-01-01', true, true],
    ['a day to come', [first], '2027-05-02', false, 'in-the-future'],
    ['never ours', [], '2026-01-01', false, 'never-ours'],
  ] as const)('%s', (_, tenures, day, ok, answer) => {
    const told = changedSince(tenures, day, zone, now);
    expect([told.ok, told.ok ? told.value : told.why.kind]).toEqual([ok, answer]);
  });
});

describe('N4 the monthly US file', () => {
  test('a month is one that is over where the law reckons; a company is three to ten letters and digits', () => {
    const zoneOfLaw = 'America/New_York';
    expect(readMonth('2026-12', zoneOfLaw, at('2027-01-01T05:00:00Z'))).toEqual({ ok: true, value: { name: '2026-12', from: at('2026-12-01T05:00:00Z'), until: at('2027-01-01T05:00:00Z') } });
    expect(readMonth('2026-12', zoneOfLaw, at('2027-01-01T04:59:59Z'))).toMatchObject({ ok: false, why: { kind: 'not-over' } });
    for (const typed of ['2026-13', '2026-00', '26-11', 'November', '2026-11-01', '1999-01', '']) expect(readMonth(typed, zoneOfLaw, at('2030-01-01'))).toMatchObject({ ok: false, why: { kind: 'not-a-month' } });
    expect([readCompany(undefined), readCompany(' '), readCompany('AB'), readCompany('AB,CD'), readCompany('TOOLONGCOMPANY'), readCompany(' ULTRA1 ')].map((one) => (one.ok ? one.value : one.why.kind)))
      .toEqual(['no-company', 'no-company', 'not-a-company', 'not-a-company', 'not-a-company', 'ULTRA1']);
  });

  test('geographic numbers of that calling code alone; neither toll-free nor elsewhere', () => {
    expect(['+12025550142', '+18005550142', '+15005550142', '+442079460000', '+11025550142', '+1202555014', '+12021550142'].map((one) => nationalNumber(one, '+1')))
      .toEqual(['2025550142', undefined, undefined, undefined, undefined, undefined, undefined]);
  });

  test('by number, each once with its last day, whatever the order they come in', () => {
    const rows = [{ number: '2025550190', day: '2026-11-02' }, { number: '2025550142', day: '2026-11-20' }, { number: '2025550190', day: '2026-11-28' }];
    const expected = ['ULTRA1,2025550142,2026-11-20', 'ULTRA1,2025550190,2026-11-28'];
    fc.assert(fc.property(fc.shuffledSubarray(rows, { minLength: 3 }), (mixed) => { expect(inOrder(mixed).map((one) => rndRow('ULTRA1', one))).toEqual(expected); }));
  });
});
