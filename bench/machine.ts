/** The machine, and what others do on it: from /proc/stat, less what this process and everything below it used. */
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';

export const machine = () => ({ cpu: cpus()[0]?.model ?? 'unknown', cores: availableParallelism(), memoryBytes: totalmem(), system: `${process.platform} ${process.arch}`, node: process.version });

type Reading = { readonly at: number; readonly busy: number; readonly all: number; readonly ours: number };

const numbersIn = (text: string): number[] => text.trim().split(/\s+/).map(Number);

/** In ticks. A process that ended is in what its parent has gathered (proc_pid_stat(5), cutime and cstime). */
const ours = (): number => {
  const all = new Map<number, { readonly parent: number; readonly ticks: number }>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const field = readFileSync(`/proc/${name}/stat`, 'latin1').split(') ').at(-1)?.split(' ').map(Number) ?? [];
      all.set(Number(name), { parent: field[1] ?? 0, ticks: (field[11] ?? 0) + (field[12] ?? 0) + (field[13] ?? 0) + (field[14] ?? 0) });
    } catch {
      continue; // it ended between being listed and being read
    }
  }
  const isOurs = (pid: number): boolean => pid === process.pid || (pid > 1 && all.has(pid) && isOurs(all.get(pid)?.parent ?? 0));
  return [...all].reduce((sum, [pid, { ticks }]) => sum + (isOurs(pid) ? ticks : 0), 0);
};

const read = (): Reading | undefined => {
  if (process.platform !== 'linux') return undefined;
  // cpu user nice system idle iowait irq softirq steal (proc_stat(5)); guests are in user already.
  const [user = 0, nice = 0, system = 0, idle = 0, wait = 0, irq = 0, soft = 0, steal = 0] = numbersIn(readFileSync('/proc/stat', 'latin1').split('\n', 1)[0]?.replace(/^cpu\s+/, '') ?? '');
  const busy = user + nice + system + irq + soft + steal;
  return { at: Date.now(), busy, all: busy + idle + wait, ours: ours() };
};

/** Of all cores, what others used between two readings: 0 to 1. */
const othersBetween = (before: Reading, after: Reading): number => Math.min(1, Math.max(0, (after.busy - before.busy - (after.ours - before.ours)) / Math.max(1, after.all - before.all)));

/** More than this share of all cores for others: the machine was busy, and the figures say less. */
export const busyFrom = 0.1;
export type Watch = { /** The share since the last asking; undefined where the system does not say. */ lap(): number | undefined };

export const watchOthers = (): Watch => {
  let before = read();
  return {
    lap: () => {
      const after = read();
      const share = before === undefined || after === undefined ? undefined : othersBetween(before, after);
      before = after;
      return share;
    },
  };
};
