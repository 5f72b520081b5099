/** Ends a subscriber's sessions by Disconnect-Request at every NAS that may hold one (RFC 5176). */
import type { Call, Checkable, Checked, Outcome, SessionsFact, Sessions, SessionSubject } from '../../plan/ports.ts';
import { unanswered } from '../exchange.ts';
import { openClient, type Client, type ClientOptions, type Ignored } from './client.ts';
import { codes, imsiOf3gpp, integer, integerOf, text, types, valuesOf, type Attribute, type Packet } from './codec.ts';
import { errorCauses, sessionNotFound } from './error-causes.ts';

/** `imsi`: 3GPP-IMSI. `calling-station-id`: the number's digits. `user-name`: the IMSI's digits. */
export const identifiers = ['imsi', 'calling-station-id', 'user-name'] as const;

export type RadiusOptions = Pick<ClientOptions, 'secret' | 'timeoutMs' | 'window' | 'firstPauseMs'> & {
  readonly nas: readonly { readonly host: string; readonly port: number }[];
  /**
   * What names the subscriber. A NAS ends the sessions that match all of it, and answers 503 where none does: so what the NAS writes
   * differently than we do makes a session that runs look like one that is gone.
   */
  readonly identifyBy: readonly (typeof identifiers)[number][];
  /** For Event-Timestamp: a NAS takes a request that is minutes old for a replay. */
  readonly now: () => Date;
};

const attributesOf = ({ imsi, msisdn }: SessionSubject, by: RadiusOptions['identifyBy']): readonly Attribute[] => by.map((one) => {
  switch (one) {
    case 'imsi': return imsiOf3gpp(imsi);
    case 'calling-station-id': return text(types.callingStationId, msisdn.replace('+', ''));
    case 'user-name': return text(types.userName, imsi);
  }
});

const outcomeOf = (reply: Packet): Outcome<SessionsFact> => {
  if (reply.code === codes.disconnectAck) return { kind: 'done', fact: 'ended' };
  if (reply.code !== codes.disconnectNak) return { kind: 'unknown', says: `a Disconnect-Request was answered with code ${reply.code}` };
  const cause = integerOf(reply, types.errorCause);
  if (cause === sessionNotFound) return { kind: 'done', fact: 'none-there' };
  if (cause !== undefined) return { kind: 'refused', code: `error-cause-${cause}`, says: errorCauses[cause] ?? `Error-Cause ${cause}, which RFC 5176 does not have` };
  const says = valuesOf(reply, types.errorCause).length === 0 ? 'Disconnect-NAK without a cause' : 'Disconnect-NAK with a cause that can\'t be read';
  return { kind: 'refused', code: 'no-cause', says };
};

/** What may still come right by itself comes before what is final: a repeat asks all of them again, which harms none. */
const gravity = { unknown: 3, unreachable: 2, refused: 1, done: 0 } as const;
const ended = (outcome: Outcome<SessionsFact>): boolean => outcome.kind === 'done' && outcome.fact === 'ended';
const noNas: Outcome<never> = { kind: 'refused', code: 'no-gateway', says: 'No gateway is named that could hold sessions.' };
const together = (outcomes: readonly Outcome<SessionsFact>[]): Outcome<SessionsFact> =>
  outcomes.toSorted((one, other) => gravity[other.kind] - gravity[one.kind] || Number(ended(other)) - Number(ended(one)))[0] ?? noNas;

export const radiusDisconnect = (options: RadiusOptions): Sessions & Checkable & { ignored(): readonly Ignored[]; close(): Promise<void> } => {
  const clients = options.nas.map(({ host, port }): { readonly where: string; readonly client: Client } => ({ where: `${host}:${port}`, client: openClient({ ...options, host, port }) }));
  const stamped = (attributes: readonly Attribute[]): readonly Attribute[] => [...attributes, integer(types.eventTimestamp, Math.floor(options.now().getTime() / 1000))];

  const endAt = async ({ where, client }: (typeof clients)[number], subject: SessionSubject, call: Call): Promise<Outcome<SessionsFact>> => {
    const exchange = await client.ask(stamped(attributesOf(subject, options.identifyBy)), call.signal);
    const outcome = exchange.kind === 'replied' ? outcomeOf(exchange.reply) : unanswered(exchange);
    return outcome.kind === 'done' ? outcome : { ...outcome, says: `${where}: ${outcome.says}` };
  };

  /** Asks for the end of a session that can't be there. */
  const look = async ({ where, client }: (typeof clients)[number], signal: AbortSignal): Promise<Checked> => {
    const before = client.ignored();
    const exchange = await client.ask(stamped([text(types.acctSessionId, 'signoff-check')]), signal);
    if (exchange.kind !== 'replied') {
      if (client.ignored().forged > before.forged) return { kind: 'credentials', where, says: 'it answers under another secret' };
      return { kind: 'unreachable', where, says: `${exchange.says} (a NAS says nothing to whose secret it does not know)` };
    }
    const outcome = outcomeOf(exchange.reply);
    if (outcome.kind === 'done' && outcome.fact === 'none-there') return { kind: 'ok', where, says: 'knows our secret' };
    if (outcome.kind === 'done') return { kind: 'protocol', where, says: 'it says that it ended a session that can\'t be there' };
    return { kind: outcome.kind === 'refused' ? 'ok' : 'protocol', where, says: outcome.says };
  };

  return {
    endAll: async (subject, call) => {
      if (!/^\d{6,15}$/.test(subject.imsi)) return { kind: 'refused', code: 'invalid-imsi', says: 'An IMSI has 6 to 15 digits.' };
      return together(await Promise.all(clients.map((one) => endAt(one, subject, call))));
    },
    check: async (signal) => {
      const found = await Promise.all(clients.map((one) => look(one, signal)));
      return found.find(({ kind }) => kind !== 'ok') ?? { ...(found[0] ?? { kind: 'protocol', says: 'no NAS is named' }), where: clients.map(({ where }) => where).join(', ') };
    },
    ignored: () => clients.map(({ client }) => client.ignored()),
    close: async () => clients.forEach(({ client }) => client.close()),
  };
};
