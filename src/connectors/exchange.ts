/**
 * One request and its reply, before anyone looks at what the reply means. The line between `never-sent` and `no-reply`
 * is the line between "try again" and "read first", so every transport here keeps book of whether a byte has left.
 */
import type { Outcome } from '../plan/ports.ts';

export type NeverSent = { readonly kind: 'never-sent'; readonly says: string };
export type NoReply = { readonly kind: 'no-reply'; readonly says: string };
export type Exchange<Reply> = { readonly kind: 'replied'; readonly reply: Reply } | NeverSent | NoReply;

export const neverSent = (says: string): NeverSent => ({ kind: 'never-sent', says });
export const noReply = (says: string): NoReply => ({ kind: 'no-reply', says });

/** What is known of an act whose exchange brought no reply. */
export const unanswered = (exchange: NeverSent | NoReply): Outcome<never> =>
  exchange.kind === 'never-sent' ? { kind: 'unreachable', says: exchange.says } : { kind: 'unknown', says: exchange.says };

/** The same for a read: it acts on nothing, so a lost answer may be asked for again. */
export const unread = (exchange: NeverSent | NoReply): Outcome<never> => ({ kind: 'unreachable', says: exchange.says });

/** The caller's signal, or our own limit, whichever comes first. */
export const deadline = (signal: AbortSignal, timeoutMs: number): AbortSignal =>
  AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);

export const whyAborted = (signal: AbortSignal, timeoutMs: number): string =>
  signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError'
    ? `no answer within ${timeoutMs} ms`
    : 'the caller gave up waiting';

/** An error as one line, its code first: the message alone is often empty (AggregateError of several addresses). */
export const inOneLine = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return error.message.includes(code) || error.message === '' ? error.message || code : `${code}: ${error.message}`;
};
