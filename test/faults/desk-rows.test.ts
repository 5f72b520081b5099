/** The short runs of the rows that are about the desk: what people do, in which order and at the same time, and jobs that never succeed. */
import { describe, it } from 'vitest';
import { commandSequences } from './command-sequences.ts';
import { runRow } from './frame.ts';
import { manySubmits } from './full-disk.ts';
import { noSpace } from './no-space.ts';
import { poisonJobs } from './poison-jobs.ts';
import type { Row } from './row.ts';
import { twoReviewers } from './two-reviewers.ts';
import { withdrawOrExecute } from './withdraw-or-execute.ts';

const rows: readonly Row[] = [manySubmits, noSpace, withdrawOrExecute, twoReviewers, commandSequences, poisonJobs];

describe('faults at the desk', () => {
  it.concurrent.for(rows)('fault $number: $title', { timeout: 300_000 }, async (row, { expect }) => {
    const said: string[] = [];
    const { cases, failed } = await runRow(row, { seed: Math.floor(Math.random() * 2 ** 31), size: 'short', say: (text) => void said.push(text) });
    expect({ failed, any: cases > 0 }, said.join('\n')).toEqual({ failed: 0, any: true });
  });
});
