import type { BillingFact, Outcome, RegisterFact } from '../ports.ts';
import { carrierStep, networkRetry, type StepContext } from '../step.ts';
import { readServices } from './end-linked-services.ts';

type Silence = { readonly register: RegisterFact | 'not-used'; readonly billing: BillingFact['status']; readonly services: 'ended' | 'not-used' };

/** Reads back from every side; whatever still sounds is a refusal that stalls the case, never a success. */
const listen = async (context: StepContext): Promise<Outcome<Silence>> => {
  const { line, ports, call } = context;
  const [register, billing, services] = await Promise.all([
    line.inHomeRegister && line.imsi !== undefined
      ? ports.homeRegister.read(line.imsi, call)
      : Promise.resolve({ kind: 'done', fact: 'not-used' } as const),
    ports.billing.read(line.billingRef, call),
    (line.services?.length ?? 0) > 0 ? readServices(context) : Promise.resolve({ kind: 'done', fact: 'not-used' } as const),
  ]);
  if (register.kind !== 'done') return register.kind === 'unknown' ? { kind: 'unreachable', says: register.says } : register;
  if (billing.kind !== 'done') return billing.kind === 'unknown' ? { kind: 'unreachable', says: billing.says } : billing;
  if (services.kind !== 'done') return services.kind === 'unknown' ? { kind: 'unreachable', says: services.says } : services;
  if (register.fact !== 'absent' && register.fact !== 'not-used')
    return { kind: 'refused', code: 'still-in-register', says: 'the home register still knows the subscriber' };
  if (billing.fact.status !== 'stopped') return { kind: 'refused', code: 'still-billed', says: 'billing still counts the line as active' };
  if (services.fact !== 'not-used' && services.fact.left.length > 0) return { kind: 'refused', code: 'service-still-runs', says: `still running: ${services.fact.left.join(', ')}` };
  return { kind: 'done', fact: { register: register.fact, billing: billing.fact.status, services: services.fact === 'not-used' ? 'not-used' : 'ended' } };
};

export const confirmSilence = carrierStep<Silence>({
  name: 'confirm-silence',
  after: ['end-sessions', 'end-linked-services', 'remove-subscriber', 'stop-billing', 'cancel-esim-order', 'quarantine-number'],
  phase: 'final',
  wanted: () => true,
  act: listen,
  read: listen,
  isDone: () => true,
  undo: 'none',
  retry: networkRetry,
});
