/**
 * A server of our own that answers as Stripe's API does, as far as refunds need it: form bodies, Idempotency-Key, list envelopes and
 * errors in the shapes of https://docs.stripe.com/api/refunds, /api/errors and /api/idempotent_requests. It is not Stripe: what it
 * does not know it answers with 404.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';

export type StripeRefund = { readonly id: string; readonly payment: string; readonly amount: number; readonly currency: string; readonly metadata: Record<string, string>; status: string };
type Payment = { readonly currency: string; readonly amount: number };
/** `drop`: it is done and the connection cut. `hang`: nothing is done and nothing said. A number: this status, nothing done. */
export type StripeFault = 'drop' | 'hang' | 'in-flight' | 429 | 500 | 'not-json';

export type StripeServer = { readonly url: string; readonly refunds: StripeRefund[]; readonly asked: { readonly method: string; readonly path: string; readonly key?: string; readonly version?: string }[]; fault?: StripeFault; status: string; pageSize: number; close(): Promise<void> };

const secret = 'sk_test_abcdefghijklmnop';
export const stripeSecret = secret;

const refundBody = ({ id, payment, amount, currency, metadata, status }: StripeRefund): object => ({
  id, object: 'refund', amount, balance_transaction: 'txn_1NispS2eZvKYlo2CVwjLmGzE', created: 1795485600, currency,
  charge: payment.startsWith('pi_') ? 'ch_1NirD82eZvKYlo2CIvbtLWuY' : payment, payment_intent: payment.startsWith('pi_') ? payment : null,
  destination_details: { card: { reference: '123456789012', reference_status: 'available', reference_type: 'acquirer_reference_number', type: 'refund' }, type: 'card' },
  metadata, reason: null, receipt_number: null, source_transfer_reversal: null, status, transfer_reversal: null,
});
const errorBody = (type: string, message: string, code?: string, param?: string): object => ({
  error: { type, message, ...(code === undefined ? {} : { code, doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}` }), ...(param === undefined ? {} : { param }) },
});

export const startStripe = async (payments: Readonly<Record<string, Payment>>): Promise<StripeServer> => {
  const byKey = new Map<string, { readonly body: string; readonly refund: StripeRefund }>();
  const told = { refunds: [] as StripeRefund[], asked: [] as StripeServer['asked'], status: 'succeeded', pageSize: 100 } as Omit<StripeServer, 'url' | 'close'>;

  const create = (body: string, key: string): [number, object] => {
    const before = byKey.get(key);
    if (before !== undefined) {
      return before.body === body ? [200, refundBody(before.refund)]
        : [400, errorBody('idempotency_error', `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`)];
    }
    const form = new URLSearchParams(body);
    const ref = form.get('payment_intent') ?? form.get('charge') ?? '';
    const payment = payments[ref];
    const amount = Number(form.get('amount'));
    if (payment === undefined) return [404, errorBody('invalid_request_error', `No such payment_intent: '${ref}'`, 'resource_missing', 'payment_intent')];
    const left = payment.amount - told.refunds.filter((one) => one.payment === ref && one.status !== 'failed').reduce((sum, one) => sum + one.amount, 0);
    if (left === 0) return [400, errorBody('invalid_request_error', 'Charge ch_1NirD82eZvKYlo2CIvbtLWuY has already been refunded.', 'charge_already_refunded')];
    if (amount > left) return [400, errorBody('invalid_request_error', `Refund amount ($${amount / 100}) is greater than unrefunded amount on charge ($${left / 100})`, undefined, 'amount')];
    const metadata = Object.fromEntries([...form].flatMap(([name, value]) => { const found = /^metadata\[(.+)\]$/.exec(name)?.[1]; return found === undefined ? [] : [[found, value]]; }));
    const refund: StripeRefund = { id: `re_${told.refunds.length + 1}Nispe2eZvKYlo2C`, payment: ref, amount, currency: payment.currency, metadata, status: told.status };
    told.refunds.push(refund);
    byKey.set(key, { body, refund });
    return [200, refundBody(refund)];
  };

  const list = (query: URLSearchParams): [number, object] => {
    const ref = query.get('payment_intent') ?? query.get('charge') ?? '';
    const all = told.refunds.filter((one) => one.payment === ref).toReversed();
    const from = query.has('starting_after') ? all.findIndex((one) => one.id === query.get('starting_after')) + 1 : 0;
    const size = Math.min(Number(query.get('limit') ?? 10), told.pageSize);
    return [200, { object: 'list', url: '/v1/refunds', has_more: from + size < all.length, data: all.slice(from, from + size).map(refundBody) }];
  };

  const answer = async (asked: IncomingMessage, reply: ServerResponse): Promise<void> => {
    let body = '';
    for await (const chunk of asked) body += String(chunk);
    const url = new URL(asked.url ?? '/', 'http://stripe');
    const key = asked.headers['idempotency-key'];
    const version = asked.headers['stripe-version'];
    told.asked.push({ method: asked.method ?? '', path: url.pathname, ...(typeof key === 'string' ? { key } : {}), ...(typeof version === 'string' ? { version } : {}) });
    const send = ([status, said]: [number, object]): void => void reply.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_Xq5jZ0' }).end(JSON.stringify(said));
    if (asked.headers.authorization !== `Bearer ${secret}`) return send([401, errorBody('invalid_request_error', 'Invalid API Key provided: sk_test_****')]);
    const retrieved = /^\/v1\/(payment_intents|charges)\/(\w+)$/.exec(url.pathname);
    if (retrieved !== null && asked.method === 'GET') {
      const found = payments[retrieved[2] ?? ''];
      return send(found === undefined ? [404, errorBody('invalid_request_error', 'No such payment', 'resource_missing', 'intent')]
        : [200, { id: retrieved[2], object: retrieved[1] === 'charges' ? 'charge' : 'payment_intent', ...found }]);
    }
    if (url.pathname !== '/v1/refunds') return send([404, errorBody('invalid_request_error', 'Unrecognized request URL')]);
    const { fault } = told;
    delete told.fault;
    switch (fault) {
      case 'hang': return;
      case 429: return send([429, errorBody('rate_limit_error', 'Too many requests', 'rate_limit')]);
      case 500: return send([500, errorBody('api_error', 'An unknown error occurred')]);
      case 'in-flight': return send([409, errorBody('idempotency_error', 'There is currently another in-progress request using this Idempotent Key', 'idempotency_key_in_use')]);
      case 'not-json': return void reply.writeHead(200, { 'content-type': 'text/html' }).end('<html>');
      default:
    }
    const said = asked.method === 'POST' ? create(body, typeof key === 'string' ? key : '') : list(url.searchParams);
    if (fault === 'drop') return void asked.socket.destroy();
    send(said);
  };

  const server = createServer((asked, reply) => void answer(asked, reply));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return Object.assign(told, {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close').catch(() => undefined);
    },
  });
};
