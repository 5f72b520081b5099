/** What a round writes, gathered so that each table is written by one statement, however many cases and steps it touches. */
import type { Cancellation } from '../cancellation/cancellation.ts';
import type { Head } from '../evidence/chain.ts';
import type { Tx } from '../store/db.ts';
import { appendJournal, type NewEntry } from '../store/journal.ts';
import { saveTries, type NewTry } from '../store/resolutions.ts';
import { saveSteps, withChange, type StepChange, type StepRecord } from '../store/steps.ts';

/** Whose rows and journal are changed: they stand as changed at once, in memory. */
type Rows = { readonly one: Pick<Cancellation, 'id'>; rows: StepRecord[]; head?: Head | undefined };

export type Writes = {
  step(held: Rows, change: StepChange): void;
  entry(held: Rows, entry: Omit<NewEntry, 'cancellationId'>): void;
  tried(one: NewTry): void;
  /** Everything gathered so far, in this transaction. Before anything that reads it there, or that adds to the journal. */
  flush(tx: Tx): Promise<void>;
};

export const gatherWrites = (): Writes => {
  const entries: { readonly held: Rows; readonly entry: NewEntry }[] = [];
  const tries: NewTry[] = [];
  const changes = new Map<string, StepChange>();
  return {
    step: (held, change) => {
      const key = `${change.cancellationId} ${change.name}`;
      const before = changes.get(key);
      changes.set(key, before === undefined ? change : { ...before, ...change, notBefore: change.notBefore ?? null });
      held.rows = held.rows.map((row) => (row.name === change.name ? withChange(row, change) : row));
    },
    entry: (held, entry) => void entries.push({ held, entry: { ...entry, cancellationId: held.one.id } }),
    tried: (one) => void tries.push(one),
    flush: async (tx) => {
      const [added, tried] = [entries.splice(0), tries.splice(0)];
      await saveSteps(tx, [...changes.values()]);
      changes.clear();
      const chained = await appendJournal(tx, added.map(({ entry }) => entry), new Map(added.flatMap(({ held }) => (held.head === undefined ? [] : [[held.one.id, held.head]]))));
      added.forEach(({ held }, place) => { held.head = chained[place]; });
      await saveTries(tx, tried);
    },
  };
};
