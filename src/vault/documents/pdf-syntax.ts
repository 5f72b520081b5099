/**
 * The objects of a PDF, read as ISO 32000-1 §7.2 and §7.3 have them and stricter than viewers are: what is not built
 * by the book is not guessed at.
 */

export class Unreadable extends Error {} // never leaves read-pdf.ts; a recursive descent has no better way out

export type PdfValue = number | PdfName | PdfReference | 'string' | 'constant' | readonly PdfValue[] | PdfDictionary;
export type PdfName = { readonly name: string };
export type PdfReference = { readonly object: number };
export type PdfDictionary = ReadonlyMap<string, PdfValue>;

export const isDictionary = (value: PdfValue | undefined): value is PdfDictionary => value instanceof Map;
export const isName = (value: PdfValue | undefined, name?: string): value is PdfName =>
  typeof value === 'object' && 'name' in value && (name === undefined || value.name === name);
export const isReference = (value: PdfValue | undefined): value is PdfReference => typeof value === 'object' && 'object' in value;

const byteSet = (characters: string): Uint8Array => {
  const set = new Uint8Array(256);
  for (const byte of Buffer.from(characters, 'latin1')) set[byte] = 1;
  return set;
};
const spaces = byteSet('\0\t\n\f\r ');
const delimiters = byteSet('()<>[]{}/%');
export const isSpace = (byte: number | undefined): boolean => byte !== undefined && spaces[byte] === 1;
export const endsToken = (byte: number | undefined): boolean => byte === undefined || spaces[byte] === 1 || delimiters[byte] === 1;

const deepest = 64;
const longestComment = 512;

/** Reads along `bytes`. `onName` hears of every name, key or value; `onComment` of every comment. */
export class PdfReader {
  at = 0;
  readonly bytes: Buffer;
  readonly #onName: (name: string) => void;
  #tokensLeft: number;

  constructor(bytes: Buffer, onName: (name: string) => void, tokens = 2_000_000) {
    this.bytes = bytes;
    this.#onName = onName;
    this.#tokensLeft = tokens;
  }

  get atEnd(): boolean {
    this.skipSpace();
    return this.at >= this.bytes.length;
  }

  skipSpace(): void {
    for (;;) {
      const byte = this.bytes[this.at];
      if (isSpace(byte)) this.at += 1;
      else if (byte === 0x25) this.#skipComment();
      else return;
    }
  }

  #skipComment(): void {
    const start = this.at;
    while (this.at < this.bytes.length && this.bytes[this.at] !== 0x0a && this.bytes[this.at] !== 0x0d) this.at += 1;
    if (this.at - start > longestComment) throw new Unreadable('a comment is too long');
  }

  /** The run of regular characters here: a number or a keyword. */
  word(): string {
    this.skipSpace();
    if (--this.#tokensLeft < 0) throw new Unreadable('it has too many parts');
    const start = this.at;
    while (!endsToken(this.bytes[this.at])) this.at += 1;
    if (this.at - start > 128) throw new Unreadable('a word is too long');
    return this.bytes.toString('latin1', start, this.at);
  }

  expect(word: string): void {
    if (this.word() !== word) throw new Unreadable(`"${word}" is missing`);
  }

  integer(): number {
    const word = this.word();
    if (!/^\+?\d{1,10}$/.test(word)) throw new Unreadable('a number is missing');
    return Number(word);
  }

  value(depth = 0): PdfValue {
    if (depth > deepest) throw new Unreadable('it is nested too deeply');
    this.skipSpace();
    switch (this.bytes[this.at]) {
      case 0x2f: return this.#name();
      case 0x28: return this.#string();
      case 0x5b: return this.#array(depth);
      case 0x3c: return this.bytes[this.at + 1] === 0x3c ? this.#dictionary(depth) : this.#hexString();
    }
    const word = this.word();
    if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)) return Number(word);
    if (word === 'true' || word === 'false' || word === 'null') return 'constant';
    throw new Unreadable('a value is not one');
  }

  #name(): PdfName {
    if (--this.#tokensLeft < 0) throw new Unreadable('it has too many parts');
    const start = ++this.at;
    while (!endsToken(this.bytes[this.at])) this.at += 1;
    if (this.at - start > 512) throw new Unreadable('a name is too long');
    const name = plainName(this.bytes.toString('latin1', start, this.at));
    this.#onName(name);
    return { name };
  }

  #string(): 'string' {
    let open = 0;
    for (; this.at < this.bytes.length; this.at += 1) {
      const byte = this.bytes[this.at];
      if (byte === 0x5c) this.at += 1;
      else if (byte === 0x28) open += 1;
      else if (byte === 0x29 && --open === 0) {
        this.at += 1;
        return 'string';
      }
    }
    throw new Unreadable('a string does not end');
  }

  #hexString(): 'string' {
    for (this.at += 1; this.at < this.bytes.length; this.at += 1) {
      const byte = this.bytes[this.at] ?? 0;
      if (byte === 0x3e) {
        this.at += 1;
        return 'string';
      }
      if (!isSpace(byte) && !/[0-9a-f]/i.test(String.fromCharCode(byte))) throw new Unreadable('a string is not hexadecimal');
    }
    throw new Unreadable('a string does not end');
  }

  #array(depth: number): PdfValue[] {
    this.at += 1;
    return this.#values(']', depth);
  }

  #dictionary(depth: number): PdfDictionary {
    this.at += 2;
    const values = this.#values('>>', depth);
    const dictionary = new Map<string, PdfValue>();
    if (values.length % 2 === 1) throw new Unreadable('a dictionary has a key without a value');
    for (let index = 0; index < values.length; index += 2) {
      const key = values[index];
      const value = values[index + 1];
      if (!isName(key) || value === undefined) throw new Unreadable('a dictionary has a key that is no name');
      if (dictionary.has(key.name)) throw new Unreadable('a dictionary has a key twice'); // viewers differ on which one counts
      dictionary.set(key.name, value);
    }
    return dictionary;
  }

  /** Up to the closing mark; two integers and an R become one reference. */
  #values(close: ']' | '>>', depth: number): PdfValue[] {
    const values: PdfValue[] = [];
    for (;;) {
      this.skipSpace();
      if (this.at >= this.bytes.length) throw new Unreadable('it ends in the middle');
      if (this.bytes.toString('latin1', this.at, this.at + close.length) === close) {
        this.at += close.length;
        return values;
      }
      if (this.bytes[this.at] === 0x52 && endsToken(this.bytes[this.at + 1])) {
        this.at += 1;
        const generation = values.pop();
        const object = values.pop();
        if (typeof object !== 'number' || typeof generation !== 'number') throw new Unreadable('a reference refers to nothing');
        values.push({ object });
      } else {
        values.push(this.value(depth + 1));
      }
    }
  }
}

/** §7.3.5: #xx stands for a byte, so that /J#53 is /JS. */
export const plainName = (written: string): string => written.replace(/#([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
