import type { MoveName } from './life-cycle.ts';

/** What the journal says of a move: a fact of the past. Stands in chains and certificates; never renamed. */
export const pastOf = {
  receive: 'received', prove: 'proven', review: 'reviewing', ask: 'asked', supply: 'supplied', approve: 'approved',
  refuse: 'refused', appeal: 'appealed', confirm: 'scheduled', bar: 'barred', withdraw: 'withdrawn', lapse: 'lapsed',
  execute: 'executing', stall: 'stalled', resume: 'resumed', complete: 'cancelled', erase: 'erased',
} as const satisfies Record<MoveName, string>;
export type MoveEvent = (typeof pastOf)[MoveName];

/** What the journal says of a step. */
export const stepEvents = ['step-done', 'step-refused', 'step-unknown', 'step-undone', 'step-not-wanted', 'step-attested'] as const;
export type StepEvent = (typeof stepEvents)[number];

/** What is recorded of a case without moving it: the first of two approvals, the first of two confirmations; the mail to confirm by, or a failed refund, sent again; what two people find of a step; a due date that could not be reckoned when its clock began. */
export const halfwayEvents = ['approved-by-first', 'confirmed-once', 'confirm-sent-again', 'refund-again', 'resolution-proposed', 'resolution-agreed', 'resolution-rejected', 'due-reckoned'] as const;
export type HalfwayEvent = (typeof halfwayEvents)[number];

/** What is recorded of the profile of an eSIM: the card reported its deletion; its subscriber says that it is deleted. */
export const profileEvents = ['profile-deleted', 'deletion-said'] as const;
export type ProfileEvent = (typeof profileEvents)[number];
/** What is recorded after the end: the line was found not to be silent, a step was ordered once more, it was found silent again. */
export const silenceEvents = ['not-silent', 'mend-ordered', 'silent-again'] as const;
export type SilenceEvent = (typeof silenceEvents)[number];
export type CaseEvent = SilenceEvent | MoveEvent | StepEvent | HalfwayEvent | ProfileEvent;
