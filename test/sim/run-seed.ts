/** One seed: a world in its beginning, people, processes and faults drawn by it, until everything has come to rest. */
import { randomUUID } from 'node:crypto';
import type { Reviewer } from '../../src/desk/review-queue.ts';
import type { Subscriber } from '../../src/desk/views.ts';
import type { Parts } from '../../src/main.ts';
import type { AcceptedDocument } from '../../src/vault/documents/accept-document.ts';
import { cardReports, looksEveryNight, mendsFindings, undoes } from './after-the-end.ts';
import { soundingLines } from './at-rest.ts';
import { Boss } from './boss.ts';
import { looksAfterOrders, ordersMany, withdrawsOrdered } from './bulk-orders.ts';
import { packsBy, simLines } from './brands.ts';
import { Carrier, type Rates } from './carrier.ts';
import { mends, reviewerWorks, subscriberLives, type Applicant, type Scene } from './commands.ts';
import type { Ways } from './connections.ts';
import { declares, findsWhoseLine } from './declarations.ts';
import { Invariants, type PlacedLine } from './invariants.ts';
import { isInjected, SignoffProcess, type Common } from './signoff-process.ts';
import { reseed } from './seeded-crypto.ts';
import { look } from './state-of-things.ts';
import type { Postgres } from './postgres.ts';
import { Statements } from './statements.ts';
import { owner, quiet, Violation, World, type Point } from './world.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** A Tuesday morning; every year that a seed reaches has its calendar. */
export const start = Date.parse('2026-11-24T02:00:00Z');

export type Stage = {
  readonly postgres: Postgres;
  readonly parts: Pick<Parts, 'operatorKey' | 'signingKey' | 'documentKey'>;
  readonly document: AcceptedDocument;
  readonly lines: readonly PlacedLine[];
  readonly applicants: readonly Applicant[];
  readonly reviewers: readonly Reviewer[];
};
export type Result = { readonly seed: number; readonly steps: number; readonly digest: string; readonly states: readonly string[]; readonly violation?: Violation; readonly trace: readonly string[] };

const nobody = randomUUID();

export const runSeed = async (stage: Stage, seed: number, keepTrace = false): Promise<Result> => {
  await stage.postgres.reset();
  reseed(seed);
  const world = new World(seed, start, keepTrace);
  const { random } = world;
  const wild = random.pick([0, 0.01, 0.03, 0.08]);
  const rate = (): number => (random.chance(0.5) ? 0 : wild * (0.5 + random.next()));
  const rates: Rates = { lostRequest: rate(), lostReply: rate(), twice: rate(), late: rate(), refuse: rate() / 3, unreachable: rate(), garbage: rate() };
  const crashRate = rate() / 8;
  const freezeRate = random.chance(0.4) ? 0.003 : 0;
  const skews = Array.from({ length: 4 }, () => (random.chance(0.7) ? 0 : random.between(-1500, 1500)));
  world.faults = wild === 0 ? 0 : random.between(1, 18);
  const packs = packsBy(random);
  const carrier = new Carrier(world, rates, simLines);
  const invariants = new Invariants(world, carrier, stage.lines);
  const statements = new Statements(stage.postgres, () => world.now);
  const ways: Ways = {
    world, postgres: stage.postgres, statements, loss: rate() / 20,
    committed: async () => invariants.check(await look(stage.postgres)),
  };
  const running = new Map<string, SignoffProcess>();
  const bosses: Boss[] = [];
  const common: Common = {
    ways, carrier, parts: { ...stage.parts, packs }, due: () => invariants.seen.due, batch: random.pick([1, 3, 100]), twice: random.chance(0.4) ? 0.15 : 0,
    workers: () => [...running.values()].filter((one) => one.isReady && one.who.name.startsWith('worker')),
    alarm: ({ caseId }) => { if (caseId !== undefined) invariants.alarmed.add(caseId); },
  };

  const operator = owner('world');
  const workers = random.pick([1, 2, 2, 3]);
  const launch = async (slot: number, generation: number): Promise<void> => {
    const boss = bosses[slot];
    if (boss === undefined) throw new Error('no such slot');
    const one = new SignoffProcess(slot === 0 ? `web.${generation}` : `worker ${slot}.${generation}`, common, boss);
    running.set(one.who.name, one);
    // What it asks the database for as it starts is a step like all others. Up to there it is put together by nobody else's parts.
    one.start(slot !== 0, skews[slot] ?? 0).catch(async (error: unknown) => {
      if (isInjected(error)) await crash(one);
      else world.violate('fault', `${one.who.name} did not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    });
    await quiet();
  };
  const crash = async (one: SignoffProcess): Promise<void> => {
    const [, slot = '0', generation = '0'] = /^(?:web|worker (\d))\.(\d+)$/.exec(one.who.name) ?? [];
    world.note(`${one.who.name}: CRASHES`);
    running.delete(one.who.name);
    await one.crash();
    void world.wait(operator, `starts ${one.who.name} again`, () => launch(Number(slot), Number(generation) + 1), 200 + random.below(45_000));
  };
  // What pg-boss remembers between its passes must not come from another seed.
  for (let slot = 0; slot <= workers; slot++) {
    const boss = new Boss(async (text, values) => stage.postgres.driver.query(text, values));
    await boss.real.start();
    bosses.push(boss);
    await launch(slot, 0);
  }

  world.interfere = async (point: Point) => {
    const one = running.get(point.owner.name);
    if (one === undefined) return undefined;
    if (world.fault(crashRate)) {
      const after = random.chance(0.5);
      if (after) await point.run();
      await crash(one);
      return 'skip';
    }
    if (world.fault(freezeRate)) {
      one.who.frozenUntil = world.now + (random.chance(0.5) ? random.between(32_000, 58_000) : random.between(2_000, 100_000));
      world.note(`${one.who.name}: FREEZES for ${one.who.frozenUntil - world.now} ms`);
      // PostgreSQL ends a session that stands idle in a transaction for a minute.
      void world.wait(operator, `${one.who.name}: a minute has passed`, () => (one.who.frozenUntil > world.now ? one.pool.endIdle() : undefined), 60_000);
    }
    return undefined;
  };

  let supervised = 0;
  const anyWorker = (): SignoffProcess | undefined => [...running.values()].find((one) => one.isReady && one.who.name.startsWith('worker') && one.who.frozenUntil <= world.now);
  world.offer(() => {
    const one = anyWorker();
    if (one === undefined || invariants.seen.active === 0) return [];
    return [{ owner: one.who, what: 'supervise', at: supervised + 10_000, run: async () => {
      supervised = world.now;
      void one.supervise();
    } }];
  }, () => (invariants.seen.active === 0 || anyWorker() === undefined ? Infinity : supervised + 10_000));

  let over = false;
  const scene: Scene = {
    world, carrier, invariants, packs, document: stage.document, reviewers: stage.reviewers, lines: stage.lines, applicants: stage.applicants, quiet: false, worker: () => anyWorker(),
    web: () => [...running.values()].find((one) => one.isReady && one.who.name.startsWith('web')),
    strangers: (who): Subscriber[] => [
      { brand: who.brand === 'violet' ? 'amber' : 'violet', subscriberId: who.subscriberId }, { brand: who.brand, subscriberId: nobody },
    ],
  };
  const result = (violation?: Violation): Result => ({
    seed, steps: world.steps, digest: world.digest(), states: invariants.seen.cases.map((one) => one.state), trace: world.trace, ...(violation === undefined ? {} : { violation }),
  });
  try {
    invariants.check(await look(stage.postgres));
    const chosen = stage.applicants.filter(() => random.chance(0.25));
    const lives = chosen.length === 0 ? stage.applicants.slice(0, 1) : chosen;
    let living = lives.length;
    for (const [place, one] of lives.entries()) void subscriberLives(scene, one, `subscriber ${place}`).finally(() => { living--; });
    for (const [place, who] of stage.reviewers.entries()) void reviewerWorks(scene, who, `reviewer ${place}`, place % 4 > 1, () => over);
    void mends(scene, () => over);
    // What each of these does lasts for days, so only some are there in one seed; whoever has an end is waited for.
    const waitFor = (life: Promise<void>): void => {
      living++;
      void life.finally(() => { living--; });
    };
    if (random.chance(0.35)) for (const { brand } of packs.filter(() => random.chance(0.6))) {
      waitFor(ordersMany(scene, brand).then(() => withdrawsOrdered(scene)));
      void looksAfterOrders(scene, brand, () => over);
    }
    if (random.chance(0.4)) {
      for (const { brand } of packs) void findsWhoseLine(scene, brand, () => over);
      for (let one = random.between(1, 3); one > 0; one--) waitFor(declares(scene, `declarer ${one}`));
    }
    if (random.chance(0.4)) {
      for (const { brand } of packs) { void looksEveryNight(scene, brand, () => over); void mendsFindings(scene, brand, () => over); }
      waitFor(undoes(scene));
    }
    for (const [place, { onDevice }] of stage.lines.entries()) if (onDevice && random.chance(0.4)) waitFor(cardReports(scene, place));
    void outages(world, carrier);
    if (wild > 0 && random.chance(0.3)) void silence(scene);
    void refunds(world, invariants, anyWorker, () => over);
    await world.runUntil(start + 45 * day, () => living === 0);
    world.note('FAULTS STOP');
    world.faults = 0;
    scene.quiet = true;
    carrier.down.clear();
    carrier.blind.clear();
    await world.runUntil(world.now + 40 * day, () => isAtRest(invariants.seen, world.now) && soundingLines(invariants.seen, stage.lines, carrier).length === 0);
    over = true;
    await invariants.atRest(stage.postgres);
    if (world.violation !== undefined) throw world.violation;
    return result();
  } catch (error) {
    return result(error instanceof Violation ? error : new Violation('fault', error instanceof Error ? (error.stack ?? error.message) : String(error)));
  } finally {
    over = true;
    for (const one of running.values()) await one.crash();
  }
};

const closed = new Set(['cancelled', 'withdrawn', 'refused', 'lapsed', 'erased']);
/** Timers that are still to come find a case that is over. */
const isAtRest = ({ cases, due, active, refundsOut, steps, orders, openFindings, unmatched }: Invariants['seen'], now: number): boolean =>
  orders.every(({ state }) => state === 'done' || state === 'stopped' || state === 'reading') && openFindings === 0 && unmatched === 0 &&
  cases.every((one) => closed.has(one.state) && !one.leased) && [...due].every(([queue, at]) => (queue === 'timer' || queue === 'statements') && at > now) && active === 0 && refundsOut === 0 && steps.every(({ state }) => state !== 'intended' && state !== 'stalled' && state !== 'refused');

/** Systems of the carrier's that answer nobody for a while; now and then for longer than anybody tries. */
const outages = async (world: World, carrier: Carrier): Promise<void> => {
  const weather = owner('weather');
  for (;;) {
    await world.sleep(weather, world.random.below(4 * day));
    if (!world.fault(0.3)) {
      if (world.faults <= 0) return;
      continue;
    }
    const system = world.random.pick(['home-register', 'sm-dp-plus', 'billing', 'payouts', 'services', 'mail', 'message-centre']);
    const lasts = world.random.chance(0.05) ? 50 * hour : world.random.below(20 * 60_000);
    world.note(`${system} IS DOWN for ${Math.round(lasts / 1000)} s`);
    carrier.down.set(system, world.now + lasts);
  }
};

/** Just as something is asked of a system, it stops saying anything, for longer than anybody reads. */
const silence = async ({ world, carrier, invariants }: Scene): Promise<void> => {
  const weather = owner('silence');
  for (let looks = 0; looks < 400 && !invariants.seen.cases.some(({ state }) => state === 'executing' || state === 'cancelled'); looks++) await world.sleep(weather, 6 * hour);
  const system = world.random.pick(['home-register', 'billing', 'payouts']);
  world.note(`${system} SAYS NOTHING any more`);
  carrier.blind.set(system, world.now + 50 * hour + world.random.below(40 * hour));
};

/** The hourly look at refunds on their way, taken less often here. */
const refunds = async (world: World, invariants: Invariants, worker: () => SignoffProcess | undefined, over: () => boolean): Promise<void> => {
  const clock = owner('refund clock');
  while (!over()) {
    await world.sleep(clock, 26 * hour);
    const one = worker();
    if (one !== undefined && invariants.seen.refundsOut > 0) void one.followRefunds();
  }
};
