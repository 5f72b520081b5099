import { qrCode, quietZone } from '../certificate/pdf/qr.ts';
import { ink, measure, page, type Sheet } from '../certificate/pdf/sheet.ts';
import { formatDay, formatPhone, translator } from '../language/index.ts';
import type { Language, Pack, PersonField } from '../policy/pack.ts';
import type { PapersKey } from './letter.ts';
import { facts, paper, paragraph, signatureLine } from './paper.ts';

/** What the draft knows; what is missing is left blank. `documentKind` in words. */
export type FormFacts = {
  readonly code: string;
  readonly msisdn: string;
  readonly reason?: string;
  readonly name?: string;
  readonly phone?: string;
  readonly email?: string;
  readonly documentKind?: string;
  readonly keptUntil: Date;
  readonly at: Date;
};

type Filled = { readonly [Field in 'reason' | 'name' | 'phone' | 'email' | 'documentKind']?: string | undefined };
/** What is filled in goes on paper; what is not stays blank. `inWords`: the kind of document. */
export const formFactsFrom = (form: Filled, inWords: (documentKind: string) => string, rest: Pick<FormFacts, 'code' | 'msisdn' | 'keptUntil' | 'at'>): FormFacts => {
  const { reason, name, phone, email, documentKind } = form;
  return {
    ...rest, ...(reason ? { reason } : {}), ...(name ? { name } : {}), ...(phone ? { phone } : {}), ...(email ? { email } : {}),
    ...(documentKind ? { documentKind: inWords(documentKind) } : {}),
  };
};

const side = 96;

const fieldLabels = { name: 'letter.name', email: 'letter.email', phone: 'form.phone' } as const satisfies Record<PersonField, PapersKey>;

/** The code twice: for a scanner and for people. */
const drawCode = (sheet: Sheet, code: string, label: string): void => {
  const { document } = sheet;
  const x = page.width - page.side - side;
  sheet.tag('Figure', () => {
    const { size, runs } = qrCode(code);
    const module = side / (size + 2 * quietZone);
    for (const run of runs) document.rect(x + (run.x + quietZone) * module, page.top + (run.y + quietZone) * module, run.width * module, module);
    document.fill('#000000');
  }, undefined, code);
  sheet.tag('P', () => void sheet.set(label, { size: 8, colour: ink.quiet, x, width: side, leading: 1.3 }, page.top + side + 2));
  sheet.tag('P', () => void sheet.set(code, { size: 10, weight: 'bold', x: x - 20, width: side + 20, align: 'right' }, page.top + side + 14));
};

/** A box to tick by hand. */
const tickBox = (sheet: Sheet, words: string): void => {
  const style = { size: 10, x: page.side + 18, width: measure - 18, leading: 1.5 };
  const height = sheet.height(words, style) + 5;
  sheet.need(height);
  sheet.ornament(() => void sheet.document.rect(page.side, sheet.y + 3, 9, 9).lineWidth(0.8).stroke(ink.text));
  sheet.tag('P', () => void sheet.set(words, style, sheet.y));
  sheet.y += height;
};

/** The application on paper: pre-filled, with its code, each consequence to tick, room to sign, and where it goes (UR3). */
export const formPdf = (pack: Pack, given: FormFacts, language: Language): Promise<Buffer> => {
  const say = translator<PapersKey>('papers', language);
  const blank = say('letter.blank');
  const brand = pack.name[language];
  const reason = pack.reasons.find(({ id }) => id === given.reason)?.label[language];
  return paper({ title: `${say('form.title')} ${given.code}`, author: brand, language, colour: pack.colour.light, at: given.at }, (sheet) => {
    drawCode(sheet, given.code, say('form.code'));
    sheet.tag('P', () => void sheet.set(brand, { size: 12, weight: 'bold', colour: sheet.colour, width: measure - side - 20 }, page.top));
    sheet.y = page.top + 26;
    sheet.tag('H1', () => {
      sheet.y += sheet.set(say('form.title'), { size: 19, weight: 'bold', width: measure - side - 20, leading: 1.3 }, sheet.y) + 6;
    });
    sheet.tag('P', () => void sheet.set(say('form.says'), { size: 10, colour: ink.quiet, width: measure - side - 30 }, sheet.y));
    sheet.y = page.top + side + 40;
    facts(sheet, [
      { label: say('letter.line'), value: formatPhone(given.msisdn) },
      ...pack.form.map(({ field, label }) => ({ label: label?.[language] ?? say(fieldLabels[field]), value: given[field] ?? blank })),
      { label: say('form.reason'), value: reason ?? pack.reasons.map(({ label }) => `□ ${label[language]}`).join('   ') },
    ]);
    paragraph(sheet, say('form.consequences'), { size: 12, weight: 'bold', after: 4 }, 'H2');
    for (const { says } of pack.consequences) tickBox(sheet, says[language]);
    sheet.y += 8;
    for (const { title, body } of pack.agreements) {
      paragraph(sheet, title[language], { size: 12, weight: 'bold', after: 4 }, 'H2');
      paragraph(sheet, body[language], { size: 9.5 });
    }
    paragraph(sheet, say('form.enclosures'), { size: 12, weight: 'bold', after: 4 }, 'H2');
    tickBox(sheet, say('form.enclosure.form'));
    if (pack.identity.documents.length > 0) tickBox(sheet, say('form.enclosure.document', { kind: given.documentKind ?? blank }));
    signatureLine(sheet, [say('signature'), say('place-and-date')]);
    paragraph(sheet, say('form.where'), { size: 12, weight: 'bold', after: 4 }, 'H2');
    for (const line of [brand, ...(pack.addresses.post ?? []), say('letter.to-mail', { mail: pack.addresses.mail }), say('letter.to-site', { site: pack.addresses.site })]) paragraph(sheet, line, { after: 0 });
    sheet.y += 8;
    paragraph(sheet, say('form.until', { day: formatDay(given.keptUntil, pack.calendar.zone, language), code: given.code }), { size: 9.5, colour: ink.quiet });
  });
};
