/** SMPP 3.4 PDUs, as far as sending and receipts need them. Both directions. Clause numbers are of SMPP v3.4 issue 1.2. */
import { no, ok, type Result } from '../../cancellation/result.ts';
import { octetsReader, octetsWriter } from './octets.ts';

/** §5.1.2.1. A response is its request with the highest bit set. */
export const commands = {
  bind_receiver: 0x01, bind_transmitter: 0x02, submit_sm: 0x04, deliver_sm: 0x05, unbind: 0x06, bind_transceiver: 0x09, enquire_link: 0x15,
} as const;
export type Command = keyof typeof commands;
const responseBit = 0x8000_0000;
export const genericNack = 0x8000_0000;

/** §5.3.2, the ones that are used here. */
export const tags = { receipted_message_id: 0x001e, user_message_reference: 0x0204, message_payload: 0x0424, message_state: 0x0427 } as const;
export type Tlv = { readonly tag: number; readonly value: Buffer };

export type Header = { readonly id: number; readonly status: number; readonly sequence: number };
/** A whole PDU whose body has not been looked at. */
export type RawPdu = Header & { readonly body: Buffer };

export type Address = { readonly ton: number; readonly npi: number; readonly address: string };
export type ShortMessage = {
  readonly source: Address;
  readonly destination: Address;
  readonly esmClass: number;
  readonly registeredDelivery: number;
  readonly dataCoding: number;
  readonly message: Buffer;
  readonly tlvs: readonly Tlv[];
};
export type Bind = { readonly systemId: string; readonly password: string; readonly systemType: string };

/** A message_payload can have 64 kB; nothing else comes near. */
export const maxPdu = 66_000;
const headerSize = 16;
const interfaceVersion = 0x34;

export type CannotDecode = { readonly kind: 'not-smpp'; readonly says: string };
const notSmpp = (says: string): Result<never, CannotDecode> => no({ kind: 'not-smpp', says });

export const isResponse = (pdu: Header): boolean => pdu.id >= responseBit;
export const requestOf = (pdu: Header): Command | undefined =>
  (Object.keys(commands) as Command[]).find((name) => commands[name] === (pdu.id & ~responseBit) >>> 0);
export const responseId = (command: Command): number => (commands[command] | responseBit) >>> 0;

/** Cuts whole PDUs off the front; a string says why the stream can't be SMPP. */
export const cutPdus = (bytes: Buffer): { readonly frames: readonly RawPdu[]; readonly rest: Buffer } | string => {
  const frames: RawPdu[] = [];
  let at = 0;
  while (bytes.length - at >= 4) {
    const length = bytes.readUInt32BE(at);
    if (length < headerSize || length > maxPdu) return `a PDU of ${length} octets`;
    if (bytes.length - at < length) break;
    const [id, status, sequence] = [bytes.readUInt32BE(at + 4), bytes.readUInt32BE(at + 8), bytes.readUInt32BE(at + 12)];
    frames.push({ id, status, sequence, body: bytes.subarray(at + headerSize, at + length) });
    at += length;
  }
  return { frames, rest: bytes.subarray(at) };
};

export const encodePdu = (pdu: { readonly id: number; readonly status?: number; readonly sequence: number; readonly body?: Buffer }): Buffer => {
  const body = pdu.body ?? Buffer.alloc(0);
  const head = Buffer.alloc(headerSize);
  head.writeUInt32BE(headerSize + body.length, 0);
  head.writeUInt32BE(pdu.id >>> 0, 4);
  head.writeUInt32BE(pdu.status ?? 0, 8);
  head.writeUInt32BE(pdu.sequence, 12);
  return Buffer.concat([head, body]);
};

/** Field sizes with their NUL (§4.1.5, §4.4.1). What does not fit is cut by nobody: check before. */
export const sizes = { systemId: 16, password: 9, systemType: 13, address: 21, messageId: 65, shortMessage: 254 } as const;

/** §4.1.5 */
export const encodeBind = (bind: Bind): Buffer =>
  octetsWriter().text(bind.systemId).text(bind.password).text(bind.systemType).octet(interfaceVersion).octet(0).octet(0).text('').bytes();

export const decodeBind = (body: Buffer): Result<Bind, CannotDecode> => {
  const read = octetsReader(body);
  const bind = { systemId: read.text(sizes.systemId), password: read.text(sizes.password), systemType: read.text(sizes.systemType) };
  read.raw(3); // version, ton, npi
  read.text(41); // address_range
  return read.failed() ? notSmpp(`bind: ${read.failed()}`) : ok(bind);
};

const writeTlvs = (write: ReturnType<typeof octetsWriter>, tlvs: readonly Tlv[]): Buffer =>
  tlvs.reduce((so, tlv) => so.short(tlv.tag).short(tlv.value.length).raw(tlv.value), write).bytes();

const readTlvs = (read: ReturnType<typeof octetsReader>): Tlv[] => {
  const tlvs: Tlv[] = [];
  while (read.left() > 0 && !read.failed()) {
    const tag = read.short();
    tlvs.push({ tag, value: read.raw(read.short()) });
  }
  return tlvs;
};

/** submit_sm and deliver_sm have one layout (§4.4.1, §4.6.1). */
export const encodeShortMessage = (sm: ShortMessage): Buffer => {
  const write = octetsWriter().text('');
  for (const { ton, npi, address } of [sm.source, sm.destination]) write.octet(ton).octet(npi).text(address);
  write.octet(sm.esmClass).octet(0).octet(0).text('').text('').octet(sm.registeredDelivery).octet(0).octet(sm.dataCoding).octet(0);
  const fits = sm.message.length <= sizes.shortMessage;
  write.octet(fits ? sm.message.length : 0).raw(fits ? sm.message : Buffer.alloc(0));
  return writeTlvs(write, fits ? sm.tlvs : [...sm.tlvs, { tag: tags.message_payload, value: sm.message }]);
};

export const decodeShortMessage = (body: Buffer): Result<ShortMessage, CannotDecode> => {
  const read = octetsReader(body);
  read.text(6);
  const address = (): Address => ({ ton: read.octet(), npi: read.octet(), address: read.text(sizes.address) });
  const [source, destination] = [address(), address()];
  const esmClass = read.octet();
  read.raw(2); // protocol_id, priority_flag
  for (const size of [17, 17]) read.text(size); // schedule_delivery_time, validity_period
  const registeredDelivery = read.octet();
  read.octet();
  const dataCoding = read.octet();
  read.octet();
  const short = read.raw(read.octet());
  const tlvs = readTlvs(read);
  if (read.failed()) return notSmpp(`short message: ${read.failed()}`);
  const payload = tlvs.find((tlv) => tlv.tag === tags.message_payload)?.value;
  return ok({ source, destination, esmClass, registeredDelivery, dataCoding, message: short.length === 0 && payload ? payload : short, tlvs: tlvs.filter((tlv) => tlv.tag !== tags.message_payload) });
};

/** §4.4.2: the body is left out where the status is an error. */
export const encodeMessageId = (messageId: string): Buffer => octetsWriter().text(messageId).bytes();
export const decodeMessageId = (body: Buffer): Result<string, CannotDecode> => {
  const read = octetsReader(body);
  const messageId = read.text(sizes.messageId);
  return read.failed() ? notSmpp(`message_id: ${read.failed()}`) : ok(messageId);
};
