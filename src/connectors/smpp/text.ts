/** A text as short messages: alphabet, length, parts (3GPP TS 23.038 §6.2.1, TS 23.040 §9.2.3.24.1). */
const gsm7 = '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const extension: Readonly<Record<string, number>> = { '\f': 0x0a, '^': 0x14, '{': 0x28, '}': 0x29, '\\': 0x2f, '[': 0x3c, '~': 0x3d, ']': 0x3e, '|': 0x40, '€': 0x65 };
const escape = 0x1b;

export const dataCodings = { gsm7: 0, ucs2: 8 } as const;
export type Parts = { readonly dataCoding: number; /** Each as it stands in `short_message`; with its UDH where `udh`. */ readonly messages: readonly Buffer[]; readonly udh: boolean };

/** One octet a septet, as SMPP hands them over unpacked; a character of the extension is two that belong together. */
const septetsOf = (character: string): number[] | null => {
  const basic = gsm7.indexOf(character);
  if (basic >= 0 && basic !== escape) return [basic];
  const extended = extension[character];
  return extended === undefined ? null : [escape, extended];
};

const ucs2Of = (character: string): number[] => [...Buffer.from(character, 'utf16le').swap16()];

/** Fills parts of at most `most` octets without tearing a character apart. */
const fill = (characters: readonly number[][], most: number): Buffer[] => {
  const parts: number[][] = [[]];
  for (const octets of characters) {
    const last = parts.at(-1) as number[];
    if (last.length + octets.length <= most) last.push(...octets);
    else parts.push([...octets]);
  }
  return parts.map((part) => Buffer.from(part));
};

const octetsOf = (text: string): { readonly plain: boolean; readonly characters: readonly number[][] } => {
  const characters = [...text.toWellFormed().normalize('NFC')];
  const septets = characters.map(septetsOf);
  const plain = septets.every((octets) => octets !== null);
  return { plain, characters: plain ? septets.map((one) => one ?? []) : characters.map(ucs2Of) };
};

/** The whole text as one message, beyond 254 octets for `message_payload` (SMPP 3.4 §5.3.2.32); null where it is too long even for that. */
export const wholeOf = (text: string): Parts | null => {
  const { plain, characters } = octetsOf(text);
  const message = Buffer.from(characters.flat());
  return message.length > 0xffff ? null : { dataCoding: plain ? dataCodings.gsm7 : dataCodings.ucs2, messages: [message], udh: false };
};

/**
 * @param reference 0 to 255, the same in every part of one message
 * @returns null where it would take more than 255 parts
 */
export const partsOf = (text: string, reference: number): Parts | null => {
  const { plain, characters: octets } = octetsOf(text);
  const dataCoding = plain ? dataCodings.gsm7 : dataCodings.ucs2;
  const whole = fill(octets, plain ? 160 : 140);
  if (whole.length === 1) return { dataCoding, messages: whole, udh: false };
  const torn = fill(octets, plain ? 153 : 134);
  if (torn.length > 255) return null;
  return { dataCoding, udh: true, messages: torn.map((part, at) => Buffer.concat([Buffer.of(5, 0, 3, reference & 0xff, torn.length, at + 1), part])) };
};

export type PartInfo = { readonly reference: number; readonly parts: number; readonly part: number };

/** The other way, for who receives; what is no character shows as U+FFFD. `udh` as the esm_class says. */
export const readPart = (message: Buffer, dataCoding: number, udh: boolean): { readonly text: string; readonly info?: PartInfo } => {
  const headerLength = udh && message.length > 0 ? (message[0] ?? 0) + 1 : 0;
  const header = message.subarray(0, headerLength);
  const octets = message.subarray(headerLength);
  const text = dataCoding === dataCodings.ucs2 ? Buffer.from(octets.subarray(0, octets.length & ~1)).swap16().toString('utf16le') : readGsm7(octets);
  if (header.length !== 6 || header[1] !== 0 || header[2] !== 3) return { text };
  return { text, info: { reference: header[3] ?? 0, parts: header[4] ?? 0, part: header[5] ?? 0 } };
};

const readGsm7 = (octets: Buffer): string => {
  let text = '';
  for (let at = 0; at < octets.length; at += 1) {
    const octet = octets[at] ?? 0;
    if (octet !== escape) text += gsm7[octet] ?? '\ufffd';
    else {
      at += 1;
      text += Object.keys(extension).find((character) => extension[character] === octets[at]) ?? '\ufffd';
    }
  }
  return text;
};
