/** The operator's billing, as docs/billing.openapi.yaml describes it. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { decodeFreezing, decodeSettlement, maxBody, type BilledLine as BilledLineBody } from '../connectors/billing-http/codec.ts';
import { z } from 'zod';
import { parseBody } from '../connectors/json-body.ts';
import type { BilledLine, Carrier } from './carrier.ts';
import { underFault, type Faults } from './faults.ts';
import { bodyOf, sendRaw } from './http-body.ts';
import { listen, type Listener } from './listener.ts';

const system = 'billing';
const newAmount = z.strictObject({ amountMinor: z.int().min(1) });
type Reply = { readonly status: number; readonly body: object };

const problem = (status: number, code: string, title: string): Reply => ({ status, body: { type: 'about:blank', title, status, code } });
const titles: Readonly<Record<string, string>> = { 'not-allowed': 'Billing does not allow it.' };
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

const bodyOfLine = (line: BilledLine): BilledLineBody => {
  const { ref, stoppedAt, owedMinor, creditMinor, currency, chargesFrozen = false, purchasesFrozen = false } = line;
  return { ref, status: stoppedAt === undefined ? 'active' : 'stopped', ...(stoppedAt === undefined ? {} : { stoppedAt }), owedMinor, creditMinor, currency, ...(chargesFrozen ? { chargesFrozen } : {}), ...(purchasesFrozen ? { purchasesFrozen } : {}) };
};

const act = async (carrier: Carrier, line: BilledLine, operation: 'settle' | 'stop', key: string, body: string): Promise<Reply> => {
  const request = digest(`${operation} ${line.ref} ${body}`);
  const before = carrier.earlier(system, key);
  if (before) {
    await carrier.ledger.settled();
    return before.detail?.['request'] === request ? { status: 200, body: bodyOfLine(line) } : problem(422, 'key-reused', 'This key stood for another request.');
  }
  if (operation === 'stop') {
    if (line.stoppedAt === undefined) await carrier.happen({ system, effect: 'stopped', subject: line.ref, key, detail: { request } });
    return { status: 200, body: bodyOfLine(line) };
  }
  const settlement = decodeSettlement(body);
  if (!settlement.ok) return problem(400, 'invalid', settlement.why.says);
  const { collectMinor, offsetMinor, refundMinor, forfeitMinor, currency, payoutMinor = 0, transfer } = settlement.value;
  if (currency !== line.currency) return problem(422, 'invalid', 'The line is billed in another currency.');
  const receiver = transfer === undefined ? undefined : carrier.lines.get(transfer.toRef);
  if (transfer !== undefined && (receiver === undefined || receiver.stoppedAt !== undefined || receiver.currency !== currency))
    return problem(422, 'no-such-receiver', 'The other line can not take the credit.');
  if (offsetMinor + refundMinor + forfeitMinor + payoutMinor + (transfer?.minor ?? 0) > line.creditMinor) return problem(409, 'amounts-differ', 'The line does not hold what is to be offset, given back, paid out, transferred and forfeited.');
  await carrier.happen({ system, effect: 'settled', subject: line.ref, key, detail: { request, collectMinor, offsetMinor, refundMinor, forfeitMinor, ...(payoutMinor === 0 ? {} : { payoutMinor }), ...(transfer === undefined ? {} : { transfer }) } });
  return { status: 200, body: bodyOfLine(line) };
};

/** Sets how the line is: no key is needed to repeat it. */
const freeze = async (carrier: Carrier, line: BilledLine, key: string, body: string): Promise<Reply> => {
  const wanted = decodeFreezing(body);
  if (!wanted.ok) return problem(400, 'invalid', wanted.why.says);
  const { charges, purchases } = wanted.value;
  if ((line.chargesFrozen ?? false) !== charges || (line.purchasesFrozen ?? false) !== purchases)
    await carrier.happen({ system, effect: charges || purchases ? 'frozen' : 'unfrozen', subject: line.ref, key, detail: { charges, purchases } });
  else await carrier.ledger.settled();
  return { status: 200, body: bodyOfLine(line) };
};

/** Not Signoff's side: a tariff that charges, a shop that sells. `{ "amountMinor": 500 }` */
const arise = async (carrier: Carrier, line: BilledLine, what: 'charges' | 'purchases', body: string): Promise<Reply> => {
  const asked = parseBody('not-billing', newAmount, body, maxBody);
  if (!asked.ok) return problem(400, 'invalid', asked.why.says);
  if (line.stoppedAt !== undefined || line[`${what}Frozen`] === true) return problem(409, 'line-frozen', 'Nothing new arises on this line: it is being cancelled.');
  await carrier.happen({ system, effect: what === 'charges' ? 'charged' : 'purchased', subject: line.ref, key: '', detail: asked.value });
  return { status: 200, body: bodyOfLine(line) };
};

const methodOf = { read: 'GET', settle: 'POST', stop: 'POST', freeze: 'PUT', charges: 'POST', purchases: 'POST' } as const;
type Operation = keyof typeof methodOf;

const authorized = (asked: IncomingMessage, token: string): boolean =>
  timingSafeEqual(Buffer.from(digest(asked.headers.authorization ?? '')), Buffer.from(digest(`Bearer ${token}`)));

const answer = async (carrier: Carrier, faults: Faults, token: string, asked: IncomingMessage, response: ServerResponse): Promise<void> => {
  const send = ({ status, body }: Reply): void =>
    sendRaw(response, status, { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' }, JSON.stringify(body));
  const [, ref, named] = /^\/v1\/lines\/([^/?]{1,400})(?:\/(settle|stop|freeze|charges|purchases))?$/.exec(asked.url ?? '') ?? [];
  const operation = (named ?? 'read') as Operation;
  const body = await bodyOf(asked, maxBody);
  if (!authorized(asked, token)) return send(problem(401, 'unauthorized', 'A bearer token is wanted.'));
  if (ref === undefined || body === null || asked.method !== methodOf[operation]) return send(problem(404, 'invalid', 'There is no such operation.'));
  await underFault<Reply>(faults.take(system, operation), {
    act: async () => {
      const line = carrier.lines.get(decodeURIComponent(ref));
      if (!line) return problem(404, 'no-such-line', 'Billing has no line of this reference.');
      if (operation === 'read') return { status: 200, body: bodyOfLine(line) };
      if (operation === 'charges' || operation === 'purchases') return arise(carrier, line, operation, body);
      const key = asked.headers['idempotency-key'];
      if (operation === 'freeze') return freeze(carrier, line, typeof key === 'string' ? key : '', body);
      return typeof key === 'string' && key !== '' ? act(carrier, line, operation, key, body) : problem(400, 'key-missing', 'An Idempotency-Key is wanted.');
    },
    refusal: (code = 'not-allowed') => problem(409, code, titles[code] ?? 'Refused.'),
    send,
    cut: () => asked.socket.destroy(),
  });
};

export const startBilling = (carrier: Carrier, faults: Faults, token: string, port: number): Promise<Listener> =>
  listen(createServer((asked, reply) => void answer(carrier, faults, token, asked, reply).catch(() => asked.socket.destroy())), port);
