/**
 * Where the SM-DP+ tells us what became of a profile: HandleDownloadProgressInfo over HTTPS (SGP.22 §5.3.5, §6.5). Who has no certificate
 * of the authority that we name gets no further than TLS. A report is answered when it is on record: an error has the SM-DP+ send it again.
 */
import { createServer } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { once } from 'node:events';
import { adminProtocol, es2plusPath, isJson, speaksOurVersion } from './codec.ts';
import { decodeProgress, type ProgressRequest } from './progress.ts';

export type ProgressDoorOptions = {
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
  /** PEM texts. `ca` is who may sign the SM-DP+'s client certificate: no other root is trusted. */
  readonly tls: { readonly ca: string; readonly cert: string; readonly key: string };
  /** Puts it on record; resolves once it is. */
  readonly onProgress: (report: ProgressRequest) => Promise<void>;
  /** Somebody whom TLS did not let in, by the reason that it gave; or a report that could not be recorded. */
  readonly alarm: (what: { readonly why: 'client-refused' | 'not-recorded'; readonly says: string }) => void;
};
export type ProgressDoor = { readonly port: number; readonly close: () => Promise<void> };

/** A report has a few hundred bytes. */
export const maxReport = 16_384;
const requestTimeoutMs = 10_000;

type Answer = { readonly status: number; readonly says?: string };

const read = async (asked: IncomingMessage): Promise<string | undefined> => {
  if (Number(asked.headers['content-length'] ?? 0) > maxReport) return undefined;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of asked as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxReport) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const answerTo = async (asked: IncomingMessage, options: ProgressDoorOptions): Promise<Answer> => {
  if (asked.url !== `${es2plusPath}/handleDownloadProgressInfo`) return { status: 404, says: `Here is only ${es2plusPath}/handleDownloadProgressInfo.` };
  if (asked.method !== 'POST') return { status: 405, says: 'Only POST.' };
  const protocol = asked.headers['x-admin-protocol'];
  if (protocol === undefined || !speaksOurVersion(String(protocol))) return { status: 400, says: `X-Admin-Protocol: this door speaks ${adminProtocol}.` };
  if (!isJson(asked.headers['content-type'])) return { status: 400, says: 'Content-Type: application/json is wanted.' };
  const body = await read(asked);
  if (body === undefined) return { status: 413, says: `The body is longer than ${maxReport} bytes.` };
  const report = decodeProgress(body);
  if (!report.ok) return { status: 400, says: `The body is not HandleDownloadProgressInfo: ${report.why.says}.` };
  try {
    await options.onProgress(report.value);
    return { status: 204 };
  } catch (fault) {
    options.alarm({ why: 'not-recorded', says: fault instanceof Error ? fault.name : 'unknown' });
    return { status: 503, says: 'It could not be recorded now. Send it again.' };
  }
};

const send = (asked: IncomingMessage, reply: ServerResponse, { status, says }: Answer): void => {
  const body = says === undefined ? '' : `${JSON.stringify({ says })}\n`;
  reply.writeHead(status, {
    'x-admin-protocol': adminProtocol, 'cache-control': 'no-store',
    ...(says === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    // What is left of a body that was not read is not waited for.
    ...(asked.complete ? {} : { connection: 'close' }),
  }).end(body);
};

/** Rejects with the error of `listen` where the port is taken or a PEM is none. */
export const openProgressDoor = async (options: ProgressDoorOptions): Promise<ProgressDoor> => {
  const server = createServer({
    ...options.tls, requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.2', handshakeTimeout: requestTimeoutMs, requestTimeout: requestTimeoutMs, headersTimeout: requestTimeoutMs,
    maxHeaderSize: 8192, connectionsCheckingInterval: 2000,
  }, (asked, reply) => void answerTo(asked, options).then((answer) => send(asked, reply, answer)).catch(() => asked.socket.destroy()));
  server.maxConnections = 100;
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  });
  server.on('tlsClientError', (error: Error & { code?: string }, socket) => {
    // Of one that was refused for its certificate the socket knows why; the error is only that it was closed.
    const why: unknown = socket.authorizationError;
    options.alarm({ why: 'client-refused', says: typeof why === 'string' ? why : error.code ?? error.name });
    socket.destroy();
  });
  server.on('clientError', (_, socket) => socket.destroy());
  server.listen({ host: options.host, port: options.port });
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
};
