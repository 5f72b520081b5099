import fc from 'fast-check';
import { expect } from 'vitest';

const seed = process.env['SIGNOFF_FUZZ_SEED'];
if (seed !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });

/** How many inputs a codec is tried with: a few seconds' worth in `npm test`, all of them with SIGNOFF_FUZZ=100000. */
export const fuzzRuns = (few: number): { readonly numRuns: number } => ({ numRuns: Number(process.env['SIGNOFF_FUZZ'] ?? few) });

/** What all inputs together may leave behind, in bytes: a codec that keeps what it reads would have far more. */
const most = 256 * 1024 * 1024;

/** Runs it and holds it to that. */
export const inBoundedMemory = async (run: () => void | Promise<void>): Promise<void> => {
  const before = process.memoryUsage();
  await run();
  const after = process.memoryUsage();
  expect(after.heapUsed + after.external - before.heapUsed - before.external).toBeLessThan(most);
};
