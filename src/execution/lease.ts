/** Who may act on a case: a lease of the database's own clock, and a fence that only goes up. */
import type { Tx } from '../store/db.ts';

export const leaseSeconds = 30;
/** Renewed while calls are under way, so that only a worker that is dead or frozen loses its lease. */
export const renewEverySeconds = 8;

/** For `mostLost`: it is taken, whatever became of workers before. */
export const howeverOften = 1_000_000;

/** Case ids with the fence under which they were taken. */
export type Fences = ReadonlyMap<string, number>;

/**
 * Takes what nobody holds. What is in none of these states, on none of these versions of policies, or held by another, is not in the
 * result; nor is a case with which `mostLost` workers were lost. A lease that ran out, instead of being dropped, is a worker that was lost.
 */
export const takeLeases = async (tx: Tx, caseIds: readonly string[], states: readonly string[], versions: readonly string[], mostLost: number = howeverOften): Promise<Fences> => {
  const rows = await tx.query<{ id: string; fence: number }>(
    `update cancellations set fence = fence + 1, workers_lost = workers_lost + (lease_until is not null)::int, lease_until = clock_timestamp() + $3 * interval '1 second'
     where id in (select id from cancellations where id = any($1::uuid[]) and state = any($2::text[]) and pack_version = any($5::text[]) and workers_lost < $4
                    and (lease_until is null or lease_until < clock_timestamp()) order by id for update)
     returning id, fence`, [caseIds, states, leaseSeconds, mostLost, versions]);
  return new Map(rows.map((row) => [row.id, row.fence]));
};

/**
 * Locks the cases still held under their fence; the rest was taken by another, or withdrawn, and is lost to this worker. The row
 * itself is written only where the lease runs out soon: a case is a wide row, and a round comes every few milliseconds.
 * Resolves to the version of each, which shows whether somebody moved it.
 */
export const keepLeases = async (tx: Tx, fences: Fences): Promise<Map<string, number>> => {
  const rows = await tx.query<{ id: string; version: number; soon: boolean }>(
    `select own.id, own.version, own.soon
     from (select c.id, c.version, c.lease_until < clock_timestamp() + $3 * interval '1 second' as soon
           from cancellations c join unnest($1::uuid[], $2::bigint[]) as held(id, fence) on held.id = c.id and held.fence = c.fence
           where c.lease_until > clock_timestamp() order by c.id for no key update of c) as own`,
    [[...fences.keys()], [...fences.values()], leaseSeconds - renewEverySeconds]);
  const soon = rows.filter((row) => row.soon).map(({ id }) => id);
  if (soon.length > 0) await renewLeases(tx, new Map(soon.map((id) => [id, fences.get(id) ?? 0])));
  return new Map(rows.map(({ id, version }) => [id, version]));
};

/** The same without a lock for more than a moment: while calls are under way. */
export const renewLeases = (tx: Tx, fences: Fences): Promise<unknown> =>
  tx.query(
    `update cancellations c set lease_until = clock_timestamp() + $3 * interval '1 second' from unnest($1::uuid[], $2::bigint[]) as held(id, fence)
     where c.id = held.id and c.fence = held.fence and c.lease_until > clock_timestamp()`, [[...fences.keys()], [...fences.values()], leaseSeconds]);

/** Seconds until another's lease on these ends; 0 where none is held. */
export const leaseLeft = async (tx: Tx, caseIds: readonly string[]): Promise<Map<string, { readonly brand: string; readonly left: number }>> => {
  const rows = await tx.query<{ id: string; brand: string; left: number }>(
    `select id, brand, greatest(0, extract(epoch from lease_until - clock_timestamp()))::float8 as left from cancellations where id = any($1::uuid[]) and lease_until is not null`, [caseIds]);
  return new Map(rows.map((row) => [row.id, row]));
};

/** Those still held under these fences. */
export const giveBack = (tx: Tx, fences: Fences): Promise<unknown> =>
  tx.query(`update cancellations c set lease_until = null from unnest($1::uuid[], $2::bigint[]) as held(id, fence) where c.id = held.id and c.fence = held.fence`,
    [[...fences.keys()], [...fences.values()]]);

export const dropLeases = async (tx: Tx, caseIds: readonly string[]): Promise<void> => {
  if (caseIds.length > 0) await tx.query(`update cancellations set lease_until = null, workers_lost = 0 where id = any($1::uuid[])`, [caseIds]);
};
