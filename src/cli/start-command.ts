import type { FastifyInstance } from 'fastify';
import { openDoors } from '../doors.ts';
import { CannotStart } from '../store/cannot-start.ts';
import { openCardDoor } from './card-door.ts';
import { openAll, untilStopped, type Opened } from './open-all.ts';
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

export const start = async (assemble: Assemble, say: (text: string) => void): Promise<number> => {
  const stopped = untilStopped();
  const opened = await openAll(assemble, { say, works: true, plants: true, publicUrl: ({ host, port }) => `http://${host}:${port}` });
  try {
    const app = await openDoors(opened.signoff, opened.parts);
    const cards = await openCardDoor(opened);
    try {
      const address = await listen(app, opened.settings.host, opened.settings.port);
      for (const line of greeting(opened, address)) console.log(line);
      await stopped;
      say('Stopping …');
    } finally {
      await cards?.close();
      await app.close();
    }
  } finally {
    await opened.stop();
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
