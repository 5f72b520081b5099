/** One transaction of a batch: how the last calls ended is recorded, our own steps are done, and the intents of the next calls are committed. */
import { isOrdered } from '../cancellation/cancellation.ts';
import { stall } from '../cancellation/moves/stall.ts';
import { packOf, saveAndFollow } from '../desk/follow.ts';
import { withServices } from '../desk/linked-services.ts';
import { must } from '../desk/must.ts';
import { stepsAtOnce } from '../policy/steps-at-once.ts';
import type { Outcome } from '../plan/ports.ts';
import { allSettled } from '../plan/progress.ts';
import { isRepeated, type Phase, type StepName } from '../plan/step.ts';
import { loadCancellations } from '../store/cancellations.ts';
import type { Tx } from '../store/db.ts';
import { loadLines, setLineStatus } from '../store/lines.ts';
import { loadSteps } from '../store/steps.ts';
import { openLine } from '../vault/contents.ts';
import { followReports } from './card-reports.ts';
import type { Execution } from './execution.ts';
import { intentsOf, isEarly, isTakenBack, keyOf, pauseOf, readyOf, rowsInWork, type Case, type Intent } from './in-work.ts';
import { dropLeases, keepLeases, leaseLeft, type Fences } from './lease.ts';
import { instructionOf, ordersOf, recordMoney, recordRequests } from './money.ts';
import { ownActs } from './own-steps.ts';
import { record, withoutNumbers } from './record.ts';
import { beforeSettling } from './transfers.ts';
import { gatherWrites, type Writes } from './writes.ts';

export type Ended = Intent & { readonly outcome: Outcome<unknown> };
/** The cases that go on, and what has to be called for them. `since`: milliseconds, no fewer than since their leases were renewed. */
export type Round = { readonly cases: readonly Case[]; readonly intents: readonly Intent[]; readonly since: () => number };

/** Everything that is needed to carry these on. */
export const loadCases = async (execution: Execution, tx: Tx, ids: readonly string[], jobsOf: ReadonlyMap<string, string[]>): Promise<Case[]> => {
  if (ids.length === 0) return [];
  const cancellations = await loadCancellations(tx, ids);
  const lines = new Map((await loadLines(tx, cancellations.map((one) => one.lineId))).map((row) => [row.id, row]));
  const keyring = await execution.vault.keyring(tx, cancellations.map((one) => one.subscriberId));
  const orders = await ordersOf(tx, ids);
  const rows = await loadSteps(tx, ids);
  return cancellations.map((one) => {
    const row = lines.get(one.lineId);
    const order = orders.get(one.id);
    if (row === undefined || order === undefined) throw new Error('a case without its line or plan');
    const { line, salt } = openLine(keyring, row);
    const pack = packOf(execution, one);
    return { one, rows: rows.get(one.id) ?? [], atOnce: stepsAtOnce(pack, one.reason), line: withServices(pack, line, row), salt, order, jobs: jobsOf.get(one.id) ?? [] };
  });
};

/**
 * Jobs of cases that this worker did not get: held by another, they come back when its lease is over; else there is nothing to do.
 * `hadThem`: it held them until their lease was over. Where nobody took them since, nothing else knows of what it began.
 */
export const handBack = async (execution: Execution, tx: Tx, jobsOf: ReadonlyMap<string, readonly string[]>, ours: ReadonlySet<string>, hadThem = false): Promise<void> => {
  const missed = [...jobsOf.keys()].filter((id) => !ours.has(id));
  if (missed.length === 0) return;
  const left = await leaseLeft(tx, missed);
  const now = execution.clock.now().getTime();
  const held = [...left].filter(([, lease]) => lease.left > 0 || hadThem);
  await execution.jobs.enqueue(tx, 'advance', held.map(([caseId, { brand, left: seconds }]) => ({ data: { caseId }, brand, at: new Date(now + seconds * 1000 + 500) })));
  await execution.jobs.complete(tx, 'advance', missed.flatMap((id) => jobsOf.get(id) ?? []));
};

/** `before` and `ended` stay as they are: a transaction that has to run again begins from them. `last`: nothing more is intended here, another worker goes on. */
export const oneRound = async (execution: Execution, tx: Tx, fences: Fences, before: readonly Case[], ended: readonly Ended[], last = false): Promise<Round> => {
  const now = execution.clock.now();
  const since = execution.timers.stopwatch();
  const kept = await keepLeases(tx, new Map(before.flatMap(({ one }) => (fences.has(one.id) ? [[one.id, fences.get(one.id) ?? 0] as const] : []))));
  const own = before.filter(({ one }) => kept.has(one.id)).map((held) => ({ ...held }));
  // Whoever holds a lost case reads its open intents before repeating anything; here only the job is left to be given up.
  await handBack(execution, tx, new Map(before.map((held) => [held.one.id, held.jobs])), new Set(kept.keys()), true);
  await reload(tx, own.filter(({ one }) => kept.get(one.id) !== one.version));

  const writes = gatherWrites();
  await recordEnds(execution, tx, writes, own, ended, now);
  await stallCases(execution, tx, writes, own, now);
  const doneHere = await doOwnSteps(execution, tx, writes, own, now);
  const intents = last ? [] : await intend(execution, tx, writes, own, now);
  await writes.flush(tx);
  const goingOn = new Set(intents.map(({ held }) => held));
  await finish(execution, tx, own.filter((held) => !goingOn.has(held)), now, last);
  for (const { row, held } of ended) if (kept.has(held.one.id)) execution.reached?.(row.name, 'commit');
  for (const name of doneHere) execution.reached?.(name, 'commit');
  return { cases: [...goingOn], intents, since };
};

/** Somebody moved these meanwhile and left the lease alone. */
const reload = async (tx: Tx, cases: readonly Case[]): Promise<void> => {
  if (cases.length === 0) return;
  const ids = cases.map(({ one }) => one.id);
  const rows = await loadSteps(tx, ids);
  const current = new Map((await loadCancellations(tx, ids)).map((one) => [one.id, one]));
  for (const held of cases) {
    held.rows = rows.get(held.one.id) ?? [];
    held.one = current.get(held.one.id) ?? held.one;
    held.head = undefined;
  }
};

const recordEnds = async (execution: Execution, tx: Tx, writes: Writes, own: readonly Case[], ended: readonly Ended[], now: Date): Promise<void> => {
  const byId = new Map(own.map((held) => [held.one.id, held]));
  const recorded = ended.flatMap((one) => {
    const held = byId.get(one.held.one.id);
    return held === undefined ? [] : [{ ...one, held, result: record(one.row, one.step, one.mode, one.outcome, now, isRepeated(one.step, instructionOf(held.order))) }];
  });
  for (const { held, row, mode, outcome, result } of recorded) {
    writes.step(held, result.change);
    const of = { cancellationId: held.one.id, brand: held.one.brand, at: now };
    if (result.event !== undefined)
      writes.entry(held, { brand: of.brand, at: now, event: result.event, actor: 'executor', facts: { step: row.name, attempts: row.attempts, settledBy: mode, ...(outcome.kind === 'refused' ? { code: outcome.code } : {}) } });
    if (result.told !== undefined) writes.tried({ ...of, step: row.name, undo: row.undo, mode, intentKey: keyOf(row), outcome: result.told });
    // Before the commit: called twice is better than not at all, as after a commit whose reply is lost.
    if (result.stall !== undefined) execution.alarm({ caseId: held.one.id, step: row.name, why: result.stall });
    if (outcome.kind === 'unreachable' && outcome.wantsPeople && row.attempts <= 1) execution.alarm({ caseId: held.one.id, step: row.name, why: withoutNumbers(outcome.says) });
  }
  await recordMoney(execution, tx, recorded, now);
  // What the card reported before the order was carried out counts as well.
  const ordered = recorded.filter(({ row, result }) => row.name === 'cancel-esim-order' && result.change.state === 'done');
  if (ordered.length === 0) return;
  await writes.flush(tx);
  const reported = new Set(await followReports(execution, tx, ordered.map(({ held }) => held.one), now));
  for (const { held } of ordered) if (reported.has(held.one.id)) held.head = undefined;
};

/** Past the point of no return a step that people must look at parks the whole case, also one that got stuck before that point. */
const stallCases = async (execution: Execution, tx: Tx, writes: Writes, cases: readonly Case[], now: Date): Promise<void> => {
  const stuck = cases.flatMap((held) => {
    const row = held.rows.find((one) => one.state === 'refused' || one.state === 'stalled');
    return row === undefined || held.one.state !== 'executing' ? [] : [{ held, moved: must(stall(held.one, now, { step: row.name, why: row.state })) }];
  });
  if (stuck.length === 0) return;
  await writes.flush(tx);
  await saveAndFollow(execution, tx, stuck.map(({ moved }) => moved));
  for (const { held, moved } of stuck) [held.one, held.head] = [moved.after, undefined];
};

const isOpen = ({ rows }: Case, name: StepName): boolean => rows.some((row) => row.name === name && (row.state === 'waiting' || row.state === 'intended'));

/** As many of our own steps as are ready, one kind after another for all cases at once. Resolves to their names. */
const doOwnSteps = async (execution: Execution, tx: Tx, writes: Writes, cases: readonly Case[], now: Date): Promise<string[]> => {
  const done: string[] = [];
  for (const [name, act] of Object.entries(ownActs) as [keyof typeof ownActs, (typeof ownActs)[keyof typeof ownActs]][]) {
    const ready = cases.filter((held) => isOpen(held, name) && readyOf(held, now).some((row) => row.name === name));
    if (ready.length === 0) continue;
    if (name === 'issue-certificate') await writes.flush(tx); // it states what was recorded, and adds to the journal
    await act(execution, tx, ready, now);
    done.push(name);
    for (const held of ready) {
      writes.step(held, { cancellationId: held.one.id, name, state: 'done', doneAt: now, attempts: 1, outcome: { kind: 'done' } });
      writes.entry(held, { brand: held.one.brand, at: now, event: 'step-done', actor: 'executor', facts: { step: name } });
    }
  }
  return done;
};

/** When credit that is on its way to a line has arrived, as a rule. */
const shortlyAfter = (now: Date): Date => new Date(now.getTime() + 2000);

/** Commits to the next calls. Until a settlement begins it may be reckoned anew, because a bill was paid or credit came. */
const intend = async (execution: Execution, tx: Tx, writes: Writes, own: readonly Case[], now: Date): Promise<Intent[]> => {
  const ready = own.flatMap((held) => intentsOf(held, now));
  const settling = ready.filter(({ row, mode }) => row.name === 'settle-balance' && mode === 'act').map(({ held }) => held);
  const waiting = await beforeSettling(execution, tx, settling.map(({ one }) => ({ id: one.id, lineId: one.lineId })));
  await reckonedAnew(tx, settling);
  for (const held of settling)
    if (waiting.has(held.one.id)) writes.step(held, { cancellationId: held.one.id, name: 'settle-balance', state: 'waiting', notBefore: shortlyAfter(now) });

  const intents = ready.filter(({ held, row }) => row.name !== 'settle-balance' || !waiting.has(held.one.id));
  for (const { held, row, mode } of intents)
    writes.step(held, { cancellationId: held.one.id, name: row.name, state: 'intended', intendedAt: now, intentKey: keyOf(row), attempts: mode === 'act' ? row.attempts + 1 : row.attempts });
  await recordRequests(execution, tx, intents.map((intent) => ({ ...intent, key: keyOf(intent.row) })), now);
  return intents.map((intent) => ({ ...intent, row: intent.held.rows.find((row) => row.name === intent.row.name) ?? intent.row }));
};

/** What may have been reckoned anew since it was loaded: the amounts, and whether something is left to pay back. */
const reckonedAnew = async (tx: Tx, settling: readonly Case[]): Promise<void> => {
  if (settling.length === 0) return;
  const ids = settling.map(({ one }) => one.id);
  const orders = await ordersOf(tx, ids);
  const refunds = await loadSteps(tx, ids, 'refund-credit');
  for (const held of settling) {
    const [refund] = refunds.get(held.one.id) ?? [];
    held.order = orders.get(held.one.id) ?? held.order;
    held.rows = held.rows.map((row) => (row.name === refund?.name ? refund : row));
  }
};

const every: readonly Phase[] = ['recoverable', 'final'];

/** Nothing to call for these now: over, paused, or waiting for people; or this worker ends, and leaves them to another. */
const finish = async (execution: Execution, tx: Tx, cases: readonly Case[], now: Date, last: boolean): Promise<void> => {
  if (cases.length === 0) return;
  await execution.jobs.enqueue(tx, 'advance', cases.flatMap((held) => {
    const at = last && intentsOf(held, now).length > 0 ? now : pauseOf(held, now);
    return at === undefined ? [] : [{ data: { caseId: held.one.id }, brand: held.one.brand, at, behind: isOrdered(held.one) }];
  }));
  const barred = cases.filter((held) => (held.one.state === 'recoverable' && allSettled(held.rows.filter((row) => row.phase === 'recoverable'), every))
    || (held.atOnce.includes('bar-line') && isEarly(held) && held.rows.some((row) => row.name === 'bar-line' && row.state === 'done')));
  const restored = cases.filter((held) => isTakenBack(held) && allSettled(rowsInWork(held), every));
  await setLineStatus(tx, barred.map(({ one }) => one.lineId), 'barred');
  await setLineStatus(tx, restored.map(({ one }) => one.lineId), 'active');
  await dropLeases(tx, cases.map(({ one }) => one.id));
  await execution.jobs.complete(tx, 'advance', cases.flatMap((held) => held.jobs));
};
