/** Row 4: the link between workers and PostgreSQL is cut, also exactly while a COMMIT is under way; is slow, half closed, or swallows replies. */
import { eventually } from '../harness.ts';
import { bySize, randomOf, type Row } from './row.ts';
import { openStage, packNamed } from './stage.ts';
import { isCommit, startTcpProxy, through, type Act } from './tcp-proxy.ts';

export const link: Row = {
  number: '4',
  title: 'the link to PostgreSQL cut in the middle of COMMIT, cut anywhere, late, half closed, one byte a second, replies swallowed',
  asserts: 'What became of a transaction is looked up and never repeated blindly: every case ends, each effect happened once.',
  run: async ({ seed, size, say }) => {
    const random = randomOf(seed);
    const cases = bySize({ size }, { short: 12, usual: 300, full: 2000 });
    const stage = await openStage();
    const address = new URL(stage.parts.databaseUrl);
    const proxy = await startTcpProxy({ host: address.hostname, port: Number(address.port) });
    const happened = new Map<string, number>();
    try {
      await stage.plant(packNamed('ultra-purple'), Math.round(cases / 2));
      await stage.plant(packNamed('station'), Math.round(cases / 2), { shape: { kind: 'physical-sim', services: packNamed('station').linkedServices.map(({ id }) => id), payoutMinor: 300 } });
      let left = bySize({ size }, { short: 12, usual: 150, full: 600 });
      const slowOnes = size !== 'short'; // a reply that never comes is given up after more than a minute
      const actOn = (piece: Buffer): Act => {
        const chance = random.next();
        if (isCommit(piece)) return chance < 0.35 ? 'cut-reply' : chance < 0.45 ? 'cut' : 'pass';
        if (chance < 0.01) return 'cut';
        if (chance < 0.03) return Math.round(random.next() * 400);
        if (chance < 0.035) return 'half-close';
        return slowOnes && chance < 0.036 ? random.pick(['drip', 'swallow'] as const) : 'pass';
      };
      const workers = [await stage.worker({ DATABASE_URL: through(stage.parts.databaseUrl, proxy) }), await stage.worker({ DATABASE_URL: through(stage.parts.databaseUrl, proxy) })];
      // From the first moved case on: a start that fails is another row's.
      await eventually(`work begins: ${workers.map((one) => one.said()).join('\n')}`, async () => workers.every((one) => one.said().includes('The worker works.')) || undefined, 120);
      proxy.judge((piece) => {
        const act = left > 0 ? actOn(piece) : 'pass';
        if (act === 'pass') return act;
        left--;
        const what = typeof act === 'number' ? 'late' : typeof act === 'object' ? 'spoilt' : act === 'cut-reply' ? (isCommit(piece) ? 'cut between COMMIT and its reply' : 'cut-reply') : act;
        happened.set(what, (happened.get(what) ?? 0) + 1);
        return act;
      });
      // What is due already was begun while the link was whole: more comes now.
      await stage.plant(packNamed('ultra-us'), cases);
      await eventually('every case has ended', async () => {
        const dead = workers.find(({ child }) => child.exitCode !== null || child.signalCode !== null);
        if (dead !== undefined) throw new Error(`a worker did not survive it: ${dead.said().slice(-3000)}`);
        return (await stage.rows(`select 1 from cancellations where state not in ('cancelled', 'stalled') limit 1`)).length === 0;
      }, bySize({ size }, { short: 180, usual: 900, full: 3600 }));
      say([...happened].map(([what, times]) => `${what}: ${times}`).join(', '));
      if ((happened.get('cut between COMMIT and its reply') ?? 0) === 0) throw new Error('no COMMIT was ever cut');
      await eventually('no job is left', async () => (await stage.rows(`select 1 from pgboss.job where name in ('timer', 'advance') and state in ('active', 'retry')`)).length === 0, 400);
      for (const { child, ended } of workers) { child.kill('SIGTERM'); await ended; }
      await stage.holds();
    } finally {
      await stage.close();
      await proxy.stop();
    }
  },
};
