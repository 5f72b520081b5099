import type { RefundFact } from '../ports.ts';
import { carrierStep, networkRetry } from '../step.ts';

/**
 * What is left of the credit goes back to the payment that it came from. Done when the provider has taken it; that it arrived, or
 * came back, is followed afterwards. A refund whose reply was lost is read by its key, never sent anew unread.
 */
export const refundCredit = carrierStep<RefundFact>({
  name: 'refund-credit',
  after: ['settle-balance'],
  phase: 'final',
  wanted: (line, settlement) => line.paymentRef !== undefined && (settlement.payoutMinor ?? 0) > 0,
  act: ({ line, settlement, ports, call }) =>
    ports.payouts.refund({ payment: line.paymentRef ?? '', amountMinor: settlement.payoutMinor ?? 0, currency: settlement.currency }, call),
  read: ({ line, ports, call }) => ports.payouts.read(line.paymentRef ?? '', call),
  isDone: (fact) => fact !== 'absent' && fact.status !== 'failed',
  undo: 'none',
  retry: networkRetry,
});
