/**
 * The carrier's side, in process: home register, gateways, SM-DP+, billing, payouts, services, mail and SMS. It keeps a ledger of
 * effects of its own, which is the oracle, and its network loses, delays, repeats and garbles what goes over it.
 */
import type { BillingFact, Call, CarrierPorts, EsimFact, MessageChannel, Outcome, RefundFact, RegisterFact } from '../../src/plan/ports.ts';
import { steps } from '../../src/plan/make-plan.ts';
import { owner, type Owner, type World } from './world.ts';

export type SimLine = { readonly imsi: string; readonly ref: string; readonly iccid: string; readonly onDevice: boolean; readonly owedMinor: number; readonly creditMinor: number; readonly services: readonly string[] };
export type Effect = { readonly system: string; readonly effect: string; readonly subject: string; readonly key: string; readonly at: number };
/** What an act changes for good. */
export const irreversible = new Set(['settled', 'stopped', 'removed', 'detached', 'order-cancelled', 'refunded', 'service-ended', 'sessions-ended']);
/** No answer after so long: nobody knows. */
const silence = 10_000;
const currency = 'USD';

type Register = { circuitSwitched: boolean; packetSwitched: boolean };
type Billed = { owedMinor: number; creditMinor: number; stoppedAt?: string };
/** One act as the network carries it: what its system does, and what it would say. */
type Act<Fact> = { readonly system: string; readonly what: string; readonly subject: string; readonly call: Call; readonly reads: boolean; readonly perform: () => Outcome<Fact> };
type Tried = { readonly who: Owner; readonly sentAt: number; mayHaveActed: boolean; answered: boolean };

/** What a plan may repeat unread: the protocol has no read, or an act takes another back. */
const repeatable = new Set(steps.filter((step) => step.on === 'carrier' && (step.read === 'repeat' || step.undo !== 'none')).map(({ name }) => name as string));
/** What is switched off and on again. */
const switches = new Set(['bar-line', 'freeze-line']);
const stepIn = (key: string): string => key.split(':')[1] ?? '';
/** Nobody else acts before this time is over: seconds of the lease, less what passes between its renewal and the call. */
const held = 25_000;

export type Rates = { readonly lostRequest: number; readonly lostReply: number; readonly twice: number; readonly late: number; readonly refuse: number; readonly unreachable: number; readonly garbage: number };

export class Carrier {
  readonly effects: Effect[] = [];
  readonly mails: { readonly to: string; readonly text: string }[] = [];
  readonly registers = new Map<string, Register>();
  readonly billed = new Map<string, Billed>();
  readonly frozen = new Map<string, readonly string[]>();
  readonly orders = new Map<string, 'released' | 'cancelled' | 'on-device'>();
  readonly services = new Map<string, string[]>();
  readonly refunds = new Map<string, { readonly payment: string; readonly amountMinor: number; readonly at: number }>();
  /** Effects that somebody took back by hand, and how often. */
  readonly broughtBack = new Map<string, number>();
  /** Systems that answer nobody, and until when. */
  readonly down = new Map<string, number>();
  /** Systems that do what they are told and say nothing of it, and that nobody can read; until when. */
  readonly blind = new Map<string, number>();
  /** Looks at each effect as it happens. */
  judge: (effect: Effect) => void = () => undefined;
  /** Told of each call as it is sent, by its key. */
  readonly watchers = new Set<(key: string) => void>();
  readonly #world: World;
  readonly #rates: Rates;
  readonly #network: Owner = owner('network');
  readonly #tried = new Map<string, Tried>();
  readonly #lastSwitch = new Map<string, string>();
  readonly #lastRead = new Map<string, number>();

  constructor(world: World, rates: Rates, lines: readonly SimLine[]) {
    this.#world = world;
    this.#rates = rates;
    for (const line of lines) {
      this.registers.set(line.imsi, { circuitSwitched: true, packetSwitched: true });
      this.billed.set(line.ref, { owedMinor: line.owedMinor, creditMinor: line.creditMinor });
      this.orders.set(line.iccid, line.onDevice ? 'on-device' : 'released');
      this.services.set(line.ref, [...line.services]);
    }
  }

  #happen(system: string, effect: string, subject: string, key: string): void {
    const one = { system, effect, subject, key, at: this.#world.now };
    this.effects.push(one);
    this.#world.note(`  EFFECT ${system} ${effect} ${subject} (${key.slice(0, 8)}…${key.slice(36)})`);
    this.judge(one);
  }

  /** By hand, past everything: the line is there again. */
  undo({ imsi, ref, services }: SimLine, what: 'register' | 'billing' | 'services'): void {
    const billed = this.billed.get(ref);
    this.#world.note(`somebody at the carrier brings back ${what} of ${ref}`);
    if (what === 'register') {
      this.registers.set(imsi, { circuitSwitched: this.#world.random.chance(0.5), packetSwitched: false });
      for (const effect of ['removed', 'detached']) this.#broughtBack(`${effect} ${imsi}`);
    } else if (what === 'billing' && billed !== undefined) {
      delete billed.stoppedAt;
      this.#broughtBack(`stopped ${ref}`);
    } else if (what === 'services' && services.length > 0) {
      this.services.set(ref, [...services]);
      for (const service of services) this.#broughtBack(`service-ended ${ref}/${service}`);
    }
  }
  #broughtBack(what: string): void {
    this.broughtBack.set(what, (this.broughtBack.get(what) ?? 0) + 1);
  }

  /** What somebody sees who looks into the carrier's own books. */
  saw(step: string, key: string, { imsi, ref, iccid }: SimLine): boolean {
    if (step === 'remove-subscriber') return !this.registers.has(imsi);
    if (step === 'end-linked-services') return (this.services.get(ref) ?? []).length === 0;
    if (step === 'cancel-esim-order') return this.orders.get(iccid) === 'cancelled';
    return step === 'stop-billing' ? this.billed.get(ref)?.stoppedAt !== undefined : this.#done(key);
  }
  /** People have seen that it never acted, or that it did. */
  lookedAt(key: string): void {
    const tried = this.#tried.get(key);
    if (tried !== undefined) tried.mayHaveActed = false;
  }

  #done(key: string): boolean {
    return this.effects.some((effect) => effect.key === key);
  }

  /** The request goes there, something happens, and the answer comes back; or not. */
  async #exchange<Fact>(who: Owner, act: Act<Fact>): Promise<Outcome<Fact>> {
    this.#oneAtATime(who, act);
    const tried = act.reads ? undefined : this.#mayRepeat(who, act);
    if (switches.has(stepIn(act.call.key)) && !act.reads) this.#lastSwitch.set(act.subject, act.call.key);
    for (const watcher of this.watchers) watcher(act.call.key);
    const answer = await this.#answered(who, act, tried);
    if (tried !== undefined) tried.answered = true;
    return answer;
  }

  async #answered<Fact>(who: Owner, act: Act<Fact>, tried: Tried | undefined): Promise<Outcome<Fact>> {
    const world = this.#world;
    const rates = this.#rates;
    const name = `${act.what} ${act.subject}`;
    const unknown: Outcome<Fact> = { kind: 'unknown', says: 'no answer in time' };
    if ((this.down.get(act.system) ?? 0) > world.now) return world.wait(who, `${name}: ${act.system} is down`, () => this.#never<Fact>(tried), 200);
    const blind = (this.blind.get(act.system) ?? 0) > world.now;
    if (blind && act.reads) return world.wait(who, `${name}: nobody can read it`, () => unknown, silence);
    if (world.fault(rates.unreachable)) return world.wait(who, `${name}: no connection`, () => this.#never<Fact>(tried), 100);
    if (world.fault(rates.lostRequest)) return world.wait(who, `${name}: the request is lost`, () => unknown, silence);
    const isSwitch = switches.has(stepIn(act.call.key));
    const slow = world.random.chance(0.05) ? world.random.below(8000) : world.random.below(120);
    const late = world.fault(rates.late);
    if (late || world.fault(rates.twice)) world.add({ owner: this.#network, what: `${name}: ${late ? 'arrives late' : 'arrives once more'}`, at: world.now + (late ? silence + world.random.below(7000) : slow + world.random.below(4000)), run: async () => {
      // Over one connection what is old does not overtake what is new: a bar does not come after the unbar that was sent later.
      if (!isSwitch || this.#lastSwitch.get(act.subject) === act.call.key) this.#perform(act);
    } });
    if (late) return world.wait(who, `${name}: time is out`, () => unknown, silence);
    // What arrived acts, whatever becomes of whoever sent it.
    const arrived = this.#world.wait(this.#network, name, () => {
      if (!act.reads && world.fault(rates.refuse)) return { kind: 'refused', code: 'not-allowed', says: 'not allowed' } as const;
      return this.#perform(act);
    }, slow);
    if (blind || world.fault(rates.lostReply)) return world.wait(who, `${name}: the reply is lost`, () => unknown, silence);
    const answer = await arrived;
    return world.wait(who, `${name}: ${answer.kind}`, () => {
      if (world.fault(rates.garbage)) return { kind: 'unknown', says: 'garbage' } as const;
      if (answer.kind === 'refused' && tried !== undefined) tried.mayHaveActed = false;
      return answer;
    }, world.random.below(40));
  }

  #never<Fact>(tried: Tried | undefined): Outcome<Fact> {
    if (tried !== undefined) tried.mayHaveActed = false;
    return { kind: 'unreachable', says: 'no connection' };
  }

  #perform<Fact>(act: Act<Fact>): Outcome<Fact> {
    const outcome = act.perform();
    this.#world.note(`  ${act.system} says ${outcome.kind}`);
    return outcome;
  }

  /** I3: while a worker holds a case, nobody else calls for it. */
  #oneAtATime<Fact>(who: Owner, act: Act<Fact>): void {
    const before = this.#tried.get(act.call.key);
    if (before?.answered === false && before.who.alive && this.#world.now - before.sentAt < held)
      this.#world.violate('I3', `${act.what} of ${act.subject} by ${who.name} while ${before.who.name} waits for its answer (${act.call.key})`);
  }

  /** I3: what may have acted is read before it is sent again. */
  #mayRepeat<Fact>(who: Owner, act: Act<Fact>): Tried {
    const before = this.#tried.get(act.call.key);
    const read = this.#lastRead.get(act.subject) ?? -1;
    if (before?.mayHaveActed === true && read < before.sentAt && !repeatable.has(stepIn(act.call.key)) && !act.call.key.startsWith('bill:') && act.what !== 'send')
      this.#world.violate('I3', `${act.what} of ${act.subject} may have acted and is sent again without being read (${act.call.key})`);
    const tried = { who, sentAt: this.#world.now, mayHaveActed: true, answered: false };
    this.#tried.set(act.call.key, tried);
    return tried;
  }

  #read<Fact>(subject: string, perform: () => Fact): () => Outcome<Fact> {
    return () => {
      this.#lastRead.set(subject, this.#world.now);
      return { kind: 'done', fact: perform() };
    };
  }

  #registerOf(imsi: string): RegisterFact {
    const found = this.registers.get(imsi);
    return found === undefined ? 'absent' : { ...found };
  }

  #billingOf(ref: string): BillingFact {
    const { stoppedAt, owedMinor = 0, creditMinor = 0 } = this.billed.get(ref) ?? {};
    const frozen = this.frozen.get(ref) ?? [];
    return { status: stoppedAt === undefined ? 'active' : 'stopped', ...(stoppedAt === undefined ? {} : { stoppedAt }), owedMinor, creditMinor, currency, chargesFrozen: frozen.includes('charges'), purchasesFrozen: frozen.includes('purchases') };
  }

  #freeze(ref: string, what: readonly string[], key: string): Outcome<BillingFact> {
    const before = this.frozen.get(ref) ?? [];
    if (before.join() !== what.join()) this.#happen('billing', what.length > 0 ? 'frozen' : 'unfrozen', ref, key);
    this.frozen.set(ref, what);
    return { kind: 'done', fact: this.#billingOf(ref) };
  }

  #refundOf(key: string): RefundFact {
    const found = this.refunds.get(key);
    if (found === undefined) return 'absent';
    return { status: this.#world.now - found.at > 86_400_000 ? 'done' : 'sent', ref: `re-${key.slice(0, 8)}`, amountMinor: found.amountMinor, currency };
  }

  /** What one process sees of it. */
  reachedBy(who: Owner): { readonly ports: CarrierPorts; readonly channels: { readonly mail: MessageChannel; readonly sms: MessageChannel } } {
    const go = <Fact>(system: string, what: string, subject: string, call: Call, perform: () => Outcome<Fact>, reads = false): Promise<Outcome<Fact>> =>
      this.#exchange(who, { system, what, subject, call, reads, perform });
    const switchTo = (what: 'bar' | 'unbar', on: boolean) => (imsi: string, call: Call) => go<RegisterFact>('home-register', what, imsi, call, () => {
      const found = this.registers.get(imsi);
      if (found === undefined) return on ? { kind: 'refused', code: 'unknown-subscriber', says: 'unknown' } : { kind: 'done', fact: 'absent' };
      if (found.circuitSwitched !== on) this.#happen('home-register', on ? 'unbarred' : 'barred', imsi, call.key);
      Object.assign(found, { circuitSwitched: on, packetSwitched: on });
      return { kind: 'done', fact: { ...found } };
    });
    const once = <Fact>(system: string, effect: string, subject: string, call: Call, change: () => void, fact: () => Fact) => (): Outcome<Fact> => {
      if (!this.#done(call.key)) {
        change();
        this.#happen(system, effect, subject, call.key);
      }
      return { kind: 'done', fact: fact() };
    };
    const send = (system: string): MessageChannel => ({
      send: (message, call) => go(system, 'send', message.to.slice(-6), { ...call, key: `${call.key}:${this.#world.steps}` }, () => {
        this.mails.push({ to: message.to, text: message.text });
        return { kind: 'done', fact: { providerId: `${system}-${this.mails.length}` } };
      }),
    });
    return {
      channels: { mail: send('mail'), sms: send('message-centre') },
      ports: {
        homeRegister: {
          bar: switchTo('bar', false),
          unbar: switchTo('unbar', true),
          detach: (imsi, call) => go('home-register', 'detach', imsi, call, () => {
            const found = this.registers.get(imsi);
            if (found !== undefined && !this.#done(call.key)) this.#happen('home-register', 'detached', imsi, call.key);
            if (found !== undefined) Object.assign(found, { circuitSwitched: false, packetSwitched: false });
            return { kind: 'done', fact: this.#registerOf(imsi) };
          }),
          remove: (imsi, call) => go('home-register', 'remove', imsi, call, () => {
            if (this.registers.delete(imsi)) this.#happen('home-register', 'removed', imsi, call.key);
            return { kind: 'done', fact: 'absent' };
          }),
          read: (imsi, call) => go('home-register', 'read', imsi, call, this.#read(imsi, () => this.#registerOf(imsi)), true),
        },
        sessions: { endAll: ({ imsi }, call) => go('gateways', 'endAll', imsi, call, once('gateways', 'sessions-ended', imsi, call, () => undefined, () => 'ended' as const)) },
        esimPlatform: {
          cancelOrder: ({ iccid }, call) => go<EsimFact>('sm-dp-plus', 'cancelOrder', iccid, call, () => {
            if (this.orders.get(iccid) === 'on-device') return { kind: 'done', fact: 'already-on-device' };
            if (this.orders.get(iccid) === 'released') this.#happen('sm-dp-plus', 'order-cancelled', iccid, call.key);
            this.orders.set(iccid, 'cancelled');
            return { kind: 'done', fact: 'order-cancelled' };
          }),
        },
        billing: {
          settle: (ref, { collectMinor, offsetMinor, refundMinor, forfeitMinor, payoutMinor = 0, transfer }, call) => go<BillingFact>('billing', 'settle', ref, call, () => {
            const line = this.billed.get(ref);
            const leaves = offsetMinor + refundMinor + forfeitMinor + payoutMinor + (transfer?.minor ?? 0);
            if (line === undefined) return { kind: 'refused', code: 'no-such-line', says: 'no such line' };
            if (!this.#done(call.key) && leaves > line.creditMinor) return { kind: 'refused', code: 'amounts-differ', says: 'the line does not hold so much' };
            return once('billing', call.key.startsWith('bill:') ? 'paid' : 'settled', ref, call, () => {
              line.owedMinor = Math.max(0, line.owedMinor - offsetMinor - collectMinor);
              line.creditMinor -= leaves;
              const receiver = transfer === undefined ? undefined : this.billed.get(transfer.toRef);
              if (receiver !== undefined) receiver.creditMinor += transfer?.minor ?? 0;
            }, () => this.#billingOf(ref))();
          }),
          stop: (ref, call) => go('billing', 'stop', ref, call, once('billing', 'stopped', ref, call, () => { (this.billed.get(ref) ?? { stoppedAt: '' }).stoppedAt = new Date(this.#world.now).toISOString(); }, () => this.#billingOf(ref))),
          freeze: (ref, what, call) => go('billing', 'freeze', ref, call, () => this.#freeze(ref, what, call.key)),
          unfreeze: (ref, call) => go('billing', 'unfreeze', ref, call, () => this.#freeze(ref, [], call.key)),
          read: (ref, call) => go('billing', 'read', ref, call, this.#read(ref, () => this.#billingOf(ref)), true),
        },
        payouts: {
          refund: ({ payment, amountMinor }, call) => go('payouts', 'refund', payment, call, once<RefundFact>('payouts', 'refunded', payment, call, () => { this.refunds.set(call.key, { payment, amountMinor, at: this.#world.now }); }, () => this.#refundOf(call.key))),
          read: (payment, call) => go('payouts', 'read', payment, call, this.#read(payment, () => this.#refundOf(call.key)), true),
        },
        linkedServices: {
          end: (ref, service, call) => go('services', 'end', ref, call, once('services', 'service-ended', `${ref}/${service}`, call, () => { this.services.set(ref, (this.services.get(ref) ?? []).filter((one) => one !== service)); }, () => ({ service, status: 'ended' as const, endedAt: new Date(this.#world.now).toISOString() }))),
          read: (ref, call) => go('services', 'read', ref, call, this.#read(ref, () => (this.services.get(ref) ?? []).map((service) => ({ service, status: 'active' as const }))), true),
        },
      },
    };
  }
}
