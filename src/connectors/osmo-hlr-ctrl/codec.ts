/**
 * OsmoHLR CTRL in IPA frames: length16 (of what follows the protocol octet), 0xEE, 0x00, then one line of text.
 * Both sides of it, for the connector and for the register that stands in for the carrier's.
 */
import { no, ok, type Result } from '../../cancellation/result.ts';

export type IpaFrame = { readonly protocol: number; readonly payload: Buffer };
export type CtrlMessage =
  | { readonly kind: 'GET'; readonly id: string; readonly variable: string }
  | { readonly kind: 'SET'; readonly id: string; readonly variable: string; readonly value: string }
  | { readonly kind: 'GET_REPLY' | 'SET_REPLY'; readonly id: string; readonly variable: string; readonly value: string }
  | { readonly kind: 'TRAP'; readonly id: string; readonly variable: string; readonly value: string }
  | { readonly kind: 'ERROR'; readonly id: string; readonly reason: string };

/** A reply with everything in it (`info-all`) has some 600 octets. */
export const maxPayload = 8_192;
const osmoProtocol = 0xee;
const ctrlExtension = 0x00;
/** IPA's own: ping, pong, identity. */
const ipaProtocol = 0xfe;

export const encodeIpa = (protocol: number, payload: Buffer): Buffer => {
  const head = Buffer.alloc(3);
  head.writeUInt16BE(payload.length, 0);
  head.writeUInt8(protocol, 2);
  return Buffer.concat([head, payload]);
};

/** Cuts whole frames off the front of what came; a string says why it can't be IPA with CTRL in it. */
export const cutIpa = (bytes: Buffer): { readonly frames: readonly IpaFrame[]; readonly rest: Buffer } | string => {
  const frames: IpaFrame[] = [];
  let at = 0;
  while (bytes.length - at >= 3) {
    const length = bytes.readUInt16BE(at);
    const protocol = bytes.readUInt8(at + 2);
    if (length > maxPayload) return `an IPA frame of ${length} octets`;
    if (protocol !== osmoProtocol && protocol !== ipaProtocol) return `IPA protocol 0x${protocol.toString(16).padStart(2, '0')}`;
    if (bytes.length - at - 3 < length) break;
    frames.push({ protocol, payload: bytes.subarray(at + 3, at + 3 + length) });
    at += 3 + length;
  }
  return { frames, rest: bytes.subarray(at) };
};

const lineOf = (message: CtrlMessage): string => {
  if (message.kind === 'ERROR') return `ERROR ${message.id} ${message.reason}`;
  if (message.kind === 'GET') return `GET ${message.id} ${message.variable}`;
  return `${message.kind} ${message.id} ${message.variable} ${message.value}`;
};

export const encodeCtrl = (message: CtrlMessage): Buffer =>
  encodeIpa(osmoProtocol, Buffer.concat([Buffer.of(ctrlExtension), Buffer.from(lineOf(message), 'utf8')]));

export const isCtrl = (frame: IpaFrame): boolean => frame.protocol === osmoProtocol && frame.payload[0] === ctrlExtension;

export type CannotDecode = { readonly kind: 'not-ctrl'; readonly says: string };
const notCtrl = (says: string): Result<CtrlMessage, CannotDecode> => no({ kind: 'not-ctrl', says });

/** The first word, and what follows its one space. */
const split = (text: string): readonly [string, string] => {
  const space = text.indexOf(' ');
  return space < 0 ? [text, ''] : [text.slice(0, space), text.slice(space + 1)];
};

export const decodeCtrl = (frame: IpaFrame): Result<CtrlMessage, CannotDecode> => {
  if (!isCtrl(frame)) return notCtrl('another protocol in the frame');
  const [kind, afterKind] = split(frame.payload.subarray(1).toString('utf8'));
  const [id, afterId] = split(afterKind);
  if (!/^(\d{1,20}|err)$/.test(id)) return notCtrl('no message number');
  if (kind === 'ERROR') return ok({ kind, id, reason: afterId });
  const [variable, value] = split(afterId);
  if (variable === '') return notCtrl(`${kind.slice(0, 16)} without a variable`);
  switch (kind) {
    case 'GET': return ok({ kind, id, variable });
    case 'SET': return value === '' ? notCtrl('SET without a value') : ok({ kind, id, variable, value });
    case 'GET_REPLY': case 'SET_REPLY': case 'TRAP': return ok({ kind, id, variable, value });
    default: return notCtrl(`${JSON.stringify(kind.slice(0, 16))} is no kind of message`);
  }
};

/** What `subscriber.by-imsi-<imsi>.info` says. The serving nodes stand in it until they purge or the subscriber goes. */
export type SubscriberInfo = {
  readonly imsi: string;
  readonly circuitSwitched: boolean;
  readonly packetSwitched: boolean;
  /** VLR and SGSN that serve the subscriber now; those that have purged it are not among them. */
  readonly servedBy: readonly string[];
};

/** The value is a newline and then one `key TAB value` a line. */
export const decodeInfo = (value: string): Result<SubscriberInfo, CannotDecode> => {
  const fields = new Map(value.split('\n').filter((line) => line !== '').map((line): [string, string] => {
    const tab = line.indexOf('\t');
    return tab < 0 ? [line, ''] : [line.slice(0, tab), line.slice(tab + 1)];
  }));
  const imsi = fields.get('imsi');
  const [cs, ps] = [fields.get('nam_cs'), fields.get('nam_ps')];
  if (imsi === undefined) return no({ kind: 'not-ctrl', says: 'the subscriber info names no IMSI' });
  if ((cs !== '0' && cs !== '1') || (ps !== '0' && ps !== '1')) return no({ kind: 'not-ctrl', says: 'the subscriber info lacks nam_cs or nam_ps' });
  const served = [['vlr_number', 'ms_purged_cs'], ['sgsn_number', 'ms_purged_ps']] as const;
  const servedBy = served.flatMap(([node, purged]) => (fields.get(node) && fields.get(purged) !== '1' ? [fields.get(node) ?? ''] : []));
  return ok({ imsi, circuitSwitched: cs === '1', packetSwitched: ps === '1', servedBy });
};
