/** The one source of time. Nothing whose result depends on the time reads any other. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** What is done again and again while time passes. */
export interface Timers {
  /** Every so many milliseconds, until what is given back is called. */
  every(milliseconds: number, then: () => void): () => void;
  /** Starts measuring; what is given back says how many milliseconds have gone by since. No setting of a clock shortens it, nor does sleep. */
  stopwatch(): () => number;
}

export const systemTimers: Timers = {
  every: (milliseconds, then) => {
    const interval = setInterval(then, milliseconds);
    return () => clearInterval(interval);
  },
  // The one goes on while a clock is set, the other while the machine sleeps.
  stopwatch: () => {
    const [steady, wall] = [performance.now(), Date.now()];
    return () => Math.max(performance.now() - steady, Date.now() - wall);
  },
};

/** Time that is driven: real time plus an offset, so that waiting days can be passed over in a demo or a test. */
export interface MovableClock extends Clock {
  /** Milliseconds ahead of real time; behind it where negative. */
  readonly offset: number;
  /** Only forward: the past of a journal can't be moved. */
  setOffset(milliseconds: number): void;
}

export const movableClock = (offset = 0): MovableClock => {
  let ahead = offset;
  return {
    now: () => new Date(Date.now() + ahead),
    get offset() {
      return ahead;
    },
    setOffset(milliseconds) {
      if (milliseconds < ahead) throw new Error('a movable clock only goes forward');
      ahead = milliseconds;
    },
  };
};
