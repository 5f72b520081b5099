/** Finds QR codes on a scan and ends. In a thread, so that a strange file costs its own time and memory, never a page's. */
import { parentPort, workerData } from 'node:worker_threads';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import jsqr from 'jsqr';
import sharp from 'sharp';

type Pixels = { readonly data: Uint8ClampedArray; readonly width: number; readonly height: number };

// jsqr is CommonJS; what the types call the default is a property of what Node gives.
const find = (jsqr as unknown as { default?: typeof jsqr }).default ?? jsqr;
const codesOn = ({ data, width, height }: Pixels): string[] => {
  const code = (find as unknown as (data: Uint8ClampedArray, width: number, height: number) => { readonly data: string } | null)(data, width, height);
  return code === null || code.data === '' ? [] : [code.data];
};

/** At several sizes: a code is lost as well in too many pixels as in too few. */
const widths = [1200, 2000, 800];

const codesOnImage = async (image: Buffer): Promise<string[]> => {
  for (const width of widths) {
    const { data, info } = await sharp(image).resize({ width, withoutEnlargement: true }).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    const found = codesOn({ data: new Uint8ClampedArray(data), width: info.width, height: info.height });
    if (found.length > 0) return found;
  }
  return [];
};

/** A form has its code on the first sheet; a letter before it is no reason to miss it. */
const pagesMost = 3;

const codesOnPdf = async (pdf: Buffer): Promise<string[]> => {
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(pdf);
  try {
    for (let place = 0; place < Math.min(pagesMost, document.getPageCount()); place++) {
      const { data, width, height } = await document.getPage(place).render({ scale: 2.5, render: 'bitmap' });
      const png = await sharp(Buffer.from(data), { raw: { width, height, channels: 4 } }).png().toBuffer();
      const found = await codesOnImage(png);
      if (found.length > 0) return found;
    }
    return [];
  } finally {
    document.destroy();
    library.destroy();
  }
};

const { contents, contentType } = workerData as { contents: Uint8Array; contentType: string };
const bytes = Buffer.from(contents.buffer, contents.byteOffset, contents.byteLength);
parentPort?.postMessage(await (contentType === 'application/pdf' ? codesOnPdf(bytes) : codesOnImage(bytes)));
