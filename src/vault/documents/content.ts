/** What bytes are, by themselves: names and declared types are the sender's word. */
import type { LooksLike } from './limits.ts';

export type AcceptedType = 'jpeg' | 'png' | 'pdf';

const startsWith = (contents: Buffer, signature: string, at = 0): boolean => contents.subarray(at, at + signature.length).equals(Buffer.from(signature, 'latin1'));

export const typeOf = (contents: Buffer): AcceptedType | LooksLike => {
  if (startsWith(contents, '\xff\xd8\xff')) return 'jpeg';
  if (startsWith(contents, '\x89PNG\r\n\x1a\n')) return 'png';
  if (startsWith(contents, '%PDF-')) return 'pdf'; // only at the very start: readers that look further are how a file becomes two
  if (startsWith(contents, 'PK')) return 'zip';
  if (startsWith(contents, 'GIF8')) return 'gif';
  if (startsWith(contents, 'II*\0') || startsWith(contents, 'MM\0*')) return 'tiff';
  if (startsWith(contents, 'RIFF') && startsWith(contents, 'WEBP', 8)) return 'webp';
  if (startsWith(contents, 'ftyp', 4) && /^(hei|hev|mif|msf|avi)/.test(contents.toString('latin1', 8, 12))) return 'heic';
  const head = contents.toString('latin1', 0, 1024);
  if (/<svg[\s>]/i.test(head)) return 'svg';
  return markup.test(head) ? 'html' : 'unknown';
};

/** What a browser would take for a page if it looked for itself. */
export const markup = /<\s*(!doctype|html|head|body|script|iframe|svg|style|img|a\s|\?php)/i;
