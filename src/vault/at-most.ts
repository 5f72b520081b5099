/** Lets `most` pieces of work run at once; up to `waiting` queue behind them in order, the next is turned away. */
export const atMost = (most: number, waiting = Number.POSITIVE_INFINITY) => {
  const queue: (() => void)[] = [];
  let running = 0;
  return async <Value>(work: () => Promise<Value>): Promise<Value | 'turned-away'> => {
    if (running >= most) {
      if (queue.length >= waiting) return 'turned-away';
      await new Promise<void>((admitted) => queue.push(admitted)); // whoever ends passes its place on
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next) next();
      else running -= 1;
    }
  };
};
