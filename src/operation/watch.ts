/** Who looks on while the program works: metrics, traces, both or nobody. */
import type { FastifyInstance } from 'fastify';
import type { CarrierPorts, MessageChannel, Outcome } from '../plan/ports.ts';
import type { JobsWatch } from '../store/jobs.ts';

export type Watch = JobsWatch & {
  /** One call to a peer. `connector` and `act` are names of ours: `billing`, `settle`. */
  call<Answer extends Outcome<unknown>>(connector: string, act: string, run: () => Promise<Answer>): Promise<Answer>;
  /** Looks on at the doors; called while they have no routes yet. */
  door(app: FastifyInstance): void;
};

/** The first is outermost. A trace is carried by whoever has one. */
export const watchedBy = (...all: readonly Watch[]): Watch => ({
  carry: () => all.reduce<string | undefined>((found, one) => found ?? one.carry(), undefined),
  batch: (queue, jobs, run) => all.reduceRight((inner, one) => () => one.batch(queue, jobs, inner), run)(),
  call: (connector, act, run) => all.reduceRight((inner, one) => () => one.call(connector, act, inner), run)(),
  door: (app) => { for (const one of all) one.door(app); },
});

type Act = (...args: readonly unknown[]) => Promise<Outcome<unknown>>;
/** What is asked of the program and not of the peer. */
const notCalls = new Set(['check', 'close']);

/** The same peer; each of its acts is handed through the watch. */
export const watched = <Peer extends object>(watch: Watch, connector: string, peer: Peer): Peer =>
  new Proxy(peer, {
    get: (target, name, receiver) => {
      const act: unknown = Reflect.get(target, name, receiver);
      if (typeof act !== 'function' || typeof name !== 'string' || notCalls.has(name)) return act;
      return (...args: readonly unknown[]) => watch.call(connector, name, () => (act as Act).apply(target, [...args]));
    },
  });

export const watchedPorts = (watch: Watch, ports: CarrierPorts): CarrierPorts => ({
  homeRegister: watched(watch, 'home-register', ports.homeRegister),
  sessions: watched(watch, 'sessions', ports.sessions),
  esimPlatform: watched(watch, 'sm-dp-plus', ports.esimPlatform),
  billing: watched(watch, 'billing', ports.billing),
  payouts: watched(watch, 'payouts', ports.payouts),
  linkedServices: watched(watch, 'linked-services', ports.linkedServices),
});

type Channels = { readonly mail: MessageChannel; readonly sms: MessageChannel };
export const watchedChannels = (watch: Watch, { mail, sms }: Channels): Channels => ({ mail: watched(watch, 'mail', mail), sms: watched(watch, 'sms', sms) });
