import type { CrashPoint } from '../execution/execution.ts';
import { openAll, untilStopped } from './open-all.ts';
import type { Assemble } from './run.ts';

/** `FAULT_AT=<step>:before|after|commit`: the process kills itself there. For tests of what it must survive; never in production. */
const crash = (at: string | undefined) => {
  const [step, point] = at?.split(':') ?? [];
  return (reached: string, where: CrashPoint): void => {
    if (reached === step && where === point) process.kill(process.pid, 'SIGKILL');
  };
};

/** A worker of its own: any number of them may serve one database. */
export const work = async (assemble: Assemble, say: (text: string) => void): Promise<number> => {
  const faultAt = process.env['SIGNOFF_ENV'] === 'production' ? undefined : process.env['FAULT_AT'];
  const stopped = untilStopped();
  const opened = await openAll(assemble, {
    say, works: true, plants: false, publicUrl: ({ host, port }) => `http://${host}:${port}`,
    ...(faultAt === undefined ? {} : { reached: crash(faultAt) }),
  });
  say('The worker works.');
  await stopped;
  await opened.stop();
  return 0;
};
