/** How long one person waits whose case nothing holds up. */
import { part, type Part } from './figure.ts';
import { openHouse } from './flow/house.ts';
import { approveSingly } from './flow/single.ts';
import { openStand } from './flow/stand.ts';

const says = (which: string): string => `last approval to certificate, one case, ${which}`;
const second = { what: 'a second', rounds: [1000] };

export const single: Part = {
  name: 'single',
  says: 'from the last approval to the certificate when connectors answer at once',
  run: async ({ rounds, tiny = false, say, assemble }) => {
    const count = tiny ? 2 : 20;
    const house = await openHouse(say);
    try {
      const stand = await openStand(house, 'single', assemble);
      try {
        await stand.startWorker();
        await approveSingly(stand, tiny ? 1 : 5);
        const found: { median: number; slowest: number }[] = [];
        for (let round = 0; round < rounds; round++) {
          const times = (await approveSingly(stand, count)).toSorted((one, other) => one - other);
          found.push({ median: part(times, 0.5), slowest: times.at(-1) ?? Number.NaN });
          say(`round ${round + 1} of ${rounds}: median ${part(times, 0.5).toFixed(0)} ms, slowest ${(times.at(-1) ?? 0).toFixed(0)} ms`);
        }
        const how = `${count} cases a round, one after another: approved at the desk in one process, carried out by a worker in another, ports in memory; the certificate is looked for every 5 ms.`;
        return [
          { name: 'single/median', says: says('median'), unit: 'ms', how, rounds: found.map(({ median }) => median), against: second, goal: { atMost: 1 } },
          { name: 'single/slowest', says: says('slowest'), unit: 'ms', how, rounds: found.map(({ slowest }) => slowest), against: second, goal: { atMost: 1 } },
        ];
      } finally {
        await stand.stop();
      }
    } finally {
      await house.stop();
    }
  },
};
