/** How long it takes until the first page: on a fresh data folder, and beside many waiting cases; against the bare database. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { removeCluster } from '../src/store/postgres-cluster.ts';
import { interleaved, type Part } from './figure.ts';
import { benchPack } from './flow/pack.ts';
import { openHouse } from './flow/house.ts';
import { multiply } from './flow/multiply.ts';
import { openStand } from './flow/stand.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const freePort = (): Promise<number> => new Promise((resolve, reject) => {
  const probe = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
    const { port } = probe.address() as AddressInfo;
    probe.close(() => resolve(port));
  });
});

/** Milliseconds from the command to the first whole page, and the memory of its process then, in bytes; then it is stopped. */
const firstPage = async (env: Readonly<Record<string, string>>): Promise<{ milliseconds: number; memory?: number }> => {
  const port = await freePort();
  const start = performance.now();
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', 'start'], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'], env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', SIGNOFF_PORT: String(port), ...env } });
  let said = '';
  child.stderr.on('data', (text: Buffer) => { said = (said + text.toString()).slice(-1000); });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    for (;;) {
      const page = await fetch(`http://127.0.0.1:${port}/${benchPack.brand}/sign-in`).then((answer) => (answer.ok ? answer.text() : ''), () => '');
      if (page.includes('</html>')) break;
      if (child.exitCode !== null || performance.now() - start > 180_000) throw new Error(`no page came: ${said}`);
      await sleep(10);
    }
    const milliseconds = performance.now() - start;
    if (process.platform !== 'linux') return { milliseconds };
    return { milliseconds, memory: Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${child.pid}/status`, 'latin1'))?.[1]) * 1024 };
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
};

const inFolder = async <Found>(work: (folder: string) => Promise<Found>): Promise<Found> => {
  const folder = await mkdtemp(join(tmpdir(), 'signoff-start-'));
  await chmod(folder, 0o711); // as root, PostgreSQL runs as another user
  try {
    return await work(folder);
  } finally {
    await removeCluster(folder);
    await rm(folder, { recursive: true, force: true });
  }
};

/** What the database alone takes: made, started, answering. */
const bareDatabase = async (): Promise<number> => {
  const start = performance.now();
  const house = await openHouse(() => undefined);
  const milliseconds = performance.now() - start;
  await house.stop();
  return milliseconds;
};

export const start: Part = {
  name: 'start',
  says: 'from the command to the first page, fresh and beside waiting cases',
  run: async ({ rounds, full, tiny = false, say, assemble }) => {
    const size = tiny ? 60 : full ? 1_000_000 : 100_000;
    const house = await openHouse(say);
    try {
      const [many, none] = [await openStand(house, 'many', assemble), await openStand(house, 'none', assemble)];
      await multiply(many, size, 'cases', say);
      await Promise.all([many.stop(), none.stop()]);
      const memory: number[] = [];
      const again = ({ url, operatorKey }: typeof many) => async (): Promise<number> => inFolder(async (folder) => {
        const found = await firstPage({ SIGNOFF_FOLDER: folder, DATABASE_URL: url, SIGNOFF_OPERATOR_KEY: operatorKey });
        if (found.memory !== undefined) memory.push(found.memory / 1e6);
        return found.milliseconds;
      });
      // Accounts and clock of the demo are there from the first start on.
      for (const one of [many, none]) await again(one)();
      memory.length = 0;
      const found = await interleaved(rounds, {
        fresh: () => inFolder(async (folder) => (await firstPage({ SIGNOFF_FOLDER: folder })).milliseconds),
        bare: bareDatabase,
        'beside many': again(many),
        'beside none': again(none),
      }, say);
      const how = 'The whole demo in one process (portal, console, worker, simulated carrier), from the command to the last byte of the sign-in page, packages installed; the database\'s own time is what the PostgreSQL that comes with it takes to be made and to answer.';
      const waiting = `${size.toLocaleString('en')} waiting cases`;
      return [
        { name: 'start/fresh', says: 'start on a fresh data folder, to the first page', unit: 'ms', how, rounds: found.fresh, against: { what: 'the database alone', rounds: found.bare } },
        { name: `start/again-${size}`, says: `start beside ${waiting}, to the first page`, unit: 'ms', how, rounds: found['beside many'], against: { what: 'beside none', rounds: found['beside none'] } },
        memory.length === 0 ? { name: 'start/memory', says: 'memory of the whole demo', unit: 'MB', how, notMeasured: 'the system does not say it' }
          : { name: 'start/memory', says: 'memory of the whole demo in one process, at its first page', unit: 'MB', how, rounds: memory, against: { what: 'a gigabyte', rounds: [1000] } },
      ];
    } finally {
      await house.stop();
    }
  },
};
