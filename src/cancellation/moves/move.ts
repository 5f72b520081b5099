import type { Cancellation } from '../cancellation.ts';
import { ruleOf, type Actor, type MoveName, type State } from '../life-cycle.ts';
import { no, ok, type Result } from '../result.ts';

/** Facts of a journal entry: never personal, only ids of the pack's lists, numbers and instants. */
export type Facts = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** A move that was decided and is not saved yet. */
export type Moved = {
  readonly move: MoveName;
  readonly actor: Actor;
  readonly at: Date;
  readonly before: Cancellation;
  readonly after: Cancellation;
  readonly facts: Facts;
};

/** Why a move was not possible. Each carries what a door needs to say it. */
export type CannotMove =
  | { readonly kind: 'wrong-state'; readonly move: MoveName; readonly state: State }
  | { readonly kind: 'not-yours'; readonly move: MoveName; readonly actor: Actor }
  | { readonly kind: 'own-case' }
  | { readonly kind: 'too-early'; readonly notBefore: Date }
  | { readonly kind: 'not-in-pack'; readonly what: 'reason' | 'material' | 'refusal'; readonly id: string }
  | { readonly kind: 'nothing-given' }
  | { readonly kind: 'not-acknowledged'; readonly missing: readonly string[] }
  | { readonly kind: 'lost-race' };

/** Fields that a move takes away are named with `undefined`. */
type Changes = { readonly [Field in keyof Omit<Cancellation, 'id' | 'brand' | 'subscriberId' | 'lineId' | 'state' | 'version' | 'changedAt'>]?: Cancellation[Field] | undefined };

/** The only place that gives a case another state: asks the table, and nothing else. */
export const makeMove = (
  before: Cancellation,
  move: MoveName,
  actor: Actor,
  at: Date,
  changes: Changes = {},
  facts: Facts = {},
): Result<Moved, CannotMove> => {
  const rule = ruleOf(move);
  if (!rule.from.includes(before.state)) return no({ kind: 'wrong-state', move, state: before.state });
  if (!rule.by.includes(actor)) return no({ kind: 'not-yours', move, actor });
  const after = Object.fromEntries(
    Object.entries({ ...before, ...changes, state: rule.to, version: before.version + 1, changedAt: at }).filter(([, value]) => value !== undefined),
  ) as Cancellation;
  return ok({ move, actor, at, before, after, facts });
};

/** Decides for many at once; one is an array of one. What could not move is told beside what could. */
export const moveAll = <Refusal>(
  cases: readonly Cancellation[],
  decide: (one: Cancellation) => Result<Moved, Refusal>,
): { moved: Moved[]; refused: { case: Cancellation; why: Refusal }[] } => {
  const moved: Moved[] = [];
  const refused: { case: Cancellation; why: Refusal }[] = [];
  for (const one of cases) {
    const result = decide(one);
    if (result.ok) moved.push(result.value);
    else refused.push({ case: one, why: result.why });
  }
  return { moved, refused };
};
