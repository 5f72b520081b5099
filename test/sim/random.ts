/** The only source of chance in a simulation: the same seed gives the same numbers (sfc32, 128 bits of state). */
export type Random = {
  /** From 0 up to, and without, 1. */
  next(): number;
  /** A whole number from 0 to `count - 1`. */
  below(count: number): number;
  between(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  bytes(count: number): Buffer;
};

export const randomOf = (seed: number, stream: number): Random => {
  let [a, b, c, d] = [seed | 0, 0x9e3779b9 | 0, stream | 0, 1];
  const word = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  for (let warm = 0; warm < 15; warm++) word();
  const random: Random = {
    next: () => word() / 4_294_967_296,
    below: (count) => Math.floor(random.next() * count),
    between: (least, most) => least + random.below(most - least + 1),
    chance: (probability) => random.next() < probability,
    pick: (items) => {
      const item = items[random.below(items.length)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
    bytes: (count) => Buffer.from(Array.from({ length: count }, () => word() & 0xff)),
  };
  return random;
};
