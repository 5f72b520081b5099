/** A process of its own that is asked one thing after another: `startChild` here, `serve` there. */
import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

type Question = { readonly id: number; readonly what: string; readonly about: unknown };
type Answer = { readonly id: number; readonly answer?: unknown; readonly fault?: string };
/** CPU of the process so far, and memory that is its own now, in bytes. */
export type Used = { readonly cpuMilliseconds: number; readonly memory: number };

export type Child = {
  readonly pid: number;
  ask<Reply = void>(what: string, about?: unknown): Promise<Reply>;
  used(): Promise<Used>;
  stop(): Promise<void>;
};

const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** `file`: a module that calls `serve`. `flags` go to Node. */
export const startChild = (file: URL, flags: readonly string[] = []): Child => {
  const child = fork(file, [], { execArgv: ['--import', loader, ...flags], stdio: ['ignore', 'ignore', 'inherit', 'ipc'], serialization: 'advanced' });
  const open = new Map<number, { resolve(answer: unknown): void; reject(fault: Error): void }>();
  let last = 0;
  const ended = new Promise<void>((resolve) => child.once('exit', (code, signal) => {
    for (const { reject } of open.values()) reject(new Error(`${file.pathname} ended (${signal ?? code})`));
    open.clear();
    resolve();
  }));
  child.on('message', ({ id, answer, fault }: Answer) => {
    const asked = open.get(id);
    open.delete(id);
    if (fault === undefined) asked?.resolve(answer);
    else asked?.reject(new Error(`${file.pathname}: ${fault}`));
  });
  const ask = <Reply>(what: string, about?: unknown): Promise<Reply> => new Promise<Reply>((resolve, reject) => {
    if (child.exitCode !== null || child.signalCode !== null) return reject(new Error(`${file.pathname} has ended`));
    const id = (last += 1);
    open.set(id, { resolve: resolve as (answer: unknown) => void, reject });
    child.send({ id, what, about } satisfies Question);
  });
  return {
    pid: child.pid ?? 0, ask,
    used: () => ask('used'),
    stop: async () => {
      const last = setTimeout(() => child.kill('SIGKILL'), 20_000);
      await ask('stop').catch(() => undefined); // it may have ended by itself
      child.disconnect?.();
      await ended;
      clearTimeout(last);
    },
  };
};

/** Until it is asked to `stop`; ends with its parent, too. */
export const serve = (answers: Readonly<Record<string, (about: never) => unknown>>, stop: () => Promise<unknown>): void => {
  const used = (): Used => {
    const { user, system } = process.cpuUsage();
    return { cpuMilliseconds: (user + system) / 1000, memory: process.memoryUsage.rss() };
  };
  const all: Readonly<Record<string, (about: never) => unknown>> = { ...answers, used, stop };
  process.on('message', ({ id, what, about }: Question) => {
    void Promise.resolve().then(() => all[what]?.(about as never)).then(
      (answer) => process.send?.({ id, answer } satisfies Answer),
      (fault: unknown) => process.send?.({ id, fault: fault instanceof Error ? fault.stack ?? fault.message : String(fault) } satisfies Answer),
    );
  });
  process.on('disconnect', () => process.exit(0));
};
