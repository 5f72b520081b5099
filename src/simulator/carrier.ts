/** What the carrier's systems hold: made from the seeds and the ledger, in the order in which both came. */
import { join } from 'node:path';
import { openLedger, openLines, type Ledger } from './ledger.ts';
import { seed as seedSchema, type Seed, type Seeding } from './seed.ts';
import type { Effect } from './systems.ts';

export type Subscriber = { readonly id: number; readonly imsi: string; msisdn?: string; circuitSwitched: boolean; packetSwitched: boolean; vlr?: string; sgsn?: string; mme?: string; purged: boolean; /** What Open5GS's record says; absent where it never said it. */ cancelRequested?: boolean };
/** Acct-Session-Id, and what else names it. */
export type Session = { readonly id: string; readonly imsi: string; readonly msisdn?: string; readonly userName?: string };
export type Order = { readonly iccid: string; readonly eid?: string; readonly matchingId?: string; state: Seed['orders'][number]['state'] };
export type Payment = { readonly ref: string; readonly currency: string; readonly paidMinor: number; refundedMinor: number; readonly refunds: Seed['payments'][number]['refunds'] };
export type BilledLine = { readonly ref: string; readonly currency: string; owedMinor: number; creditMinor: number; stoppedAt?: string; chargesFrozen?: boolean; purchasesFrozen?: boolean; /** When each service of the line ended; null while it runs. */ readonly services: Map<string, string | null> };

export type Carrier = {
  readonly subscribers: ReadonlyMap<string, Subscriber>;
  /** Those that run, by their id. */
  readonly sessions: ReadonlyMap<string, Session>;
  readonly orders: ReadonlyMap<string, Order>;
  readonly lines: ReadonlyMap<string, BilledLine>;
  readonly payments: ReadonlyMap<string, Payment>;
  readonly isReachable: (msisdn: string) => boolean;
  readonly now: () => Date;
  readonly ledger: Ledger;
  /** Makes it so at once and resolves when it is on disk. */
  readonly happen: (effect: Omit<Effect, 'at'>) => Promise<void>;
  /** The effect that an act with this key had, if any. */
  readonly earlier: (system: Effect['system'], key: string) => Effect | undefined;
  readonly seed: (seeding: Seeding) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** A seed knows after how many effects it came, so that a restart applies both in their order. */
type SeedLine = { readonly afterEffects: number; readonly seed: Seed };

const without = <Value>(value: Value): { readonly [Key in keyof Value]: Exclude<Value[Key], undefined> } =>
  Object.fromEntries(Object.entries(value as object).filter(([, one]) => one !== undefined)) as never;

export const openCarrier = async (folder: string, now: () => Date): Promise<Carrier> => {
  const ledger = await openLedger(join(folder, 'effects.jsonl'));
  const seeds = await openLines<SeedLine>(join(folder, 'seeds.jsonl'));
  const subscribers = new Map<string, Subscriber>();
  const sessions = new Map<string, Session>();
  const orders = new Map<string, Order>();
  const lines = new Map<string, BilledLine>();
  const payments = new Map<string, Payment>();
  const unreachable = new Set<string>();
  const byKey = new Map<string, Effect>();
  let lastId = 0;

  const plant = (planted: Seed): void => {
    for (const one of planted.subscribers) subscribers.set(one.imsi, { ...without(one), id: (lastId += 1), purged: false });
    for (const one of planted.sessions) sessions.set(one.id, without(one));
    for (const one of planted.orders) orders.set(one.iccid, without(one));
    for (const one of planted.lines) lines.set(one.ref, { ...one, services: new Map(one.services.map((name) => [name, null])) });
    for (const one of planted.payments) payments.set(one.ref, { ...one, refundedMinor: payments.get(one.ref)?.refundedMinor ?? 0 });
    for (const one of planted.unreachable) unreachable.add(one);
  };

  const apply = (effect: Effect): void => {
    if (effect.key !== '') byKey.set(`${effect.system} ${effect.key}`, effect);
    const subscriber = subscribers.get(effect.subject);
    const line = lines.get(effect.subject);
    const order = orders.get(effect.subject);
    const payment = payments.get(effect.subject);
    switch (`${effect.system} ${effect.effect}`) {
      case 'home-register circuit-switched-off': case 'home-register circuit-switched-on':
        if (subscriber) subscriber.circuitSwitched = effect.effect.endsWith('on');
        break;
      case 'home-register packet-switched-off': case 'home-register packet-switched-on':
        if (subscriber) subscriber.packetSwitched = effect.effect.endsWith('on');
        break;
      // A node that is told lets the subscriber go and says so (Purge MS), as real ones do.
      case 'home-register serving-node-told': if (subscriber) subscriber.purged = true; break;
      case 'home-register cancel-location-requested': case 'home-register cancel-location-cleared':
        if (subscriber) subscriber.cancelRequested = effect.effect.endsWith('requested');
        break;
      case 'home-register subscriber-removed': subscribers.delete(effect.subject); break;
      case 'nas session-ended': sessions.delete(String(effect.detail?.['session'])); break;
      case 'sm-dp-plus order-cancelled': if (order) order.state = 'unavailable'; break;
      case 'sm-dp-plus profile-installed': if (order) order.state = 'installed'; break;
      case 'linked-services service-ended': line?.services.set(String(effect.detail?.['service']), effect.at); break;
      case 'payouts refunded': if (payment) payment.refundedMinor += Number(effect.detail?.['amountMinor']); break;
      case 'billing stopped': if (line) line.stoppedAt = effect.at; break;
      case 'billing frozen': case 'billing unfrozen':
        if (line) Object.assign(line, { chargesFrozen: effect.detail?.['charges'] === true, purchasesFrozen: effect.detail?.['purchases'] === true });
        break;
      case 'billing charged': case 'billing purchased': if (line) line.owedMinor += Number(effect.detail?.['amountMinor']); break;
      case 'billing settled':
        if (line) {
          const offset = Number(effect.detail?.['offsetMinor'] ?? 0);
          line.owedMinor = Math.max(0, line.owedMinor - offset - Number(effect.detail?.['collectMinor']));
          const transfer = effect.detail?.['transfer'] as { readonly toRef: string; readonly minor: number } | undefined;
          line.creditMinor -= offset + Number(effect.detail?.['refundMinor']) + Number(effect.detail?.['forfeitMinor']) + Number(effect.detail?.['payoutMinor'] ?? 0) + (transfer?.minor ?? 0);
          const receiver = lines.get(transfer?.toRef ?? '');
          if (transfer && receiver) receiver.creditMinor += transfer.minor;
        }
        break;
      default: break; // a message changes nothing but the inbox, which is the ledger itself
    }
  };

  const planted = [...seeds.held];
  ledger.effects().forEach((effect, at) => {
    while (planted[0] && planted[0].afterEffects <= at) plant((planted.shift() as SeedLine).seed);
    apply(effect);
  });
  for (const left of planted) plant(left.seed);

  return {
    subscribers, sessions, orders, lines, payments, ledger, now,
    isReachable: (msisdn) => !unreachable.has(msisdn),
    happen: (what) => {
      const effect: Effect = { at: now().toISOString(), ...what };
      apply(effect);
      return ledger.append(effect);
    },
    earlier: (system, key) => (key === '' ? undefined : byKey.get(`${system} ${key}`)),
    seed: (seeding) => {
      const checked = seedSchema.parse(seeding);
      plant(checked);
      return seeds.append({ afterEffects: ledger.effects().length, seed: checked });
    },
    close: async () => {
      await ledger.close();
      await seeds.close();
    },
  };
};
