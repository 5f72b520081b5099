import type { PlannedStep } from './make-plan.ts';
import type { StepName } from './step.ts';

/** The plan of a case some of whose steps are carried out at receipt: they are undoable for as long as the case is, whatever waiting time follows. */
export const atOnceFirst = (plan: readonly PlannedStep[], atOnce: readonly StepName[]): PlannedStep[] =>
  plan.map((step) => (atOnce.includes(step.name) ? { ...step, phase: 'recoverable' } : step));
