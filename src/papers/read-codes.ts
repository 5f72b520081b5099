import { Worker } from 'node:worker_threads';

/** Milliseconds; whoever scanned it can still type the code. */
const longest = 20_000;

/** What the QR codes on a scan say; nothing where there is none to be read. The file was accepted as a document before. */
export const readCodes = async (scan: { readonly contentType: string; readonly contents: Buffer }): Promise<readonly string[]> => {
  const thread = new Worker(new URL('./scan-thread.ts', import.meta.url), {
    workerData: { contents: scan.contents, contentType: scan.contentType },
    resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 },
    execArgv: [], // Node strips the types itself
    env: {},
  });
  let alarm: NodeJS.Timeout | undefined;
  try {
    return await new Promise((resolve) => {
      alarm = setTimeout(() => resolve([]), longest);
      thread.once('message', resolve);
      thread.once('error', () => resolve([])); // unreadable is no fault of ours: the code is typed
    });
  } finally {
    clearTimeout(alarm);
    await thread.terminate();
  }
};
