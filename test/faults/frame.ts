/** Runs rows one after the other: what they say goes to stderr, one last line to stdout. */
import type { Row, Run, Size } from './row.ts';

export type Count = { readonly cases: number; readonly failed: number };

const reasonOf = (fault: unknown): string => (fault instanceof Error ? (fault.stack ?? fault.message) : String(fault));

/** `seed`: undefined: each row one of its own. A row that throws, or that had no case at all, is a failed case. */
export const runRow = async (row: Row, { seed, size, say }: Pick<Run, 'seed' | 'size' | 'say'>): Promise<Count> => {
  let [cases, failed] = [0, 0];
  const again = `npm run test:faults -- ${row.number} --seed ${seed}${size === 'full' ? ' --full' : ''}`;
  const fail = (what: string, fault: unknown): void => {
    failed++;
    say(`  FAILED ${what}: ${reasonOf(fault)}\n  Again: ${again}`);
  };
  const began = performance.now();
  say(`Row ${row.number}, seed ${seed}: ${row.title}`);
  try {
    await row.run({
      seed, size, say: (text) => say(`  ${text}`),
      one: async (title, work) => {
        cases++;
        await work().then(() => say(`  ok ${title}`), (fault: unknown) => fail(title, fault));
      },
    });
    if (cases === 0) cases = 1; // the row itself was the case
  } catch (fault) {
    cases++;
    fail('the row', fault);
  }
  say(`  ${row.asserts} ${failed === 0 ? 'Held' : 'NOT held'}, ${cases} ${cases === 1 ? 'case' : 'cases'}, ${Math.round((performance.now() - began) / 1000)} s.`);
  return { cases, failed };
};

export const runRows = async (rows: readonly Row[], { seed, size, say }: { readonly seed?: number; readonly size: Size; readonly say: (text: string) => void }): Promise<Count> => {
  let [cases, failed] = [0, 0];
  for (const row of rows) {
    const count = await runRow(row, { seed: seed ?? Math.floor(Math.random() * 2 ** 31), size, say });
    cases += count.cases;
    failed += count.failed;
  }
  return { cases, failed };
};

export const lastLine = ({ cases, failed }: Count): string => `${cases} cases, ${failed} failed`;
