/** One process of the program, a worker or a web server: put together by src/main.ts itself, on connections, ports, jobs and a clock that the world drives. */
import type { Logger } from 'pino';
import { assemble, type Parts } from '../../src/main.ts';
import type { Desk } from '../../src/desk/desk.ts';
import { recordCardReport, type Recorded, type ReportedByCard } from '../../src/execution/card-reports.ts';
import { followRefunds } from '../../src/execution/follow-refunds.ts';
import { dbOn } from '../../src/store/db.ts';
import type { QueueName } from '../../src/store/jobs.ts';
import type { Boss, Handler } from './boss.ts';
import type { Carrier } from './carrier.ts';
import { Pool, watched, type Ways } from './connections.ts';
import { buildOn } from './substitutes.ts';
import { Injected, owner, type Owner, type Point } from './world.ts';

export type Common = {
  readonly ways: Ways;
  readonly carrier: Carrier;
  readonly parts: Pick<Parts, 'operatorKey' | 'signingKey' | 'documentKey' | 'packs'>;
  /** Jobs that wait, by queue: when the first of them is due, in milliseconds. */
  readonly due: () => ReadonlyMap<string, number>;
  readonly alarm: (what: { readonly caseId?: string; readonly why?: string }) => void;
  /** At most so many jobs a batch. */
  readonly batch: number;
  /** How likely a fetched batch comes to somebody once more. */
  readonly twice: number;
  readonly workers: () => readonly SignoffProcess[];
};

/** Is everything in this error the simulation's own doing? A deadlock has a victim, and it tries again. */
export const isInjected = (error: unknown): boolean =>
  error instanceof Injected || (error as { code?: unknown }).code === '40P01' || (error instanceof AggregateError && error.errors.length > 0 && error.errors.every(isInjected));

/** Where the carrier is does not matter here. */
const carrierSettings = { homeRegister: { kind: 'osmo-hlr' }, radius: { nas: [], secret: '', identifyBy: [] }, esimPlatform: { tls: {} }, billing: {}, payouts: { kind: 'http' }, services: {}, mail: {}, sms: {} } as unknown as Parts['carrier'];

export class SignoffProcess {
  readonly who: Owner;
  readonly pool: Pool;
  /** Resolves when it crashes: whoever waits for its answer gets none. */
  readonly died: Promise<'no-answer'>;
  readonly #common: Common;
  readonly #boss: Boss;
  readonly #handlers = new Map<QueueName, Handler>();
  readonly #busy = new Set<string>();
  readonly #notBefore = new Map<string, number>();
  #signoff: Awaited<ReturnType<typeof assemble>> | undefined;
  #die: (none: 'no-answer') => void = () => undefined;

  constructor(name: string, common: Common, boss: Boss) {
    this.who = owner(name);
    this.#common = common;
    this.#boss = boss;
    this.died = new Promise((resolve) => { this.#die = resolve; });
    this.pool = new Pool(common.ways, this.who);
  }

  get isReady(): boolean {
    return this.#signoff !== undefined;
  }

  get desk(): Desk {
    if (this.#signoff === undefined) throw new Error(`${this.who.name} was not started`);
    return this.#signoff.desk;
  }

  /** `skew`: milliseconds by which its clock is ahead. As a worker it takes jobs. */
  async start(works: boolean, skew: number): Promise<void> {
    const { ways: { world }, carrier, parts, alarm } = this.#common;
    this.#boss.execute = (text, values) => this.#execute(text, values);
    this.#boss.now = () => world.now;
    const signingKey = { ...parts.signingKey };
    buildOn({
      db: watched(dbOn(this.pool), world), jobs: this.#boss.jobs(this.#handlers), ...carrier.reachedBy(this.who),
      timers: {
        every: (milliseconds, then) => world.every(this.who, milliseconds, then),
        stopwatch: () => { const from = world.now; return () => world.now - from; },
      },
      inOrder: (what, act) => world.wait(this.who, what, act),
    }, signingKey);
    const say = (what: unknown, says?: string): void => {
      if (says === 'a case needs people') alarm(what as { caseId: string });
      else if (says === 'a notice could not be written' && !/terminated/.test(JSON.stringify(what))) world.violate('fault', `${says}: ${JSON.stringify(what)}`);
    };
    const log = { error: say, warn: () => undefined, info: () => undefined, debug: () => undefined } as unknown as Logger;
    this.#signoff = await assemble({
      ...parts, signingKey, databaseUrl: '', clock: { now: () => new Date(world.now + skew) }, carrier: carrierSettings, production: false,
      publicUrl: () => 'https://sim.example', log, works,
    });
    if (works) world.offer(() => this.#offers(), () => (this.who.alive ? Math.max(this.who.frozenUntil, Math.min(Infinity, ...this.#offersAt().map(({ at }) => at))) : Infinity));
  }

  async #execute(text: string, values?: unknown[]): Promise<{ rows: object[] }> {
    const line = await this.pool.connect();
    try {
      const answer = await line.query(text, values);
      line.release();
      return answer;
    } catch (error) {
      line.release(true);
      throw error;
    }
  }

  /** A queue is served by one batch at a time. */
  #offersAt(): { queue: QueueName; at: number }[] {
    if (!this.who.alive) return [];
    const due = this.#common.due();
    return [...this.#handlers.keys()].filter((queue) => due.has(queue) && !this.#busy.has(queue))
      .map((queue) => ({ queue, at: Math.max(due.get(queue) ?? 0, this.#notBefore.get(queue) ?? 0) }));
  }

  #offers(): Point[] {
    return this.#offersAt().map(({ queue, at }) => ({ owner: this.who, what: `fetch ${queue}`, at, run: async () => {
      this.#busy.add(queue);
      void this.#serve(queue).finally(() => this.#busy.delete(queue));
    } }));
  }

  async #serve(queue: QueueName): Promise<void> {
    const { ways: { world }, batch, twice, workers } = this.#common;
    const handler = this.#handlers.get(queue);
    if (handler === undefined) return;
    this.#notBefore.set(queue, world.now + 1000); // it polls once a second
    let jobs: { id: string; data: never }[] = [];
    try {
      jobs = (await this.#boss.real.fetch(queue, { batchSize: Math.min(batch, handler.batch) })).map(({ id, data }) => ({ id, data: data as never }));
    } catch (error) {
      this.#unexpected(error);
    }
    if (jobs.length === 0) return;
    const ids = jobs.map(({ id }) => id);
    if (world.fault(twice)) void world.random.pick(workers()).again(queue, jobs);
    const stop = world.every(this.who, 5000, () => void this.#boss.real.touch(queue, ids).catch((error: unknown) => this.#unexpected(error)));
    try {
      await handler.handle(jobs);
      await this.#boss.real.complete(queue, ids);
    } catch (error) {
      this.#unexpected(error);
      await this.#boss.real.fail(queue, ids, { says: 'failed' }).catch((failure: unknown) => this.#unexpected(failure));
    } finally {
      stop();
      this.#notBefore.delete(queue);
    }
  }

  /** The same jobs once more, as after a lost answer to their completion. */
  async again(queue: QueueName, jobs: { id: string; data: never }[]): Promise<void> {
    const { world } = this.#common.ways;
    world.note(`${this.who.name}: gets ${jobs.length} jobs of ${queue} as well`);
    await world.sleep(this.who, world.random.below(world.random.chance(0.7) ? 400 : 90_000));
    await this.#handlers.get(queue)?.handle(jobs).catch((error: unknown) => this.#unexpected(error));
  }

  /** What pg-boss' own supervisor does: jobs without a heartbeat are given to others. */
  supervise(): Promise<void> {
    return this.#boss.real.supervise().catch((error: unknown) => this.#unexpected(error));
  }

  /** As the schedule of pg-boss does it. */
  async lookTonight(brand: string): Promise<void> {
    await this.#boss.real.insert('reconcile', [{ data: { brand } }]);
  }

  /** As its door for cards does. */
  async cardReport(report: ReportedByCard): Promise<Recorded> {
    if (this.#signoff === undefined) throw new Error(`${this.who.name} was not started`);
    return recordCardReport(this.#signoff.execution, report);
  }

  async followRefunds(): Promise<void> {
    if (this.#signoff !== undefined) await followRefunds(this.#signoff.execution).catch((error: unknown) => this.#unexpected(error));
  }

  #unexpected(error: unknown): void {
    if (!isInjected(error)) this.#common.ways.world.violate('fault', `${this.who.name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }

  /** Everything under way ends here; what is in the database stays as PostgreSQL leaves it. */
  async crash(): Promise<void> {
    this.#common.ways.world.die(this.who);
    this.#die('no-answer');
    await this.pool.end();
  }
}
