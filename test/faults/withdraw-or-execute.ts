/** Row 18: a withdrawal and the point of no return meet, in a thousand orders of their statements. */
import { randomUUID } from 'node:crypto';
import { portsInProcess } from '../../bench/flow/in-process.ts';
import type { Planted } from '../../bench/flow/plant.ts';
import type { Desk } from '../../src/desk/desk.ts';
import { withdraw } from '../../src/desk/withdraw.ts';
import { timedMoves } from '../../src/execution/timed-moves.ts';
import { assemble } from '../../src/main.ts';
import type { CarrierPorts } from '../../src/plan/ports.ts';
import { eventually } from '../harness.ts';
import { bySize, randomOf, type Row } from './row.ts';
import { openStage, packNamed } from './stage.ts';
import { openTurns } from './turns.ts';

/** The carrier in memory, and what was done there that can't be taken back, with whose it was. */
const watchedCarrier = () => {
  const effects: string[] = [];
  const carrier = portsInProcess();
  const { homeRegister, billing } = carrier.ports;
  const ports: CarrierPorts = { ...carrier.ports,
    homeRegister: { ...homeRegister, remove: (imsi, call) => { effects.push(`removed ${imsi}`); return homeRegister.remove(imsi, call); } },
    billing: { ...billing,
      settle: (ref, ...rest) => { effects.push(`settled ${ref}`); return billing.settle(ref, ...rest); },
      stop: (ref, call) => { effects.push(`stopped ${ref}`); return billing.stop(ref, call); } },
  };
  return { effects, connected: { ...carrier, ports } };
};
const effectsOf = ({ line: { billingRef, imsi } }: Planted): string[] => [`removed ${imsi}`, `settled ${billingRef}`, `stopped ${billingRef}`];

export const withdrawOrExecute: Row = {
  number: '18',
  title: 'a withdrawal against the point of no return, statement by statement',
  asserts: 'Exactly one wins; the loser is told; after an accepted withdrawal nothing happens that cannot be taken back.',
  run: async (run) => {
    const random = randomOf(run.seed);
    const count = bySize(run, { short: 25, usual: 1000, full: 1000 });
    const carrier = watchedCarrier();
    const stage = await openStage({ connected: carrier.connected });
    const turns = openTurns(stage.parts.databaseUrl, random);
    try {
      const planted = await stage.plant(packNamed('ultra-purple'), count);
      const { desk, execution } = await stage.desk();
      const [theirs, ours] = [await turns.party('withdraws'), await turns.party('executes')];
      const subscriber: Desk = { ...desk, db: theirs };
      const clock = { ...execution, db: ours };
      const orders = new Set<string>();
      const won = { withdrawal: 0, execution: 0 };
      for (const one of planted) {
        // Half of them lie in their waiting period already.
        if (random.below(2) === 0) await timedMoves(execution, [{ id: randomUUID(), data: { caseId: one.caseId, move: 'bar' } }]);
        const { answers, order } = await turns.together<Awaited<ReturnType<typeof withdraw>> | undefined>({
          withdraws: () => withdraw(subscriber, { brand: one.brand, subscriberId: one.subscriberId }, one.applicationNumber),
          executes: () => timedMoves(clock, [{ id: randomUUID(), data: { caseId: one.caseId, move: 'execute' } }]).then(() => undefined),
        });
        orders.add(order);
        const [row] = await stage.rows<{ state: string; event: string }>(`select c.state, (select event from journal j where j.cancellation_id = c.id order by entry desc limit 1) as event from cancellations c where id = $1`, [one.caseId]);
        const told = answers['withdraws'];
        const stands = `${row?.state}, last ${row?.event}, told ${told?.ok === true ? 'yes' : JSON.stringify(told?.why)} (${order})`;
        if (told === undefined) throw new Error(`nobody was told anything: ${stands}`);
        if (told.ok ? row?.state !== 'withdrawn' : !(row?.state === 'executing' && told.why.kind === 'wrong-state')) throw new Error(`case ${one.caseId} is ${stands}`);
        won[told.ok ? 'withdrawal' : 'execution']++;
      }
      run.say(`${count} meetings in ${orders.size} different orders: the withdrawal won ${won.withdrawal}, the execution ${won.execution}`);
      if (won.withdrawal === 0 || won.execution === 0) throw new Error('one of them won always: they never met');

      const worker = await assemble({ ...stage.parts, works: true });
      try {
        await eventually('everything is carried out', async () => (await stage.rows(`select 1 from cancellations where state not in ('cancelled', 'withdrawn') union all
          select 1 from pgboss.job where name in ('advance', 'timer') and state in ('created', 'retry', 'active') and start_after <= pgboss.job_now() limit 1`)).length === 0, 300);
      } finally {
        await worker.stop();
      }
      const states = new Map((await stage.rows<{ id: string; state: string }>(`select id, state from cancellations`)).map(({ id, state }) => [id, state]));
      const happened = Map.groupBy(carrier.effects, (effect) => effect);
      for (const one of planted)
        for (const effect of effectsOf(one)) {
          const times = happened.get(effect)?.length ?? 0;
          if (states.get(one.caseId) === 'withdrawn' ? times !== 0 : times > 1 || (times === 0 && !effect.startsWith('settled'))) throw new Error(`I3 "${effect}" happened ${times} times, and its case is ${states.get(one.caseId)}`);
        }
      await stage.holds();
    } finally {
      await turns.close();
      await stage.close();
    }
  },
};
