/** An order of the operator to end many lines: its life. What it orders becomes cases like all others; this is about the order alone. */
import { no, ok, type Result } from './result.ts';

/**
 * `reading`: its file is still coming. `checking`: the dry run. `checked`: every line has its verdict, and nothing was done.
 * `released`: a second person said go, and its cases are opened. `stopped`: what has no case yet gets none.
 */
export const bulkStates = ['reading', 'checking', 'checked', 'released', 'paused', 'stopped', 'done'] as const;
export type BulkState = (typeof bulkStates)[number];

const bulkMoves = {
  read: { from: ['reading'], to: 'checking' },
  check: { from: ['checking'], to: 'checked' },
  release: { from: ['checked'], to: 'released' },
  pause: { from: ['released'], to: 'paused' },
  resume: { from: ['paused'], to: 'released' },
  stop: { from: ['reading', 'checking', 'checked', 'released', 'paused'], to: 'stopped' },
  finish: { from: ['released'], to: 'done' },
} as const satisfies Record<string, { readonly from: readonly BulkState[]; readonly to: BulkState }>;
export type BulkMove = keyof typeof bulkMoves;

/** Who acts on an order: one of the staff, or a program of a partner, by their id. */
export type BulkPerson = `staff:${string}` | `client:${string}`;

export type CannotMoveOrder =
  | { readonly kind: 'wrong-state'; readonly move: BulkMove; readonly state: BulkState }
  /** Whoever brought the file does not release it. */
  | { readonly kind: 'same-person' }
  | { readonly kind: 'nothing-eligible' };

export const moveOrder = (state: BulkState, move: BulkMove): Result<BulkState, CannotMoveOrder> => {
  const { from, to } = bulkMoves[move];
  return (from as readonly BulkState[]).includes(state) ? ok(to) : no({ kind: 'wrong-state', move, state });
};

/** Two people: one brought the file, another one says go. */
export const releaseOrder = (order: { readonly state: BulkState; readonly uploadedBy: BulkPerson; readonly eligible: number }, by: BulkPerson): Result<BulkState, CannotMoveOrder> => {
  const moved = moveOrder(order.state, 'release');
  if (!moved.ok) return moved;
  if (order.uploadedBy === by) return no({ kind: 'same-person' });
  return order.eligible === 0 ? no({ kind: 'nothing-eligible' }) : moved;
};
