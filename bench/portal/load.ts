/**
 * Requests at fixed moments, whether or not those before were answered, over connections that are kept. An answer's time
 * counts from the moment at which its request was due, so that waiting for a connection or for the server counts as well.
 */
import { connect, type Socket } from 'node:net';

export type Ask = { readonly kind: string; readonly path: string; readonly cookie: string };
export type Answered = { readonly kind: string; readonly milliseconds: number; readonly status: number; readonly bytes: number };

type Due = { readonly ask: Ask; readonly at: number };

export type Load = {
  /** `rate` a second for `seconds`. Resolves when the last one is answered, or was for `patience` seconds not. */
  run(asks: Iterator<Ask>, rate: number, seconds: number): Promise<Answered[]>;
  /** `open` requests at all times, as fast as they are answered, for `seconds`. */
  flood(asks: Iterator<Ask>, open: number, seconds: number): Promise<Answered[]>;
  /** One after another. */
  singly(asks: Iterator<Ask>, count: number): Promise<Answered[]>;
  close(): void;
};

const patience = 30_000;

export const loadOn = (origin: string, most = 128): Load => {
  const { hostname, port, host } = new URL(origin);
  const free: Lane[] = [];
  const waiting: Due[] = [];
  let lanes = 0;
  let done: (answered: Answered) => void = () => undefined;

  class Lane {
    readonly #socket: Socket;
    #due: Due | undefined;
    #got: Buffer[] = [];
    #length = 0;
    #whole = -1;

    constructor() {
      lanes++;
      this.#socket = connect({ host: hostname, port: Number(port), noDelay: true });
      this.#socket.on('data', (chunk: Buffer) => this.#take(chunk));
      this.#socket.on('close', () => { if (this.#due !== undefined) this.#end(0); });
      this.#socket.on('error', () => this.#socket.destroy());
    }

    send(due: Due): void {
      this.#due = due;
      this.#got = [];
      this.#length = 0;
      this.#whole = -1;
      this.#socket.write(`GET ${due.ask.path} HTTP/1.1\r\nhost: ${host}\r\ncookie: ${due.ask.cookie}\r\naccept-language: zh-CN\r\naccept-encoding: gzip, deflate, br, zstd\r\naccept: text/html\r\n\r\n`);
    }

    #take(chunk: Buffer): void {
      this.#got.push(chunk);
      this.#length += chunk.length;
      if (this.#whole < 0) {
        const head = Buffer.concat(this.#got);
        const end = head.indexOf('\r\n\r\n');
        if (end < 0) return;
        const length = /\r\ncontent-length: (\d+)/i.exec(head.toString('latin1', 0, end + 2))?.[1];
        this.#whole = end + 4 + Number(length ?? 0);
      }
      if (this.#length >= this.#whole) this.#end(Number(this.#got[0]?.toString('latin1', 9, 12)));
    }

    #end(status: number): void {
      const due = this.#due;
      this.#due = undefined;
      if (due !== undefined) done({ kind: due.ask.kind, milliseconds: performance.now() - due.at, status, bytes: this.#length });
      if (status === 0) {
        lanes--;
        return;
      }
      const next = waiting.shift();
      if (next === undefined) free.push(this);
      else this.send(next);
    }

    close(): void {
      this.#socket.destroy();
    }
  }

  const send = (due: Due): void => {
    const lane = free.pop() ?? (lanes < most ? new Lane() : undefined);
    if (lane === undefined) waiting.push(due);
    else lane.send(due);
  };
  const nextOf = (asks: Iterator<Ask>): Ask => {
    const { value, done: over } = asks.next() as IteratorResult<Ask>;
    if (over) throw new Error('nothing left to ask for');
    return value;
  };

  return {
    run: (asks, rate, seconds) => new Promise((resolve) => {
      const answered: Answered[] = [];
      const count = Math.round(rate * seconds);
      const start = performance.now() + 50;
      let sent = 0;
      let giveUp: NodeJS.Timeout | undefined;
      const over = (): void => {
        clearTimeout(giveUp);
        clearInterval(ticking);
        resolve(answered);
      };
      done = (one) => {
        answered.push(one);
        if (answered.length === count) over();
      };
      const ticking = setInterval(() => {
        const now = performance.now();
        for (; sent < count && start + (sent * 1000) / rate <= now; sent++) send({ ask: nextOf(asks), at: start + (sent * 1000) / rate });
        if (sent === count && giveUp === undefined) giveUp = setTimeout(over, patience);
      }, 1);
    }),
    flood: (asks, open, seconds) => new Promise((resolve) => {
      const answered: Answered[] = [];
      const until = performance.now() + seconds * 1000;
      let out = 0;
      const next = (): void => {
        const at = performance.now();
        if (at < until) {
          out++;
          send({ ask: nextOf(asks), at });
        } else if (out === 0) resolve(answered);
      };
      done = (one) => {
        out--;
        answered.push(one);
        next();
      };
      for (let count = 0; count < open; count++) next();
    }),
    singly: async (asks, count) => {
      const answered: Answered[] = [];
      for (let index = 0; index < count; index++) answered.push(await new Promise<Answered>((resolve) => {
        done = resolve;
        send({ ask: nextOf(asks), at: performance.now() });
      }));
      return answered;
    },
    close: () => { for (const lane of free) lane.close(); },
  };
};
