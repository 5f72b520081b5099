/** Which line a statement means: found by its number at once, or by somebody of the desk. A cancellation opens that line's case, or joins it. */
import { receive } from '../cancellation/moves/receive.ts';
import { no, ok, type Result } from '../cancellation/result.ts';
import { isAsked } from '../policy/stages.ts';
import { formOfOpenCase, openCaseOf } from '../store/cancellations.ts';
import type { Tx } from '../store/db.ts';
import type { Taken } from '../store/jobs.ts';
import { isUuid, loadLines, regionsOf, type LineRecord } from '../store/lines.ts';
import { contextOf, formContents, opened, statementContents, type StatementContents } from '../vault/contents.ts';
import type { Desk } from './desk.ts';
import { beginDraft } from './draft.ts';
import { packOf, saveAndFollow } from './follow.ts';
import { threadGoesWith } from './messages.ts';
import { must } from './must.ts';
import { isOwnAccount } from './own-case.ts';
import { policyFor } from './prepare.ts';
import type { Reviewer } from './review-queue.ts';
import { lineAbout } from './social-contact.ts';

type Row = { id: string; brand: string; kind: 'cancellation' | 'withdrawal'; reference: string; law: string; sealed: Buffer; received_at: Date; handled_at: Date | null; cancellation_id: string | null };

const load = async (tx: Tx, brand: string, id: string): Promise<Row | undefined> =>
  (await tx.query<Row>(`select id, brand, kind, reference, law, sealed, received_at, handled_at, cancellation_id from statements where brand = $1 and id = $2 for update`, [brand, id]))[0];
const contentsOf = async (desk: Desk, tx: Tx, rows: readonly Row[]): Promise<Map<string, StatementContents>> => {
  const keyring = await desk.vault.keyring(tx, rows.map(({ id }) => id));
  return new Map(rows.map(({ id, sealed }) => [id, opened(keyring.openJson(id, contextOf.statement(id), sealed, statementContents))]));
};

/** By the line's own number, an application's, or the operator's reference of the contract. */
const lineMeant = async (desk: Desk, tx: Tx, brand: string, contract: string): Promise<LineRecord | undefined> => {
  const id = (await lineAbout(desk, tx, brand, contract))
    ?? (await tx.query<{ id: string }>(`select id from lines where brand = $1 and billing_ref = $2`, [brand, contract.trim()]))[0]?.id;
  return id === undefined ? undefined : (await loadLines(tx, [id]))[0];
};

/** Received is what was declared, when it was declared; who declared it is not proven by that. */
const openOrJoin = async (desk: Desk, tx: Tx, statement: Row, row: LineRecord): Promise<void> => {
  if (row.status === 'cancelled') return link(tx, statement.id, row.id, null);
  if ((await openCaseOf(tx, row.id, true)) === undefined) {
    const { pack } = await policyFor(desk, tx, row);
    const region = (await regionsOf(tx, [row.subscriber_id])).get(row.subscriber_id)?.region;
    if (region === undefined) throw new Error('a line without its subscriber');
    const ends = (await contentsOf(desk, tx, [statement])).get(statement.id)?.ends;
    await beginDraft(desk, tx, await desk.vault.keyring(tx, [row.subscriber_id]), row, { pack, region, channel: 'web', ...(ends ? { endsOn: ends } : {}) });
  }
  else await nameDay(desk, tx, statement, row);
  const one = await openCaseOf(tx, row.id, true);
  if (one === undefined) throw new Error('a line whose case was opened has none');
  await link(tx, statement.id, row.id, one.id);
  if (one.state !== 'draft') return;
  const received = must(receive(one, 'anyone', desk.clock.now(), { applicationNumber: statement.reference, packVersion: one.packVersion, channel: 'web', receivedAt: statement.received_at }));
  await threadGoesWith(tx, one.id, row.id);
  await saveAndFollow(desk, tx, [{ ...received, facts: { ...received.facts, law: statement.law, arrived: statement.received_at.toISOString() } }]);
};
/** A draft that its owner had begun: the day that was declared stands in it too. */
const nameDay = async (desk: Desk, tx: Tx, statement: Row, row: LineRecord): Promise<void> => {
  const ends = (await contentsOf(desk, tx, [statement])).get(statement.id)?.ends;
  const [draft, kept] = [await openCaseOf(tx, row.id), await formOfOpenCase(tx, row.id)];
  if (!ends || draft?.state !== 'draft' || kept?.sealed_form == null || !isAsked(packOf(desk, { ...draft, receivedAt: statement.received_at }), 'endsOn')) return;
  const keyring = await desk.vault.keyring(tx, [row.subscriber_id]);
  const form = opened(keyring.openJson(row.subscriber_id, contextOf.form(draft.id), kept.sealed_form, formContents));
  await tx.query(`update cancellations set sealed_form = $2 where id = $1`, [draft.id, keyring.sealJson(row.subscriber_id, contextOf.form(draft.id), { ...form, endsOn: ends })]);
};
const link = async (tx: Tx, id: string, lineId: string, caseId: string | null): Promise<void> => {
  await tx.query(`update statements set line_id = $2, cancellation_id = $3 where id = $1`, [id, lineId, caseId]);
};

/** By the number that it names. What is not found this way waits for the desk, and so does what fails here for good. */
export const matchByNumber = (desk: Desk, job: Taken<'statements'>): Promise<void> =>
  desk.db.inBrand(job.data.brand, async (tx) => {
    const statement = await load(tx, job.data.brand, job.data.statementId);
    await desk.jobs.complete(tx, 'statements', [job.id]);
    if (statement === undefined || statement.cancellation_id !== null || statement.handled_at !== null) return;
    const row = await lineMeant(desk, tx, statement.brand, (await contentsOf(desk, tx, [statement])).get(statement.id)?.contract ?? '');
    if (row !== undefined) await openOrJoin(desk, tx, statement, row);
  });

export type StatementAtDesk = { readonly id: string; readonly kind: Row['kind']; readonly reference: string; readonly law: string; readonly receivedAt: Date; readonly contents: StatementContents };

/** What nobody has dealt with yet, the oldest first. */
export const waitingStatements = (desk: Desk, who: Reviewer, most = 100): Promise<StatementAtDesk[]> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const rows = await tx.query<Row>(
      `select id, brand, kind, reference, law, sealed, received_at, handled_at, cancellation_id from statements where brand = $1 and cancellation_id is null and handled_at is null order by received_at limit $2`, [who.brand, most]);
    return atDesk(rows, await contentsOf(desk, tx, rows));
  });

const atDesk = (rows: readonly Row[], contents: ReadonlyMap<string, StatementContents>): StatementAtDesk[] =>
  rows.flatMap(({ id, kind, reference, law, received_at: receivedAt }) => {
    const said = contents.get(id);
    return said === undefined ? [] : [{ id, kind, reference, law, receivedAt, contents: said }];
  });

/** What was declared without sign-in and opened this case, or joined it; the oldest first. */
export const statementsOfCase = async (desk: Desk, tx: Tx, caseId: string): Promise<StatementAtDesk[]> => {
  const rows = await tx.query<Row>(`select id, brand, kind, reference, law, sealed, received_at, handled_at, cancellation_id from statements where cancellation_id = $1 order by received_at, id`, [caseId]);
  return atDesk(rows, await contentsOf(desk, tx, rows));
};

/** `no-line`: by that number there is none. `over`: its line is cancelled already. */
export type CannotMatch = { readonly kind: 'not-found' | 'no-line' | 'over' | 'own-account' };

/** `about`: an application's number, or the line's. */
export const matchByHand = (desk: Desk, who: Reviewer, statementId: string, about: string): Promise<Result<undefined, CannotMatch>> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const statement = isUuid(statementId) ? await load(tx, who.brand, statementId) : undefined;
    if (statement === undefined || statement.kind !== 'cancellation' || statement.handled_at !== null || statement.cancellation_id !== null) return no({ kind: 'not-found' });
    const row = await lineMeant(desk, tx, who.brand, about);
    if (row === undefined) return no({ kind: 'no-line' });
    if (row.status === 'cancelled') return no({ kind: 'over' });
    if (await isOwnAccount(desk, tx, who, row.subscriber_id)) return no({ kind: 'own-account' });
    await openOrJoin(desk, tx, statement, row);
    await handled(desk, tx, who, statementId);
    return ok(undefined);
  });

/** `otherwise`: answered in another way, as a withdrawal that was carried out. `nowhere`: it belongs to no line here, and is kept no longer than the law lets it. */
export const settleStatement = (desk: Desk, who: Reviewer, statementId: string, how: 'otherwise' | 'nowhere'): Promise<boolean> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const statement = isUuid(statementId) ? await load(tx, who.brand, statementId) : undefined;
    if (statement === undefined || statement.handled_at !== null || statement.cancellation_id !== null) return false;
    await handled(desk, tx, who, statementId);
    if (how === 'nowhere') await tx.query(`update statements set belongs_nowhere = true where id = $1`, [statementId]);
    return true;
  });
const handled = async (desk: Desk, tx: Tx, who: Reviewer, id: string): Promise<void> => {
  await tx.query(`update statements set handled_at = $2, handled_by = $3 where id = $1`, [id, desk.clock.now(), who.staffId]);
};
