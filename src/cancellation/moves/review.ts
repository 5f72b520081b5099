import type { Because, Cancellation } from '../cancellation.ts';
import { makeMove } from './move.ts';

/** Starts the clock in working days. Without a due date the calendar of that year is unknown, and staff is alarmed. */
export const review = (one: Cancellation, now: Date, due: { readonly at: Date; readonly because: Because } | 'calendar-unknown') =>
  due === 'calendar-unknown'
    ? makeMove(one, 'review', 'policy', now, {}, { dueAt: null, alarm: 'calendar-unknown' })
    : makeMove(one, 'review', 'policy', now, { dueAt: due.at, dueBecause: due.because }, { dueAt: due.at.toISOString() });
