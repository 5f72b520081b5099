/** The frame of the bench: what it reckons, says and writes, also of what failed or could not be measured. */
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { interleaved, isMet, ratioOf, spread, type Figure, type Part } from '../../bench/figure.ts';
import { inWords, othersInWords, runSuite, writeReadme, writeReport } from '../../bench/suite.ts';
import { cellsOf } from '../../bench/table.ts';

const figure = (more: object): Figure => ({ name: 'a/b', says: 'cancellations a second', unit: '/s', how: 'Counted.', rounds: [10, 30, 20], against: { what: 'a peer', rounds: [5, 10, 20] }, ...more });
const silent = (): void => undefined;

test('a ratio is that of each round, and its median is what a goal is held against', () => {
  const measured = figure({ goal: { atLeast: 2 } });
  if ('notMeasured' in measured) throw new Error('it was');
  expect(ratioOf(measured)).toEqual({ median: 2, least: 1, most: 3 });
  expect(spread([4, 1, 3, 2])).toEqual({ median: 2.5, least: 1, most: 4 });
  expect([isMet(2, { atLeast: 2 }), isMet(1.9, { atLeast: 2 }), isMet(1.1, { atMost: 1 })]).toEqual([true, false, false]);
  expect(cellsOf(measured)).toEqual(['cancellations a second', '20/s (10–30)', 'a peer: 10/s (5–20)', '2 (1–3) ×', '≥ 2', 'met']);
});

test('every subject has its turn in every round, and every other round the other way', async () => {
  const order: string[] = [];
  const turn = (name: string) => async (round: number): Promise<number> => order.push(`${name}${round}`);
  expect(await interleaved(3, { one: turn('one'), two: turn('two') }, silent)).toEqual({ one: [1, 4, 5], two: [2, 3, 6] });
  expect(order).toEqual(['one0', 'two0', 'two1', 'one1', 'one2', 'two2']);
});

test('a part that fails and a figure that was not measured are said everywhere, and the rest is there', async () => {
  const absent: Figure = { name: 'a/c', says: 'beside <another>', unit: '/s', how: 'Counted.', notMeasured: 'npm ci ended with 1', goal: { atLeast: 5 } };
  const parts: Part[] = [
    { name: 'whole', says: 'a part', run: async () => [figure({}), absent] },
    { name: 'broken', says: 'another', run: async () => { throw new Error('the disk is full'); } },
  ];
  const report = await runSuite(parts, { rounds: 3, full: false, say: silent, assemble: (() => undefined) as never }, 0.1);
  const text = inWords(report).join('\n');
  for (const words of ['npm ci ended with 1', 'not shown', 'FAILED: the disk is full', '20/s (10–30)']) expect(text).toContain(words);
  const folder = await mkdtemp(join(tmpdir(), 'signoff-frame-'));
  try {
    await writeReport(report, join(folder, 'out.json'));
    const written = JSON.parse(await readFile(join(folder, 'out.json'), 'utf8')) as { parts: { failed?: string; figures: object[] }[] };
    expect(written.parts.map(({ failed }) => failed)).toEqual([undefined, 'the disk is full']);
    expect(written.parts[0]?.figures).toMatchObject([{ value: { median: 20 }, ratio: { median: 2 } }, { notMeasured: 'npm ci ended with 1' }]);
    const picture = await readFile(join(folder, 'out.svg'), 'utf8');
    expect(picture).toContain('beside &#60;another&#62;');
    expect(picture).toContain('not measured');
    expect(picture).not.toContain('NaN');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('a machine with other work is said, with how much', () => {
  const report = { at: '2026-11-20T10:00:00Z', machine: { cpu: 'c', cores: 2, memoryBytes: 1, system: 's', node: 'v24' }, rounds: 3, full: false, parts: [{ name: 'core', says: '', seconds: 1, others: 0.42, figures: [] }] };
  expect(othersInWords({ ...report, othersBefore: 0.02 })).toContain('during core 42 %');
  expect(othersInWords({ ...report, othersBefore: 0.02, parts: [] })).toContain('quiet');
  expect(othersInWords(report)).toContain('not known');
});

/** What is there when a module runs: types are not, and what is forked or spawned runs elsewhere. */
const reached = (file: URL, seen = new Set<string>()): Set<string> => {
  if (seen.has(file.href)) return seen;
  seen.add(file.href);
  for (const [, clause = '', path = ''] of readFileSync(file, 'utf8').matchAll(/^(?:import|export) ([^;]*?)from '(\.[^']+)';$|\bimport\('(\.[^']+)'\)/gm))
    if (path !== '' && !clause.startsWith('type ')) reached(new URL(path, file), seen);
  return seen;
};

test('no part brings main.ts with it, which waits for the parts and so would never be there', () => {
  const all = reached(new URL('../../bench/parts.ts', import.meta.url));
  expect(all.size).toBeGreaterThan(100);
  expect([...all].filter((href) => href.endsWith('/src/main.ts'))).toEqual([]);
});

test('the figures of a kept run are put between the marks of both documents, and nothing else of them changes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'signoff-marks-'));
  try {
    const files = { latest: join(folder, 'latest.json'), readme: join(folder, 'README.md'), scaling: join(folder, 'scaling.md') };
    await expect(writeReadme(files)).rejects.toThrow('No whole run has been kept yet');
    const parts: Part[] = [{ name: 'processes', says: 'two against one', run: async () => [figure({ name: 'processes/workers', says: 'two workers' }), figure({ name: 'core/moves', says: 'moves' })] }];
    await writeReport(await runSuite(parts, { rounds: 3, full: false, say: silent, assemble: (() => undefined) as never }, 0.1), files.latest);
    const page = (begin: string, end: string): string => `before\n${begin}\nold\n${end}\nafter\n`;
    await writeFile(files.readme, page('<!-- figures: from results/latest.json by `npm run bench -- --readme`, never by hand -->', '<!-- end of figures -->'));
    await writeFile(files.scaling, page('<!-- bench:growth:begin -->', '<!-- bench:growth:end -->'));
    for (let times = 0; times < 2; times++) await writeReadme(files);
    const [readme, scaling] = [await readFile(files.readme, 'utf8'), await readFile(files.scaling, 'utf8')];
    expect(readme).toMatch(/^before\n[^]*\| moves \|[^]*\nafter\n$/);
    expect(scaling).toMatch(/^before\n[^]*\| two workers \| 20\/s \(10–30\) \|[^]*\nafter\n$/);
    expect(scaling).not.toMatch(/moves|\bold\b/);
  } finally {
    await rm(folder, { recursive: true });
  }
});
