/**
 * The effect ledger. An effect is on disk before anybody hears of it. Effects that come while a write is under way go
 * out together with the next: one fsync for all of them.
 */
import { open, readFile, type FileHandle } from 'node:fs/promises';
import type { Effect } from './systems.ts';

export type Ledger = {
  readonly effects: () => readonly Effect[];
  /** Resolves when the effect is on disk. It counts for `effects` at once. */
  readonly append: (effect: Effect) => Promise<void>;
  /** Resolves when everything so far is on disk: a repeat must not be answered before its first. */
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Whole lines only. What follows the last newline was being written when the process ended, so nobody was told. */
export const wholeLines = (text: string): { readonly lines: readonly string[]; readonly bytes: number } => {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  return { lines: whole.split('\n').filter((line) => line !== ''), bytes: Buffer.byteLength(whole) };
};

const readWhole = async (path: string): Promise<{ readonly lines: readonly string[]; readonly bytes: number }> => {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return wholeLines(text);
};

/** An append-only file of JSON lines; what it held comes with it. */
export const openLines = async <Line>(path: string): Promise<{ readonly held: Line[]; readonly append: (line: Line) => Promise<void>; readonly settled: () => Promise<void>; readonly close: () => Promise<void> }> => {
  const { lines, bytes } = await readWhole(path);
  const file: FileHandle = await open(path, 'a', 0o600);
  await file.truncate(bytes);
  let gathering: string[] | undefined;
  let last: Promise<void> = Promise.resolve();
  return {
    held: lines.map((line) => JSON.parse(line) as Line),
    append: (line) => {
      if (!gathering) {
        const batch: string[] = [];
        gathering = batch;
        last = last.then(async () => {
          gathering = undefined;
          await file.appendFile(batch.join(''));
          await file.datasync();
        });
      }
      gathering.push(`${JSON.stringify(line)}\n`);
      return last;
    },
    settled: () => last,
    close: async () => {
      await last;
      await file.close();
    },
  };
};

export const openLedger = async (path: string): Promise<Ledger> => {
  const lines = await openLines<Effect>(path);
  const all = lines.held;
  return {
    effects: () => all,
    append: (effect) => {
      all.push(effect);
      return lines.append(effect);
    },
    settled: lines.settled,
    close: lines.close,
  };
};
