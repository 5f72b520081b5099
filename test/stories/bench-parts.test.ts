/** Parts of the bench taken through once, so that they run on the day on which somebody wants to know; what they measure here says nothing. */
import { expect, test } from 'vitest';
import { ratioOf, type Part } from '../../bench/figure.ts';
import { loopback } from '../../bench/loopback.ts';
import { processes } from '../../bench/processes.ts';
import { waiting } from '../../bench/sizes.ts';
import { assemble } from '../../src/main.ts';

const once = (part: Part) => part.run({ rounds: 1, full: false, tiny: true, say: () => undefined, assemble });

test('P6 a worker process carries cases out at the simulated carrier over the network, and cases beside others that wait', async () => {
  const figures = [...await once(loopback), ...await once(waiting)];
  expect(figures.map(({ name }) => name)).toEqual(['loopback/churn', 'waiting/rate-60', 'waiting/claim-p50-60', 'waiting/claim-p99-60', 'waiting/bytes-60']);
  for (const figure of figures) {
    if ('notMeasured' in figure) throw new Error(`${figure.name}: ${figure.notMeasured}`);
    expect(ratioOf(figure).median, figure.name).toBeGreaterThan(0);
  }
}, 180_000);

test('two workers and two web processes stand beside one each', async () => {
  const figures = await once(processes);
  expect(figures.map(({ name }) => name)).toEqual(['workers', 'memory-worker', 'connections-worker', 'webs', 'memory-web', 'connections-web'].map((name) => `processes/${name}`));
  for (const figure of figures) {
    if ('notMeasured' in figure) throw new Error(`${figure.name}: ${figure.notMeasured}`);
    expect(ratioOf(figure).median, figure.name).toBeGreaterThan(0);
  }
}, 180_000);
