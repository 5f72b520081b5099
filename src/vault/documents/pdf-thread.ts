/** Judges one PDF and ends. In a thread, so that a hostile file costs its own time and memory, never a page's. */
import { parentPort, workerData } from 'node:worker_threads';
import { judgePdf } from './judge-pdf.ts';
import type { DocumentLimits } from './limits.ts';

const { contents, limits } = workerData as { contents: Uint8Array; limits: DocumentLimits };
parentPort?.postMessage({ refusal: judgePdf(Buffer.from(contents.buffer, contents.byteOffset, contents.byteLength), limits) });
