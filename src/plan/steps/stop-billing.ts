import type { BillingFact } from '../ports.ts';
import { carrierStep, networkRetry } from '../step.ts';

/** "Closed, and still billed" is what subscribers complain of most. */
export const stopBilling = carrierStep<BillingFact>({
  name: 'stop-billing',
  after: ['settle-balance'],
  phase: 'final',
  wanted: () => true,
  act: ({ line, ports, call }) => ports.billing.stop(line.billingRef, call),
  read: ({ line, ports, call }) => ports.billing.read(line.billingRef, call),
  isDone: (fact) => fact.status === 'stopped',
  undo: 'none',
  retry: networkRetry,
});
