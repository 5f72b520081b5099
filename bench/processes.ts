/** What a second process of each role brings on one machine, and what each costs the database in connections. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { allPacks } from '../policies/index.ts';
import { openDb } from '../src/store/db.ts';
import { openVault } from '../src/vault/vault.ts';
import type { Child } from './child.ts';
import { interleaved, type Figure, type Options, type Part } from './figure.ts';
import { onServer, openHouse, type House } from './flow/house.ts';
import { openStand } from './flow/stand.ts';
import { loadOn } from './portal/load.ts';
import { plantPortal } from './portal/plant.ts';
import { asksOf, startWeb, type Web } from './portal/portal.ts';

const connectionsTo = (url: string): Promise<number> =>
  onServer(url, async (client) => (await client.query<{ n: number }>(`select count(*)::int as n from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`)).rows[0]?.n ?? 0);

/** A database with one worker and one with two, of which one has work at a time. */
const workers = async (house: House, { rounds, tiny = false, say, assemble }: Options): Promise<Figure[]> => {
  const count = tiny ? 10 : 1000;
  const [one, two] = [await openStand(house, 'one-worker', assemble), await openStand(house, 'two-workers', assemble)];
  try {
    const before = await connectionsTo(one.url);
    const alone = await one.startWorker();
    const both = [await two.startWorker(), await two.startWorker()];
    const waking: Pick<Child, 'ask'> = { ask: async <Reply>(what: string) => (await Promise.all(both.map((worker) => worker.ask(what))))[0] as Reply };
    await one.carry(alone, await one.plant(tiny ? 2 : 100));
    await two.carry(waking, await two.plant(tiny ? 2 : 100));
    const found = await interleaved(rounds, {
      'one worker': async () => count / await one.carry(alone, await one.plant(count)),
      'two workers': async () => count / await two.carry(waking, await two.plant(count)),
    }, say);
    const connections = await connectionsTo(one.url) - before;
    const how = `${count.toLocaleString('en')} cancellations a round, ports in memory; each number of workers on a database of its own, on one server, all on this machine.`;
    return [
      { name: 'processes/workers', says: 'two workers, whole cancellations a second', unit: '/s', how, rounds: found['two workers'], against: { what: 'one worker', rounds: found['one worker'] } },
      { name: 'processes/memory-worker', says: 'memory of a worker', unit: 'MB', how, rounds: [(await alone.used()).memory / 1e6], against: { what: 'a gigabyte', rounds: [1000] } },
      { name: 'processes/connections-worker', says: 'connections of a worker, after work', unit: '', how, rounds: [connections], against: { what: 'max_connections of PostgreSQL as it comes', rounds: [100] } },
    ];
  } finally {
    await one.stop();
    await two.stop();
  }
};

/** As many requests open at all times, answered by one process or by two. */
const webs = async (house: House, { rounds, tiny = false, say }: Options): Promise<Figure[]> => {
  const url = await house.migrated('webs');
  const operatorKey = randomBytes(32);
  const pack = allPacks.find(({ brand }) => brand === 'ultra-purple');
  if (pack === undefined) throw new Error('the policy whose pages are measured is not there');
  const [cases, open, seconds] = tiny ? [100, 2, 0.5] : [20_000, 32, 5];
  const db = openDb({ url });
  const visitors = await plantPortal({ db, vault: openVault({ operatorKey }), url }, pack, { cases, visitors: tiny ? 30 : 5000, now: new Date(), say }).finally(() => db.close());
  const running: Web[] = [];
  try {
    const before = await connectionsTo(url);
    for (let count = 0; count < 2; count++) running.push(await startWeb([url, operatorKey.toString('hex'), join(house.folder, 'keys')], undefined));
    const loads = running.map(({ origin }) => loadOn(origin));
    const asks = asksOf(visitors, pack.brand);
    const rate = async (of: typeof loads, length: number): Promise<number> => {
      const answered = (await Promise.all(of.map((load) => load.flood(asks, open / of.length, length)))).flat();
      const wrong = answered.filter(({ status }) => status !== 200).length;
      if (wrong > 0) throw new Error(`${wrong} of ${answered.length} requests were not answered with their page`);
      return answered.length / length;
    };
    await rate(loads, seconds);
    const found = await interleaved(rounds, { 'one web process': () => rate(loads.slice(0, 1), seconds), 'two web processes': () => rate(loads, seconds) }, say);
    const connections = (await connectionsTo(url) - before) / running.length;
    const memory = (await running[0]?.used())?.rss ?? Number.NaN;
    for (const load of loads) load.close();
    const how = `Status, application and receipt in turn, ${open} requests open at all times for ${seconds} s, beside ${cases.toLocaleString('en')} cases; PostgreSQL and the client on this machine, too.`;
    return [
      { name: 'processes/webs', says: 'two web processes, pages a second', unit: '/s', how, rounds: found['two web processes'], against: { what: 'one web process', rounds: found['one web process'] } },
      { name: 'processes/memory-web', says: 'memory of a web process', unit: 'MB', how, rounds: [memory / 1e6], against: { what: 'a gigabyte', rounds: [1000] } },
      { name: 'processes/connections-web', says: 'connections of a web process under load', unit: '', how, rounds: [connections], against: { what: 'max_connections of PostgreSQL as it comes', rounds: [100] } },
    ];
  } finally {
    for (const web of running) await web.stop();
  }
};

export const processes: Part = {
  name: 'processes',
  says: 'two workers against one, two web processes against one',
  run: async (options) => {
    const house = await openHouse(options.say);
    try {
      return [...await workers(house, options), ...await webs(house, options)];
    } finally {
      await house.stop();
    }
  },
};
