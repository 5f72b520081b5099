/**
 * Whether this process's clock may be gone by, while it runs. It is measured against the database's every few seconds, and at once
 * when it jumps: that is seen without asking anybody, because the time that goes by is known from a clock that no one sets.
 */
import type { Clock, MovableClock } from './clock.ts';
import { mostSkew } from './clock-skew.ts';

export type SteadyClock = {
  /** The same time; throws while it is off, and once it has jumped, so that what was begun by the right time is not written down by a wrong one. */
  readonly clock: Clock;
  /** Goes on as it last was right, whatever becomes of the machine's: for measuring how long something takes. In milliseconds. */
  elapsing(): number;
  /** May be gone by. Asks the database only where the clock has jumped since it was last asked. */
  isRight(): Promise<boolean>;
  /** Resolves when it is right again, or `signal` says that nobody waits any more. */
  untilRight(signal: AbortSignal): Promise<void>;
  close(): void;
};

export type SteadyTools = {
  readonly clock: Clock | MovableClock;
  /** The database's own clock, now. */
  readonly ask: () => Promise<Date>;
  /** Told once when it is off and once when it is right again (`undefined`). Seconds that this process is ahead. */
  readonly tell: (off: number | undefined) => void;
  readonly everyMs?: number;
};

/** Less than this is no jump: clocks are set right in small steps all the time. */
const jumpMs = 2000;

export const openSteadyClock = ({ clock, ask, tell, everyMs = 5000 }: SteadyTools): SteadyClock => {
  /** As the machine has it, also where a demo or a test drives the time. */
  const machine = (): number => clock.now().getTime() - ('offset' in clock ? clock.offset : 0);
  const waiting = new Set<() => void>();
  let off: number | undefined;
  let beside = machine() - performance.now();
  let rightBeside = beside;
  let measuring: Promise<void> | undefined;

  const measure = (): Promise<void> => (measuring ??= (async () => {
    const before = machine();
    const at = await ask();
    const after = machine();
    beside = after - performance.now();
    const skew = ((before + after) / 2 - at.getTime()) / 1000;
    const now = Math.abs(skew) > mostSkew ? skew : undefined;
    if ((now === undefined) !== (off === undefined)) tell(now);
    off = now;
    if (off === undefined) rightBeside = beside;
    if (off === undefined) for (const go of waiting) go();
  })().finally(() => { measuring = undefined; }));

  // A database that does not answer says nothing of the time; what was known holds.
  const timer = setInterval(() => void measure().catch(() => undefined), everyMs);
  timer.unref();

  const jumped = (): number => machine() - performance.now() - beside;
  const guarded = (): Date => {
    if (off !== undefined || Math.abs(jumped()) > mostSkew * 1000) throw new Error('this machine\'s clock is off: nothing is dated by it until it agrees with the database\'s');
    return clock.now();
  };
  return {
    clock: 'offset' in clock ? { now: guarded, get offset() { return clock.offset; } } as Clock : { now: guarded },
    elapsing: () => performance.now() + rightBeside + ('offset' in clock ? clock.offset : 0),
    isRight: async () => {
      if (Math.abs(jumped()) > jumpMs) await measure();
      return off === undefined;
    },
    untilRight: (signal) => new Promise((resolve) => {
      const go = (): void => {
        waiting.delete(go);
        signal.removeEventListener('abort', go);
        resolve();
      };
      if (signal.aborted) return resolve();
      waiting.add(go);
      signal.addEventListener('abort', go);
    }),
    close: () => {
      clearInterval(timer);
      for (const go of waiting) go();
    },
  };
};
