/**
 * Requests to one NAS over one UDP socket, told apart by their identifiers. A request goes out again unchanged, under the same
 * identifier, with growing pauses (RFC 5080 §2.2.1), so that the NAS knows it for a repeat. What is not surely an answer
 * is passed over and counted: anybody can send us a datagram.
 */
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { deadline, inOneLine, neverSent, noReply, whyAborted, type Exchange } from '../exchange.ts';
import { turnstile } from '../turnstile.ts';
import { decode, encodeRequest, forgedReply, type Attribute, type Packet } from './codec.ts';

export type ClientOptions = {
  readonly host: string;
  /** 3799 where a NAS is as it comes. */
  readonly port: number;
  readonly secret: string;
  readonly timeoutMs: number;
  /** Requests on their way at once: 16 where not said, 256 at most, since there are no more identifiers. Others wait their turn. */
  readonly window?: number;
  /** Until a request is sent again for the first time; RFC 5080 says two seconds. */
  readonly firstPauseMs?: number;
};

/** Datagrams that were passed over, by what was wrong with them. `unasked`: an identifier that nothing waits for, or a second answer. */
export type Ignored = { readonly foreign: number; readonly malformed: number; readonly forged: number; readonly unasked: number };
export type Client = {
  readonly ask: (attributes: readonly Attribute[], signal: AbortSignal) => Promise<Exchange<Packet>>;
  readonly ignored: () => Ignored;
  readonly close: () => void;
};

const identifiers = 256;
const longestPauseMs = 16_000;

const words: Readonly<Record<keyof Ignored, string>> = {
  foreign: 'from another address or port', malformed: 'that is no RADIUS packet', forged: 'with a wrong authenticator', unasked: 'with an identifier that nothing waits for',
};
/** What came since and was no answer, as the end of a sentence. */
const meanwhile = (before: Ignored, after: Ignored): string => (Object.keys(words) as (keyof Ignored)[])
  .flatMap((kind) => (after[kind] > before[kind] ? [`; passed over: ${after[kind] - before[kind]} ${words[kind]}`] : [])).join('');

/** A tenth more or less, so that many who began together do not go on together. */
const jittered = (pauseMs: number): number => pauseMs * (0.9 + Math.random() * 0.2);

type Link = { readonly socket: Socket; readonly address: string };
type Waiting = { readonly bytes: Buffer; readonly settle: (exchange: Exchange<Packet>) => void };

export const openClient = (options: ClientOptions): Client => {
  const { host, port, secret, timeoutMs } = options;
  const places = turnstile(Math.min(options.window ?? 16, identifiers));
  const waiting = new Map<number, Waiting>();
  const ignored = { foreign: 0, malformed: 0, forged: 0, unasked: 0 };
  let link: Promise<Link> | undefined;
  let lastIdentifier = identifiers - 1;
  let closed = false;

  const hear = (address: string, bytes: Buffer, from: RemoteInfo): void => {
    if (from.address !== address || from.port !== port) return void (ignored.foreign += 1);
    const packet = decode(bytes);
    if (!packet.ok) return void (ignored.malformed += 1);
    const request = waiting.get(packet.value.identifier);
    if (request === undefined) return void (ignored.unasked += 1);
    if (forgedReply(bytes, request.bytes, secret) !== null) return void (ignored.forged += 1);
    request.settle({ kind: 'replied', reply: packet.value });
  };

  const lose = (says: string): void => {
    const lost = link;
    link = undefined;
    void lost?.then(({ socket }) => socket.close(), () => undefined); // one that never opened needs no closing
    for (const one of waiting.values()) one.settle(noReply(says));
  };

  const openLink = async (): Promise<Link> => {
    const { address, family } = await lookup(host);
    const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
    socket.bind(0);
    await once(socket, 'listening');
    socket.on('message', (bytes, from) => hear(address, bytes, from));
    socket.on('error', (error) => lose(`the socket broke: ${inOneLine(error)}`));
    return { socket, address };
  };

  /** In turn, not the first that is free: what comes late for one identifier shall not meet the next request under it. */
  const nextIdentifier = (): number => {
    do lastIdentifier = (lastIdentifier + 1) % identifiers; while (waiting.has(lastIdentifier));
    return lastIdentifier;
  };

  const askOn = ({ socket, address }: Link, attributes: readonly Attribute[], until: AbortSignal): Promise<Exchange<Packet>> => new Promise((resolve) => {
    const identifier = nextIdentifier();
    const bytes = encodeRequest(identifier, attributes, secret);
    const before = { ...ignored };
    let sent = false;
    let whyNot = '';
    let again: NodeJS.Timeout | undefined;
    const settle = (exchange: Exchange<Packet>): void => {
      clearTimeout(again);
      until.removeEventListener('abort', late);
      waiting.delete(identifier);
      resolve(exchange);
    };
    const late = (): void => {
      const says = `${whyAborted(until, timeoutMs)}${meanwhile(before, ignored)}`;
      settle(sent ? noReply(says) : neverSent(whyNot || says));
    };
    const send = (pauseMs: number): void => {
      socket.send(bytes, port, address, (error) => {
        if (error) whyNot = inOneLine(error);
        else sent = true;
      });
      again = setTimeout(() => send(Math.min(pauseMs * 2, longestPauseMs)), jittered(pauseMs));
    };
    waiting.set(identifier, { bytes, settle });
    until.addEventListener('abort', late);
    send(options.firstPauseMs ?? 2_000);
  });

  return {
    ask: async (attributes, signal) => {
      const until = deadline(signal, timeoutMs);
      const leave = await places.enter(until);
      if (!leave) return neverSent(whyAborted(until, timeoutMs));
      try {
        if (closed) return neverSent('closed by us');
        const opened = await (link ??= openLink()).catch((error: unknown) => inOneLine(error));
        if (typeof opened !== 'string') return until.aborted ? neverSent(whyAborted(until, timeoutMs)) : await askOn(opened, attributes, until);
        link = undefined;
        return neverSent(opened);
      } finally {
        leave();
      }
    },
    ignored: () => ({ ...ignored }),
    close: () => {
      closed = true;
      lose('closed by us');
    },
  };
};
