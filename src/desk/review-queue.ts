import { workingTimeLeft, type WorkingTime } from '../policy/working-days.ts';
import { reviewCalendar } from '../policy/calendar.ts';
import { packOf } from './follow.ts';
import type { State } from '../cancellation/life-cycle.ts';
import type { Desk } from './desk.ts';

/** Whoever decides: an account of their own, in one brand. */
export type Reviewer = { readonly brand: string; readonly staffId: string };

/** A row of the queue, free of personal data. `left`: working time until the due date, or since it where `late`. */
export type QueueRow = {
  readonly applicationNumber: string;
  readonly state: State;
  readonly kind: string;
  readonly receivedAt: Date;
  readonly dueAt?: Date;
  readonly left?: WorkingTime & { readonly late: boolean };
  readonly channel: string;
  readonly reason?: string;
};
/** `stalled` cases need people too. `next`: the cursor of the page after this one. */
export type Queue = { readonly rows: readonly QueueRow[]; readonly counts: Readonly<Record<'reviewing' | 'waiting' | 'stalled' | 'late', number>> };

/** Open work by due date, most urgent first; what has no due date (calendar unknown) comes before all: nobody watches its clock. */
export const seeQueue = (desk: Desk, who: Reviewer, only: 'reviewing' | 'waiting' | 'stalled' = 'reviewing', most = 100): Promise<Queue> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const now = desk.clock.now();
    const rows = await tx.query<{ application_number: string; state: State; kind: string; received_at: Date; due_at: Date | null; channel: string; reason: string | null; pack_version: string; region: string }>(
      `select c.application_number, c.state, l.kind, c.received_at, c.due_at, c.channel, c.reason, c.pack_version, c.region
       from cancellations c join lines l on l.id = c.line_id where c.brand = $1 and c.state = $2
       order by c.due_at nulls first, c.received_at limit $3`, [who.brand, only, most]);
    const [counts] = await tx.query<Queue['counts']>(
      `select count(*) filter (where state = 'reviewing')::int as reviewing, count(*) filter (where state = 'waiting')::int as waiting,
         count(*) filter (where state = 'stalled')::int as stalled, count(*) filter (where state = 'reviewing' and due_at < $2)::int as late
       from cancellations where brand = $1 and state in ('reviewing', 'waiting', 'stalled')`, [who.brand, now]);
    return {
      rows: rows.map((row): QueueRow => {
        const calendar = reviewCalendar(desk.calendars, packOf(desk, { packVersion: row.pack_version, region: row.region }));
        const left = row.due_at === null || !calendar.ok ? undefined : workingTimeLeft(calendar.value, now, row.due_at);
        return {
          applicationNumber: row.application_number, state: row.state, kind: row.kind, receivedAt: row.received_at, channel: row.channel,
          ...(row.due_at === null ? {} : { dueAt: row.due_at }),
          ...(left?.ok ? { left: left.value } : {}),
          ...(row.reason === null ? {} : { reason: row.reason }),
        };
      }),
      counts: counts ?? { reviewing: 0, waiting: 0, stalled: 0, late: 0 },
    };
  });
