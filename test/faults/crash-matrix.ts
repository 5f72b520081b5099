/** Row 1: a worker is killed at every step of every plan that the packs can make, and another one goes on. */
import { allPacks } from '../../policies/index.ts';
import type { Planted, Shape } from '../../bench/flow/plant.ts';
import { lineKinds } from '../../src/cancellation/line.ts';
import { withdraw } from '../../src/desk/withdraw.ts';
import { makePlan, stepNamed } from '../../src/plan/make-plan.ts';
import { packName, type Pack } from '../../src/policy/pack.ts';
import { eventually } from '../harness.ts';
import { bySize, randomOf, type Row } from './row.ts';
import { openStage, type Stage } from './stage.ts';

type Plan = { readonly name: string; readonly pack: Pack; readonly shape: Shape; readonly wanted: readonly string[] };
type Cell = { readonly plan: Plan; readonly step: string; readonly at: 'before' | 'after' | 'commit'; readonly undo: boolean };

/** Every plan that differs from all others: by its steps, their order, and which of them are wanted on such a line. */
export const everyPlan = (): Plan[] => {
  const plans = new Map<string, Plan>();
  for (const pack of allPacks)
    for (const kind of lineKinds)
      for (const services of pack.linkedServices.length === 0 ? [[]] : [[], pack.linkedServices.map(({ id }) => id)])
        for (const payoutMinor of [0, 250]) {
          const shape: Shape = { kind, services, payoutMinor };
          const off = kind === 'virtual-number' ? {} : { imsi: '001010000000000', iccid: '89001990000000000000', ...(kind === 'physical-sim' ? {} : { matchingId: 'M' }) };
          const line = { id: '', brand: pack.brand, kind, carrier: '', billingRef: '', msisdn: '', inHomeRegister: kind !== 'virtual-number', ...off, ...(payoutMinor > 0 ? { paymentRef: 'p' } : {}), services: services.map((id) => ({ id, provider: id })) };
          const plan = makePlan(pack, line, { payoutMinor });
          const key = JSON.stringify(plan);
          if (!plans.has(key)) plans.set(key, { name: `${packName(pack)} ${kind}${services.length > 0 ? ' with services' : ''}${payoutMinor > 0 ? ' with credit' : ''}`, pack, shape, wanted: plan.filter(({ wanted }) => wanted).map(({ name }) => name) });
        }
  return [...plans.values()];
};

const cellsOf = (plan: Plan): Cell[] => plan.wanted.flatMap((step) => {
  const acts = stepNamed(step);
  const points = acts.on === 'own' ? (['commit'] as const) : (['before', 'after', 'commit'] as const);
  return points.flatMap((at): Cell[] => [{ plan, step, at, undo: false }, ...(acts.on === 'carrier' && acts.undo !== 'none' ? [{ plan, step, at, undo: true }] : [])]);
});

const title = ({ plan, step, at, undo }: Cell): string => `${undo ? 'undoing ' : ''}${step}, ${at === 'commit' ? 'before its outcome is committed' : `${at} the call`} (${plan.name})`;

/** One that is barred and withdrawn: its bar is to be taken back. */
const plantWithdrawn = async (stage: Stage, { pack, shape }: Plan): Promise<Planted> => {
  const [one] = await stage.plant(pack, 1, { shape, at: new Date(stage.clock.now().getTime() + 86_400_000) });
  if (one === undefined) throw new Error('nothing was planted');
  await stage.simulator.seed({ subscribers: [{ imsi: one.line.imsi ?? '', msisdn: one.line.msisdn.slice(1), circuitSwitched: false, packetSwitched: false }] });
  await stage.rows(`update steps set state = 'done', attempts = 1, done_at = now(), intent_key = cancellation_id || ':bar-line', first_tried_at = now() where cancellation_id = $1 and name = 'bar-line'`, [one.caseId]);
  await stage.rows(`update lines set status = 'barred' where id = $1`, [one.line.id]);
  await stage.rows(`update cancellations set state = 'recoverable' where id = $1`, [one.caseId]);
  const { desk } = await stage.desk();
  const withdrawn = await withdraw(desk, { brand: one.brand, subscriberId: one.subscriberId }, one.applicationNumber);
  if (!withdrawn.ok) throw new Error(`not withdrawn: ${withdrawn.why.kind}`);
  return one;
};

/** Kills a worker there. What it held is kept from the others until all cells have been through this. */
const killAt = async (stage: Stage, cell: Cell): Promise<Planted> => {
  const one = cell.undo ? await plantWithdrawn(stage, cell.plan) : (await stage.plant(cell.plan.pack, 1, { shape: cell.plan.shape }))[0];
  if (one === undefined) throw new Error('nothing was planted');
  const worker = await stage.worker({ FAULT_AT: `${cell.step}:${cell.at}` });
  const ended = await Promise.race([worker.ended, new Promise<string>((resolve) => { setTimeout(() => resolve('still runs after 120 s'), 120_000).unref(); })]);
  if (ended !== 'SIGKILL') throw new Error(`the worker was not killed at this point (${ended}): ${worker.said()}`);
  const [row] = await stage.rows<{ state: string }>(`select state from steps where cancellation_id = $1 and name = $2`, [one.caseId, cell.step]);
  const open = stepNamed(cell.step).on === 'own' ? 'waiting' : 'intended';
  if (row?.state !== open) throw new Error(`it was killed elsewhere: ${cell.step} is ${row?.state}`);
  // For pg-boss it goes on as if the worker were only slow, until `release`.
  await stage.rows(`update pgboss.job set heartbeat_on = pgboss.job_now() + interval '1 day' where state = 'active'`);
  return one;
};

const release = (stage: Stage) => stage.rows(`update pgboss.job set heartbeat_on = pgboss.job_now() - interval '1 minute' where state = 'active'`);

export const crashMatrix: Row = {
  number: '1',
  title: 'kill -9 of a worker before the call, after it and before its outcome is committed, at every step',
  asserts: 'Another worker goes on, every case ends, and each effect happened once.',
  run: async ({ seed, size, say, one }) => {
    const random = randomOf(seed);
    const plans = everyPlan();
    const byPlace = Map.groupBy(plans.flatMap(cellsOf), ({ step, at, undo }) => `${step} ${at} ${undo}`);
    const chosen = [...byPlace.values()].map((cells) => random.pick(cells));
    const cells = size === 'full' ? plans.flatMap(cellsOf) : size === 'usual' ? chosen : [random.pick(chosen), random.pick(chosen)];
    say(`${plans.length} plans, ${byPlace.size} places, ${cells.length} cells`);
    const halves = [cells.filter((_, index) => index % 2 === 0), cells.filter((_, index) => index % 2 === 1)];
    await Promise.all(halves.map(async (half) => {
      const stage = await openStage();
      try {
        const killed: { readonly cell: Cell; readonly planted: Planted }[] = [];
        for (const cell of half) await one(`killed at ${title(cell)}`, async () => void killed.push({ cell, planted: await killAt(stage, cell) }));
        await release(stage);
        const worker = await stage.worker();
        for (const { cell, planted } of killed)
          await one(`resumed from ${title(cell)}`, async () => {
            const end = cell.undo ? 'withdrawn' : 'cancelled';
            await eventually(`case ${planted.caseId} is ${end} and its step done; the worker said ${worker.said()}`, async () =>
              (await stage.rows(`select 1 from cancellations c join steps s on s.cancellation_id = c.id and s.name = $2 and s.state = 'done' where c.id = $1 and c.state = $3`, [planted.caseId, cell.step, end])).length === 1, bySize({ size }, { short: 90, usual: 180, full: 300 }));
          });
        await eventually('no job is left', async () => (await stage.rows(`select 1 from pgboss.job where name in ('timer', 'advance') and state = 'active'`)).length === 0, 60);
        worker.child.kill('SIGTERM');
        await worker.ended;
        await one('the invariants hold', () => stage.holds());
      } finally {
        await stage.close();
      }
    }));
  },
};
