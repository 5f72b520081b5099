import { benchCore } from '../../bench/core.ts';
import { benchPages } from '../../bench/pages.ts';
import { benchPortal } from '../../bench/portal/portal.ts';
import type { Assemble } from './run.ts';

export type BenchWords = { readonly cases?: string; readonly full?: boolean };
const benches: Readonly<Record<string, (say: (text: string) => void, assemble: Assemble, words: BenchWords) => Promise<unknown>>> = {
  core: (say) => benchCore(say), pages: benchPages,
  portal: (say, _, { cases, full }) => benchPortal(say, { cases: full ? 1_000_000 : Number(cases ?? 100_000) }),
};

/** Resolves to the exit status: 2 where no bench has that name. */
export const runBench = async (name: string, assemble: Assemble, words: BenchWords = {}): Promise<number> => {
  if (words.cases !== undefined && !/^[1-9]\d{0,7}$/.test(words.cases)) {
    console.error(`"${words.cases}" is no number of cases. Say how many there shall be: --cases 100000`);
    return 2;
  }
  const bench = benches[name];
  if (bench === undefined) {
    console.error(`There is no bench "${name}". There are: ${Object.keys(benches).join(', ')}.`);
    return 2;
  }
  await bench((text) => console.log(text), assemble, words);
  return 0;
};
