import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export type Dripping = { readonly port: number; readonly stop: () => Promise<void> };

/** In front of a server on loopback: what it answers comes at one octet a second. */
export const dripping = async (port: () => number): Promise<Dripping> => {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const behind = connect({ host: '127.0.0.1', port: port() });
    let held: Buffer = Buffer.alloc(0);
    const drip = setInterval(() => {
      if (held.length === 0) return;
      client.write(held.subarray(0, 1));
      held = held.subarray(1);
    }, 1_000);
    for (const socket of [client, behind]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => {
        clearInterval(drip);
        for (const each of [client, behind]) each.destroy();
        sockets.delete(socket);
      });
    }
    client.on('data', (chunk) => behind.write(chunk));
    behind.on('data', (chunk: Buffer) => { held = Buffer.concat([held, chunk]); });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};
