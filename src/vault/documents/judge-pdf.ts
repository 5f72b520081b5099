/**
 * Is this PDF only paper? It may show pages and nothing else: no script, no action, no attachment, no password. The
 * whole file is read, object streams too, and nothing may stand where a viewer could find an object that was not seen
 * here. What can't be judged is refused. Synchronous and bounded; runs in a thread of its own (pdf-thread.ts).
 */
import { inflateSync } from 'node:zlib';
import { markup } from './content.ts';
import type { CannotAccept, DocumentLimits } from './limits.ts';
import { endsToken, isDictionary, isName, isReference, isSpace, type PdfDictionary, PdfReader, type PdfValue, plainName, Unreadable } from './pdf-syntax.ts';

/** Whatever acts, fetches, carries files, or shows other content than pages (ISO 32000-1 §12.6, §7.11.4, §13). */
const activeNames = [
  'JavaScript', 'JS', 'AA', 'Launch', 'EmbeddedFile', 'EmbeddedFiles', 'EF', 'Collection', 'RichMedia', 'XFA',
  'SubmitForm', 'ImportData', 'GoToR', 'GoToE', 'Movie', 'Sound', 'Rendition', '3D',
];
const active = new Set(activeNames);
const activeAnywhere = new RegExp(`/(${activeNames.join('|')})(?![^\\0\\t\\n\\f\\r ()<>\\[\\]{}/%])`);

const decodedAtMost = 16 * 1024 * 1024;
const decodedInAllAtMost = 48 * 1024 * 1024;

type Stream = { readonly dictionary: PdfDictionary; readonly start: number; readonly end: number };
type Seen = { encrypted: boolean; active: string | undefined; pages: number; largestImage: number };

/** Undefined: only paper. */
export const judgePdf = (contents: Buffer, limits: Pick<DocumentLimits, 'pages' | 'pixels'>): CannotAccept | undefined => {
  if (isAlsoSomethingElse(contents)) return { kind: 'mixed-content' };
  const seen: Seen = { encrypted: false, active: undefined, pages: 0, largestImage: 0 };
  try {
    const reader = new PdfReader(contents, (name) => noteName(name, seen));
    const objectStreams = readObjects(reader, seen);
    if (seen.encrypted) return { kind: 'pdf-encrypted' };
    let left = decodedInAllAtMost;
    for (const stream of objectStreams) left -= readObjectStream(contents, stream, seen, left);
  } catch (fault) {
    if (!(fault instanceof Unreadable)) throw fault;
    if (seen.encrypted) return { kind: 'pdf-encrypted' };
    return { kind: 'pdf-cannot-be-judged', says: fault.message };
  }
  if (seen.active !== undefined) return { kind: 'pdf-active', found: seen.active };
  if (seen.pages === 0) return { kind: 'pdf-cannot-be-judged', says: 'it has no page' };
  if (seen.pages > limits.pages) return { kind: 'pdf-too-many-pages', pages: seen.pages, limitPages: limits.pages };
  if (seen.largestImage > limits.pixels) return { kind: 'too-many-pixels', limitPixels: limits.pixels };
  return undefined;
};

const noteName = (name: string, seen: Seen): void => {
  if (name === 'Encrypt' || name === 'Crypt') seen.encrypted = true;
  if (active.has(name)) seen.active ??= name;
};

const isAlsoSomethingElse = (contents: Buffer): boolean => {
  if (markup.test(contents.toString('latin1', 0, 1024))) return true;
  const end = contents.lastIndexOf('%%EOF');
  if (end < 0) return false; // said by the reading: it has no end
  if (contents.subarray(end + 5).some((byte) => !isSpace(byte))) return true;
  // A ZIP is read from its end: a directory record within the last 64 kB that points back into the file.
  const tail = contents.subarray(-65_557);
  for (let at = tail.indexOf('PK\x05\x06', 0, 'latin1'); at >= 0 && at + 22 <= tail.length; at = tail.indexOf('PK\x05\x06', at + 1, 'latin1')) {
    if (tail.readUInt32LE(at + 12) + tail.readUInt32LE(at + 16) <= contents.length) return true;
  }
  return false;
};

/** The body, cross-reference tables and trailers, in the order of the file. Gives the streams that hold further objects. */
const readObjects = (reader: PdfReader, seen: Seen): Stream[] => {
  const { bytes } = reader;
  if (!/^%PDF-(1\.[0-7]|2\.0)[\r\n ]/.test(bytes.toString('latin1', 0, 9))) throw new Unreadable('its version is unknown');
  if (bytes.lastIndexOf('%%EOF') < 0) throw new Unreadable('it has no end');
  const objectStreams: Stream[] = [];
  const lengths = new Map<number, number | 'disputed'>();
  const promised: { object: number; start: number; end: number }[] = [];
  let objects = 0;

  while (!reader.atEnd) {
    const word = reader.word();
    if (word === 'xref') {
      readTable(reader);
    } else if (word === 'trailer') {
      note(reader.value(), seen);
    } else if (word === 'startxref') {
      reader.integer();
    } else if (/^\d{1,10}$/.test(word)) {
      reader.integer();
      reader.expect('obj');
      objects += 1;
      const value = reader.value();
      note(value, seen);
      if (typeof value === 'number') lengths.set(Number(word), lengths.has(Number(word)) && lengths.get(Number(word)) !== value ? 'disputed' : value);
      if (reader.word() === 'stream') {
        const stream = readStream(reader, value, promised);
        if (stream.dictionary.has('First') || isName(stream.dictionary.get('Type'), 'ObjStm')) objectStreams.push(stream);
        reader.expect('endobj');
      } else if (bytes.toString('latin1', reader.at - 6, reader.at) !== 'endobj') {
        throw new Unreadable('an object does not end');
      }
    } else {
      throw new Unreadable('something stands between its objects');
    }
  }
  for (const { object, start, end } of promised) {
    const length = lengths.get(object);
    if (typeof length !== 'number' || !closes(bytes, start + length, end)) throw new Unreadable('a stream is not as long as it says');
  }
  if (objectHeads(bytes) !== objects) throw new Unreadable('it hides objects');
  return objectStreams;
};

const readTable = (reader: PdfReader): void => {
  for (;;) {
    reader.skipSpace();
    const before = reader.at;
    const word = reader.word();
    if (word === 'trailer') {
      reader.at = before;
      return;
    }
    if (!/^(\d+|[nf])$/.test(word)) throw new Unreadable('its table of objects is damaged');
  }
};

/** From after `stream` to after `endstream`. A length that stands in another object is checked when all are read. */
const readStream = (reader: PdfReader, dictionary: PdfValue, promised: { object: number; start: number; end: number }[]): Stream => {
  const { bytes } = reader;
  if (!isDictionary(dictionary)) throw new Unreadable('a stream has no dictionary');
  if (bytes[reader.at] === 0x0d) reader.at += 1;
  if (bytes[reader.at] !== 0x0a) throw new Unreadable('a stream does not begin on a new line');
  const start = reader.at + 1;
  const length = dictionary.get('Length');
  const end = typeof length === 'number' ? bytes.indexOf('endstream', start + length) : bytes.indexOf('endstream', start);
  if (end < 0) throw new Unreadable('a stream does not end');
  if (isReference(length)) promised.push({ object: length.object, start, end });
  else if (typeof length !== 'number' || !closes(bytes, start + length, end)) throw new Unreadable('a stream is not as long as it says');
  reader.at = end + 'endstream'.length;
  return { dictionary, start, end };
};

/** Only the line end may stand between the last byte and `endstream`. */
const closes = (bytes: Buffer, last: number, end: number): boolean => last <= end && /^(\r\n|\n|\r)?$/.test(bytes.toString('latin1', last, Math.min(end, last + 3))) && end - last <= 2;

/** How often a viewer that goes by offsets, or searches a damaged file, could find the head of an object, in streams, strings and comments too. */
const objectHeads = (bytes: Buffer): number => {
  let heads = 0;
  for (let at = bytes.indexOf('obj'); at >= 0; at = bytes.indexOf('obj', at + 3)) {
    const before = bytes[at - 1];
    if (endsToken(bytes[at + 3]) && (isSpace(before) || (before !== undefined && before >= 0x30 && before <= 0x39))) heads += 1;
  }
  return heads;
};

/** §7.5.7. Gives the number of bytes that it decoded to. */
const readObjectStream = (contents: Buffer, { dictionary, start, end }: Stream, seen: Seen, left: number): number => {
  const decoded = decode(contents.subarray(start, end), dictionary, left);
  const count = dictionary.get('N');
  const first = dictionary.get('First');
  if (typeof count !== 'number' || typeof first !== 'number' || dictionary.has('Extends')) throw new Unreadable('a stream of objects is not described');
  // An offset may point into the middle of a string, so that it is read as something else: look at all the bytes.
  const found = activeAnywhere.exec(plainName(decoded.toString('latin1')))?.[1];
  if (found !== undefined) seen.active ??= found;
  const reader = new PdfReader(decoded, (name) => noteName(name, seen));
  const offsets: number[] = [];
  for (let index = 0; index < count; index += 1) {
    reader.integer();
    offsets.push(reader.integer());
  }
  for (const offset of offsets) {
    reader.at = first + offset;
    note(reader.value(), seen);
  }
  return decoded.length;
};

const decode = (encoded: Buffer, dictionary: PdfDictionary, left: number): Buffer => {
  const filter = dictionary.get('Filter');
  const filters = filter === undefined ? [] : Array.isArray(filter) ? filter : [filter];
  if (dictionary.has('DecodeParms') || dictionary.has('F') || filters.length > 1) throw new Unreadable('a stream of objects is encoded unusually');
  if (filters.length === 0) return encoded;
  if (!isName(filters[0], 'FlateDecode')) throw new Unreadable('a stream of objects is encoded unusually');
  try {
    return inflateSync(encoded, { maxOutputLength: Math.max(1, Math.min(decodedAtMost, left)) });
  } catch {
    throw new Unreadable('a stream of objects cannot be unpacked');
  }
};

/** What a value and those inside it are. Names were heard already. */
const note = (value: PdfValue, seen: Seen): void => {
  if (Array.isArray(value)) for (const each of value) note(each, seen);
  if (!isDictionary(value)) return;
  if (isName(value.get('Type'), 'Page')) seen.pages += 1;
  const width = value.get('Width');
  const height = value.get('Height');
  if (isName(value.get('Subtype'), 'Image') && typeof width === 'number' && typeof height === 'number') seen.largestImage = Math.max(seen.largestImage, width * height);
  const opening = value.get('OpenAction');
  if (opening !== undefined && !Array.isArray(opening)) seen.active ??= 'OpenAction'; // an array only says which page to show first
  for (const each of value.values()) note(each, seen);
};
