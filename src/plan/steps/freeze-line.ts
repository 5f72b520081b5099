import type { BillingFact, Outcome } from '../ports.ts';
import { carrierStep, networkRetry, type StepContext } from '../step.ts';

/** `frozen`: all that this line's policy names, or nothing can arise any more. `free`: neither charges nor purchases are. */
type FreezeFact = { readonly now: 'frozen' | 'partly' | 'free' };

const factOf = ({ line }: StepContext, told: Outcome<BillingFact>): Outcome<FreezeFact> => {
  if (told.kind !== 'done') return told;
  const { status, chargesFrozen = false, purchasesFrozen = false } = told.fact;
  const is = { charges: chargesFrozen, purchases: purchasesFrozen };
  const all = (line.freezes ?? []).every((what) => is[what]);
  return { kind: 'done', fact: { now: !chargesFrozen && !purchasesFrozen ? (status === 'stopped' ? 'frozen' : 'free') : all || status === 'stopped' ? 'frozen' : 'partly' } };
};

/** From receipt on nothing new is charged or bought (EC12): told to whoever would do it, and taken back with the case. */
export const freezeLine = carrierStep<FreezeFact>({
  name: 'freeze-line',
  after: [],
  phase: 'recoverable',
  wanted: (line) => (line.freezes ?? []).length > 0,
  act: async (context) => factOf(context, await context.ports.billing.freeze(context.line.billingRef, context.line.freezes ?? [], context.call)),
  read: async (context) => factOf(context, await context.ports.billing.read(context.line.billingRef, context.call)),
  isDone: ({ now }) => now === 'frozen',
  undo: {
    act: async (context) => factOf(context, await context.ports.billing.unfreeze(context.line.billingRef, context.call)),
    isUndone: ({ now }) => now === 'free',
  },
  retry: networkRetry,
});
