/** Row 25: how many cases a second a carrier may have, dealt out among brands. */
import { describe, expect, it } from 'vitest';
import { deal, type Places } from '../../src/execution/caps.ts';

type Waiting = { readonly id: string; readonly brand: string; readonly at: number };
const name = 'carrier/simulated';
const many = (brand: string, count: number, at = 0): Waiting[] => Array.from({ length: count }, (_, n) => ({ id: `${brand}-${n}`, brand, at }));

/** Asks once a second, as a worker that polls does, in batches of `batch`; resolves to when each was let through, in seconds. */
const run = (perSecond: number, cases: readonly Waiting[], batch = 500): Map<string, number> => {
  let waiting = [...cases];
  let places: Places = { shared: new Map(), lines: new Map() };
  const through = new Map<string, number>();
  for (let second = 0; waiting.length > 0; second++) {
    if (second > 100_000) throw new Error('it never ends');
    const now = second * 1000;
    const due = waiting.filter(({ at }) => at <= now);
    for (let from = 0; from < due.length; from += batch) {
      const asking = due.slice(from, from + batch);
      const { turns, after } = deal({ [name]: perSecond }, now, asking.map(({ id, brand }) => ({ id, brand, names: [name] })), places);
      places = after;
      for (const { id } of asking) if (!turns.has(id)) through.set(id, second);
      waiting = waiting.flatMap((one) => (through.has(one.id) ? [] : [{ ...one, at: turns.get(one.id) ?? one.at }]));
    }
  }
  return through;
};
const upTo = (through: ReadonlyMap<string, number>, second: number): number => [...through.values()].filter((at) => at <= second).length;

describe('25 cases a second', () => {
  it('lets through what there is room for, and a second’s worth at once', () => {
    const through = run(50, many('a', 1000));
    for (let second = 0; second <= 20; second++) expect(upTo(through, second)).toBeLessThanOrEqual(50 * (second + 1));
    expect(Math.max(...through.values())).toBeLessThanOrEqual(20 + 2);
  });

  it('is kept for all brands together, leaves nothing idle, and each gets its share', () => {
    const through = run(50, [...many('a', 2000), ...many('b', 500, 5000)]);
    const last = Math.max(...through.values());
    for (let second = 0; second <= last; second++) expect(upTo(through, second)).toBeLessThanOrEqual(50 * (second + 1) + 2);
    expect(last).toBeLessThan(1.5 * (2500 / 50));
    expect([...through].filter(([id, at]) => id.startsWith('b') && at <= 30).length).toBeGreaterThan(100);
  });

  it('a brand with one case waits for no crowd of another', () => {
    const through = run(10, [...many('a', 3000), ...many('b', 1, 60_000), ...many('c', 1, 61_000)]);
    expect([through.get('b-0'), through.get('c-0')]).toEqual([60, 61]);
  });

  it('holds up nobody whose carrier and brand are not named', () => {
    const { turns, after } = deal({ [name]: 1 }, 0, many('a', 100).map(({ id, brand }) => ({ id, brand, names: [] })), { shared: new Map(), lines: new Map() });
    expect([turns.size, after.shared.size]).toEqual([0, 0]);
  });

  it('by two names the slower one decides', () => {
    const both = many('a', 30).map(({ id, brand }) => ({ id, brand, names: [name, 'brand/a'] }));
    const { turns } = deal({ [name]: 100, 'brand/a': 10 }, 0, both, { shared: new Map(), lines: new Map() });
    expect([turns.size, Math.max(...turns.values())]).toEqual([20, 2000]);
  });
});
