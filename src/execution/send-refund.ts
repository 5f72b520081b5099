/**
 * Carries out a refund that a person ordered in place of one that failed: intent first, then the call, then what came of it. What may
 * have been sent is read by its key before it is sent again; and the one that failed is looked at once more before anything leaves.
 */
import type { Outcome, RefundFact } from '../plan/ports.ts';
import type { Tx } from '../store/db.ts';
import type { Taken } from '../store/jobs.ts';
import { book, move } from '../store/ledger.ts';
import { lockRefund, setRefund, type RefundRecord } from '../store/refunds.ts';
import type { Execution } from './execution.ts';
import { tellWhatBecame } from './tell-refund.ts';

type Mode = 'act' | 'read';
const answerWithin = 20_000;
const soon = 5_000;
const longest = 3_600_000;

export const sendRefund = async (execution: Execution, job: Taken<'refunds'>): Promise<void> => {
  const begun = await execution.db.acrossBrands(async (tx) => {
    const refund = await lockRefund(tx, job.data.refundId);
    if (refund === undefined || (refund.state !== 'requested' && refund.state !== 'unknown')) return undefined;
    const mode: Mode = refund.state === 'requested' ? 'act' : 'read';
    if (mode === 'act') await setRefund(tx, refund.key, 'unknown', execution.clock.now()); // from here on it may have been sent
    return { refund, mode, before: refund.mends === null ? undefined : await lockRefund(tx, refund.mends) };
  });
  const outcome = begun && (begun.mode === 'act' && (await wasPaidAfterAll(execution, begun.before)) ? 'paid-before' : await call(execution, begun.refund, begun.mode));
  await execution.db.acrossBrands(async (tx) => {
    if (begun !== undefined && outcome !== undefined) await record(execution, tx, begun.refund, begun.mode, outcome);
    await execution.jobs.complete(tx, 'refunds', [job.id]);
  });
};

const call = ({ ports: { payouts } }: Execution, refund: RefundRecord, mode: Mode): Promise<Outcome<RefundFact>> => {
  const asked = { key: refund.key, signal: AbortSignal.timeout(answerWithin) };
  return mode === 'read' ? payouts.read(refund.payment_ref, asked) : payouts.refund({ payment: refund.payment_ref, amountMinor: refund.amount_minor, currency: refund.currency }, asked);
};

/** The provider's own word on the one that failed, now. Where it can't be asked, what is on record stands. */
const wasPaidAfterAll = async ({ ports: { payouts } }: Execution, before: RefundRecord | undefined): Promise<boolean> => {
  if (before === undefined) return false;
  const said = await payouts.read(before.payment_ref, { key: before.key, signal: AbortSignal.timeout(answerWithin) });
  return said.kind === 'done' && said.fact !== 'absent' && said.fact.status !== 'failed';
};

const record = async (execution: Execution, tx: Tx, refund: RefundRecord, mode: Mode, outcome: Outcome<RefundFact> | 'paid-before'): Promise<void> => {
  const now = execution.clock.now();
  const alarm = (why: string): void => execution.alarm({ caseId: refund.cancellation_id, step: 'refund-credit', why });
  const again = (milliseconds: number): Promise<void> => execution.jobs.enqueue(tx, 'refunds', [{ data: { refundId: refund.id }, brand: refund.brand, at: new Date(now.getTime() + milliseconds) }]);
  const pause = Math.min(longest, Math.max(soon, (now.getTime() - refund.requested_at.getTime()) / 2));
  if (outcome === 'paid-before') {
    await setRefund(tx, refund.key, 'failed', now);
    return alarm('the refund that failed was paid after all: nothing was sent again');
  }
  if (outcome.kind === 'done' && outcome.fact !== 'absent') {
    const { status, ref } = outcome.fact;
    await tellWhatBecame(execution, tx, await setRefund(tx, refund.key, status, now, ref));
    if (status === 'failed') return alarm('the refund failed again');
    await book(tx, [{
      brand: refund.brand, at: now, cause: 'refund-sent', key: `refund-sent:${refund.key}`, currency: refund.currency, cancellationId: refund.cancellation_id,
      postings: move(refund.amount_minor, 'refunds-due', 'cash', refund.line_id),
    }]);
    return undefined;
  }
  // It was looked up and is not there, or the provider was never reached: it can be sent, under the same key.
  if (outcome.kind === 'done' || (outcome.kind === 'unreachable' && mode === 'act')) {
    await setRefund(tx, refund.key, 'requested', now);
    return again(outcome.kind === 'done' ? 0 : pause);
  }
  if (outcome.kind === 'refused' && mode === 'act') {
    await tellWhatBecame(execution, tx, await setRefund(tx, refund.key, 'failed', now));
    return alarm(outcome.code);
  }
  if (outcome.kind === 'refused') alarm(outcome.code); // not even to be read: people have to ask
  return again(outcome.kind === 'refused' ? longest : pause);
};
