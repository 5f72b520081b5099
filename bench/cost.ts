/** What one cancellation writes and asks for, and what the processes hold: figures that a busy machine changes little. */
import { readdirSync, readFileSync } from 'node:fs';
import { interleaved, type Figure, type Part } from './figure.ts';
import { startChild } from './child.ts';
import { carryCounted } from './flow/counted.ts';
import { onServer, openHouse } from './flow/house.ts';
import { openStand } from './flow/stand.ts';
import { commitsIn, walIn } from './flow/written.ts';
import { benchPack } from './flow/pack.ts';
import { startPeers, type PeerName } from './peers/start.ts';

const batch = 200;
const page = 4096;

/** Bytes of a server and its backends: what each has alone, and the pages they share once, as far as the one that has touched most of them has. */
const memoryOfServer = (backend: number): number | undefined => {
  if (process.platform !== 'linux') return undefined;
  const parentOf = (pid: string): number => Number(readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ')[1]);
  const postmaster = parentOf(String(backend));
  let [alone, shared] = [0, 0];
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (Number(pid) !== postmaster && parentOf(pid) !== postmaster) continue;
      const [, resident = 0, common = 0] = readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ').map(Number); // in pages (proc_pid_statm(5))
      alone += (resident - common) * page;
      shared = Math.max(shared, common * page);
    } catch {
      continue; // it ended between being listed and being read
    }
  }
  return alone + shared;
};

export const cost: Part = {
  name: 'cost',
  says: 'statements, commits and WAL of one cancellation; memory of each process',
  run: async ({ rounds, tiny = false, say, assemble }) => {
    const count = tiny ? 20 : 1000;
    const house = await openHouse(say);
    try {
      const [stand, counted] = [await openStand(house, 'cost', assemble), await openStand(house, 'counted', assemble)];
      const others = await startPeers(house, say);
      const bare = startChild(new URL('./flow/bare.ts', import.meta.url));
      try {
        const worker = await stand.startWorker();
        await stand.carry(worker, await stand.plant(tiny ? 5 : 200));
        const { client } = stand;
        const [wal, commits] = [walIn(client), commitsIn(client)];
        const kinds = ['signoff', 'dbos', 'pg-boss', 'commits'] as const;
        const written = Object.fromEntries(kinds.map((kind) => [kind, [] as { wal: number; commits: number }[]])) as unknown as Record<(typeof kinds)[number], { wal: number; commits: number }[]>;
        const during = async (kind: (typeof kinds)[number], many: number, work: () => Promise<unknown>): Promise<number> => {
          await client.query('checkpoint');
          const [walBefore, commitsBefore] = [await wal(), await commits()];
          await work();
          const found = { wal: (await wal() - walBefore) / many, commits: (await commits() - commitsBefore) / many };
          written[kind].push(found);
          return found.wal;
        };
        const peer = (name: PeerName & (typeof kinds)[number], many: number) => {
          const one = others[name];
          return 'child' in one ? { [`${name}, WAL bytes`]: () => during(name, many, () => one.child.ask('rate', many)) } : {};
        };
        await interleaved(rounds, {
          'signoff, WAL bytes': async () => {
            const cases = await stand.plant(count);
            return during('signoff', count, () => stand.carry(worker, cases));
          },
          ...peer('dbos', tiny ? 10 : 200), ...peer('pg-boss', tiny ? 200 : 2000), ...peer('commits', tiny ? 100 : 2000),
        }, say);
        const statements: number[] = [];
        for (let round = 0; round < rounds; round++) {
          const cases = await counted.plant(batch);
          await onServer(counted.url, (one) => one.query(`update cancellations set effective_at = now() where id = any($1::uuid[])`, [cases.map(({ caseId }) => caseId)]));
          await onServer(counted.url, (one) => one.query(`update pgboss.job set start_after = now() where name = 'timer' and state = 'created'`));
          statements.push((await carryCounted(counted.url, counted.signoff, batch)).statements / batch);
        }
        const { rows: [backend] } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
        const [ofWorker, ofBare, ofServer] = [(await worker.used()).memory, (await bare.used()).memory, memoryOfServer(backend?.pid ?? 0)];
        const how = `Read from the server itself around ${count} cases a round, after a checkpoint: position of the WAL, and transactions that wrote. Of the peers, around their own flows.`;
        const memory = 'Resident memory after the last round; the bare process is Node with the loader of this program and nothing else. Of PostgreSQL what each of its processes has alone, and what they share once, 256 MB of buffers with it.';
        const beside = (key: 'wal' | 'commits', name: PeerName & (typeof kinds)[number], says: string, unit: string, what: string): Figure => {
          const one = others[name];
          const named = { name: `cost/${key}-${name}`, says, unit, how };
          return 'child' in one ? { ...named, rounds: written.signoff.map((found) => found[key]), against: { what, rounds: written[name].map((found) => found[key]) } } : { ...named, notMeasured: one.absent };
        };
        return [
          { name: 'cost/statements', says: 'statements a cancellation, in batches of 200', unit: '', how: 'Counted on the connections of a worker that runs in this process, transactions\' begin and commit with them, those of pg-boss\'s fetch aside.', rounds: statements, against: { what: 'one a step of its plan', rounds: [benchPack.steps.length] } },
          beside('commits', 'pg-boss', 'writing transactions a cancellation', '', 'a flow of 12 empty jobs on bare pg-boss'),
          beside('commits', 'dbos', 'writing transactions a cancellation', '', 'a flow of 12 empty steps on DBOS'),
          beside('wal', 'pg-boss', 'WAL bytes a cancellation', 'B', 'a flow of 12 empty jobs on bare pg-boss'),
          beside('wal', 'dbos', 'WAL bytes a cancellation', 'B', 'a flow of 12 empty steps on DBOS'),
          beside('wal', 'commits', 'WAL bytes a cancellation', 'B', 'a single-row commit'),
          { name: 'cost/memory-worker', says: 'memory of the worker', unit: 'MB', how: memory, rounds: [ofWorker / 1e6], against: { what: 'a bare Node process', rounds: [ofBare / 1e6] } },
          ofServer === undefined ? { name: 'cost/memory-postgres', says: 'memory of PostgreSQL', unit: 'MB', how: memory, notMeasured: 'the system does not say it' }
            : { name: 'cost/memory-postgres', says: 'memory of PostgreSQL, databases of all peers with it', unit: 'MB', how: memory, rounds: [ofServer / 1e6], against: { what: 'its shared buffers', rounds: [256 * 2 ** 20 / 1e6] } },
        ];
      } finally {
        await bare.stop();
        await others.stop();
        await counted.stop();
        await stand.stop();
      }
    } finally {
      await house.stop();
    }
  },
};
