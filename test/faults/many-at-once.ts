/** Row 25: very many of one brand are due in the same minute; another brand has one case, and the carrier takes only so many a second. */
import { portsInProcess } from '../../bench/flow/in-process.ts';
import type { Caps } from '../../src/execution/caps.ts';
import { assemble, type Signoff } from '../../src/main.ts';
import { eventually } from '../harness.ts';
import { bySize, type Row, type Run } from './row.ts';
import { openStage, packNamed, type Stage } from './stage.ts';

const crowd = (): ReturnType<typeof packNamed> => packNamed('ultra-us');
const single = (): ReturnType<typeof packNamed> => packNamed('ultra-purple');

/** The carrier's side in memory, and when it was asked to remove a subscriber: once a case. */
const watchedPorts = (): ReturnType<typeof portsInProcess> & { readonly removed: readonly number[] } => {
  const inner = portsInProcess();
  const removed: number[] = [];
  return { ...inner, removed, ports: { ...inner.ports, homeRegister: { ...inner.ports.homeRegister, remove: (...asked) => {
    removed.push(performance.now());
    return inner.ports.homeRegister.remove(...asked);
  } } } };
};

const cancelled = async (stage: Stage, brand: string): Promise<number> =>
  (await stage.rows<{ count: number }>(`select count(*)::int as count from cancellations where brand = $1 and state = 'cancelled'`, [brand]))[0]?.count ?? 0;

/** `begun`, `removed`: when, in milliseconds: as the journal has it, and as the carrier saw it. */
type Seen = { readonly seconds: number; readonly ofCrowd: number; readonly begun: readonly number[]; readonly removed: readonly number[]; readonly allSeconds: number };

/** Two workers on one database. The single case comes when the crowd's are well under way. */
const dueAtOnce = async (many: number, caps: Caps, say: Run['say']): Promise<Seen> => {
  const ports = watchedPorts();
  const stage = await openStage({ connected: ports });
  const workers: Signoff[] = [];
  try {
    await stage.plant(crowd(), many);
    say(`${many} of ${crowd().brand} are due`);
    const from = performance.now();
    for (let started = 0; started < 2; started++) workers.push(await assemble({ ...stage.parts, works: true, connected: ports, caps }));
    await eventually('the crowd is under way', async () => (await cancelled(stage, crowd().brand)) > 0, 60);
    await stage.plant(single(), 1);
    const came = performance.now();
    await eventually('the single case is over', async () => (await cancelled(stage, single().brand)) === 1, 300);
    const seconds = (performance.now() - came) / 1000;
    const ofCrowd = await cancelled(stage, crowd().brand);
    say(`the one of ${single().brand} was over after ${seconds.toFixed(1)} s, when ${ofCrowd} of the crowd were`);
    await eventually('everybody is over', async () => (await cancelled(stage, crowd().brand)) === many, 60 + many / 20);
    const allSeconds = (performance.now() - from) / 1000;
    say(`all were over after ${allSeconds.toFixed(0)} s`);
    await Promise.all(workers.splice(0).map((one) => one.stop()));
    await stage.holds();
    const begun = (await stage.rows<{ at: Date }>(`select at from journal where event = 'executing'`)).map(({ at }) => at.getTime());
    return { seconds, ofCrowd, begun, removed: ports.removed, allSeconds };
  } finally {
    await Promise.all(workers.map((one) => one.stop()));
    await stage.close();
  }
};

/** The most that were begun in any stretch of so many seconds. */
const mostWithin = (at: readonly number[], seconds: number): number => {
  const sorted = at.toSorted((one, other) => one - other);
  let first = 0;
  return sorted.reduce((most, now, place) => {
    while (now - (sorted[first] ?? now) > seconds * 1000) first++;
    return Math.max(most, place - first + 1);
  }, 0);
};

export const manyAtOnce: Row = {
  number: '25',
  title: 'very many cases of one brand are due in the same minute (20,000; with --full 100,000), and one of another',
  asserts: 'The one is over within seconds, while nearly all of the others wait; and a carrier gets no more cases a second than it may.',
  run: async ({ size, say, one }) => {
    const seldom = bySize({ size }, { short: 10, usual: 20, full: 40 }); // seconds; the machine does nothing else as fast meanwhile
    const many = bySize({ size }, { short: 5000, usual: 20_000, full: 100_000 });
    await one('one case overtakes a crowd of another brand', async () => {
      const { seconds, ofCrowd } = await dueAtOnce(many, {}, say);
      if (seconds > seldom) throw new Error(`the single case took ${seconds.toFixed(1)} s`);
      if (ofCrowd > many * 0.9) throw new Error(`the single case was over when ${ofCrowd} of ${many} others were: it waited for them`);
    });
    await one('a carrier gets so many a second, and the one case is no later for it', async () => {
      const few = bySize({ size }, { short: 250, usual: 2000, full: 100_000 });
      const cap = bySize({ size }, { short: 50, usual: 50, full: 200 });
      const { seconds, ofCrowd, begun, removed, allSeconds } = await dueAtOnce(few, { 'carrier/simulated': cap }, say);
      const most = mostWithin(begun, 5);
      // What is begun reaches the carrier as quickly as the workers are: where they lag, it comes later, and then closer together.
      say(`${most} begun within five seconds at most, of ${cap} a second (at the carrier ${mostWithin(removed, 5)}); ${(few / allSeconds).toFixed(0)} a second on the whole`);
      if (begun.length !== few + 1) throw new Error(`${begun.length} cases were begun`);
      if (most > cap * (5 + 1) + 2) throw new Error(`${most} cases were begun within five seconds, at ${cap} a second`); // a second's worth at once, and one of each brand that has nobody in line
      if (few / allSeconds < cap / 2) throw new Error('the carrier was left idle');
      if (seconds > seldom) throw new Error(`the single case took ${seconds.toFixed(1)} s`);
      if (ofCrowd > few * 0.9) throw new Error('the single case waited for the others');
    });
  },
};
