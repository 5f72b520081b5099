/** The rows of plans as they are carried out. */
import type { PlannedStep } from '../plan/make-plan.ts';
import type { StepRow, StepState } from '../plan/progress.ts';
import type { Phase, StepName } from '../plan/step.ts';
import type { Tx } from './db.ts';

/** An undo is carried out as a step of its own, named after the step that it takes back. */
export type StepRecord = StepRow & { readonly cancellationId: string; readonly brand: string; readonly undo: boolean; readonly doneAt?: Date; readonly outcome?: unknown;
  /** How often its open intent was read. */
  readonly reads: number;
  /** Two people say that it happened. */
  readonly attested: boolean;
};

type Row = {
  cancellation_id: string; name: StepName; brand: string; after: StepName[]; phase: Phase | 'undo'; state: StepState; attempts: number;
  intent_key: string | null; first_tried_at: Date | null; not_before: Date | null; done_at: Date | null; outcome: unknown; reads: number; attested: boolean;
};

const toRecord = (row: Row): StepRecord => ({
  cancellationId: row.cancellation_id, name: row.name, brand: row.brand, after: row.after, state: row.state, attempts: row.attempts,
  phase: row.phase === 'undo' ? 'recoverable' : row.phase, undo: row.phase === 'undo', outcome: row.outcome, reads: row.reads, attested: row.attested,
  ...(row.intent_key === null ? {} : { intentKey: row.intent_key }),
  ...(row.first_tried_at === null ? {} : { firstTriedAt: row.first_tried_at }),
  ...(row.not_before === null ? {} : { notBefore: row.not_before }),
  ...(row.done_at === null ? {} : { doneAt: row.done_at }),
});

/** `only`: one step of each plan. */
export const loadSteps = async (tx: Tx, cancellationIds: readonly string[], only?: StepName): Promise<Map<string, StepRecord[]>> => {
  const rows = await tx.query<Row>(
    `select cancellation_id, name, brand, after, phase, state, attempts, intent_key, first_tried_at, not_before, done_at, outcome, reads, attested
     from steps where cancellation_id = any($1::uuid[]) ${only === undefined ? '' : 'and name = $2'} order by cancellation_id, ordinal`,
    only === undefined ? [cancellationIds] : [cancellationIds, only],
  );
  const byCase = new Map<string, StepRecord[]>(cancellationIds.map((id) => [id, []]));
  for (const row of rows) byCase.get(row.cancellation_id)?.push(toRecord(row));
  return byCase;
};

export type ShownStep = Pick<StepRecord, 'name' | 'state' | 'undo'> & { readonly doneAt: Date | null };
/** For pages: how each stands, and nothing of how it is carried out, which is most of a row. */
export const stepsToShow = (tx: Tx, cancellationId: string): Promise<ShownStep[]> =>
  tx.query<ShownStep>(`select name, phase = 'undo' as undo, state, done_at as "doneAt" from steps where cancellation_id = $1 order by ordinal`, [cancellationId]);

/** Saves plans, one per case. A repeat changes nothing. */
export const savePlans = async (tx: Tx, plans: readonly { readonly cancellationId: string; readonly brand: string; readonly steps: readonly PlannedStep[] }[]): Promise<void> => {
  const rows = plans.flatMap(({ cancellationId, brand, steps }) =>
    steps.map((step, ordinal) => ({ cancellation_id: cancellationId, brand, name: step.name, ordinal, after: step.after, phase: step.phase, state: step.wanted ? 'waiting' : 'not-wanted' })),
  );
  await tx.query(
    `insert into steps (cancellation_id, name, brand, ordinal, after, phase, state)
     select cancellation_id, name, brand, ordinal, array(select jsonb_array_elements_text(after)), phase, state
     from jsonb_to_recordset($1::jsonb) as n(cancellation_id uuid, name text, brand text, ordinal int, after jsonb, phase text, state text)
     on conflict do nothing`,
    [JSON.stringify(rows)],
  );
};

/** What changes at one step, in the transaction that claims it or records how it ended. */
export type StepChange = {
  readonly cancellationId: string;
  readonly name: StepName;
  readonly state: StepState;
  readonly attempts?: number;
  readonly reads?: number;
  readonly intentKey?: string;
  readonly intendedAt?: Date;
  readonly notBefore?: Date | null;
  readonly doneAt?: Date;
  readonly outcome?: unknown;
};

/** The row as `saveSteps` leaves it: what the change does not name stays, but for the pause, which each change sets anew. */
export const withChange = (row: StepRecord, { notBefore, intendedAt, ...change }: StepChange): StepRecord => {
  const { notBefore: _, ...rest } = row;
  const firstTriedAt = row.firstTriedAt ?? intendedAt;
  const named = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Partial<StepRecord>;
  return { ...rest, ...named, ...(firstTriedAt === undefined ? {} : { firstTriedAt }), ...(notBefore === undefined || notBefore === null ? {} : { notBefore }) };
};

export const saveSteps = async (tx: Tx, changes: readonly StepChange[]): Promise<void> => {
  if (changes.length === 0) return;
  const column = <Value>(of: (change: StepChange) => Value | undefined): (Value | null)[] => changes.map((change) => of(change) ?? null);
  await tx.query(
    `update steps s set state = n.state, attempts = coalesce(n.attempts, s.attempts), reads = coalesce(n.reads, s.reads), intent_key = coalesce(n.intent_key, s.intent_key),
        intended_at = coalesce(n.intended_at, s.intended_at), first_tried_at = coalesce(s.first_tried_at, n.intended_at),
        not_before = n.not_before, done_at = coalesce(n.done_at, s.done_at), outcome = coalesce(n.outcome, s.outcome)
     from unnest($1::uuid[], $2::text[], $3::text[], $4::int[], $5::int[], $6::text[], $7::timestamptz[], $8::timestamptz[], $9::timestamptz[], $10::jsonb[])
       as n(cancellation_id, name, state, attempts, reads, intent_key, intended_at, not_before, done_at, outcome)
     where s.cancellation_id = n.cancellation_id and s.name = n.name`,
    [
      column((one) => one.cancellationId), column((one) => one.name), column((one) => one.state), column((one) => one.attempts), column((one) => one.reads),
      column((one) => one.intentKey), column((one) => one.intendedAt), column((one) => one.notBefore), column((one) => one.doneAt),
      column((one) => (one.outcome === undefined ? undefined : JSON.stringify(one.outcome))),
    ],
  );
};

/**
 * Turns every step that can be undone and was ever tried (also in vain: half of it may be done) into one to be undone, and drops what never began. The fence goes up, so that
 * a worker that is acting right now can't record what it did; its lease stays, so that the undo comes after its act.
 */
export const turnToUndo = async (tx: Tx, cancellationIds: readonly string[], undoable: readonly StepName[]): Promise<void> => {
  await liftBar(tx, cancellationIds, undoable);
  await tx.query(`update steps set state = 'not-wanted' where cancellation_id = any($1::uuid[]) and phase <> 'undo' and state = 'waiting'`, [cancellationIds]);
};

/** The same for a case that may come back by an appeal: what was begun is undone, the rest of its plan stays. */
export const liftBar = async (tx: Tx, cancellationIds: readonly string[], undoable: readonly StepName[]): Promise<void> => {
  await tx.query(
    `update steps set phase = 'undo', state = 'waiting', attempts = 0, reads = 0, attested = false, intent_key = null, first_tried_at = null, not_before = null, after = '{}'
     where cancellation_id = any($1::uuid[]) and name = any($2::text[]) and (state in ('done', 'intended', 'stalled', 'refused') or (state = 'waiting' and attempts > 0))`,
    [cancellationIds, undoable],
  );
  await tx.query(`update cancellations set fence = fence + 1 where id = any($1::uuid[])`, [cancellationIds]);
};

/** What was lifted is ordered again; whoever is lifting it right now can't record that any more, and the order waits for the end of their lease. */
export const barAgain = async (tx: Tx, cancellationId: string): Promise<void> => {
  await tx.query(
    `update steps set phase = 'recoverable', state = 'waiting', attempts = 0, reads = 0, attested = false, intent_key = null, first_tried_at = null, not_before = null, done_at = null
     where cancellation_id = $1 and phase = 'undo'`, [cancellationId]);
  await tx.query(`update cancellations set fence = fence + 1 where id = $1`, [cancellationId]);
};

/** Stuck steps become open intents again: their next act is a read. Resolves to how many there were. */
export const reopenSteps = async (tx: Tx, cancellationId: string): Promise<number> =>
  (await tx.query(
    `update steps set state = 'intended', not_before = null, first_tried_at = null, reads = 0 where cancellation_id = $1 and state in ('refused', 'stalled') returning 1`,
    [cancellationId])).length;
