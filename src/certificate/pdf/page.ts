/** The parts of the certificate's page, from top to bottom. */
import type { Fact, ToldStep } from '../words.ts';
import { qrCode, quietZone } from './qr.ts';
import { ink, measure, page, type Sheet, type TextStyle } from './sheet.ts';

const label = { size: 9.5, colour: ink.quiet, leading: 1.55 } as const;
const body = { size: 10, leading: 1.45 } as const;
/** How much lower a label starts for its line to stand on that of the text beside it. */
const drop = 1;

/** The brand's band with the four bars of a signal that has gone out, and the one big sentence. */
export const drawHead = (sheet: Sheet, told: { readonly brand: string; readonly title: string; readonly verdict: string; readonly since: string }): void => {
  const { document } = sheet;
  sheet.ornament(() => {
    document.rect(0, 0, page.width, 10).fill(sheet.colour);
    [6, 10, 14, 18].forEach((height, place) => {
      document.roundedRect(page.width - page.side - 28 + place * 7.5, page.top + 18 - height, 5.2, height, 1.2).lineWidth(0.9).stroke(sheet.colour);
    });
  });
  sheet.tag('P', () => {
    sheet.set(told.brand, { size: 13, weight: 'bold', colour: sheet.colour, width: measure - 60 }, page.top);
  });
  sheet.y = page.top + 54;
  sheet.tag('P', () => {
    sheet.y += sheet.set(told.title, { size: 13, colour: ink.quiet }, sheet.y) + 4;
  });
  sheet.tag('H1', () => {
    sheet.y += sheet.set(told.verdict, headline(sheet, told.verdict), sheet.y) + 8;
  });
  sheet.tag('P', () => {
    sheet.y += sheet.set(told.since, { size: 11.5, leading: 1.65 }, sheet.y) + 22;
  });
};

/** On one line if it fits with a little less size, else on lines of about the same length: no word stands alone. */
const headline = (sheet: Sheet, text: string): TextStyle => {
  const style = { size: 26, weight: 'bold', leading: 1.32 } as const;
  const shrunk = (style.size * (measure - 1)) / sheet.width(text, style);
  if (shrunk >= 22) return { ...style, size: Math.min(style.size, shrunk) };
  let width = measure;
  const height = sheet.height(text, { ...style, width });
  while (width > measure / 2 && sheet.height(text, { ...style, width: width - 8 }) === height) width -= 8;
  return { ...style, width };
};

const rule = (sheet: Sheet): void =>
  sheet.ornament(() => {
    sheet.document.moveTo(page.side, sheet.y).lineTo(page.width - page.side, sheet.y).lineWidth(0.6).stroke(ink.line);
  });

const drawTitle = (sheet: Sheet, title: string): void => {
  sheet.tag('H2', () => {
    sheet.y += sheet.set(title, { size: 12, weight: 'bold' }, sheet.y) + 4;
  });
  rule(sheet);
  sheet.y += 9;
};

/** Two columns: what, and how it is. */
export const drawFacts = (sheet: Sheet, title: string, facts: readonly Pick<Fact, 'label' | 'value'>[]): void => {
  const split = 116;
  const value = { ...body, x: page.side + split, width: measure - split };
  drawTitle(sheet, title);
  const table = sheet.group('Table');
  for (const fact of facts) {
    const height = sheet.height(fact.value, value);
    sheet.need(height + 3);
    const row = sheet.group('TR', table);
    sheet.tag('TH', () => void sheet.set(fact.label, { ...label, width: split - 10 }, sheet.y + drop), row);
    sheet.tag('TD', () => void sheet.set(fact.value, value, sheet.y), row);
    row.end();
    sheet.y += height + 3;
  }
  table.end();
  sheet.y += 14;
};

/** Name, outcome and time of each step, in order. */
export const drawSteps = (sheet: Sheet, told: { readonly title: string; readonly heads: readonly [string, string, string]; readonly steps: readonly ToldStep[] }): void => {
  const columns = [{ x: page.side, width: 232 }, { x: page.side + 244, width: 76 }, { x: page.side + 320, width: measure - 320 }] as const;
  sheet.need(90);
  drawTitle(sheet, told.title);
  const table = sheet.group('Table');
  const head = sheet.group('TR', table);
  told.heads.forEach((text, place) => sheet.tag('TH', () => void sheet.set(text, { ...label, ...columns[place] }, sheet.y), head));
  head.end();
  sheet.y += 19;
  for (const step of told.steps) {
    const cells = [step.name, step.outcome, step.at];
    const height = Math.max(...cells.map((text, place) => sheet.height(text, { ...body, ...columns[place] })));
    sheet.need(height + 3);
    const row = sheet.group('TR', table);
    cells.forEach((text, place) => sheet.tag('TD', () => void sheet.set(text, { ...body, ...columns[place] }, sheet.y), row));
    row.end();
    sheet.y += height + 1.5;
  }
  table.end();
  sheet.y += 12;
};

/** The QR code, and beside it how to check; in small print what a check is about. */
export const drawCheck = (sheet: Sheet, told: { readonly title: string; readonly says: readonly string[]; /** Lines of a few facts each. */ readonly small: readonly (readonly Fact[])[]; readonly qr: string; readonly alt: string }): void => {
  const side = 108;
  const style = { size: 9.5, colour: ink.quiet, x: page.side + side + 22, width: measure - side - 22, leading: 1.6 };
  const small = { ...style, size: 8, leading: 1.5 };
  const paragraphs = [
    ...told.says.map((text) => ({ text, style, after: 3 })),
    ...told.small.map((line) => ({ text: line.map(({ label, value }) => `${label} ${value}`).join('  ·  '), style: small, after: 0 })),
  ].map((one) => ({ ...one, height: sheet.height(one.text, one.style) + one.after }));
  const height = Math.max(side, 20 + paragraphs.reduce((sum, one) => sum + one.height, 0));
  sheet.need(height);
  const top = page.height - page.bottom - height; // at the foot of the page, where one looks for it
  sheet.tag('Figure', () => drawQr(sheet, told.qr, side, top), undefined, told.alt);
  sheet.tag('H2', () => void sheet.set(told.title, { size: 11, weight: 'bold', x: style.x, width: style.width }, top - 2));
  let y = top + 20;
  for (const paragraph of paragraphs) {
    sheet.tag('P', () => void sheet.set(paragraph.text, paragraph.style, y));
    y += paragraph.height;
  }
};

const drawQr = ({ document }: Sheet, text: string, side: number, top: number): void => {
  const code = qrCode(text);
  const module = side / (code.size + 2 * quietZone);
  for (const { x, y, width } of code.runs) document.rect(page.side + (x + quietZone) * module, top + (y + quietZone) * module, width * module, module);
  document.fill('#000000');
  document.roundedRect(page.side, top, side, side, 4).lineWidth(0.6).stroke(ink.line);
};

/** On every page, once it is known how many there are. */
export const drawFooters = (sheet: Sheet, left: string, right: (page: number, pages: number) => string): void => {
  const { document } = sheet;
  const { start, count } = document.bufferedPageRange();
  for (let place = 0; place < count; place++) {
    document.switchToPage(start + place);
    sheet.ornament(() => {
      const y = page.height - 44;
      document.moveTo(page.side, y - 8).lineTo(page.width - page.side, y - 8).lineWidth(0.6).stroke(ink.line);
      sheet.set(left, { ...label, width: measure * 0.7 }, y);
      sheet.set(right(place + 1, count), { ...label, x: page.side + measure * 0.7, width: measure * 0.3, align: 'right' }, y);
    });
  }
};
