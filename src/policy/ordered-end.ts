import { no, ok, type Result } from '../cancellation/result.ts';
import { chosenBounds, endOfService, type Span } from './end.ts';
import type { Pack } from './pack.ts';
import { addDays, type Day } from './zone.ts';

/** Further ahead nobody orders anything. */
const mostDaysAhead = 730;

export type CannotEndThen = { readonly kind: 'end-too-early' | 'end-too-late'; /** The earliest, or the latest. */ readonly day: Day };

/**
 * The last day of service where the operator orders the end: never earlier than the policy promises its subscribers, later if the
 * order says so. Nothing where it ends as soon as everything else lets it.
 */
export const orderedEnd = (pack: Pack, today: Day, running: Span | undefined, wanted: Day | undefined): Result<Day | undefined, CannotEndThen> => {
  const own = endOfService(pack, today, running, undefined)?.lastDay;
  if (wanted === undefined) return ok(own);
  const earliest = own ?? chosenBounds(pack, today, undefined)?.from ?? today;
  if (wanted < earliest) return no({ kind: 'end-too-early', day: earliest });
  const latest = addDays(today, mostDaysAhead);
  return wanted > latest ? no({ kind: 'end-too-late', day: latest }) : ok(wanted);
};
