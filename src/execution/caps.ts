/**
 * How many cases a second may be begun at a carrier's systems, or by a brand, however many are due: what an operator says in
 * SIGNOFF_RATES. A second's worth may go at once. What is beyond comes back, each brand's in a line of its own; and a brand that
 * has nobody in line has its first case let through, so that whoever has many makes nobody wait who has one.
 * What is begun reaches the carrier as fast as the workers carry it: where they lag behind, it comes later and closer together.
 */
import type { Cancellation } from '../cancellation/cancellation.ts';
import { carriersOf, lockPlaces, savePlaces } from '../store/places.ts';
import type { Tx } from '../store/db.ts';

/** Cases a second, by `carrier/<id>` and `brand/<id>`. What is not named is not held up. */
export type Caps = Readonly<Record<string, number>>;

export type Asking = { readonly id: string; readonly brand: string; /** Those of its caps that are named. */ readonly names: readonly string[] };
/** By name, and by name and brand: when the next may go, in milliseconds. */
export type Places = { readonly shared: ReadonlyMap<string, number>; readonly lines: ReadonlyMap<string, number> };
export const lineKey = (name: string, brand: string): string => `${name} ${brand}`;

const horizon = 1000;

/** Pure: who has to come back when, and where everybody stands afterwards. */
export const deal = (caps: Caps, now: number, asking: readonly Asking[], places: Places): { readonly turns: ReadonlyMap<string, number>; readonly after: Places } => {
  const shared = new Map(places.shared);
  const lines = new Map(places.lines);
  const turns = new Map<string, number>();
  const greeted = new Set<string>();
  const next = (name: string): number => Math.max(shared.get(name) ?? now, now);
  const takes = (name: string): number => 1000 / (caps[name] ?? Infinity);
  const inLine = (name: string): number => Math.max(1, [...lines].filter(([key, at]) => key.startsWith(`${name} `) && at > now).length);
  for (const { id, brand, names } of inTurns(asking)) {
    const full = names.filter((name) => next(name) >= now + horizon && (greeted.has(lineKey(name, brand)) || (lines.get(lineKey(name, brand)) ?? 0) > now));
    if (full.length === 0) {
      for (const name of names) {
        shared.set(name, next(name) + takes(name));
        greeted.add(lineKey(name, brand));
      }
      continue;
    }
    for (const name of full) {
      const key = lineKey(name, brand);
      const at = Math.max(lines.get(key) ?? now, next(name) - horizon, now) + takes(name) * inLine(name);
      lines.set(key, at);
      turns.set(id, Math.max(turns.get(id) ?? 0, at));
    }
  }
  return { turns, after: { shared, lines } };
};

/** One of each brand after another. */
const inTurns = (asking: readonly Asking[]): readonly Asking[] => {
  const byBrand = [...Map.groupBy(asking, ({ brand }) => brand).values()];
  const longest = Math.max(0, ...byBrand.map(({ length }) => length));
  return byBrand.length < 2 ? asking : Array.from({ length: longest }, (_, place) => byBrand.flatMap((list) => list.slice(place, place + 1))).flat();
};

/** Resolves, by case, to when it may ask again; whoever is not in it may go now. Asks nothing where no cap is named. Across brands only. */
export const beyondCaps = async (caps: Caps, tx: Tx, now: Date, cases: readonly Cancellation[]): Promise<ReadonlyMap<string, Date>> => {
  if (cases.length === 0 || Object.keys(caps).length === 0) return new Map();
  const carriers = Object.keys(caps).some((name) => name.startsWith('carrier/')) ? await carriersOf(tx, cases.map(({ lineId }) => lineId)) : new Map<string, string>();
  const asking = cases.map(({ id, brand, lineId }) => ({ id, brand, names: [`brand/${brand}`, `carrier/${carriers.get(lineId) ?? ''}`].filter((name) => caps[name] !== undefined) }));
  const names = [...new Set(asking.flatMap((one) => one.names))].toSorted();
  if (names.length === 0) return new Map();
  const { turns, after } = deal(caps, now.getTime(), asking, await lockPlaces(tx, names, now));
  await savePlaces(tx, after);
  return new Map([...turns].map(([id, at]) => [id, new Date(at)]));
};
