/** A gateway that holds data sessions and ends them on a Disconnect-Request (RFC 5176), as a dynamic authorization server. */
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { codes, decode, encodeReply, forgedRequest, imsiIn, integer, integerOf, textOf, types, valuesOf, type Packet } from '../connectors/radius-disconnect/codec.ts';
import { sessionNotFound } from '../connectors/radius-disconnect/error-causes.ts';
import type { Carrier, Session } from './carrier.ts';
import { underFault, type Faults } from './faults.ts';
import { host, type Listener } from './listener.ts';

const system = 'nas';
/** Seconds that an Event-Timestamp may be off (RFC 5176 §6.3 has 300). */
const newEnough = 300;
/** Of the attributes that name a session, those understood here; any other is refused, as RFC 5176 §3 wants it. */
const understood = new Set<number>([types.userName, types.vendorSpecific, types.callingStationId, types.acctSessionId, types.eventTimestamp, types.messageAuthenticator]);
const causes = { unsupportedAttribute: 401, missingAttribute: 402, notRemovable: 504 } as const;
type Said = { readonly code: number; readonly cause?: number };
const nak = (cause: number): Said => ({ code: codes.disconnectNak, cause });

/** All that is named must match. Null where nothing is named that we know. */
const sessionsMeant = (carrier: Carrier, packet: Packet): readonly Session[] | null => {
  const wanted = {
    imsi: imsiIn(packet), userName: textOf(packet, types.userName),
    msisdn: textOf(packet, types.callingStationId), id: textOf(packet, types.acctSessionId),
  };
  const named = Object.entries(wanted).filter(([, value]) => value !== undefined);
  if (named.length === 0) return null;
  return [...carrier.sessions.values()].filter((session) => named.every(([name, value]) => session[name as keyof Session] === value));
};

const disconnect = async (carrier: Carrier, packet: Packet): Promise<Said> => {
  if (packet.attributes.some(({ type }) => !understood.has(type))) return nak(causes.unsupportedAttribute);
  const meant = sessionsMeant(carrier, packet);
  if (meant === null) return nak(causes.missingAttribute);
  if (meant.length === 0) {
    await carrier.ledger.settled();
    return nak(sessionNotFound);
  }
  await Promise.all(meant.map(({ imsi, id }) => carrier.happen({ system, effect: 'session-ended', subject: imsi, key: '', detail: { session: id } })));
  return { code: codes.disconnectAck };
};

export const startNas = async (carrier: Carrier, faults: Faults, secret: string, wanted: number): Promise<Listener> => {
  /** A repeat is answered as the first was, and does nothing (RFC 5080 §2.2.2): same sender, identifier and authenticator. */
  const answered = new Map<string, Promise<Said>>();

  const hear = (socket: Socket, bytes: Buffer, from: RemoteInfo): void => {
    const packet = decode(bytes);
    // Who does not know the secret is told nothing.
    if (!packet.ok || forgedRequest(bytes, secret) !== null || packet.value.code !== codes.disconnectRequest) return;
    const request = packet.value;
    const at = integerOf(request, types.eventTimestamp);
    if (valuesOf(request, types.eventTimestamp).length > 0 && Math.abs((at ?? 0) - carrier.now().getTime() / 1000) > newEnough) return;
    const id = `${from.address} ${from.port} ${request.identifier} ${request.authenticator.toString('hex')}`;
    const reply = ({ code, cause }: Said, to: Pick<Packet, 'identifier' | 'authenticator'> = request): Buffer =>
      encodeReply(code, to, cause === undefined ? [] : [integer(types.errorCause, cause)], secret);
    const put = (datagram: Buffer): void => socket.send(datagram, from.port, from.address, () => undefined); // who is gone misses it

    const spoil = (said: Said, how: string | undefined): void => {
      switch (how) {
        case 'wrong-authenticator': return put(encodeReply(said.code, request, [], `not ${secret}`));
        case 'wrong-identifier': return put(reply(said, { ...request, identifier: (request.identifier + 1) % 256 }));
        case 'wrong-length': return put(reply(said).subarray(0, 30));
        case 'unknown-code': return put(reply({ code: 99 }));
        case 'other-port': {
          const other = createSocket('udp4');
          return other.send(reply(said), from.port, from.address, () => other.close());
        }
        default: return put(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'));
      }
    };
    void underFault<Said>(faults.take(system, 'disconnect'), {
      act: () => {
        const said = answered.get(id) ?? disconnect(carrier, request);
        answered.set(id, said);
        if (answered.size > 10_000) answered.delete(answered.keys().next().value ?? '');
        return said;
      },
      refusal: (code = String(causes.notRemovable)) => (/^\d+$/.test(code) ? nak(Number(code)) : { code: codes.disconnectNak }),
      send: (said) => put(reply(said)),
      cut: () => undefined,
      spoil,
    });
  };

  const open = async (port: number): Promise<Socket> => {
    const socket = createSocket('udp4');
    socket.on('message', (bytes, from) => hear(socket, bytes, from));
    socket.bind(port, host);
    await once(socket, 'listening');
    return socket;
  };
  let socket: Socket | undefined = await open(wanted);
  const { port } = socket.address();
  const down = async (): Promise<void> => {
    const closing = socket;
    socket = undefined;
    if (closing) await new Promise<void>((resolve) => closing.close(() => resolve()));
  };
  return { port, down, stop: down, up: async () => { socket ??= await open(port); } };
};
