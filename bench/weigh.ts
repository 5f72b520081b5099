/** What the server itself saw of each answer: its time, and its bytes on the wire, head and all. */
import { request as ask } from 'node:http';
import type { FastifyInstance } from 'fastify';

export type Answered = { readonly path: string; readonly status: number; /** From the request's head to the end of the answer. */ readonly milliseconds: number; readonly bytes: number };

/** Hang it in before the routes; what it gives back grows with every answer. */
export const weigh = (app: FastifyInstance): Answered[] => {
  const answered: Answered[] = [];
  const written = new WeakMap<object, number>();
  app.addHook('onRequest', async (request) => void written.set(request.raw, request.raw.socket.bytesWritten));
  app.addHook('onResponse', async (request, reply) => {
    answered.push({ path: request.url, status: reply.statusCode, milliseconds: reply.elapsedTime, bytes: request.raw.socket.bytesWritten - (written.get(request.raw) ?? 0) });
  });
  return answered;
};

/** Bytes of an answer as a browser asks for it, with every coding that browsers take. */
export const bytesOnWire = (address: string, headers: Readonly<Record<string, string>> = {}): Promise<number> =>
  new Promise((resolve, reject) => {
    ask(address, { agent: false, headers: { 'accept-encoding': 'gzip, deflate, br, zstd', ...headers } }, (response) => {
      response.resume().on('end', () => resolve(response.socket.bytesRead)).on('error', reject);
    }).on('error', reject).end();
  });

/** The style sheet and the mark that a page draws in. */
export const drawnIn = (html: string, address: string): string[] =>
  [...html.matchAll(/<link[^>]+rel="(?:stylesheet|icon)"[^>]*>/g)].flatMap(([tag]) => /href="([^"]+)"/.exec(tag)?.[1] ?? []).map((href) => new URL(href, address).href);
