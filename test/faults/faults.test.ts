/** The short runs of rows that kill, cut and lose: a part of `npm run test:faults`, side by side. */
import { describe, it } from 'vitest';
import { crashMatrix } from './crash-matrix.ts';
import { runRow } from './frame.ts';
import { killedMigration } from './killed-migration.ts';
import { link } from './link.ts';
import { lostReplies, neverRead } from './lost-replies.ts';
import type { Row } from './row.ts';
import { twoBuilds } from './two-builds.ts';

const rows: readonly Row[] = [crashMatrix, link, lostReplies, neverRead, twoBuilds, killedMigration];

describe('faults while plans are carried out', () => {
  it.concurrent.for(rows)('fault $number: $title', { timeout: 300_000 }, async (row, { expect }) => {
    const said: string[] = [];
    const { cases, failed } = await runRow(row, { seed: Math.floor(Math.random() * 2 ** 31), size: 'short', say: (text) => void said.push(text) });
    expect({ failed, any: cases > 0 }, said.join('\n')).toEqual({ failed: 0, any: true });
  });
});
