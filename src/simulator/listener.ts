/** A server on loopback that can be taken down and come back on the same port. */
import type { Server, Socket } from 'node:net';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

export type Listener = { readonly port: number; readonly down: () => Promise<void>; readonly up: () => Promise<void>; readonly stop: () => Promise<void> };

export const host = '127.0.0.1';

export const listen = async (server: Server, wanted: number): Promise<Listener> => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    // A peer that goes away in the middle of anything is everyday business here.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });
  const start = async (port: number): Promise<number> => {
    server.listen({ port, host });
    await once(server, 'listening');
    const address = server.address();
    return typeof address === 'object' && address ? address.port : port;
  };
  const port = await start(wanted);
  const down = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
    // Who was connected shall have noticed: what comes now is refused, not lost on the way.
    await pause(20);
  };
  return { port, down, stop: down, up: async () => { if (!server.listening) await start(port); } };
};
