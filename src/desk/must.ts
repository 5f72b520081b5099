import type { CannotMove, Moved } from '../cancellation/moves/move.ts';
import type { Result } from '../cancellation/result.ts';

/** A refused move here is a fault: the case was just loaded, locked and checked. */
export const must = (result: Result<Moved, CannotMove>): Moved => {
  if (!result.ok) throw new Error(`a move that must be possible was not: ${JSON.stringify(result.why)}`);
  return result.value;
};
