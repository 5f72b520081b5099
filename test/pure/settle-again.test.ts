/** An instruction whose reply was lost: is it read, or given again? */
import { describe, expect, it } from 'vitest';
import { record } from '../../src/execution/record.ts';
import { settleBalance } from '../../src/plan/steps/settle-balance.ts';
import { isRepeated, type SettlementOrder } from '../../src/plan/step.ts';
import type { StepRecord } from '../../src/store/steps.ts';

const order = (amounts: Partial<SettlementOrder>): SettlementOrder => ({ collectMinor: 0, offsetMinor: 0, refundMinor: 0, forfeitMinor: 0, currency: 'USD', ...amounts });
const now = new Date('2026-11-24T06:00:00Z');
const row: StepRecord = { cancellationId: 'c', name: 'settle-balance', brand: 'plum', after: [], phase: 'final', state: 'intended', attempts: 1, intentKey: 'c:settle-balance', undo: false, reads: 0, attested: false };
const nothingLeft = { kind: 'done', fact: { status: 'active', owedMinor: 0, creditMinor: 0, currency: 'USD', chargesFrozen: true, purchasesFrozen: true } } as const;
if (settleBalance.on !== 'carrier') throw new Error('billing is at the carrier’s');
const step = settleBalance;

describe('UP9 P4 the reply to the settlement was lost', () => {
  it('a fee on a line with nothing on it looks the same before and after: it is given again, under its key', () => {
    expect(isRepeated(step, order({ collectMinor: 300 }))).toBe(true);
    expect(record(row, step, 'read', nothingLeft, now, true).change).toMatchObject({ state: 'done' });
    expect(record(row, step, 'read', { kind: 'refused', code: 'amounts-differ', says: 'no' }, now, true)).toMatchObject({ change: { state: 'refused' }, event: 'step-refused' });
  });

  it('credit that is gone shows that it was settled, and credit that is there that it was not: it is read', () => {
    for (const amounts of [{ refundMinor: 950 }, { offsetMinor: 690, collectMinor: 300 }, { forfeitMinor: 1 }, { payoutMinor: 5 }, { transfer: { toRef: 'B-1', minor: 5 }, collectMinor: 1 }]) expect(isRepeated(step, order(amounts))).toBe(false);
    expect(record(row, step, 'read', nothingLeft, now, false).change).toMatchObject({ state: 'done' });
    expect(record(row, step, 'read', { ...nothingLeft, fact: { ...nothingLeft.fact, creditMinor: 950 } }, now, false).change).toMatchObject({ state: 'waiting' });
  });

  it('where nothing is moved, nothing left is all that was wanted', () => expect(isRepeated(step, order({}))).toBe(false));
});
