/** Every way in which the check of a certificate can end. */
import type { NotConforming, Statement } from './statements.ts';

/** `page`: the PDF around the statement. */
export type Part = 'header' | 'statement' | 'signature' | 'page';

export type Verification =
  /** `page`: it came as a PDF, whose pages are as issued too. */
  | { readonly kind: 'valid'; readonly statement: Statement; readonly keyId: string; readonly page: boolean }
  | { readonly kind: 'not-a-certificate'; readonly because: 'empty' | 'too-large' | 'nothing-inside' | 'other-format' }
  | { readonly kind: 'unknown-key'; readonly keyId: string }
  /** Not as it was issued. `genuine`: only the pages were changed, and this is what the certificate inside still says. */
  | { readonly kind: 'altered'; readonly part: Part; readonly genuine?: Statement }
  /** Signed by a known key, but not a statement that this version understands. */
  | NotConforming;

/**
 * Which part of a certificate was changed. Its header is known but for the key and a digest of the statement, so of header,
 * statement and signature any one that was changed contradicts the two others.
 */
export const alteredPart = (seen: { /** The signature fits under the header that should stand there. */ readonly fitsWithRightHeader: boolean; /** The header's digest is that of the statement. */ readonly digestFits: boolean }): Part => {
  if (seen.fitsWithRightHeader) return 'header';
  return seen.digestFits ? 'signature' : 'statement';
};
