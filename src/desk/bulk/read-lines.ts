/** The lines of a part, each for itself: what is wrong with one spoils no other. */
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { no, ok, type Result } from '../../cancellation/result.ts';
import { orderColumns, readCells, type Cells, type OrderedRow, type RefusedRow } from '../../policy/ordered-row.ts';
import type { BulkForm } from '../../store/bulk-orders.ts';
import { mostOfALine } from './cut-file.ts';

export type ReadLine = { readonly lineNo: number; readonly read: Result<OrderedRow, RefusedRow> };

const utf8 = new TextDecoder('utf-8', { fatal: true });
const gbk = new TextDecoder('gb18030', { fatal: true });
/** C0 and C1. */
const control = /\p{Cc}/u;

const decodes = (decoder: TextDecoder, bytes: Buffer): string | undefined => {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined; // the only thing that a fatal decoder throws for
  }
};

/** One line as text, without its end and without a byte order mark. */
export const textOf = (line: Buffer): Result<string, RefusedRow> => {
  const ends = line.at(-1) === 0x0d ? 1 : 0;
  const bytes = line.subarray(0, line.length - ends);
  if (bytes.length > mostOfALine) return no({ why: 'too-long' });
  const text = decodes(utf8, bytes);
  if (text !== undefined) return ok(text);
  return no({ why: decodes(gbk, bytes) === undefined ? 'not-utf-8' : 'reads-as-gbk' });
};

/** RFC 4180, within one line. */
export const cellsIn = (text: string): Result<readonly string[], RefusedRow> => {
  if (!text.includes('"')) return ok(text.split(','));
  try {
    return ok((parse(text, { relax_column_count: true }) as string[][])[0] ?? []);
  } catch {
    return no({ why: 'quote-not-closed' }); // of one line and no head, it throws for quotes alone
  }
};

const csvLine = (text: string, columns: readonly string[]): Result<Cells, RefusedRow> => {
  const cells = cellsIn(text);
  if (!cells.ok) return cells;
  if (cells.value.length !== columns.length) return no({ why: 'wrong-columns' });
  return ok(Object.fromEntries(columns.flatMap((column, place) => (column === '' ? [] : [[column, cells.value[place] ?? '']]))) as Cells);
};

const object = z.object(Object.fromEntries(orderColumns.map((column) => [column, z.string().optional()])) as Record<(typeof orderColumns)[number], z.ZodOptional<z.ZodString>>);
const jsonLine = (text: string): Result<Cells, RefusedRow> => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return no({ why: 'not-json' });
  }
  const read = object.safeParse(value);
  return read.success ? ok(read.data as Cells) : no({ why: 'not-json' });
};

const readOne = (line: Buffer, form: BulkForm): Result<OrderedRow, RefusedRow> => {
  const text = textOf(line);
  if (!text.ok) return text;
  if (control.test(text.value)) return no({ why: 'control-characters' });
  const cells = form.kind === 'ndjson' ? jsonLine(text.value) : csvLine(text.value, form.columns);
  if (!cells.ok) return cells;
  // JSON can write them as escapes.
  return Object.values(cells.value).some((cell) => control.test(cell ?? '')) ? no({ why: 'control-characters' }) : readCells(cells.value);
};

/** Empty lines are none. */
export const readLines = (bytes: Buffer, fromLine: number, form: BulkForm): ReadLine[] => {
  const lines: ReadLine[] = [];
  let lineNo = fromLine;
  for (let at = 0; at < bytes.length; lineNo += 1) {
    const end = bytes.indexOf(0x0a, at);
    const line = bytes.subarray(at, end === -1 ? bytes.length : end);
    at = end === -1 ? bytes.length : end + 1;
    if (line.some((byte) => byte !== 0x20 && byte !== 0x0d && byte !== 0x09)) lines.push({ lineNo, read: readOne(line, form) });
  }
  return lines;
};
