/** Jobs and timers on pg-boss: enqueued in the transaction that causes them, completed in the one that records their outcome. */
import { PgBoss, type Clock as BossClock, type Db as BossDb, type Job } from 'pg-boss';
import { systemClock, type Clock, type MovableClock } from './clock.ts';
import { sayOff } from './clock-skew.ts';
import type { Tx } from './db.ts';
import { openFairLane, type FairLane } from './fair-lane.ts';
import type { Profile } from './profile.ts';
import { openSteadyClock, type SteadyClock } from './steady-clock.ts';

export type CaseJob = { readonly caseId: string };
/** `paced`: it had to wait for its place among many, and has it now. */
export type TimerJob = { readonly caseId: string; readonly move: 'lapse' | 'bar' | 'execute' | 'remind' | 'remind-deletion'; readonly paced?: true };
/** One that was made without sign-in; whose line it means is looked for apart from its answer. `destroy`: its time is over, if it belongs to no line. */
export type StatementJob = { readonly brand: string; readonly statementId: string; readonly destroy?: true };
/** One that a person ordered in place of one that failed. */
export type RefundJob = { readonly refundId: string };
/** One look at everything of a brand that has ended. */
export type BrandJob = { readonly brand: string };
/** The next piece of an order to end many lines. One whose `chain` is not the order's any more does nothing. */
export type BulkJob = { readonly brand: string; readonly orderId: string; readonly chain: number };
export type NoticeJob = { readonly noticeId: string };
/** A queue for each way out, mail and SMS: while one stands still, the other goes on. */
type Payloads = { advance: CaseJob; timer: TimerJob; mails: NoticeJob; texts: NoticeJob; statements: StatementJob; refunds: RefundJob; reconcile: BrandJob; bulk: BulkJob };
export type QueueName = keyof Payloads;

/** Ten years: a timer must outlive any waiting time. */
const forLong = 10 * 365 * 86_400;

/** After `retryLimit` failures a job is poison: it goes to `dead`, and the rest flows on. */
const queues: Record<QueueName, { retryLimit: number; retryDelay: number; /** Seconds in which it must be over; five minutes where not said. */ within?: number }> = {
  advance: { retryLimit: 8, retryDelay: 2 },
  timer: { retryLimit: 8, retryDelay: 2 },
  mails: { retryLimit: 8, retryDelay: 2 },
  texts: { retryLimit: 8, retryDelay: 2 },
  statements: { retryLimit: 8, retryDelay: 2 },
  reconcile: { retryLimit: 3, retryDelay: 60, within: 6 * 3600 },
  refunds: { retryLimit: 8, retryDelay: 2 },
  bulk: { retryLimit: 8, retryDelay: 2 },
};

/** `brand`: whose it is, because brands take turns; most jobs name it themselves. `behind`: one of many that nobody waits for; whatever else is due overtakes it. */
export type NewJob<Name extends QueueName> = { readonly data: Payloads[Name]; readonly at?: Date; readonly behind?: boolean } & (Payloads[Name] extends { readonly brand: string } ? { readonly brand?: string } : { readonly brand: string });
export type Taken<Name extends QueueName> = { readonly id: string; readonly data: Payloads[Name] };

/** Who looks on. A trace is carried with a job from whoever enqueues it to whoever takes it (W3C Trace Context). */
export type JobsWatch = {
  carry(): string | undefined;
  /** `jobs`: of each the trace that it carries. */
  batch(queue: string, jobs: readonly (string | undefined)[], run: () => Promise<void>): Promise<void>;
};
const unwatched: JobsWatch = { carry: () => undefined, batch: (_, _jobs, run) => run() };

export type Jobs = {
  /** In the caller's transaction: there is a job exactly if it commits. */
  enqueue<Name extends QueueName>(tx: Tx, queue: Name, jobs: readonly NewJob<Name>[]): Promise<void>;
  /** In the caller's transaction: the job is done exactly if it commits. */
  complete(tx: Tx, queue: QueueName, ids: readonly string[]): Promise<void>;
  /** Batches of up to `batch`; a handler that throws gives the whole batch back for a retry. `signal`: the process is to end. */
  work<Name extends QueueName>(queue: Name, batch: number, handler: (jobs: readonly Taken<Name>[], signal: AbortSignal) => Promise<void>, /** Batches side by side; one where not said. */ lanes?: number): Promise<void>;
  /** Of each queue that is worked here: seconds since a batch was begun or ended; 0 while one is in hand. */
  idle(): ReadonlyMap<QueueName, number>;
  /** Have sleeping workers look again, after the clock was moved. */
  wake(): void;
  /** Of these, those with which processes were lost so often that each is to be tried alone: the least suspicious first. The try that fetching them counted is taken back. */
  suspects(tx: Tx, queue: QueueName, ids: readonly string[]): Promise<readonly string[]>;
  /** A suspect is tried now: if the process is lost with it, it alone loses a try. */
  suspect(tx: Tx, queue: QueueName, id: string): Promise<unknown>;
  stop(): Promise<void>;
};

/** Of a process that works. */
export type Schedules = {
  /** The time, for whatever is done under a job: it throws once the machine's clock has jumped. Absent where nobody looks after it. */
  readonly clock?: Clock;
  /** Once a day at `HH:MM` on the clock of `zone`, whoever works then; a day on which nobody did is made up for. One for each `key`: the last that was said. */
  daily<Name extends QueueName>(queue: Name, key: string, at: { readonly time: string; readonly zone: string }, data: Payloads[Name]): Promise<void>;
};

const inTransaction = (tx: Tx): BossDb => ({
  executeSql: async (text, values) => ({ rows: await tx.query(text, values ?? []) }),
});

/** What goes in and out with the caller's transaction, however jobs are fetched. */
export const inCallersTransaction = (boss: Pick<PgBoss, 'insert' | 'complete'>, carry: JobsWatch['carry'] = unwatched.carry): Pick<Jobs, 'enqueue' | 'complete' | 'suspects' | 'suspect'> => ({
  enqueue: async (tx, queue, jobs) => {
    if (jobs.length === 0) return;
    const trace = carry();
    await boss.insert(queue, jobs.map(({ data, at, behind, brand = (data as { brand?: string }).brand }) => ({
      data: trace === undefined ? data : { ...data, trace }, ...(brand === undefined ? {} : { group: { id: brand } }), ...(behind ? { priority: -1 } : {}), ...(at === undefined ? {} : { startAfter: at }),
    })), { db: inTransaction(tx) });
  },
  suspects: async (tx, queue, ids) => {
    // Whoever fetched them has counted a try of each. It is taken back here, and counted anew when a job's own turn comes.
    const rows = await tx.query<{ id: string; tries: number }>(
      `update pgboss.job set retry_count = retry_count - 1 where name = $1 and id = any($2::uuid[]) and retry_count >= $3 and state = 'active' returning id, retry_count as tries`, [queue, ids, aloneAfter]);
    return rows.toSorted((one, other) => one.tries - other.tries || (one.id < other.id ? -1 : 1)).map(({ id }) => id);
  },
  suspect: (tx, queue, id) => tx.query(`update pgboss.job set retry_count = retry_count + 1 where name = $1 and id = $2 and state = 'active'`, [queue, id]),
  complete: async (tx, queue, ids) => {
    if (ids.length > 0) await boss.complete(queue, [...ids], null, { db: inTransaction(tx) });
  },
});

/** What `work` of pg-boss does with a batch, for one that was fetched beside it: kept alive while it is in hand, then done, or given back for a retry. */
const settled = async (boss: PgBoss, queue: QueueName, jobs: readonly { readonly id: string }[], work: () => Promise<void>): Promise<void> => {
  const ids = jobs.map(({ id }) => id);
  const alive = setInterval(() => void boss.touch(queue, ids).catch(() => undefined), heartbeatSeconds * 1000);
  try {
    await work();
    await boss.complete(queue, ids);
  } catch (fault) {
    await boss.fail(queue, ids, fault as Error);
  } finally {
    clearInterval(alive);
  }
};

/** As if they had never been fetched, and by another name: what this process still says about them concerns nobody. */
const putBack = `update pgboss.job set id = gen_random_uuid(), state = 'created', started_on = null, heartbeat_on = null where name = $1 and id = any($2::uuid[]) and state = 'active'`;

/** How often a worker says that it still has its jobs. */
const heartbeatSeconds = 5;
/** Lost so often, a job shares its worker with no other. A first loss may have been anything. */
const aloneAfter = 2;

export const openJobs = async (options: {
  readonly url: string;
  readonly clock: Clock | MovableClock;
  /** Only the process that works also watches for lost heartbeats. */
  readonly supervise: boolean;
  readonly onError: (error: Error) => void;
  readonly watch?: JobsWatch;
  /** That this machine's clock is off, in words, and that it is right again: while it is off, nothing is taken here. */
  readonly onClock?: (off: string | undefined) => void;
  /** `postgres` where not said. */
  readonly profile?: Profile;
}): Promise<Jobs & Schedules> => {
  const watch = options.watch ?? unwatched;
  const { onClock } = options;
  const steady: SteadyClock | undefined = onClock === undefined ? undefined : openSteadyClock({
    clock: options.clock, tell: (off) => onClock(off === undefined ? undefined : sayOff(off)),
    ask: async () => ((await boss.getDb().executeSql('select clock_timestamp() as at')).rows[0] as { at: Date }).at,
  });
  const boss: PgBoss = new PgBoss({
    connectionString: options.url,
    application_name: 'signoff-jobs',
    max: 4,
    backend: options.profile ?? 'postgres',
    useListenNotify: options.profile !== 'cockroachdb', // which has none
    supervise: options.supervise,
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
    maintenanceIntervalSeconds: 3600,
    schedule: options.supervise,
    clock: bossClock(() => (steady === undefined ? options.clock.now().getTime() : steady.elapsing())),
  });
  boss.on('error', options.onError);
  await boss.start();
  if (options.clock !== systemClock) await boss.getDb().executeSql(driveSqlClock);
  await boss.createQueue('dead', { retentionSeconds: forLong });
  for (const [name, { retryLimit, retryDelay, within = 300 }] of Object.entries(queues))
    await boss.createQueue(name, {
      retryLimit, retryDelay, retryBackoff: true, retryDelayMax: 300, expireInSeconds: within, heartbeatSeconds: 20,
      retentionSeconds: forLong, deleteAfterSeconds: 3600, deadLetter: 'dead', notify: true,
    });
  // One message, hence one transaction: several processes that start at once do this one after another.
  await boss.getDb().executeSql(`select pg_advisory_xact_lock(7446, 3); grant usage on schema pgboss to signoff_desk; grant select, insert, update, delete on all tables in schema pgboss to signoff_desk; grant execute on all functions in schema pgboss to signoff_desk; ${(options.profile ?? 'postgres') === 'postgres' ? dueFirst : ''}`);

  const fairLanes: FairLane<never>[] = [];
  const workers = new Map<string, string>();
  const turned = new Map<QueueName, { inHand: number; at: number }>();
  const turn = (queue: QueueName, by: number): void => void turned.set(queue, { inHand: (turned.get(queue)?.inHand ?? 0) + by, at: performance.now() });
  const stopping = new AbortController();
  return {
    ...inCallersTransaction(boss, watch.carry),
    ...(steady === undefined ? {} : { clock: steady.clock }),
    work: async (queue, batch, handler, lanes = 1) => {
      type Fetched = Job<Payloads[typeof queue]>;
      const carryOut = async (jobs: readonly Fetched[], signal: AbortSignal): Promise<void> => {
        if (steady !== undefined && !(await steady.isRight())) {
          await boss.getDb().executeSql(putBack, [queue, jobs.map(({ id }) => id)]);
          return steady.untilRight(signal);
        }
        turn(queue, 1);
        try {
          await watch.batch(queue, jobs.map(({ data }) => (data as { trace?: string }).trace), () => handler(jobs.map(({ id, data }) => ({ id, data })), signal));
        } finally {
          turn(queue, -1);
        }
      };
      const lane = openFairLane<Fetched>({
        batch, brandOf: ({ groupId }) => groupId ?? undefined, onError: options.onError,
        fetch: (without) => boss.fetch<Payloads[typeof queue]>(queue, { batchSize: batch, ignoreGroups: [...without] }),
        carryOut: (jobs) => settled(boss, queue, jobs, () => carryOut(jobs, stopping.signal)),
      });
      fairLanes.push(lane);
      const id = await boss.work(
        queue,
        { batchSize: batch, localConcurrency: lanes, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1, burstWhenBatchFull: true, heartbeatRefreshSeconds: heartbeatSeconds },
        async (jobs: Fetched[]) => {
          const [first] = jobs;
          if (first === undefined) return;
          lane.saw(jobs);
          await carryOut(jobs, AbortSignal.any([first.signal, stopping.signal]));
        },
      );
      workers.set(queue, id);
      turn(queue, 0);
    },
    idle: () => new Map([...turned].map(([queue, { inHand, at }]) => [queue, inHand > 0 ? 0 : (performance.now() - at) / 1000])),
    daily: async (queue, key, { time, zone }, data) => {
      const [hour = '0', minute = '0'] = time.split(':');
      await boss.schedule(queue, `${Number(minute)} ${Number(hour)} * * *`, data, { tz: zone, key, missed: 'once' });
    },
    wake: () => workers.forEach((id) => boss.notifyWorker(id)),
    stop: async () => {
      stopping.abort(); // what is in hand ends with the round that is under way
      await Promise.all([boss.stop({ graceful: true, timeout: 10_000 }), ...fairLanes.map((lane) => lane.close())]);
      steady?.close();
    },
  };
};

/** A look for what is due would walk past every timer that waits, and a case waits for weeks: measured with 300,000 of them, 9 ms a look without and 0.3 with. Elsewhere than on PostgreSQL pg-boss lays its tables otherwise. */
const dueFirst = `create index if not exists signoff_due on pgboss.job_common (name, start_after) where state < 'active' and not blocked`;

/** The JavaScript side of pg-boss on our clock; timers run in real time, only what is due is reckoned by it. */
const bossClock = (now: () => number): BossClock => ({ ...({ setTimeout, clearTimeout, setInterval, clearInterval } as unknown as Omit<BossClock, 'now'>), now });

/** The SQL side: `job_now()` is the one place where pg-boss reads the time, and reads it ahead by what stands in `clock_ahead`. Two processes that start at once do this one after another. */
const driveSqlClock = `select pg_advisory_xact_lock(7446, 3); create or replace function pgboss.job_now() returns timestamp with time zone as $$
  select pg_catalog.now() + coalesce((select milliseconds * interval '1 millisecond' from public.clock_ahead), interval '0') $$ language sql stable`;
