import type { Actor } from '../life-cycle.ts';
import type { Cancellation, Channel } from '../cancellation.ts';
import { makeMove } from './move.ts';

/** The statement has arrived. Receipt is a legal act apart from checking: nothing here can refuse for content. */
export const receive = (
  one: Cancellation,
  actor: Actor,
  now: Date,
  given: { readonly applicationNumber: string; readonly packVersion: string; readonly channel: Channel; readonly reason?: string; readonly endsOn?: string; /** Earlier than now where somebody had to find out first which line was meant. */ readonly receivedAt?: Date },
) =>
  makeMove(one, 'receive', actor, now,
    { receivedAt: now, ...given },
    { packVersion: given.packVersion, channel: given.channel, reason: given.reason ?? null, ...(given.endsOn === undefined ? {} : { endsOn: given.endsOn }) });
