import { benchCore } from '../../bench/core.ts';
import { benchPages } from '../../bench/pages.ts';
import type { Assemble } from './run.ts';

const benches: Readonly<Record<string, (say: (text: string) => void, assemble: Assemble) => Promise<void>>> = { core: (say) => benchCore(say), pages: benchPages };

/** Resolves to the exit status: 2 where no bench has that name. */
export const runBench = async (name: string, assemble: Assemble): Promise<number> => {
  const bench = benches[name];
  if (bench === undefined) {
    console.error(`There is no bench "${name}". There are: ${Object.keys(benches).join(', ')}.`);
    return 2;
  }
  await bench((text) => console.log(text), assemble);
  return 0;
};
