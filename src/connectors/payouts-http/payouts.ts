/** Whoever pays back for the operator, over HTTP. */
import { Agent as PlainAgent } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import type { Call, Outcome, Payouts, RefundFact, RefundOrder } from '../../plan/ports.ts';
import { unanswered, unread } from '../exchange.ts';
import { exchangeHttp, outcomeOfStatus, type HttpReply } from '../http-exchange.ts';
import { decodeProblem, decodeRefund, maxBody, refundOrder } from './codec.ts';

export type PayoutsHttpOptions = {
  /** Root, `https://host` or, inside one machine, `http://127.0.0.1:port`. */
  readonly url: string;
  readonly token: string;
  readonly timeoutMs: number;
};

const refused = (reply: HttpReply): Outcome<RefundFact> => {
  const outcome = outcomeOfStatus(reply.status);
  const problem = decodeProblem(reply.body);
  if (!problem.ok || outcome.kind !== 'refused') return outcome;
  // The first one with this key is still at work: what it does is not known yet.
  if (problem.value.code === 'in-flight') return { kind: 'unknown', says: problem.value.title };
  return { kind: 'refused', code: problem.value.code, says: problem.value.title };
};

const factOf = (body: string): Outcome<Exclude<RefundFact, 'absent'>> => {
  const refund = decodeRefund(body);
  if (!refund.ok) return { kind: 'unknown', says: `not a refund: ${refund.why.says}` };
  const { status, ref, amountMinor, currency } = refund.value;
  return { kind: 'done', fact: { status, ref, amountMinor, currency } };
};

export const payoutsHttp = (options: PayoutsHttpOptions): Payouts & { close(): Promise<void> } => {
  const tls = new URL(options.url).protocol === 'https:';
  const agent = tls ? new TlsAgent({ keepAlive: true, maxSockets: 16, minVersion: 'TLSv1.2' }) : new PlainAgent({ keepAlive: true, maxSockets: 16 });
  const headers = { authorization: `Bearer ${options.token}`, accept: 'application/json' };
  const ask = (call: Call) => ({
    url: new URL(`/v1/refunds/${encodeURIComponent(call.key)}`, options.url), agent, timeoutMs: options.timeoutMs, maxReplyBytes: maxBody, signal: call.signal,
  });

  return {
    refund: async (order: RefundOrder, call) => {
      const body = refundOrder.safeParse(order);
      if (!body.success) return { kind: 'refused', code: 'invalid', says: `Not a refund: ${body.error.issues[0]?.path.join('.') ?? ''}.` };
      const exchange = await exchangeHttp({ ...ask(call), method: 'PUT', body: JSON.stringify(body.data), headers: { ...headers, 'content-type': 'application/json' } });
      if (exchange.kind !== 'replied') return unanswered(exchange);
      if (exchange.reply.status !== 200) return refused(exchange.reply);
      const outcome = factOf(exchange.reply.body);
      return outcome.kind === 'done' && outcome.fact.status === 'failed' ? { kind: 'refused', code: 'refund-failed', says: 'The provider could not pay it back.' } : outcome;
    },
    read: async (_payment, call) => {
      const exchange = await exchangeHttp({ ...ask(call), method: 'GET', headers });
      if (exchange.kind !== 'replied') return unread(exchange);
      if (exchange.reply.status === 200) return factOf(exchange.reply.body);
      const outcome = refused(exchange.reply);
      return outcome.kind === 'refused' && outcome.code === 'no-such-refund' ? { kind: 'done', fact: 'absent' } : outcome;
    },
    close: async () => agent.destroy(),
  };
};
