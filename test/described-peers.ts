/** Two peers that nobody wrote a connector for: an operator's billing and a provisioning interface, as real servers with habits of their own. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Heard = { readonly method: string; readonly url: string; readonly headers: IncomingMessage['headers']; readonly body: string };
export type Answer = { readonly status: number; readonly body?: unknown; readonly raw?: string; readonly headers?: Readonly<Record<string, string>> };
export type Peer = {
  readonly origin: string;
  readonly heard: Heard[];
  /** What the next request gets instead of its answer; the effect happens where `after`. */
  readonly next: (how: { readonly answer?: Answer; readonly cut?: true; readonly after?: true }) => void;
  close(): Promise<void>;
};

const serve = async (prefix: string, answerTo: (asked: Heard, path: string) => Answer): Promise<Peer> => {
  const heard: Heard[] = [];
  let next: Parameters<Peer['next']>[0] | undefined;
  const send = (reply: ServerResponse, { status, body, raw, headers = {} }: Answer): void => {
    const text = raw ?? (body === undefined ? '' : JSON.stringify(body));
    reply.writeHead(status, { ...(text === '' ? {} : { 'content-type': 'application/json' }), ...headers }).end(text);
  };
  const server: Server = createServer((asked, reply) => void (async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of asked as AsyncIterable<Buffer>) chunks.push(chunk);
    const one: Heard = { method: asked.method ?? '', url: asked.url ?? '', headers: asked.headers, body: Buffer.concat(chunks).toString('utf8') };
    heard.push(one);
    const how = next;
    next = undefined;
    const answer = how !== undefined && how.after !== true ? undefined : answerTo(one, decodeURI((asked.url ?? '').slice(prefix.length)));
    if (how?.cut === true) return void asked.socket.destroy();
    send(reply, how?.answer ?? answer ?? { status: 500 });
  })().catch(() => asked.socket.destroy()));
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`,
    heard,
    next: (how) => { next = how; },
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
};

const error = (status: number, code: string, message: string): Answer => ({ status, body: { error: { code, message } } });
const decimal = (minor: number): string => `${Math.trunc(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;

type Account = { due: number; credit: number; currency: string; closedAt?: string; hold?: 'NONE' | 'CHARGES' | 'PURCHASES' | 'ALL' };
const holds = { charges: 'CHARGES', purchases: 'PURCHASES', 'charges-and-purchases': 'ALL' } as const;
export const acmeBilling = async (token: string, accounts: Map<string, Account>): Promise<Peer> => {
  const done = new Set<string>();
  return serve('/crm/v3', (asked, path) => {
    if (asked.headers.authorization !== `Bearer ${token}`) return { status: 401 };
    const [, id = '', rest] = /^\/accounts\/([^/?]+)(\/final-bill|\?expand=balance|\/hold(?:\/[\w-]+)?)?$/.exec(path) ?? [];
    const account = accounts.get(decodeURIComponent(id));
    if (account === undefined) return error(404, 'ACCOUNT_UNKNOWN', `Account ${id} is not known.`);
    const asIs = (): Answer => ({ status: 200, body: { account: { id, state: account.closedAt === undefined ? 'OPEN' : 'CLOSED', closedAt: account.closedAt ?? null, ...(account.hold === undefined ? {} : { hold: account.hold }), balance: { due: decimal(account.due), credit: account.credit / 100, currency: account.currency } } } });
    if (asked.method === 'GET') return asIs();
    const request = String(asked.headers['x-request-id']);
    if (rest?.startsWith('/hold') === true) {
      const wanted = asked.method === 'DELETE' ? 'NONE' : holds[rest.slice('/hold/'.length) as keyof typeof holds];
      if (wanted === undefined) return error(422, 'HOLD_UNKNOWN', 'There is no such hold.');
      account.hold = wanted;
      return { status: 204 };
    }
    if (asked.method === 'DELETE') {
      if (account.closedAt !== undefined) return error(410, 'ALREADY_CLOSED', 'Closed before.');
      account.closedAt = '2026-12-03T12:00:00+08:00';
      return { status: 204 };
    }
    if (rest !== '/final-bill') return { status: 405 };
    if (done.has(request)) return asIs();
    const bill = JSON.parse(asked.body) as Record<string, string> & { moveCredit?: { toAccount: string; amount: string } };
    const minor = (name: string): number => Math.round(Number(bill[name] ?? 0) * 100);
    const taken = minor('useCredit') + minor('refund') + minor('writeOff') + minor('payoutElsewhere') + Math.round(Number(bill.moveCredit?.amount ?? 0) * 100);
    if (bill['currency'] !== account.currency) return error(200, 'WRONG_CURRENCY', `Account ${id} is in ${account.currency}.`);
    if (taken > account.credit) return error(409, 'BALANCE_CHANGED', 'There is less than that.');
    done.add(request);
    account.credit -= taken;
    account.due = Math.max(0, account.due - minor('collect') - minor('useCredit'));
    return asIs();
  });
};

type Subscriber = { voice: 'on' | 'off'; data: 'on' | 'off' };
export const acmeProvisioning = async (user: string, password: string, subscribers: Map<string, Subscriber>): Promise<Peer> =>
  serve('', (asked, path) => {
    if (asked.headers.authorization !== `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`) return { status: 401 };
    const [, imsi = '', rest] = /^\/subscribers\/(\d+)(\/services|\/cancel-location)?$/.exec(path) ?? [];
    const one = subscribers.get(imsi);
    if (one === undefined) return { status: 404, body: { reason: 'unknown-subscriber' } };
    if (asked.method === 'DELETE') {
      subscribers.delete(imsi);
      return { status: 204 };
    }
    if (rest === '/services') Object.assign(one, JSON.parse(asked.body) as Subscriber);
    return rest === '/cancel-location' ? { status: 202 } : { status: 200, body: { imsi, services: { voice: one.voice, data: one.data } } };
  });
