/** A message centre: SMPP 3.4 for bound clients, delivery receipts included, which are sent until they are taken. */
import { createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import {
  commands, cutPdus, decodeBind, decodeShortMessage, encodeMessageId, encodePdu, encodeShortMessage, genericNack, isResponse, requestOf, responseId, tags,
  type Command, type RawPdu, type ShortMessage,
} from '../connectors/smpp/codec.ts';
import { messageStates, receiptClass, receiptText, type Receipt } from '../connectors/smpp/receipt.ts';
import { statusNamed } from '../connectors/smpp/status-codes.ts';
import { dataCodings, readPart } from '../connectors/smpp/text.ts';
import type { Carrier } from './carrier.ts';
import { underFault, type Faults } from './faults.ts';
import { listen, type Listener } from './listener.ts';
import type { Effect } from './systems.ts';

const system = 'message-centre';
const receiptAfterMs = 20;
const receiptAgainAfterMs = 1_000;
export type Login = { readonly systemId: string; readonly password: string };
type Said = { readonly status: string; readonly body?: Buffer };
type Session = { bound: boolean; readonly socket: Socket; lastSequence: number; readonly waiting: Map<number, (status: number) => void> };

const numberOf = (sm: ShortMessage['source']): string => (sm.ton === 1 ? `+${sm.address}` : sm.address);

export const startMessageCentre = async (carrier: Carrier, faults: Faults, login: Login, port: number): Promise<Listener & { readonly end: () => void }> => {
  const sessions = new Set<Session>();
  const over = new AbortController();

  const submit = async (body: Buffer): Promise<Said> => {
    const sm = decodeShortMessage(body);
    if (!sm.ok) return { status: 'ESME_RINVMSGLEN' };
    const { text, info } = readPart(sm.value.message, sm.value.dataCoding, (sm.value.esmClass & 0x40) !== 0);
    const messageId = (carrier.ledger.effects().length + 1).toString(16).padStart(8, '0');
    const key = sm.value.tlvs.find((tlv) => tlv.tag === tags.user_message_reference)?.value.toString('hex') ?? '';
    const wanted = (sm.value.registeredDelivery & 0x03) !== 0;
    const effect: Omit<Effect, 'at'> = {
      system, effect: info ? `sms-part-${info.part}-of-${info.parts}-accepted` : 'sms-accepted', subject: numberOf(sm.value.destination), key,
      detail: { messageId, from: numberOf(sm.value.source), text, receipt: wanted, ...(info ? { part: info } : {}) },
    };
    await carrier.happen(effect);
    if (wanted) void tell(effect);
    return { status: 'ESME_ROK', body: encodeMessageId(messageId) };
  };

  /** To whoever is bound, again and again until somebody takes it. */
  const tell = async (effect: Omit<Effect, 'at'>): Promise<void> => {
    const found = faults.take(system, 'deliver_sm');
    const messageId = String(effect.detail?.['messageId']);
    const reached = found?.fault !== 'refuse' && carrier.isReachable(effect.subject);
    const receipt: Receipt = reached ? { messageId, state: 'delivered' } : { messageId, state: 'undeliverable', error: '001' };
    await pause(found?.delayMs ?? receiptAfterMs);
    while (!over.signal.aborted) {
      const session = [...sessions].find((one) => one.bound);
      const taken = session ? await deliver(session, effect, receipt) : false;
      if (taken && session && found?.fault === 'answer-twice') await deliver(session, effect, receipt);
      if (taken) return void carrier.happen({ system, effect: 'receipt-taken', subject: effect.subject, key: `receipt ${messageId}` });
      await pause(receiptAgainAfterMs, undefined, { ref: false });
    }
  };

  const deliver = (session: Session, effect: Omit<Effect, 'at'>, receipt: Receipt): Promise<boolean> => new Promise((resolve) => {
    const sequence = (session.lastSequence += 1);
    session.waiting.set(sequence, (status) => resolve(status === 0));
    const phone = { ton: 1, npi: 1, address: effect.subject.replace('+', '') };
    const body = encodeShortMessage({
      source: phone, destination: { ton: 5, npi: 0, address: String(effect.detail?.['from']).slice(0, 20) }, esmClass: receiptClass, registeredDelivery: 0, dataCoding: dataCodings.gsm7,
      message: Buffer.from(receiptText(receipt, carrier.now(), carrier.now()), 'latin1'),
      tlvs: [{ tag: tags.receipted_message_id, value: Buffer.from(`${receipt.messageId}\0`) }, { tag: tags.message_state, value: Buffer.of(messageStates.indexOf(receipt.state) + 1) }],
    });
    session.socket.write(encodePdu({ id: commands.deliver_sm, sequence, body }));
  });

  const act = async (session: Session, command: Command | undefined, pdu: RawPdu): Promise<Said> => {
    if (command === 'enquire_link' || command === 'unbind') return { status: 'ESME_ROK' };
    if (command === 'bind_transceiver' || command === 'bind_transmitter' || command === 'bind_receiver') {
      const bind = decodeBind(pdu.body);
      if (session.bound) return { status: 'ESME_RALYBND' };
      if (!bind.ok || bind.value.systemId !== login.systemId) return { status: 'ESME_RINVSYSID' };
      if (bind.value.password !== login.password) return { status: 'ESME_RINVPASWD' };
      session.bound = true;
      return { status: 'ESME_ROK', body: encodeMessageId('carrier') }; // system_id: a C-string too
    }
    if (!session.bound) return { status: 'ESME_RINVBNDSTS' };
    return command === 'submit_sm' ? submit(pdu.body) : { status: 'ESME_RINVCMDID' };
  };

  const answer = async (session: Session, pdu: RawPdu): Promise<void> => {
    if (isResponse(pdu)) {
      session.waiting.get(pdu.sequence)?.(pdu.status);
      return void session.waiting.delete(pdu.sequence);
    }
    const command = requestOf(pdu);
    const operation = command?.startsWith('bind') ? 'bind' : command ?? '';
    await underFault<Said>(faults.take(system, operation), {
      act: () => act(session, command, pdu),
      refusal: (code = 'ESME_RINVDSTADR') => ({ status: code }),
      send: ({ status, body }) => void session.socket.write(encodePdu({
        id: command ? responseId(command) : genericNack, status: status === 'ESME_ROK' ? 0 : statusNamed(status) ?? 0xff, sequence: pdu.sequence, ...(body ? { body } : {}),
      })),
      cut: () => session.socket.destroy(),
    });
    if (command === 'unbind') session.socket.end();
  };

  const serve = (socket: Socket): void => {
    const session: Session = { bound: false, socket, lastSequence: 0, waiting: new Map() };
    sessions.add(session);
    socket.on('close', () => {
      sessions.delete(session);
      for (const waiter of session.waiting.values()) waiter(0xff);
    });
    let bytes: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      const cut = cutPdus(Buffer.concat([bytes, chunk]));
      if (typeof cut === 'string') return void socket.destroy();
      bytes = cut.rest;
      for (const pdu of cut.frames) void answer(session, pdu).catch(() => void socket.destroy());
    });
  };

  const listener = await listen(createServer({ noDelay: true }, serve), port);
  const taken = new Set(carrier.ledger.effects().filter((one) => one.effect === 'receipt-taken').map((one) => one.key));
  for (const effect of carrier.ledger.effects()) {
    if (effect.system === system && effect.detail?.['receipt'] === true && !taken.has(`receipt ${String(effect.detail['messageId'])}`)) void tell(effect);
  }
  return { ...listener, end: () => over.abort() };
};
