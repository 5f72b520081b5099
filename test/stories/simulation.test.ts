/** The simulation (test/sim), in processes of its own on the server of this run: some seeds, the same twice, and planted bugs that it has to find. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, inject, test } from 'vitest';
import { plants } from '../sim/planted.ts';
import type {} from '../global-setup.ts';

const simulate = async (...words: readonly string[]): Promise<{ readonly status: number | null; readonly last: string; readonly said: string }> => {
  const child = spawn(process.execPath, [fileURLToPath(new URL('../sim/main.ts', import.meta.url)), ...words], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, SIGNOFF_SIM_SERVER: inject('serverUrl') } });
  let [out, said] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => { out += chunk.toString(); });
  child.stderr.on('data', (chunk: Buffer) => { said += chunk.toString(); });
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { status, last: out.trimEnd().split('\n').at(-1) ?? '', said };
};

describe('a simulated world under one seeded scheduler', { timeout: 240_000 }, () => {
  test('holds every invariant, with faults at every await; and a seed gives the same trace again', async () => {
    const first = await simulate('--seeds', '4', '--processes', '2');
    expect(first.last, first.said).toMatch(/^4 seeds, \d+ steps, 0 failed$/);
    expect(first.status).toBe(0);
    const traces = (said: string): string[] => [...said.matchAll(/^seed 2: \d+ steps, trace \w+/gm)].map(([line]) => line).toSorted();
    const again = await simulate('--from', '2', '--seeds', '1', '--processes', '1');
    expect(traces(again.said)).toHaveLength(1);
    expect(traces(again.said)).toEqual(traces(first.said));
  });

  test('finds bugs that are planted in the program', async () => {
    const { status, last, said } = await simulate('--plant', 'act-before-intent', '--plant', 'recorded-twice', '--processes', '2');
    expect(last, said).toBe('2 planted bugs, 2 found, 0 not found');
    expect(status).toBe(0);
    expect(said).toMatch(/act-before-intent: found in seed \d+ by I4/);
    expect(said).toMatch(/recorded-twice: found in seed \d+ by I3/);
  });

  test('knows ten bugs, and a passage that is not there any more is a fault, not a bug that was missed', async () => {
    expect(plants).toHaveLength(10);
    expect(new Set(plants.map(({ name }) => name)).size).toBe(10);
    const { status } = await simulate('--part', '--seeds', '1', '--plant', 'no-such-bug');
    expect(status).not.toBe(0);
  });
});
