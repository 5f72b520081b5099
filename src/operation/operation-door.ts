/** `/healthz`, `/readyz` and `/metrics` on a port of their own, for whoever runs this: a worker has no other. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from './metrics.ts';
import type { Readiness } from './readiness.ts';

export type OperationDoor = { readonly port: number; close(): Promise<void> };

const answer = (response: ServerResponse, status: number, type: string, text: string): void => {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(text);
};

/** Rejects with the system's own fault where the port is taken. */
export const openOperationDoor = async ({ host, port }: { readonly host: string; readonly port: number }, readiness: Readiness, metrics: Metrics): Promise<OperationDoor> => {
  const serve = async (path: string, response: ServerResponse): Promise<void> => {
    if (path === '/healthz') return answer(response, 200, 'text/plain', 'ok\n');
    if (path === '/metrics') return answer(response, 200, metrics.type, await metrics.text());
    if (path !== '/readyz') return answer(response, 404, 'text/plain', 'There are /healthz, /readyz and /metrics.\n');
    const { ok, wrong } = await readiness.ask();
    return answer(response, ok ? 200 : 503, 'text/plain', ok ? 'ready\n' : wrong.map(({ name, says }) => `${name}: ${says}\n`).join(''));
  };
  const server = createServer((request, response) => {
    serve(new URL(request.url ?? '/', 'http://here').pathname, response).catch(() => answer(response, 500, 'text/plain', 'failed\n'));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
};
