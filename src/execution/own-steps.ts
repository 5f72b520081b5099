/** Steps inside our own store: done in the transaction that records them, so they are done exactly once. */
import { randomUUID } from 'node:crypto';
import type { Cancellation } from '../cancellation/cancellation.ts';
import type { EsimRemoval } from '../cancellation/esim-removal.ts';
import type { Line } from '../cancellation/line.ts';
import { complete } from '../cancellation/moves/complete.ts';
import { packOf, saveAndFollow } from '../desk/follow.ts';
import { must } from '../desk/must.ts';
import { anchorOf, type Head } from '../evidence/chain.ts';
import type { Statement } from '../evidence/statements.ts';
import { subjectOf } from '../evidence/subject.ts';
import type { Pack } from '../policy/pack.ts';
import { removalsOf } from '../store/card-reports.ts';
import type { Tx } from '../store/db.ts';
import { sha256 } from '../store/journal.ts';
import type { StepRecord } from '../store/steps.ts';
import type { Execution } from './execution.ts';
import { quarantineNumbers, restOfHeld } from './quarantine.ts';
import { planReminders } from './remind-deletion.ts';

/** A case under the worker's lease, with its line open. */
export type Held = {
  one: Cancellation; rows: StepRecord[]; readonly line: Line; readonly salt: string; readonly freeFrom?: string;
  /** The last entry of its journal, where this worker wrote it. Whoever appends to what moved on meanwhile meets the primary key, and its transaction runs again. */
  head?: Head | undefined;
};

export const eraseRecords = (tx: Tx, cases: readonly Held[]): Promise<unknown> =>
  tx.query(`delete from stored_records where line_id = any($1::uuid[])`, [cases.map(({ one }) => one.lineId)]);

/** Only those who have no line left but the ones that end here. */
export const closeAccounts = async (execution: Execution, tx: Tx, cases: readonly Held[]): Promise<void> => {
  const rows = await tx.query<{ id: string }>(
    `select distinct s.id from unnest($1::uuid[]) as s(id)
     where not exists (select 1 from lines l where l.subscriber_id = s.id and l.status <> 'cancelled' and l.id <> all($2::uuid[]))`,
    [cases.map(({ one }) => one.subscriberId), cases.map(({ one }) => one.lineId)]);
  await execution.closeAccounts(tx, rows.map((row) => row.id));
};

/** Our own steps by name, each for as many cases as are ready. */
export const ownActs = {
  'quarantine-number': quarantineNumbers,
  'erase-records': (_: Execution, tx: Tx, cases: readonly Held[]) => eraseRecords(tx, cases),
  'close-account': closeAccounts,
  'issue-certificate': (execution: Execution, tx: Tx, cases: readonly Held[], now: Date) => completeAndCertify(execution, tx, cases, now),
  'tell-subscriber': (execution: Execution, tx: Tx, cases: readonly Held[]) =>
    execution.tell(tx, cases.map(({ one }) => ({ brand: one.brand, subscriberId: one.subscriberId, caseId: one.id, template: 'cancelled' as const }))),
} as const satisfies Record<string, (execution: Execution, tx: Tx, cases: readonly Held[], now: Date) => Promise<unknown>>;

/** What the carrier has settled is left open on no line here either (UP9). */
const clearLines = async (tx: Tx, cases: readonly Held[]): Promise<void> => {
  const lineIds = cases.filter(({ rows }) => rows.some((row) => row.name === 'settle-balance' && row.state === 'done')).map(({ one }) => one.lineId);
  await tx.query(
    `update line_services l set ended_at = s.done_at from steps s join cancellations c on c.id = s.cancellation_id
     where s.name = 'end-linked-services' and s.state = 'done' and c.id = any($1::uuid[]) and l.line_id = c.line_id and l.ended_at is null`,
    [cases.map(({ one }) => one.id)]);
  await tx.query(`update devices set bound = false where line_id = any($1::uuid[]) and bound`, [lineIds]);
};

/** The move to `cancelled` and the statement over the journal up to it. */
export const completeAndCertify = async (execution: Execution, tx: Tx, cases: readonly Held[], now: Date): Promise<void> => {
  if (cases.length === 0) return;
  const moves = cases.map(({ one, rows }) => must(complete(one, now, { steps: rows.filter((row) => row.state === 'done').map((row) => row.name) })));
  const entries = await saveAndFollow(execution, tx, moves, [], new Map(cases.flatMap(({ one, head }) => (head === undefined ? [] : [[one.id, head]]))));
  await clearLines(tx, cases);
  const heads = new Map(entries.map((entry) => [entry.cancellationId, entry]));
  const free = await tx.query<{ cancellation_id: string; free_from: string }>(
    `select cancellation_id, free_from from number_tenures where cancellation_id = any($1::uuid[])`, [cases.map(({ one }) => one.id)]);
  const freeFrom = new Map(free.map((row) => [row.cancellation_id, row.free_from]));
  const removals = await removalsOf(tx, cases.map(({ one }) => one.id));
  const statements = await Promise.all(cases.map(async (held, index) => {
    const after = moves[index]?.after;
    const journal = heads.get(held.one.id);
    if (after === undefined || journal === undefined) throw new Error('a completed case has no entry in its journal');
    held.one = after;
    held.head = journal;
    return execution.certify(statementOf(packOf(execution, after), held, anchorOf(journal), freeFrom.get(after.id) ?? restOfHeld(execution, held, now).freeFrom, removals.get(after.id), now));
  }));
  await tx.query(
    `insert into certificates (cancellation_id, brand, statement, issued_at) select id, brand, statement, $4 from unnest($1::uuid[], $2::text[], $3::text[]) as n(id, brand, statement)`,
    [cases.map(({ one }) => one.id), cases.map(({ one }) => one.brand), statements, now],
  );
  await planReminders(execution, tx, cases.map(({ one }) => one), removals, now);
};

const told = new Set<string>(['issue-certificate', 'tell-subscriber']);

const statementOf = (pack: Pack, { one, rows, line, salt }: Held, journal: Statement['journal'], freeFrom: string, removal: EsimRemoval | undefined, now: Date): Statement => {
  return {
    version: 1,
    kind: 'line-cancelled',
    certificateId: randomUUID(),
    applicationNumber: one.applicationNumber ?? '',
    issuer: pack.addresses.site,
    brand: { id: one.brand, name: pack.name },
    policyVersion: one.packVersion,
    subject: { lineKind: line.kind, ...subjectOf(identifiersOf(line), Buffer.from(salt, 'hex'), sha256) },
    receivedAt: (one.receivedAt ?? one.openedAt).toISOString(),
    cancelledAt: (one.endedAt ?? now).toISOString(),
    steps: rows.filter((row) => !told.has(row.name)).map((row) =>
      row.state === 'done' && row.doneAt !== undefined
        ? { name: row.name, outcome: row.attested ? 'attested' : 'done', at: row.doneAt.toISOString() }
        : { name: row.name, outcome: 'not-needed', at: null }),
    esimRemoval: removal === undefined ? null : removal.kind === 'never-installed' ? 'order-cancelled' : 'already-on-device',
    ...(removal === undefined ? {} : { esimSignals: { orderedAt: removal.orderedAt.toISOString(), deletionReportedAt: removal.kind === 'reported-deleted' ? removal.reportedAt.toISOString() : null } }),
    numberFreeFrom: freeFrom,
    journal,
    zone: pack.calendar.zone,
    issuedAt: now.toISOString(),
  };
};

const identifiersOf = ({ msisdn, imsi, iccid, eid }: Line) => ({
  msisdn,
  ...(imsi === undefined ? {} : { imsi }),
  ...(iccid === undefined ? {} : { iccid }),
  ...(eid === undefined ? {} : { eid }),
});
