/** The operator's billing over HTTP. */
import { no, ok } from '../../cancellation/result.ts';
import type { Billing, BillingFact, Call, Checkable, Outcome } from '../../plan/ports.ts';
import { unanswered, unread } from '../exchange.ts';
import { checkHttp, saysSo } from '../http-check.ts';
import { httpClient, pathOf } from '../http-client.ts';
import type { HttpReply } from '../http-exchange.ts';
import { notInAPath, outcomeOfReply } from '../http-outcome.ts';
import { decodeBilledLine, maxBody, settlement as settlementBody, type Freezing } from './codec.ts';

export type BillingHttpOptions = {
  /** Root, `https://host/prefix` or, inside one machine, `http://127.0.0.1:port`. */
  readonly url: string;
  readonly token: string;
  readonly timeoutMs: number;
};

export const billingHttp = (options: BillingHttpOptions): Billing & Checkable & { close(): Promise<void> } => {
  const client = httpClient({ url: options.url, timeoutMs: options.timeoutMs, maxReplyBytes: maxBody });
  const headers = { authorization: `Bearer ${options.token}`, accept: 'application/json' };

  const outcomeOf = (ref: string, reply: HttpReply): Outcome<BillingFact> => outcomeOfReply(reply, (body) => {
    const line = decodeBilledLine(body);
    if (!line.ok) return no({ says: line.why.says });
    if (line.value.ref !== ref) return no({ says: 'the answer is about another line' });
    const { ref: _ref, stoppedAt, ...fact } = line.value;
    return ok(stoppedAt === undefined ? fact : { ...fact, stoppedAt });
  });

  const act = async (ref: string, named: 'settle' | 'stop' | 'freeze', body: unknown, call: Call): Promise<Outcome<BillingFact>> => {
    const path = pathOf('v1', 'lines', ref, named);
    if (path === null) return notInAPath;
    const exchange = await client.ask({
      path, method: named === 'freeze' ? 'PUT' : 'POST', body: JSON.stringify(body), signal: call.signal,
      headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': call.key },
    });
    return exchange.kind === 'replied' ? outcomeOf(ref, exchange.reply) : unanswered(exchange);
  };

  const setFrozen = async (ref: string, wanted: Freezing, call: Call): Promise<Outcome<BillingFact>> => {
    const outcome = await act(ref, 'freeze', wanted, call);
    if (outcome.kind !== 'done') return outcome;
    const { chargesFrozen = false, purchasesFrozen = false } = outcome.fact;
    return chargesFrozen === wanted.charges && purchasesFrozen === wanted.purchases ? outcome : { kind: 'unknown', says: 'told what to freeze, billing still says otherwise' };
  };

  return {
    settle: async (ref, settlement, call) => {
      const body = settlementBody.safeParse(settlement);
      return body.success ? act(ref, 'settle', body.data, call) : { kind: 'refused', code: 'invalid-settlement', says: `Not a settlement: ${body.error.issues[0]?.path.join('.') ?? ''}.` };
    },
    stop: async (ref, call) => {
      const outcome = await act(ref, 'stop', {}, call);
      return outcome.kind === 'done' && outcome.fact.status !== 'stopped' ? { kind: 'unknown', says: 'told to stop, billing still says active' } : outcome;
    },
    freeze: (ref, what, call) => setFrozen(ref, { charges: what.includes('charges'), purchases: what.includes('purchases') }, call),
    unfreeze: (ref, call) => setFrozen(ref, { charges: false, purchases: false }, call),
    read: async (ref, call) => {
      const path = pathOf('v1', 'lines', ref);
      if (path === null) return notInAPath;
      const exchange = await client.ask({ path, method: 'GET', headers, signal: call.signal });
      return exchange.kind === 'replied' ? outcomeOf(ref, exchange.reply) : unread(exchange);
    },
    check: (signal) => checkHttp(client, { path: '/v1/lines/signoff-check', method: 'GET', headers, signal }, saysSo('no-such-line')),
    close: client.close,
  };
};
