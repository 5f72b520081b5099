/** An agreement as a page: its text as it was read, and once it is signed by whom, when and on what proof, under the operator's own signature. */
import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import { formatInstant, formatPhone, tagOf, translator } from '../../language/index.ts';
import type { Language, Text } from '../../policy/pack.ts';
import type { DocumentKey } from '../../signature/document-key.ts';
import { drawingBox, type Drawn } from '../../signature/drawn.ts';
import { addSignatureField, signPdf } from '../../signature/signed-pdf.ts';
import { drawFacts, drawFooters } from './page.ts';
import { ink, measure, openSheet, page, type Sheet } from './sheet.ts';

export type AgreementPaper = {
  readonly id: string;
  readonly title: Text;
  readonly body: Text;
  readonly brand: Text;
  readonly colour: string;
  /** `<brand>@<day>`: where the text stands. */
  readonly version: string;
  readonly zone: string;
};

export type Signing = {
  /** As typed. */
  readonly name: string;
  readonly drawn?: Drawn;
  readonly at: Date;
  /** The contact of record that the code went to, masked. */
  readonly contact: string;
  /** E.164; the line that is given up. */
  readonly number: string;
  readonly caseId: string;
};

const body = { size: 10.5, leading: 1.7 } as const;
const whole = page.height - page.top - page.bottom;

/** A paragraph as long as a page is set in sentences, so that each finds its place. */
const paragraphsOf = (sheet: Sheet, text: string): string[] =>
  text.split(/\n+/).map((one) => one.trim()).filter(Boolean)
    .flatMap((one) => (sheet.height(one, body) > whole / 2 ? one.split(/(?<=[。！？]|[.!?] )/) : [one]));

const drawText = (sheet: Sheet, paper: AgreementPaper, language: Language): void => {
  sheet.ornament(() => { sheet.document.rect(0, 0, page.width, 10).fill(sheet.colour); });
  sheet.tag('P', () => void sheet.set(paper.brand[language], { size: 13, weight: 'bold', colour: sheet.colour }, page.top));
  sheet.y = page.top + 40;
  sheet.tag('H1', () => { sheet.y += sheet.set(paper.title[language], { size: 22, weight: 'bold', leading: 1.35 }, sheet.y) + 16; });
  for (const paragraph of paragraphsOf(sheet, paper.body[language])) {
    const height = sheet.height(paragraph, body);
    sheet.need(height);
    sheet.tag('P', () => void sheet.set(paragraph, body, sheet.y));
    sheet.y += height + 8;
  }
  sheet.y += 14;
};

/** The strokes as they were drawn, or the name in large. */
const drawHand = (sheet: Sheet, { name, drawn }: Signing, alt: string): void => {
  const { document } = sheet;
  if (drawn === undefined) {
    const style = { size: 20, leading: 1.4 } as const;
    const height = sheet.height(name, style);
    sheet.need(height + 14);
    sheet.tag('P', () => void sheet.set(name, style, sheet.y));
    sheet.y += height;
  } else {
    const scale = 0.4;
    const top = sheet.y;
    sheet.tag('Figure', () => {
      document.save().translate(page.side, top).scale(scale).lineWidth(4).lineCap('round').lineJoin('round').strokeColor(ink.text);
      for (const [first, ...others] of drawn) {
        if (first === undefined) continue;
        document.moveTo(...first);
        for (const point of others.length > 0 ? others : [first]) document.lineTo(...point);
        document.stroke();
      }
      document.restore();
    }, undefined, alt);
    sheet.y += drawingBox.height * scale;
  }
  sheet.ornament(() => { document.moveTo(page.side, sheet.y + 4).lineTo(page.side + measure / 2, sheet.y + 4).lineWidth(0.8).stroke(ink.line); });
  sheet.y += 16;
};

/** What both have; the last page is open when `finish` is called. */
const paperPdf = async (paper: AgreementPaper, language: Language, at: Date, draw: (sheet: Sheet) => string, finish: (document: PDFKit.PDFDocument) => void = () => undefined): Promise<Buffer> => {
  const words = translator('certificate', language);
  const document = new PDFDocument({
    size: 'A4', margin: 0, bufferPages: true, autoFirstPage: false, pdfVersion: '1.7', tagged: true, lang: tagOf[language], displayTitle: true,
    info: { Title: paper.title[language], Author: paper.brand[language], Creator: 'Signoff', Producer: 'Signoff', CreationDate: at, ModDate: at },
  });
  const bytes = buffer(document);
  const sheet = openSheet(document, language, paper.colour);
  drawText(sheet, paper, language);
  const foot = draw(sheet);
  drawFooters(sheet, foot, (number, pages) => words('page', { page: number, pages }));
  finish(document);
  sheet.close();
  document.end();
  return bytes;
};

/** For reading before it is signed. */
export const agreementToRead = (paper: AgreementPaper, language: Language, at: Date): Promise<Buffer> =>
  paperPdf(paper, language, at, () => translator('certificate', language)('agreement.unsigned'));

/** Signed: PAdES B-B over every byte. */
export const signedAgreement = async (paper: AgreementPaper, language: Language, signing: Signing, key: DocumentKey): Promise<Buffer> => {
  const words = translator('certificate', language);
  const facts = [
    ['name', signing.name], ['number', formatPhone(signing.number)], ['at', words('agreement.at', { at: formatInstant(signing.at, paper.zone, language), utc: signing.at.toISOString().replace(/\.\d+/, '') })],
    ['proof', words('agreement.proof', { contact: signing.contact })], ['case', signing.caseId], ['text', `${paper.id} · ${paper.version}`], ['sealed', words('agreement.sealed', { holder: key.holder })],
  ] as const;
  const pdf = await paperPdf(paper, language, signing.at, (sheet) => {
    sheet.need(drawingBox.height * 0.4 + 220); // the hand and what it stands for on one page
    drawHand(sheet, signing, words('agreement.drawn', { name: signing.name }));
    drawFacts(sheet, words('agreement.signature'), facts.map(([name, value]) => ({ label: words(`agreement.fact.${name}`), value })));
    return words('agreement.foot', { name: signing.name });
  }, (document) => addSignatureField(document, { holder: key.holder, reason: words('agreement.reason', { title: paper.title[language], name: signing.name }), at: signing.at }));
  return signPdf(pdf, key, signing.at);
};
