/** Finds the signed original that a certificate's PDF carries as an attachment (ISO 32000-2 §7.11.4). */
import { inflateSync } from 'node:zlib';
import { longest } from '../token.ts';

export const attachmentName = 'certificate.jws';

const start = /\/Type \/EmbeddedFile\b([^]{0,600}?)\bstream\r?\n/g;

/** The text of the attachment, or nothing. Reads the form in which we write it; no general PDF reader stands between. */
export const attachedText = (pdf: Buffer): string | undefined => {
  for (const { index, 0: head, 1: dictionary = '' } of pdf.toString('latin1').matchAll(start)) {
    const from = index + head.length;
    const stream = pdf.subarray(from, from + Number(/\/Length (\d+)/.exec(dictionary)?.[1] ?? 0));
    try {
      return (dictionary.includes('/FlateDecode') ? inflateSync(stream, { maxOutputLength: longest }) : stream).toString('latin1').trim();
    } catch {
      continue; // a damaged or oversized attachment is none
    }
  }
  return undefined;
};
