/** Rows 9 and 10: it happened, and nobody said so; and nobody can be asked any more. */
import { addStaff } from '../../src/identity/staff.ts';
import { decideOnResolution, proposeResolution } from '../../src/desk/resolve-step.ts';
import type { System } from '../../src/simulator/systems.ts';
import { openResolutions } from '../../src/store/resolutions.ts';
import { writeClockAhead } from '../../src/store/clock-ahead.ts';
import type { Planted } from '../../bench/flow/plant.ts';
import { days, eventually, hours } from '../harness.ts';
import type { Row } from './row.ts';
import { openStage, packNamed, type Stage } from './stage.ts';
import { startTcpProxy, type Act, type TcpProxy } from './tcp-proxy.ts';

type Peer = 'register' | 'billing' | 'payouts' | 'services';
type Proxies = Readonly<Record<Peer, TcpProxy>>;

/** The stage, with a link of ours before each peer whose words can be read on it. */
const openLinked = async (): Promise<{ readonly stage: Stage; readonly links: Proxies; close(): Promise<void> }> => {
  const nowhere = { host: '127.0.0.1', port: 1 };
  const links: Proxies = { register: await startTcpProxy(nowhere), billing: await startTcpProxy(nowhere), payouts: await startTcpProxy(nowhere), services: await startTcpProxy(nowhere) };
  const by = (url: string, link: TcpProxy): string => {
    const { hostname, port } = new URL(url);
    link.leadTo({ host: hostname, port: Number(port) });
    return `http://${hostname}:${link.port}`;
  };
  const stage = await openStage({ carrier: (straight) => {
    const { homeRegister, billing, payouts, services } = straight;
    if (homeRegister.kind !== 'osmo-hlr' || payouts.kind !== 'http') throw new Error('the simulator has another door');
    links.register.leadTo(homeRegister);
    return {
      ...straight, homeRegister: { ...homeRegister, port: links.register.port }, billing: { ...billing, url: by(billing.url, links.billing) },
      payouts: { ...payouts, url: by(payouts.url, links.payouts) }, services: { ...services, url: by(services.url, links.services) },
    };
  } });
  return { stage, links, close: async () => {
    await stage.close();
    await Promise.all(Object.values(links).map((one) => one.stop()));
  } };
};

const broken: Act = { instead: 'HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\nconnection: close\r\n\r\n' };
const rubbish: Act = { instead: '\u0000\u0003\u00ee\u0000??' };
const how: Readonly<Record<string, Act>> = { 'a time-out': 'swallow', 'a reset': 'cut-reply', 'a 500': broken, rubbish };

/** Which call of which step loses its reply, as its bytes show it. */
type Loss = { readonly step: string; /** In so many calls: those that never went out are made after the read. */ readonly calls?: number; readonly peer: Peer; readonly ways: readonly string[]; readonly marks: (one: Planted) => readonly string[] };
const losses: readonly Loss[] = [
  { step: 'bar-line', peer: 'register', ways: ['a time-out', 'a reset', 'rubbish'], marks: ({ line }) => [`by-imsi-${line.imsi}.cs-enabled 0`] },
  { step: 'remove-subscriber', peer: 'register', ways: ['a time-out', 'a reset', 'rubbish'], marks: ({ line }) => [`subscriber.delete ${line.imsi}`] },
  { step: 'settle-balance', peer: 'billing', ways: ['a time-out', 'a reset', 'a 500'], marks: ({ line }) => [`/v1/lines/${line.billingRef}/settle `] },
  { step: 'stop-billing', peer: 'billing', ways: ['a time-out', 'a reset', 'a 500'], marks: ({ line }) => [`/v1/lines/${line.billingRef}/stop `] },
  { step: 'refund-credit', peer: 'payouts', ways: ['a time-out', 'a reset', 'a 500'], marks: ({ caseId }) => ['/v1/refunds/', caseId] },
  { step: 'end-linked-services', calls: 2, peer: 'services', ways: ['a time-out', 'a reset', 'a 500'], marks: ({ line }) => [`/v1/lines/${line.billingRef}/services/`, '/end '] },
];

type Cell = { readonly loss: Loss; readonly way: string; readonly planted: Planted };

const cancelled = (stage: Stage, { caseId }: Planted, said: () => string, seconds: number) =>
  eventually(`case ${caseId} is cancelled; the worker said ${said()}`, async () => (await stage.rows(`select 1 from cancellations where id = $1 and state = 'cancelled'`, [caseId])).length === 1, seconds);

type Try = { readonly mode: string; readonly outcome: { readonly kind: string } };
const triesOf = (stage: Stage, { caseId }: Planted, step: string) =>
  stage.rows<Try>(`select mode, outcome from step_tries where cancellation_id = $1 and step = $2 order by at`, [caseId, step]);

export const lostReplies: Row = {
  number: '9',
  title: 'a time-out, a reset, a 500 or rubbish after the effect, at each connector',
  asserts: 'It is unknown, it is read back, and it is not repeated.',
  run: async ({ size, one }) => {
    const { stage, links, close } = await openLinked();
    const station = packNamed('station');
    const shape = { kind: 'physical-sim', services: station.linkedServices.map(({ id }) => id), payoutMinor: 350 } as const;
    try {
      const cells: Cell[] = [];
      for (const loss of losses)
        for (const way of size === 'short' ? loss.ways.slice(1, 2) : loss.ways) cells.push({ loss, way, planted: (await stage.plant(station, 1, { shape }))[0] as Planted });
      const lost = new Set<Cell>();
      for (const peer of Object.keys(links) as Peer[])
        links[peer].judge((piece) => {
          // Several in one piece where they are sent one behind the other.
          const found = cells.filter((cell) => !lost.has(cell) && cell.loss.peer === peer && cell.loss.marks(cell.planted).every((mark) => piece.includes(mark)));
          for (const cell of found) lost.add(cell);
          return how[found[0]?.way ?? ''] ?? 'pass';
        });
      // What no link of ours can read, the simulator itself loses.
      const [esim, late, session] = [...await stage.plant(packNamed('ultra-purple'), 1), ...await stage.plant(packNamed('ultra-purple'), 1), ...await stage.plant(packNamed('us-e-card'), 1)];
      for (const [system, fault, delayMs] of [['sm-dp-plus', 'drop-reply', 0], ['sm-dp-plus', 'delay', 12_000], ['nas', 'drop-reply', 0], ['billing', 'delay', 12_000]] as [System, 'drop-reply' | 'delay', number][])
        await stage.simulator.addFault({ system, fault, ...(delayMs > 0 ? { delayMs } : {}) });
      const worker = await stage.worker();
      await Promise.all([
        ...cells.map((cell) => one(`${cell.way} after ${cell.loss.step}`, async () => {
          await cancelled(stage, cell.planted, worker.said, 240);
          if (!lost.has(cell)) throw new Error('no reply was lost');
          const tries = await triesOf(stage, cell.planted, cell.loss.step);
          const [first, next, ...others] = tries;
          if (first?.mode !== 'act' || first.outcome.kind !== 'unknown' || next?.mode !== 'read' || (cell.loss.calls === undefined && others.some(({ mode }) => mode !== 'read'))) throw new Error(`it went another way: ${JSON.stringify(tries)}`);
        })),
        one('the SM-DP+ and a gateway lose replies, and effects come after the time-out', async () => {
          for (const planted of [esim, late, session]) if (planted !== undefined) await cancelled(stage, planted, worker.said, 240);
        }),
      ]);
      worker.child.kill('SIGTERM');
      await worker.ended;
      await one('the invariants hold', () => stage.holds());
    } finally {
      await close();
    }
  },
};

export const neverRead: Row = {
  number: '10',
  title: 'the reply to the act is lost, and from then on nobody can be asked',
  asserts: 'The case is parked with an alarm and resolved by two people, and by no one alone.',
  run: async () => {
    const { stage, links, close } = await openLinked();
    try {
      const [planted] = await stage.plant(packNamed('ultra-purple'), 1);
      if (planted === undefined) throw new Error('nothing was planted');
      let gone = false;
      links.register.judge((piece) => {
        if (!gone && !piece.includes(`subscriber.delete ${planted.line.imsi}`)) return 'pass';
        const first = !gone;
        gone = true;
        return first ? 'cut-reply' : 'cut';
      });
      const worker = await stage.worker();
      const { desk } = await stage.desk();
      const pass = async (milliseconds: number): Promise<void> => {
        stage.clock.setOffset(stage.clock.offset + milliseconds);
        await writeClockAhead(desk.db, stage.clock.offset);
      };
      const step = 'remove-subscriber';
      const reads = async (): Promise<number> => (await triesOf(stage, planted, step)).filter(({ mode }) => mode === 'read').length;
      await eventually(`it is unknown; the worker said ${worker.said()}`, async () => (await triesOf(stage, planted, step)).length > 0, 120);
      for (const round of [1, 2]) {
        await pass(hours(1));
        await eventually(`read ${round} times in vain`, async () => (await reads()) >= round, 90);
      }
      await pass(days(2));
      await eventually('the case is parked', async () => (await stage.rows(`select 1 from cancellations where id = $1 and state = 'stalled'`, [planted.caseId])).length === 1, 120);
      await stage.holds(); // parked, and people were called
      const staff = await Promise.all(['first', 'second'].map(async (name) => {
        const added = await addStaff(desk.db, desk.vault, desk.clock, { brand: planted.brand, name, email: `${name}@desk.example`, password: `${name}-lantern-over-water-9`, roles: ['agent', 'reviewer'] });
        if (!added.ok) throw new Error(`no staff: ${added.why.kind}`);
        return { brand: planted.brand, staffId: added.value.staffId };
      }));
      const [first, second] = staff;
      if (first === undefined || second === undefined) throw new Error('two people are needed');
      const proposed = await proposeResolution(desk, first, planted.applicationNumber, { step, verdict: 'happened', evidence: 'Looked up in the register itself: it is not there.' });
      if (!proposed.ok) throw new Error(`not proposed: ${proposed.why.kind}`);
      const open = await desk.db.inBrand(planted.brand, (tx) => openResolutions(tx, planted.caseId));
      const alone = await decideOnResolution(desk, first, planted.applicationNumber, open[0]?.id ?? '', true);
      if (alone.ok || alone.why.kind !== 'same-person') throw new Error('one person alone resolved it');
      const agreed = await decideOnResolution(desk, second, planted.applicationNumber, open[0]?.id ?? '', true);
      if (!agreed.ok) throw new Error(`not agreed: ${agreed.why.kind}`);
      links.register.judge(() => 'pass');
      await cancelled(stage, planted, worker.said, 120);
      worker.child.kill('SIGTERM');
      await worker.ended;
      await stage.holds();
    } finally {
      await close();
    }
  },
};
