/** Restate: a handler of empty `run`s, journalled by its server, which runs beside it with a store of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serve } from '../child.ts';
import { rateOf, steps } from './empty-steps.ts';

type Context = { run(name: string, act: () => Promise<number>): Promise<number> };
type Restate = {
  service(of: { readonly name: string; readonly handlers: Readonly<Record<string, (context: Context) => Promise<number>>> }): object;
  serve(options: { readonly services: readonly object[]; readonly port: number; readonly logger: () => void }): Promise<number>;
};
const name: string = '@restatedev/restate-sdk'; // not there for the type checker before the bench has installed it
const restate = await import(name) as Restate;

const service = restate.service({ name: 'bench', handlers: { flow: async (context) => {
  let sum = 0;
  for (let step = 1; step <= steps; step++) sum += await context.run(`step-${step}`, async () => step);
  return sum;
} } });

/** npm brings the server for this machine as a package of its own. */
const binary = (): string => join(dirname(createRequire(import.meta.url).resolve(`@restatedev/restate-server-${process.platform}-${process.arch}/package.json`)), 'bin', 'restate-server');
const freePort = (): Promise<number> => new Promise((resolve, reject) => {
  const probe = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
    const { port } = probe.address() as AddressInfo;
    probe.close(() => resolve(port));
  });
});

let server: ChildProcess | undefined;
let ingress = '';
serve({
  start: async (folder: string) => {
    const port = await restate.serve({ services: [service], port: 0, logger: () => undefined });
    const [admin, entry, node] = [await freePort(), await freePort(), await freePort()];
    ingress = `http://127.0.0.1:${entry}/bench/flow`;
    let said = '';
    server = spawn(binary(), ['--no-logo', '--base-dir', folder, '--listen-mode', 'tcp'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], RESTATE_ADMIN__BIND_ADDRESS: `127.0.0.1:${admin}`, RESTATE_INGRESS__BIND_ADDRESS: `127.0.0.1:${entry}`, RESTATE_BIND_ADDRESS: `127.0.0.1:${node}`, RESTATE_DISABLE_TELEMETRY: 'true', RESTATE_LOG_FILTER: 'warn' },
    });
    for (const stream of [server.stdout, server.stderr]) stream?.on('data', (text: Buffer) => { said = (said + text.toString()).slice(-2000); });
    const running = server;
    process.once('exit', () => running.kill('SIGKILL'));
    for (const until = Date.now() + 30_000; ;) {
      const answer = await fetch(`http://127.0.0.1:${admin}/deployments`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ uri: `http://127.0.0.1:${port}` }) }).catch(() => undefined);
      if (answer?.ok) return running.pid;
      if (Date.now() > until || running.exitCode !== null) throw new Error(`restate-server did not come up: ${said}`);
      await sleep(100);
    }
  },
  rate: (count: number) => rateOf(count, async () => {
    const answer = await fetch(ingress, { method: 'POST' });
    if (!answer.ok) throw new Error(`restate answered ${answer.status}: ${await answer.text()}`);
    return answer.text();
  }),
}, async () => {
  const running = server;
  if (running === undefined || running.exitCode !== null) return;
  const ended = new Promise((resolve) => running.once('exit', resolve));
  running.kill('SIGKILL'); // its store goes with the bench's folder
  await ended;
});
