/** Row 21: the clock of a worker is set an hour or a day ahead or back while it runs, beside one whose clock is right. */
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { portsInProcess } from '../../bench/flow/in-process.ts';
import type { Planted } from '../../bench/flow/plant.ts';
import { requireFakeTime } from '../../src/cli/debian-packages.ts';
import { assemble, type Signoff } from '../../src/main.ts';
import type { MovableClock } from '../../src/store/clock.ts';
import { eventually } from '../harness.ts';
import type { Row, Run } from './row.ts';
import { openStage, packNamed, type Stage } from './stage.ts';

const hour = 3_600_000;
const shifts = { 'an hour ahead': hour, 'an hour back': -hour, 'a day ahead': 24 * hour, 'a day back': -24 * hour } as const;

/** A machine's clock that somebody sets: the stage's time, and what is wrong with it. */
const settable = (stage: Stage): MovableClock & { off: number } => ({
  off: 0,
  now() { return new Date(stage.clock.now().getTime() + this.off); },
  get offset() { return stage.clock.offset; },
  setOffset: (to) => stage.clock.setOffset(to),
});

/** Slow enough that a clock is set while calls are under way. */
const slowPorts = (): ReturnType<typeof portsInProcess> & { readonly removed: readonly string[] } => {
  const inner = portsInProcess();
  const removed: string[] = [];
  return { ...inner, removed, ports: { ...inner.ports, homeRegister: { ...inner.ports.homeRegister, remove: async (imsi, call) => {
    removed.push(imsi);
    await sleep(400);
    return inner.ports.homeRegister.remove(imsi, call);
  } } } };
};

const statesOf = async (stage: Stage, cases: readonly Planted[]): Promise<Record<string, number>> =>
  Object.fromEntries((await stage.rows<{ state: string; count: number }>(`select state, count(*)::int as count from cancellations where id = any($1::uuid[]) group by 1`, [cases.map(({ caseId }) => caseId)])).map(({ state, count }) => [state, count]));
const areOver = (stage: Stage, cases: readonly Planted[], seconds = 30): Promise<true> => eventually(`${cases.length} cases are over`, async () => (await statesOf(stage, cases))['cancelled'] === cases.length, seconds);
const transactions = async (stage: Stage): Promise<number> => (await stage.rows<{ count: number }>(`select xact_commit::int as count from pg_stat_database where datname = current_database()`))[0]?.count ?? 0;
const pack = (): ReturnType<typeof packNamed> => packNamed('ultra-us');
const countOf = (text: string, word: string): number => text.split(word).length - 1;
const off = 'nothing is worked here until the clock is right';

/** What nobody's clock may change. */
const untouched = async (stage: Stage, later: readonly Planted[]): Promise<void> => {
  const states = await statesOf(stage, later);
  if (states['scheduled'] !== later.length) throw new Error(`what is due in two hours stands ${JSON.stringify(states)}`);
};
/** Nothing is on record at another time than it happened. */
const datedRight = async (stage: Stage): Promise<void> => {
  const [wrong] = await stage.rows<{ count: number }>(`select count(*)::int as count from journal where at > pgboss.job_now() + interval '31 seconds' or at < (select min(received_at) from cancellations) - interval '31 seconds'`);
  if (wrong?.count !== 0) throw new Error(`${wrong?.count} entries of the journal are dated by a wrong clock`);
};

const whileItRuns = async (shift: number, say: Run['say']): Promise<void> => {
  const ports = slowPorts();
  const stage = await openStage({ connected: ports });
  const workers: Signoff[] = [];
  try {
    const clock = settable(stage);
    const soon = await stage.plant(pack(), 20);
    const later = await stage.plant(pack(), 5, { at: new Date(stage.clock.now().getTime() + Math.max(600_000, Math.min(2 * hour, Math.abs(shift) / 2))) });
    workers.push(await assemble({ ...stage.parts, clock, works: true, connected: ports }));
    await eventually('calls are under way', async () => ports.removed.length > 0, 30);
    clock.off = shift;
    await eventually('it is told', async () => stage.said().includes(off), 15);
    const due = await stage.plant(pack(), 10);
    await sleep(1500);
    const from = await transactions(stage);
    await sleep(3000);
    const spent = (await transactions(stage)) - from;
    say(`${spent} transactions in three seconds while its clock is off`);
    if (spent > 150) throw new Error(`it spins: ${spent} transactions in three seconds`);
    await untouched(stage, later);
    if ((await statesOf(stage, due))['scheduled'] !== due.length) throw new Error('it worked although its clock is off');

    const right = await assemble({ ...stage.parts, works: true, connected: ports });
    workers.push(right);
    await areOver(stage, [...soon, ...due], 60); // what the other had in hand is free again at once, or when its lease is over
    await right.stop();
    workers.pop();
    clock.off = 0;
    const more = await stage.plant(pack(), 5);
    await areOver(stage, more, 20);
    await untouched(stage, later);
    await datedRight(stage);
    const all = [...soon, ...due, ...more];
    if (ports.removed.length !== all.length || new Set(ports.removed).size !== all.length) throw new Error(`${ports.removed.length} removals of ${all.length} subscribers`);
    if (countOf(stage.said(), off) !== 1) throw new Error(`people were called ${countOf(stage.said(), off)} times`);
    await Promise.all(workers.splice(0).map((one) => one.stop()));
    await stage.rows('delete from pgboss.job where name = $1 and data ->> $2 = any($3::text[])', ['timer', 'caseId', later.map(({ caseId }) => caseId)]);
    await stage.rows(`update cancellations set state = 'withdrawn' where id = any($1::uuid[])`, [later.map(({ caseId }) => caseId)]);
    await stage.holds();
  } finally {
    await Promise.all(workers.map((one) => one.stop()));
    await stage.close();
  }
};

/** Of a few seconds: nobody stops for them, and nothing goes round and round until the slower one has caught up. */
const aLittle = async (say: Run['say']): Promise<void> => {
  const stage = await openStage({ connected: portsInProcess() });
  const clock = settable(stage);
  clock.off = -6000;
  const worker = await assemble({ ...stage.parts, clock, works: true, connected: portsInProcess() });
  try {
    const due = await stage.plant(pack(), 50);
    await sleep(1500);
    const from = await transactions(stage);
    await sleep(3000);
    const spent = (await transactions(stage)) - from;
    say(`${spent} transactions in three seconds, six seconds behind`);
    if ((await statesOf(stage, due))['scheduled'] !== due.length) throw new Error('a case was moved before it was due by the clock of whoever moved it');
    if (spent > 150) throw new Error(`it spins: ${spent} transactions in three seconds`);
    await areOver(stage, due, 30);
  } finally {
    await worker.stop();
    await stage.close();
  }
};

/** A process of its own, whose clock libfaketime sets while it runs. */
const asAProcess = async (shift: number, say: Run['say']): Promise<void> => {
  const library = requireFakeTime();
  const folder = await mkdtemp(join(tmpdir(), 'signoff-clock-'));
  const file = join(folder, 'offset');
  const set = async (milliseconds: number): Promise<void> => {
    await writeFile(file, `${milliseconds < 0 ? '-' : '+'}${Math.abs(milliseconds) / 1000}s\n`);
    await utimes(file, new Date(), new Date());
  };
  const stage = await openStage();
  try {
    await set(0);
    const worker = await stage.worker({ LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_DONT_FAKE_MONOTONIC: '1', FAKETIME_CACHE_DURATION: '1' });
    const first = await stage.plant(pack(), 10);
    await areOver(stage, first, 60);
    const later = await stage.plant(pack(), 5, { at: new Date(stage.clock.now().getTime() + Math.max(600_000, Math.min(2 * hour, Math.abs(shift) / 2))) });
    await set(shift);
    await eventually('it is told', async () => worker.said().includes(off), 20);
    const due = await stage.plant(pack(), 10);
    await sleep(8000);
    await untouched(stage, later);
    if ((await statesOf(stage, due))['scheduled'] !== due.length) throw new Error('it worked although its clock is off');
    const beside = await stage.worker();
    await areOver(stage, due, 60);
    beside.child.kill('SIGTERM');
    await beside.ended;
    await set(0);
    const more = await stage.plant(pack(), 5);
    await areOver(stage, more, 60);
    await untouched(stage, later);
    await datedRight(stage);
    say(`a process ${shift / hour} hours off did nothing, and went on when it was right`);
  } finally {
    await stage.close();
    await rm(folder, { recursive: true, force: true });
  }
};

export const clockJumps: Row = {
  number: '21',
  title: 'the clock of a worker jumps by an hour or a day, ahead or back, while it runs; one is a few seconds slow',
  asserts: 'Nothing is done early, no lease is stolen, nothing is dated wrongly; it says so once, takes nothing, and goes on when it is right.',
  run: async ({ size, say, one }) => {
    for (const [name, shift] of Object.entries(shifts)) {
      if (size === 'short' && shift !== hour) continue;
      await one(`a worker's clock is set ${name}`, () => whileItRuns(shift, say));
    }
    await one('a worker whose clock is a few seconds slow', () => aLittle(say));
    if (size === 'short') return;
    for (const [name, shift] of Object.entries(shifts)) await one(`a process's clock is set ${name}`, () => asAProcess(shift, say));
  },
};
