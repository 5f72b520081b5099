/** Lists and figures from a copy of the database, as long as there is one that answers and follows. Never for what decides anything: a copy is behind. */
import type { Db, Tx } from './db.ts';

export type Reads = Pick<Db, 'inBrand' | 'acrossBrands'> & { /** By how many milliseconds what was read last may be behind. */ readonly behind?: () => number };

const restMs = 10_000;
/** How often it is looked whether the copy follows. */
const lookMs = 5_000;

/** It answers, and what it shows is older than it may be. */
export class CopyBehind extends Error {
  override readonly name = 'CopyBehind';
}

/**
 * What the copy does not give, or gives too late, the primary does; then the copy is left alone for ten seconds. `work` must only read: it may run twice.
 * `mostBehind`: seconds since the last commit that the copy knows of, when it lacks something that the primary has. A copy that
 * was cut off, or made a primary of its own, answers as before: so it is asked, not believed.
 */
export const readsFrom = (copy: Db, primary: Db, onAway: (fault: Error) => void, mostBehind = 15): Reads & Pick<Db, 'close'> => {
  let restsUntil = 0;
  let lookedAt = Number.NEGATIVE_INFINITY;
  /** When it was looked last. */
  let behindMs = 0;
  const look = async (): Promise<void> => {
    if (performance.now() < lookedAt + lookMs) return;
    const [written] = await primary.acrossBrands((tx) => tx.query<{ at: string }>('select pg_current_wal_flush_lsn()::text as at'));
    const [stands] = await copy.acrossBrands((tx) => tx.query<{ has_all: boolean | null; behind: number | null }>(
      `select pg_last_wal_replay_lsn() >= $1::pg_lsn as has_all, (extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()) * 1000)::float8 as behind`, [written?.at]));
    const behind = stands?.has_all === true ? 0 : Math.max(0, stands?.behind ?? Number.POSITIVE_INFINITY);
    if (behind >= mostBehind * 1000) throw new CopyBehind();
    [lookedAt, behindMs] = [performance.now(), behind];
  };
  const read = async <Value>(from: (db: Reads) => Promise<Value>): Promise<Value> => {
    if (performance.now() < restsUntil) return from(primary);
    try {
      await look();
      return await from(copy);
    } catch (fault) {
      restsUntil = performance.now() + restMs;
      lookedAt = Number.NEGATIVE_INFINITY;
      onAway(fault as Error);
      return from(primary);
    }
  };
  return {
    inBrand: <T>(brand: string, work: (tx: Tx) => Promise<T>) => read((db) => db.inBrand(brand, work)),
    acrossBrands: <T>(work: (tx: Tx) => Promise<T>) => read((db) => db.acrossBrands(work)),
    behind: () => (performance.now() < restsUntil ? 0 : behindMs + performance.now() - lookedAt),
    close: () => copy.close(),
  };
};
