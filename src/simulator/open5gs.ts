/**
 * Open5GS 2.8.0 as far as a desk sees it: the WebUI (express with session cookie, lusca's CSRF token and a JWT; records by
 * express-restify-mongoose) and an MME's `/ue-info`. It holds the same subscribers as the other home register.
 */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Carrier, Subscriber } from './carrier.ts';
import { underFault, type Faults } from './faults.ts';
import { switchDomain, system } from './home-register.ts';
import { bodyOf, sendRaw } from './http-body.ts';
import { listen, type Listener } from './listener.ts';

export type Open5gsLogin = { readonly user: string; readonly password: string };
type Reply = { readonly status: number; readonly type?: string; readonly body?: string; readonly cookie?: string; readonly location?: string };
type Session = { readonly csrf: string; readonly token?: string };

const json = (status: number, value: object): Reply => ({ status, type: 'application/json; charset=utf-8', body: JSON.stringify(value) });
const plain = (status: number, body: string): Reply => ({ status, body });
const notFound = json(404, { name: 'Error', message: 'Not Found' });
const forbidden = (why: string): Reply => ({ status: 403, type: 'text/html; charset=utf-8', body: `<!DOCTYPE html>\n<html lang="en">\n<body>\n<pre>Error: ${why}</pre>\n</body>\n</html>\n` });
const made = (): string => randomBytes(18).toString('base64url');
const maxBody = 100_000;
const [packet, outgoing] = [1, 8];

/** As mongo has it; the keys that a real one holds are left out, there is no SIM behind these. */
const recordOf = (one: Subscriber): object => {
  const barring = (one.packetSwitched ? 0 : packet) | (one.circuitSwitched ? 0 : outgoing);
  return {
    _id: one.id.toString(16).padStart(24, '0'), imsi: one.imsi, ...(one.msisdn === undefined ? {} : { msisdn: [one.msisdn] }), schema_version: 1,
    ambr: { downlink: { value: 1, unit: 3 }, uplink: { value: 1, unit: 3 } }, slice: [{ sst: 1, default_indicator: true, session: [{ name: 'internet', type: 3 }] }],
    subscriber_status: barring === 0 ? 0 : 1, operator_determined_barring: barring, network_access_mode: 0, access_restriction_data: 32,
    // The HSS notes no Cancel-Location-Answer: whoever was served stands there as served until an MME purges.
    ...(one.mme === undefined ? {} : { mme_host: one.mme, mme_realm: 'epc.mnc001.mcc001.3gppnetwork.org', purge_flag: false }),
    ...(one.cancelRequested === undefined ? {} : { request_cancel_location: one.cancelRequested }),
  };
};

const update = async (carrier: Carrier, faults: Faults, one: Subscriber, change: Readonly<Record<string, unknown>>): Promise<Reply> => {
  const { subscriber_status: status, operator_determined_barring: barring, request_cancel_location: requested } = change;
  if (typeof status === 'number' && typeof barring === 'number') {
    await switchDomain(carrier, one, 'circuit', status === 0 || (barring & outgoing) === 0);
    await switchDomain(carrier, one, 'packet', status === 0 || (barring & packet) === 0);
  }
  // `dropped`: the WebUI as it is shipped, whose model lacks the field. `not-followed`: an HSS without change streams.
  const lost = typeof requested === 'boolean' ? faults.take(system, 'cancel-location')?.code : undefined;
  if (typeof requested === 'boolean' && lost !== 'dropped' && requested !== one.cancelRequested) {
    await carrier.happen({ system, effect: requested ? 'cancel-location-requested' : 'cancel-location-cleared', subject: one.imsi, key: '' });
    if (requested && lost !== 'not-followed' && one.mme !== undefined && !one.purged) await carrier.happen({ system, effect: 'serving-node-told', subject: one.imsi, key: '' });
  }
  await carrier.ledger.settled();
  return json(200, recordOf(one));
};

const act = async (carrier: Carrier, faults: Faults, method: string, imsi: string, body: string): Promise<Reply> => {
  const one = carrier.subscribers.get(imsi);
  await carrier.ledger.settled();
  if (one === undefined) return notFound;
  if (method === 'GET') return json(200, recordOf(one));
  if (method === 'PATCH') return update(carrier, faults, one, JSON.parse(body) as Record<string, unknown>);
  await carrier.happen({ system, effect: 'subscriber-removed', subject: imsi, key: '' });
  return plain(204, '');
};

const spoiled: Readonly<Record<string, Reply>> = {
  'not-json': { status: 200, type: 'text/html; charset=utf-8', body: '<!DOCTYPE html><title>Open5GS</title>' },
  huge: json(200, { imsi: 'x'.repeat(10_000_000) }),
  'other-subscriber': json(200, { imsi: '001019999999999' }),
  'wrong-type': json(200, { imsi: 1 }),
  'new-status': json(299, {}),
  'not-the-api': { status: 404, type: 'text/html; charset=utf-8', body: '<h1>nginx</h1>' },
  'cut-off': json(200, { items: [], pager: { page: 0, truncated: true } }),
};

const operationOf = { GET: 'read', PATCH: 'update', DELETE: 'delete' } as const;

export const startOpen5gs = (carrier: Carrier, faults: Faults, login: Open5gsLogin, port: number): Promise<Listener> => {
  const sessions = new Map<string, Session>();

  const enter = (id: string, session: Session, body: string): Reply => {
    const { username, password } = JSON.parse(body) as { username?: unknown; password?: unknown };
    if (username !== login.user || password !== login.password) return plain(401, 'Unauthorized');
    sessions.delete(id); // passport makes a new one, against fixation
    const entered = made();
    sessions.set(entered, { ...session, token: made() });
    return { status: 302, location: '/', cookie: entered, type: 'text/plain; charset=utf-8', body: 'Found. Redirecting to /' };
  };

  const answer = async (asked: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(asked, maxBody);
    const known = /connect\.sid=([\w-]+)/.exec(asked.headers.cookie ?? '')?.[1] ?? '';
    const id = sessions.has(known) ? known : made();
    const session = sessions.get(id) ?? { csrf: made() };
    sessions.set(id, session);
    const send = ({ status, type, body: text = '', cookie = id, location }: Reply): void =>
      sendRaw(response, status, { 'set-cookie': `connect.sid=${cookie}; Path=/; HttpOnly`, ...(type === undefined ? {} : { 'content-type': type }), ...(location === undefined ? {} : { location }) }, text);
    const { pathname } = new URL(asked.url ?? '/', 'http://127.0.0.1');
    const method = asked.method ?? '';
    const under = (operation: string, doing: () => Promise<Reply>): Promise<void> => underFault<Reply>(faults.take(system, operation), {
      act: doing,
      refusal: (code = '400') => (code === '401' ? plain(401, 'Unauthorized') : code === '403' ? forbidden('CSRF token mismatch') : json(Number(code), { name: 'MongooseError', message: 'refused' })),
      send,
      cut: () => asked.socket.destroy(),
      spoil: (_, how) => send(spoiled[how ?? ''] ?? plain(200, 'garbage')),
    });
    if (body === null) return send(plain(413, ''));
    if (method !== 'GET' && asked.headers['x-csrf-token'] !== session.csrf) return send(forbidden(`CSRF token ${asked.headers['x-csrf-token'] === undefined ? 'missing' : 'mismatch'}`));
    if (`${method} ${pathname}` === 'GET /api/auth/csrf') return send(json(200, { csrfToken: session.csrf }));
    if (`${method} ${pathname}` === 'GET /api/auth/session') return send(json(200, { clientMaxAge: 60_000, csrfToken: session.csrf, ...(session.token === undefined ? {} : { user: { username: login.user, roles: ['admin'] }, authToken: session.token }) }));
    if (`${method} ${pathname}` === 'POST /api/auth/login') return under('login', async () => enter(id, session, body));
    const imsi = /^\/api\/db\/Subscriber\/(\d{1,32})$/.exec(pathname)?.[1];
    if (imsi === undefined || (method !== 'GET' && method !== 'PATCH' && method !== 'DELETE')) return send({ status: 200, type: 'text/html; charset=utf-8', body: '<!DOCTYPE html>' });
    const bearer = /^Bearer (.+)$/.exec(asked.headers.authorization ?? '')?.[1];
    if (bearer === undefined || ![...sessions.values()].some(({ token }) => token === bearer)) return send(plain(401, 'Unauthorized'));
    return under(operationOf[method], () => act(carrier, faults, method, imsi, body));
  };
  return listen(createServer((asked, reply) => void answer(asked, reply).catch(() => asked.socket.destroy())), port);
};

const pageSize = 100;

/** Whom this MME serves, a hundred a page; who was told to let go is gone. */
export const startMmeInfo = (carrier: Carrier, faults: Faults, port: number): Promise<Listener> => listen(createServer((asked, response) => {
  const url = new URL(asked.url ?? '/', 'http://127.0.0.1');
  const at = Number(url.searchParams.get('page') ?? 0);
  const send = ({ status, type, body = '' }: Reply): void => sendRaw(response, status, type === undefined ? {} : { 'content-type': type }, body);
  if (url.pathname !== '/ue-info') return send(plain(404, ''));
  void underFault<Reply>(faults.take(system, 'ue-info'), {
    act: async () => {
      const served = [...carrier.subscribers.values()].filter(({ mme, purged }) => mme !== undefined && !purged);
      const items = served.slice(at * pageSize, (at + 1) * pageSize).map(({ imsi }) => ({ supi: imsi, domain: 'EPS', rat: 'E-UTRA', cm_state: 'idle', mm_state: 'registered' }));
      const more = served.length > (at + 1) * pageSize;
      return json(200, { items, pager: { page: at, page_size: pageSize, count: items.length, ...(more ? { next: `/ue-info?page=${at + 1}` } : {}) } });
    },
    refusal: (code = '503') => plain(Number(code), ''),
    send,
    cut: () => asked.socket.destroy(),
    spoil: (_, how) => send(spoiled[how ?? ''] ?? plain(200, 'garbage')),
  });
}), port);
