/**
 * The pages of a certificate are sealed too: the last line of the PDF is a comment with a signature over every byte before
 * it. So a page that was changed shows, although what counts is the signed statement inside.
 */
import { createHash, sign, verify } from 'node:crypto';
import type { CertificateKey } from '../sign.ts';
import { keyObjectOf, type PublishedKeys } from '../published-keys.ts';
import { decode } from '../token.ts';

const mark = '%signoff-page-seal-1 ';
/** Longer than any seal, well under the 1,024 bytes in which readers look for the end of a PDF. */
const longestSeal = 400;

const sealed = (page: Uint8Array): Buffer => Buffer.concat([Buffer.from(mark), createHash('sha256').update(page).digest()]);

export const seal = (page: Buffer, key: CertificateKey): Buffer =>
  Buffer.concat([page, Buffer.from(`${mark}${key.kid}.${sign(null, sealed(page), key.privateKey).toString('base64url')}\n`)]);

/** It was one of ours once. */
export const hasSeal = (pdf: Buffer): boolean => pdf.includes(mark);

/** Whether every byte is as issued. */
export const isSealed = (pdf: Buffer, published: PublishedKeys): boolean => {
  const start = pdf.lastIndexOf(`\n${mark}`) + 1;
  if (start === 0 || pdf.length - start > longestSeal) return false;
  const [, keyId, signature] = /^(\S+)\.(\S+)\n$/.exec(pdf.toString('latin1', start + mark.length)) ?? [];
  const key = published.keys.find(({ kid }) => kid === keyId);
  const bytes = decode(signature ?? '');
  return key !== undefined && bytes !== undefined && verify(null, sealed(pdf.subarray(0, start)), keyObjectOf(key), bytes);
};
