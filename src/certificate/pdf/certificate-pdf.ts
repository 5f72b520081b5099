/** The certificate as a page: A4, tagged, with the signed original attached. The same statement gives the same bytes. */
import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import type { Statement } from '../../evidence/statements.ts';
import { tagOf, translator } from '../../language/index.ts';
import type { Language } from '../../policy/pack.ts';
import type { CertificateKey } from '../sign.ts';
import { factsOf, type FactName, sinceOf, stepsOf, verdictOf, zoneName } from '../words.ts';
import { attachmentName } from './attached.ts';
import { drawCheck, drawFacts, drawFooters, drawHead, drawSteps } from './page.ts';
import { seal } from './seal.ts';
import { openSheet } from './sheet.ts';

export type PdfOptions = {
  /** The public page that checks a certificate; gets `?n=<application number>`. */
  readonly verifyUrl: string;
  /** The brand's colour on white, `#rrggbb`. */
  readonly colour: string;
  /** Seals the pages. Need not be the key that signed the statement, but one of the published ones. */
  readonly key: CertificateKey;
};

/** For who checks it, not for who holds it; line by line. */
const smallPrint: readonly (readonly FactName[])[] = [['certificate', 'policy'], ['issued', 'journal']];

/** Rendered on demand: nothing of it is stored, and nothing in it is not in the statement. */
export const certificatePdf = async (statement: Statement, jws: string, language: Language, options: PdfOptions): Promise<Buffer> => {
  const words = translator('certificate', language);
  const issued = new Date(statement.issuedAt);
  const document = new PDFDocument({
    size: 'A4', margin: 0, bufferPages: true, autoFirstPage: false,
    pdfVersion: '1.7', tagged: true, lang: tagOf[language], displayTitle: true,
    info: {
      Title: `${words('title')} ${statement.applicationNumber}`, Author: statement.issuer, Creator: 'Signoff', Producer: 'Signoff',
      Subject: words('subject', { brand: statement.brand.name[language] }), CreationDate: issued, ModDate: issued,
    },
  });
  const whole = buffer(document);
  document.file(Buffer.from(`${jws}\n`), { name: attachmentName, type: 'application/jose', description: words('attachment'), creationDate: issued, modifiedDate: issued });

  const sheet = openSheet(document, language, options.colour);
  const address = new URL(options.verifyUrl);
  address.searchParams.set('n', statement.applicationNumber);
  drawHead(sheet, { brand: statement.brand.name[language], title: words('title'), verdict: verdictOf(statement, language), since: sinceOf(statement, language) });
  const facts = factsOf(statement, language);
  const small = smallPrint.map((line) => facts.filter(({ name }) => line.includes(name)));
  drawFacts(sheet, words('facts'), facts.filter((fact) => !small.flat().includes(fact)));
  drawSteps(sheet, { title: words('steps'), heads: [words('steps.name'), words('steps.outcome'), words('steps.at', { zone: zoneName(statement, language) })], steps: stepsOf(statement, language) });
  drawCheck(sheet, {
    title: words('how-to-check'), small, qr: address.href, alt: words('qr', { address: address.href }),
    says: [words('check.online', { address: options.verifyUrl }), words('check.offline'), words('check.nothing-personal')],
  });
  drawFooters(sheet, words('signed-by', { issuer: statement.issuer }), (page, pages) => words('page', { page, pages }));
  sheet.close();
  document.end();
  return seal(await whole, options.key);
};
