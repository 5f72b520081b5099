import type { BillingFact } from '../ports.ts';
import { carrierStep, networkRetry } from '../step.ts';

/** Collects what is owed and takes the credit off the line: towards what is owed, to another line, forfeited, or to be paid back, by billing itself or by `refund-credit`. The amounts that the preview showed. */
export const settleBalance = carrierStep<BillingFact>({
  name: 'settle-balance',
  after: ['bar-line'],
  phase: 'final',
  wanted: () => true,
  act: ({ line, settlement, ports, call }) => ports.billing.settle(line.billingRef, settlement, call),
  read: ({ line, ports, call }) => ports.billing.read(line.billingRef, call),
  // The fee of the last days is known to billing by this alone: a line without credit or arrears has none before, and none after.
  leavesNoTrace: ({ collectMinor, offsetMinor, refundMinor, forfeitMinor, payoutMinor = 0, transfer }) => collectMinor > 0 && offsetMinor + refundMinor + forfeitMinor + payoutMinor + (transfer?.minor ?? 0) === 0,
  isDone: (fact) => fact.owedMinor === 0 && fact.creditMinor === 0,
  undo: 'none',
  retry: networkRetry,
});
