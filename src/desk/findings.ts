/** What was found of cancelled lines, for the people who put it right. */
import { no, ok, type Result } from '../cancellation/result.ts';
import type { LineKind } from '../cancellation/line.ts';
import type { Currency, Money } from '../cancellation/money.ts';
import { mendSteps, type FindingKind } from '../plan/mend.ts';
import type { StepName } from '../plan/step.ts';
import type { Tx } from '../store/db.ts';
import { countFindings, countMend, findingById, findingsOf, lastReconciliation, orderAgain, reviveServices, type FindingRow } from '../store/findings.ts';
import { loadForMove } from '../store/cancellations.ts';
import { appendJournal } from '../store/journal.ts';
import { isUuid } from '../store/lines.ts';
import { loadSteps, type StepRecord } from '../store/steps.ts';
import type { Desk } from './desk.ts';
import type { Reviewer } from './review-queue.ts';

/** `under-way`: the worker is at it. `stuck`: a peer said no, or nobody can tell. `next-look`: carried out, and not looked at since. `by-hand`: no step puts it right. `gone`: the line's data are erased, so no step can. */
export type Mending = 'to-order' | 'under-way' | 'stuck' | 'next-look' | 'by-hand' | 'gone';
export type Finding = {
  readonly id: string; readonly applicationNumber: string; readonly kind: LineKind; readonly what: FindingKind; readonly owed?: Money;
  readonly foundAt: Date; readonly seenAt: Date; /** Whole days since it was found, until it was mended. */ readonly days: number;
  readonly mends: number; readonly mendedAt?: Date; readonly mending: Mending; readonly steps: readonly StepName[];
};
export type Findings = { readonly rows: readonly Finding[]; readonly counts: { readonly open: number; readonly mended: number }; readonly last?: { readonly endedAt: Date; readonly lines: number; readonly unread: number } };

const mendingOf = (row: FindingRow, steps: readonly StepRecord[]): Mending => {
  const names = mendSteps[row.what];
  if (names.length === 0) return 'by-hand';
  if (row.state !== 'cancelled') return 'gone';
  const own = steps.filter((step) => names.includes(step.name));
  if (own.every((step) => step.state === 'not-wanted')) return 'by-hand';
  if (own.some((step) => step.state === 'waiting' || step.state === 'intended')) return 'under-way';
  if (own.some((step) => step.state === 'refused' || step.state === 'stalled')) return 'stuck';
  return row.mend_ordered_at !== null && row.seen_at <= row.mend_ordered_at ? 'next-look' : 'to-order';
};

const dayLength = 86_400_000;
const toFinding = (row: FindingRow, steps: readonly StepRecord[], now: Date): Finding => ({
  id: row.id, applicationNumber: row.application_number, kind: row.kind, what: row.what, foundAt: row.found_at, seenAt: row.seen_at, mends: row.mends,
  days: Math.floor(((row.mended_at ?? now).getTime() - row.found_at.getTime()) / dayLength),
  mending: mendingOf(row, steps), steps: mendSteps[row.what],
  ...(row.owed_minor === null || row.currency === null ? {} : { owed: { minor: row.owed_minor, currency: row.currency as Currency } }),
  ...(row.mended_at === null ? {} : { mendedAt: row.mended_at }),
});

export const seeFindings = (desk: Desk, who: Reviewer, show: 'open' | 'mended', what?: FindingKind, most = 200): Promise<Findings> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const rows = await findingsOf(tx, who.brand, show === 'mended', what, most);
    const steps = await loadSteps(tx, [...new Set(rows.map((row) => row.cancellation_id))]);
    const last = await lastReconciliation(tx, who.brand);
    return {
      rows: rows.map((row) => toFinding(row, steps.get(row.cancellation_id) ?? [], desk.clock.now())),
      counts: await countFindings(tx, who.brand),
      ...(last === undefined ? {} : { last }),
    };
  });

export type CannotMend = { readonly kind: 'not-found' } | { readonly kind: 'already-mended' | 'under-way' | 'by-hand' | 'gone' };

/** The steps that put it right are ordered once more, by the protocol of all others: intent, call, read where the answer is lost. */
export const orderMend = (desk: Desk, who: Reviewer, id: string): Promise<Result<{ readonly applicationNumber: string }, CannotMend>> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const row = isUuid(id) ? await findingById(tx, who.brand, id) : undefined;
    const [one] = row === undefined ? [] : await loadForMove(tx, [row.cancellation_id]);
    // Under the case's lock it is looked at again: two who press at once order it once.
    const now = row === undefined || one === undefined ? undefined : await findingById(tx, who.brand, id);
    if (now === undefined || one === undefined) return no({ kind: 'not-found' });
    if (now.mended_at !== null) return no({ kind: 'already-mended' });
    const mending = mendingOf(now, (await loadSteps(tx, [one.id])).get(one.id) ?? []);
    if (mending === 'under-way' || mending === 'by-hand' || mending === 'gone') return no({ kind: mending });
    await order(desk, tx, who, now, one.id);
    return ok({ applicationNumber: now.application_number });
  });

const order = async (desk: Desk, tx: Tx, who: Reviewer, { id, what }: FindingRow, caseId: string): Promise<void> => {
  const at = desk.clock.now();
  const time = await countMend(tx, id, caseId, at);
  if (what === 'service-runs') await reviveServices(tx, caseId);
  const steps = await orderAgain(tx, caseId, mendSteps[what], time);
  await appendJournal(tx, [{ cancellationId: caseId, brand: who.brand, at, event: 'mend-ordered', actor: 'agent', facts: { what, steps, by: who.staffId } }]);
  await desk.jobs.enqueue(tx, 'advance', [{ data: { caseId }, brand: who.brand }]);
};
