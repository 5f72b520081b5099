/** Installs peers where they are not there, and starts them. One that does not come up is a sentence, not an end of the bench. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startChild, type Child } from '../child.ts';
import type { House } from '../flow/house.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const stamp = join(folder, 'node_modules', '.installed');

/** @throws with what npm said last */
const install = async (say: (text: string) => void): Promise<void> => {
  const lock = await readFile(join(folder, 'package-lock.json'), 'utf8');
  if (existsSync(stamp) && await readFile(stamp, 'utf8') === lock) return;
  say('installing DBOS and Restate from npm into bench/peers (once) …');
  let said = '';
  const child = spawn('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], timeout: 300_000 });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => { said = (said + text.toString()).slice(-600); });
  const status = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (status !== 0) throw new Error(`npm ci in bench/peers ended with ${status}: ${said.trim()}`);
  await writeFile(stamp, lock);
};

export type Peer = { readonly child: Child } | { readonly absent: string };
export type PeerName = 'dbos' | 'restate' | 'pg-boss' | 'commits';
const names: readonly PeerName[] = ['dbos', 'restate', 'pg-boss', 'commits'];

export const startPeers = async (house: House, say: (text: string) => void): Promise<Record<PeerName, Peer> & { stop(): Promise<void> }> => {
  const whyNot = await install(say).then(() => undefined, (fault: Error) => fault.message);
  const started = {} as Record<PeerName, Peer>;
  for (const name of names) {
    if (whyNot !== undefined && (name === 'dbos' || name === 'restate')) {
      started[name] = { absent: whyNot };
      continue;
    }
    const child = startChild(new URL(`./${name}.ts`, import.meta.url));
    try {
      const own = join(house.folder, name);
      if (name === 'restate') await mkdir(own);
      await child.ask('start', name === 'restate' ? own : await house.empty(name));
      await child.ask('rate', 50); // everything has run once before it counts
      started[name] = { child };
    } catch (fault) {
      const [first = ''] = (fault instanceof Error ? fault.message : String(fault)).split('\n');
      say(`${name} does not run here: ${first}`);
      started[name] = { absent: first };
      await child.stop();
    }
  }
  return { ...started, stop: async () => { for (const name of names) { const peer = started[name]; if ('child' in peer) await peer.child.stop(); } } };
};
