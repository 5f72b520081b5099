/** HTTP as a server of few words needs it. */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Null where it is longer than the limit. */
export const bodyOf = async (asked: IncomingMessage, limit: number): Promise<string | null> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of asked as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

/** The second time it goes onto the bare connection, where nobody has asked for it. */
export const sendRaw = (reply: ServerResponse, status: number, headers: Readonly<Record<string, string>>, body: string): void => {
  const all = { ...headers, 'content-length': String(Buffer.byteLength(body)) };
  if (!reply.headersSent) {
    reply.writeHead(status, all).end(body);
    return;
  }
  const lines = Object.entries(all).map(([key, value]) => `${key}: ${value}\r\n`).join('');
  reply.req.socket.write(`HTTP/1.1 ${status} Again\r\n${lines}\r\n${body}`);
};
