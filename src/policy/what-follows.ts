/** What a move brings with it: timers, work for the executor, and what the subscriber is told. */
import type { Moved } from '../cancellation/moves/move.ts';
import { unreachable } from '../cancellation/result.ts';
import type { Pack } from './pack.ts';

export const noticeTemplates = ['received', 'asked', 'supplied', 'approved', 'barred', 'final-notice', 'withdrawn', 'refused', 'lapsed', 'cancelled'] as const;
export type NoticeTemplate = (typeof noticeTemplates)[number];

export type TimerMove = 'lapse' | 'bar' | 'execute' | 'remind';
export type Follows = {
  readonly timers: readonly { readonly move: TimerMove; readonly at: Date }[];
  /** The plan has something to carry out, or to take back. */
  readonly advance: boolean;
  readonly tell?: NoticeTemplate;
};

const day = 86_400_000;
const inDays = (from: Date, days: number): Date => new Date(from.getTime() + days * day);
const nothing: Follows = { timers: [], advance: false };

/** How long a case waits for material before it lapses, in days: as long as a draft is kept. */
export const lapsesAt = (pack: Pack, since: Date): Date => inDays(since, pack.draftDays);

export const whatFollows = ({ move, at, before, after }: Moved, pack: Pack): Follows => {
  switch (move) {
    case 'receive':
      return { timers: [{ move: 'lapse', at: lapsesAt(pack, at) }], advance: false, tell: 'received' };
    case 'ask':
      return { timers: [{ move: 'lapse', at: lapsesAt(pack, at) }], advance: false, tell: 'asked' };
    case 'supply':
      return { ...nothing, tell: 'supplied' };
    case 'approve':
      return { ...nothing, tell: 'approved' };
    case 'refuse':
      return { ...nothing, tell: 'refused' };
    case 'confirm': {
      const effectiveAt = after.effectiveAt ?? at;
      if (pack.recoverableDays === 0) return { timers: [{ move: 'execute', at: effectiveAt }], advance: false };
      const eve = inDays(effectiveAt, -1);
      return {
        timers: [{ move: 'bar', at }, ...(eve > at ? [{ move: 'remind', at: eve } as const] : []), { move: 'execute', at: effectiveAt }],
        advance: false,
      };
    }
    case 'bar':
      return { timers: [], advance: true, tell: 'barred' };
    case 'execute':
    case 'resume':
      return { timers: [], advance: true };
    case 'withdraw':
      // Only from here on something was done that has to be taken back.
      return { timers: [], advance: before.state === 'recoverable', tell: 'withdrawn' };
    case 'lapse':
      return before.state === 'draft' ? nothing : { ...nothing, tell: 'lapsed' };
    case 'prove':
    case 'review':
    case 'appeal':
    case 'stall':
    case 'complete': // the plan's own step tells the subscriber
    case 'erase':
      return nothing;
    default:
      return unreachable(move);
  }
};
