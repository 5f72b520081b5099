/** Row 6: a worker that stands still past its lease, while another one takes over, and then wakes. */
import { setTimeout as sleep } from 'node:timers/promises';
import { withdraw } from '../../src/desk/withdraw.ts';
import { leaseSeconds } from '../../src/execution/lease.ts';
import { eventually } from '../harness.ts';
import type { Planted } from '../../bench/flow/plant.ts';
import type { WorkerProcess } from '../worker-process.ts';
import { bySize, randomOf, type Row } from './row.ts';
import { openStage, packNamed, type Stage } from './stage.ts';

const stateOf = async (stage: Stage, { caseId }: Planted): Promise<string | undefined> =>
  (await stage.rows<{ state: string }>(`select state from cancellations where id = $1`, [caseId]))[0]?.state;

/** Of everything that carries out or records: fence, journal, steps and effects. */
const everything = async (stage: Stage, { caseId, line }: Planted): Promise<string> => JSON.stringify([
  await stage.rows(`select state, version, fence from cancellations where id = $1`, [caseId]),
  await stage.rows(`select entry, event, facts from journal where cancellation_id = $1 order by entry`, [caseId]),
  await stage.rows(`select name, state, attempts, reads, done_at from steps where cancellation_id = $1 order by name`, [caseId]),
  stage.simulator.effects().filter(({ subject }) => [line.imsi, line.iccid, line.billingRef, line.paymentRef].includes(subject)).map(({ system, effect, subject }) => `${system} ${effect} ${subject}`),
]);

const isFrozen = async (stage: Stage, caseId: string, step: string): Promise<boolean> =>
  (await stage.rows(`select 1 from steps s join cancellations c on c.id = s.cancellation_id where c.id = $1 and s.name = $2 and s.state = 'intended' and c.lease_until < clock_timestamp()`, [caseId, step])).length === 1;

/** One that has started altogether: a start that is frozen is another matter. */
const working = async (stage: Stage, point: string): Promise<WorkerProcess> => {
  const worker = await stage.worker({ FAULT_AT: `${point}:freeze` });
  await eventually(`the worker works; it said ${worker.said()}`, async () => worker.said().includes('The worker works.'), 120);
  return worker;
};

/** The lease of who is frozen ends; another one finishes; then the first wakes, has time to do harm, and has done none. */
const takeOver = async (stage: Stage, frozen: WorkerProcess, one: Planted, step: string, end: string, meanwhile = async (): Promise<void> => undefined): Promise<void> => {
  await eventually(`the worker is frozen at ${step} and its lease is over; it said ${frozen.said()}`, () => isFrozen(stage, one.caseId, step), leaseSeconds + 90);
  await meanwhile();
  const other = await stage.worker();
  await eventually(`another worker brings it to ${end}; it said ${other.said()}`, async () => (await stateOf(stage, one)) === end
    && (await stage.rows(`select 1 from steps where cancellation_id = $1 and state not in ('done', 'not-wanted') and phase <> 'final'`, [one.caseId])).length === 0, 120);
  other.child.kill('SIGTERM');
  await other.ended;
  const before = await everything(stage, one);
  frozen.child.kill('SIGCONT');
  await sleep(4000);
  const after = await everything(stage, one);
  if (after !== before) throw new Error(`who woke up has written or called:\n${before}\n${after}`);
  frozen.child.kill('SIGTERM');
  const left = await frozen.ended;
  if (left !== 0) throw new Error(`who woke up did not stop in order (${left}): ${frozen.said()}`);
};

export const frozenWorker: Row = {
  number: '6',
  title: 'a worker is frozen past its lease (SIGSTOP) just before a call, another one takes over, the first wakes (SIGCONT)',
  asserts: 'Its calls are not made and its writes are refused; nothing happens twice.',
  run: async ({ seed, size, one }) => {
    const random = randomOf(seed);
    const points = ['settle-balance:before', 'remove-subscriber:before', 'refund-credit:after', 'stop-billing:commit', 'bar-line:before'];
    const chosen = bySize({ size }, { short: [random.pick(points)], usual: points, full: points });
    const pack = packNamed('ultra-purple');
    await Promise.all([
      ...chosen.map((point) => one(`frozen at ${point}`, async () => {
        const stage = await openStage();
        try {
          const frozen = await working(stage, point);
          const [planted] = await stage.plant(pack, 1, { shape: { kind: 'esim', services: [], payoutMinor: 400 } });
          if (planted === undefined) throw new Error('nothing was planted');
          await takeOver(stage, frozen, planted, point.split(':')[0] ?? '', 'cancelled');
          await stage.holds();
        } finally {
          await stage.close();
        }
      })),
      one('frozen before it bars, and withdrawn meanwhile: the line stays on', async () => {
        const stage = await openStage();
        try {
          const days = 86_400_000;
          const frozen = await working(stage, 'bar-line:before');
          const now = stage.clock.now();
          const [planted] = await stage.plant(pack, 1, { at: new Date(now.getTime() + 7 * days) });
          if (planted === undefined) throw new Error('nothing was planted');
          const { desk } = await stage.desk();
          await stage.rows(`update cancellations set state = 'recoverable' where id = $1`, [planted.caseId]);
          await desk.db.acrossBrands((tx) => desk.jobs.enqueue(tx, 'advance', [{ data: { caseId: planted.caseId }, brand: planted.brand }]));
          await takeOver(stage, frozen, planted, 'bar-line', 'withdrawn', async () => {
            const withdrawn = await withdraw(desk, { brand: planted.brand, subscriberId: planted.subscriberId }, planted.applicationNumber);
            if (!withdrawn.ok) throw new Error(`not withdrawn: ${withdrawn.why.kind}`);
          });
          const seen = stage.simulator.effects().filter(({ subject }) => subject === planted.line.imsi).at(-1);
          if (seen !== undefined && seen.effect.endsWith('-off')) throw new Error(`the line was barred after its withdrawal: ${JSON.stringify(seen)}`);
          await stage.holds();
        } finally {
          await stage.close();
        }
      }),
    ]);
  },
};
