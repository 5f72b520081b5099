/** The portal's figures in the frame of the bench. */
import type { Figure, Part } from '../figure.ts';
import { startChild } from '../child.ts';
import { inWords, pages, type PortalFigures, type PortalOptions } from './portal.ts';

export const portal: Part = {
  name: 'portal',
  says: 'status, application and receipt at 500 requests/s in a house full of cases',
  run: async ({ rounds, full, tiny = false, cases = full ? 1_000_000 : 100_000, say }) => {
    const child = startChild(new URL('./alone.ts', import.meta.url));
    const found = await child.ask<PortalFigures>('measure', { rounds, cases, ...(tiny ? { cases: 600, rate: 4, seconds: 2 } : {}) } satisfies PortalOptions).finally(() => child.stop());
    for (const line of inWords(found)) say(line);
    const how = `${found.cases.toLocaleString('en')} cases, ${found.people.toLocaleString('en')} people signed in, ${found.rate} requests/s at fixed moments for ${found.seconds} s a round, the doors in a process of their own; a time counts from the moment its request was due. Every request was answered with its page.`;
    if (found.failed > 0) throw new Error(`${found.failed} requests were not answered with their page; the times of the others would say nothing`);
    const limit = (what: string, value: number) => ({ what, rounds: [value] });
    return [
      ...pages.flatMap((page): Figure[] => {
        const { p50, p99, bytes } = found.pages[page];
        return [
          { name: `portal/${page}-p50`, says: `portal, ${page}, p50`, unit: 'ms', how, rounds: p50.rounds, against: limit('our limit for p99', 20) },
          { name: `portal/${page}-p99`, says: `portal, ${page}, p99`, unit: 'ms', how, rounds: p99.rounds, against: limit('our limit', 20), goal: { atMost: 1 } },
          { name: `portal/${page}-bytes`, says: `portal, ${page}, bytes on the wire`, unit: 'B', how, rounds: [bytes], against: limit('our limit', 30_000), goal: { atMost: 1 } },
        ];
      }),
      { name: 'portal/cpu-web', says: 'portal, CPU of the web process a request', unit: 'ms', how, rounds: found.cpu.web.rounds, against: limit('a core, shared by 500 requests/s', 2) },
      ...(found.cpu.postgres === undefined ? [] : [{ name: 'portal/cpu-postgres', says: 'portal, CPU of PostgreSQL a request', unit: 'ms', how, rounds: found.cpu.postgres.rounds, against: limit('a core, shared by 500 requests/s', 2) }]),
      { name: 'portal/cpu-load', says: 'portal, CPU of the client that asks, a request', unit: 'ms', how, rounds: found.cpu.load.rounds, against: limit('a core, shared by 500 requests/s', 2) },
      { name: 'portal/memory', says: 'memory of a web process', unit: 'MB', how, rounds: [found.webMemory / 1e6], against: limit('a gigabyte', 1000) },
    ];
  },
};
