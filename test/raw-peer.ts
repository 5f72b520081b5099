/** A server that says exactly the bytes that it is told to, and keeps those that it hears. */
import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export type RawPeer = {
  readonly url: string;
  /** Whole requests, as they came. */
  readonly heard: string[];
  readonly connections: () => number;
  /** Octets that were taken off our hands. */
  readonly written: () => number;
  /** What is done with each request from now on. */
  readonly answer: (how: (socket: Socket, request: string) => void) => void;
  close(): Promise<void>;
};

const lengthOf = (head: string): number => Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0);

export const rawPeer = async (): Promise<RawPeer> => {
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  let gone = 0;
  let how: (socket: Socket, request: string) => void = (socket) => void socket.destroy();
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    let bytes = '';
    socket.on('data', (chunk) => {
      bytes += chunk.toString('latin1');
      for (let end = bytes.indexOf('\r\n\r\n'); end >= 0; end = bytes.indexOf('\r\n\r\n')) {
        const whole = end + 4 + lengthOf(bytes.slice(0, end));
        if (bytes.length < whole) return;
        heard.push(bytes.slice(0, whole));
        how(socket, bytes.slice(0, whole));
        bytes = bytes.slice(whole);
      }
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      gone += socket.bytesWritten;
      sockets.delete(socket);
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    connections: () => connections,
    written: () => [...sockets].reduce((sum, { bytesWritten, writableLength }) => sum + bytesWritten - writableLength, gone),
    answer: (next) => { how = next; },
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    }),
  };
};

/** A reply with its length. */
export const replyOf = (status: string, body: string, headers = 'content-type: application/json'): string =>
  `HTTP/1.1 ${status}\r\n${headers}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
