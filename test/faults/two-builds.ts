/** Row 8, its first half: a worker of this build beside one of the build that replaces it, on one database, with cases of both. */
import { versionOf } from '../../src/policy/pack.ts';
import { eventually } from '../harness.ts';
import { makeNextBuild, newestMigration, nextVersion } from './next-build.ts';
import { bySize, type Row } from './row.ts';
import { openStage, packNamed, type Stage } from './stage.ts';

const must = (holds: boolean, says: string): void => { if (!holds) throw new Error(says); };
const works = (one: { said(): string }): Promise<boolean> => eventually(`it works: ${one.said()}`, async () => one.said().includes('The worker works.'), 120);

/** Each case stands on the version under which it came, carried out by that version's plan, and its certificate says so. */
const keptTheirVersion = async (stage: Stage, wanted: ReadonlyMap<string, { readonly version: string; readonly endsSessions: boolean }>): Promise<void> => {
  const cases = await stage.rows<{ id: string; state: string; version: string; sessions: boolean; statement: string | null }>(
    `select c.id, c.state, c.pack_version as version, exists (select from steps s where s.cancellation_id = c.id and s.name = 'end-sessions' and s.state = 'done') as sessions, z.statement
     from cancellations c left join certificates z on z.cancellation_id = c.id`);
  must(cases.length === wanted.size, `${cases.length} cases of ${wanted.size} are there`);
  for (const { id, state, version, sessions, statement } of cases) {
    const was = wanted.get(id);
    must(state === 'cancelled', `case ${id} (${version}) is ${state}`);
    must(was?.version === version && was.endsSessions === sessions, `case ${id} came under ${was?.version} and ended under ${version}, ${sessions ? 'with' : 'without'} its sessions ended`);
    const certified = JSON.parse(Buffer.from((statement ?? '').split('.')[1] ?? '', 'base64url').toString() || '{}') as object;
    must(JSON.stringify(certified).includes(version), `the certificate of ${id} does not name ${version}`);
  }
};

export const twoBuilds: Row = {
  number: '8',
  title: 'this build and the next one work at once, the next one migrates meanwhile, and cases stand on policies that this one does not know',
  asserts: 'Every case ends once, on the version under which it was received; what this build does not know it leaves to the next, and it does not start on the newer schema, and says what to do.',
  run: async ({ one, size }) => {
    const count = bySize({ size }, { short: 6, usual: 150, full: 1000 });
    const old = packNamed('ultra-purple');
    const next = nextVersion(old);
    const build = await makeNextBuild(old);
    const stage = await openStage();
    const wanted = new Map<string, { version: string; endsSessions: boolean }>();
    const plant = async (pack: typeof old): Promise<void> => {
      for (const { caseId } of await stage.plant(pack, count)) wanted.set(caseId, { version: versionOf(pack), endsSessions: pack.steps.includes('end-sessions') });
    };
    try {
      await one('cases of both versions end beside each other', async () => {
        const ours = await stage.worker();
        await works(ours);
        await plant(old);
        await plant(next); // as a web process of the next build takes them; for a while nobody is there who knows their policy
        await eventually(`cases of ${versionOf(old)} end: ${ours.said()}`, async () => (await stage.rows(`select from cancellations where pack_version = $1 and state = 'cancelled'`, [versionOf(old)])).length === count, 300);
        const theirs = await stage.worker({}, build.folder);
        await works(theirs);
        must((await stage.rows(`select from schema_migrations where name = $1`, [newestMigration])).length === 1, 'the next build did not migrate');
        await plant(old);
        await plant(next);
        await eventually('every case has ended', async () => {
          for (const { child, said } of [ours, theirs]) must(child.exitCode === null && child.signalCode === null, `a worker did not survive it: ${said().slice(-3000)}`);
          return (await stage.rows(`select from cancellations where state not in ('cancelled', 'stalled') limit 1`)).length === 0;
        }, bySize({ size }, { short: 120, usual: 600, full: 1800 }));
        await eventually('no job is left', async () => (await stage.rows(`select from pgboss.job where name in ('timer', 'advance') and state in ('active', 'retry')`)).length === 0, 120);
        must((await stage.rows(`select from pgboss.job where name in ('timer', 'advance', 'dead') and (state = 'failed' or name = 'dead')`)).length === 0, 'jobs were given up');
        must((await stage.rows(`select from pgboss.job where name in ('timer', 'advance') and retry_count > 0`)).length === 0, 'jobs failed on the way');
        for (const { child, ended } of [ours, theirs]) { child.kill('SIGTERM'); await ended; }
        await keptTheirVersion(stage, wanted);
        await stage.holds();
      });
      await one('this build does not start on the newer schema', async () => {
        const late = await stage.worker();
        must(await late.ended === 1, `it ended with ${await late.ended}: ${late.said()}`);
        must(late.said().includes(`The database was made by a newer Signoff (it has ${newestMigration}, which this one does not know). Start that one.`), `it says ${late.said()}`);
      });
    } finally {
      await stage.close();
      await build.remove();
    }
  },
};
