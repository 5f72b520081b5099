/**
 * An order of many lines from its file to its last certificate, with the carrier's side in memory (`tsx bench/bulk.ts [lines] [--dry]`):
 * lines a second in the dry run, in the opening of cases and in their execution, and how much memory the process took for each.
 * `--dry` ends after the dry run, for files of a million: there the first 20,000 lines are the brand's, and the others are looked up in vain.
 */
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import pino from 'pino';
import { allPacks } from '../policies/index.ts';
import type { Assemble } from '../src/cli/run.ts';
import { release, seeOrder, type BulkView } from '../src/desk/bulk/order.ts';
import { takeFile } from '../src/desk/bulk/take-file.ts';
import { loadOrMakeDocumentKey } from '../src/signature/keys-folder.ts';
import { systemClock } from '../src/store/clock.ts';
import { migrate } from '../src/store/migrate.ts';
import { removeCluster } from '../src/store/postgres-cluster.ts';
import { startServer } from '../src/store/server.ts';
import { makeSigningKey } from '../src/vault/signing-key.ts';
import { numberOf, plantLines } from './flow/lines.ts';
import { portsInProcess } from './flow/in-process.ts';

export type BulkBench = {
  readonly lines: number;
  readonly dry: boolean;
  /** Handed in: whoever runs the bench may be main.ts, which nothing that it waits for can import. */
  readonly assemble: Assemble;
};
const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`;
const uploader = 'staff:00000000-0000-4000-8000-00000000000a';
const releaser = 'staff:00000000-0000-4000-8000-00000000000b';

/** As it would come over the network: never whole in memory. */
async function* fileOf(lines: number): AsyncGenerator<Buffer> {
  yield Buffer.from('number,reason,end\r\n');
  for (let at = 0; at < lines; at += 1000)
    yield Buffer.from(Array.from({ length: Math.min(1000, lines - at) }, (_, n) => `${numberOf(at + n)},,\r\n`).join(''));
}

/** The most that the process held, looked at every 50 ms, and how long it took. */
const measured = async <T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly seconds: number; readonly most: number; readonly heap: number }> => {
  let [most, heap] = [0, 0];
  const see = (): void => {
    const used = process.memoryUsage();
    [most, heap] = [Math.max(most, used.rss), Math.max(heap, used.heapUsed)];
  };
  see();
  const look = setInterval(see, 50);
  const from = performance.now();
  try {
    return { result: await work(), seconds: (performance.now() - from) / 1000, get most() { return most; }, get heap() { return heap; } };
  } finally {
    clearInterval(look);
  }
};

/** One for each stage: `upload`, `dry run`, `opening`, `all of it`. `most`: bytes that the process held at most. */
export type BulkStage = { readonly what: string; readonly linesPerSecond: number; readonly most: number };

export const benchBulk = async (say: (text: string) => void, { lines, dry, assemble }: BulkBench): Promise<BulkStage[]> => {
  const stages: BulkStage[] = [];
  const folder = await mkdtemp(join(tmpdir(), 'signoff-bench-'));
  await chmod(folder, 0o711);
  const server = await startServer({ folder, say });
  const client = new pg.Client({ connectionString: server.url });
  try {
    await migrate(server.url);
    await client.connect();
    const found = allPacks.find((one) => one.brand === 'ultra-purple');
    const documentKey = await loadOrMakeDocumentKey(join(folder, 'keys'));
    if (found === undefined || !documentKey.ok) throw new Error('no policy or no key');
    const pack = { ...found, recoverableDays: 0, reasonRequired: false };
    const parts = {
      databaseUrl: server.url, clock: systemClock, operatorKey: randomBytes(32), signingKey: makeSigningKey(), documentKey: documentKey.value, carrier: {} as never, connected: portsInProcess(),
      production: false, publicUrl: () => 'http://127.0.0.1', log: pino({ level: 'error' }), packs: [pack], bulkRates: { usual: 1_000_000, named: {} },
    };
    const signoff = await assemble({ ...parts, works: true });
    try {
      const { desk } = signoff;
      const theirs = dry ? Math.min(lines, 20_000) : lines;
      const planted = await measured(() => plantLines(desk, pack, theirs));
      say(`${theirs} lines planted in ${planted.seconds.toFixed(0)} s`);
      const row = (what: string, { seconds, most, heap }: { readonly seconds: number; readonly most: number; readonly heap: number }) => {
        stages.push({ what, linesPerSecond: lines / seconds, most });
        say(`${what.padEnd(12)} ${String(Math.round(lines / seconds)).padStart(7)} lines/s ${seconds.toFixed(1).padStart(8)} s   process at most ${megabytes(most)}, of it in use by JavaScript ${megabytes(heap)}`);
      };
      const see = async (orderId: string): Promise<BulkView> => {
        const view = await seeOrder(desk, { brand: pack.brand, person: uploader }, orderId);
        if (view === undefined) throw new Error('the order is gone');
        return view;
      };
      const until = async (orderId: string, isSo: (view: BulkView) => boolean | Promise<boolean>): Promise<BulkView> => {
        for (;;) {
          const view = await see(orderId);
          if (await isSo(view)) return view;
          await sleep(200);
        }
      };
      const upload = await measured(() => takeFile(desk, { brand: pack.brand, person: uploader }, 'bulk', fileOf(lines)));
      if (!upload.result.ok) throw new Error(`the file was not taken: ${upload.result.why.kind}`);
      const { orderId } = upload.result.value;
      row('upload', upload);
      const check = await measured(() => until(orderId, ({ state }) => state === 'checked'));
      if (check.result.eligible !== theirs || check.result.lines !== lines) throw new Error(`${check.result.eligible} of ${check.result.lines} were found eligible`);
      row('dry run', check);
      if (dry) return stages;
      const released = await release(desk, { brand: pack.brand, person: releaser }, orderId);
      if (!released.ok) throw new Error(`not released: ${released.why.kind}`);
      const from = performance.now();
      const certificates = async (): Promise<number> => ((await client.query<{ n: number }>('select count(*)::int as n from certificates')).rows[0]?.n ?? 0);
      const opened = await measured(() => until(orderId, ({ state }) => state === 'done'));
      row('opening', opened);
      const rest = await measured(() => until(orderId, async () => (await certificates()) === lines));
      row('all of it', { ...rest, seconds: (performance.now() - from) / 1000 });
      return stages;
    } finally {
      await signoff.stop();
    }
  } finally {
    await client.end();
    await server.stop();
    await removeCluster(folder);
    await rm(folder, { recursive: true, force: true });
  }
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const words = process.argv.slice(2);
  const { assemble } = await import('../src/main.ts');
  await benchBulk((text) => console.log(text), { assemble, lines: Number(words.find((word) => /^\d+$/.test(word)) ?? 20_000), dry: words.includes('--dry') });
}
