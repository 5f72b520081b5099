/** Turns of numbers: rows whose order and days the database's own constraints hold (migration 0021). */
import type { LineKind } from '../cancellation/line.ts';
import type { RestDates } from '../numbers/rest.ts';
import type { Tenure } from '../numbers/tenure.ts';
import type { Tx } from './db.ts';

export type TenureRecord = Tenure & {
  readonly brand: string; readonly index: Buffer; readonly kind: LineKind;
  readonly cancellationId?: string; readonly freeFrom?: string; readonly recalledAt?: Date; readonly numbersOf?: string;
  /** E.164, sealed; from the disconnect on. */
  readonly sealed?: Buffer;
};

type Row = {
  brand: string; number_index: Buffer; turn: number; kind: LineKind; cancellation_id: string | null; assigned_at: Date; disconnected_at: Date | null; free_from: string | null;
  free_at: Date | null; return_by: Date | null; returned_at: Date | null; recalled_at: Date | null; numbers_of: string | null; number_sealed: Buffer | null;
};
const columns = 'brand, number_index, turn, kind, cancellation_id, assigned_at, disconnected_at, free_from, free_at, return_by, returned_at, recalled_at, numbers_of, number_sealed';

const toRecord = (row: Row): TenureRecord => ({
  brand: row.brand, index: row.number_index, turn: row.turn, kind: row.kind, assignedAt: row.assigned_at,
  ...(row.cancellation_id === null ? {} : { cancellationId: row.cancellation_id }),
  ...(row.disconnected_at === null ? {} : { disconnectedAt: row.disconnected_at }),
  ...(row.free_from === null ? {} : { freeFrom: row.free_from }),
  ...(row.free_at === null ? {} : { freeAt: row.free_at }),
  ...(row.return_by === null ? {} : { returnBy: row.return_by }),
  ...(row.returned_at === null ? {} : { returnedAt: row.returned_at }),
  ...(row.recalled_at === null ? {} : { recalledAt: row.recalled_at }),
  ...(row.numbers_of === null ? {} : { numbersOf: row.numbers_of }),
  ...(row.number_sealed === null ? {} : { sealed: row.number_sealed }),
});

export type Disconnect = { readonly caseId: string; readonly brand: string; readonly index: Buffer; readonly lineId: string; readonly sealed: Buffer; readonly numbersOf?: string; readonly dates: RestDates };

/** Ends the turns of these lines. One that rests already stays as it is. */
export const disconnectNumbers = async (tx: Tx, at: Date, disconnects: readonly Disconnect[]): Promise<void> => {
  await tx.query(
    `update number_tenures t set disconnected_at = greatest($1::timestamptz, t.assigned_at), cancellation_id = n.case_id, number_sealed = n.sealed, numbers_of = n.numbers_of, free_from = n.free_from,
        free_at = greatest(n.free_at, t.assigned_at), return_by = greatest(n.return_by, n.free_at)
     from unnest($2::uuid[], $3::text[], $4::bytea[], $5::uuid[], $6::bytea[], $7::text[], $8::date[], $9::timestamptz[], $10::timestamptz[])
       as n(case_id, brand, number_index, line_id, sealed, numbers_of, free_from, free_at, return_by)
     where t.brand = n.brand and t.number_index = n.number_index and t.line_id = n.line_id and t.disconnected_at is null`,
    [at, disconnects.map(({ caseId }) => caseId), disconnects.map(({ brand }) => brand), disconnects.map(({ index }) => index), disconnects.map(({ lineId }) => lineId),
      disconnects.map(({ sealed }) => sealed), disconnects.map(({ numbersOf }) => numbersOf ?? null), disconnects.map(({ dates }) => dates.freeFrom),
      disconnects.map(({ dates }) => dates.freeAt), disconnects.map(({ dates }) => dates.returnBy ?? null)]);
};

/** Every turn of one number, the first one first. */
export const tenuresOf = async (tx: Tx, brand: string, index: Buffer, lock = false): Promise<TenureRecord[]> =>
  (await tx.query<Row>(`select ${columns} from number_tenures where brand = $1 and number_index = $2 order by turn ${lock ? 'for update' : ''}`, [brand, index])).map(toRecord);

/** Numbers that nobody has, of those whose turn ended last `after`. In pages, in the order of their days. */
export const restingTenures = async (tx: Tx, brand: string, after: { readonly freeAt: Date; readonly index: Buffer } | undefined, most: number): Promise<TenureRecord[]> =>
  (await tx.query<Row>(
    `select ${columns} from number_tenures t where brand = $1 and disconnected_at is not null and (free_at, number_index) > ($2, $3)
       and not exists (select from number_tenures later where later.brand = t.brand and later.number_index = t.number_index and later.turn > t.turn)
     order by free_at, number_index limit $4`, [brand, after?.freeAt ?? '-infinity', after?.index ?? Buffer.alloc(0), most])).map(toRecord);

/** What was disconnected in a stretch of time and stayed so, of numbering plans in `plans`. In pages. */
export const disconnectedIn = async (tx: Tx, plans: readonly string[], from: Date, until: Date, after: TenureRecord | undefined, most: number): Promise<TenureRecord[]> =>
  (await tx.query<Row>(
    `select ${columns} from number_tenures where disconnected_at >= $1 and disconnected_at < $2 and numbers_of = any($3::text[]) and (brand, number_index, turn) > ($4, $5, $6)
     order by brand, number_index, turn limit $7`, [from, until, plans, after?.brand ?? '', after?.index ?? Buffer.alloc(0), after?.turn ?? 0, most])).map(toRecord);

/**
 * Back to the pool: every number whose day has come, but for those of lines that were found not to be silent. Resolves to how many.
 */
export const returnDue = async (tx: Tx, now: Date): Promise<number> => {
  const [row] = await tx.query<{ returned: number }>(
    `with due as (select brand, number_index, turn from number_tenures t where returned_at is null and disconnected_at is not null and free_at <= $1
       and not exists (select from findings f where f.cancellation_id = t.cancellation_id and f.mended_at is null) for update skip locked),
     returned as (update number_tenures t set returned_at = $1 from due d where t.brand = d.brand and t.number_index = d.number_index and t.turn = d.turn returning 1)
     select count(*)::int as returned from returned`, [now]);
  return row?.returned ?? 0;
};

/** Those that rest longer than they may, each once. */
export const newlyOverdue = (tx: Tx, now: Date): Promise<{ cancellation_id: string | null; brand: string }[]> =>
  tx.query(`update number_tenures set overdue_told_at = $1 where returned_at is null and return_by <= $1 and overdue_told_at is null returning cancellation_id, brand`, [now]);

/** @throws where the day has not come: `number_returns_on_its_day`. */
export const returnOne = (tx: Tx, { brand, index, turn }: Pick<TenureRecord, 'brand' | 'index' | 'turn'>, now: Date): Promise<unknown> =>
  tx.query(`update number_tenures set returned_at = $4 where brand = $1 and number_index = $2 and turn = $3`, [brand, index, turn, now]);

/** The next turn. @throws where the one before was not returned: `number_rests_until_returned`. */
export const assignOne = (tx: Tx, before: Pick<TenureRecord, 'brand' | 'index' | 'turn' | 'kind' | 'returnedAt'>, now: Date): Promise<unknown> =>
  tx.query(`insert into number_tenures (brand, number_index, turn, previous_turn, kind, assigned_at, previous_returned_at) values ($1, $2, $3::int + 1, $3::int, $4, $5, $6)`,
    [before.brand, before.index, before.turn, before.kind, now, before.returnedAt ?? null]);

/** The disconnect did not last: the same turn goes on, and the next line with the number takes it up. */
export const recallOne = (tx: Tx, { brand, index, turn }: Pick<TenureRecord, 'brand' | 'index' | 'turn'>, now: Date): Promise<unknown> =>
  tx.query(
    `update number_tenures set disconnected_at = null, free_from = null, free_at = null, return_by = null, number_sealed = null, numbers_of = null, line_id = null, overdue_told_at = null, recalled_at = $4
     where brand = $1 and number_index = $2 and turn = $3 and returned_at is null`, [brand, index, turn, now]);

/** Is its last line found not to be silent? */
export const hasOpenFinding = async (tx: Tx, { cancellationId }: Pick<TenureRecord, 'cancellationId'>): Promise<boolean> =>
  cancellationId !== undefined && (await tx.query(`select 1 from findings where cancellation_id = $1 and mended_at is null limit 1`, [cancellationId])).length > 0;
