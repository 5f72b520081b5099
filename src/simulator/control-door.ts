/** The simulator's own door, for tests and for the people of a demo: faults, seeds, effects, the inbox. Loopback only. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { ZodError } from 'zod';
import { styleSheet } from '../design/index.ts';
import { chooseLanguage } from '../language/index.ts';
import { deviceAct, type DeviceAct } from './card-reports.ts';
import type { Carrier } from './carrier.ts';
import type { Fault, FaultOrder } from './faults.ts';
import { bodyOf } from './http-body.ts';
import { inboxPage } from './inbox-page.tsx';
import { inboxOf, receiversOf } from './inbox.ts';
import { listen, type Listener } from './listener.ts';
import type { Seeding } from './seed.ts';

export type Controls = {
  readonly carrier: Carrier;
  readonly addFault: (order: FaultOrder) => Promise<Fault>;
  readonly faults: () => readonly Fault[];
  readonly clearFaults: () => Promise<void>;
  readonly device: (does: DeviceAct) => Promise<void>;
  /** Time zone of the inbox page. */
  readonly zone: string;
};

const maxBody = 8 * 1024 * 1024;
const sheet = styleSheet({ light: '#3b5b92', dark: '#9db8ea' }, [new URL('./inbox.css', import.meta.url)]);
const policy = "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'none'";

type Answer = { readonly status: number; readonly type: string; readonly body: string | Buffer };
const json = (body: unknown, status = 200): Answer => ({ status, type: 'application/json; charset=utf-8', body: JSON.stringify(body) });
const wrong = (status: number, says: string): Answer => json({ says }, status);

/** A page of another site can reach loopback through its reader's browser; it can't set these two. */
const isOurs = (asked: IncomingMessage): boolean => {
  const name = (asked.headers.host ?? '').replace(/:\d+$/, '');
  if (name !== '127.0.0.1' && name !== 'localhost') return false;
  return asked.method !== 'POST' || (asked.headers['content-type'] ?? '').startsWith('application/json');
};

/** A `+` in a query is a blank to who reads it by the letter; no address begins with one. */
const receiverIn = (url: URL): string | undefined => url.searchParams.get('to')?.replace(/^ /, '+') || undefined;

const page = (controls: Controls, url: URL, asked: IncomingMessage): Answer => {
  const to = receiverIn(url);
  const effects = controls.carrier.ledger.effects();
  const language = chooseLanguage(asked.headers['accept-language'], url.searchParams.get('lang') ?? undefined);
  const view = { inbox: inboxOf(effects, to), receivers: receiversOf(effects), language, zone: controls.zone, now: controls.carrier.now(), ...(to === undefined ? {} : { to }) };
  return { status: 200, type: 'text/html; charset=utf-8', body: inboxPage(view) };
};

const answer = async (controls: Controls, asked: IncomingMessage): Promise<Answer> => {
  if (!isOurs(asked)) return wrong(403, 'Only from this machine, and with application/json.');
  const url = new URL(asked.url ?? '/', 'http://127.0.0.1');
  const body = await bodyOf(asked, maxBody);
  if (body === null) return wrong(413, 'Too long.');
  const effects = controls.carrier.ledger.effects();
  switch (`${asked.method} ${url.pathname}`) {
    case 'GET /effects': return json(effects);
    case 'GET /faults': return json(controls.faults());
    case 'POST /faults': return json(await controls.addFault(JSON.parse(body) as FaultOrder), 201);
    case 'DELETE /faults': await controls.clearFaults(); return json([]);
    case 'POST /devices': await controls.device(deviceAct.parse(JSON.parse(body))); return json({}, 201);
    case 'POST /seed': await controls.carrier.seed(JSON.parse(body) as Seeding); return json({}, 201);
    case 'GET /inbox': return page(controls, url, asked);
    case 'GET /inbox.json': return json(inboxOf(effects, receiverIn(url)));
    case 'GET /inbox.css': return { status: 200, type: 'text/css; charset=utf-8', body: sheet.text };
    default: return wrong(404, 'There is /effects, /faults, /seed, /devices, /inbox, /inbox.json.');
  }
};

/** What does not fit a schema is the asker's mistake; anything else is ours. */
const asMistake = (error: unknown): Answer => {
  if (error instanceof SyntaxError) return wrong(400, 'Not JSON.');
  if (error instanceof ZodError) return wrong(422, error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
  return wrong(500, error instanceof Error ? error.message : String(error));
};

export const startControlDoor = (controls: Controls, port: number): Promise<Listener> =>
  listen(createServer((asked: IncomingMessage, response: ServerResponse) => {
    void answer(controls, asked).catch(asMistake).then(({ status, type, body }) => {
      response.writeHead(status, {
        'content-type': type, 'content-length': Buffer.byteLength(body), 'cache-control': 'no-store', 'x-content-type-options': 'nosniff',
        'content-security-policy': policy, 'referrer-policy': 'no-referrer',
      }).end(body);
    });
  }), port);
