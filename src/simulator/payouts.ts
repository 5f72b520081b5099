/** Who pays back, as docs/payouts.openapi.yaml describes it. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { decodeOrder, maxBody, type RefundRecord } from '../connectors/payouts-http/codec.ts';
import type { Carrier } from './carrier.ts';
import { underFault, type Faults } from './faults.ts';
import { bodyOf, sendRaw } from './http-body.ts';
import { listen, type Listener } from './listener.ts';
import type { Effect } from './systems.ts';

const system = 'payouts';
type Reply = { readonly status: number; readonly body: object };

const problem = (status: number, code: string, title: string): Reply => ({ status, body: { type: 'about:blank', title, status, code } });
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** As the payment says that its refunds go, so that one on its way can arrive or come back later. */
const asIs = (carrier: Carrier, effect: Effect): Reply => {
  const body: RefundRecord = {
    ref: `re-${digest(effect.key).slice(0, 16)}`, status: carrier.payments.get(effect.subject)?.refunds ?? 'done', payment: effect.subject,
    amountMinor: Number(effect.detail?.['amountMinor']), currency: String(effect.detail?.['currency']),
  };
  return { status: 200, body };
};

const refund = async (carrier: Carrier, key: string, body: string): Promise<Reply> => {
  const order = decodeOrder(body);
  if (!order.ok) return problem(400, 'invalid', order.why.says);
  const { payment: ref, amountMinor, currency } = order.value;
  const before = carrier.earlier(system, key);
  if (before) {
    await carrier.ledger.settled();
    const same = before.subject === ref && before.detail?.['amountMinor'] === amountMinor && before.detail?.['currency'] === currency;
    return same ? asIs(carrier, before) : problem(422, 'key-reused', 'This key stood for another refund.');
  }
  const payment = carrier.payments.get(ref);
  if (payment === undefined || payment.currency !== currency) return problem(404, 'no-such-payment', 'There is no such payment in this currency.');
  if (amountMinor > payment.paidMinor - payment.refundedMinor) return problem(409, 'exceeds-payment', 'The payment does not hold so much any more.');
  await carrier.happen({ system, effect: 'refunded', subject: ref, key, detail: { amountMinor, currency } });
  const now = carrier.earlier(system, key);
  return now === undefined ? problem(500, 'invalid', 'The refund is gone.') : asIs(carrier, now);
};

const authorized = (asked: IncomingMessage, token: string): boolean =>
  timingSafeEqual(Buffer.from(digest(asked.headers.authorization ?? '')), Buffer.from(digest(`Bearer ${token}`)));

const answer = async (carrier: Carrier, faults: Faults, token: string, asked: IncomingMessage, response: ServerResponse): Promise<void> => {
  const send = ({ status, body }: Reply): void =>
    sendRaw(response, status, { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' }, JSON.stringify(body));
  const [, named] = /^\/v1\/refunds\/([^/?]{1,600})$/.exec(asked.url ?? '') ?? [];
  const operation = asked.method === 'GET' ? 'read' : 'refund';
  const body = await bodyOf(asked, maxBody);
  if (!authorized(asked, token)) return send(problem(401, 'unauthorized', 'A bearer token is wanted.'));
  if (named === undefined || body === null || (asked.method !== 'GET' && asked.method !== 'PUT')) return send(problem(404, 'invalid', 'There is no such operation.'));
  const key = decodeURIComponent(named);
  await underFault<Reply>(faults.take(system, operation), {
    act: async () => {
      if (operation === 'refund') return refund(carrier, key, body);
      const held = carrier.earlier(system, key);
      return held === undefined ? problem(404, 'no-such-refund', 'There is no refund under this key.') : asIs(carrier, held);
    },
    refusal: (code = 'not-allowed') => problem(409, code, 'The provider does not allow it.'),
    send,
    cut: () => asked.socket.destroy(),
  });
};

export const startPayouts = (carrier: Carrier, faults: Faults, token: string, port: number): Promise<Listener> =>
  listen(createServer((asked, reply) => void answer(carrier, faults, token, asked, reply).catch(() => asked.socket.destroy())), port);
