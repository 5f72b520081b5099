import { loadCancellations } from '../store/cancellations.ts';
import type { Tx } from '../store/db.ts';
import { firstToTell, type RefundRecord } from '../store/refunds.ts';
import type { Execution } from './execution.ts';

/** Tells the subscriber that a refund arrived or failed, once, in the transaction that records it. Any other state is no news. */
export const tellWhatBecame = async (execution: Execution, tx: Tx, refund: RefundRecord | undefined): Promise<void> => {
  const as = refund?.state === 'done' ? 'arrived' : refund?.state === 'failed' ? 'failed' : undefined;
  if (refund === undefined || as === undefined || !(await firstToTell(tx, refund.key, as))) return;
  const [one] = await loadCancellations(tx, [refund.cancellation_id]);
  if (one?.applicationNumber === undefined) throw new Error('a refund of a case that was never received');
  await execution.tellRefund(tx, {
    template: as === 'arrived' ? 'refund-arrived' : 'refund-failed', brand: one.brand, subscriberId: one.subscriberId, caseId: one.id, application: one.applicationNumber,
    amount: { minor: refund.amount_minor, currency: refund.currency }, ...(one.endedAt === undefined ? {} : { since: one.endedAt }),
  });
};
