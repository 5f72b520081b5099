import { readFileSync } from 'node:fs';

/** Lines of a transcript without its comments: `>` what was sent, `<` what came, `!` what the peer sends by itself, or none of them. */
export const transcript = (name: string): readonly { readonly side: '>' | '<' | '!' | ''; readonly line: string; readonly comment: string }[] => {
  let comment = '';
  return readFileSync(new URL(`./transcripts/${name}`, import.meta.url), 'utf8').split('\n').flatMap((line) => {
    if (line.startsWith('#')) comment = line.slice(2);
    if (line === '' || line.startsWith('#')) return [];
    const side = line.startsWith('> ') ? '>' : line.startsWith('< ') ? '<' : line.startsWith('! ') ? '!' : '';
    return [{ side, line: side === '' ? line : line.slice(2), comment } as const];
  });
};

/** The hex at the beginning of a line; what follows it is for people. */
export const octetsOf = (line: string): Buffer => Buffer.from(line.split(' ')[0] ?? '', 'hex');

/** Cuts a stream at the given places and feeds it piece by piece, as TCP may. */
export const inPieces = <Frame>(bytes: Buffer, sizes: readonly number[], cut: (bytes: Buffer) => { frames: readonly Frame[]; rest: Buffer } | string): Frame[] => {
  const frames: Frame[] = [];
  let rest: Buffer = Buffer.alloc(0);
  let at = 0;
  for (const size of [...sizes, bytes.length]) {
    const got = cut(Buffer.concat([rest, bytes.subarray(at, at + size)]));
    at += size;
    if (typeof got === 'string') throw new Error(got);
    frames.push(...got.frames);
    rest = got.rest;
  }
  return frames;
};
