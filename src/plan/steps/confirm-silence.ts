import type { BillingFact, Outcome, RegisterFact } from '../ports.ts';
import { carrierStep, networkRetry, type StepContext } from '../step.ts';

type Silence = { readonly register: RegisterFact | 'not-used'; readonly billing: BillingFact['status'] };

/** Reads back from both sides; whatever still sounds is a refusal that stalls the case, never a success. */
const listen = async ({ line, ports, call }: StepContext): Promise<Outcome<Silence>> => {
  const [register, billing] = await Promise.all([
    line.inHomeRegister && line.imsi !== undefined
      ? ports.homeRegister.read(line.imsi, call)
      : Promise.resolve({ kind: 'done', fact: 'not-used' } as const),
    ports.billing.read(line.billingRef, call),
  ]);
  if (register.kind !== 'done') return register.kind === 'unknown' ? { kind: 'unreachable', says: register.says } : register;
  if (billing.kind !== 'done') return billing.kind === 'unknown' ? { kind: 'unreachable', says: billing.says } : billing;
  if (register.fact !== 'absent' && register.fact !== 'not-used')
    return { kind: 'refused', code: 'still-in-register', says: 'the home register still knows the subscriber' };
  if (billing.fact.status !== 'stopped') return { kind: 'refused', code: 'still-billed', says: 'billing still counts the line as active' };
  return { kind: 'done', fact: { register: register.fact, billing: billing.fact.status } };
};

export const confirmSilence = carrierStep<Silence>({
  name: 'confirm-silence',
  after: ['remove-subscriber', 'stop-billing', 'cancel-esim-order', 'quarantine-number'],
  phase: 'final',
  wanted: () => true,
  act: listen,
  read: listen,
  isDone: () => true,
  undo: 'none',
  retry: networkRetry,
});
