/** What every part of the bench follows, and what it hands back. */
import type { Assemble } from '../src/cli/run.ts';

/** Against what a figure stands: a peer measured in the same rounds, or a limit, which is one number. */
export type Against = { readonly what: string; readonly rounds: readonly number[] };
/** Of the ratio to that. */
export type Goal = { readonly atLeast: number } | { readonly atMost: number };

type Named = {
  /** Stable: `in-process/dbos`. Other runs are compared by it. */
  readonly name: string;
  readonly says: string;
  /** `/s`, `ms`, `B`, `MB`, or nothing for a count. */
  readonly unit: string;
  /** How it was made, in one or two sentences. */
  readonly how: string;
};
/** One number a round; `against` has as many, from the same rounds, or one. */
export type Measured = Named & { readonly rounds: readonly number[]; readonly against: Against; readonly goal?: Goal };
/** What could not be measured says so and why; it is never left out, and no goal of it counts as met. */
export type NotMeasured = Named & { readonly notMeasured: string; readonly goal?: Goal };
export type Figure = Measured | NotMeasured;

export type Options = {
  /** Of the interleaved rounds. */
  readonly rounds: number;
  /** 1,000,000 waiting cases; else 100,000 at most. */
  readonly full: boolean;
  /** Of the portal's house, where it is said. */
  readonly cases?: number;
  /** Takes everything through once in seconds, for the tests: the figures say nothing. */
  readonly tiny?: boolean;
  readonly say: (text: string) => void;
  readonly assemble: Assemble;
};
export type Part = { readonly name: string; readonly says: string; run(options: Options): Promise<Figure[]> };

export type Spread = { readonly median: number; readonly least: number; readonly most: number };
export const part = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
export const spread = (values: readonly number[]): Spread => {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  return { median: sorted.length % 2 === 1 ? part(sorted, 0.5) : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2, least: sorted[0] ?? Number.NaN, most: sorted.at(-1) ?? Number.NaN };
};

/** Round by round, so that what slowed both in one round does not count. */
export const ratioOf = ({ rounds, against }: Measured): Spread => spread(rounds.map((value, round) => value / (against.rounds.length === 1 ? against.rounds[0] ?? Number.NaN : against.rounds[round] ?? Number.NaN)));
export const isMet = (ratio: number, goal: Goal): boolean => ('atLeast' in goal ? ratio >= goal.atLeast : ratio <= goal.atMost);

/** Each subject once a round, and every other round in the other order: what comes and goes on the machine meets all of them alike. */
export const interleaved = async <Name extends string>(rounds: number, subjects: Readonly<Record<Name, (round: number) => Promise<number>>>, say: (text: string) => void): Promise<Record<Name, number[]>> => {
  const names = Object.keys(subjects) as Name[];
  const found = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round < rounds; round++)
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const value = await subjects[name](round);
      found[name].push(value);
      say(`round ${round + 1} of ${rounds}, ${name}: ${value.toPrecision(4)}`);
    }
  return found;
};
