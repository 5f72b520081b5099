import type { PlannedStep } from './make-plan.ts';

/** The plan of a case whose line is barred at receipt: the bar is undoable for as long as the case is, whatever waiting time follows. */
export const barFirst = (plan: readonly PlannedStep[]): PlannedStep[] =>
  plan.map((step) => (step.name === 'bar-line' ? { ...step, phase: 'recoverable' } : step));
