/** Whoever pays back for the operator, over HTTP. */
import { no, ok } from '../../cancellation/result.ts';
import type { Checkable, Outcome, Payouts, RefundFact, RefundOrder } from '../../plan/ports.ts';
import { unanswered, unread } from '../exchange.ts';
import { checkHttp, saysSo } from '../http-check.ts';
import { httpClient, pathOf } from '../http-client.ts';
import type { HttpReply } from '../http-exchange.ts';
import { notInAPath, outcomeOfReply } from '../http-outcome.ts';
import { decodeRefund, maxBody, refundOrder } from './codec.ts';

export type PayoutsHttpOptions = {
  /** Root, `https://host/prefix` or, inside one machine, `http://127.0.0.1:port`. */
  readonly url: string;
  readonly token: string;
  readonly timeoutMs: number;
};

/** `asked`: what the refund must be of, or it is the answer to something else. */
const outcomeOf = (reply: HttpReply, asked: { readonly payment: string } & Partial<RefundOrder>): Outcome<Exclude<RefundFact, 'absent'>> => outcomeOfReply(reply, (body) => {
  const refund = decodeRefund(body);
  if (!refund.ok) return no({ says: refund.why.says });
  const { status, ref, payment, amountMinor, currency } = refund.value;
  if (payment !== asked.payment || amountMinor !== (asked.amountMinor ?? amountMinor) || currency !== (asked.currency ?? currency)) return no({ says: 'the answer is about another refund' });
  return ok({ status, ref, amountMinor, currency });
});

export const payoutsHttp = (options: PayoutsHttpOptions): Payouts & Checkable & { close(): Promise<void> } => {
  const client = httpClient({ url: options.url, timeoutMs: options.timeoutMs, maxReplyBytes: maxBody });
  const headers = { authorization: `Bearer ${options.token}`, accept: 'application/json' };

  return {
    refund: async (order: RefundOrder, call) => {
      const body = refundOrder.safeParse(order);
      if (!body.success) return { kind: 'refused', code: 'invalid', says: `Not a refund: ${body.error.issues[0]?.path.join('.') ?? ''}.` };
      const path = pathOf('v1', 'refunds', call.key);
      if (path === null) return notInAPath;
      const exchange = await client.ask({ path, method: 'PUT', body: JSON.stringify(body.data), headers: { ...headers, 'content-type': 'application/json' }, signal: call.signal });
      if (exchange.kind !== 'replied') return unanswered(exchange);
      const outcome = outcomeOf(exchange.reply, body.data);
      return outcome.kind === 'done' && outcome.fact.status === 'failed' ? { kind: 'refused', code: 'refund-failed', says: 'The provider could not pay it back.' } : outcome;
    },
    read: async (payment, call) => {
      const path = pathOf('v1', 'refunds', call.key);
      if (path === null) return notInAPath;
      const exchange = await client.ask({ path, method: 'GET', headers, signal: call.signal });
      if (exchange.kind !== 'replied') return unread(exchange);
      const outcome = outcomeOf(exchange.reply, { payment });
      return outcome.kind === 'refused' && outcome.code === 'no-such-refund' ? { kind: 'done', fact: 'absent' } : outcome;
    },
    check: (signal) => checkHttp(client, { path: '/v1/refunds/signoff-check', method: 'GET', headers, signal }, saysSo('no-such-refund')),
    close: client.close,
  };
};
