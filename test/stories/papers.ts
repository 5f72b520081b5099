/** PDFs as people and attackers send them. */
import PDFDocument from 'pdfkit';

/** A PDF of one page; `catalog` and `page` go into those dictionaries, `more` are further objects. */
export const paper = ({ catalog = '', page = '', more = [] as string[], head = '%PDF-1.7\n', tail = '' } = {}): string => {
  const objects = [
    `1 0 obj\n<</Type/Catalog/Pages 2 0 R ${catalog}>>\nendobj\n`,
    '2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n',
    `3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200] ${page}>>\nendobj\n`,
    ...more,
  ];
  let body = head;
  const places = objects.map((object) => {
    const at = body.length;
    body += object;
    return at;
  });
  const table = places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  return `${body}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF\n${tail}`;
};

/** With pages of text, by a library. */
export const made = (options: PDFKit.PDFDocumentOptions, pages = 1): Promise<Buffer> =>
  new Promise((resolve) => {
    const document = new PDFDocument(options);
    const chunks: Buffer[] = [];
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.text('A bill');
    for (let page = 1; page < pages; page += 1) document.addPage().text('more');
    document.end();
  });
