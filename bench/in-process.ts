/** Whole cancellations a second with the network taken out, beside the empty flows of others, pg-boss alone, and single commits. */
import { interleaved, type Against, type Figure, type Goal, type Part } from './figure.ts';
import { openHouse } from './flow/house.ts';
import { openStand } from './flow/stand.ts';
import { startPeers, type PeerName } from './peers/start.ts';

/** How many a round: some seconds of work each. */
const counts = { cancellations: 6000, dbos: 1000, restate: 2000, 'pg-boss': 12_000, commits: 12_000 } as const;
const tinyCounts = { cancellations: 20, dbos: 10, restate: 10, 'pg-boss': 200, commits: 100 } as const;

const peers: Readonly<Record<PeerName, { readonly what: string; readonly goal?: Goal }>> = {
  dbos: { what: 'flows of 12 empty steps on DBOS', goal: { atLeast: 5 } },
  restate: { what: 'flows of 12 empty steps on Restate', goal: { atLeast: 2 } },
  'pg-boss': { what: 'flows of 12 empty jobs on bare pg-boss, 200 a batch', goal: { atLeast: 1 / 3 } },
  commits: { what: 'single-row commits, one after another' },
};
const says = 'whole cancellations a second, ports in process';
const how = 'A worker process of its own, its ports answered in memory, each case with its plan of 14 steps, mail and SMS; from falling due until the last certificate and notice. Peers run on the same PostgreSQL server in databases of their own (Restate with its own store), 64 flows at once.';

export const inProcess: Part = {
  name: 'in-process',
  says: 'cancellations without network time, against empty flows of others',
  run: async ({ rounds, tiny = false, say, assemble }) => {
    const many = tiny ? tinyCounts : counts;
    const house = await openHouse(say);
    try {
      const stand = await openStand(house, 'flow', assemble);
      const others = await startPeers(house, say);
      try {
        const worker = await stand.startWorker();
        await stand.carry(worker, await stand.plant(tiny ? 5 : 200));
        const names = (Object.keys(peers) as PeerName[]).filter((name) => 'child' in others[name]);
        const rateOf = (name: PeerName) => async (): Promise<number> => {
          const peer = others[name];
          return 'child' in peer ? peer.child.ask<number>('rate', many[name]) : Number.NaN;
        };
        const found = await interleaved(rounds, {
          cancellations: async () => many.cancellations / await stand.carry(worker, await stand.plant(many.cancellations)),
          ...Object.fromEntries(names.map((name) => [name, rateOf(name)])) as Partial<Record<PeerName, () => Promise<number>>>,
        } as Record<'cancellations' | PeerName, () => Promise<number>>, say);
        const figure = (name: string, against: Against, goal?: Goal): Figure => ({ name: `in-process/${name}`, says, unit: '/s', how, rounds: found.cancellations, against, ...(goal === undefined ? {} : { goal }) });
        return [
          figure('thousand', { what: 'a thousand', rounds: [1000] }, { atLeast: 1 }),
          ...(Object.keys(peers) as PeerName[]).map((name): Figure => {
            const { what, goal } = peers[name];
            const peer = others[name];
            return 'child' in peer ? figure(name, { what, rounds: found[name] }, goal) : { name: `in-process/${name}`, says: `${says}, against ${what}`, unit: '/s', how, notMeasured: peer.absent, ...(goal === undefined ? {} : { goal }) };
          }),
        ];
      } finally {
        await others.stop();
        await stand.stop();
      }
    } finally {
      await house.stop();
    }
  },
};
