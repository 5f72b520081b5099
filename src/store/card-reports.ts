/** What the card's side reported of profiles, and how the removal of a case's profile stands by that. */
import { removalOf, type CardEvent, type CardReport, type EsimRemoval } from '../cancellation/esim-removal.ts';
import type { Tx } from './db.ts';

/** As ES2+ has it; only what succeeded says anything about where a profile is. */
export type ReportStatus = 'Executed-Success' | 'Executed-WithWarning' | 'Failed' | 'Expired';
export type NewReport = CardReport & { readonly lineId: string; readonly brand: string; readonly status: ReportStatus };

const succeeded = `('Executed-Success', 'Executed-WithWarning')`;

export const saveReports = (tx: Tx, reports: readonly NewReport[], now: Date): Promise<unknown> =>
  tx.query(
    `insert into card_reports (line_id, brand, event, status, at, received_at)
     select line_id, brand, event, status, at, $6 from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::timestamptz[]) as n (line_id, brand, event, status, at)
     on conflict (line_id, event, status, at) do update set times = card_reports.times + 1`,
    [reports.map((one) => one.lineId), reports.map((one) => one.brand), reports.map((one) => one.event), reports.map((one) => one.status), reports.map((one) => one.at), now]);

/** By line: those of what succeeded. */
export const reportsOf = async (tx: Tx, lineIds: readonly string[]): Promise<Map<string, CardReport[]>> => {
  const rows = await tx.query<{ line_id: string; event: CardEvent; at: Date }>(
    `select line_id, event, at from card_reports where line_id = any($1::uuid[]) and status in ${succeeded} order by at`, [lineIds]);
  const byLine = new Map<string, CardReport[]>();
  for (const { line_id, event, at } of rows) byLine.set(line_id, [...(byLine.get(line_id) ?? []), { event, at }]);
  return byLine;
};

/** Resolves to how often it came on that day. */
export const countStray = async (tx: Tx, stray: { readonly why: 'unknown-profile' | 'unknown-point'; readonly point: number }, now: Date): Promise<number> => {
  const [row] = await tx.query<{ times: number }>(
    `insert into stray_card_reports (day, why, point) values (($1::timestamptz at time zone 'UTC')::date, $2, $3)
     on conflict (day, why, point) do update set times = stray_card_reports.times + 1 returning times`, [now, stray.why, stray.point]);
  return row?.times ?? 1;
};

type RemovalRow = { id: string; fact: string | null; ordered_at: Date; was_on_device: boolean; reported_at: Date | null; said_at: Date | null };

/** By case; none where its order is not carried out yet, or where there is no profile. What two people attested says nothing about the device. */
export const removalsOf = async (tx: Tx, caseIds: readonly string[]): Promise<Map<string, EsimRemoval>> => {
  if (caseIds.length === 0) return new Map();
  const rows = await tx.query<RemovalRow>(
    `select c.id, s.outcome ->> 'fact' as fact, s.done_at as ordered_at,
       exists (select from card_reports r where r.line_id = c.line_id and r.event in ('downloaded', 'installed', 'enabled', 'disabled', 'deleted') and r.status in ${succeeded}) as was_on_device,
       j.reported_at, j.said_at
     from cancellations c join steps s on s.cancellation_id = c.id and s.name = 'cancel-esim-order' and s.state = 'done' and s.done_at is not null
     cross join lateral (select min((facts ->> 'reportedAt')::timestamptz) filter (where event = 'profile-deleted') as reported_at, min(at) filter (where event = 'deletion-said') as said_at
       from journal where cancellation_id = c.id and event in ('profile-deleted', 'deletion-said')) j
     where c.id = any($1::uuid[])`, [caseIds]);
  return new Map(rows.map((row): [string, EsimRemoval] => [row.id, removalOf({
    fact: row.fact === 'order-cancelled' ? 'order-cancelled' : 'already-on-device', orderedAt: row.ordered_at, wasOnDevice: row.was_on_device,
    ...(row.reported_at === null ? {} : { reportedAt: row.reported_at }),
    ...(row.said_at === null ? {} : { saidAt: row.said_at }),
  })]));
};
