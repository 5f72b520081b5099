/** Every way in which the check of a certificate can end. */
import type { NotConforming, Statement } from './statements.ts';

export type Part = 'header' | 'statement' | 'signature' | 'page';

export type Verification =
  | { readonly kind: 'valid'; readonly statement: Statement; readonly keyId: string; /** The file was a PDF, and its pages are as issued. */ readonly page: boolean }
  | { readonly kind: 'not-a-certificate'; readonly because: 'empty' | 'too-large' | 'no-certificate-inside' | 'other-format' }
  | { readonly kind: 'unknown-key'; readonly keyId: string }
  /** Not as it was signed. `parts`: what was changed, as far as it can be told; several where it can't be told apart. */
  | { readonly kind: 'altered'; readonly parts: readonly [Part, ...Part[]] }
  /** Signed by a known key, but not a statement that this version understands. */
  | NotConforming;

/** What was seen of a token whose signature does not fit, with one known key. */
export type Sighting = {
  /** The signature fits the statement under the header that should stand there. */
  readonly fitsWithRightHeader: boolean;
  /** The digest in the header is that of the statement. */
  readonly digestFits: boolean;
};

/**
 * Tells the changed part. The header carries a digest of the statement, and is itself known but for that digest and the key:
 * so of three parts, any one that was changed contradicts the two others.
 */
export const alteredParts = (seen: Sighting): readonly [Part, ...Part[]] => {
  if (seen.fitsWithRightHeader) return ['header'];
  if (seen.digestFits) return ['signature'];
  return ['statement'];
};
