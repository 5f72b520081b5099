/** What src/main.ts gets here instead of what it opens towards the outside (hooks.ts): all of it belongs to the process that is being put together. */
import { sign as signReally } from '../../src/certificate/sign.ts';
import type { Statement } from '../../src/evidence/statements.ts';
import type { CarrierPorts, MessageChannel } from '../../src/plan/ports.ts';
import type { Db } from '../../src/store/db.ts';
import type { Jobs, Schedules } from '../../src/store/jobs.ts';
import type { Timers } from '../../src/store/clock.ts';
import type { SigningKey } from '../../src/vault/signing-key.ts';

export type Outside = {
  readonly db: Db;
  readonly jobs: Jobs & Schedules;
  readonly timers: Timers;
  readonly ports: CarrierPorts;
  readonly channels: { readonly mail: MessageChannel; readonly sms: MessageChannel };
  /** Puts what is done on another thread at a place in the order. */
  readonly inOrder: <Result>(what: string, act: () => Promise<Result>) => Promise<Result>;
};

let building: Outside | undefined;
/** Signing is asked for long after a process was put together: whose it is, its own copy of the key says. */
const ofKey = new WeakMap<SigningKey, Outside>();
export let systemTimers: Timers = { every: () => () => undefined, stopwatch: () => () => 0 };
/** Before each call of `assemble`, with that process's own copy of the key. */
export const buildOn = (outside: Outside, key: SigningKey): void => {
  building = outside;
  systemTimers = outside.timers;
  ofKey.set(key, outside);
};
const here = (): Outside => {
  if (building === undefined) throw new Error('nobody is being put together');
  return building;
};
const closing = { close: async () => undefined, check: async () => ({ kind: 'ok', where: 'sim', says: '' }) };

export const openDb = (): Db => here().db;
export const openJobs = async (): Promise<Jobs & Schedules> => here().jobs;
export const systemClock = { now: () => { throw new Error('real time has no place in a simulation'); } };
export const sign = (statement: Statement, key: SigningKey): Promise<string> => (ofKey.get(key) ?? here()).inOrder('sign the certificate', () => signReally(statement, key));

export const osmoHlrCtrl = () => ({ ...here().ports.homeRegister, ...closing });
export const open5gsRegister = osmoHlrCtrl;
export const radiusDisconnect = () => ({ ...here().ports.sessions, ...closing });
export const es2plus = () => ({ ...here().ports.esimPlatform, ...closing });
export const billingHttp = () => ({ ...here().ports.billing, ...closing });
export const payoutsHttp = () => ({ ...here().ports.payouts, ...closing });
export const stripePayouts = payoutsHttp;
export const servicesHttp = () => ({ ...here().ports.linkedServices, ...closing });
export const smtpMail = () => ({ ...here().channels.mail, ...closing });
export const smppSms = () => ({ ...here().channels.sms, ...closing });
