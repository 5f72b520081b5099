import { describe, expect, it } from 'vitest';
import { allPacks } from '../../policies/index.ts';
import type { Cancellation } from '../../src/cancellation/cancellation.ts';
import { approve } from '../../src/cancellation/moves/approve.ts';
import { confirm } from '../../src/cancellation/moves/confirm.ts';
import { remindAt, windowOf } from '../../src/policy/confirmation.ts';
import type { Pack } from '../../src/policy/pack.ts';
import { nextProof, suffices, wayShown, waysOf } from '../../src/policy/proof-ways.ts';
import { whatFollows } from '../../src/policy/what-follows.ts';

const [first] = allPacks;
if (first === undefined) throw new Error('no pack');
const pack = (more: Partial<Pack>): Pack => ({ ...first, confirmation: null, ...more });
const now = new Date('2026-11-24T02:00:00Z');
const hours = (count: number): Date => new Date(now.getTime() + count * 3_600_000);
const one = (state: Cancellation['state']): Cancellation =>
  ({ id: 'c', brand: first.brand, subscriberId: 's', lineId: 'l', state, version: 3, packVersion: 'x@2026-11-01', region: 'CN', channel: 'web', openedAt: now, changedAt: now, applicationNumber: 'N' });
const after = (recoverableDays: number, more: Partial<Pack> = {}) => {
  const moved = confirm(one('approved'), 'policy', now, recoverableDays);
  if (!moved.ok) throw new Error(moved.why.kind);
  return whatFollows(moved.value, pack({ recoverableDays, ...more }));
};

describe('the last notice before the point of no return', () => {
  it.each([[30, 29 * 24], [7, 6 * 24], [2, 24], [1, 12]])('EC9 with %i days to recover it comes %i hours in', (days, remind) => {
    expect(after(days).timers).toEqual([{ move: 'bar', at: now }, { move: 'remind', at: hours(remind) }, { move: 'execute', at: hours(days * 24) }]);
  });

  it('EC9 with none there is no time for one: the approval itself says that it begins now; where a link is confirmed, its mail and its reminder come before', () => {
    expect(after(0).timers).toEqual([{ move: 'execute', at: now }]);
    const approved = approve(one('reviewing'), 'reviewer', now, { ownCase: false, decidedBy: 'r' });
    if (!approved.ok) throw new Error('not approved');
    expect(whatFollows(approved.value, pack({ recoverableDays: 0 }))).toMatchObject({ timers: [], tell: 'approved' });
    expect(whatFollows(approved.value, pack({ recoverableDays: 0, confirmation: { hours: 48 } }))).toMatchObject({
      tell: 'confirm', timers: [{ move: 'remind', at: hours(24) }, { move: 'lapse', at: hours(48) }],
    });
  });

  it('EC8 a short window is reminded of half-way, a long one a day before', () => {
    expect(remindAt(windowOf({ hours: 6 }, 1, now))).toEqual(hours(3));
    expect(remindAt(windowOf({ hours: 72 }, 1, now))).toEqual(hours(48));
    expect(windowOf({ hours: 24, again: { afterDays: 7, withinDays: 3 } }, 2, now)).toEqual({ opensAt: hours(168), until: hours(240) });
  });
});

describe('UU4 ways of proving', () => {
  const ways = pack({ identity: { ...first.identity, level: 'confirmed', proofs: [['security-question'], ['contact-code', 'security-question'], ['document']] } });
  it('UU4 a question alone is never one, whatever a pack says', () => {
    expect(suffices(['security-question'])).toBe(false);
    expect(waysOf(ways, { question: true })).toEqual([['contact-code', 'security-question'], ['document']]);
    expect(waysOf(ways, { question: false })).toEqual([['document']]);
    expect(wayShown(ways, new Set(['security-question']))).toBeUndefined();
    expect(wayShown(ways, new Set(['contact-code']))).toBeUndefined();
    expect(wayShown(ways, new Set(['document', 'security-question']))).toEqual(['document']);
    expect(nextProof(['security-question', 'contact-code'], new Set())).toBe('contact-code');
  });
});
