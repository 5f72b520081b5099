/** How fast bulk work goes, by brand and by connector: places in a queue that all workers share. Single cases are never held up by it. */
import { isOrdered, type Cancellation } from '../../cancellation/cancellation.ts';
import { takePlaces, type Bucket } from '../../store/bulk-paces.ts';
import type { Tx } from '../../store/db.ts';
import { loadLines } from '../../store/lines.ts';

/** Cases a second. `carrier/<id>` and `brand/<id>`; `usual` for every one that is not named. */
export type BulkRates = { readonly usual: number; readonly named: Readonly<Record<string, number>> };
export const usualRates: BulkRates = { usual: 100, named: {} };

const rateOf = ({ usual, named }: BulkRates, name: string): number => named[name] ?? usual;
export const brandRate = (rates: BulkRates, brand: string): number => rateOf(rates, `brand/${brand}`);

/** A place that comes within a second is taken at once. */
const soon = 1000;

/** One connector serves all brands. */
const everyBrand = '*';

/** For cases whose next move sets connectors to work. Resolves, by case, to when its turn is; whoever is not in it may go now. Across brands only. */
export const turnsOf = async (rates: BulkRates, tx: Tx, now: Date, cases: readonly Cancellation[]): Promise<Map<string, Date>> => {
  const ordered = cases.filter(isOrdered);
  if (ordered.length === 0) return new Map();
  const carriers = new Map((await loadLines(tx, ordered.map(({ lineId }) => lineId))).map((line) => [line.id, line.carrier]));
  const inBuckets = ordered.map((one) => ({ one, buckets: [{ brand: one.brand, name: `brand/${one.brand}` }, { brand: everyBrand, name: `carrier/${carriers.get(one.lineId) ?? ''}` }] }));
  const counts = new Map<string, Bucket>();
  const place = inBuckets.map(({ one, buckets }) => ({ one, at: buckets.map(({ brand, name }) => {
    const key = `${brand} ${name}`;
    const before = counts.get(key)?.count ?? 0;
    counts.set(key, { brand, name, perSecond: rateOf(rates, name), count: before + 1 });
    return { key, nth: before };
  }) }));
  const firsts = await takePlaces(tx, now, [...counts.values()]);
  return new Map(place.flatMap(({ one, at }) => {
    const turn = Math.max(...at.map(({ key, nth }) => (firsts.get(key)?.getTime() ?? now.getTime()) + (nth * 1000) / (counts.get(key)?.perSecond ?? 1)));
    return turn <= now.getTime() + soon ? [] : [[one.id, new Date(turn)] as const];
  }));
};

/** For cases that are opened: when the next chunk may be. */
export const nextOpening = async (rates: BulkRates, tx: Tx, now: Date, brand: string, count: number): Promise<Date> => {
  const perSecond = brandRate(rates, brand);
  const firsts = await takePlaces(tx, now, [{ brand, name: 'open', perSecond, count }]);
  return new Date((firsts.get(`${brand} open`)?.getTime() ?? now.getTime()) + (count * 1000) / perSecond);
};
