/** Lists and figures from a copy of the database, as long as there is one that answers. Never for what decides anything: a copy is behind. */
import type { Db, Tx } from './db.ts';

export type Reads = Pick<Db, 'inBrand' | 'acrossBrands'>;

const restMs = 10_000;

/** What the copy does not give, the primary does; then the copy is left alone for ten seconds. `work` must only read: it may run twice. */
export const readsFrom = (copy: Db, primary: Db, onAway: (fault: Error) => void): Reads & Pick<Db, 'close'> => {
  let restsUntil = 0;
  const read = async <Value>(from: (db: Reads) => Promise<Value>): Promise<Value> => {
    if (performance.now() < restsUntil) return from(primary);
    try {
      return await from(copy);
    } catch (fault) {
      restsUntil = performance.now() + restMs;
      onAway(fault as Error);
      return from(primary);
    }
  };
  return {
    inBrand: <T>(brand: string, work: (tx: Tx) => Promise<T>) => read((db) => db.inBrand(brand, work)),
    acrossBrands: <T>(work: (tx: Tx) => Promise<T>) => read((db) => db.acrossBrands(work)),
    close: () => copy.close(),
  };
};
