/**
 * One HTTP request over node's own client, within bounds: so long for a connection, so long for all of it, so many octets. Redirects
 * are not followed, nothing is decompressed, no other protocol is switched to. What the reply's head says of its body is held
 * against what was asked for: JSON in UTF-8.
 */
import { request as requestPlain, type Agent, type ClientRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as requestTls } from 'node:https';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Outcome } from '../plan/ports.ts';
import { deadline, inOneLine, neverSent, noReply, whyAborted, type Exchange } from './exchange.ts';

export type HttpReply = {
  readonly status: number;
  readonly body: string;
  /** For what a protocol says in headers of its own. */
  readonly headers: IncomingHttpHeaders;
  /** Why the body is not to be read as JSON, whatever stands in it; absent where it may be. */
  readonly unfit?: string;
  /** ISO instant; where `lookAtCertificate` asked for it. */
  readonly certificateEndsAt?: string;
};
export type HttpAsk = {
  readonly url: URL;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly agent: Agent;
  /** For all of it; a peer that sends an octet now and then is cut off by it too. */
  readonly timeoutMs: number;
  /** For the connection with its TLS; 5,000 where not said, never longer than `timeoutMs`. */
  readonly connectMs?: number;
  readonly maxReplyBytes: number;
  readonly lookAtCertificate?: boolean;
  readonly signal: AbortSignal;
};

const connectMsOf = ({ connectMs = 5_000, timeoutMs }: HttpAsk): number => Math.min(connectMs, timeoutMs);
const maxHeadBytes = 16_384;

/** A server that refuses our certificate says so after TLS 1.3 let us write; it has then read nothing of it. */
const isHandshakeAlert = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^ERR_SSL_.*ALERT/.test(String(error.code));

/** A peer's word in a sentence of ours. */
const quoted = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 60);

const unfitBy = (headers: IncomingHttpHeaders): string | undefined => {
  const coding = headers['content-encoding'];
  if (coding !== undefined && coding !== 'identity') return `coded as ${quoted(coding)}, which was not asked for`;
  const type = headers['content-type'];
  if (type === undefined) return 'without a content type';
  const [media = '', ...parameters] = type.split(';').map((part) => part.trim().toLowerCase());
  if (!/^application\/(json|[a-z0-9.+-]+\+json)$/.test(media)) return `${quoted(media)}, not JSON`;
  const charset = parameters.find((one) => one.startsWith('charset='))?.slice(8).replaceAll('"', '');
  return charset === undefined || charset === 'utf-8' || charset === 'utf8' || charset === 'us-ascii' ? undefined : `in ${quoted(charset)}, not in UTF-8`;
};

const replyOf = (reply: IncomingMessage, bytes: Buffer): HttpReply => {
  const status = reply.statusCode ?? 0;
  const unfit = unfitBy(reply.headers);
  try {
    return { status, headers: reply.headers, body: new TextDecoder('utf-8', { fatal: true }).decode(bytes), ...(unfit === undefined ? {} : { unfit }) };
  } catch {
    return { status, headers: reply.headers, body: '', unfit: unfit ?? 'not UTF-8' };
  }
};

const collect = (reply: IncomingMessage, limit: number): Promise<Exchange<HttpReply>> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const tooLong = (): void => {
      resolve(noReply(`HTTP ${reply.statusCode}, and the reply is longer than ${limit} bytes`));
      reply.destroy();
    };
    if (Number(reply.headers['content-length'] ?? 0) > limit) return tooLong();
    reply.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= limit) chunks.push(chunk);
      else tooLong();
    });
    reply.on('end', () => resolve({ kind: 'replied', reply: replyOf(reply, Buffer.concat(chunks)) }));
    reply.on('error', (error) => resolve(noReply(`the reply broke off: ${inOneLine(error)}`)));
    reply.on('close', () => resolve(noReply('the reply broke off')));
  });

/** Those on which bytes could go out: an agent hands a used one on without saying that it is used. */
const writable = new WeakSet<Socket>();
/** From here on bytes may be on their way. On TLS that is when the handshake is over, not when TCP is. */
const whenWritable = (asked: ClientRequest, tls: boolean, connecting: () => void, then: () => void): void => {
  asked.once('socket', (socket) => {
    if (asked.reusedSocket || writable.has(socket)) return then();
    connecting();
    socket.once(tls ? 'secureConnect' : 'connect', () => {
      writable.add(socket);
      then();
    });
  });
};

const certificateOf = (reply: IncomingMessage): { readonly certificateEndsAt?: string } => {
  const ends = reply.socket instanceof TLSSocket ? reply.socket.getPeerCertificate().valid_to : undefined;
  return ends === undefined ? {} : { certificateEndsAt: new Date(ends).toISOString() };
};

/** Never rejects. */
export const exchangeHttp = (ask: HttpAsk): Promise<Exchange<HttpReply>> => {
  const { timeoutMs } = ask;
  const until = deadline(ask.signal, timeoutMs);
  if (until.aborted) return Promise.resolve(neverSent(whyAborted(until, timeoutMs)));
  return new Promise((resolve) => {
    let left = false;
    /** Of the reply, once its head is there. */
    let status: number | undefined;
    let slowToConnect: NodeJS.Timeout | undefined;
    const finish = (exchange: Exchange<HttpReply>): void => {
      clearTimeout(slowToConnect);
      resolve(exchange);
    };
    /** Who gave up, and how far it had come. */
    const late = (): string => {
      const why = whyAborted(until, timeoutMs);
      if (!left) return why.replace('no answer', 'no connection');
      return status === undefined ? why : `HTTP ${status}, then ${why.replace('no answer', 'no end of the reply')}`;
    };
    const ended = (says: string): void => finish((left ? noReply : neverSent)(says));
    const tls = ask.url.protocol === 'https:';
    const length = ask.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(ask.body)) };
    let asked: ClientRequest;
    try {
      asked = (tls ? requestTls : requestPlain)(ask.url, { method: ask.method, agent: ask.agent, signal: until, headers: { ...ask.headers, ...length }, maxHeaderSize: maxHeadBytes });
    } catch (error) {
      return finish(neverSent(`not a request that HTTP can carry: ${error instanceof Error && 'code' in error ? String(error.code) : 'unknown'}`));
    }
    const connecting = (): void => {
      slowToConnect = setTimeout(() => {
        ended(`no connection within ${connectMsOf(ask)} ms`);
        asked.destroy();
      }, connectMsOf(ask));
    };
    whenWritable(asked, tls, connecting, () => {
      left = true;
      clearTimeout(slowToConnect);
    });
    asked.on('response', (reply) => {
      status = reply.statusCode ?? 0;
      const certificate = ask.lookAtCertificate === true ? certificateOf(reply) : {};
      void collect(reply, ask.maxReplyBytes).then((exchange) => {
        if (exchange.kind === 'replied') finish({ kind: 'replied', reply: { ...exchange.reply, ...certificate } });
        else finish(until.aborted ? noReply(late()) : exchange);
      });
    });
    let interim = 0;
    asked.on('information', () => {
      if ((interim += 1) <= 20) return;
      ended('the server says "wait" without end');
      asked.destroy();
    });
    asked.on('upgrade', (_reply, socket) => {
      socket.destroy();
      ended('the server switches to another protocol');
    });
    asked.on('error', (error) => {
      const says = until.aborted ? late() : inOneLine(error);
      finish(left && !isHandshakeAlert(error) ? noReply(says) : neverSent(says));
    });
    asked.on('close', () => { if (status === undefined) ended('the connection closed without an answer'); });
    asked.end(ask.body);
  });
};

/**
 * What a status other than the one hoped for means for the act. 408 and 429: the request was not taken (RFC 9110
 * §15.5.9, RFC 6585 §4). A server's own failure may have come after the effect, so it is never taken for "no".
 */
export const outcomeOfStatus = (status: number): Outcome<never> => {
  if (status === 408 || status === 429) return { kind: 'unreachable', says: `HTTP ${status}` };
  if (status >= 300 && status < 400) return { kind: 'refused', code: `http-${status}`, says: 'The server points elsewhere; redirects are not followed.' };
  if (status >= 400 && status < 500) return { kind: 'refused', code: `http-${status}`, says: `HTTP ${status}` };
  return { kind: 'unknown', says: `HTTP ${status}` };
};
