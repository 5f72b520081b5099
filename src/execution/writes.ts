/** What a round writes, gathered so that each table is written by one statement, however many cases and steps it touches. */
import type { Tx } from '../store/db.ts';
import { appendJournal, type Heads, type NewEntry } from '../store/journal.ts';
import { saveTries, type NewTry } from '../store/resolutions.ts';
import { saveSteps, withChange, type StepChange, type StepRecord } from '../store/steps.ts';

/** Whose rows are changed: they stand as changed at once, in memory. */
type Rows = { rows: StepRecord[] };

export type Writes = {
  step(held: Rows, change: StepChange): void;
  entry(entry: NewEntry): void;
  tried(one: NewTry): void;
  /** Everything gathered so far, in this transaction. Before anything that reads it there, or that adds to the journal. */
  flush(tx: Tx): Promise<void>;
};

/** `heads`: the last entry of each case, read under its lock; good for the first flush, after which others may have added. */
export const gatherWrites = (heads: Heads): Writes => {
  let known: Heads | undefined = heads;
  let entries: NewEntry[] = [];
  let tries: NewTry[] = [];
  const changes = new Map<string, StepChange>();
  return {
    step: (held, change) => {
      const key = `${change.cancellationId} ${change.name}`;
      const before = changes.get(key);
      changes.set(key, before === undefined ? change : { ...before, ...change, notBefore: change.notBefore ?? null });
      held.rows = held.rows.map((row) => (row.name === change.name ? withChange(row, change) : row));
    },
    entry: (entry) => void entries.push(entry),
    tried: (one) => void tries.push(one),
    flush: async (tx) => {
      const [gathered, added] = [entries, tries];
      [entries, tries] = [[], []];
      await saveSteps(tx, [...changes.values()]);
      changes.clear();
      await appendJournal(tx, gathered, known);
      known = undefined;
      await saveTries(tx, added);
    },
  };
};
