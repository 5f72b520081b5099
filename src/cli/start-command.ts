import type { FastifyInstance } from 'fastify';
import { openDoors } from '../doors.ts';
import type { Parts } from '../main.ts';
import { CannotStart } from '../store/cannot-start.ts';
import { openCardDoor } from './card-door.ts';
import { killBeforeReply } from './kill-before-reply.ts';
import { openAll, untilStopped, type Opened } from './open-all.ts';
import { operationOf } from './operation.ts';
import type { Assemble } from './run.ts';

/** @throws CannotStart where somebody else has the port. Resolves to the address. */
export const listen = async (app: FastifyInstance, host: string, port: number): Promise<string> => {
  try {
    return await app.listen({ host, port });
  } catch (fault) {
    const code = (fault as { code?: string }).code;
    if (code === 'EADDRINUSE') throw new CannotStart(`Port ${port} on ${host} is taken by another program. Stop it, or choose another port: SIGNOFF_PORT=${port + 1} npm start`, { cause: fault });
    if (code === 'EACCES') throw new CannotStart(`This user may not listen on port ${port}. Choose one above 1023: SIGNOFF_PORT=4600 npm start`, { cause: fault });
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') throw new CannotStart(`This machine has no address ${host}. Correct SIGNOFF_HOST.`, { cause: fault });
    throw fault;
  }
};

/** `web` serves, `worker` carries plans out and sends notices, `all` does both and, in a demo, plays the carrier. */
export type Role = 'web' | 'worker' | 'all';

/** `FAULT_AT=<step>:before|after|commit[:freeze]`: the process kills, or stops, itself there, once. For tests of what it must survive; never in production. */
const crash = (env: NodeJS.ProcessEnv): { readonly reached?: Parts['reached'] } => {
  if (env['SIGNOFF_ENV'] === 'production' || env['FAULT_AT'] === undefined) return {};
  const [step, point, how] = env['FAULT_AT'].split(':');
  let left = 1;
  return { reached: (reached, where) => { if (reached === step && where === point && left-- > 0) process.kill(process.pid, how === 'freeze' ? 'SIGSTOP' : 'SIGKILL'); } };
};

const longestAnswerMs = 10_000;

/** Requests that are being answered are, within a bound; no new one is taken. */
const closeDoors = async (doors: FastifyInstance | undefined): Promise<void> => {
  const cut = setTimeout(() => doors?.server.closeAllConnections(), longestAnswerMs);
  await doors?.close();
  clearTimeout(cut);
};

export const start = async (assemble: Assemble, role: Role, say: (text: string) => void): Promise<number> => {
  const stopped = untilStopped();
  const operation = operationOf(role, process.env);
  const opened = await openAll(assemble, { say, works: role !== 'web', plants: role === 'all', publicUrl: ({ host, port }) => `http://${host}:${port}`, watch: operation.watch, ...crash(process.env) });
  try {
    const readiness = await operation.open(opened);
    const doors = role === 'worker' ? undefined : await openDoors(opened.signoff, opened.parts, opened.parts.watch?.door, readiness);
    if (doors !== undefined) killBeforeReply(doors.server, process.env);
    const cards = role === 'worker' ? undefined : await openCardDoor(opened);
    try {
      if (doors === undefined) say('The worker works.');
      else for (const line of greeting(opened, await listen(doors, opened.settings.host, opened.settings.port))) console.log(line);
      await stopped;
      say('Stopping …');
      await operation.drain();
    } finally {
      await cards?.close();
      await closeDoors(doors);
    }
  } finally {
    await opened.stop();
    await operation.close();
  }
  return 0;
};

/** Where to go and, in a demo, who can sign in there. */
const greeting = ({ signoff, demo }: Opened, address: string): string[] => {
  const brands = signoff.desk.packs.brands;
  if (demo === undefined) return brands.map((brand) => `${brand}: ${address}/${brand}/`);
  return [
    '', 'Signoff is ready. Everything here is invented. Beside a portal stands its console: …/console', '',
    ...brands.flatMap((brand) => {
      const here = demo.planted.flatMap(({ data }) => (data.brand === brand ? [data] : []));
      return [
        `${address}/${brand}/`,
        ...here.flatMap(({ subscribers }) => subscribers).map((one) => signIn(one.names?.[0]?.name ?? one.phone, one.password, one.person.name)),
        ...(here[0]?.staff ?? []).map((one) => signIn(one.email, one.password, one.roles.join(', '))),
        '',
      ];
    }),
    `Inbox  ${demo.simulator.controlUrl}/inbox   (mail and SMS, as they arrive)`,
    '', 'Ctrl-C stops it; what was done stays in the data folder for the next start.', '',
  ];
};

const signIn = (name: string, password: string, who: string): string => `  ${name.padEnd(28)} ${password.padEnd(26)} ${who}`;
