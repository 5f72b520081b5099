/** What a move brings with it: timers, work for the executor, and what the subscriber is told. */
import type { Moved } from '../cancellation/moves/move.ts';
import { isOrdered } from '../cancellation/cancellation.ts';
import { unreachable } from '../cancellation/result.ts';
import { remindAt, windowOf } from './confirmation.ts';
import { offFrom } from './end.ts';
import type { Pack } from './pack.ts';
import { actsAtOnce } from './steps-at-once.ts';

export const noticeTemplates = ['received', 'stated', 'asked', 'supplied', 'approved', 'ordered', 'confirm', 'confirm-reminder', 'barred', 'final-notice', 'withdrawn', 'refused', 'lapsed', 'cancelled', 'delete-profile', 'profile-deleted'] as const;
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

export const whatFollows = ({ move, actor, at, before, after }: Moved, pack: Pack): Follows => {
  switch (move) {
    case 'receive':
      // Whose line it is has to hear of what somebody declared without showing who they are; nothing is barred or frozen on such a word.
      if (actor === 'anyone') return { timers: [{ move: 'lapse', at: lapsesAt(pack, at) }], advance: false, tell: 'stated' };
      // What the operator orders is decided at once, and told with its date.
      if (actor === 'operator') return { ...nothing, advance: actsAtOnce(pack, after.reason) };
      return { timers: [{ move: 'lapse', at: lapsesAt(pack, at) }], advance: actsAtOnce(pack, after.reason), tell: 'received' };
    case 'ask':
      return { timers: [{ move: 'lapse', at: lapsesAt(pack, at) }], advance: false, tell: 'asked' };
    case 'supply':
      return { ...nothing, tell: 'supplied' };
    case 'approve': {
      if (actor === 'operator') return nothing;
      if (pack.confirmation === null) return { ...nothing, tell: 'approved' };
      const window = windowOf(pack.confirmation, 1, at);
      return { timers: [{ move: 'remind', at: remindAt(window) }, { move: 'lapse', at: window.until }], advance: false, tell: 'confirm' };
    }
    case 'refuse':
      return { timers: [], advance: actsAtOnce(pack, before.reason), tell: 'refused' };
    case 'confirm': {
      const effectiveAt = after.effectiveAt ?? at;
      // What the approval could not say yet: the date.
      const told = isOrdered(after) ? ({ tell: 'ordered' } as const) : pack.confirmation === null ? {} : ({ tell: 'approved' } as const);
      const offAt = offFrom(pack, effectiveAt);
      // Without a waiting period there is time for a last notice only where service goes on for a while.
      const remind = effectiveAt > at ? [{ move: 'remind' as const, at: remindAt({ opensAt: pack.recoverableDays > 0 ? offAt : at, until: effectiveAt }) }] : [];
      return { timers: [...(pack.recoverableDays > 0 ? [{ move: 'bar' as const, at: offAt }] : []), ...remind, { move: 'execute', at: effectiveAt }], advance: false, ...told };
    }
    case 'bar':
      return { timers: [], advance: true, tell: 'barred' };
    case 'execute':
    case 'resume':
      return { timers: [], advance: true };
    case 'withdraw':
      // Only from here on something was done that has to be taken back.
      return { timers: [], advance: before.state === 'recoverable' || actsAtOnce(pack, before.reason), tell: 'withdrawn' };
    case 'lapse':
      return before.state === 'draft' ? nothing : { timers: [], advance: actsAtOnce(pack, before.reason), tell: 'lapsed' };
    case 'appeal':
      // What was done at receipt was lifted with the refusal.
      return { ...nothing, advance: actsAtOnce(pack, before.reason) };
    case 'prove':
      // What was declared without sign-in is its owner's from here on, with the day on which it ends.
      return before.receivedAt !== undefined && before.receivedAt < at ? { ...nothing, tell: 'received' } : nothing;
    case 'review':
    case 'stall':
    case 'complete': // the plan's own step tells the subscriber
    case 'erase':
      return nothing;
    default:
      return unreachable(move);
  }
};
