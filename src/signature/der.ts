/** As much of DER (X.690) as certificates and signatures take. */
export const tlv = (tag: number, content: Buffer): Buffer => {
  const size = content.length;
  const length = size < 0x80 ? Buffer.of(size) : size < 0x100 ? Buffer.of(0x81, size) : Buffer.of(0x82, size >> 8, size & 0xff);
  if (size > 0xffff) throw new Error(`${size} octets are more than is written here`);
  return Buffer.concat([Buffer.of(tag), length, content]);
};

export const sequence = (...parts: readonly Buffer[]): Buffer => tlv(0x30, Buffer.concat(parts));
/** In the order in which DER wants its members: by their octets. */
export const set = (...parts: readonly Buffer[]): Buffer => tlv(0x31, Buffer.concat(parts.toSorted(Buffer.compare)));
export const nothing = tlv(0x05, Buffer.alloc(0));
export const boolean = (value: boolean): Buffer => tlv(0x01, Buffer.of(value ? 0xff : 0));
export const octets = (value: Buffer): Buffer => tlv(0x04, value);
export const utf8 = (value: string): Buffer => tlv(0x0c, Buffer.from(value, 'utf8'));
/** Whole octets; `unused` is how many of the last bits don't count. */
export const bits = (value: Buffer, unused = 0): Buffer => tlv(0x03, Buffer.concat([Buffer.of(unused), value]));
/** Not negative: a first octet above 0x7f gets a zero before it. */
export const integer = (value: Buffer): Buffer => tlv(0x02, (value[0] ?? 0) > 0x7f ? Buffer.concat([Buffer.of(0), value]) : value);
/** Only up to 2049, as X.509 wants it (RFC 5280 §4.1.2.5.1). */
export const utcTime = (value: string): Buffer => tlv(0x17, Buffer.from(value, 'latin1'));
export const explicit = (tag: number, content: Buffer): Buffer => tlv(0xa0 | tag, content);
/** Context-specific and primitive, as in GeneralName. */
export const implicit = (tag: number, content: Buffer): Buffer => tlv(0x80 | tag, content);

export const objectId = (dotted: string): Buffer => {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const base128 = (value: number): number[] => (value < 0x80 ? [value] : [...base128(Math.floor(value / 0x80)).map((octet) => octet | 0x80), value % 0x80]);
  return tlv(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
};

/** One element where it stands. `whole` is with its head. */
export type Element = { readonly tag: number; readonly content: Buffer; readonly whole: Buffer };

/** @throws Error where the octets are no DER. */
const elementAt = (der: Buffer, at: number): Element => {
  const [tag, first] = [der[at], der[at + 1]];
  if (tag === undefined || first === undefined) throw new Error('DER that ends too soon');
  const more = first < 0x80 ? 0 : first & 0x7f;
  if (more > 4 || first === 0x80) throw new Error('DER with a length that is none');
  const size = more === 0 ? first : der.readUIntBE(at + 2, more);
  const start = at + 2 + more;
  if (start + size > der.length) throw new Error('DER that ends too soon');
  return { tag, content: der.subarray(start, start + size), whole: der.subarray(at, start + size) };
};

/** What stands in these octets, one after another. */
export const elements = (der: Buffer): Element[] => {
  const found: Element[] = [];
  for (let at = 0; at < der.length;) {
    const one = elementAt(der, at);
    found.push(one);
    at += one.whole.length;
  }
  return found;
};
