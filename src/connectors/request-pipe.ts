/**
 * Many requests on one TCP connection, each with an id, answered in any order. Opened by the first request, or at once
 * where `hold` is given; opened again when it is lost. A request whose answer does not come in time takes the
 * connection out of use: what is still waiting may finish, new requests get a fresh one.
 */
import { connect, type Socket } from 'node:net';
import { deadline, inOneLine, neverSent, noReply, whyAborted, type Exchange, type NeverSent } from './exchange.ts';
import { turnstile } from './turnstile.ts';

export type Wire<Frame> = {
  /** Cuts whole frames off the front; a string says why these bytes can't be this protocol. */
  readonly cut: (bytes: Buffer) => { readonly frames: readonly Frame[]; readonly rest: Buffer } | string;
  /** The id of the request that a frame answers; null where it is not an answer; a string says why it makes no sense. */
  readonly answers: (frame: Frame) => number | null | string;
};
export type Ask<Frame> = (encode: (id: number) => Buffer, signal: AbortSignal) => Promise<Exchange<Frame>>;
export type PipeOptions<Frame> = {
  readonly host: string;
  readonly port: number;
  readonly timeoutMs: number;
  /** How many requests may wait for an answer at once. */
  readonly window: number;
  readonly wire: Wire<Frame>;
  /** Said first on every connection; what it returns is why the peer does not want us. */
  readonly greet?: (ask: Ask<Frame>) => Promise<string | null>;
  /** Said before an orderly end. */
  readonly farewell?: (ask: Ask<Frame>) => Promise<unknown>;
  /** What comes without having been asked for. */
  readonly unasked?: (frame: Frame, to: Peer) => void;
  /** Keep a connection open without requests; milliseconds between attempts, growing. After one that failed, requests wait for the next too: a peer that is down is not asked for each of them. */
  readonly hold?: { readonly firstMs: number; readonly atMostMs: number };
};
/** Whoever said something on its own. `leave`: nothing more is asked on this connection; what is under way may finish. */
export type Peer = { readonly send: (bytes: Buffer) => void; readonly leave: () => void };
/** `close` waits for what is under way, each for no longer than its time-out. */
export type Pipe<Frame> = { readonly ask: Ask<Frame>; readonly isOpen: () => boolean; readonly close: () => Promise<void> };

type Waiter<Frame> = (exchange: Exchange<Frame>) => void;
type Link<Frame> = {
  readonly socket: Socket;
  readonly waiting: Map<number, Waiter<Frame>>;
  lastId: number;
  open: boolean;
  /** Called when nobody waits any more. */
  drained?: () => void;
  /** Null once the peer has welcomed us, else why it can't be used. */
  readonly ready: Promise<string | null>;
};

const largestId = 0x7fff_ffff;

export const openPipe = <Frame>(options: PipeOptions<Frame>): Pipe<Frame> => {
  const { host, port, timeoutMs, wire } = options;
  const places = turnstile(options.window);
  const links = new Set<Link<Frame>>();
  let current: Link<Frame> | undefined;
  let closed = false;
  /** Why there was no connection the last time. */
  let lastWords = 'no connection';
  let pause = options.hold?.firstMs ?? 0;
  let again: { readonly timer: NodeJS.Timeout; readonly next: Promise<Link<Frame>>; wasWelcome: boolean } | undefined;

  const end = (link: Link<Frame>, says: string): void => {
    if (!links.delete(link)) return;
    const wasWelcome = link.open;
    link.open = false;
    lastWords = says;
    if (current === link) current = undefined;
    link.socket.destroy();
    for (const waiter of link.waiting.values()) waiter(noReply(says));
    link.waiting.clear();
    if (!options.hold || closed || current) return;
    if (again) return void (again.wasWelcome = wasWelcome);
    tryAgainAfter(pause, wasWelcome);
    pause = Math.min(pause * 2, options.hold.atMostMs);
  };

  const tryAgainAfter = (milliseconds: number, wasWelcome: boolean): void => {
    let open: (link: Link<Frame>) => void = () => undefined;
    const next = new Promise<Link<Frame>>((resolve) => { open = resolve; });
    const timer = setTimeout(() => {
      again = undefined;
      open(theLink());
    }, milliseconds);
    timer.unref();
    again = { timer, next, wasWelcome };
  };

  const retire = (link: Link<Frame>): void => {
    if (current === link) current = undefined;
    if (link.waiting.size === 0) end(link, 'taken out of use');
  };

  /** What has been written still goes out, and the peer closes in its own time, or we do. */
  const leave = (link: Link<Frame>): void => {
    if (current === link) current = undefined;
    link.socket.end();
    setTimeout(() => end(link, 'the peer wanted to end it'), timeoutMs).unref();
  };

  /** Writes on a link that is ready and waits for the answer. */
  const askOn = (link: Link<Frame>, encode: (id: number) => Buffer, until: AbortSignal): Promise<Exchange<Frame>> => {
    if (until.aborted) return Promise.resolve(neverSent(whyAborted(until, timeoutMs)));
    return new Promise((resolve) => {
      const id = link.lastId === largestId ? 1 : link.lastId + 1;
      link.lastId = id;
      const late = (): void => settle(noReply(whyAborted(until, timeoutMs)), true);
      const settle = (exchange: Exchange<Frame>, tooLate = false): void => {
        until.removeEventListener('abort', late);
        link.waiting.delete(id);
        resolve(exchange);
        if (tooLate || (current !== link && links.has(link))) retire(link);
        if (link.waiting.size === 0) link.drained?.();
      };
      until.addEventListener('abort', late);
      link.waiting.set(id, settle);
      link.socket.write(encode(id));
    });
  };

  const deliver = (link: Link<Frame>, frame: Frame): void => {
    const id = wire.answers(frame);
    if (typeof id === 'string') return end(link, `not understood: ${id}`);
    if (id === null) return options.unasked?.(frame, { send: (bytes) => void (links.has(link) && link.socket.write(bytes)), leave: () => leave(link) });
    const waiter = link.waiting.get(id);
    if (waiter) return waiter({ kind: 'replied', reply: frame });
    // An answer that came twice, or after its time, has had its effect on us already. An id that was never given out is
    // a peer that we do not understand: nothing that it says can be relied on.
    if (id < 1 || id > link.lastId) end(link, `the peer answered request ${id}, which was never made`);
  };

  const openLink = (): Link<Frame> => {
    const socket = connect({ host, port, noDelay: true, keepAlive: true });
    const waiting = new Map<number, Waiter<Frame>>();
    const limit = AbortSignal.timeout(timeoutMs);
    const connected = new Promise<string | null>((resolve) => {
      socket.once('connect', () => resolve(null));
      socket.once('error', (error) => resolve(inOneLine(error)));
      limit.addEventListener('abort', () => resolve(`no connection within ${timeoutMs} ms`));
    });
    const ready = connected.then(async (why) => {
      if (why === null) why = (await options.greet?.((encode, signal) => askOn(link, encode, deadline(signal, timeoutMs)))) ?? null;
      if (why !== null) end(link, why);
      else if (links.has(link)) { link.open = true; pause = options.hold?.firstMs ?? 0; }
      return why ?? (links.has(link) ? null : 'the connection was lost at once');
    });
    const link: Link<Frame> = { socket, waiting, lastId: 0, open: false, ready };
    links.add(link);
    let bytes: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      const cut = wire.cut(bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]));
      if (typeof cut === 'string') return end(link, `not understood: ${cut}`);
      bytes = cut.rest;
      for (const frame of cut.frames) if (links.has(link)) deliver(link, frame);
    });
    socket.on('error', (error) => end(link, `the connection broke: ${inOneLine(error)}`));
    socket.on('close', () => end(link, 'the peer closed the connection'));
    return link;
  };
  const theLink = (): Link<Frame> => (current ??= openLink());

  const inTime = <Value>(awaited: Promise<Value>, until: AbortSignal): Promise<Value | 'late'> =>
    until.aborted ? Promise.resolve('late') : Promise.race([awaited, new Promise<'late'>((resolve) => until.addEventListener('abort', () => resolve('late'), { once: true }))]);

  const isReady = async (link: Link<Frame>, until: AbortSignal): Promise<NeverSent | null> => {
    const why = link.open && !until.aborted ? null : await inTime(link.ready, until);
    return why === null ? null : neverSent(why === 'late' ? whyAborted(until, timeoutMs) : why);
  };

  const ask: Ask<Frame> = async (encode, signal) => {
    const until = deadline(signal, timeoutMs);
    const leave = await places.enter(until);
    if (!leave) return neverSent(whyAborted(until, timeoutMs));
    try {
      if (closed) return neverSent('closed by us');
      const link = again === undefined || again.wasWelcome ? theLink() : await inTime(again.next, until);
      if (link === 'late') return neverSent(lastWords);
      const notReady = await isReady(link, until);
      if (notReady) return notReady;
      return links.has(link) ? await askOn(link, encode, until) : neverSent('the connection was lost before anything was sent');
    } finally {
      leave();
    }
  };

  if (options.hold) void theLink().ready;
  return {
    ask,
    isOpen: () => current?.open === true,
    close: async () => {
      closed = true;
      clearTimeout(again?.timer);
      const link = current;
      if (link !== undefined && link.waiting.size > 0) await new Promise<void>((resolve) => { link.drained = resolve; });
      if (link?.open) await options.farewell?.((encode, signal) => askOn(link, encode, deadline(signal, timeoutMs)));
      for (const each of links) end(each, 'closed by us');
    },
  };
};
