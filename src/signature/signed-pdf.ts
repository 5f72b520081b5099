/** A PDF with one signature over every byte of it (ISO 32000-2 §12.8, ETSI EN 319 142-1): the field goes in while it is written, the signature after. */
import { detachedSignature } from './cms.ts';
import type { DocumentKey } from './document-key.ts';

type Reference = PDFKit.PDFKitReference;
/** What pdfkit has and its types do not say. */
type Inside = { readonly _root: { readonly data: { readonly AcroForm: { readonly data: Record<string, unknown> & { readonly Fields: unknown[] } } } }; readonly page: { readonly dictionary: unknown; readonly annotations: unknown[] }; ref(data: object): Reference & { end(): void } };

/** Octets for the signature: certificate chains are a few thousand long. */
const room = 12_288;
/** Ten digits each, so that the true numbers fit in. */
const unknownRange = 9_999_999_999;
const rangeWritten = `/ByteRange [0 ${unknownRange} ${unknownRange} ${unknownRange}]`;

/** A field without appearance, on the page that is open (a font must be set), ready to be filled in by `signPdf`. `reason`: why it is signed, for the reader's list of signatures. */
export const addSignatureField = (document: PDFKit.PDFDocument, told: { readonly holder: string; readonly reason: string; readonly at: Date }): void => {
  const inside = document as unknown as Inside;
  const signature = inside.ref({
    Type: 'Sig', Filter: 'Adobe.PPKLite', SubFilter: 'ETSI.CAdES.detached', ByteRange: [0, unknownRange, unknownRange, unknownRange], Contents: new Uint8Array(room),
    M: told.at, Name: new String(told.holder), Reason: new String(told.reason),
  });
  const field = inside.ref({
    Type: 'Annot', Subtype: 'Widget', FT: 'Sig', T: new String('Signature'), F: 132, Rect: [0, 0, 0, 0], V: signature, P: inside.page.dictionary, // printed, locked
  });
  inside.page.annotations.push(field);
  document.initForm();
  const form = inside['_root'].data.AcroForm.data;
  form.Fields.push(field);
  form['SigFlags'] = 3; // there are signatures; only appended to
  delete form['NeedAppearances']; // a reader that draws fields anew changes what was signed
  for (const one of [signature, field]) one.end();
};

/** @throws Error where the certificate is not valid at `at`: what it would sign counts for nothing. */
export const signPdf = (pdf: Buffer, key: DocumentKey, at: Date): Buffer => {
  if (at < key.validFrom || at > key.validUntil) throw new Error('the certificate for signing documents is not valid now');
  const range = pdf.indexOf(rangeWritten);
  const contents = pdf.indexOf(`<${'00'.repeat(room)}>`);
  if (range < 0 || contents < 0) throw new Error('a PDF without a field for its signature');
  const after = contents + 2 * room + 2;
  const signed = Buffer.from(pdf);
  const written = `/ByteRange [0 ${contents} ${after} ${pdf.length - after}]`;
  signed.write(written.padEnd(rangeWritten.length), range, 'latin1');
  const signature = detachedSignature(key, [signed.subarray(0, contents), signed.subarray(after)]).toString('hex');
  if (signature.length > 2 * room) throw new Error('the certificates are longer than the room for the signature');
  signed.write(signature, contents + 1, 'latin1');
  return signed;
};
