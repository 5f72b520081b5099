/** The short runs of the rows that are about time: very many due at once, clocks that are set, a peer that is away for a day. */
import { describe, it } from 'vitest';
import { billingDown } from './billing-down.ts';
import { clockJumps } from './clock-jumps.ts';
import { runRow } from './frame.ts';
import { manyAtOnce } from './many-at-once.ts';
import type { Row } from './row.ts';

const rows: readonly Row[] = [billingDown, clockJumps, manyAtOnce];

describe('faults of time', () => {
  it.concurrent.for(rows)('fault $number: $title', { timeout: 300_000 }, async (row, { expect }) => {
    const said: string[] = [];
    const { cases, failed } = await runRow(row, { seed: Math.floor(Math.random() * 2 ** 31), size: 'short', say: (text) => void said.push(text) });
    expect({ failed, any: cases > 0 }, said.join('\n')).toEqual({ failed: 0, any: true });
  });
});
