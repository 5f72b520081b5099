/** A centre that says "not now" is left alone for a while by all messages together, longer each time it says so again. */
import { setTimeout as sleep } from 'node:timers/promises';

export type Brake = {
  /** Resolves when the centre may be asked again, at once where it never said no; to false where the signal was faster. */
  readonly released: (until: AbortSignal) => Promise<boolean>;
  readonly notNow: () => void;
  readonly taken: () => void;
};

/** Milliseconds. */
export const openBrake = (first: number, atMost: number): Brake => {
  let next = first;
  let until = 0;
  return {
    released: async (signal) => {
      for (let left = until - performance.now(); left > 0; left = until - performance.now()) {
        if (signal.aborted) return false;
        await sleep(left, undefined, { signal }).catch(() => undefined);
      }
      return !signal.aborted;
    },
    // What the window had on its way already is refused together, and counts once.
    notNow: () => {
      if (performance.now() < until) return;
      until = performance.now() + next;
      next = Math.min(next * 2, atMost);
    },
    taken: () => { next = first; },
  };
};
