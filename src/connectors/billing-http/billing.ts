/** The operator's billing over HTTP. */
import { Agent as PlainAgent } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import type { Billing, BillingFact, Call, Outcome } from '../../plan/ports.ts';
import { unanswered, unread } from '../exchange.ts';
import { exchangeHttp, outcomeOfStatus, type HttpReply } from '../http-exchange.ts';
import { decodeBilledLine, decodeProblem, maxBody, settlement as settlementBody } from './codec.ts';

export type BillingHttpOptions = {
  /** Root, `https://host` or, inside one machine, `http://127.0.0.1:port`. */
  readonly url: string;
  readonly token: string;
  readonly timeoutMs: number;
};

const outcomeOf = (reply: HttpReply): Outcome<BillingFact> => {
  if (reply.status === 200) {
    const line = decodeBilledLine(reply.body);
    if (!line.ok) return { kind: 'unknown', says: `not a billed line: ${line.why.says}` };
    const { stoppedAt, ...fact } = line.value;
    return { kind: 'done', fact: stoppedAt === undefined ? fact : { ...fact, stoppedAt } };
  }
  const outcome = outcomeOfStatus(reply.status);
  const problem = decodeProblem(reply.body);
  if (!problem.ok || outcome.kind !== 'refused') return outcome;
  // The first one with this key is still at work: what it does is not known yet.
  if (problem.value.code === 'in-flight') return { kind: 'unknown', says: problem.value.title };
  return { kind: 'refused', code: problem.value.code, says: problem.value.title };
};

export const billingHttp = (options: BillingHttpOptions): Billing & { close(): Promise<void> } => {
  const tls = new URL(options.url).protocol === 'https:';
  const agent = tls ? new TlsAgent({ keepAlive: true, maxSockets: 16, minVersion: 'TLSv1.2' }) : new PlainAgent({ keepAlive: true, maxSockets: 16 });
  const urlOf = (ref: string, act: string): URL => new URL(`/v1/lines/${encodeURIComponent(ref)}${act}`, options.url);
  const common = { agent, timeoutMs: options.timeoutMs, maxReplyBytes: maxBody };
  const headers = { authorization: `Bearer ${options.token}`, accept: 'application/json' };

  const act = async (url: URL, body: unknown, call: Call): Promise<Outcome<BillingFact>> => {
    const exchange = await exchangeHttp({
      ...common, url, method: 'POST', body: JSON.stringify(body), signal: call.signal,
      headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': call.key },
    });
    return exchange.kind === 'replied' ? outcomeOf(exchange.reply) : unanswered(exchange);
  };

  return {
    settle: async (ref, settlement, call) => {
      const body = settlementBody.safeParse(settlement);
      return body.success ? act(urlOf(ref, '/settle'), body.data, call) : { kind: 'refused', code: 'invalid-settlement', says: `Not a settlement: ${body.error.issues[0]?.path.join('.') ?? ''}.` };
    },
    stop: (ref, call) => act(urlOf(ref, '/stop'), {}, call),
    read: async (ref, call) => {
      const exchange = await exchangeHttp({ ...common, url: urlOf(ref, ''), method: 'GET', headers, signal: call.signal });
      return exchange.kind === 'replied' ? outcomeOf(exchange.reply) : unread(exchange);
    },
    close: async () => agent.destroy(),
  };
};
