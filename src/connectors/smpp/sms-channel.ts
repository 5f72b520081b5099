/** SMS through a centre that we are bound to as a transceiver. */
import { createHash } from 'node:crypto';
import type { Call, Checkable, Message, MessageChannel, Outcome, SentFact } from '../../plan/ports.ts';
import { deadline, unanswered, whyAborted, type Exchange } from '../exchange.ts';
import { openPipe, type Ask, type Peer } from '../request-pipe.ts';
import { openBrake } from './brake.ts';
import {
  commands, cutPdus, decodeMessageId, decodeShortMessage, encodeBind, encodeMessageId, encodePdu, encodeShortMessage, genericNack, isResponse,
  requestOf, responseId, sizes, tags, type Address, type Command, type RawPdu,
} from './codec.ts';
import { receiptIn, type Receipt } from './receipt.ts';
import { meaningOf, nameOf, statusNamed } from './status-codes.ts';
import { partsOf, wholeOf, type Parts } from './text.ts';

export type SmppOptions = {
  readonly host: string;
  readonly port: number;
  /** At most 15 characters. */
  readonly systemId: string;
  /** At most 8 characters. */
  readonly password: string;
  readonly systemType?: string;
  readonly timeoutMs: number;
  /** Messages on their way at once; 10 where not said. */
  readonly window?: number;
  /** How a text goes that is longer than one short message: in parts with a UDH, or whole, which not every centre takes. `parts` where not said. */
  readonly long?: 'parts' | 'whole';
  /** How receipts write the id that the answer had: the same, or in decimal where that was hexadecimal, as some centres do. `same` where not said. */
  readonly receiptIds?: 'same' | 'decimal';
  /** Milliseconds between two `enquire_link`; 30,000 where not said. */
  readonly enquireEveryMs?: number;
  /** Acknowledged to the centre when this has resolved; sent again by it when this has rejected. */
  readonly onReceipt?: (receipt: Receipt) => Promise<void>;
};

/** The ids of a message's parts; a receipt comes for each. */
export const messageIdsOf = (providerId: string): readonly string[] => providerId.split(',');

/** §5.2.5: international is 1, a name is 5. */
const senderOf = (from: string): Address | null => {
  if (/^\+?\d{3,15}$/.test(from)) return { ton: 1, npi: 1, address: from.replace('+', '') };
  return /^[\x20-\x7e]{1,11}$/.test(from) ? { ton: 5, npi: 0, address: from } : null;
};
const receiverOf = (to: string): Address | null => (/^\+?\d{6,15}$/.test(to) ? { ton: 1, npi: 1, address: to.replace('+', '') } : null);

/** One way of writing for both; what is no such number stays as it is. */
const fromHex = (id: string): string => (/^[0-9a-f]+$/i.test(id) ? BigInt(`0x${id}`).toString(16) : id);
const fromDecimal = (id: string): string => (/^\d+$/.test(id) ? BigInt(id).toString(16) : id);

const receiptsAtOnce = 200;
const enquire = (id: number): Buffer => encodePdu({ id: commands.enquire_link, sequence: id });

/** What the answer to a part amounts to: its message id, or an outcome, or "not now". */
const answerOf = (exchange: Exchange<RawPdu>): { readonly messageId: string } | { readonly later: string } | { readonly outcome: Outcome<never> } => {
  if (exchange.kind !== 'replied') return { outcome: unanswered(exchange) };
  const pdu = exchange.reply;
  if (pdu.id !== genericNack && pdu.id !== responseId('submit_sm')) return { outcome: { kind: 'unknown', says: 'submit_sm was answered with something else' } };
  if (pdu.status !== 0) {
    const [name, meaning] = [nameOf(pdu.status), meaningOf(pdu.status)];
    if (meaning === 'later') return { later: name };
    return { outcome: meaning === 'no' ? { kind: 'refused', code: name, says: 'The message centre refused it.' } : { kind: 'unknown', says: name } };
  }
  const messageId = decodeMessageId(pdu.body);
  return messageId.ok && messageId.value !== '' ? { messageId: messageId.value } : { outcome: { kind: 'unknown', says: 'taken without a message id' } };
};

export const smppSms = (options: SmppOptions): MessageChannel & Checkable & { close(): Promise<void> } => {
  if (options.systemId.length >= sizes.systemId || options.password.length >= sizes.password) throw new Error('SMPP: a system id has at most 15 characters, a password at most 8');

  const greet = async (ask: Ask<RawPdu>): Promise<string | null> => {
    const bind = encodeBind({ systemId: options.systemId, password: options.password, systemType: options.systemType ?? '' });
    const answer = await ask((id) => encodePdu({ id: commands.bind_transceiver, sequence: id, body: bind }), AbortSignal.timeout(options.timeoutMs));
    if (answer.kind !== 'replied') return `not bound: ${answer.says}`;
    if (answer.reply.status !== 0) return `not bound: ${nameOf(answer.reply.status)}`;
    return answer.reply.id === responseId('bind_transceiver') ? null : 'not bound: another answer than to a bind';
  };

  let keeping = 0;
  const receive = async (pdu: RawPdu, peer: Peer): Promise<void> => {
    const reply = (command: Command, name = 'ESME_ROK', body?: Buffer): void =>
      peer.send(encodePdu({ id: responseId(command), status: statusNamed(name) ?? 0, sequence: pdu.sequence, ...(body ? { body } : {}) }));
    switch (requestOf(pdu)) {
      case 'enquire_link': return reply('enquire_link');
      case 'unbind':
        reply('unbind');
        return peer.leave();
      case 'deliver_sm': {
        const sm = decodeShortMessage(pdu.body);
        if (!sm.ok) return reply('deliver_sm', 'ESME_RINVMSGLEN', encodeMessageId(''));
        const receipt = receiptIn(sm.value);
        // Nothing but receipts is for us: whoever writes back must not believe that somebody reads it.
        if (!receipt) return reply('deliver_sm', 'ESME_RX_R_APPN', encodeMessageId(''));
        // More than can be kept at once come again: a flood of them fills no memory of ours.
        if (keeping >= receiptsAtOnce) return reply('deliver_sm', 'ESME_RMSGQFUL', encodeMessageId(''));
        keeping += 1;
        const known = options.receiptIds === 'decimal' ? { ...receipt, messageId: fromDecimal(receipt.messageId) } : receipt;
        const kept = await (options.onReceipt?.(known) ?? Promise.resolve()).then(() => true, () => false);
        keeping -= 1;
        return reply('deliver_sm', kept ? 'ESME_ROK' : 'ESME_RX_T_APPN', encodeMessageId(''));
      }
      default: return peer.send(encodePdu({ id: genericNack, status: statusNamed('ESME_RINVCMDID') ?? 3, sequence: pdu.sequence }));
    }
  };

  const pipe = openPipe<RawPdu>({
    host: options.host, port: options.port, timeoutMs: options.timeoutMs, window: options.window ?? 10,
    wire: {
      cut: cutPdus,
      answers: (pdu) => (!isResponse(pdu) ? null : pdu.id === genericNack && pdu.sequence === 0 ? `generic_nack ${nameOf(pdu.status)}` : pdu.sequence),
    },
    greet,
    farewell: (ask) => ask((id) => encodePdu({ id: commands.unbind, sequence: id }), AbortSignal.timeout(Math.min(options.timeoutMs, 1_000))),
    unasked: (pdu, peer) => void receive(pdu, peer),
    // Bound also when there is nothing to send: receipts come when they come.
    hold: { firstMs: 500, atMostMs: 30_000 },
  });
  const beat = setInterval(() => { if (pipe.isOpen()) void pipe.ask(enquire, AbortSignal.timeout(options.timeoutMs)); }, options.enquireEveryMs ?? 30_000);
  beat.unref();

  const brake = openBrake(200, 10_000);
  /** Parts go one after the other. Once one is taken, the rest must follow: "not now" is waited out while there is time. */
  const sendParts = async (parts: Parts, submit: (message: Buffer) => (id: number) => Buffer, until: AbortSignal): Promise<Outcome<SentFact>> => {
    const ids: string[] = [];
    for (let at = 0; at < parts.messages.length;) {
      if (at === 0 && !(await brake.released(until))) return { kind: 'unreachable', says: 'the centre takes nothing for now' };
      const answer = answerOf(await pipe.ask(submit(parts.messages[at] as Buffer), until));
      if ('messageId' in answer) {
        brake.taken();
        ids.push(options.receiptIds === 'decimal' ? fromHex(answer.messageId) : answer.messageId);
        at += 1;
      } else if ('outcome' in answer) {
        const soFar = `${at} of ${parts.messages.length} parts were taken`;
        return at > 0 && answer.outcome.kind === 'unreachable' ? { kind: 'unknown', says: `${soFar}, then: ${answer.outcome.says}` } : answer.outcome;
      } else {
        brake.notNow();
        if (at === 0) return { kind: 'unreachable', says: answer.later };
        if (!(await brake.released(until))) return { kind: 'unknown', says: `${at} of ${parts.messages.length} parts were taken, then ${answer.later}: ${whyAborted(until, options.timeoutMs)}` };
      }
    }
    return { kind: 'done', fact: { providerId: ids.join(',') } };
  };

  return {
    send: async (message: Message, call: Call) => {
      const [source, destination] = [senderOf(message.from), receiverOf(message.to)];
      if (!source) return { kind: 'refused', code: 'invalid-sender', says: 'A sender is a number or at most 11 plain characters.' };
      if (!destination) return { kind: 'refused', code: 'invalid-receiver', says: 'Not an E.164 number.' };
      const digest = createHash('sha256').update(call.key).digest();
      const parts = options.long === 'whole' ? wholeOf(message.text) : partsOf(message.text, digest[2] ?? 0);
      if (!parts) return { kind: 'refused', code: 'too-long', says: 'Longer than a message can be.' };
      const tlvs = [{ tag: tags.user_message_reference, value: digest.subarray(0, 2) }];
      const submit = (part: Buffer) => (id: number): Buffer => encodePdu({
        id: commands.submit_sm, sequence: id,
        body: encodeShortMessage({ source, destination, esmClass: parts.udh ? 0x40 : 0, registeredDelivery: 1, dataCoding: parts.dataCoding, message: part, tlvs }),
      });
      return sendParts(parts, submit, deadline(call.signal, options.timeoutMs));
    },
    // Bound, and answering: both without a message.
    check: async (signal) => {
      const where = `${options.host}:${options.port}`;
      const answer = await pipe.ask(enquire, signal);
      if (answer.kind !== 'replied') return { kind: /not bound: ESME_(RBINDFAIL|RINVPASWD|RINVSYSID|RINVSYSTYP)/.test(answer.says) ? 'credentials' : /not (bound|understood)/.test(answer.says) ? 'protocol' : 'unreachable', where, says: answer.says };
      return answer.reply.id === responseId('enquire_link') && answer.reply.status === 0 ? { kind: 'ok', where, says: 'bound, and answers enquire_link' } : { kind: 'protocol', where, says: 'enquire_link was answered with something else' };
    },
    close: async () => {
      clearInterval(beat);
      await pipe.close();
    },
  };
};
