import type { Actor } from '../life-cycle.ts';
import type { Cancellation } from '../cancellation.ts';
import { makeMove } from './move.ts';

/** The subscriber changed their mind in time. What was done is undone by the plan, not only by our own row. */
export const withdraw = (one: Cancellation, actor: Actor, now: Date) =>
  makeMove(one, 'withdraw', actor, now, { endedAt: now, asked: undefined, waitingSince: undefined }, { from: one.state });
