/** The bulk order in the frame of the bench. */
import { benchBulk, type BulkStage } from './bulk.ts';
import type { Figure, Part } from './figure.ts';

/** A million lines in four hours. */
const evening = 1_000_000 / (4 * 3600);

export const bulk: Part = {
  name: 'bulk',
  says: 'an order of many lines, from its file to its last certificate',
  run: async ({ rounds, tiny = false, full, say, assemble }) => {
    const lines = tiny ? 20 : full ? 100_000 : 10_000;
    const found: BulkStage[][] = [];
    // So many lines are a long round by themselves.
    for (let round = 0; round < (full ? 1 : rounds); round++) found.push(await benchBulk(say, { lines, dry: false, assemble }));
    const rounded = (what: string, of: (stage: BulkStage) => number): number[] => found.flat().filter((stage) => stage.what === what).map(of);
    const how = `${lines.toLocaleString('en')} lines an order and round, a database of its own each; carrier's ports in memory, worker and desk in one process.`;
    const rate = (name: string, what: string, says: string): Figure => ({ name: `bulk/${name}`, says, unit: '/s', how, rounds: rounded(what, ({ linesPerSecond }) => linesPerSecond), against: { what: 'a million lines in four hours', rounds: [evening] }, goal: { atLeast: 1 } });
    return [
      rate('dry-run', 'dry run', 'bulk: lines a second in the dry run'),
      rate('opening', 'opening', 'bulk: cases opened a second'),
      rate('all', 'all of it', 'bulk: lines a second, release to last certificate'),
      { name: 'bulk/memory', says: 'bulk: most memory of its process', unit: 'MB', how, rounds: found.map((stages) => Math.max(...stages.map(({ most }) => most)) / 1e6), against: { what: 'a gigabyte', rounds: [1000] } },
    ];
  },
};
