import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cardEvents, deletedAt, mayRemind, nextReminder, remindAfterDays, removalOf, showsOnDevice, type CardReport } from '../../src/cancellation/esim-removal.ts';

const orderedAt = new Date('2026-12-10T02:00:00Z');
const day = (count: number): Date => new Date(orderedAt.getTime() + count * 86_400_000);

test('N1 two signals, each with its date; a report counts more than anybody’s word, and an order that was cancelled leaves nothing to delete', () => {
  const facts = { fact: 'already-on-device', orderedAt, wasOnDevice: false } as const;
  expect(removalOf(facts)).toEqual({ kind: 'not-confirmed', orderedAt });
  expect(removalOf({ ...facts, saidAt: day(4) })).toEqual({ kind: 'not-confirmed', orderedAt, saidAt: day(4) });
  expect(removalOf({ ...facts, saidAt: day(4), reportedAt: day(5) })).toEqual({ kind: 'reported-deleted', orderedAt, reportedAt: day(5) });
  expect(removalOf({ ...facts, fact: 'order-cancelled' })).toEqual({ kind: 'never-installed', orderedAt });
  expect(removalOf({ ...facts, fact: 'order-cancelled', wasOnDevice: true })).toEqual({ kind: 'not-confirmed', orderedAt });
});

test('faults 11: in whatever order and however often reports come, they say the same', () => {
  const report = fc.record({ event: fc.constantFrom(...cardEvents), at: fc.nat(5).map(day) });
  fc.assert(fc.property(fc.array(report, { maxLength: 8 }).chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 }))), ([all, again]) => {
    expect(deletedAt(again)).toEqual(deletedAt(all));
    expect(showsOnDevice(again)).toBe(showsOnDevice(all));
  }));
});

test.each<[string, CardReport[], Date | undefined]>([
  ['nothing', [], undefined],
  ['a late report of the installation', [{ event: 'deleted', at: day(3) }, { event: 'installed', at: day(1) }], day(3)],
  ['both at one moment', [{ event: 'deleted', at: day(3) }, { event: 'disabled', at: day(3) }], day(3)],
  ['deleted and installed again', [{ event: 'deleted', at: day(1) }, { event: 'installed', at: day(2) }], undefined],
  ['what says nothing of the place', [{ event: 'deleted', at: day(1) }, { event: 'eligibility-checked', at: day(2) }], day(1)],
])('deleted, by %s', (_, reports, at) => expect(deletedAt(reports)).toEqual(at));

test('reminders: the pauses grow, and there is an end', () => {
  const dates: Date[] = [];
  for (let at = nextReminder(orderedAt, orderedAt); at !== undefined; at = nextReminder(orderedAt, at)) dates.push(at);
  expect(dates).toEqual(remindAfterDays.map(day));
  const pauses = dates.map((at, place) => at.getTime() - (dates[place - 1] ?? orderedAt).getTime());
  expect(pauses).toEqual([...pauses].toSorted((a, b) => a - b));
  expect(nextReminder(orderedAt, day(5000))).toBeUndefined();
  expect([undefined, removalOf({ fact: 'order-cancelled', orderedAt, wasOnDevice: false }), removalOf({ fact: 'already-on-device', orderedAt, wasOnDevice: true }), removalOf({ fact: 'already-on-device', orderedAt, wasOnDevice: true, saidAt: day(1) })].map(mayRemind)).toEqual([false, false, true, false]);
});
