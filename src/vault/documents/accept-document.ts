/** A document from outside, made harmless or refused: in bounded time and memory, whatever it claims to be. */
import { Worker } from 'node:worker_threads';
import sharp from 'sharp';
import { no, ok, type Result } from '../../cancellation/result.ts';
import { atMost } from '../at-most.ts';
import { typeOf } from './content.ts';
import { type CannotAccept, type DocumentLimits, documentLimits } from './limits.ts';

/** `contents` are what is kept: a fresh JPEG for every image, the very file for a PDF. */
export type AcceptedDocument = { readonly contentType: 'image/jpeg' | 'application/pdf'; readonly bytes: number; readonly contents: Buffer };

// The two loaders that are needed and no other, and no cache: identity documents must not linger in memory.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng'] });
sharp.cache(false);

/** Two at once: a decoded photo of 50 megapixels takes 150 MB. */
const inTurn = atMost(2, 50);

/** Reads no more than the limit; a stream that has more is closed. */
export const acceptDocument = async (input: Buffer | AsyncIterable<Buffer>, limits: DocumentLimits = documentLimits): Promise<Result<AcceptedDocument, CannotAccept>> => {
  const contents = Buffer.isBuffer(input) ? input : await readUpTo(input, limits.bytes);
  if (contents === 'too-large' || contents.length > limits.bytes) return no({ kind: 'too-large', limitBytes: limits.bytes });
  if (contents.length === 0) return no({ kind: 'empty' });
  const type = typeOf(contents);
  switch (type) {
    case 'jpeg':
    case 'png':
    case 'pdf': {
      const accepted = await inTurn(() => (type === 'pdf' ? acceptPdf(contents, limits) : acceptImage(contents, type, limits)));
      return accepted === 'turned-away' ? no({ kind: 'busy' }) : accepted;
    }
    default:
      return no({ kind: 'type-not-accepted', looksLike: type });
  }
};

const readUpTo = async (input: AsyncIterable<Buffer>, limit: number): Promise<Buffer | 'too-large'> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of input) {
    length += chunk.length;
    if (length > limit) return 'too-large'; // leaving the loop closes the stream
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
};

/** Pixels only: metadata (EXIF with GPS), profiles, and whatever was hidden behind the image stay behind. */
const acceptImage = async (contents: Buffer, type: 'jpeg' | 'png', limits: DocumentLimits): Promise<Result<AcceptedDocument, CannotAccept>> => {
  try {
    const options = { limitInputPixels: limits.pixels, failOn: 'error', autoOrient: true } as const;
    const { format, width, height } = await sharp(contents, { ...options, limitInputPixels: false }).metadata(); // reads the head alone
    if (format !== type) return no({ kind: 'not-readable' });
    if (width * height > limits.pixels) return no({ kind: 'too-many-pixels', limitPixels: limits.pixels });
    const fresh = await sharp(contents, options)
      .timeout({ seconds: Math.ceil(limits.milliseconds / 1000) })
      .resize({ width: limits.edge, height: limits.edge, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 88 })
      .toBuffer();
    return ok({ contentType: 'image/jpeg', bytes: fresh.length, contents: fresh });
  } catch (fault) {
    return no({ kind: fault instanceof Error && /timeout/i.test(fault.message) ? 'took-too-long' : 'not-readable' });
  }
};

const acceptPdf = async (contents: Buffer, limits: DocumentLimits): Promise<Result<AcceptedDocument, CannotAccept>> => {
  const refusal = await judgedInThread(contents, limits);
  return refusal === undefined ? ok({ contentType: 'application/pdf', bytes: contents.length, contents }) : no(refusal);
};

const judgedInThread = async (contents: Buffer, limits: DocumentLimits): Promise<CannotAccept | undefined> => {
  const thread = new Worker(new URL('./pdf-thread.ts', import.meta.url), {
    workerData: { contents, limits },
    resourceLimits: { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 32 },
    execArgv: [], // Node strips the types itself
    env: {},
  });
  let alarm: NodeJS.Timeout | undefined;
  try {
    return await new Promise((resolve, reject) => {
      alarm = setTimeout(() => resolve({ kind: 'took-too-long' }), limits.milliseconds);
      thread.once('message', (answer: { refusal: CannotAccept | undefined }) => resolve(answer.refusal));
      thread.once('error', (fault: Error & { code?: string }) =>
        fault.code === 'ERR_WORKER_OUT_OF_MEMORY' ? resolve({ kind: 'pdf-cannot-be-judged', says: 'it takes too much memory' }) : reject(fault));
    });
  } finally {
    clearTimeout(alarm);
    await thread.terminate();
  }
};
