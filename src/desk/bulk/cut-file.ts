/** A file as it comes in, cut into parts at ends of lines. Whatever its size, no more than a part and a line of it are in memory. */

/** `fromLine`: the number of its first line in the file, from 1. */
export type FilePart = { readonly fromLine: number; readonly bytes: Buffer };

/** Bytes of a part; a part is read in one transaction. */
const partSize = 128 * 1024;
/** Of a longer line no more than this is kept: enough to see that it is too long. */
export const mostOfALine = 4096;

/** Bytes of a file. Twenty-five million lines; more come in several. */
export const fileLimit = 1024 * 1024 * 1024;
export class TooLarge extends Error {}

const lineEnd = 0x0a;

/** The head comes first, as a part of one line. */
export async function* cutFile(source: AsyncIterable<Buffer>): AsyncGenerator<FilePart> {
  let pieces: Buffer[] = []; // whole lines, and at the end what came of the next
  let size = 0;
  let ofLine = 0; // bytes of the line that is coming
  let line = 1;
  let fromLine = 1;
  const take = (piece: Buffer): void => {
    const kept = piece.subarray(0, Math.max(0, mostOfALine + 1 - ofLine));
    ofLine += piece.length;
    if (kept.length > 0) pieces.push(kept);
    size += kept.length;
  };
  const part = (): FilePart => {
    const cut = { fromLine, bytes: Buffer.concat(pieces) };
    [pieces, size, fromLine] = [[], 0, line];
    return cut;
  };
  let whole = 0;
  for await (const chunk of source) {
    whole += chunk.length;
    if (whole > fileLimit) throw new TooLarge('a bulk file is larger than is taken');
    let at = 0;
    for (let end = chunk.indexOf(lineEnd); end !== -1; end = chunk.indexOf(lineEnd, at)) {
      take(chunk.subarray(at, end));
      pieces.push(chunk.subarray(end, end + 1));
      size += 1;
      at = end + 1;
      ofLine = 0;
      line += 1;
      if (line === 2 || size >= partSize) yield part();
    }
    // A copy: what a chunk is a window of may be used again by whoever reads.
    take(Buffer.from(chunk.subarray(at)));
  }
  if (size > 0) yield part();
}
