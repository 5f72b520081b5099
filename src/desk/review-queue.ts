import { workingTimeLeft, type WorkingTime } from '../policy/working-days.ts';
import { reviewCalendar } from '../policy/calendar.ts';
import { packOf, type Pinned } from './follow.ts';
import type { State } from '../cancellation/life-cycle.ts';
import type { Text } from '../policy/pack.ts';
import type { Desk } from './desk.ts';

/** Whoever decides: an account of their own, in one brand. */
export type Reviewer = { readonly brand: string; readonly staffId: string };

/** Working time until the due date, or since it where `late`; of a case that waits, what was left when its clock stopped. */
export type TimeLeft = WorkingTime & { readonly late: boolean; readonly everyDayCounts: boolean };

/** A row of the queue, free of personal data. No `left`: the calendar of that year is not known. */
export type QueueRow = {
  readonly applicationNumber: string;
  readonly state: State;
  readonly kind: string;
  readonly receivedAt: Date;
  /** When it came into its state. */
  readonly since: Date;
  readonly dueAt?: Date;
  readonly left?: TimeLeft;
  readonly channel: string;
  readonly reason?: string;
  /** `reason` in the words of the case's own pack. */
  readonly reasonSays?: Text;
  /** The step at which it stalled. */
  readonly step?: string;
};
export const queueTabs = ['reviewing', 'waiting', 'received', 'stalled'] as const;
export type QueueTab = (typeof queueTabs)[number];
/**
 * `stalled`: a step needs people, whether the cancellation stopped there, or its undoing, or the bar before it, which a lost device brings with the application.
 * `received`: declared without sign-in, and not yet confirmed by who has the line.
 * `aside`: jobs that were set aside. `late` are those of `reviewing` whose due date has passed.
 */
export type Queue = { /** Where what is shown may be older than five seconds: it is no older than this. */ readonly asOf?: Date; readonly rows: readonly QueueRow[]; readonly counts: Readonly<Record<QueueTab | 'late' | 'aside', number>> };

type Row = {
  application_number: string; state: State; kind: string; received_at: Date; changed_at: Date; due_at: Date | null; waiting_since: Date | null;
  channel: string; reason: string | null; pack_version: string; region: string; step: string | null;
};

/** What is left of the time for review. Undefined without a due date, or where a year on the way has no calendar. */
export const timeLeft = (desk: Desk, one: Pinned & { dueAt?: Date | undefined; waitingSince?: Date | undefined }): TimeLeft | undefined => {
  const calendar = reviewCalendar(desk.calendars, packOf(desk, one));
  if (one.dueAt === undefined || !calendar.ok) return undefined;
  const left = workingTimeLeft(calendar.value, one.waitingSince ?? desk.clock.now(), one.dueAt);
  return left.ok ? { ...left.value, everyDayCounts: calendar.value.everyDayCounts } : undefined;
};

const columns = `c.application_number, c.state, l.kind, c.received_at, c.changed_at, c.due_at, c.waiting_since, c.channel, c.reason, c.pack_version, c.region`;
const inReview = `select ${columns}, null as step from cancellations c join lines l on l.id = c.line_id
  where c.brand = $1 and c.state = $3 order by c.due_at nulls first, c.received_at limit $2`;
const stuck = `from cancellations c
  join (select distinct on (cancellation_id) cancellation_id, name from steps where brand = $1 and stuck order by cancellation_id, ordinal) s
    on s.cancellation_id = c.id
  where c.state not in ('draft', 'executing', 'cancelled', 'erased')`;
const inNeed = `select ${columns}, c.step from (select c.*, s.name as step ${stuck}) c join lines l on l.id = c.line_id order by c.changed_at limit $2`;

/** Open work by due date, most urgent first; what has no due date (calendar unknown) comes before all: nobody watches its clock. */
export const seeQueue = async (desk: Desk, who: Reviewer, only: QueueTab = 'reviewing', most = 100): Promise<Queue> => {
  const queue = await (desk.reads ?? desk.db).inBrand(who.brand, async (tx) => {
    const rows = await (only === 'stalled' ? tx.query<Row>(inNeed, [who.brand, most]) : tx.query<Row>(inReview, [who.brand, most, only]));
    const [counts] = await tx.query<Queue['counts']>(
      `select count(*) filter (where state = 'reviewing')::int as reviewing, count(*) filter (where state = 'waiting')::int as waiting, count(*) filter (where state = 'received')::int as received,
         count(*) filter (where state = 'reviewing' and due_at < $2)::int as late, (select count(*) ${stuck})::int as stalled,
         (select count(*) from set_aside_jobs where brand = $1 and ordered_at is null)::int as aside
       from cancellations where brand = $1 and state in ('reviewing', 'waiting', 'received')`, [who.brand, desk.clock.now()]);
    return { rows: rows.map((row) => toRow(desk, row)), counts: counts ?? { reviewing: 0, waiting: 0, received: 0, stalled: 0, late: 0, aside: 0 } };
  });
  const behind = desk.reads?.behind?.() ?? 0;
  return { ...queue, ...(behind > oldMs ? { asOf: new Date(desk.clock.now().getTime() - behind) } : {}) };
};

/** From here on a list says how old it is. */
const oldMs = 5000;

const toRow = (desk: Desk, row: Row): QueueRow => {
  const pinned = { packVersion: row.pack_version, region: row.region, openedAt: row.received_at, receivedAt: row.received_at };
  const left = timeLeft(desk, { ...pinned, dueAt: row.due_at ?? undefined, waitingSince: row.waiting_since ?? undefined });
  const reason = packOf(desk, pinned).reasons.find(({ id }) => id === row.reason);
  return {
    applicationNumber: row.application_number, state: row.state, kind: row.kind, receivedAt: row.received_at, since: row.changed_at, channel: row.channel,
    ...(row.due_at === null ? {} : { dueAt: row.due_at }),
    ...(left === undefined ? {} : { left }),
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(reason === undefined ? {} : { reasonSays: reason.label }),
    ...(row.step === null ? {} : { step: row.step }),
  };
};
