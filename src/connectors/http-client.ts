/**
 * What all HTTP connectors share: one origin out of the settings, connections that are kept, and paths in which no value can lead
 * elsewhere. Nothing a peer or a subscriber says ever becomes a host.
 */
import { Agent as PlainAgent } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import type { Duplex } from 'node:stream';
import type { Exchange } from './exchange.ts';
import { exchangeHttp, type HttpAsk, type HttpReply } from './http-exchange.ts';

export type HttpClientOptions = {
  /** Root, `https://host/prefix` or, inside one machine, `http://127.0.0.1:port`. */
  readonly url: string;
  readonly timeoutMs: number;
  readonly connectMs?: number;
  readonly maxReplyBytes: number;
  /** PEM. `ca`: who may sign the server's certificate, instead of the system's roots. */
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string };
};
export type HttpRequest = Pick<HttpAsk, 'method' | 'headers' | 'body' | 'signal' | 'lookAtCertificate'> & {
  /** Made by `pathOf`. */
  readonly path: string;
  /** Without its question mark, encoded. */
  readonly query?: string;
};
export type HttpClient = {
  /** `https://host:port`, for people. */
  readonly where: string;
  readonly ask: (request: HttpRequest) => Promise<Exchange<HttpReply>>;
  readonly close: () => Promise<void>;
};

/**
 * `/v1/lines/…/stop` of its segments, each a value of its own. Null where one can't stand in a path: nothing, `.` and `..`, which
 * would lead elsewhere even when encoded, half a character.
 */
export const pathOf = (...segments: readonly string[]): string | null =>
  segments.some((one) => one === '' || one === '.' || one === '..' || one.length > 512 || !one.isWellFormed()) ? null : `/${segments.map(encodeURIComponent).join('/')}`;

/** A connection on which something came unasked is not used again: it would be taken for the next answer. */
const guarded = (agent: PlainAgent): PlainAgent => {
  const [keep, reuse] = [agent.keepSocketAlive.bind(agent), agent.reuseSocket.bind(agent)];
  const unasked = function end(this: Duplex): void { this.destroy(); };
  agent.keepSocketAlive = (socket) => {
    socket.on('data', unasked);
    return keep(socket);
  };
  agent.reuseSocket = (socket, request) => {
    socket.off('data', unasked);
    reuse(socket, request);
  };
  return agent;
};

export const httpClient = (options: HttpClientOptions): HttpClient => {
  const root = new URL(options.url);
  const common = { keepAlive: true, maxSockets: 16 };
  const agent = guarded(root.protocol === 'https:' ? new TlsAgent({ ...common, ...options.tls, minVersion: 'TLSv1.2' }) : new PlainAgent(common));
  const prefix = root.pathname.replace(/\/+$/, '');
  const { timeoutMs, maxReplyBytes } = options;
  return {
    where: root.host,
    ask: ({ path, query, ...rest }) => exchangeHttp({
      ...rest, agent, timeoutMs, maxReplyBytes, ...(options.connectMs === undefined ? {} : { connectMs: options.connectMs }),
      url: new URL(`${root.origin}${prefix}${path}${query === undefined || query === '' ? '' : `?${query}`}`),
    }),
    close: async () => agent.destroy(),
  };
};
