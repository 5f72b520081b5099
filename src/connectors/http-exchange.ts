/** One HTTP request over node's own client. Redirects are not followed; a reply is cut off at its size limit. */
import { request as requestPlain, type Agent, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as requestTls } from 'node:https';
import type { Outcome } from '../plan/ports.ts';
import { deadline, inOneLine, neverSent, noReply, whyAborted, type Exchange } from './exchange.ts';

export type HttpReply = { readonly status: number; readonly body: string };
export type HttpAsk = {
  readonly url: URL;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly agent: Agent;
  readonly timeoutMs: number;
  readonly maxReplyBytes: number;
  readonly signal: AbortSignal;
};

/** A server that refuses our certificate says so after TLS 1.3 let us write; it has then read nothing of it. */
const isHandshakeAlert = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^ERR_SSL_.*ALERT/.test(String(error.code));

const collect = (reply: IncomingMessage, limit: number): Promise<Exchange<HttpReply>> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    reply.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= limit) return void chunks.push(chunk);
      resolve(noReply(`the reply is longer than ${limit} bytes`));
      reply.destroy();
    });
    reply.on('end', () => resolve({ kind: 'replied', reply: { status: reply.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') } }));
    reply.on('error', (error) => resolve(noReply(`the reply broke off: ${inOneLine(error)}`)));
    reply.on('close', () => resolve(noReply('the reply broke off')));
  });

/** From here on bytes may be on their way. On TLS that is when the handshake is over, not when TCP is. */
const whenWritable = (asked: ClientRequest, tls: boolean, then: () => void): void => {
  asked.once('socket', (socket) => {
    if (asked.reusedSocket) then();
    else socket.once(tls ? 'secureConnect' : 'connect', then);
  });
};

export const exchangeHttp = (ask: HttpAsk): Promise<Exchange<HttpReply>> => {
  const until = deadline(ask.signal, ask.timeoutMs);
  if (until.aborted) return Promise.resolve(neverSent(whyAborted(until, ask.timeoutMs)));
  return new Promise((resolve) => {
    let left = false;
    const tls = ask.url.protocol === 'https:';
    const length = ask.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(ask.body)) };
    const asked = (tls ? requestTls : requestPlain)(ask.url, {
      method: ask.method, agent: ask.agent, signal: until, headers: { ...ask.headers, ...length },
    });
    whenWritable(asked, tls, () => { left = true; });
    asked.on('response', (reply) => void collect(reply, ask.maxReplyBytes).then((exchange) =>
      resolve(until.aborted && exchange.kind === 'no-reply' ? noReply(whyAborted(until, ask.timeoutMs)) : exchange)));
    asked.on('error', (error) => {
      const says = until.aborted ? whyAborted(until, ask.timeoutMs) : inOneLine(error);
      resolve(left && !isHandshakeAlert(error) ? noReply(says) : neverSent(says));
    });
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
