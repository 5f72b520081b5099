/** Lets so many through at once, in the order in which they came. */
export type Turnstile = {
  /** Resolves to what must be called on the way out, or null where the signal was faster. */
  readonly enter: (signal: AbortSignal) => Promise<(() => void) | null>;
};

export const turnstile = (places: number): Turnstile => {
  let free = places;
  const queue: (() => void)[] = [];
  const leave = (): void => {
    const next = queue.shift();
    if (next) next();
    else free += 1;
  };
  const once = (): (() => void) => {
    let inside = true;
    return () => {
      if (inside) leave();
      inside = false;
    };
  };
  return {
    enter: (signal) => {
      if (signal.aborted) return Promise.resolve(null);
      if (free > 0) {
        free -= 1;
        return Promise.resolve(once());
      }
      return new Promise((resolve) => {
        const giveUp = (): void => {
          queue.splice(queue.indexOf(next), 1);
          resolve(null);
        };
        const next = (): void => {
          signal.removeEventListener('abort', giveUp);
          resolve(once());
        };
        queue.push(next);
        signal.addEventListener('abort', giveUp, { once: true });
      });
    },
  };
};
