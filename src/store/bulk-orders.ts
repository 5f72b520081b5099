/** Orders to end many lines: the order, its sealed parts, a row for every line of its file. Free of personal data but for the parts. */
import type { BulkPerson, BulkState } from '../cancellation/bulk-order.ts';
import type { RowRefusal } from '../policy/ordered-row.ts';
import type { Tx } from './db.ts';

/** How lines are read: CSV with these columns at these places, or JSON objects. */
export type BulkForm = { readonly kind: 'ndjson' } | { readonly kind: 'csv'; readonly columns: readonly string[] };

export type BulkOrder = {
  readonly id: string; readonly brand: string; readonly channel: 'bulk' | 'api'; readonly state: BulkState; readonly form: BulkForm;
  readonly lines: number; readonly parts: number; readonly parts_read: number; readonly counts: Readonly<Record<string, number>>;
  readonly eligible: number; readonly opened: number; readonly dropped: number; readonly chain: number;
  readonly uploaded_by: BulkPerson; readonly uploaded_at: Date; readonly checked_at: Date | null; readonly released_by: BulkPerson | null; readonly released_at: Date | null;
  readonly running_since: Date | null; readonly opened_before: number; readonly stopped_by: string | null; readonly ended_at: Date | null;
};

export type BulkRow = {
  readonly line_no: number; readonly line_id: string | null; readonly reason: string | null; readonly ends_on: string | null;
  readonly verdict: 'eligible' | 'refused'; readonly why: RowRefusal | null; readonly detail: string | null; readonly pack_version: string | null;
};

export const insertOrder = (tx: Tx, order: Pick<BulkOrder, 'id' | 'brand' | 'channel' | 'form' | 'uploaded_by' | 'uploaded_at'>): Promise<unknown> =>
  tx.query(`insert into bulk_orders (id, brand, channel, state, form, uploaded_by, uploaded_at) values ($1, $2, $3, 'reading', $4, $5, $6)`,
    [order.id, order.brand, order.channel, JSON.stringify(order.form), order.uploaded_by, order.uploaded_at]);

/** `lock`: whoever carries it on or moves it holds its row, so that there is one at a time. */
export const loadOrder = async (tx: Tx, brand: string, id: string, lock = false): Promise<BulkOrder | undefined> =>
  (await tx.query<BulkOrder>(`select * from bulk_orders where brand = $1 and id = $2${lock ? ' for update' : ''}`, [brand, id]))[0];

/** The latest first. */
export const ordersOf = (tx: Tx, brand: string, most: number): Promise<BulkOrder[]> =>
  tx.query<BulkOrder>(`select * from bulk_orders where brand = $1 order by uploaded_at desc limit $2`, [brand, most]);

type Changes = { -readonly [Field in keyof BulkOrder]?: BulkOrder[Field] };
const columns = ['state', 'lines', 'parts', 'parts_read', 'counts', 'eligible', 'opened', 'dropped', 'chain', 'checked_at', 'released_by', 'released_at', 'running_since', 'opened_before', 'stopped_by', 'ended_at'] as const;

/** Sets what is named; the caller holds the order's lock. */
export const changeOrder = async (tx: Tx, id: string, changes: Changes): Promise<void> => {
  const named = columns.filter((column) => changes[column] !== undefined);
  await tx.query(`update bulk_orders set ${named.map((column, place) => `${column} = $${place + 2}`).join(', ')} where id = $1`,
    [id, ...named.map((column) => (column === 'counts' ? JSON.stringify(changes.counts) : changes[column]))]);
};

export const insertPart = (tx: Tx, part: { readonly orderId: string; readonly brand: string; readonly part: number; readonly fromLine: number; readonly sealed: Buffer }): Promise<unknown> =>
  tx.query(`insert into bulk_parts (order_id, part, brand, from_line, file_sealed) values ($1, $2, $3, $4, $5)`, [part.orderId, part.part, part.brand, part.fromLine, part.sealed]);

export const takePart = async (tx: Tx, orderId: string, part: number): Promise<{ readonly fromLine: number; readonly sealed: Buffer } | undefined> =>
  (await tx.query<{ fromLine: number; sealed: Buffer }>(`delete from bulk_parts where order_id = $1 and part = $2 returning from_line as "fromLine", file_sealed as sealed`, [orderId, part]))[0];

export const dropParts = (tx: Tx, orderId: string): Promise<unknown> => tx.query(`delete from bulk_parts where order_id = $1`, [orderId]);

export const insertRows = async (tx: Tx, { id, brand }: Pick<BulkOrder, 'id' | 'brand'>, rows: readonly BulkRow[]): Promise<void> => {
  await tx.query(
    `insert into bulk_rows (order_id, brand, line_no, line_id, reason, ends_on, verdict, why, detail, pack_version)
     select $1::uuid, $2::text, * from unnest($3::int[], $4::uuid[], $5::text[], $6::date[], $7::text[], $8::text[], $9::text[], $10::text[])`,
    [id, brand, rows.map((row) => row.line_no), rows.map((row) => row.line_id), rows.map((row) => row.reason), rows.map((row) => row.ends_on),
      rows.map((row) => row.verdict), rows.map((row) => row.why), rows.map((row) => row.detail), rows.map((row) => row.pack_version)]);
};

/** Where earlier parts of this file named these lines already: the number of that line of the file. */
export const namedBefore = async (tx: Tx, orderId: string, lineIds: readonly string[]): Promise<Map<string, number>> =>
  new Map((await tx.query<{ line_id: string; line_no: number }>(
    `select line_id, line_no from bulk_rows where order_id = $1 and verdict = 'eligible' and line_id = any($2::uuid[])`, [orderId, lineIds])).map((row) => [row.line_id, row.line_no]));

/** Those whose turn is next. The caller holds the order's lock. */
export const nextRows = (tx: Tx, orderId: string, most: number): Promise<BulkRow[]> =>
  tx.query<BulkRow>(`select line_no, line_id, reason, ends_on, verdict, why, detail, pack_version from bulk_rows where order_id = $1 and verdict = 'eligible' and cancellation_id is null order by line_no limit $2`, [orderId, most]);

/** Is it still to be opened? The caller holds the order's lock. */
export const isNext = async (tx: Tx, orderId: string, lineNo: number): Promise<boolean> =>
  (await tx.query(`select 1 from bulk_rows where order_id = $1 and line_no = $2 and verdict = 'eligible' and cancellation_id is null`, [orderId, lineNo])).length > 0;

export const rowsOpened = (tx: Tx, orderId: string, opened: readonly { readonly lineNo: number; readonly caseId: string }[]): Promise<unknown> =>
  tx.query(`update bulk_rows r set cancellation_id = n.case_id from unnest($2::int[], $3::uuid[]) as n(line_no, case_id) where r.order_id = $1 and r.line_no = n.line_no`,
    [orderId, opened.map((one) => one.lineNo), opened.map((one) => one.caseId)]);

export const rowsDropped = (tx: Tx, orderId: string, dropped: readonly { readonly lineNo: number; readonly why: RowRefusal; readonly detail?: string | undefined }[]): Promise<unknown> =>
  tx.query(`update bulk_rows r set verdict = 'refused', why = n.why, detail = n.detail from unnest($2::int[], $3::text[], $4::text[]) as n(line_no, why, detail) where r.order_id = $1 and r.line_no = n.line_no`,
    [orderId, dropped.map((one) => one.lineNo), dropped.map((one) => one.why), dropped.map((one) => one.detail ?? null)]);

/** With its case, as it stands now. */
export type ResultRow = BulkRow & { readonly application_number: string | null; readonly case_state: string | null; readonly case_ended_at: Date | null };

/** Those with one verdict, or those refused for one thing. */
export type RowFilter = RowRefusal | 'eligible' | 'refused';
/** A page of rows after a line of the file, in the file's order. */
export const rowsAfter = (tx: Tx, orderId: string, after: number, most: number, which?: RowFilter): Promise<ResultRow[]> =>
  tx.query<ResultRow>(
    `select r.line_no, r.line_id, r.reason, r.ends_on, r.verdict, r.why, r.detail, r.pack_version, c.application_number, c.state as case_state, c.ended_at as case_ended_at
     from bulk_rows r left join cancellations c on c.id = r.cancellation_id
     where r.order_id = $1 and r.line_no > $2 and ($4::text is null or r.why = $4 or r.verdict = $4) order by r.line_no limit $3`,
    [orderId, after, most, which ?? null]);

/** Of its cases, how many stand where. */
export const casesOfOrder = async (tx: Tx, orderId: string): Promise<Map<string, number>> =>
  new Map((await tx.query<{ state: string; n: number }>(
    `select c.state, count(*)::int as n from bulk_rows r join cancellations c on c.id = r.cancellation_id where r.order_id = $1 group by c.state`, [orderId])).map((row) => [row.state, row.n]));

/** Orders that a worker has to carry on, whoever began: their chain is made new, so that no older job goes on beside it. */
export const reviveOrders = (tx: Tx): Promise<Pick<BulkOrder, 'id' | 'brand' | 'chain'>[]> =>
  tx.query(`update bulk_orders set chain = chain + 1 where state in ('checking', 'released') returning id, brand, chain`);

/** An upload that was cut off: nothing was read of it, and nobody waits for it. */
export const forgetCutUploads = (tx: Tx, before: Date): Promise<unknown> => tx.query(`delete from bulk_orders where state = 'reading' and uploaded_at < $1`, [before]);
