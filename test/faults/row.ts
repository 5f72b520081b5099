/** What a row of the fault catalogue is to the frame that runs it. */

/** `short`: seconds, in `npm test`. `usual`: minutes. `full`: as long as it takes, everything there is. */
export type Size = 'short' | 'usual' | 'full';

export type Run = {
  readonly seed: number;
  readonly size: Size;
  /** Progress, for whoever watches. */
  readonly say: (text: string) => void;
  /** One case: what it throws, it failed of. */
  readonly one: (title: string, work: () => Promise<void>) => Promise<void>;
};

export type Row = {
  /** As the catalogue counts. */
  readonly number: string;
  readonly title: string;
  /** What must hold, in a sentence. */
  readonly asserts: string;
  /** Throws, or has cases through `one`. A run that has neither failed. */
  readonly run: (run: Run) => Promise<void>;
};

/** The same from the same seed (mulberry32). */
export type Random = { readonly next: () => number; readonly below: (count: number) => number; readonly pick: <Item>(list: readonly Item[]) => Item };
export const randomOf = (seed: number): Random => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (count: number): number => Math.floor(next() * count);
  return { next, below, pick: (list) => {
    const found = list[below(list.length)];
    if (found === undefined) throw new Error('nothing to pick from');
    return found;
  } };
};

export const bySize = <Value>({ size }: Pick<Run, 'size'>, values: Readonly<Record<Size, Value>>): Value => values[size];
