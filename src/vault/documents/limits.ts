export type DocumentLimits = {
  readonly bytes: number;
  /** Width times height of an image, also of one inside a PDF. */
  readonly pixels: number;
  /** The longer edge after re-encoding, in pixels. */
  readonly edge: number;
  readonly pages: number;
  readonly milliseconds: number;
};

/** A phone's photo of 48 megapixels passes; the text of an identity card is readable at a third of the edge. */
export const documentLimits: DocumentLimits = { bytes: 10 * 1024 * 1024, pixels: 50_000_000, edge: 3000, pages: 20, milliseconds: 10_000 };

/**
 * `mixed-content`: a PDF that is also something else (HTML, ZIP). `pdf-cannot-be-judged`: not built as the
 * specification says, so that what it does can't be known; a photo does instead. `busy`: try again in a moment.
 */
export type CannotAccept =
  | { readonly kind: 'empty' | 'not-readable' | 'mixed-content' | 'pdf-encrypted' | 'took-too-long' | 'busy' }
  | { readonly kind: 'too-large'; readonly limitBytes: number }
  | { readonly kind: 'type-not-accepted'; readonly looksLike: LooksLike }
  | { readonly kind: 'too-many-pixels'; readonly limitPixels: number }
  | { readonly kind: 'pdf-active'; readonly found: string }
  | { readonly kind: 'pdf-too-many-pages'; readonly pages: number; readonly limitPages: number }
  | { readonly kind: 'pdf-cannot-be-judged'; readonly says: string };

export type LooksLike = 'heic' | 'webp' | 'gif' | 'tiff' | 'svg' | 'html' | 'zip' | 'unknown';
