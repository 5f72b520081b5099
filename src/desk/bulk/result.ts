/** The file that comes back: every line of the one that was sent, by its number, and what became of it. */
import type { Language } from '../../policy/pack.ts';
import { bulkWords, refusalInWords } from './in-words.ts';
import { linesOf, type BulkLine } from './order.ts';
import type { BulkWho } from './take-file.ts';
import type { Desk } from '../desk.ts';

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const row = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;
/** So that a spreadsheet takes it for UTF-8. */
const byteOrderMark = '\ufeff';
const page = 2000;

const cellsOf = (language: Language, one: BulkLine): string[] => {
  const say = bulkWords(language);
  const verdict = one.why !== undefined ? 'refused' : one.applicationNumber === undefined ? 'eligible' : 'opened';
  return [String(one.line), say(`result.${verdict}`), refusalInWords(language, one), one.applicationNumber ?? '', one.state ?? ''];
};

/** CSV, a page at a time: as much memory for a million lines as for one page. Nothing of the file's own cells is in it. */
export async function* resultOf(desk: Pick<Desk, 'db' | 'vault' | 'clock' | 'packs'>, who: BulkWho, orderId: string, language: Language): AsyncGenerator<string> {
  const say = bulkWords(language);
  yield byteOrderMark + row((['line', 'verdict', 'reason', 'application', 'state'] as const).map((head) => say(`result.${head}`)));
  for (let after = 0; ;) {
    const lines = await linesOf(desk, who, orderId, after, page);
    if (lines.length > 0) yield lines.map((one) => row(cellsOf(language, one))).join('');
    if (lines.length < page) return;
    after = lines.at(-1)?.line ?? 0;
  }
}
