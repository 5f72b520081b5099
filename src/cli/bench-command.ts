import { benchCore } from '../../bench/core.ts';

const benches: Readonly<Record<string, (say: (text: string) => void) => Promise<void>>> = { core: benchCore };

/** Resolves to the exit status: 2 where no bench has that name. */
export const runBench = async (name: string): Promise<number> => {
  const bench = benches[name];
  if (bench === undefined) {
    console.error(`There is no bench "${name}". There are: ${Object.keys(benches).join(', ')}.`);
    return 2;
  }
  await bench((text) => console.log(text));
  return 0;
};
