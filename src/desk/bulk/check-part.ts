/** The dry run: one part of the file read, judged and forgotten, its rows kept. Nothing else changes. */
import { moveOrder } from '../../cancellation/bulk-order.ts';
import { changeOrder, insertRows, namedBefore, takePart, type BulkOrder, type BulkRow } from '../../store/bulk-orders.ts';
import type { Tx } from '../../store/db.ts';
import { contextOf, opened } from '../../vault/contents.ts';
import { purposeHolder, purposeKeyring } from '../../vault/operator-purpose.ts';
import { judge, type JudgeTools } from './judge.ts';
import { readLines, type ReadLine } from './read-lines.ts';

/** The caller holds the order's lock. Resolves to whether that was the last part. */
export const checkPart = async (desk: JudgeTools, tx: Tx, order: BulkOrder): Promise<boolean> => {
  const part = order.parts_read + 1;
  const taken = await takePart(tx, order.id, part);
  if (taken === undefined) throw new Error('a part of a bulk file is gone before it was read');
  const keyring = await purposeKeyring(desk.vault, tx, 'bulk', [order.brand]);
  const bytes = opened(keyring.open(purposeHolder(order.brand, 'bulk'), contextOf.bulkPart(order.id, part), taken.sealed));
  const rows = await rowsOf(desk, tx, order, readLines(bytes, taken.fromLine, order.form));
  await insertRows(tx, order, rows);

  const last = part === order.parts;
  const state = moveOrder(order.state, 'check');
  if (!state.ok) throw new Error('an order was checked that is not being checked');
  const eligible = order.eligible + rows.filter(({ verdict }) => verdict === 'eligible').length;
  await changeOrder(tx, order.id, {
    parts_read: part, lines: order.lines + rows.length, counts: counted(order.counts, rows.map(({ why }) => why)), eligible,
    ...(last ? { state: state.value, checked_at: desk.clock.now() } : {}),
  });
  return last;
};

/** Refusals by their kind. */
export const counted = (before: BulkOrder['counts'], refusals: readonly (BulkRow['why'])[]): Record<string, number> => {
  const counts: Record<string, number> = { ...before };
  for (const why of refusals) if (why !== null) counts[why] = (counts[why] ?? 0) + 1;
  return counts;
};

const refused = { line_id: null, reason: null, ends_on: null, pack_version: null, verdict: 'refused' } as const;

const rowsOf = async (desk: JudgeTools, tx: Tx, order: BulkOrder, lines: readonly ReadLine[]): Promise<BulkRow[]> => {
  const readable = lines.flatMap(({ lineNo, read }) => (read.ok ? [{ lineNo, row: read.value }] : []));
  const judged = await judge(desk, tx, order.brand, readable.map(({ row }) => row));
  const byLine = new Map(readable.map(({ lineNo, row }, place) => [lineNo, { row, judged: judged[place] }]));
  const before = await namedBefore(tx, order.id, judged.flatMap(({ lineId }) => (lineId === undefined ? [] : [lineId])));
  return lines.map(({ lineNo, read }): BulkRow => {
    const found = byLine.get(lineNo);
    if (!read.ok || found?.judged === undefined) return { ...refused, line_no: lineNo, why: read.ok ? 'broken' : read.why.why, detail: read.ok ? null : read.why.detail ?? null };
    const { lineId = null, packVersion = null, verdict } = found.judged;
    const twice = lineId === null ? undefined : before.get(lineId);
    // Of a refused line its reason is not kept: it may be anything that somebody typed.
    const row = { ...refused, line_no: lineNo, line_id: lineId, pack_version: packVersion };
    if (!verdict.ok) return { ...row, why: verdict.why.why, detail: verdict.why.detail ?? null };
    if (twice !== undefined) return { ...row, why: 'duplicate', detail: String(twice) };
    if (lineId !== null) before.set(lineId, lineNo);
    return { ...row, reason: found.row.reason ?? null, ends_on: found.row.endsOn ?? null, verdict: 'eligible', why: null, detail: null };
  });
};
