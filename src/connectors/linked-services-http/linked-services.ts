/** What the operator sells along with a line, over HTTP. */
import { Agent as PlainAgent } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import type { Result } from '../../cancellation/result.ts';
import type { LinkedServices, Outcome } from '../../plan/ports.ts';
import { unanswered, unread } from '../exchange.ts';
import { exchangeHttp, outcomeOfStatus, type HttpReply } from '../http-exchange.ts';
import { decodeProblem, decodeService, decodeServices, maxBody, type CannotDecode } from './codec.ts';

export type ServicesHttpOptions = {
  /** Root, `https://host` or, inside one machine, `http://127.0.0.1:port`. */
  readonly url: string;
  readonly token: string;
  readonly timeoutMs: number;
};

const outcomeOf = <Fact>(reply: HttpReply, decode: (body: string) => Result<Fact, CannotDecode>): Outcome<Fact> => {
  if (reply.status === 200) {
    const decoded = decode(reply.body);
    return decoded.ok ? { kind: 'done', fact: decoded.value } : { kind: 'unknown', says: `not understood: ${decoded.why.says}` };
  }
  const outcome = outcomeOfStatus(reply.status);
  const problem = decodeProblem(reply.body);
  if (!problem.ok || outcome.kind !== 'refused') return outcome;
  // The first one with this key is still at work: what it does is not known yet.
  if (problem.value.code === 'in-flight') return { kind: 'unknown', says: problem.value.title };
  return { kind: 'refused', code: problem.value.code, says: problem.value.title };
};

export const servicesHttp = (options: ServicesHttpOptions): LinkedServices & { close(): Promise<void> } => {
  const tls = new URL(options.url).protocol === 'https:';
  const agent = tls ? new TlsAgent({ keepAlive: true, maxSockets: 16, minVersion: 'TLSv1.2' }) : new PlainAgent({ keepAlive: true, maxSockets: 16 });
  const urlOf = (ref: string, rest: string): URL => new URL(`/v1/lines/${encodeURIComponent(ref)}/services${rest}`, options.url);
  const common = { agent, timeoutMs: options.timeoutMs, maxReplyBytes: maxBody };
  const headers = { authorization: `Bearer ${options.token}`, accept: 'application/json' };

  return {
    end: async (ref, service, call) => {
      const exchange = await exchangeHttp({
        ...common, url: urlOf(ref, `/${encodeURIComponent(service)}/end`), method: 'POST', body: '{}', signal: call.signal,
        headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': call.key },
      });
      if (exchange.kind !== 'replied') return unanswered(exchange);
      const outcome = outcomeOf(exchange.reply, decodeService);
      // An answer about another service says nothing of this one.
      return outcome.kind === 'done' && outcome.fact.service !== service ? { kind: 'unknown', says: 'the answer is about another service' } : outcome;
    },
    read: async (ref, call) => {
      const exchange = await exchangeHttp({ ...common, url: urlOf(ref, ''), method: 'GET', headers, signal: call.signal });
      if (exchange.kind !== 'replied') return unread(exchange);
      const outcome = outcomeOf(exchange.reply, decodeServices);
      return outcome.kind === 'done' ? { kind: 'done', fact: outcome.fact.services } : outcome;
    },
    close: async () => agent.destroy(),
  };
};
