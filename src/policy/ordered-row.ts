/** One line of a bulk order: what its cells say, and whether the line that they name may be cancelled. Pure. */
import { parseMsisdn } from '../cancellation/identifiers/msisdn.ts';
import { no, ok, type Result } from '../cancellation/result.ts';
import { decideOn, type Facts } from './decide.ts';
import { orderedEnd } from './ordered-end.ts';
import type { Pack } from './pack.ts';
import { isDay, type Day } from './zone.ts';

/** Why a line of the file is not carried out. Stands in rows and results: never renamed. */
export const rowRefusals = [
  // of the line as it stands in the file
  'too-long', 'not-utf-8', 'reads-as-gbk', 'control-characters', 'quote-not-closed', 'wrong-columns', 'not-json', 'formula',
  'line-missing', 'two-lines-named', 'number-not-valid', 'number-without-country', 'reference-not-valid', 'end-not-a-day',
  // of the line that it names
  'unknown-line', 'duplicate', 'already-cancelled', 'open-case', 'not-eligible', 'reason-missing', 'reason-unknown', 'end-too-early', 'end-too-late',
  // when its turn came
  'own-line', 'broken',
] as const;
export type RowRefusal = (typeof rowRefusals)[number];
/** `detail`: the rule of the policy, the number of the line before, or the earliest or latest day. */
export type RefusedRow = { readonly why: RowRefusal; readonly detail?: string };

/** The columns of a file. */
export const orderColumns = ['number', 'reference', 'reason', 'end'] as const;
export type OrderColumn = (typeof orderColumns)[number];
export type Cells = { readonly [Column in OrderColumn]?: string };

/** `line`: by its number in E.164, or by the operator's reference of its contract. */
export type OrderedRow = { readonly line: { readonly number: string } | { readonly reference: string }; readonly reason?: string; readonly endsOn?: Day };

/** A spreadsheet would run it. A plus sign opens a number as well. */
const isFormula = (column: OrderColumn, cell: string): boolean => (column === 'number' ? /^[=@-]|^\+.*[A-Za-z!=]/ : /^[=@+-]/).test(cell);

const numberIn = (typed: string): Result<OrderedRow['line'], RefusedRow> => {
  const number = parseMsisdn(typed);
  if (number.ok) return ok({ number: number.value });
  return no({ why: number.why.kind === 'no-country-code' ? 'number-without-country' : 'number-not-valid' });
};

export const readCells = (given: Cells): Result<OrderedRow, RefusedRow> => {
  const cells = Object.fromEntries(orderColumns.map((column) => [column, (given[column] ?? '').trim()])) as Record<OrderColumn, string>;
  if (orderColumns.some((column) => isFormula(column, cells[column]))) return no({ why: 'formula' });
  if (cells.number === '' && cells.reference === '') return no({ why: 'line-missing' });
  if (cells.number !== '' && cells.reference !== '') return no({ why: 'two-lines-named' });
  if (cells.reference.length > 100) return no({ why: 'reference-not-valid' });
  const line = cells.number === '' ? ok({ reference: cells.reference }) : numberIn(cells.number);
  if (!line.ok) return line;
  if (cells.end !== '' && !isDay(cells.end)) return no({ why: 'end-not-a-day' });
  return ok({ line: line.value, ...(cells.reason === '' ? {} : { reason: cells.reason }), ...(cells.end === '' ? {} : { endsOn: cells.end }) });
};

/** What is known of the line, as far as it decides. */
export type NamedLine = Facts & { readonly cancelled: boolean; readonly openCase: boolean; readonly running?: { readonly from: Day; readonly to: Day } };

/** May this line be cancelled by order, now, under this policy? Resolves to the last day of service, where one is fixed. `today`: in the policy's zone. */
export const judgeRow = (pack: Pack, { reason, endsOn }: Omit<OrderedRow, 'line'>, line: NamedLine, today: Day): Result<{ readonly endsOn?: Day }, RefusedRow> => {
  if (line.cancelled) return no({ why: 'already-cancelled' });
  if (line.openCase) return no({ why: 'open-case' });
  const decision = decideOn(pack, line);
  if (decision.answer !== 'eligible') return no({ why: 'not-eligible', detail: decision.rule });
  if (reason === undefined && pack.reasonRequired) return no({ why: 'reason-missing' });
  if (reason !== undefined && !pack.reasons.some(({ id }) => id === reason)) return no({ why: 'reason-unknown' });
  const end = orderedEnd(pack, today, line.running, endsOn);
  if (!end.ok) return no({ why: end.why.kind, detail: end.why.day });
  return ok(end.value === undefined ? {} : { endsOn: end.value });
};
