/** CPU time of PostgreSQL and all its children, in milliseconds; nothing where the system does not say it as Linux does. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const ticksASecond = 100; // USER_HZ, fixed by Linux's interface to programs

type Stat = { readonly parent: number; readonly user: number; readonly system: number; readonly endedUser: number; readonly endedSystem: number };
/** After the name: state is the 1st, parent the 2nd, user and system time 12th and 13th, those of children that ended 14th and 15th (proc_pid_stat(5)). */
const statOf = (pid: string): Stat => {
  const [, rest = ''] = /^.*\) (.*)$/s.exec(readFileSync(join('/proc', pid, 'stat'), 'utf8')) ?? [];
  const field = rest.split(' ').map(Number);
  return { parent: field[1] ?? 0, user: field[11] ?? 0, system: field[12] ?? 0, endedUser: field[13] ?? 0, endedSystem: field[14] ?? 0 };
};

/** `backend`: any process of the server. Children that ended are in what their parent has gathered. */
export const usedByPostgres = (backend: number): number | undefined => {
  if (process.platform !== 'linux') return undefined;
  const postmaster = statOf(String(backend)).parent;
  let ticks = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const { parent, user, system, endedUser, endedSystem } = statOf(pid);
      if (Number(pid) === postmaster) ticks += user + system + endedUser + endedSystem;
      else if (parent === postmaster) ticks += user + system;
    } catch {
      continue; // it ended between being listed and being read
    }
  }
  return (ticks * 1000) / ticksASecond;
};
