/** What the operator sells along with a line, over HTTP. */
import { no, ok } from '../../cancellation/result.ts';
import type { Checkable, LinkedServiceFact, LinkedServices } from '../../plan/ports.ts';
import { unanswered, unread } from '../exchange.ts';
import { checkHttp, saysSo } from '../http-check.ts';
import { httpClient, pathOf } from '../http-client.ts';
import { notInAPath, outcomeOfReply } from '../http-outcome.ts';
import { decodeService, decodeServices, maxBody, type Service } from './codec.ts';

export type ServicesHttpOptions = {
  /** Root, `https://host/prefix` or, inside one machine, `http://127.0.0.1:port`. */
  readonly url: string;
  readonly token: string;
  readonly timeoutMs: number;
};

const factOf = (one: Service): LinkedServiceFact => (one.status === 'ended' ? { service: one.service, status: 'ended', endedAt: one.endedAt } : { service: one.service, status: 'active' });

export const servicesHttp = (options: ServicesHttpOptions): LinkedServices & Checkable & { close(): Promise<void> } => {
  const client = httpClient({ url: options.url, timeoutMs: options.timeoutMs, maxReplyBytes: maxBody });
  const headers = { authorization: `Bearer ${options.token}`, accept: 'application/json' };

  return {
    end: async (ref, service, call) => {
      const path = pathOf('v1', 'lines', ref, 'services', service, 'end');
      if (path === null) return notInAPath;
      const exchange = await client.ask({
        path, method: 'POST', body: '{}', signal: call.signal,
        headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': call.key },
      });
      if (exchange.kind !== 'replied') return unanswered(exchange);
      const outcome = outcomeOfReply(exchange.reply, (body) => {
        const told = decodeService(body);
        if (!told.ok) return no({ says: told.why.says });
        return told.value.ref === ref && told.value.service === service ? ok(factOf(told.value)) : no({ says: 'the answer is about another service' });
      });
      return outcome.kind === 'done' && outcome.fact.status !== 'ended' ? { kind: 'unknown', says: 'told to end, the service still says active' } : outcome;
    },
    read: async (ref, call) => {
      const path = pathOf('v1', 'lines', ref, 'services');
      if (path === null) return notInAPath;
      const exchange = await client.ask({ path, method: 'GET', headers, signal: call.signal });
      if (exchange.kind !== 'replied') return unread(exchange);
      return outcomeOfReply(exchange.reply, (body) => {
        const told = decodeServices(body);
        if (!told.ok) return no({ says: told.why.says });
        return told.value.ref === ref ? ok(told.value.services.map(factOf)) : no({ says: 'the answer is about another line' });
      });
    },
    check: (signal) => checkHttp(client, { path: '/v1/lines/signoff-check/services', method: 'GET', headers, signal }, saysSo('no-such-line')),
    close: client.close,
  };
};
