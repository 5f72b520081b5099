import type { StepName } from './step.ts';

/** What may sound of a line that has ended. `reachable`: the register lets it call or use data; `attached`: it knows the line, switched off. */
export const findingKinds = ['still-reachable', 'still-attached', 'still-billed', 'bill-after-end', 'service-runs'] as const;
export type FindingKind = (typeof findingKinds)[number];

/**
 * Which steps of the plan put it right when they are carried out once more. What billing asks for after the end no step takes
 * back: settling again would collect it. That bill is struck in billing, by people.
 */
export const mendSteps: Readonly<Record<FindingKind, readonly StepName[]>> = {
  'still-reachable': ['detach-subscriber', 'remove-subscriber'],
  'still-attached': ['detach-subscriber', 'remove-subscriber'],
  'still-billed': ['stop-billing'],
  'bill-after-end': [],
  'service-runs': ['end-linked-services'],
};
