/** Which deadlines near, each told once (migration 0027). */
import type { State } from '../cancellation/life-cycle.ts';
import type { Tx } from './db.ts';

export type Nearing = { readonly cancellation_id: string; readonly brand: string; readonly what: 'review' | 'end'; readonly due_at: Date };

/** A day before, and half of the whole time before where that is shorter: `due` and `from` are columns or expressions of a case. */
const nears = (due: string, from: string): string => `${due} - least(interval '1 day', (${due} - ${from}) / 2) <= $1`;
const tell = (what: Nearing['what'], due: string): string => `
  insert into deadline_alarms (brand, cancellation_id, what, due_at, told_at) select brand, id, '${what}', ${due}, $1 from near
  on conflict do nothing returning cancellation_id, brand, what, due_at`;

/** Reviews that are due within a day, or were, and are not decided. */
export const reviewsNearing = (tx: Tx, now: Date): Promise<Nearing[]> =>
  tx.query(`with near as (
    select id, brand, due_at from cancellations c where state = 'reviewing' and due_at <= $1::timestamptz + interval '1 day' and ${nears('due_at', 'received_at')}
      and not exists (select from deadline_alarms a where a.cancellation_id = c.id and a.what = 'review' and a.due_at = c.due_at))${tell('review', 'due_at')}`, [now]);

/** `places`: where it holds, a country for all its parts. `days`: from receipt until the line is off. It holds for what is received from `since` on, before `until`. */
export type EndDeadline = { readonly places: readonly string[]; readonly days: number; readonly since: Date; readonly until: Date | 'infinity' };

/** Lines that are on although the law wants them off within a day of being asked, or already. What the operator ordered itself nobody asked for; a later day that its subscriber chose stands against no deadline. */
export const endsNearing = (tx: Tx, { places, days, since, until }: EndDeadline, open: readonly State[], now: Date): Promise<Nearing[]> =>
  tx.query(`with near as (
    select id, brand, received_at + make_interval(days => $2) as due_at from cancellations c
    where state = any($3::text[]) and ends_on is null and channel not in ('bulk', 'api') and received_at >= $4 and received_at < $5 and (region = any($6::text[]) or split_part(region, '-', 1) = any($6::text[])) and ${nears('(received_at + make_interval(days => $2))', 'received_at')}
      and not exists (select from deadline_alarms a where a.cancellation_id = c.id and a.what = 'end' and a.due_at = c.received_at + make_interval(days => $2)))${tell('end', 'due_at')}`,
  [now, days, open, since, until, places]);
