/**
 * The life of a cancellation: every state, every move, and who may make it.
 * The SQL check, the diagram in ARCHITECTURE.md and the exhaustive test are made from this table;
 * nothing else writes `state`.
 */
export const states = [
  'draft', 'received', 'proven', 'reviewing', 'waiting', 'approved', 'scheduled', 'recoverable',
  'executing', 'stalled', 'cancelled', 'erased', 'refused', 'withdrawn', 'lapsed',
] as const;
export type State = (typeof states)[number];

export const actors = ['subscriber', 'agent', 'reviewer', 'policy', 'clock', 'executor', 'anyone', 'operator'] as const;
/** `anyone` is a person without sign-in, admitted where the jurisdiction demands it (§ 312k BGB). `operator` is two people of the operator, who order many lines to end. */
export type Actor = (typeof actors)[number];

type Rule = { readonly from: readonly State[]; readonly to: State; readonly by: readonly Actor[] };

export const lifeCycle = {
  receive:  { from: ['draft'], to: 'received', by: ['subscriber', 'agent', 'anyone', 'operator'] },
  prove:    { from: ['received'], to: 'proven', by: ['subscriber', 'agent', 'operator'] },
  review:   { from: ['proven'], to: 'reviewing', by: ['policy'] },
  ask:      { from: ['reviewing'], to: 'waiting', by: ['reviewer'] },
  supply:   { from: ['waiting'], to: 'reviewing', by: ['subscriber', 'agent'] },
  approve:  { from: ['proven', 'reviewing'], to: 'approved', by: ['policy', 'reviewer', 'operator'] },
  refuse:   { from: ['reviewing'], to: 'refused', by: ['reviewer'] },
  appeal:   { from: ['refused'], to: 'reviewing', by: ['subscriber'] },
  confirm:  { from: ['approved'], to: 'scheduled', by: ['subscriber', 'policy'] },
  bar:      { from: ['scheduled'], to: 'recoverable', by: ['clock'] },
  withdraw: { from: ['received', 'proven', 'reviewing', 'waiting', 'approved', 'scheduled', 'recoverable'], to: 'withdrawn', by: ['subscriber', 'agent'] },
  lapse:    { from: ['draft', 'received', 'waiting', 'approved'], to: 'lapsed', by: ['clock'] },
  execute:  { from: ['scheduled', 'recoverable'], to: 'executing', by: ['clock'] }, // the point of no return
  stall:    { from: ['executing'], to: 'stalled', by: ['executor'] },
  resume:   { from: ['stalled'], to: 'executing', by: ['agent'] },
  complete: { from: ['executing'], to: 'cancelled', by: ['executor'] },
  erase:    { from: ['cancelled'], to: 'erased', by: ['executor'] },
} as const satisfies Record<string, Rule>;

export type MoveName = keyof typeof lifeCycle;
export const moveNames = Object.keys(lifeCycle) as MoveName[];

/** While a case is in one of these, its line can have no other (held by a partial unique index). */
export const openStates = [
  'draft', 'received', 'proven', 'reviewing', 'waiting', 'approved', 'scheduled', 'recoverable', 'executing', 'stalled',
] as const satisfies readonly State[];

/** Nothing leads out of these but `appeal` and `erase`. */
export const closedStates = states.filter((state) => !(openStates as readonly State[]).includes(state));

/** From here on a withdrawal is not possible any more. */
export const irrevocableStates = ['executing', 'stalled', 'cancelled', 'erased'] as const satisfies readonly State[];
export const isIrrevocable = (state: State): boolean => (irrevocableStates as readonly State[]).includes(state);
export const isOpen = (state: State): boolean => (openStates as readonly State[]).includes(state);

export const ruleOf = (move: MoveName): Rule => lifeCycle[move];
