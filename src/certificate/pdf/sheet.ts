/** A cursor over A4 pages, with the faces of a language and the structure that a screen reader follows (ISO 32000-2 §14.7). */
import type { Language } from '../../policy/pack.ts';
import { faceFor, fontFile, type Weight } from './fonts.ts';

type Document = PDFKit.PDFDocument;
type Element = PDFKit.PDFStructureElement;

export const page = { width: 595.28, height: 841.89, side: 62, top: 48, bottom: 70 } as const;
export const measure = page.width - 2 * page.side;
export const ink = { text: '#1d1b19', quiet: '#5e5a54', line: '#ddd7cc' } as const;

export type TextStyle = { readonly size: number; readonly weight?: Weight; readonly colour?: string; readonly x?: number; readonly width?: number; readonly leading?: number; readonly align?: 'left' | 'right' };

export type Sheet = {
  readonly document: Document;
  readonly colour: string;
  y: number;
  /** A new page where `height` points do not fit any more. */
  need(height: number): void;
  /** Height in points of a text set so. */
  height(text: string, style: TextStyle): number;
  /** Width in points of a text on one line. */
  width(text: string, style: TextStyle): number;
  /** Sets a text at `y` and gives its height; does not move the cursor. */
  set(text: string, style: TextStyle, y: number): number;
  /** What is set or drawn inside is one element of the page's structure. */
  tag(kind: string, draw: () => void, parent?: Element, alt?: string): void;
  /** An element that has others in it. */
  group(kind: string, parent?: Element): Element;
  /** Rules, bands, page numbers: seen, not read out. */
  ornament(draw: () => void): void;
  close(): void;
};

export const openSheet = (document: Document, language: Language, colour: string): Sheet => {
  const registered = new Set<string>();
  const root = document.struct('Document');
  document.addStructure(root);
  const addPage = (): void => {
    document.addPage({ size: 'A4', margin: 0 });
  };
  // These faces draw curly quotes as wide as a character: right in Chinese, a hole in an English word.
  const written = (text: string): string => (language === 'en' ? text.replace(/[‘’]/g, "'").replace(/[“”]/g, '"') : text);
  const apply = (text: string, { size, weight = 'regular' }: TextStyle): void => {
    const face = faceFor(text, language, weight);
    if (!registered.has(face)) {
      document.registerFont(face, fontFile(face) as unknown as string);
      registered.add(face);
    }
    document.font(face).fontSize(size);
  };
  /** Latin letters need less air between lines than Chinese ones. */
  const air = language === 'en' ? 0.9 : 1;
  /** pdfkit adds to the font's own line height; ours is a multiple of the size. */
  const options = ({ size, width = measure, leading = 1.6, align = 'left' }: TextStyle) => ({ width, align, lineGap: size * leading * air - document.currentLineHeight(true) });
  addPage();

  const sheet: Sheet = {
    document,
    colour,
    y: page.top,
    need: (height) => {
      if (sheet.y + height <= page.height - page.bottom) return;
      addPage();
      sheet.y = page.top;
    },
    height: (text, style) => {
      apply(text, style);
      return document.heightOfString(written(text), options(style));
    },
    set: (text, style, y) => {
      apply(text, style);
      document.fillColor(style.colour ?? ink.text).text(written(text), style.x ?? page.side, y, options(style));
      return document.heightOfString(written(text), options(style));
    },
    width: (text, style) => {
      apply(text, style);
      return document.widthOfString(written(text));
    },
    tag: (kind, draw, parent = root, alt) => {
      parent.add(document.struct(kind, alt === undefined ? {} : { alt }, draw));
    },
    group: (kind, parent = root) => {
      const element = document.struct(kind);
      parent.add(element);
      return element;
    },
    ornament: (draw) => {
      document.markContent('Artifact', { type: 'Layout' });
      draw();
      document.endMarkedContent();
    },
    close: () => root.end(),
  };
  return sheet;
};
