/**
 * RADIUS packets (RFC 2865 §3) as Dynamic Authorization uses them (RFC 5176): code, identifier, length16, authenticator, attributes.
 * Both sides of it, for the connector and for the NAS that stands in for the carrier's.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { no, ok, type Result } from '../../cancellation/result.ts';

export type Attribute = { readonly type: number; readonly value: Buffer };
export type Packet = { readonly code: number; readonly identifier: number; readonly authenticator: Buffer; readonly attributes: readonly Attribute[] };

/** RFC 5176 §3. */
export const codes = { disconnectRequest: 40, disconnectAck: 41, disconnectNak: 42 } as const;
/** RFC 2865, 2866, 2869, 5176. */
export const types = { userName: 1, vendorSpecific: 26, callingStationId: 31, acctSessionId: 44, eventTimestamp: 55, messageAuthenticator: 80, errorCause: 101 } as const;
/** 3GPP and its 3GPP-IMSI (TS 29.061 §16.4.7). */
const vendor3gpp = 10_415;
const imsi3gpp = 1;

export const maxPacket = 4_096;
const header = 20;

export const text = (type: number, value: string): Attribute => ({ type, value: Buffer.from(value, 'utf8') });
export const integer = (type: number, value: number): Attribute => {
  const octets = Buffer.alloc(4);
  octets.writeUInt32BE(value);
  return { type, value: octets };
};
/** Vendor-Specific with the one sub-attribute 3GPP-IMSI (RFC 2865 §5.26). */
export const imsiOf3gpp = (imsi: string): Attribute => {
  const digits = Buffer.from(imsi, 'ascii');
  const head = integer(0, vendor3gpp).value;
  return { type: types.vendorSpecific, value: Buffer.concat([head, Buffer.of(imsi3gpp, digits.length + 2), digits]) };
};

export type CannotDecode = { readonly kind: 'not-radius'; readonly says: string };
const notRadius = (says: string): { ok: false; why: CannotDecode } => no({ kind: 'not-radius', says });

/** Octets behind the length are padding and are passed over (RFC 2865 §3). */
export const decode = (bytes: Buffer): Result<Packet, CannotDecode> => {
  if (bytes.length < header) return notRadius(`${bytes.length} octets are less than a header`);
  const length = bytes.readUInt16BE(2);
  if (length < header || length > maxPacket) return notRadius(`a packet of ${length} octets`);
  if (length > bytes.length) return notRadius(`${length} octets announced, ${bytes.length} came`);
  const attributes: Attribute[] = [];
  let at = header;
  while (at < length) {
    const size = bytes[at + 1] ?? 0;
    if (at + 2 > length || size < 2 || at + size > length) return notRadius('an attribute whose length is wrong');
    attributes.push({ type: bytes.readUInt8(at), value: Buffer.from(bytes.subarray(at + 2, at + size)) });
    at += size;
  }
  return ok({ code: bytes.readUInt8(0), identifier: bytes.readUInt8(1), authenticator: Buffer.from(bytes.subarray(4, header)), attributes });
};

/** @throws Error for what no packet can hold: ours to get right, never a peer's doing. */
const assemble = (code: number, identifier: number, authenticator: Buffer, attributes: readonly Attribute[]): Buffer => {
  const body = attributes.map(({ type, value }) => {
    if (value.length > 253) throw new Error(`an attribute of ${value.length} octets`);
    return Buffer.concat([Buffer.of(type, value.length + 2), value]);
  });
  const bytes = Buffer.concat([Buffer.of(code, identifier, 0, 0), authenticator, ...body]);
  if (bytes.length > maxPacket) throw new Error(`a packet of ${bytes.length} octets`);
  bytes.writeUInt16BE(bytes.length, 2);
  return bytes;
};

const zeros = (): Buffer => Buffer.alloc(16);
const md5 = (...parts: readonly Buffer[]): Buffer => createHash('md5').update(Buffer.concat(parts)).digest();

/** Whole packet with another authenticator in it. */
const withAuthenticator = (bytes: Buffer, authenticator: Buffer): Buffer => Buffer.concat([bytes.subarray(0, 4), authenticator, bytes.subarray(header)]);

/** Where the sixteen octets of the Message-Authenticator are; null where there is none, a string where it is malformed. */
const placeOfMessageAuthenticator = (bytes: Buffer): number | null | string => {
  let found: number | null = null;
  for (let at = header; at < bytes.length; at += bytes[at + 1] ?? bytes.length) {
    if (bytes[at] !== types.messageAuthenticator) continue;
    if (found !== null || bytes[at + 1] !== 18) return 'a malformed Message-Authenticator';
    found = at + 2;
  }
  return found;
};

/** HMAC-MD5 over the packet with `authenticator` in its place and zeros where the result goes (RFC 3579 §3.2, RFC 5176 §3.4). */
const messageAuthenticatorOf = (bytes: Buffer, at: number, authenticator: Buffer, secret: string): Buffer => {
  const over = withAuthenticator(bytes, authenticator);
  over.fill(0, at, at + 16);
  return createHmac('md5', secret).update(over).digest();
};

/** Message-Authenticator first, so that nothing before it goes unprotected. */
const sealed = (code: number, identifier: number, attributes: readonly Attribute[], over: Buffer, secret: string): Buffer => {
  const bytes = assemble(code, identifier, over, [{ type: types.messageAuthenticator, value: zeros() }, ...attributes]);
  messageAuthenticatorOf(bytes, header + 2, over, secret).copy(bytes, header + 2);
  return withAuthenticator(bytes, md5(bytes, Buffer.from(secret)));
};

/** Its authenticator is MD5 over the packet with zeros in its place, and the secret (RFC 5176 §3). */
export const encodeRequest = (identifier: number, attributes: readonly Attribute[], secret: string): Buffer =>
  sealed(codes.disconnectRequest, identifier, attributes, zeros(), secret);

/** A reply is computed over the authenticator of what it answers. */
export const encodeReply = (code: number, to: Pick<Packet, 'identifier' | 'authenticator'>, attributes: readonly Attribute[], secret: string): Buffer =>
  sealed(code, to.identifier, attributes, to.authenticator, secret);

/** Null where a packet was made with our secret, over `authenticator`; else what is wrong with it. It must decode. */
const forged = (bytes: Buffer, authenticator: Buffer, secret: string): string | null => {
  const packet = bytes.subarray(0, bytes.readUInt16BE(2));
  const wanted = md5(withAuthenticator(packet, authenticator), Buffer.from(secret));
  if (!timingSafeEqual(wanted, packet.subarray(4, header))) return 'a wrong authenticator';
  const at = placeOfMessageAuthenticator(packet);
  if (typeof at === 'string') return at;
  if (at === null) return null;
  return timingSafeEqual(messageAuthenticatorOf(packet, at, authenticator, secret), packet.subarray(at, at + 16)) ? null : 'a wrong Message-Authenticator';
};

export const forgedRequest = (bytes: Buffer, secret: string): string | null => forged(bytes, zeros(), secret);
export const forgedReply = (bytes: Buffer, request: Buffer, secret: string): string | null => forged(bytes, request.subarray(4, header), secret);

export const valuesOf = (packet: Packet, type: number): readonly Buffer[] => packet.attributes.filter((one) => one.type === type).map(({ value }) => value);
export const textOf = (packet: Packet, type: number): string | undefined => valuesOf(packet, type)[0]?.toString('utf8');
export const integerOf = (packet: Packet, type: number): number | undefined => {
  const value = valuesOf(packet, type)[0];
  return value?.length === 4 ? value.readUInt32BE() : undefined;
};

/** Of the first 3GPP-IMSI in any Vendor-Specific of 3GPP. */
export const imsiIn = (packet: Packet): string | undefined => {
  for (const value of valuesOf(packet, types.vendorSpecific)) {
    if (value.length < 6 || value.readUInt32BE() !== vendor3gpp) continue;
    for (let at = 4; at + 2 <= value.length;) {
      const size = value[at + 1] ?? 0;
      if (size < 2 || at + size > value.length) break;
      if (value[at] === imsi3gpp) return value.toString('ascii', at + 2, at + size);
      at += size;
    }
  }
  return undefined;
};
