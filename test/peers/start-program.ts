import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export const host = '127.0.0.1';

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
};

export const answers = (port: number): Promise<boolean> => new Promise((resolve) => {
  const socket = connect({ host, port });
  socket.once('connect', () => { socket.destroy(); resolve(true); });
  socket.once('error', () => resolve(false));
});

export type Started = { readonly stop: () => Promise<void> };
export type HowToStart = {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly account?: { readonly uid: number; readonly gid: number } | undefined;
  readonly isReady: () => Promise<boolean>;
};

/** Resolves when it is ready; what it said comes with the error where it never is. */
export const startProgram = async ({ program, args, cwd, account, isReady }: HowToStart): Promise<Started> => {
  const child = spawn(program, args, { cwd, ...account, env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { said = `${said}${chunk.toString()}`.slice(-4_000); });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()).once('error', (error) => { said += error.message; resolve(); }));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const killing = setTimeout(() => child.kill('SIGKILL'), 3_000);
    await ended;
    clearTimeout(killing);
  };
  for (let tried = 0; !(await isReady()); tried += 1) {
    if (child.exitCode !== null || child.pid === undefined || tried > 200) {
      await stop();
      throw new Error(`${program} does not start: ${said}`);
    }
    await pause(50);
  }
  return { stop };
};

/** Waits until it holds; fails with the question after 30 seconds. */
export const until = async (question: string, holds: () => boolean | Promise<boolean>): Promise<void> => {
  for (const end = Date.now() + 30_000; !(await holds());) {
    if (Date.now() > end) throw new Error(`it did not come to this: ${question}`);
    await pause(20);
  }
};
