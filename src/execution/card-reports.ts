/**
 * What the card's side reports of a profile, put on record once however often it comes, and in whatever order. A deletion that is
 * reported after the certificate was issued is stated in a second one beside it; the first stays as it is, and valid.
 */
import { randomUUID } from 'node:crypto';
import { deletedAt, type CardEvent } from '../cancellation/esim-removal.ts';
import type { Cancellation } from '../cancellation/cancellation.ts';
import { anchorOf } from '../evidence/chain.ts';
import { parseStatement, type Statement } from '../evidence/statements.ts';
import { loadForMove } from '../store/cancellations.ts';
import { countStray, removalsOf, reportsOf, saveReports, type ReportStatus } from '../store/card-reports.ts';
import type { Tx } from '../store/db.ts';
import { appendJournal, type NewEntry } from '../store/journal.ts';
import type { Execution } from './execution.ts';

/** `event`: what the platform's map makes of its point; absent where it names none. `iccid` without padding. */
export type ReportedByCard = { readonly iccid: string; readonly point: number; readonly event?: CardEvent; readonly status: ReportStatus; readonly at: Date };
export type Recorded = { readonly kind: 'on-record' } | { readonly kind: 'stray'; readonly why: 'unknown-profile' | 'unknown-point'; readonly point: number; readonly times: number };
type Tools = Pick<Execution, 'db' | 'vault' | 'clock' | 'packs' | 'tell' | 'certify' | 'alarm'>;

export const recordCardReport = (tools: Tools, report: ReportedByCard): Promise<Recorded> =>
  tools.db.acrossBrands(async (tx) => {
    const now = tools.clock.now();
    const stray = async (why: 'unknown-profile' | 'unknown-point'): Promise<Recorded> => ({ kind: 'stray', why, point: report.point, times: await countStray(tx, { why, point: report.point }, now) });
    // A report names no brand: whose line it is shows by the index of each.
    const { brands } = tools.packs;
    const lines = await tx.query<{ id: string; brand: string }>(
      `select l.id, l.brand from lines l join unnest($1::text[], $2::bytea[]) as n (brand, iccid_index) on l.brand = n.brand and l.iccid_index = n.iccid_index`,
      [brands, brands.map((brand) => tools.vault.blindIndex(brand, 'iccid', report.iccid))]);
    if (lines.length === 0) return stray('unknown-profile');
    const { event } = report;
    if (event === undefined) return stray('unknown-point');
    const cases = await loadForMove(tx, (await tx.query<{ id: string }>(`select id from cancellations where line_id = any($1::uuid[]) order by id`, [lines.map(({ id }) => id)])).map(({ id }) => id));
    await saveReports(tx, lines.map(({ id, brand }) => ({ lineId: id, brand, event, status: report.status, at: report.at })), now);
    await followReports(tools, tx, cases, now);
    return { kind: 'on-record' };
  });

/**
 * For cases whose rows are locked: what is known by now of a profile that was ordered removed. Called when a report comes, and when the
 * order is carried out, so that whichever comes second sees the first. Resolves to the cases whose journal has one entry more.
 */
export const followReports = async (tools: Pick<Tools, 'tell' | 'certify' | 'alarm'>, tx: Tx, cases: readonly Cancellation[], now: Date): Promise<readonly string[]> => {
  if (cases.length === 0) return [];
  const reports = await reportsOf(tx, cases.map(({ lineId }) => lineId));
  const reported = cases.flatMap((one) => {
    const at = deletedAt(reports.get(one.lineId) ?? []);
    // A card whose clock is ahead has not deleted anything in the future.
    return at === undefined || one.state === 'erased' ? [] : [{ one, at: at > now ? now : at }];
  });
  const removals = await removalsOf(tx, reported.map(({ one }) => one.id));
  const deleted = reported.filter(({ one }) => ['not-confirmed', 'never-installed'].includes(removals.get(one.id)?.kind ?? ''));
  if (deleted.length === 0) return [];
  const entries = await appendJournal(tx, deleted.map(({ one, at }): NewEntry =>
    ({ cancellationId: one.id, brand: one.brand, at: now, event: 'profile-deleted', actor: 'card', facts: { reportedAt: at.toISOString() } })));
  const heads = new Map(entries.map((entry) => [entry.cancellationId, anchorOf(entry)]));
  await updateCertificates(tools, tx, deleted.filter(({ one }) => one.state === 'cancelled').map(({ one, at }) => ({ one, at, journal: heads.get(one.id) })), now);
  return [...heads.keys()];
};

const updateCertificates = async (tools: Pick<Tools, 'tell' | 'certify'>, tx: Tx, cases: readonly { readonly one: Cancellation; readonly at: Date; readonly journal: Statement['journal'] | undefined }[], now: Date): Promise<void> => {
  if (cases.length === 0) return;
  const issued = new Map((await tx.query<{ id: string; jws: string }>(
    `select cancellation_id as id, statement as jws from certificates where cancellation_id = any($1::uuid[])`, [cases.map(({ one }) => one.id)])).map(({ id, jws }) => [id, statementIn(jws)]));
  const updates = await Promise.all(cases.flatMap(({ one, at, journal }) => {
    const first = issued.get(one.id);
    if (first === undefined || journal === undefined) return [];
    const orderedAt = first.esimSignals?.orderedAt ?? first.steps.find(({ name }) => name === 'cancel-esim-order')?.at ?? first.cancelledAt;
    const statement: Statement = { ...first, certificateId: randomUUID(), updates: first.certificateId, esimRemoval: 'already-on-device', esimSignals: { orderedAt, deletionReportedAt: at.toISOString() }, journal, issuedAt: now.toISOString() };
    return [tools.certify(statement).then((jws) => ({ one, jws }))];
  }));
  await tx.query(
    `insert into certificate_updates (cancellation_id, brand, statement, issued_at) select id, brand, statement, $4 from unnest($1::uuid[], $2::text[], $3::text[]) as n(id, brand, statement)`,
    [updates.map(({ one }) => one.id), updates.map(({ one }) => one.brand), updates.map(({ jws }) => jws), now]);
  await tools.tell(tx, updates.map(({ one }) => ({ brand: one.brand, subscriberId: one.subscriberId, caseId: one.id, template: 'profile-deleted' })));
};

/** Of a certificate from our own table: signed by us, so that it is read and not doubted. */
const statementIn = (jws: string): Statement => {
  const read = parseStatement(JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()));
  if (!read.ok) throw new Error(`a certificate of our own does not read: ${read.why.field}`);
  return read.value;
};
