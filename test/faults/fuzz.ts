/** Bad input: every codec with random replies, near the truth and far from it. The properties stand in test/pure; here they are run with as many inputs as are wanted. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../worker-process.ts';
import { bySize, type Row } from './row.ts';

/** By the codecs that they hold. */
const files: Readonly<Record<string, string>> = {
  'RADIUS, CTRL in IPA, Open5GS': 'fuzz-network', 'VTY, SMTP replies, CAMARA': 'fuzz-text', 'billing, payouts, linked services': 'fuzz-http', 'HTTP by data': 'http-by-data',
  'ES2+ and its door for reports': 'connectors-es2plus', SMPP: 'connectors-smpp', 'OsmoHLR': 'connectors-osmo-hlr', 'all over HTTP': 'connectors-http',
};

type Report = { readonly testResults: readonly { readonly message?: string; readonly assertionResults: readonly { readonly fullName: string; readonly status: string; readonly failureMessages?: readonly string[] }[] }[] };

export const fuzz: Row = {
  number: 'fuzz',
  title: 'random input for every codec',
  asserts: 'Whatever comes is decoded or refused with its reason, in bounded memory and time, and never done without the peer having said so.',
  run: async ({ one, seed, size, say }) => {
    const inputs = bySize({ size }, { short: 500, usual: 10_000, full: 100_000 });
    const folder = await mkdtemp(join(tmpdir(), 'signoff-fuzz-'));
    try {
      for (const [codecs, file] of Object.entries(files))
        await one(`${codecs}: ${inputs} inputs`, async () => {
          const report = join(folder, `${file}.json`);
          const child = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', `test/pure/${file}.test.ts`, '--reporter=json', `--outputFile=${report}`], {
            cwd: root, stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, SIGNOFF_FUZZ: String(inputs), SIGNOFF_FUZZ_SEED: String(seed) },
          });
          let said = '';
          child.stderr.on('data', (chunk: Buffer) => { said = (said + chunk.toString()).slice(-4000); });
          const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
          const read = await readFile(report, 'utf8').then((text) => JSON.parse(text) as Report, () => undefined);
          const tests = read?.testResults.flatMap(({ assertionResults }) => assertionResults) ?? [];
          const failed = tests.filter((test) => test.status !== 'passed');
          if (status !== 0 || failed.length > 0 || tests.length === 0) throw new Error(failed.map(({ fullName, failureMessages = [] }) => `${fullName}: ${failureMessages.join('\n').slice(0, 2000)}`).join('\n') || said || 'nothing was tried');
          say(`${tests.length} properties and examples`);
        });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
