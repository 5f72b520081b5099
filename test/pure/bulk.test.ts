import { describe, expect, it } from 'vitest';
import { allPacks } from '../../policies/index.ts';
import { bulkStates, moveOrder, releaseOrder, type BulkMove } from '../../src/cancellation/bulk-order.ts';
import { judgeRow, readCells, type NamedLine } from '../../src/policy/ordered-row.ts';
import type { Pack } from '../../src/policy/pack.ts';

const [pack] = allPacks as [Pack];
const good: NamedLine = { unpaid: false, boundDevices: false, anomaly: false, credit: false, region: 'CN', cancelled: false, openCase: false };
const reason = pack.reasons[0]?.id ?? '';

describe('P6 what a line of a bulk order says', () => {
  it.each([
    [{ number: '+1 202 555 0142' }, { line: { number: '+12025550142' } }],
    [{ number: '', reference: 'B-100142', reason: 'x', end: '2026-12-31' }, { line: { reference: 'B-100142' }, reason: 'x', endsOn: '2026-12-31' }],
    [{}, 'line-missing'],
    [{ number: '+12025550142', reference: 'B-1' }, 'two-lines-named'],
    [{ number: '+44 (0)7700 900123' }, { line: { number: '+447700900123' } }],
    [{ number: '2025550142' }, 'number-without-country'],
    [{ number: '1.20255E+10' }, 'number-not-valid'],
    [{ number: '="+12025550142"' }, 'formula'],
    [{ number: '+1+cmd|calc!A1' }, 'formula'],
    [{ number: '-1' }, 'formula'],
    [{ reference: '@SUM(A1)' }, 'formula'],
    [{ reference: 'B-1', reason: '=1+1' }, 'formula'],
    [{ reference: 'B'.repeat(101) }, 'reference-not-valid'],
    [{ reference: 'B-1', end: '31.12.2026' }, 'end-not-a-day'],
    [{ reference: 'B-1', end: '2026-02-30' }, 'end-not-a-day'],
  ] as const)('%o', (cells, says) => {
    const read = readCells(cells);
    if (typeof says === 'string') expect(read).toMatchObject({ ok: false, why: { why: says } });
    else expect(read).toEqual({ ok: true, value: says });
  });
});

describe('P6 may a named line be cancelled by order', () => {
  it.each<[string, Partial<NamedLine>, object, object]>([
    ['in good standing', {}, {}, {}],
    ['cancelled', { cancelled: true }, {}, { why: 'already-cancelled' }],
    ['with a case', { openCase: true }, {}, { why: 'open-case' }],
    ['in arrears', { unpaid: true }, {}, { why: 'not-eligible' }],
    ['without a reason that the policy demands', {}, { reason: undefined }, { why: 'reason-missing' }],
    ['for a reason that the policy does not know', {}, { reason: 'because' }, { why: 'reason-unknown' }],
    ['that ended yesterday', {}, { endsOn: '2026-11-23' }, { why: 'end-too-early', detail: '2026-11-24' }],
    ['that ends in ten years', {}, { endsOn: '2036-11-24' }, { why: 'end-too-late', detail: '2028-11-23' }],
  ])('%s', (_, line, row, says) => {
    const judged = judgeRow({ ...pack, reasonRequired: true, end: { service: 'at-once', billing: 'at-once' } }, { reason, ...row } as { reason: string }, { ...good, ...line }, '2026-11-24');
    expect(judged.ok ? judged.value : judged.why).toMatchObject(says);
    expect(judged.ok).toBe(Object.keys(says).length === 0);
  });

  it('the rule that stands against it is named, so that it can be told in words', () => {
    const judged = judgeRow(pack, { reason }, { ...good, unpaid: true }, '2026-11-24');
    expect(judged.ok ? undefined : pack.eligibility.find(({ id }) => id === judged.why.detail)?.when).toEqual({ unpaid: 'some' });
  });

  it('never ends earlier than the paid month where the policy promises that', () => {
    const term: Pack = { ...pack, reasonRequired: false, end: { service: 'end-of-term', billing: 'end-of-term' } };
    const line: NamedLine = { ...good, running: { from: '2026-11-15', to: '2026-12-14' } };
    expect(judgeRow(term, {}, line, '2026-11-24')).toEqual({ ok: true, value: { endsOn: '2026-12-14' } });
    expect(judgeRow(term, { endsOn: '2026-12-01' }, line, '2026-11-24')).toMatchObject({ ok: false, why: { why: 'end-too-early', detail: '2026-12-14' } });
    expect(judgeRow(term, { endsOn: '2027-01-31' }, line, '2026-11-24')).toEqual({ ok: true, value: { endsOn: '2027-01-31' } });
  });
});

describe('P6 the life of an order', () => {
  const moves: readonly BulkMove[] = ['read', 'check', 'release', 'pause', 'resume', 'stop', 'finish'];
  it('goes these ways and no other', () => {
    expect(bulkStates.flatMap((state) => moves.flatMap((move) => { const to = moveOrder(state, move); return to.ok ? [`${state} ${move} ${to.value}`] : []; }))).toEqual([
      'reading read checking', 'reading stop stopped', 'checking check checked', 'checking stop stopped', 'checked release released', 'checked stop stopped',
      'released pause paused', 'released stop stopped', 'released finish done', 'paused resume released', 'paused stop stopped',
    ]);
  });

  it('is released by another than who brought it, and not without a line to cancel', () => {
    const order = { state: 'checked', uploadedBy: 'staff:a', eligible: 1 } as const;
    expect(releaseOrder(order, 'staff:a')).toMatchObject({ why: { kind: 'same-person' } });
    expect(releaseOrder(order, 'staff:b')).toEqual({ ok: true, value: 'released' });
    expect(releaseOrder({ ...order, eligible: 0 }, 'staff:b')).toMatchObject({ why: { kind: 'nothing-eligible' } });
    expect(releaseOrder({ ...order, state: 'checking' }, 'staff:b')).toMatchObject({ why: { kind: 'wrong-state' } });
  });
});
