/** Refunds that never left or came back: still owed, listed for the desk, and ordered again by an agent, each once. */
import { no, ok, type Result } from '../cancellation/result.ts';
import type { Money } from '../cancellation/money.ts';
import { loadCancellations, loadForMove } from '../store/cancellations.ts';
import { appendJournal } from '../store/journal.ts';
import { isUuid } from '../store/lines.ts';
import { lockRefund, orderAgain, refundsToMend, rekey } from '../store/refunds.ts';
import type { Desk } from './desk.ts';
import { refundDue } from './due.ts';
import { packOf } from './follow.ts';
import { isOwnAccount } from './own-case.ts';
import { resume } from './resume.ts';
import type { Reviewer } from './review-queue.ts';

/** `payment`: how the provider calls what it went to; no name and no number of a card. `stopped`: the cancellation waits for it. */
export type FailedRefund = { readonly id: string; readonly applicationNumber: string; readonly amount: Money; readonly failedAt: Date; readonly dueAt?: Date; readonly payment: string; readonly stopped: boolean };

export const failedRefunds = (desk: Desk, who: Reviewer, most = 100): Promise<FailedRefund[]> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const rows = await refundsToMend(tx, who.brand, most);
    const cases = new Map((await loadCancellations(tx, rows.map((row) => row.cancellation_id))).map((one) => [one.id, one]));
    return rows.flatMap((row) => {
      const one = cases.get(row.cancellation_id);
      return one?.applicationNumber === undefined ? [] : [{
        id: row.id, applicationNumber: one.applicationNumber, amount: { minor: row.amount_minor, currency: row.currency as Money['currency'] }, failedAt: row.changed_at, payment: row.payment_ref,
        stopped: one.state === 'stalled' || one.state === 'executing', ...(row.due_at === null ? {} : { dueAt: row.due_at }),
      }];
    });
  });

/** `not-failed`: it is on its way, or was ordered again already. `not-a-reference`: nothing that a provider calls a payment. */
export type CannotMend = { readonly kind: 'not-found' | 'not-failed' | 'not-a-reference' | 'own-account' };

/** As providers write references: `pi_3Nab`, `pay-B-100178`. */
const reference = /^[A-Za-z0-9][A-Za-z0-9._:-]{2,79}$/;

/** `elsewhere`: the provider's reference of what it shall go to instead; absent: once more to the same. Resolves to the application's number. */
export const mendRefund = async (desk: Desk, who: Reviewer, refundId: string, elsewhere?: string): Promise<Result<string, CannotMend>> => {
  const named = elsewhere?.trim();
  if (named !== undefined && !reference.test(named)) return no({ kind: 'not-a-reference' });
  const mended = await desk.db.inBrand(who.brand, async (tx): Promise<Result<{ number: string; stopped: boolean }, CannotMend>> => {
    const failed = isUuid(refundId) ? await lockRefund(tx, refundId) : undefined;
    if (failed === undefined || failed.brand !== who.brand) return no({ kind: 'not-found' });
    if (failed.state !== 'failed' || failed.mended) return no({ kind: 'not-failed' });
    const [one] = await loadForMove(tx, [failed.cancellation_id]);
    if (one?.applicationNumber === undefined) throw new Error('a refund of a case that was never received');
    if (await isOwnAccount(desk, tx, who, one.subscriberId)) return no({ kind: 'own-account' });
    const now = desk.clock.now();
    const by = { staffId: who.staffId, paymentRef: named ?? failed.payment_ref };
    const stopped = one.state === 'stalled';
    if (one.state === 'executing') return no({ kind: 'not-failed' }); // the executor is at it
    if (stopped) await rekey(tx, failed, by);
    else {
      const id = await orderAgain(tx, failed, { ...by, due: refundDue(desk, packOf(desk, one), now) }, now);
      await desk.jobs.enqueue(tx, 'refunds', [{ data: { refundId: id }, brand: who.brand }]);
    }
    await appendJournal(tx, [{ cancellationId: one.id, brand: one.brand, at: now, event: 'refund-again', actor: 'agent', facts: { by: who.staffId, elsewhere: by.paymentRef !== failed.payment_ref } }]);
    return ok({ number: one.applicationNumber, stopped });
  });
  if (!mended.ok) return mended;
  if (mended.value.stopped) await resume(desk, who, mended.value.number);
  return ok(mended.value.number);
};
