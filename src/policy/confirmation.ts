/** When the subscriber confirms by a mailed link, and when the case lapses without it. Pure. */
import type { Pack } from './pack.ts';

export type Confirmation = NonNullable<Pack['confirmation']>;
/** 1: soon after approval. 2: later once more, where the pack asks for it. */
export type Round = 1 | 2;
export type Window = { readonly opensAt: Date; readonly until: Date };

const hour = 3_600_000;
const day = 24 * hour;

/** `since`: the approval, or the first confirmation. */
export const windowOf = ({ hours, again }: Confirmation, round: Round, since: Date): Window => {
  if (round === 1) return { opensAt: since, until: new Date(since.getTime() + hours * hour) };
  if (again === undefined) throw new Error('this policy asks for no second confirmation');
  const opensAt = new Date(since.getTime() + again.afterDays * day);
  return { opensAt, until: new Date(opensAt.getTime() + again.withinDays * day) };
};

/** A day before the end, or half-way where there is less than two. */
export const remindAt = ({ opensAt, until }: Window): Date => new Date(until.getTime() - Math.min(day, (until.getTime() - opensAt.getTime()) / 2));
