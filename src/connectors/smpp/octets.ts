/** Integers, C-strings and octets, in SMPP's order (§3.1). The reader never reads past the end: it fails once and stays so. */
export type OctetsWriter = {
  octet(value: number): OctetsWriter;
  short(value: number): OctetsWriter;
  /** ASCII, ended by NUL. */
  text(value: string): OctetsWriter;
  raw(value: Buffer): OctetsWriter;
  bytes(): Buffer;
};

export const octetsWriter = (): OctetsWriter => {
  const parts: Buffer[] = [];
  const add = (part: Buffer): OctetsWriter => {
    parts.push(part);
    return writer;
  };
  const writer: OctetsWriter = {
    octet: (value) => add(Buffer.of(value & 0xff)),
    short: (value) => add(Buffer.of((value >> 8) & 0xff, value & 0xff)),
    text: (value) => add(Buffer.from(`${value.replaceAll('\0', '')}\0`, 'latin1')),
    raw: add,
    bytes: () => Buffer.concat(parts),
  };
  return writer;
};

export const octetsReader = (bytes: Buffer) => {
  let at = 0;
  let failure: string | null = null;
  const take = (count: number): Buffer => {
    if (failure !== null || at + count > bytes.length) {
      failure ??= `ends at octet ${bytes.length}`;
      return Buffer.alloc(count > 2 ? 0 : count);
    }
    at += count;
    return bytes.subarray(at - count, at);
  };
  return {
    octet: (): number => take(1).readUInt8(),
    short: (): number => take(2).readUInt16BE(),
    raw: (count: number): Buffer => (count === 0 ? Buffer.alloc(0) : take(count)),
    /** `size` counts the NUL. */
    text: (size: number): string => {
      if (failure !== null) return '';
      const end = bytes.indexOf(0, at);
      if (end < 0 || end - at >= size) {
        failure = `no end of text within ${size} octets`;
        return '';
      }
      const value = bytes.toString('latin1', at, end);
      at = end + 1;
      return value;
    },
    left: (): number => bytes.length - at,
    failed: (): string | null => failure,
  };
};
