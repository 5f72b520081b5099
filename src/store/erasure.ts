/** Who is to be erased, what still stands against it, and the erasure itself: one statement a table for all persons of a piece (migration 0036). */
import { openStates } from '../cancellation/life-cycle.ts';
import { whatGoes, type Going } from '../erasure/what-goes.ts';
import type { Tx } from './db.ts';

const open = openStates.map((state) => `'${state}'`).join(', ');
/** Of `s`: no line lives, no case is under way. Values, not `exists`: asked of each in the order of the walk, never of all at once. */
const isOver = `(select 1 from lines l where l.subscriber_id = s.id and l.status <> 'cancelled' limit 1) is null
  and (select 1 from cancellations c where c.subscriber_id = s.id and c.state in (${open}) limit 1) is null`;

/** What is not finished with a person, and so holds up their erasure. */
export const holdKinds = ['data-request', 'finding', 'refund', 'statement', 'resolution', 'debt', 'credit'] as const;
export type HoldKind = (typeof holdKinds)[number];
const holds: Readonly<Record<HoldKind, string>> = {
  'data-request': `exists (select from data_requests d where d.subscriber_id = s.id and d.answered_at is null)`,
  finding: `exists (select from findings f join cancellations c on c.id = f.cancellation_id where c.subscriber_id = s.id and f.mended_at is null)`,
  refund: `exists (select from refunds r join cancellations c on c.id = r.cancellation_id where c.subscriber_id = s.id
    and (r.state in ('requested', 'sent', 'unknown') or (r.state = 'failed' and not exists (select from refunds m where m.mends = r.id))))`,
  statement: `exists (select from statements t where t.brand = s.brand and t.cancellation_id is null and t.handled_at is null and t.line_id in (select id from lines where subscriber_id = s.id))`,
  resolution: `exists (select from resolutions r join cancellations c on c.id = r.cancellation_id where c.subscriber_id = s.id and r.decided_at is null)`,
  debt: `exists (select from bills b join lines l on l.id = b.line_id where l.subscriber_id = s.id and b.paid_at is null)`,
  credit: `exists (select from lines l where l.subscriber_id = s.id and l.credit_minor <> 0)`,
};
const anyHold = Object.values(holds).join('\n or ');
const heldBy = `array_remove(array[${holdKinds.map((kind) => `case when ${holds[kind]} then '${kind}' end`).join(', ')}], null)`;

/** A cancelled line of a person: what says how long they are kept. `freeAt`: when its number's rest is over. */
export type Term = { readonly subscriberId: string; readonly region: string; readonly receivedAt: Date; readonly endedAt: Date; readonly freeAt: Date | null };
const terms = `select c.subscriber_id as "subscriberId", c.region, coalesce(c.received_at, c.opened_at) as "receivedAt", coalesce(c.ended_at, c.changed_at) as "endedAt",
    (select max(t.free_at) from number_tenures t where t.cancellation_id = c.id) as "freeAt"
  from cancellations c where c.state = 'cancelled'`;
export const termsOf = (tx: Tx, ids: readonly string[]): Promise<Term[]> => tx.query(`${terms} and c.subscriber_id = any($1::uuid[])`, [ids]);

/** Those of them who have no line left. */
export const overOf = async (tx: Tx, ids: readonly string[]): Promise<string[]> => (await tx.query<{ id: string }>(`select s.id from subscribers s where s.id = any($1::uuid[]) and ${isOver}`, [ids])).map(({ id }) => id);

/** Persons with whom all is over, and for whom no day was reckoned yet; in pieces, each beyond the last one `after`. */
export const toReckon = async (tx: Tx, after: string | undefined, most: number): Promise<string[]> => (await tx.query<{ id: string }>(
  `select s.id from subscribers s where s.id > $1 and s.erase_after is null and s.erased_at is null and (select 1 from cancellations c where c.subscriber_id = s.id and c.state = 'cancelled' limit 1) is not null and ${isOver}
   order by s.id limit $2 for update skip locked`, [after ?? '00000000-0000-0000-0000-000000000000', most])).map(({ id }) => id);

export const setEraseAfter = (tx: Tx, days: readonly { readonly id: string; readonly after: Date }[]): Promise<unknown> =>
  tx.query(`update subscribers s set erase_after = n.after from unnest($1::uuid[], $2::timestamptz[]) as n(id, after) where s.id = n.id`,
    [days.map(({ id }) => id), days.map(({ after }) => after)]);

/** Locked: nothing new of theirs comes in until the end of the transaction. */
export const dueToErase = async (tx: Tx, now: Date, most: number): Promise<string[]> => (await tx.query<{ id: string }>(
  `select s.id from subscribers s where s.erase_after <= $1 and s.erased_at is null and ${isOver} and not (${anyHold}) order by s.erase_after, s.id limit $2 for update skip locked`,
  [now, most])).map(({ id }) => id);

/** Asked once more under the lock: what came in between the look and the lock counts. */
export const freeOfHolds = async (tx: Tx, ids: readonly string[]): Promise<string[]> =>
  (await tx.query<{ id: string }>(`select s.id from subscribers s where s.id = any($1::uuid[]) and ${isOver} and not (${anyHold})`, [ids])).map(({ id }) => id);

export type HeldErasure = { readonly numbers: readonly string[]; readonly since: Date; readonly holds: readonly HoldKind[] };
/** Whose day has come and who cannot be erased, by the numbers of their cases. */
export const heldErasures = (tx: Tx, brand: string, now: Date, most: number): Promise<HeldErasure[]> =>
  tx.query(
    `select n.numbers, s.erase_after as since, ${heldBy} as holds
     from subscribers s cross join lateral (select array_agg(application_number order by opened_at) as numbers from cancellations where subscriber_id = s.id and state = 'cancelled') n
     where s.brand = $1 and s.erased_at is null and s.erase_after <= $2 and ${isOver} and (${anyHold})
     order by s.erase_after, s.id limit $3`, [brand, now, most]);

export type Persons = { readonly subscribers: readonly string[]; readonly lines: readonly string[]; readonly cases: readonly string[]; readonly statements: readonly string[] };
/** What of these persons other tables are found by. */
export const everythingOf = async (tx: Tx, subscribers: readonly string[]): Promise<Persons> => {
  const ids = async (sql: string, values: readonly unknown[]): Promise<string[]> => (await tx.query<{ id: string }>(sql, values)).map(({ id }) => id);
  const lines = await ids(`select id from lines where subscriber_id = any($1::uuid[])`, [subscribers]);
  const cases = await ids(`select id from cancellations where subscriber_id = any($1::uuid[])`, [subscribers]);
  return { subscribers, lines, cases, statements: await ids(`select id from statements where line_id = any($1::uuid[]) or cancellation_id = any($2::uuid[])`, [lines, cases]) };
};

const foundBy = (way: Going['ways'][number], { subscribers, lines, cases, statements }: Persons): readonly string[] => {
  switch (way) {
    case 'line_id': return lines;
    case 'cancellation_id': return cases;
    case 'statement_id': return statements;
    case 'subject': return [...subscribers, ...cases];
    case 'id': case 'subscriber_id': case 'person_id': return subscribers;
  }
};

type Column = { readonly table: string; readonly column: string; readonly required: boolean; readonly type: string };
/** What a column holds that says nothing: null where it may, else the nothing of its type. */
const nothing: Readonly<Record<string, string>> = { bytea: `'\\x'`, text: `''`, jsonb: `'{}'`, 'text[]': `'{}'`, bigint: '0', integer: '0', boolean: 'false' };
const emptied = (known: readonly Column[], table: string, column: string): string => {
  const found = known.find((one) => one.table === table && one.column === column);
  const value = found === undefined ? undefined : found.required ? nothing[found.type] : 'null';
  if (value === undefined) throw new Error(`nothing is known that would empty ${table}.${column} (${found?.type ?? 'not there'})`);
  return `"${column}" = ${value}`;
};

/** Everything but their keys, which go when this is gone. */
export const eraseRows = async (tx: Tx, persons: Persons): Promise<void> => {
  const going = whatGoes();
  const known = await tx.query<Column>(
    `select c.relname as table, a.attname as column, a.attnotnull as required, format_type(a.atttypid, null) as type from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relnamespace = 'public'::regnamespace and c.relname = any($1::text[]) and a.attnum > 0 and not a.attisdropped`, [going.filter(({ act }) => act === 'empty').map(({ table }) => table)]);
  for (const one of going) {
    const where = one.ways.map((way, place) => `"${way}" = any($${place + 1}::uuid[])`).join(' or ');
    const what = one.act === 'delete' ? `delete from ${one.table}` : `update ${one.table} set ${one.columns.map((column) => emptied(known, one.table, column)).join(', ')}`;
    await tx.query(`${what} where ${where}`, one.ways.map((way) => foundBy(way, persons)));
  }
};

export const markErased = (tx: Tx, ids: readonly string[], now: Date): Promise<unknown> => tx.query(`update subscribers set erased_at = $2 where id = any($1::uuid[])`, [ids, now]);
