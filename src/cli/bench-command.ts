import { resolve } from 'node:path';
import { parts } from '../../bench/parts.ts';
import { inWords, latest, runSuite, writeReadme, writeReport } from '../../bench/suite.ts';
import type { Assemble } from './run.ts';

export type BenchWords = { readonly json?: string; readonly full?: boolean; readonly rounds?: string; readonly cases?: string; readonly readme?: boolean };

/** What is wrong with the words, in one sentence. */
const wrongIn = (names: readonly string[], { rounds, cases }: BenchWords): string | undefined => {
  const unknown = names.find((name) => !parts.some((part) => part.name === name));
  if (unknown !== undefined) return `There is no bench "${unknown}". There are: ${parts.map(({ name }) => name).join(', ')}.`;
  if (rounds !== undefined && !/^[1-9]\d?$/.test(rounds)) return `"${rounds}" is no number of rounds. Say one from 1 to 99: --rounds 5`;
  if (cases !== undefined && !/^[1-9]\d{0,7}$/.test(cases)) return `"${cases}" is no number of cases. Say how many there shall be: --cases 100000`;
  return undefined;
};

/** Figures go to stdout, progress to stderr. Resolves to the exit status: 1 where a part failed, 2 where the words are wrong; a goal that was missed is a figure, no failure. */
export const runBench = async (names: readonly string[], assemble: Assemble, words: BenchWords = {}): Promise<number> => {
  const wrong = wrongIn(names, words);
  if (wrong !== undefined) {
    console.error(wrong);
    return 2;
  }
  if (words.readme) {
    await writeReadme();
    return 0;
  }
  const wanted = names.length === 0 ? parts : parts.filter(({ name }) => names.includes(name));
  const report = await runSuite(wanted, {
    rounds: Number(words.rounds ?? 3), full: words.full ?? false, assemble, say: (text) => console.error(text),
    ...(words.cases === undefined ? {} : { cases: Number(words.cases) }),
  });
  for (const line of inWords(report)) console.log(line);
  // A run of some parts says nothing of the others, so it does not take the place of a whole one.
  const files = [...(names.length === 0 ? [latest] : []), ...(words.json === undefined ? [] : [resolve(words.json)])];
  for (const file of files) {
    await writeReport(report, file);
    console.error(`Written: ${file}, and its picture beside it.`);
  }
  return report.parts.some(({ failed }) => failed !== undefined) ? 1 : 0;
};
