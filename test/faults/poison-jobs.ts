/** Row 23: jobs that throw, that can't be read, and that kill the process each time it touches them, among many that are well. */
import { PgBoss } from 'pg-boss';
import { plain, type Planted } from '../../bench/flow/plant.ts';
import { portsInProcess } from '../../bench/flow/in-process.ts';
import { resume } from '../../src/desk/resume.ts';
import { addStaff } from '../../src/identity/staff.ts';
import type { Pack } from '../../src/policy/pack.ts';
import { writeClockAhead } from '../../src/store/clock-ahead.ts';
import { tellSetAside } from '../../src/execution/set-aside.ts';
import { advance } from '../../src/execution/advance.ts';
import type { Execution } from '../../src/execution/execution.ts';
import { timedMoves } from '../../src/execution/timed-moves.ts';
import type { Db } from '../../src/store/db.ts';
import type { Taken } from '../../src/store/jobs.ts';
import { eventually } from '../harness.ts';
import { noticeKills } from './poison-notices.ts';
import type { Row } from './row.ts';
import { openStage, packNamed, type Stage } from './stage.ts';

const pack = (): Pack => packNamed('ultra-purple');
/** The only one with something to pay back: whatever happens at that step happens to it alone. */
const poisonStep = 'refund-credit';
const poisoned = { ...plain, payoutMinor: 250 };

const statesOf = async (stage: Stage, cases: readonly Planted[]): Promise<string[]> =>
  (await stage.rows<{ state: string }>(`select state from cancellations where id = any($1::uuid[])`, [cases.map(({ caseId }) => caseId)])).map(({ state }) => state);

/** As if the lease of a dead worker, its heartbeat and the pause before a retry were over. */
const expire = async (stage: Stage): Promise<void> => {
  await stage.rows(`update cancellations set lease_until = clock_timestamp() - interval '1 second' where lease_until is not null`);
  await stage.rows(`update pgboss.job set heartbeat_on = pgboss.job_now() - interval '1 hour' where state = 'active'`);
};
const pass = async (stage: Stage, milliseconds: number): Promise<void> => {
  stage.clock.setOffset(stage.clock.offset + milliseconds);
  await writeClockAhead((await stage.desk()).desk.db, stage.clock.offset);
};

const killed = new Error('killed');
/** A worker in this process that dies at the step, as a killed one does: nothing of it reaches the database any more. */
const mortal = (execution: Execution): Execution & { readonly dead: () => boolean } => {
  let dead = false;
  const unlessDead = <Answer>(work: () => Promise<Answer>): Promise<Answer> => (dead ? Promise.reject(killed) : work());
  const db: Db = { ...execution.db, acrossBrands: (work) => unlessDead(() => execution.db.acrossBrands(work)), ofBatch: (work) => unlessDead(() => execution.db.ofBatch(work)), inBrand: (brand, work) => unlessDead(() => execution.db.inBrand(brand, work)) };
  return { ...execution, db, dead: () => dead, reached: (step, point) => {
    if (step !== poisonStep || point !== 'before') return;
    dead = true;
    throw killed;
  } };
};

const killsItsWorker = async (say: (text: string) => void): Promise<void> => {
  const stage = await openStage({ connected: portsInProcess() });
  try {
    const [one] = await stage.plant(pack(), 1, { shape: poisoned });
    const well = await stage.plant(pack(), 20);
    if (one === undefined) throw new Error('nothing was planted');
    const { execution, desk } = await stage.desk();
    const all = [one, ...well];
    const jobs = (queue: string) => all.map(({ caseId }): Taken<'advance'> => ({ id: crypto.randomUUID(), data: { caseId, ...(queue === 'timer' ? { move: 'execute' } : {}) } }));
    await timedMoves(execution, jobs('timer') as unknown as Taken<'timer'>[]);
    let deaths = 0;
    for (let workers = 0; workers < 20; workers++) {
      const worker = mortal(execution);
      await advance(worker, jobs('advance')).catch((fault: unknown) => { if (fault !== killed) throw fault; });
      if (worker.dead()) deaths++;
      else break;
      await expire(stage);
    }
    const others = await statesOf(stage, well);
    say(`${deaths} workers died; of the others ${others.filter((state) => state === 'cancelled').length} of ${well.length} are cancelled`);
    if (others.some((state) => state !== 'cancelled')) throw new Error(`the others stand ${others.join(', ')}`);
    if (deaths > 6) throw new Error('it was never given up');
    if ((await statesOf(stage, [one]))[0] !== 'stalled') throw new Error(`the poisoned case stands ${(await statesOf(stage, [one]))[0]}`);
    if (!stage.said().includes('were lost with this case')) throw new Error('nobody was called');

    // Mended, it goes on when somebody says so.
    const added = await addStaff(desk.db, desk.vault, desk.clock, { brand: one.brand, name: '审核员', email: 'one@desk.example', password: 'seven-hills-desk-lantern', roles: ['agent'] });
    if (!added.ok) throw new Error(added.why.kind);
    const resumed = await resume(desk, { brand: one.brand, staffId: added.value.staffId }, one.applicationNumber);
    if (!resumed.ok) throw new Error(`not resumed: ${resumed.why.kind}`);
    await advance(execution, jobs('advance').slice(0, 1));
    if ((await statesOf(stage, [one]))[0] !== 'cancelled') throw new Error(`mended, it stands ${(await statesOf(stage, [one]))[0]}`);
    await stage.rows(`delete from pgboss.job where name in ('advance', 'timer')`); // those that were planted: their cases were worked by hand
    await stage.holds();
  } finally {
    await stage.close();
  }
};

/** A timer at whose move every worker dies, among others that were fetched with it. */
const timerKills = async (say: (text: string) => void): Promise<void> => {
  const stage = await openStage({ connected: portsInProcess() });
  const boss = new PgBoss({ connectionString: stage.parts.databaseUrl, supervise: false, schedule: false, migrate: false, max: 2 });
  boss.on('error', () => undefined);
  try {
    await boss.start();
    const well = await stage.plant(pack(), 30);
    const [one] = await stage.plant(pack(), 1);
    const { execution } = await stage.desk();
    let deaths = 0;
    for (let workers = 0; workers < 20; workers++) {
      const fetched = await boss.fetch<Taken<'timer'>['data']>('timer', { batchSize: 500 });
      if (fetched.length === 0) break;
      let dead = false;
      const unlessDead = <Answer>(work: () => Promise<Answer>): Promise<Answer> => (dead ? Promise.reject(killed) : work());
      const own = new Set(fetched.filter(({ data }) => data.caseId === one?.caseId).map(({ id }) => id));
      const worker: Execution = {
        ...execution, db: { ...execution.db, acrossBrands: (work) => unlessDead(() => execution.db.acrossBrands(work)), ofBatch: (work) => unlessDead(() => execution.db.ofBatch(work)) },
        jobs: { ...execution.jobs, complete: async (tx, queue, ids) => {
          dead = ids.some((id) => own.has(id));
          if (dead) throw killed;
          await execution.jobs.complete(tx, queue, ids);
        } },
      };
      await timedMoves(worker, fetched).catch((fault: unknown) => { if (fault !== killed) throw fault; });
      if (dead) deaths++;
      await expire(stage);
      await stage.rows('update pgboss.queue set monitor_on = null, monitor_claim_on = null');
      await boss.supervise('timer');
      await stage.rows(`update pgboss.job set start_after = pgboss.job_now() where name = 'timer' and state = 'retry'`);
    }
    const [done] = await stage.rows<{ count: number; tries: number }>(`select count(*)::int as count, max(retry_count) as tries from pgboss.job where name = 'timer' and state = 'completed' and data ->> 'caseId' = any($1::text[])`, [well.map(({ caseId }) => caseId)]);
    const aside = await stage.rows<{ of: string }>(`select data ->> 'caseId' as of from pgboss.job where name = 'dead'`);
    say(`${deaths} workers died at it; of the others ${done?.count} of ${well.length} were moved, after ${done?.tries} lost tries at most`);
    if (done?.count !== well.length || (done.tries ?? 9) > 2) throw new Error(`of the others ${done?.count} were moved, after up to ${done?.tries} lost tries`);
    if (aside.length !== 1 || aside[0]?.of !== one?.caseId) throw new Error(`${aside.length} timers were set aside`);
    await tellSetAside(execution);
    await tellSetAside(execution);
    if (stage.said().split('\n').filter((line) => line.includes('was set aside')).length !== 1) throw new Error('people were not called once');
  } finally {
    await boss.stop({ graceful: false });
    await stage.close();
  }
};

/** Real processes, really killed, as often as it takes. */
const killsProcesses = async (say: (text: string) => void): Promise<void> => {
  const stage = await openStage();
  try {
    const [one] = await stage.plant(pack(), 1, { shape: poisoned });
    const well = await stage.plant(pack(), 30);
    if (one === undefined) throw new Error('nothing was planted');
    let deaths = 0;
    for (;;) {
      const worker = await stage.worker({ FAULT_AT: `${poisonStep}:before` });
      const ended = await Promise.race([worker.ended, eventually('it is given up', async () => (await statesOf(stage, [one]))[0] === 'stalled', 240).then(() => 'given up' as const)]);
      if (ended === 'given up') {
        await eventually('the others are cancelled', async () => (await statesOf(stage, well)).every((state) => state === 'cancelled'), 120);
        worker.child.kill('SIGTERM');
        await worker.ended;
        break;
      }
      if (ended !== 'SIGKILL') throw new Error(`the worker ended with ${ended}: ${worker.said()}`);
      if (++deaths > 8) throw new Error('it kills one worker after the other, and nobody stops it');
      await expire(stage);
      await pass(stage, 600_000);
    }
    say(`${deaths} processes were killed`);
    await stage.holds();
  } finally {
    await stage.close();
  }
};

const throwsOrIsNonsense = async (say: (text: string) => void): Promise<void> => {
  const stage = await openStage();
  try {
    const [broken] = await stage.plant(pack(), 1);
    const well = await stage.plant(pack(), 20);
    const { desk } = await stage.desk();
    await stage.rows(`update cancellations set plan = null where id = $1`, [broken?.caseId]);
    const nonsense = [{ caseId: 'no such thing' }, {}, { caseId: null }, 'text', 7, [], { caseId: '00000000-0000-4000-8000-000000000000' }];
    await desk.db.acrossBrands((tx) => desk.jobs.enqueue(tx, 'advance', nonsense.map((data) => ({ data: data as never, brand: 'ultra-purple' }))));
    await desk.db.acrossBrands((tx) => desk.jobs.enqueue(tx, 'timer', nonsense.map((data) => ({ data: data as never, brand: 'ultra-purple' }))));
    await stage.worker();
    await eventually('the others are cancelled', async () => (await statesOf(stage, well)).every((state) => state === 'cancelled'), 120);
    const left = (): Promise<{ count: number }[]> => stage.rows(`select count(*)::int as count from pgboss.job where name in ('advance', 'timer') and state in ('created', 'retry', 'active')`);
    await eventually('what never succeeds is set aside', async () => {
      await pass(stage, 600_000);
      return (await left())[0]?.count === 0;
    }, 150);
    await eventually('people are called', async () => stage.said().includes('was set aside'), 30);
    const [dead] = await stage.rows<{ count: number }>(`select count(*)::int as count from set_aside_jobs`);
    say(`${dead?.count} jobs were set aside`);
    if ((dead?.count ?? 0) < 2) throw new Error('nothing was set aside');

  } finally {
    await stage.close();
  }
};

export const poisonJobs: Row = {
  number: '23',
  title: 'poison: a job that throws, one that is nonsense, a case that kills each process that touches it',
  asserts: 'It is set aside after a few tries, people are called, and the rest flows.',
  run: async ({ size, say, one }) => {
    await one('a case in whose hands every worker dies', () => killsItsWorker(say));
    await one('a timer at which every worker dies', () => timerKills(say));
    await one('a notice at which every worker dies while it sends', () => noticeKills('sent', say));
    await one('a notice at which every worker dies while it writes', () => noticeKills('written', say));
    if (size === 'short') return;
    await one('the same with processes that are killed', () => killsProcesses(say));
    await one('a job that throws, and jobs that are nonsense', () => throwsOrIsNonsense(say));
  },
};
