/** A link that goes wrong on demand: stands between anybody and a TCP server, PostgreSQL or a carrier's. What goes wrong is asked at each piece that passes. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { host } from '../../src/simulator/listener.ts';

/**
 * Of one piece on its way to the server: `pass` it on; `cut` both sides before it; `cut-reply`: it arrives, and at the first
 * sign of a reply both sides are cut; `half-close`: it arrives, and nothing more can be sent; `swallow`: it arrives, and no reply to it or to anything
 * later ever comes back; `drip`: replies come at one byte a second from now on; `instead`: it arrives, and this comes back in place of the reply; a number: so many
 * milliseconds late.
 */
export type Act = 'pass' | 'cut' | 'cut-reply' | 'half-close' | 'swallow' | 'drip' | { readonly instead: string } | number;
export type Judge = (piece: Buffer) => Act;

export type TcpProxy = {
  readonly port: number;
  /** Until it is said, everything passes. */
  judge(by: Judge): void;
  /** Where new connections go; those that are open are cut. */
  leadTo(to: { readonly host: string; readonly port: number }): void;
  /** Cuts every connection that is open now. */
  cutAll(): void;
  stop(): Promise<void>;
};

const pass: Judge = () => 'pass';

/** `commit` as node-postgres sends it: a simple query of that one word (PostgreSQL, 54.7 Message Formats). */
const commit = Buffer.concat([Buffer.from([0x51, 0, 0, 0, 11]), Buffer.from('commit\0')]);
export const isCommit = (piece: Buffer): boolean => piece.includes(commit);

export const startTcpProxy = async (first: { readonly host: string; readonly port: number }): Promise<TcpProxy> => {
  let [to, judge] = [first, pass];
  const open = new Set<() => void>();

  const serve = (client: Socket): void => {
    const server = connect(to);
    let way: 'clear' | 'cut-reply' | 'swallow' | 'drip' | { readonly instead: string } = 'clear';
    let late = Promise.resolve();
    const dripping: NodeJS.Timeout[] = [];
    const cut = (): void => {
      open.delete(cut);
      dripping.forEach(clearInterval);
      client.destroy();
      server.destroy();
    };
    open.add(cut);
    for (const side of [client, server]) side.setNoDelay(true).on('error', cut).on('close', cut);

    const forward = async (piece: Buffer): Promise<void> => {
      const act = judge(piece);
      if (act === 'cut') return cut();
      if (typeof act === 'number') await new Promise((resolve) => { setTimeout(resolve, act); });
      else if (typeof act === 'object' || act === 'cut-reply' || act === 'swallow' || act === 'drip') way = act;
      if (server.destroyed) return;
      server.write(piece);
      if (act === 'half-close') server.end();
    };
    // One piece after another, also where one is late.
    client.on('data', (piece: Buffer) => { late = late.then(() => forward(piece)); });
    client.on('end', () => { late = late.then(() => void server.end()); });

    let waiting = Buffer.alloc(0);
    server.on('data', (piece: Buffer) => {
      if (way === 'cut-reply') return cut();
      if (way === 'swallow') return;
      if (way === 'clear') return void client.write(piece);
      if (typeof way === 'object') {
        client.end(way.instead);
        server.destroy();
        return;
      }
      waiting = Buffer.concat([waiting, piece]);
      if (dripping.length === 0) dripping.push(setInterval(() => {
        client.write(waiting.subarray(0, 1));
        waiting = waiting.subarray(1);
      }, 1000));
    });
  };

  const listener = createServer({ allowHalfOpen: false }, serve);
  listener.listen({ port: 0, host });
  await once(listener, 'listening');
  const { port } = listener.address() as { port: number };
  const cutAll = (): void => open.forEach((cut) => cut());
  return {
    port, cutAll,
    judge: (by) => { judge = by; },
    leadTo: (elsewhere) => {
      to = elsewhere;
      cutAll();
    },
    stop: async () => {
      const closed = once(listener, 'close');
      listener.close();
      cutAll();
      await closed;
    },
  };
};

/** The same address through the proxy. */
export const through = (url: string, proxy: TcpProxy): string => {
  const address = new URL(url);
  address.host = `${host}:${proxy.port}`;
  return address.href;
};
