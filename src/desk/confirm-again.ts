/** The mail with the link once more: the link before it is dead from then on. */
import { parseApplicationNumber } from '../cancellation/identifiers/application-number.ts';
import { no, ok, type Result } from '../cancellation/result.ts';
import type { Cancellation } from '../cancellation/cancellation.ts';
import { findByNumber, loadForMove } from '../store/cancellations.ts';
import { lastLink, replaceLinks, roundsOf, type OpenRound } from '../store/confirmations.ts';
import type { Tx } from '../store/db.ts';
import { appendJournal } from '../store/journal.ts';
import { caseForMove } from './case-access.ts';
import type { Desk } from './desk.ts';
import type { Reviewer } from './review-queue.ts';
import type { Subscriber } from './views.ts';

/** Of a case that waits for its subscriber: the round, and where its last mail went. */
export type Waiting = { readonly caseId: string; readonly applicationNumber: string; readonly opensAt: Date; readonly until: Date; /** Now is within its time. */ readonly open: boolean; readonly sent?: { readonly at: Date; readonly to: readonly string[] } };

/** `not-open`: nothing is to be confirmed now: it is done, over, late, or its time has not come. */
export type CannotSendAgain = { readonly kind: 'not-found' | 'not-open' };

type Who = Subscriber | Reviewer;
const find = async (tx: Tx, who: Who, typed: string): Promise<Cancellation | undefined> => {
  if ('subscriberId' in who) return caseForMove(tx, who, typed);
  const number = parseApplicationNumber(typed);
  const found = number.ok ? await findByNumber(tx, number.value) : undefined;
  return found?.brand === who.brand ? (await loadForMove(tx, [found.id]))[0] : undefined;
};

const roundOf = async (tx: Tx, one: Cancellation): Promise<OpenRound | undefined> =>
  one.state === 'approved' ? (await roundsOf(tx, [one.id])).get(one.id) : undefined;

export const seeWaiting = (desk: Desk, who: Who, applicationNumber: string): Promise<Waiting | undefined> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const one = await find(tx, who, applicationNumber);
    const round = one === undefined ? undefined : await roundOf(tx, one);
    if (one?.applicationNumber === undefined || round === undefined) return undefined;
    const now = desk.clock.now();
    const sent = await lastLink(tx, one.id, round.round);
    return { caseId: one.id, applicationNumber: one.applicationNumber, opensAt: round.opensAt, until: round.until, open: now >= round.opensAt && now < round.until, ...(sent === undefined ? {} : { sent }) };
  });

/** Whoever asks, the mail goes to the contacts of record and of the form, as the first one did. */
export const sendAgain = (desk: Desk, who: Who, applicationNumber: string): Promise<Result<void, CannotSendAgain>> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const one = await find(tx, who, applicationNumber);
    if (one === undefined) return no({ kind: 'not-found' });
    const now = desk.clock.now();
    const round = await roundOf(tx, one);
    if (round === undefined || now < round.opensAt || now >= round.until) return no({ kind: 'not-open' });
    await replaceLinks(tx, one.id, round.round, now);
    await desk.tell(tx, [{ brand: one.brand, subscriberId: one.subscriberId, caseId: one.id, template: 'confirm' }]);
    await appendJournal(tx, [{ cancellationId: one.id, brand: one.brand, at: now, event: 'confirm-sent-again', actor: 'subscriberId' in who ? 'subscriber' : 'agent', facts: 'subscriberId' in who ? {} : { by: who.staffId } }]);
    return ok(undefined);
  });
