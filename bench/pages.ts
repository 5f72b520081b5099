/** How long the server takes for each page, and what it weighs: against the limits that we set ourselves. Sign-in is left out: its slowness is its purpose. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAll } from '../src/cli/open-all.ts';
import { openDoors } from '../src/doors.ts';
import { removeCluster } from '../src/store/postgres-cluster.ts';
import { everyPage } from './every-page.ts';
import type { Options, Part } from './figure.ts';
import { bytesOnWire, drawnIn, weigh, type Answered } from './weigh.ts';

const limits = { milliseconds: 20, bytes: 30_000 };
const requests = 200;
const warmUp = 20;

const at = (sorted: readonly number[], part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
const cells = (text: string): number => [...text].length;

type Row = { readonly name: string; readonly median: number; readonly p95: number; readonly bytes: number };

const measure = async ({ say, assemble, tiny = false }: Options): Promise<Row[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'signoff-pages-'));
  let origin = '';
  const opened = await openAll(assemble, { env: { PATH: process.env['PATH'], SIGNOFF_FOLDER: folder }, say, works: true, plants: true, at: new Date('2026-11-24T02:00:00Z'), publicUrl: () => origin });
  try {
    const { demo } = opened;
    const data = demo?.planted.map(({ data }) => data)[0];
    if (demo === undefined || data === undefined) throw new Error('a demo without its data');
    let answered: Answered[] = [];
    const app = await openDoors(opened.signoff, opened.parts, (fresh) => { answered = weigh(fresh); });
    try {
      origin = await app.listen({ host: '127.0.0.1', port: 0 });
      const rows: Row[] = [];
      await everyPage({ origin, data, pass: demo.pass }, async ({ door, name, who }) => {
        const { url, status, html } = who.page();
        if (status === 422) return; // the answer to a form: the page it stands on is measured
        const headers = { cookie: who.cookie(url), 'accept-language': 'zh-CN' };
        for (let count = 0; count < (tiny ? 1 : warmUp); count++) await bytesOnWire(url, headers);
        answered.length = 0;
        for (let count = 0; count < (tiny ? 3 : requests); count++) await bytesOnWire(url, headers);
        const path = new URL(url).pathname + new URL(url).search;
        const own = answered.filter((one) => one.path === path);
        const times = own.map(({ milliseconds }) => milliseconds).toSorted((one, other) => one - other);
        const drawn = await Promise.all(drawnIn(html, url).map((address) => bytesOnWire(address)));
        rows.push({ name: `${door}: ${name}`, median: at(times, 0.5), p95: at(times, 0.95), bytes: Math.max(...own.map(({ bytes }) => bytes)) + drawn.reduce((sum, bytes) => sum + bytes, 0) });
      });
      return rows;
    } finally {
      await app.close();
    }
  } finally {
    await opened.stop();
    await removeCluster(folder);
    await rm(folder, { recursive: true, force: true });
  }
};

export const pages: Part = {
  name: 'pages',
  says: 'every page of portal and console at the server, against our own limits',
  run: async (options) => {
    const rows = await measure(options);
    for (const line of table(rows)) options.say(line);
    const worst = (of: (row: Row) => number): Row => rows.reduce((most, row) => (of(row) > of(most) ? row : most));
    const how = `${requests} requests a page, one after another, by the server's own clock; bytes on the wire, style sheet and mark with them. ${rows.length} pages, each in the states that a case brings it into; sign-in's slowness is its purpose, and it is not asked to hurry.`;
    const [slowest, heaviest] = [worst(({ p95 }) => p95), worst(({ bytes }) => bytes)];
    return [
      { name: 'pages/p95', says: `the slowest page (${slowest.name}), 95th of 100`, unit: 'ms', how, rounds: [slowest.p95], against: { what: 'our limit', rounds: [limits.milliseconds] }, goal: { atMost: 1 } },
      { name: 'pages/bytes', says: `the heaviest page (${heaviest.name})`, unit: 'B', how, rounds: [heaviest.bytes], against: { what: 'our limit', rounds: [limits.bytes] }, goal: { atMost: 1 } },
    ];
  },
};

const table = (rows: readonly Row[]): string[] => {
  const widest = Math.max(...rows.map(({ name }) => cells(name)));
  const line = (name: string, ...columns: readonly string[]) => `${name.padEnd(widest)} ${columns.map((column) => column.padStart(10)).join('')}`;
  const worst = { median: Math.max(...rows.map(({ median }) => median)), p95: Math.max(...rows.map(({ p95 }) => p95)), bytes: Math.max(...rows.map(({ bytes }) => bytes)) };
  const row = ({ name, median, p95, bytes }: Row) =>
    line(name, `${median.toFixed(2)} ms`, `${p95.toFixed(2)} ms`, (p95 / limits.milliseconds).toFixed(2), `${(bytes / 1000).toFixed(1)} kB`, (bytes / limits.bytes).toFixed(2));
  return [
    `${requests} requests a page, one after another, by the server's own clock; bytes on the wire, style sheet and mark with them.`,
    line('', 'median', 'p95', `× ${limits.milliseconds} ms`, 'bytes', `× ${limits.bytes / 1000} kB`),
    ...rows.map(row),
    row({ name: 'the worst of all', ...worst }),
  ];
};
