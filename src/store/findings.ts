/** What was found of lines that should be silent, and who looks for it. */
import type { LineKind } from '../cancellation/line.ts';
import type { FindingKind } from '../plan/mend.ts';
import type { StepName } from '../plan/step.ts';
import type { Tx } from './db.ts';

/** By the database's own clock: of a process that died, another takes over after so long. */
const leaseSeconds = 60;
export const renewEvery = 20_000;

/** Undefined while another looks. */
export const beginReconciliation = async (tx: Tx, id: string, brand: string, now: Date): Promise<boolean> => {
  await tx.query(`update reconciliations set ended_at = $2 where brand = $1 and ended_at is null and lease_until < clock_timestamp()`, [brand, now]);
  return (await tx.query(
    `insert into reconciliations (id, brand, started_at, lease_until) values ($1, $2, $3, clock_timestamp() + $4 * interval '1 second')
     on conflict (brand) where ended_at is null do nothing returning 1`, [id, brand, now, leaseSeconds])).length > 0;
};

/** False where it was taken over. */
export const renewReconciliation = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.query(`update reconciliations set lease_until = clock_timestamp() + $2 * interval '1 second' where id = $1 and ended_at is null returning 1`, [id, leaseSeconds])).length > 0;

export const endReconciliation = (tx: Tx, id: string, now: Date, read: { readonly lines: number; readonly unread: number }): Promise<unknown> =>
  tx.query(`update reconciliations set ended_at = $2, lines = $3, unread = $4 where id = $1`, [id, now, read.lines, read.unread]);

/** The last one that came to its end. */
export const lastReconciliation = async (tx: Tx, brand: string): Promise<{ endedAt: Date; lines: number; unread: number } | undefined> =>
  (await tx.query<{ endedAt: Date; lines: number; unread: number }>(
    `select ended_at as "endedAt", lines, unread from reconciliations where brand = $1 and ended_at is not null order by ended_at desc limit 1`, [brand]))[0];

/** `services`: some were sold along with it. */
export type EndedLine = {
  readonly id: string; readonly brand: string; readonly application_number: string; readonly ended_at: Date; readonly subscriber_id: string; readonly line_id: string; readonly billing_ref: string;
  readonly in_home_register: boolean; readonly sealed: Buffer; readonly services: boolean;
};

/** Lines that ended from `since` on, and those of which something is still open; of whom was erased nobody can ask. In pages, the oldest first. */
export const endedLines = (tx: Tx, brand: string, since: Date, after: EndedLine | undefined, most: number): Promise<EndedLine[]> =>
  tx.query<EndedLine>(
    `select c.id, c.brand, c.application_number, c.ended_at, c.subscriber_id, l.id as line_id, l.billing_ref, l.in_home_register, l.sealed, exists (select from line_services s where s.line_id = l.id) as services
     from cancellations c join lines l on l.id = c.line_id
     where c.brand = $1 and c.state = 'cancelled' and (c.ended_at, c.id) > ($2, $3::uuid)
       and (c.ended_at >= $4 or exists (select from findings f where f.cancellation_id = c.id and f.mended_at is null))
     order by c.ended_at, c.id limit $5`, [brand, after?.ended_at ?? '-infinity', after?.id ?? '00000000-0000-0000-0000-000000000000', since, most]);

export type Sounds = { readonly id: string; readonly caseId: string; readonly brand: string; readonly what: FindingKind; readonly owedMinor?: number; readonly currency?: string };
/** A side of a line that answered, and did not say this. */
export type Silent = { readonly caseId: string; readonly what: FindingKind };

/** `fresh`: found for the first time since it was last silent. `mended`: was open, and is over. */
export type SavedFindings = { readonly fresh: readonly Sounds[]; readonly mended: readonly (Silent & { readonly brand: string })[] };

/** Locks the cases of what changes, so that their journals can be written. */
export const saveFindings = async (tx: Tx, now: Date, sounds: readonly Sounds[], silent: readonly Silent[]): Promise<SavedFindings> => {
  await tx.query(
    `select id from cancellations where id = any($1::uuid[]) or id in (select cancellation_id from findings where mended_at is null and cancellation_id = any($2::uuid[])) order by id for update`,
    [sounds.map(({ caseId }) => caseId), silent.map(({ caseId }) => caseId)]);
  const saved = await tx.query<{ id: string }>(
    `insert into findings as f (id, brand, cancellation_id, what, owed_minor, currency, found_at, seen_at)
     select id, brand, case_id, what, owed_minor, currency, $7, $7 from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::bigint[], $6::text[]) as n(id, brand, case_id, what, owed_minor, currency)
     on conflict (cancellation_id, what) where mended_at is null do update set seen_at = excluded.seen_at, owed_minor = excluded.owed_minor, currency = excluded.currency
     returning f.id`,
    [sounds.map(({ id }) => id), sounds.map(({ brand }) => brand), sounds.map(({ caseId }) => caseId), sounds.map(({ what }) => what), sounds.map(({ owedMinor }) => owedMinor ?? null), sounds.map(({ currency }) => currency ?? null), now]);
  const mended = await tx.query<{ caseId: string; what: FindingKind; brand: string }>(
    `update findings f set mended_at = $3 from unnest($1::uuid[], $2::text[]) as n(case_id, what)
     where f.cancellation_id = n.case_id and f.what = n.what and f.mended_at is null returning f.cancellation_id as "caseId", f.what, f.brand`,
    [silent.map(({ caseId }) => caseId), silent.map(({ what }) => what), now]);
  await tx.query(
    `update line_services s set ended_at = $2 from cancellations c where c.id = any($1::uuid[]) and s.line_id = c.line_id and s.ended_at is null`,
    [mended.filter(({ what }) => what === 'service-runs').map(({ caseId }) => caseId), now]);
  const made = new Set(saved.map(({ id }) => id));
  return { fresh: sounds.filter(({ id }) => made.has(id)), mended };
};

export type FindingRow = {
  readonly id: string; readonly cancellation_id: string; readonly application_number: string; readonly state: string; readonly kind: LineKind; readonly what: FindingKind;
  readonly owed_minor: number | null; readonly currency: string | null; readonly found_at: Date; readonly seen_at: Date; readonly mends: number; readonly mend_ordered_at: Date | null; readonly mended_at: Date | null;
};
const found = `select f.id, f.cancellation_id, c.application_number, c.state, l.kind, f.what, f.owed_minor, f.currency, f.found_at, f.seen_at, f.mends, f.mend_ordered_at, f.mended_at
  from findings f join cancellations c on c.id = f.cancellation_id join lines l on l.id = c.line_id`;

/** Open ones the oldest first; mended ones the latest first. */
export const findingsOf = (tx: Tx, brand: string, mended: boolean, what: FindingKind | undefined, most: number): Promise<FindingRow[]> =>
  tx.query<FindingRow>(
    `${found} where f.brand = $1 and (f.mended_at is not null) = $2 and ($3::text is null or f.what = $3) order by ${mended ? 'f.mended_at desc' : 'f.found_at'}, f.id limit $4`, [brand, mended, what ?? null, most]);

export const findingById = async (tx: Tx, brand: string, id: string): Promise<FindingRow | undefined> =>
  (await tx.query<FindingRow>(`${found} where f.brand = $1 and f.id = $2`, [brand, id]))[0];

export const findingsOfCase = (tx: Tx, caseId: string): Promise<FindingRow[]> => tx.query<FindingRow>(`${found} where f.cancellation_id = $1 order by f.found_at, f.what`, [caseId]);

export const countFindings = async (tx: Tx, brand: string): Promise<{ open: number; mended: number }> =>
  (await tx.query<{ open: number; mended: number }>(`select count(*) filter (where mended_at is null)::int as open, count(*) filter (where mended_at is not null)::int as mended from findings where brand = $1`, [brand]))[0] ?? { open: 0, mended: 0 };

/**
 * Steps that were over are to be carried out once more, under a key that no peer has seen: with the old one it would answer as
 * it did then. Resolves to their names; those that are under way or were never wanted stay as they are.
 */
export const orderAgain = async (tx: Tx, caseId: string, names: readonly StepName[], time: number): Promise<StepName[]> =>
  (await tx.query<{ name: StepName }>(
    `update steps set state = 'waiting', attempts = 0, intent_key = cancellation_id || ':' || name || ':again-' || $3::int, intended_at = null, first_tried_at = null, not_before = null, done_at = null
     where cancellation_id = $1 and name = any($2::text[]) and state in ('done', 'refused', 'stalled') returning name`, [caseId, names, time])).map(({ name }) => name);

/** How often anything of the case was ordered again, this time included. */
export const countMend = async (tx: Tx, id: string, caseId: string, now: Date): Promise<number> => {
  await tx.query(`update findings set mends = mends + 1, mend_ordered_at = $2 where id = $1`, [id, now]);
  return (await tx.query<{ times: number }>(`select sum(mends)::int as times from findings where cancellation_id = $1`, [caseId]))[0]?.times ?? 1;
};

/** A service that runs on ends by its step only while the line has it. */
export const reviveServices = (tx: Tx, caseId: string): Promise<unknown> =>
  tx.query(`update line_services s set ended_at = null from cancellations c where c.id = $1 and s.line_id = c.line_id and s.ended_at >= c.received_at`, [caseId]);
