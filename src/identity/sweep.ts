/** What time has made useless is deleted: it is not kept because nobody looked. */
import type { Tx } from '../store/db.ts';
import { keptForMs } from './repeated-requests.ts';

const hour = 3_600_000;

/** Run now and then, across brands. Resolves to how many rows went. */
export const sweepIdentity = async (tx: Tx, now: Date): Promise<number> => {
  const before = (age: number): Date => new Date(now.getTime() - age);
  const sweeps = [
    ['delete from sessions where expires_at < $1 returning 1', before(24 * hour)], // a day longer, to say "it is over" rather than nothing
    ['delete from one_time_codes where expires_at < $1 returning 1', before(24 * hour)],
    ['delete from proofs where proven_at < $1 returning 1', before(24 * hour)],
    ['delete from attempts where counted_at < $1 returning 1', before(48 * hour)],
    ['delete from repeated_requests where begun_at < $1 returning 1', before(keptForMs)],
    ['delete from set_aside_jobs where ordered_at < $1 returning 1', before(90 * 24 * hour)], // what nobody ordered again stays until somebody does
    ['delete from known_devices where used_at < $1 returning 1', before(180 * 24 * hour)],
  ] as const;
  let gone = 0;
  for (const [sql, limit] of sweeps) gone += (await tx.query(sql, [limit])).length;
  return gone;
};
