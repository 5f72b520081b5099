/** What the operator sells along with a line, as docs/linked-services.openapi.yaml describes it. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { maxBody, type Service } from '../connectors/linked-services-http/codec.ts';
import type { BilledLine, Carrier } from './carrier.ts';
import { underFault, type Faults } from './faults.ts';
import { bodyOf, sendRaw } from './http-body.ts';
import { listen, type Listener } from './listener.ts';

const system = 'linked-services';
type Reply = { readonly status: number; readonly body: object };

const problem = (status: number, code: string, title: string): Reply => ({ status, body: { type: 'about:blank', title, status, code } });
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

const bodyOfService = (name: string, endedAt: string | null): Service =>
  (endedAt === null ? { service: name, status: 'active' } : { service: name, status: 'ended', endedAt });

const end = async (carrier: Carrier, line: BilledLine, name: string, key: string): Promise<Reply> => {
  if (!line.services.has(name)) return problem(404, 'no-such-service', 'There is no such service on this line.');
  const before = carrier.earlier(system, key);
  if (before !== undefined && (before.subject !== line.ref || before.detail?.['service'] !== name)) return problem(422, 'key-reused', 'This key stood for another request.');
  if (line.services.get(name) === null) await carrier.happen({ system, effect: 'service-ended', subject: line.ref, key, detail: { service: name } });
  await carrier.ledger.settled();
  return { status: 200, body: { ref: line.ref, ...bodyOfService(name, line.services.get(name) ?? null) } };
};

const authorized = (asked: IncomingMessage, token: string): boolean =>
  timingSafeEqual(Buffer.from(digest(asked.headers.authorization ?? '')), Buffer.from(digest(`Bearer ${token}`)));

const answer = async (carrier: Carrier, faults: Faults, token: string, asked: IncomingMessage, response: ServerResponse): Promise<void> => {
  const send = ({ status, body }: Reply): void =>
    sendRaw(response, status, { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' }, JSON.stringify(body));
  const [, ref, name] = /^\/v1\/lines\/([^/?]{1,400})\/services(?:\/([a-z0-9-]{1,64})\/end)?$/.exec(asked.url ?? '') ?? [];
  const operation = name === undefined ? 'read' : 'end';
  const body = await bodyOf(asked, maxBody);
  if (!authorized(asked, token)) return send(problem(401, 'unauthorized', 'A bearer token is wanted.'));
  if (ref === undefined || body === null || asked.method !== (operation === 'read' ? 'GET' : 'POST')) return send(problem(404, 'invalid', 'There is no such operation.'));
  await underFault<Reply>(faults.take(system, operation), {
    act: async () => {
      const line = carrier.lines.get(decodeURIComponent(ref));
      if (!line) return problem(404, 'no-such-line', 'There is no line of this reference.');
      if (name === undefined) return { status: 200, body: { ref: line.ref, services: [...line.services].map(([one, endedAt]) => bodyOfService(one, endedAt)) } };
      const key = asked.headers['idempotency-key'];
      return typeof key === 'string' && key !== '' ? end(carrier, line, name, key) : problem(400, 'key-missing', 'An Idempotency-Key is wanted.');
    },
    refusal: (code = 'not-allowed') => problem(409, code, 'The service does not allow it.'),
    send,
    cut: () => asked.socket.destroy(),
  });
};

export const startLinkedServices = (carrier: Carrier, faults: Faults, token: string, port: number): Promise<Listener> =>
  listen(createServer((asked, reply) => void answer(carrier, faults, token, asked, reply).catch(() => asked.socket.destroy())), port);
