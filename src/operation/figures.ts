/** How the whole installation stands, whatever process asks: one statement of bounded cost, whatever waits. */
import type { Clock } from '../store/clock.ts';
import type { Db } from '../store/db.ts';
import type { QueueName } from '../store/jobs.ts';

export type Figures = {
  /** `headSeconds`: how long the job that is next has been ready; 0 where none is. Counts are pg-boss's own, at most ten seconds old while a worker lives. */
  readonly queues: readonly { readonly name: QueueName; readonly ready: number; readonly later: number; readonly active: number; readonly headSeconds: number }[];
  /** Cases by the step that is theirs now: `ready` to be carried on (of the first 5,000 in the queue), or waiting for people. */
  readonly steps: readonly { readonly step: string; readonly standing: 'ready' | 'refused' | 'stalled'; readonly cases: number; readonly oldestSeconds: number }[];
  /** Of the reviews that are open: `at-risk` is due within four hours, `undated` has no due date because a calendar lacks its year. */
  readonly reviews: readonly { readonly brand: string; readonly standing: 'open' | 'at-risk' | 'overdue' | 'undated'; readonly cases: number }[];
  /** Of the last seven days: `failed` reached nobody, of `unknown` nobody answers for it. */
  readonly notices: readonly { readonly channel: string; readonly state: 'failed' | 'unknown'; readonly count: number }[];
  /** Jobs that failed for good. */
  readonly dead: number;
  /** What sounds though it ended, and nobody has mended. */
  readonly findings: number;
  /** Months whose disconnected numbers a register wants, and whose file was not made. */
  readonly files: readonly { readonly register: string; readonly standing: 'due' | 'overdue'; readonly count: number }[];
  /** Of subscribers who want a copy of their data, or want them erased, and have no answer. */
  readonly dataRequests: readonly { readonly brand: string; readonly standing: 'open' | 'overdue'; readonly count: number }[];
};

/** Each part walks an index that holds only what is in need; none grows with the cases that wait or are over. */
const statement = `
with q as (
  select q.name, q.ready_count, q.deferred_count, q.active_count,
    coalesce((select extract(epoch from pgboss.job_now() - greatest(j.created_on, j.start_after))::float8 from pgboss.job j
      where j.name = q.name and j.state < 'active' and not j.blocked and j.start_after <= pgboss.job_now() order by j.priority desc, j.created_on limit 1), 0) as head
  from pgboss.queue q),
ready as (
  select (j.data->>'caseId')::uuid as id, greatest(j.created_on, j.start_after) as since from pgboss.job j
  where j.name = 'advance' and j.state < 'active' and not j.blocked and j.start_after <= pgboss.job_now() order by j.priority desc, j.created_on limit 5000),
current as (
  select s.name as step, 'ready' as standing, count(*)::int as cases, max(extract(epoch from pgboss.job_now() - r.since))::float8 as oldest
  from ready r join lateral (select name from steps s where s.cancellation_id = r.id and s.state in ('waiting', 'intended') order by s.ordinal limit 1) s on true group by 1
  union all
  select name, state, count(*)::int, coalesce(max(extract(epoch from $1::timestamptz - coalesce(intended_at, first_tried_at))), 0)::float8 from steps where stuck group by 1, 2),
review as (
  select brand, case when due_at is null then 'undated' when due_at <= $1 then 'overdue' when due_at <= $1::timestamptz + interval '4 hours' then 'at-risk' else 'open' end as standing, count(*)::int as cases
  from cancellations where state = 'reviewing' and waiting_since is null group by 1, 2),
notice as (
  select channel, state, count(*)::int as count from notices where undelivered and created_at > $1::timestamptz - interval '7 days' group by 1, 2)
select
  (select coalesce(jsonb_agg(jsonb_build_object('name', name, 'ready', ready_count, 'later', deferred_count, 'active', active_count, 'headSeconds', head)), '[]') from q where name <> 'dead' and name not like '\\_\\_%') as queues,
  (select coalesce(jsonb_agg(jsonb_build_object('step', step, 'standing', standing, 'cases', cases, 'oldestSeconds', oldest)), '[]') from current) as steps,
  (select coalesce(jsonb_agg(jsonb_build_object('brand', brand, 'standing', standing, 'cases', cases)), '[]') from review) as reviews,
  (select coalesce(jsonb_agg(jsonb_build_object('channel', channel, 'state', state, 'count', count)), '[]') from notice) as notices,
  (select count(*)::int from (select from set_aside_jobs where ordered_at is null limit 10000) d) + (select count(*)::int from (select from pgboss.job where name = 'dead' and state < 'active' limit 10000) d) as dead,
  (select count(*)::int from findings where mended_at is null) as findings,
  (select coalesce(jsonb_agg(f), '[]') from (select register, case when due_at <= $1 then 'overdue' else 'due' end as standing, count(*)::int as count from disconnect_files where made_at is null group by 1, 2) f) as files,
  (select coalesce(jsonb_agg(r), '[]') from (select brand, case when due_at <= $1 then 'overdue' else 'open' end as standing, count(*)::int as count from data_requests where answered_at is null group by 1, 2) r) as "dataRequests"`;

export const readFigures = async (db: Pick<Db, 'acrossBrands'>, clock: Clock): Promise<Figures> => {
  const [found] = await db.acrossBrands((tx) => tx.query<Figures>(statement, [clock.now()]));
  if (found === undefined) throw new Error('no figures');
  return found;
};

/** Asked by however many, the database is asked once in so many seconds. */
export const keptFor = <Value>(seconds: number, ask: () => Promise<Value>): (() => Promise<Value>) => {
  let kept: { readonly until: number; readonly value: Promise<Value> } | undefined;
  return () => {
    if (kept !== undefined && kept.until > performance.now()) return kept.value;
    const value = ask();
    const mine = { until: performance.now() + seconds * 1000, value };
    kept = mine;
    value.catch(() => { if (kept === mine) kept = undefined; });
    return value;
  };
};
