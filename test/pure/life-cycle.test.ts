import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cancellation } from '../../src/cancellation/cancellation.ts';
import { actors, closedStates, isOpen, lifeCycle, moveNames, openStates, states, type Actor, type MoveName, type State } from '../../src/cancellation/life-cycle.ts';
import { makeMove } from '../../src/cancellation/moves/move.ts';
import { lifeCycleDiagram } from '../../src/cancellation/diagram.ts';

const now = new Date('2026-11-24T02:00:00Z');
const caseIn = (state: State): Cancellation => ({
  id: '00000000-0000-4000-8000-000000000001', brand: 'a-brand', subscriberId: 's', lineId: 'l', state, version: 3, packVersion: 'a-brand@2026-01-01',
  region: 'CN', channel: 'web', openedAt: now, changedAt: now,
});

/** DESIGN's table, written down a second time by hand: state → the moves that leave it, with their actors. */
const expected: Record<State, Partial<Record<MoveName, readonly [State, ...Actor[]]>>> = {
  draft: { receive: ['received', 'subscriber', 'agent', 'anyone', 'operator'], lapse: ['lapsed', 'clock'] },
  received: { prove: ['proven', 'subscriber', 'agent', 'operator'], withdraw: ['withdrawn', 'subscriber', 'agent'], lapse: ['lapsed', 'clock'] },
  proven: { review: ['reviewing', 'policy'], approve: ['approved', 'policy', 'reviewer', 'operator'], withdraw: ['withdrawn', 'subscriber', 'agent'] },
  reviewing: { ask: ['waiting', 'reviewer'], approve: ['approved', 'policy', 'reviewer', 'operator'], refuse: ['refused', 'reviewer'], withdraw: ['withdrawn', 'subscriber', 'agent'] },
  waiting: { supply: ['reviewing', 'subscriber', 'agent'], withdraw: ['withdrawn', 'subscriber', 'agent'], lapse: ['lapsed', 'clock'] },
  approved: { confirm: ['scheduled', 'subscriber', 'policy'], withdraw: ['withdrawn', 'subscriber', 'agent'], lapse: ['lapsed', 'clock'] },
  scheduled: { bar: ['recoverable', 'clock'], execute: ['executing', 'clock'], withdraw: ['withdrawn', 'subscriber', 'agent'] },
  recoverable: { execute: ['executing', 'clock'], withdraw: ['withdrawn', 'subscriber', 'agent'] },
  executing: { stall: ['stalled', 'executor'], complete: ['cancelled', 'executor'] },
  stalled: { resume: ['executing', 'agent'] },
  cancelled: { erase: ['erased', 'executor'] },
  refused: { appeal: ['reviewing', 'subscriber'] },
  erased: {},
  withdrawn: {},
  lapsed: {},
};

describe('the life of a cancellation', () => {
  it('lets exactly the moves of the table through: every state × move × actor', () => {
    let tried = 0;
    for (const state of states)
      for (const move of moveNames)
        for (const actor of actors) {
          const [to, ...by] = expected[state][move] ?? [undefined];
          const result = makeMove(caseIn(state), move, actor, now);
          const allowed = to !== undefined && (by as Actor[]).includes(actor);
          expect(result.ok, `${state} × ${move} × ${actor}`).toBe(allowed);
          if (result.ok) expect(result.value.after).toMatchObject({ state: to, version: 4, changedAt: now });
          else expect(result.why.kind).toBe(to === undefined ? 'wrong-state' : 'not-yours');
          tried += 1;
        }
    expect(tried).toBe(states.length * moveNames.length * actors.length);
  });

  it('reaches every state from a draft, and leads every open one to an end', () => {
    const next = (state: State) => Object.values(lifeCycle).filter((rule) => (rule.from as readonly State[]).includes(state)).map((rule) => rule.to as State);
    const reachable = (from: State): Set<State> => {
      const seen = new Set<State>([from]);
      for (const state of seen) next(state).forEach((to) => seen.add(to));
      return seen;
    };
    expect([...reachable('draft')].toSorted()).toEqual([...states].toSorted());
    for (const state of openStates) expect(closedStates.some((end) => reachable(state).has(end)), state).toBe(true);
  });

  it('never comes back over the point of no return', () => {
    const after = new Set<State>(['executing', 'stalled', 'cancelled', 'erased']);
    for (const rule of Object.values(lifeCycle))
      if (rule.from.some((state) => after.has(state))) expect(after.has(rule.to)).toBe(true);
  });

  it('has one file a move, and the diagram in ARCHITECTURE.md is made from the table', async () => {
    for (const move of moveNames) {
      const file = (await import(`../../src/cancellation/moves/${move}.ts`)) as Record<string, unknown>;
      expect(typeof file[move], move).toBe('function');
    }
    expect(await readFile(new URL('../../ARCHITECTURE.md', import.meta.url), 'utf8')).toContain(lifeCycleDiagram());
  });

  it('takes away what a move names as undefined, and keeps the rest', () => {
    const waiting: Cancellation = { ...caseIn('waiting'), waitingSince: now, asked: { materials: ['clearer-photo'] }, dueAt: now };
    const result = makeMove(waiting, 'supply', 'subscriber', now, { waitingSince: undefined, asked: undefined });
    expect(result.ok && 'waitingSince' in result.value.after).toBe(false);
    expect(result.ok && result.value.after.dueAt).toEqual(now);
  });
});

/**
 * The model knows nothing of the table: it keeps what a person would know of a case (is it sent, is somebody waiting, is it over),
 * and says from that alone whether a command must work.
 */
type Model = { sent: boolean; proven: boolean; review: 'none' | 'running' | 'waiting' | 'done'; dated: boolean; barred: boolean; past: boolean; stuck: boolean; end: 'none' | 'cancelled' | 'erased' | 'refused' | 'withdrawn' | 'lapsed' };
const fresh = (): Model => ({ sent: false, proven: false, review: 'none', dated: false, barred: false, past: false, stuck: false, end: 'none' });

const may: Record<MoveName, (model: Model) => boolean> = {
  receive: (m) => m.end === 'none' && !m.sent,
  prove: (m) => m.end === 'none' && m.sent && !m.proven,
  review: (m) => m.end === 'none' && m.proven && m.review === 'none',
  ask: (m) => m.end === 'none' && m.review === 'running',
  supply: (m) => m.end === 'none' && m.review === 'waiting',
  approve: (m) => m.end === 'none' && m.proven && (m.review === 'none' || m.review === 'running'),
  refuse: (m) => m.end === 'none' && m.review === 'running',
  appeal: (m) => m.end === 'refused',
  confirm: (m) => m.end === 'none' && m.review === 'done' && !m.dated,
  bar: (m) => m.end === 'none' && m.dated && !m.barred && !m.past,
  withdraw: (m) => m.end === 'none' && m.sent && !m.past,
  lapse: (m) => m.end === 'none' && (!m.sent || !m.proven || m.review === 'waiting' || (m.review === 'done' && !m.dated)),
  execute: (m) => m.end === 'none' && m.dated && !m.past,
  stall: (m) => m.end === 'none' && m.past && !m.stuck,
  resume: (m) => m.end === 'none' && m.stuck,
  complete: (m) => m.end === 'none' && m.past && !m.stuck,
  erase: (m) => m.end === 'cancelled',
};
const then: Record<MoveName, Partial<Model>> = {
  receive: { sent: true }, prove: { proven: true }, review: { review: 'running' }, ask: { review: 'waiting' }, supply: { review: 'running' },
  approve: { review: 'done' }, refuse: { end: 'refused' }, appeal: { end: 'none', review: 'running' }, confirm: { dated: true }, bar: { barred: true },
  withdraw: { end: 'withdrawn' }, lapse: { end: 'lapsed' }, execute: { past: true }, stall: { stuck: true }, resume: { stuck: false },
  complete: { end: 'cancelled' }, erase: { end: 'erased' },
};

describe('any sequence of commands', () => {
  it('does what a plain model of a case does', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...moveNames), { maxLength: 40 }), (commands) => {
        let one = caseIn('draft');
        let model = fresh();
        for (const move of commands) {
          const result = makeMove(one, move, lifeCycle[move].by[0], now);
          expect(result.ok, `${move} in ${one.state}`).toBe(may[move](model));
          if (!result.ok) continue;
          one = result.value.after;
          model = { ...model, ...then[move] };
          expect(isOpen(one.state)).toBe(model.end === 'none');
        }
      }),
      { numRuns: 3000 },
    );
  });
});
