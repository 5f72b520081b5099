import type { Tx } from '../store/db.ts';
import { book, move } from '../store/ledger.ts';
import { refundsIn, setRefund, takeOverdue, type RefundRecord } from '../store/refunds.ts';
import { tellWhatBecame } from './tell-refund.ts';
import type { Execution } from './execution.ts';

const isBack = async (execution: Execution, tx: Tx, refund: RefundRecord, now: Date): Promise<void> => {
  await tellWhatBecame(execution, tx, await setRefund(tx, refund.key, 'failed', now));
  await book(tx, [{
    brand: refund.brand, at: now, cause: 'refund-returned', key: `refund-returned:${refund.key}`, currency: refund.currency, cancellationId: refund.cancellation_id,
    postings: move(refund.amount_minor, 'cash', 'refunds-due', refund.line_id),
  }]);
  execution.alarm({ caseId: refund.cancellation_id, step: 'refund-credit', why: 'the refund came back' });
};

/**
 * Asks the provider what became of refunds that were on their way. One that came back is owed again, and people are called: it has
 * to go another way. They are called too, once, where one is not on its way by the day that the policy promises. Run from time to time; a provider that can't be asked is asked again the next time.
 */
export const followRefunds = async (execution: Execution): Promise<void> => {
  const open = await execution.db.acrossBrands((tx) => refundsIn(tx, ['sent']));
  for (const refund of open) {
    const outcome = await execution.ports.payouts.read(refund.payment_ref, { key: refund.key, signal: AbortSignal.timeout(20_000) });
    if (outcome.kind !== 'done' || outcome.fact === 'absent' || outcome.fact.status === 'sent') continue;
    const { status, ref } = outcome.fact;
    const now = execution.clock.now();
    await execution.db.acrossBrands(async (tx) => {
      if (status === 'failed') await isBack(execution, tx, refund, now);
      else await tellWhatBecame(execution, tx, await setRefund(tx, refund.key, 'done', now, ref));
    });
  }
  const overdue = await execution.db.acrossBrands((tx) => takeOverdue(tx, execution.clock.now()));
  for (const { cancellation_id: caseId } of overdue) execution.alarm({ caseId, step: 'refund-credit', why: 'the refund is overdue' });
};
