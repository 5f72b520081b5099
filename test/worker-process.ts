/** Signoff as a process of its own, set up from its environment alone, as an operator would; so it can be killed. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { signingKeyAsPem } from '../src/vault/signing-key.ts';
import type { Story } from './harness.ts';
import { networkEnvironment } from './network-environment.ts';

export const root = fileURLToPath(new URL('..', import.meta.url));

export type WorkerProcess = { readonly child: ChildProcess; readonly ended: Promise<NodeJS.Signals | number | null>; readonly said: () => string };

export const startWorkerProcess = (story: Pick<Story, 'parts'>, env: Readonly<Record<string, string>> = {}): Promise<WorkerProcess> => startProcess(story, ['work'], env);

/** `build`: the folder of another build of the program than this one. */
export const startProcess = async (story: Pick<Story, 'parts'>, words: readonly string[], env: Readonly<Record<string, string>> = {}, build: string = root): Promise<WorkerProcess> => {
  const folder = await mkdtemp(join(tmpdir(), 'signoff-worker-'));
  const { carrier, databaseUrl, operatorKey, signingKey } = story.parts;
  const file = async (name: string, text: string) => {
    await writeFile(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', ...words], {
    cwd: build,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', SIGNOFF_FOLDER: folder, DATABASE_URL: databaseUrl,
      SIGNOFF_OPERATOR_KEY: operatorKey.toString('hex'), SIGNOFF_SIGNING_KEY: signingKeyAsPem(signingKey),
      ...networkEnvironment(carrier),
      SIGNOFF_ES2PLUS_URL: carrier.esimPlatform.url, SIGNOFF_ES2PLUS_REQUESTER: carrier.esimPlatform.requester,
      SIGNOFF_ES2PLUS_CA: await file('ca.pem', carrier.esimPlatform.tls.ca), SIGNOFF_ES2PLUS_CERT: await file('cert.pem', carrier.esimPlatform.tls.cert),
      SIGNOFF_ES2PLUS_KEY: await file('key.pem', carrier.esimPlatform.tls.key),
      SIGNOFF_BILLING_URL: carrier.billing.url, SIGNOFF_BILLING_TOKEN: carrier.billing.token,
      ...(carrier.payouts.kind === 'http' ? { SIGNOFF_PAYOUTS_URL: carrier.payouts.url, SIGNOFF_PAYOUTS_TOKEN: carrier.payouts.token } : {}),
      SIGNOFF_SERVICES_URL: carrier.services.url, SIGNOFF_SERVICES_TOKEN: carrier.services.token,
      SIGNOFF_SMTP_URL: `smtp://${carrier.mail.host}:${carrier.mail.port}`,
      SIGNOFF_SMPP_URL: `smpp://${carrier.sms.systemId}:${encodeURIComponent(carrier.sms.password)}@${carrier.sms.host}:${carrier.sms.port}`,
      SIGNOFF_PUBLIC_URL: 'http://127.0.0.1', ...env,
    },
  });
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => { said += chunk.toString(); });
  child.stderr?.on('data', (chunk: Buffer) => { said += chunk.toString(); });
  const ended = new Promise<NodeJS.Signals | number | null>((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)));
  return { child, ended, said: () => said };
};
