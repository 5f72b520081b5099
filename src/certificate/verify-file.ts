import type { Verification } from '../evidence/verification.ts';
import { attachedText } from './pdf/attached.ts';
import { hasSeal, isSealed } from './pdf/seal.ts';
import type { PublishedKeys } from './published-keys.ts';
import { verify } from './verify.ts';

/** A certificate's PDF has 100 kB or so. */
export const largestFile = 8 * 1024 * 1024;

/** Checks a file: the certificate's text, or the PDF that has it attached, whose pages must be as issued then. */
export const verifyFile = (bytes: Buffer, published: PublishedKeys): Verification => {
  if (bytes.length > largestFile) return { kind: 'not-a-certificate', because: 'too-large' };
  const ours = hasSeal(bytes);
  // Read byte by byte: one changed byte must stay one changed character.
  if (!ours && !bytes.includes('%PDF-')) return verify(bytes.toString('latin1'), published);

  const text = attachedText(bytes);
  if (text === undefined) return ours ? { kind: 'altered', part: 'page' } : { kind: 'not-a-certificate', because: 'nothing-inside' };
  const inside = verify(text, published);
  if (inside.kind !== 'valid') return inside;
  return isSealed(bytes, published) ? { ...inside, page: true } : { kind: 'altered', part: 'page', genuine: inside.statement };
};
