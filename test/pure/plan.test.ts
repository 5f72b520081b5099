import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allPacks } from '../../policies/index.ts';
import type { Line } from '../../src/cancellation/line.ts';
import { record } from '../../src/execution/record.ts';
import { makePlan, stepNamed, steps, undoableSteps } from '../../src/plan/make-plan.ts';
import type { Outcome } from '../../src/plan/ports.ts';
import { nextPause, pauseAfter, readySteps, type StepRow } from '../../src/plan/progress.ts';
import type { StepRecord } from '../../src/store/steps.ts';

const now = new Date('2026-12-10T02:00:00Z');
const both = ['recoverable', 'final'] as const;
const line: Line = {
  id: 'l', brand: 'b', kind: 'esim', carrier: 'c', billingRef: 'r', msisdn: '+12025550142', imsi: '001010000000142',
  iccid: '89001999900000001426', eid: '89049032999900000000000000014226', matchingId: 'M', inHomeRegister: true,
};

/** Carries a plan out on paper; each round does what is ready. */
const rounds = (rows: StepRow[]): string[][] => {
  const told: string[][] = [];
  for (;;) {
    const ready = readySteps(rows, both, now).map((row) => row.name);
    if (ready.length === 0) return told;
    told.push(ready);
    rows = rows.map((row) => (ready.includes(row.name) ? { ...row, state: 'done' } : row));
  }
};
const rowsOf = (one: Line): StepRow[] => {
  const [pack] = allPacks;
  if (pack === undefined) throw new Error('there is no pack');
  return makePlan(pack, one, {}).map((step) => ({ ...step, state: step.wanted ? 'waiting' : 'not-wanted', attempts: 0 }));
};

describe('a plan', () => {
  it('bars first, detaches before it removes, and certifies only after silence', () => {
    const order = rounds(rowsOf(line)).flat();
    const before = (one: string, other: string) => expect(order.indexOf(one), `${one} before ${other}`).toBeLessThan(order.indexOf(other));
    before('bar-line', 'end-sessions');
    before('end-sessions', 'detach-subscriber');
    before('detach-subscriber', 'remove-subscriber');
    before('remove-subscriber', 'quarantine-number');
    before('settle-balance', 'stop-billing');
    before('stop-billing', 'confirm-silence');
    before('cancel-esim-order', 'confirm-silence');
    before('confirm-silence', 'issue-certificate');
    before('erase-records', 'issue-certificate');
    before('issue-certificate', 'tell-subscriber');
    expect(order).toHaveLength(13);
  });

  it('leaves out what a line does not have, and says so in the plan', () => {
    const { imsi: _imsi, iccid: _iccid, eid: _eid, matchingId: _matchingId, ...bare } = line;
    const rows = rowsOf({ ...bare, kind: 'virtual-number', inHomeRegister: false });
    expect(rows.filter((row) => row.state === 'not-wanted').map((row) => row.name).toSorted()).toEqual(['bar-line', 'cancel-esim-order', 'detach-subscriber', 'end-sessions', 'refund-credit', 'remove-subscriber']);
    expect(rounds(rows).flat()).toContain('tell-subscriber');
  });

  it('for any pack comes to its end, whatever steps a line wants', () => {
    fc.assert(fc.property(fc.constantFrom(...allPacks), fc.boolean(), fc.boolean(), (pack, inHomeRegister, hasProfile) => {
      const { iccid: _iccid, eid: _eid, matchingId: _matchingId, ...bare } = line;
      const plan = makePlan(pack, { ...(hasProfile ? line : bare), inHomeRegister }, {});
      const done = rounds(plan.map((step) => ({ ...step, state: step.wanted ? 'waiting' : 'not-wanted', attempts: 0 }))).flat();
      expect(done.toSorted()).toEqual(plan.filter((step) => step.wanted).map((step) => step.name).toSorted());
    }));
  });

  it('can take back the freeze and the bar alone: everything else lies past the point of no return', () => {
    expect(undoableSteps).toEqual(['freeze-line', 'bar-line']);
    expect(steps.filter((step) => step.phase === 'recoverable').map((step) => step.name)).toEqual(['freeze-line', 'bar-line']);
  });

  it('names a step that this build does not know', () => {
    expect(() => stepNamed('teleport-subscriber')).toThrow(/does not know: teleport-subscriber/);
  });
});

describe('what an outcome means for its step', () => {
  const row = (change: Partial<StepRecord> = {}): StepRecord => ({
    cancellationId: 'c', brand: 'b', name: 'remove-subscriber', after: [], phase: 'final', undo: false, state: 'intended', attempts: 1, reads: 0, attested: false, firstTriedAt: now, ...change,
  });
  const step = stepNamed('remove-subscriber');
  if (step.on !== 'carrier') throw new Error('remove-subscriber acts on the carrier');
  const after = (outcome: Outcome<unknown>, mode: 'act' | 'read' = 'act', change: Partial<StepRecord> = {}) => record(row(change), step, mode, outcome, now);

  it('done and seen is done', () => {
    expect(after({ kind: 'done', fact: 'absent' })).toMatchObject({ change: { state: 'done', doneAt: now }, event: 'step-done' });
  });
  it('a refusal is never repeated and parks the case', () => {
    expect(after({ kind: 'refused', code: 'cannot-delete', says: 'no' })).toMatchObject({ change: { state: 'refused' }, stall: 'cannot-delete' });
  });
  it('unreachable is tried again after a pause that doubles up to an hour', () => {
    expect(after({ kind: 'unreachable', says: 'down' }).change).toMatchObject({ state: 'waiting', notBefore: new Date(now.getTime() + 2000) });
    expect([1, 2, 3, 5, 20].map((attempts) => pauseAfter(attempts, step.retry))).toEqual([2, 4, 8, 32, 3600]);
  });
  it('an unknown outcome leaves the intent open, so that the next thing is a read', () => {
    expect(after({ kind: 'unknown', says: 'no reply' })).toMatchObject({ change: { state: 'intended' }, event: 'step-unknown' });
  });
  it('a read that finds it undone makes it safe to act again', () => {
    expect(after({ kind: 'done', fact: { circuitSwitched: false, packetSwitched: false } }, 'read').change).toMatchObject({ state: 'waiting' });
  });
  it('a read that finds it done settles the unknown', () => {
    expect(after({ kind: 'done', fact: 'absent' }, 'read')).toMatchObject({ change: { state: 'done' }, event: 'step-done' });
  });
  it('what can’t be settled in two days is given to people', () => {
    const long = { firstTriedAt: new Date(now.getTime() - 172_800_000) };
    expect(after({ kind: 'unknown', says: 'no reply' }, 'read', long)).toMatchObject({ change: { state: 'stalled' }, stall: 'unknown' });
    expect(after({ kind: 'unreachable', says: 'down' }, 'act', long)).toMatchObject({ change: { state: 'stalled' }, stall: 'unreachable' });
  });
  it('keeps no number that a peer repeats to us', () => {
    const { change } = after({ kind: 'refused', code: 'x', says: 'IMSI 001010000000142 is busy' });
    expect(JSON.stringify(change.outcome)).not.toContain('001010000000142');
  });
  it('knows when a paused step may go on', () => {
    const later = new Date(now.getTime() + 5000);
    expect(readySteps([row({ notBefore: later })], both, now)).toEqual([]);
    expect(nextPause([row({ notBefore: later })], both, now)).toEqual(later);
  });
});
