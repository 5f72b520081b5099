import { no, ok, type Result } from '../../cancellation/result.ts';
import type { OrderColumn } from '../../policy/ordered-row.ts';
import type { BulkForm } from '../../store/bulk-orders.ts';
import { cellsIn, textOf } from './read-lines.ts';

/** Why nothing of a file can be read. `found`: what stands there. */
export type CannotReadFile =
  | { readonly kind: 'empty' | 'no-lines' | 'cut-short' }
  | { readonly kind: 'encoding'; readonly found: 'UTF-16' | 'UTF-32' | 'GBK' | 'unknown' }
  | { readonly kind: 'separator'; readonly found: 'semicolon' | 'tab' | 'bar' }
  | { readonly kind: 'head'; readonly missing: readonly ('number' | 'reason')[]; readonly twice: readonly string[] }
  | { readonly kind: 'too-long' }
  /** `most`: bytes. */
  | { readonly kind: 'too-large'; readonly most: number };

/** What columns may be called, without case, spaces, hyphens and underscores. */
const names: Readonly<Record<OrderColumn, readonly string[]>> = {
  number: ['number', 'phonenumber', 'msisdn', '号码', '號碼', '手机号', '門號'],
  reference: ['reference', 'billingreference', 'billingref', '计费编号', '計費編號'],
  reason: ['reason', '原因'],
  end: ['end', 'enddate', 'endson', '结束日期', '結束日期', '終止日期'],
};
const columnOf = (cell: string): OrderColumn | '' => {
  const plain = cell.toLowerCase().replace(/[\s_-]/g, '');
  return (Object.keys(names) as OrderColumn[]).find((column) => names[column].includes(plain)) ?? '';
};

const encodingOf = (bytes: Buffer): 'UTF-16' | 'UTF-32' | undefined => {
  const start = bytes.subarray(0, 4).toString('hex');
  if (start === 'fffe0000' || start === '0000feff') return 'UTF-32';
  return /^(fffe|feff)/.test(start) || bytes.subarray(0, 200).includes(0) ? 'UTF-16' : undefined;
};

const separators = { ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;

/** Which columns the head of a CSV names, at which places, or that it is an object of NDJSON, which has none. */
export const readHead = (bytes: Buffer): Result<BulkForm, CannotReadFile> => {
  const encoding = encodingOf(bytes);
  if (encoding !== undefined) return no({ kind: 'encoding', found: encoding });
  const text = textOf(bytes);
  if (!text.ok) {
    if (text.why.why === 'too-long') return no({ kind: 'too-long' });
    return no({ kind: 'encoding', found: text.why.why === 'reads-as-gbk' ? 'GBK' : 'unknown' });
  }
  if (text.value.trimStart().startsWith('{')) return ok({ kind: 'ndjson' });
  const cells = cellsIn(text.value);
  const columns = (cells.ok ? cells.value : []).map(columnOf);
  const has = (column: OrderColumn): boolean => columns.includes(column);
  if (columns.every((column) => column === '')) {
    const other = Object.entries(separators).find(([sign]) => text.value.split(sign).some((cell) => columnOf(cell.replace(/"/g, '')) !== ''));
    if (other !== undefined) return no({ kind: 'separator', found: other[1] });
  }
  const twice = (Object.keys(names) as OrderColumn[]).filter((column) => columns.filter((one) => one === column).length > 1);
  const missing = [...(has('number') || has('reference') ? [] : ['number' as const]), ...(has('reason') ? [] : ['reason' as const])];
  return missing.length + twice.length > 0 ? no({ kind: 'head', missing, twice }) : ok({ kind: 'csv', columns });
};
