/** The flow that every peer runs: as many steps as a cancellation has at the carrier and in our own store, none of which does anything. */
export const steps = 12;
export const atOnce = 64;

/** Runs `count` of them, `atOnce` at a time. Resolves to how many a second there were. */
export const rateOf = async (count: number, flow: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  let left = count;
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, async () => {
    while (left-- > 0) await flow();
  }));
  return (count * 1000) / (performance.now() - start);
};
