/** The same figures beside many waiting cases, and beside many lines: what standing still costs those that move. */
import { interleaved, type Figure, type Options, type Part } from './figure.ts';
import { claim, type Claims } from './flow/claims.ts';
import { openHouse, type House } from './flow/house.ts';
import { multiply, type Kind } from './flow/multiply.ts';
import { openStand, type Stand } from './flow/stand.ts';
import { walIn } from './flow/written.ts';

type Sized = { readonly size: number; readonly stand: Stand; readonly bytes: number; readonly jobBytes: number };
type Found = Sized & { readonly claims: readonly Claims[]; readonly rates: readonly number[]; readonly wal: readonly number[] };

const bytesOf = async ({ client }: Stand): Promise<{ all: number; jobs: number }> => {
  const { rows: [row] } = await client.query<{ all: number; jobs: number }>(`select pg_database_size(current_database()) as all,
    (select sum(pg_total_relation_size(relid)) from pg_partition_tree('pgboss.job') where isleaf)::bigint as jobs`);
  return { all: Number(row?.all), jobs: Number(row?.jobs) };
};

const openSizes = async (house: House, kind: Kind, sizes: readonly number[], { assemble, say }: Options): Promise<Sized[]> => {
  const opened: Sized[] = [];
  for (const size of sizes) {
    const stand = await openStand(house, `${kind}-${size}`, assemble);
    const before = await bytesOf(stand);
    await multiply(stand, size, kind, say);
    const after = await bytesOf(stand);
    opened.push({ size, stand, bytes: (after.all - before.all) / Math.max(1, size), jobBytes: (after.jobs - before.jobs) / Math.max(1, size) });
  }
  return opened;
};

/** First claims, while nobody works there; then throughput, by a worker of each database, of which one has work at a time. */
const measure = async (kind: Kind, sizes: readonly number[], options: Options): Promise<Found[]> => {
  const { rounds, tiny = false, say } = options;
  const count = tiny ? 10 : 1000;
  const house = await openHouse(say);
  const opened: Sized[] = [];
  try {
    opened.push(...await openSizes(house, kind, sizes, options));
    const claims = new Map(opened.map(({ size }) => [size, [] as Claims[]]));
    const wal = new Map(opened.map(({ size }) => [size, [] as number[]]));
    await interleaved(rounds, Object.fromEntries(opened.map(({ size, stand }) => [`claims beside ${size.toLocaleString('en')} ${kind}, ms`, async () => {
      const found = await claim(stand, tiny ? 10 : 200);
      claims.get(size)?.push(found);
      return found.p99;
    }])), say);
    const rates = new Map<number, number[]>();
    const workers = new Map<number, Awaited<ReturnType<Stand['startWorker']>>>();
    for (const { size, stand } of opened) workers.set(size, await stand.startWorker());
    for (const { size, stand } of opened) await stand.carry(workers.get(size) as never, await stand.plant(tiny ? 2 : 100));
    const found = await interleaved(rounds, Object.fromEntries(opened.map(({ size, stand }) => [`cancellations beside ${size.toLocaleString('en')} ${kind}`, async () => {
      const cases = await stand.plant(count);
      const written = walIn(stand.client);
      const start = await written();
      const seconds = await stand.carry(workers.get(size) as never, cases);
      wal.get(size)?.push((await written() - start) / count);
      return count / seconds;
    }])), say);
    for (const { size } of opened) rates.set(size, found[`cancellations beside ${size.toLocaleString('en')} ${kind}`] ?? []);
    return opened.map((one) => ({ ...one, claims: claims.get(one.size) ?? [], rates: rates.get(one.size) ?? [], wal: wal.get(one.size) ?? [] }));
  } finally {
    for (const { stand } of opened) await stand.stop();
    await house.stop();
  }
};

const numberOf = (size: number): string => size.toLocaleString('en');

export const waiting: Part = {
  name: 'waiting',
  says: 'throughput and claims beside cases that wait, and what one of them weighs',
  run: async (options) => {
    const sizes = options.tiny ? [0, 60] : [0, 100_000, ...(options.full ? [1_000_000] : [])];
    const [none, ...others] = await measure('cases', sizes, options);
    if (none === undefined) throw new Error('nothing was measured');
    const how = 'Each size in a database of its own on one server: 500 cases planted as the desk does it, and copies of them under other ids, each with subscriber, line, plan, journal and timer, due in a month. A claim is one fetch of the one job that is due, 200 a round; 1,000 cancellations a round, ports in memory.';
    return others.flatMap(({ size, rates, claims, bytes, jobBytes }): Figure[] => {
      const beside = `${numberOf(size)} waiting cases`;
      const claimed = (which: 'p50' | 'p99'): Figure => ({ name: `waiting/claim-${which}-${size}`, says: `a worker's claim, ${which}, beside ${beside}`, unit: 'ms', how, rounds: claims.map((one) => one[which]), against: { what: 'beside none', rounds: none.claims.map((one) => one[which]) } });
      return [
        { name: `waiting/rate-${size}`, says: `whole cancellations a second beside ${beside}`, unit: '/s', how, rounds: rates, against: { what: 'beside none', rounds: none.rates }, goal: { atLeast: 0.9 } },
        claimed('p50'), claimed('p99'),
        { name: `waiting/bytes-${size}`, says: `bytes of one of ${beside}, indexes with it`, unit: 'B', how, rounds: [bytes], against: { what: 'its job in pg-boss alone', rounds: [jobBytes] } },
      ];
    });
  },
};

export const growth: Part = {
  name: 'growth',
  says: 'the same figures as lines grow in number, and the slope',
  run: async (options) => {
    const sizes = options.tiny ? [30, 90] : [1000, 100_000, ...(options.full ? [1_000_000] : [])];
    const [least, ...others] = await measure('lines', sizes, options);
    if (least === undefined) throw new Error('nothing was measured');
    const how = 'Each number of lines in a database of its own on one server; 1,000 cancellations a round, ports in memory. The slope is the factor for each tenfold number of lines, 1 where nothing grows.';
    return others.flatMap((one): Figure[] => {
      const tenfolds = Math.log10(one.size / least.size);
      const of = (key: string, says: string, unit: string, values: readonly number[], first: readonly number[]): Figure[] => [
        { name: `growth/${key}-${one.size}`, says: `${says} beside ${numberOf(one.size)} lines`, unit, how, rounds: values, against: { what: `beside ${numberOf(least.size)}`, rounds: first } },
        { name: `growth/${key}-slope-${one.size}`, says: `${says}: factor for each tenfold, to ${numberOf(one.size)} lines`, unit: '', how, rounds: values.map((value, round) => (value / (first[round] ?? Number.NaN)) ** (1 / tenfolds)), against: { what: 'no growth', rounds: [1] } },
      ];
      return [
        ...of('rate', 'whole cancellations a second', '/s', one.rates, least.rates),
        ...of('claim-p50', "a worker's claim, p50", 'ms', one.claims.map(({ p50 }) => p50), least.claims.map(({ p50 }) => p50)),
        ...of('claim-p99', "a worker's claim, p99", 'ms', one.claims.map(({ p99 }) => p99), least.claims.map(({ p99 }) => p99)),
        ...of('wal', 'WAL bytes a cancellation', 'B', one.wal, least.wal),
        { name: `growth/bytes-${one.size}`, says: `bytes of one of ${numberOf(one.size)} lines, its subscriber and indexes with it`, unit: 'B', how, rounds: [one.bytes], against: { what: 'a kilobyte', rounds: [1000] } },
      ];
    });
  },
};
