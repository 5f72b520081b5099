/**
 * One scheduler for everything. Whoever waits for anything outside the program's own code stands here as a point: a
 * statement, a call's way to the carrier and back, a timer, the next batch of jobs. One point is picked by the seed, carried out to
 * its end, and only then the next. Time is a number that moves between points.
 */
import { createHash } from 'node:crypto';
import { randomOf, type Random } from './random.ts';

/** A process of the program, a person, a system of the carrier's. What is dead or frozen is not picked. */
export type Owner = { readonly name: string; alive: boolean; frozenUntil: number };
export const owner = (name: string): Owner => ({ name, alive: true, frozenUntil: 0 });

export type Point = { readonly owner: Owner; readonly what: string; at: number; readonly run: () => Promise<void> };

/** What must never be; thrown through everything. `invariant`: I1 to I8 of the fault catalogue, or what was not expected at all. */
export class Violation extends Error {
  readonly invariant: string;
  constructor(invariant: string, says: string) {
    super(says);
    this.invariant = invariant;
  }
}

/** A fault that the simulation put there: whoever meets it may fail, and no more. */
export class Injected extends Error {}

/** Everything that could run in this turn has: only what waits for a point is left. */
export const quiet = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });

const mostSteps = 40_000;

export class World {
  readonly random: Random;
  /** Milliseconds. */
  now: number;
  steps = 0;
  /** Where faults can still be put; at 0 the world is kind. */
  faults: number;
  violation: Violation | undefined;
  readonly trace: string[] = [];
  readonly #points: Point[] = [];
  readonly #hash = createHash('sha256');
  readonly #offers: (() => readonly Point[])[] = [];
  /** Asked before each step for the next moment at which something is on offer. */
  readonly #nexts: (() => number)[] = [];
  readonly #keep: boolean;
  /** May put a fault in the way of a point; `skip`: the point is not carried out. */
  interfere: (point: Point) => Promise<'skip' | undefined> = async () => undefined;

  constructor(seed: number, start: number, keepTrace: boolean) {
    this.random = randomOf(seed, 1);
    this.now = start;
    this.faults = 0;
    this.#keep = keepTrace;
  }

  note(text: string): void {
    const line = `${this.steps} +${((this.now - 1_795_000_000_000) / 1000).toFixed(3)} ${text}`;
    this.#hash.update(line);
    this.trace.push(line);
    if (!this.#keep && this.trace.length > 400) this.trace.splice(0, 200);
  }

  digest(): string {
    return this.#hash.copy().digest('hex').slice(0, 16);
  }

  violate(invariant: string, says: string): void {
    this.violation ??= new Violation(invariant, says);
    this.note(`VIOLATED ${invariant}: ${says}`);
  }

  /** Whether a fault of this kind happens here. */
  fault(probability: number): boolean {
    if (this.faults <= 0 || !this.random.chance(probability)) return false;
    this.faults--;
    return true;
  }

  /** What can always be taken up by somebody, once its time has come. */
  offer(points: () => readonly Point[], next: () => number): void {
    this.#offers.push(points);
    this.#nexts.push(next);
  }

  add(point: Point): () => void {
    if (!point.owner.alive) return () => undefined;
    this.#points.push(point);
    return () => {
      const place = this.#points.indexOf(point);
      if (place >= 0) this.#points.splice(place, 1);
    };
  }

  /** Resolves when the scheduler has picked it and `act` is over; never, where its owner dies before. */
  wait<Result>(who: Owner, what: string, act: () => Promise<Result> | Result, after = 0): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      this.add({ owner: who, what, at: this.now + after, run: async () => {
        try {
          const result = await act();
          if (who.alive) resolve(result);
        } catch (error) {
          if (who.alive) reject(error instanceof Error ? error : new Error(String(error)));
        }
      } });
    });
  }

  sleep(who: Owner, milliseconds: number): Promise<void> {
    return this.wait(who, 'goes on', () => undefined, milliseconds);
  }

  every(who: Owner, milliseconds: number, then: () => void): () => void {
    let [stopped, remove] = [false, (): void => undefined];
    const arm = (): void => {
      remove = this.add({ owner: who, what: 'timer', at: this.now + milliseconds, run: async () => {
        if (stopped) return;
        arm();
        then();
      } });
    };
    arm();
    return () => {
      stopped = true;
      remove();
    };
  }

  die(who: Owner): void {
    who.alive = false;
    for (let place = this.#points.length - 1; place >= 0; place--) if (this.#points[place]?.owner === who) this.#points.splice(place, 1);
  }

  /** One step. False where nothing is left to do before `until`. */
  async step(until: number): Promise<boolean> {
    await quiet();
    if (this.violation !== undefined) throw this.violation;
    const free = (point: Point): boolean => point.owner.alive && point.at <= this.now && point.owner.frozenUntil <= this.now;
    const ready = [...this.#points.filter(free), ...this.#offers.flatMap((points) => points()).filter(free)];
    if (ready.length === 0) {
      const next = Math.min(...this.#points.map((point) => Math.max(point.at, point.owner.frozenUntil)), ...this.#nexts.map((ask) => ask()));
      if (next > until) return false;
      this.now = Math.max(this.now + 1, next);
      return true;
    }
    const point = this.random.pick(ready);
    const place = this.#points.indexOf(point);
    if (place >= 0) this.#points.splice(place, 1);
    this.steps++;
    if (this.steps > mostSteps) this.violate('I8', `more than ${mostSteps} steps, and it does not come to rest`);
    this.note(`${point.owner.name}: ${point.what}`);
    if ((await this.interfere(point)) !== 'skip') await point.run();
    this.now += 1 + this.random.below(15);
    return true;
  }

  async runUntil(until: number, over: () => boolean = () => false): Promise<void> {
    while (!over() && (await this.step(until)));
    if (this.violation !== undefined) throw this.violation;
  }
}
