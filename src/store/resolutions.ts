/** What was tried at a step beyond the plain success, and what people say of what no read can settle. */
import type { StepName } from '../plan/step.ts';
import type { Tx } from './db.ts';

/** `outcome`: as saved with the step, free of personal data. */
export type StepTry = { readonly step: StepName; readonly at: Date; readonly undo: boolean; readonly mode: 'act' | 'read' | 'attested'; readonly intentKey: string; readonly outcome: unknown };
export type NewTry = StepTry & { readonly cancellationId: string; readonly brand: string };

export const saveTries = async (tx: Tx, tries: readonly NewTry[]): Promise<void> => {
  if (tries.length === 0) return;
  await tx.query(
    `insert into step_tries (cancellation_id, step, brand, at, undo, mode, intent_key, outcome)
     select "cancellationId", step, brand, at, undo, mode, "intentKey", outcome
     from jsonb_to_recordset($1::jsonb) as n("cancellationId" uuid, step text, brand text, at timestamptz, undo boolean, mode text, "intentKey" text, outcome jsonb)`,
    [JSON.stringify(tries)]);
};

/** The newest `most` of them, oldest first: a step that is read for two days has many. */
export const triesOf = async (tx: Tx, cancellationId: string, most = 200): Promise<StepTry[]> =>
  (await tx.query<StepTry>(
    `select step, at, undo, mode, intent_key as "intentKey", outcome from step_tries where cancellation_id = $1 order by at desc limit $2`, [cancellationId, most])).toReversed();

/** `happened`: it is done, whatever the protocol says. `did-not-happen`: it may be carried out. */
export const verdicts = ['happened', 'did-not-happen'] as const;
export type Verdict = (typeof verdicts)[number];

export type Resolution = {
  readonly id: string; readonly step: StepName; readonly verdict: Verdict; readonly sealed: Buffer; readonly documentId: string | null;
  readonly proposedBy: string; readonly proposedAt: Date;
};

/** Those that wait for a second person. */
export const openResolutions = (tx: Tx, cancellationId: string): Promise<Resolution[]> =>
  tx.query<Resolution>(
    `select id, step, verdict, sealed, document_id as "documentId", proposed_by as "proposedBy", proposed_at as "proposedAt"
     from resolutions where cancellation_id = $1 and decided_at is null order by proposed_at`, [cancellationId]);

/** False where somebody else's waits for this step already. */
export const addResolution = async (tx: Tx, of: { readonly cancellationId: string; readonly brand: string }, one: Resolution): Promise<boolean> =>
  (await tx.query(
    `insert into resolutions (id, brand, cancellation_id, step, verdict, sealed, document_id, proposed_by, proposed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (cancellation_id, step) where decided_at is null do nothing returning 1`,
    [one.id, of.brand, of.cancellationId, one.step, one.verdict, one.sealed, one.documentId, one.proposedBy, one.proposedAt])).length > 0;

export const decideResolution = (tx: Tx, id: string, by: string, agreed: boolean, now: Date): Promise<unknown> =>
  tx.query(`update resolutions set decided_by = $2, agreed = $3, decided_at = $4 where id = $1 and decided_at is null`, [id, by, agreed, now]);

/** The steps are looked at anew: what was said of them before holds no more. */
export const dropResolutions = (tx: Tx, cancellationId: string, by: string, now: Date): Promise<unknown> =>
  tx.query(`update resolutions set decided_by = $2, agreed = false, decided_at = $3 where cancellation_id = $1 and decided_at is null`, [cancellationId, by, now]);

/** By the agreed verdict: done as people say, recorded by the worker like any other outcome; or free to be carried out under the same key. */
export const settleStep = (tx: Tx, cancellationId: string, step: StepName, verdict: Verdict): Promise<unknown> =>
  tx.query(
    `update steps set state = case when $3 = 'happened' then 'intended' else 'waiting' end, attested = $3 = 'happened', not_before = null, first_tried_at = null, reads = 0
     where cancellation_id = $1 and name = $2 and state in ('refused', 'stalled')`, [cancellationId, step, verdict]);
