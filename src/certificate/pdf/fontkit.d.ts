/** The little of fontkit that is used besides pdfkit's own use of it; the package comes without types. */
declare module 'fontkit' {
  export type Font = { hasGlyphForCodePoint(codePoint: number): boolean };
  export const create: (bytes: Uint8Array) => Font | { fonts: Font[] };
}
