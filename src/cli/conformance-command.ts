/** `signoff connectors conformance billing`: an operator's own implementation of docs/billing.openapi.yaml, tried rule by rule. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { conformance } from '../main.ts';
import { readSettings } from '../settings.ts';
import { startSimulator } from '../simulator/start.ts';
import { CannotStart } from '../store/cannot-start.ts';
import { systemClock } from '../store/clock.ts';
import { columns } from './columns.ts';

export type Conformance = typeof conformance;
type Tried = Awaited<ReturnType<Conformance['billing']>>;
type Target = { readonly url: string; readonly token: string; readonly line: string };
export type ConformanceWords = { readonly url?: string; readonly line?: string; readonly json: boolean };

const timeoutMs = 10_000;

const triedLines = (tried: Tried): string[] => {
  const broken = tried.filter(({ holds }) => !holds).length;
  return [
    ...columns(['', 'rule', 'expected', 'found'], tried.map(({ rule, holds, expected, found }) => [holds ? '✓' : '✗', rule, expected, found])),
    '',
    `${broken === 0 ? '✓' : '✗'} ${tried.length} rules tried; ${broken === 0 ? 'every one holds' : `${broken} ${broken === 1 ? 'does' : 'do'} not hold`}`,
  ];
};

/** A sandbox of ours, to see what the table looks like. */
const simulated = async <Value>(use: (target: Target) => Promise<Value>): Promise<Value> => {
  const folder = await mkdtemp(join(tmpdir(), 'signoff-conformance-'));
  const simulator = await startSimulator({ folder, now: () => systemClock.now() });
  try {
    await simulator.seed({ lines: [{ ref: 'sandbox-line', currency: 'CNY', owedMinor: 1_200, creditMinor: 5_000 }] });
    return await use({ ...simulator.endpoints.billing, line: 'sandbox-line' });
  } finally {
    await simulator.stop();
    await rm(folder, { recursive: true, force: true });
  }
};

/** Resolves to 0 where every rule holds, to 1 where one does not. */
export const conformanceOfBilling = async (conforming: Conformance, words: ConformanceWords, say: (text: string) => void, env: NodeJS.ProcessEnv = process.env): Promise<number> => {
  if (readSettings({ ...env, SIGNOFF_HTTP_CONNECTORS: '' }).production) throw new CannotStart('This settles and stops a line for good. Run it outside production (SIGNOFF_ENV), against a sandbox.');
  const url = words.url ?? env['SIGNOFF_BILLING_URL'];
  const token = env['SIGNOFF_BILLING_TOKEN'];
  const run = `conformance-${randomBytes(6).toString('hex')}`;
  const tryAll = ({ url, token, line }: Target): Promise<Tried> => conforming.billing({ url, token, line, timeoutMs, run });
  if (url !== undefined && !URL.canParse(url)) throw new CannotStart(`${url} is no address. Write it as https://host or http://127.0.0.1:port.`);
  if (url !== undefined && (token === undefined || words.line === undefined))
    throw new CannotStart('Set SIGNOFF_BILLING_TOKEN, and name with --line an active line of your sandbox that has credit. It is settled and stopped for good.');
  if (url === undefined) say('No sandbox is named (--url or SIGNOFF_BILLING_URL), so this is the simulated billing of the demo.');
  const tried = url === undefined ? await simulated(tryAll) : await tryAll({ url, token: token ?? '', line: words.line ?? '' });
  const ok = tried.every(({ holds }) => holds);
  for (const line of words.json ? [JSON.stringify({ ok, tried })] : triedLines(tried)) console.log(line);
  return ok ? 0 : 1;
};
