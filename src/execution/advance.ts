/**
 * Carries plans out, for a batch of cases at once. A round is one transaction and then the calls that it committed to:
 * the transaction records how the last calls ended and commits the intents of the next.
 */
import type { State } from '../cancellation/life-cycle.ts';
import { stall } from '../cancellation/moves/stall.ts';
import type { Moved } from '../cancellation/moves/move.ts';
import { packOf, saveAndFollow } from '../desk/follow.ts';
import { withServices } from '../desk/linked-services.ts';
import { must } from '../desk/must.ts';
import { barsAtOnce } from '../policy/bars-at-once.ts';
import { stepNamed } from '../plan/make-plan.ts';
import type { Outcome } from '../plan/ports.ts';
import { allSettled, nextPause, readySteps } from '../plan/progress.ts';
import type { CarrierStep, Phase, StepContext } from '../plan/step.ts';
import { loadCancellations } from '../store/cancellations.ts';
import type { Tx } from '../store/db.ts';
import type { Taken } from '../store/jobs.ts';
import { appendJournal, type NewEntry } from '../store/journal.ts';
import { loadLines, setLineStatus } from '../store/lines.ts';
import { saveTries, type NewTry } from '../store/resolutions.ts';
import { loadSteps, saveSteps, type StepChange, type StepRecord } from '../store/steps.ts';
import { openLine } from '../vault/contents.ts';
import { followReports } from './card-reports.ts';
import type { Execution } from './execution.ts';
import { dropLeases, giveBack, keepLeases, leaseLeft, renewEverySeconds, renewLeases, takeLeases, type Fences } from './lease.ts';
import { ownActs, type Held } from './own-steps.ts';
import { instructionOf, ordersOf, recordMoney, recordRequests, type Order } from './money.ts';
import { record, withoutNumbers, type Mode } from './record.ts';
import { beforeSettling } from './transfers.ts';

const phasesOf: Partial<Record<State, readonly Phase[]>> = {
  // Before the waiting period only the bar of a case that is barred at once; see `rowsInWork`.
  received: ['recoverable'],
  proven: ['recoverable'],
  reviewing: ['recoverable'],
  waiting: ['recoverable'],
  approved: ['recoverable'],
  scheduled: ['recoverable'],
  recoverable: ['recoverable'],
  executing: ['recoverable', 'final'],
  cancelled: ['recoverable', 'final'], // the plan's last steps come after the move
  withdrawn: ['recoverable'],
  refused: ['recoverable'],
  lapsed: ['recoverable'],
};
const early = new Set<State>(['received', 'proven', 'reviewing', 'waiting', 'approved', 'scheduled']);
/** What was begun is taken back. */
const takesBack = new Set<State>(['withdrawn', 'refused', 'lapsed']);
const workStates = Object.keys(phasesOf);

type Case = Held & { /** Its line is barred from receipt on. */ readonly atOnce: boolean; order: Order; readonly jobs: string[] };
type Intent = { readonly held: Case; readonly row: StepRecord; readonly step: CarrierStep; readonly mode: Mode };
type Ended = Intent & { readonly outcome: Outcome<unknown> };

export const advance = async (execution: Execution, jobs: readonly Taken<'advance'>[]): Promise<void> => {
  const jobsOf = new Map<string, string[]>();
  for (const job of jobs) jobsOf.set(job.data.caseId, [...(jobsOf.get(job.data.caseId) ?? []), job.id]);

  const taken = await execution.db.acrossBrands(async (tx) => {
    const fences = await takeLeases(tx, [...jobsOf.keys()], workStates);
    await handBack(execution, tx, jobsOf, fences);
    return { fences, cases: await loadCases(execution, tx, [...fences.keys()], jobsOf) };
  });

  // A renewal that fails is no matter: the next round finds out whether the lease still holds.
  const stopRenewing = execution.timers.every(renewEverySeconds * 1000, () => void execution.db.acrossBrands((tx) => renewLeases(tx, taken.fences)).catch(() => undefined));
  try {
    await carryOut(execution, taken.cases, taken.fences);
  } catch (error) {
    // No call is under way any more, so the next try need not wait for the lease to end.
    await execution.db.acrossBrands((tx) => giveBack(tx, taken.fences)).catch(() => undefined); // the lease ends by itself
    throw error;
  } finally {
    stopRenewing();
  }
};

const carryOut = async (execution: Execution, taken: readonly Case[], fences: Fences): Promise<void> => {
  let ended: Ended[] = [];
  let cases = taken;
  while (cases.length > 0) {
    const round = await execution.db.acrossBrands((tx) => oneRound(execution, tx, fences, cases, ended));
    for (const { row } of round.intents) execution.reached?.(row.name, 'before');
    ended = await Promise.all(round.intents.map(async (intent) => ({ ...intent, outcome: await call(execution, intent) })));
    for (const { row } of ended) execution.reached?.(row.name, 'after');
    cases = round.cases;
  }
};

/** Jobs of cases that this worker did not get: held by another, they come back when its lease is over; else there is nothing to do. */
const handBack = async (execution: Execution, tx: Tx, jobsOf: ReadonlyMap<string, string[]>, fences: Fences): Promise<void> => {
  const missed = [...jobsOf.keys()].filter((id) => !fences.has(id));
  if (missed.length === 0) return;
  const left = await leaseLeft(tx, missed);
  const now = execution.clock.now().getTime();
  const held = missed.filter((id) => (left.get(id) ?? 0) > 0);
  await execution.jobs.enqueue(tx, 'advance', held.map((caseId) => ({ data: { caseId }, at: new Date(now + (left.get(caseId) ?? 0) * 1000 + 500) })));
  await execution.jobs.complete(tx, 'advance', missed.flatMap((id) => jobsOf.get(id) ?? []));
};

const loadCases = async (execution: Execution, tx: Tx, ids: readonly string[], jobsOf: ReadonlyMap<string, string[]>): Promise<Case[]> => {
  if (ids.length === 0) return [];
  const cancellations = await loadCancellations(tx, ids);
  const lines = new Map((await loadLines(tx, cancellations.map((one) => one.lineId))).map((row) => [row.id, row]));
  const keyring = await execution.vault.keyring(tx, cancellations.map((one) => one.subscriberId));
  const orders = await ordersOf(tx, ids);
  return cancellations.map((one) => {
    const row = lines.get(one.lineId);
    const order = orders.get(one.id);
    if (row === undefined || order === undefined) throw new Error('a case without its line or plan');
    const { line, salt } = openLine(keyring, row);
    const pack = packOf(execution, one);
    return { one, rows: [], atOnce: barsAtOnce(pack, one.reason), line: withServices(pack, line, row), salt, order, jobs: jobsOf.get(one.id) ?? [] };
  });
};

/** Records, then claims. Gives back the cases that go on and what has to be called for them. */
const oneRound = async (execution: Execution, tx: Tx, fences: Fences, cases: readonly Case[], ended: readonly Ended[]): Promise<{ cases: Case[]; intents: Intent[] }> => {
  const now = execution.clock.now();
  const kept = await keepLeases(tx, new Map([...fences].filter(([id]) => cases.some(({ one }) => one.id === id))));
  const own = cases.filter(({ one }) => kept.has(one.id));
  const lost = cases.filter(({ one }) => !kept.has(one.id));
  // Whoever holds a lost case reads its open intents before repeating anything; here only the job is left to be given up.
  await handBack(execution, tx, new Map(lost.map((held) => [held.one.id, held.jobs])), new Map());

  const recorded = ended.filter(({ held }) => kept.has(held.one.id)).map((one) => ({ ...one, result: record(one.row, one.step, one.mode, one.outcome, now) }));
  await saveSteps(tx, recorded.map(({ result }) => result.change));
  await appendJournal(tx, recorded.flatMap(({ row, held, mode, outcome, result }): NewEntry[] =>
    result.event === undefined ? [] : [{
      cancellationId: held.one.id, brand: held.one.brand, at: now, event: result.event, actor: 'executor',
      facts: { step: row.name, attempts: row.attempts, settledBy: mode, ...(outcome.kind === 'refused' ? { code: outcome.code } : {}) },
    }]));
  await saveTries(tx, recorded.flatMap(({ row, held, mode, result }): NewTry[] =>
    result.told === undefined ? [] : [{ cancellationId: row.cancellationId, brand: held.one.brand, step: row.name, at: now, undo: row.undo, mode, intentKey: row.intentKey ?? keyOf(row), outcome: result.told }]));
  await recordMoney(execution, tx, recorded, now);
  // What the card reported before the order was carried out counts as well.
  await followReports(execution, tx, recorded.filter(({ row, result }) => row.name === 'cancel-esim-order' && result.change.state === 'done').map(({ held }) => held.one), now);
  await reload(tx, own);
  for (const { held, row, result } of recorded) if (result.stall !== undefined) execution.alarm({ caseId: held.one.id, step: row.name, why: result.stall });
  for (const { held, row, outcome } of recorded) if (outcome.kind === 'unreachable' && outcome.wantsPeople && row.attempts <= 1) execution.alarm({ caseId: held.one.id, step: row.name, why: withoutNumbers(outcome.says) });
  await stallCases(execution, tx, own, now);
  await doOwnSteps(execution, tx, own, now);

  const ready = own.flatMap((held) => intentsOf(held, now));
  const settling = ready.filter(({ row, mode }) => row.name === 'settle-balance' && mode === 'act').map(({ held }) => held);
  const waiting = await beforeSettling(execution, tx, settling.map(({ one }) => ({ id: one.id, lineId: one.lineId })));
  await saveSteps(tx, [...waiting].map((cancellationId): StepChange => ({ cancellationId, name: 'settle-balance', state: 'waiting', notBefore: shortlyAfter(now) })));
  if (settling.length > 0) await reload(tx, settling);
  const intents = ready.filter(({ held, row }) => row.name !== 'settle-balance' || !waiting.has(held.one.id));
  await saveSteps(tx, intents.map(({ row, mode }): StepChange => ({
    cancellationId: row.cancellationId, name: row.name, state: 'intended', intendedAt: now,
    intentKey: row.intentKey ?? keyOf(row), attempts: mode === 'act' ? row.attempts + 1 : row.attempts,
  })));
  await recordRequests(execution, tx, intents.map((intent) => ({ ...intent, key: intent.row.intentKey ?? keyOf(intent.row) })), now);
  const goingOn = own.filter((held) => intents.some((intent) => intent.held === held));
  await finish(execution, tx, own.filter((held) => !goingOn.includes(held)), now);
  for (const { row } of recorded) execution.reached?.(row.name, 'commit');
  return {
    cases: goingOn,
    intents: intents.map((intent) => ({ ...intent, row: { ...intent.row, attempts: intent.mode === 'act' ? intent.row.attempts + 1 : intent.row.attempts, intentKey: intent.row.intentKey ?? keyOf(intent.row), firstTriedAt: intent.row.firstTriedAt ?? now } })),
  };
};

/** When credit that is on its way to a line has arrived, as a rule. */
const shortlyAfter = (now: Date): Date => new Date(now.getTime() + 2000);

/** One key for every repeat of the same act, so that a peer can tell a repeat; another one for its undoing. */
const keyOf = (row: StepRecord): string => `${row.cancellationId}:${row.name}${row.undo ? ':undo' : ''}`;

const reload = async (tx: Tx, cases: readonly Case[]): Promise<void> => {
  const ids = cases.map(({ one }) => one.id);
  const rows = await loadSteps(tx, ids);
  const current = new Map((await loadCancellations(tx, ids)).map((one) => [one.id, one]));
  // Until the settlement begins it may be reckoned anew: a bill was paid, credit came.
  const orders = await ordersOf(tx, ids);
  for (const held of cases) {
    held.order = orders.get(held.one.id) ?? held.order;
    held.rows = rows.get(held.one.id) ?? [];
    held.one = current.get(held.one.id) ?? held.one;
  }
};

/** The rows that this state lets the worker touch: a case that is over only takes back, any other only goes forward; one that nobody decided on yet, by its bar alone. */
const rowsInWork = ({ one, rows, atOnce }: Case): StepRecord[] =>
  rows.filter((row) => row.undo === takesBack.has(one.state) && (!early.has(one.state) || (atOnce && row.name === 'bar-line')));

const intentsOf = (held: Case, now: Date): Intent[] =>
  readySteps(rowsInWork(held), phasesOf[held.one.state] ?? [], now).flatMap((ready) => {
    const row = held.rows.find((one) => one.name === ready.name);
    const step = stepNamed(ready.name);
    return row === undefined || step.on === 'own' ? [] : [{ held, row, step, mode: row.attested ? 'attested' : row.state === 'intended' ? 'read' : 'act' }];
  });

const call = async (execution: Execution, { held, row, step, mode }: Intent): Promise<Outcome<unknown>> => {
  const context: StepContext = {
    line: held.line, settlement: instructionOf(held.order), ports: execution.ports,
    call: { key: row.intentKey ?? keyOf(row), signal: AbortSignal.timeout(20_000) },
  };
  if (mode === 'attested') return { kind: 'done', fact: 'attested' };
  const act = row.undo && step.undo !== 'none' ? step.undo.act : step.act;
  try {
    return await (mode === 'read' && step.read !== 'repeat' ? step.read(context) : act(context));
  } catch (fault) {
    // A connector promises never to throw. One that does may have acted.
    execution.alarm({ caseId: held.one.id, step: row.name, why: `connector fault: ${fault instanceof Error ? fault.name : 'unknown'}` });
    return { kind: 'unknown', says: 'the connector failed' };
  }
};

/** Past the point of no return a step that people must look at parks the whole case, also one that got stuck before that point. */
const stallCases = async (execution: Execution, tx: Tx, cases: readonly Case[], now: Date): Promise<void> => {
  const moves = new Map<Case, Moved>();
  for (const held of cases) {
    const stuck = held.rows.find((row) => row.state === 'refused' || row.state === 'stalled');
    if (stuck !== undefined && held.one.state === 'executing') moves.set(held, must(stall(held.one, now, { step: stuck.name, why: stuck.state })));
  }
  await saveAndFollow(execution, tx, [...moves.values()]);
  for (const [held, move] of moves) held.one = move.after;
};

/** As many of our own steps as are ready, one kind after another for all cases at once. */
const doOwnSteps = async (execution: Execution, tx: Tx, cases: readonly Case[], now: Date): Promise<void> => {
  for (const [name, act] of Object.entries(ownActs) as [keyof typeof ownActs, (typeof ownActs)[keyof typeof ownActs]][]) {
    const ready = cases.filter((held) => readySteps(rowsInWork(held), phasesOf[held.one.state] ?? [], now).some((row) => row.name === name));
    if (ready.length === 0) continue;
    await act(execution, tx, ready, now);
    await saveSteps(tx, ready.map(({ one }): StepChange => ({ cancellationId: one.id, name, state: 'done', doneAt: now, attempts: 1, outcome: { kind: 'done' } })));
    await appendJournal(tx, ready.map(({ one }): NewEntry => ({ cancellationId: one.id, brand: one.brand, at: now, event: 'step-done', actor: 'executor', facts: { step: name } })));
    for (const held of ready) held.rows = held.rows.map((row) => (row.name === name ? { ...row, state: 'done', doneAt: now } : row));
  }
};

/** Nothing to call for these now: over, paused, or waiting for people. */
const finish = async (execution: Execution, tx: Tx, cases: readonly Case[], now: Date): Promise<void> => {
  const phases: readonly Phase[] = ['recoverable', 'final'];
  const pauses = cases.flatMap((held) => {
    const at = nextPause(rowsInWork(held), phasesOf[held.one.state] ?? [], now);
    return at === undefined ? [] : [{ data: { caseId: held.one.id }, at }];
  });
  await execution.jobs.enqueue(tx, 'advance', pauses);
  const barred = cases.filter(({ one, rows, atOnce }) => (one.state === 'recoverable' && allSettled(rows.filter((row) => row.phase === 'recoverable'), phases))
    || (atOnce && early.has(one.state) && rows.some((row) => row.name === 'bar-line' && row.state === 'done')));
  const restored = cases.filter((held) => takesBack.has(held.one.state) && allSettled(rowsInWork(held), phases));
  await setLineStatus(tx, barred.map(({ one }) => one.lineId), 'barred');
  await setLineStatus(tx, restored.map(({ one }) => one.lineId), 'active');
  await dropLeases(tx, cases.map(({ one }) => one.id));
  await execution.jobs.complete(tx, 'advance', cases.flatMap((held) => held.jobs));
};
