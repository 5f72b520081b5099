/** A sheet of paper in a language: what letter and form share. */
import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import { ink, measure, openSheet, page, type Sheet } from '../certificate/pdf/sheet.ts';
import { tagOf } from '../language/index.ts';
import type { Language } from '../policy/pack.ts';

export const paper = async (options: { readonly title: string; readonly author: string; readonly language: Language; readonly colour: string; readonly at: Date }, draw: (sheet: Sheet) => void): Promise<Buffer> => {
  const { title, author, language, colour, at } = options;
  const document = new PDFDocument({
    size: 'A4', margin: 0, bufferPages: true, autoFirstPage: false, pdfVersion: '1.7', tagged: true, lang: tagOf[language], displayTitle: true,
    info: { Title: title, Author: author, Creator: 'Signoff', Producer: 'Signoff', CreationDate: at, ModDate: at },
  });
  const whole = buffer(document);
  const sheet = openSheet(document, language, colour);
  draw(sheet);
  sheet.close();
  document.end();
  return whole;
};

const text = { size: 10.5, leading: 1.65 } as const;

export const paragraph = (sheet: Sheet, words: string, style: { readonly size?: number; readonly weight?: 'bold'; readonly colour?: string; readonly after?: number } = {}, kind = 'P'): void => {
  const { after = 8, ...own } = style;
  const set = { ...text, ...own };
  sheet.need(sheet.height(words, set) + after);
  sheet.tag(kind, () => {
    sheet.y += sheet.set(words, set, sheet.y) + after;
  });
};

/** What, and how it is; a blank is a line to write on. */
export const facts = (sheet: Sheet, all: readonly { readonly label: string; readonly value: string }[], split = 130): void => {
  const table = sheet.group('Table');
  for (const { label, value } of all) {
    const style = { ...text, x: page.side + split, width: measure - split };
    const height = Math.max(sheet.height(value, style), sheet.height(label, { ...text, width: split - 10 })) + 4;
    sheet.need(height);
    const row = sheet.group('TR', table);
    sheet.tag('TH', () => void sheet.set(label, { ...text, colour: ink.quiet, width: split - 10 }, sheet.y), row);
    sheet.tag('TD', () => void sheet.set(value, style, sheet.y), row);
    row.end();
    sheet.y += height;
  }
  table.end();
  sheet.y += 10;
};

/** A line to sign or write on, with what it is for under it. */
export const signatureLine = (sheet: Sheet, labels: readonly [string, string]): void => {
  sheet.need(70);
  sheet.y += 34;
  const half = (measure - 40) / 2;
  labels.forEach((label, place) => {
    const x = page.side + place * (half + 40);
    sheet.ornament(() => void sheet.document.moveTo(x, sheet.y).lineTo(x + half, sheet.y).lineWidth(0.8).stroke(ink.text));
    sheet.tag('P', () => void sheet.set(label, { size: 9, colour: ink.quiet, x, width: half }, sheet.y + 4));
  });
  sheet.y += 30;
};
