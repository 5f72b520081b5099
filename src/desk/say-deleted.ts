import { mayRemind } from '../cancellation/esim-removal.ts';
import { no, ok, type Result } from '../cancellation/result.ts';
import { loadForMove } from '../store/cancellations.ts';
import { removalsOf } from '../store/card-reports.ts';
import { appendJournal } from '../store/journal.ts';
import { caseFor, type CaseReader } from './case-access.ts';
import type { Desk } from './desk.ts';
import type { Subscriber } from './views.ts';

/** `nothing-to-delete`: not ordered removed yet, never installed, reported deleted by the card, or said already. */
export type CannotSay = { readonly kind: 'no-such-case' } | { readonly kind: 'nothing-to-delete' };

/** The subscriber says that the profile is deleted in the device. It ends the reminders; it is their word, and never the card's report. */
export const sayDeleted = (desk: Desk, who: Subscriber | CaseReader, applicationNumber: string): Promise<Result<'said', CannotSay>> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const found = await caseFor(tx, who, applicationNumber);
    const [one] = found === undefined ? [] : await loadForMove(tx, [found.id]);
    if (one === undefined) return no({ kind: 'no-such-case' });
    if (one.state === 'erased' || !mayRemind((await removalsOf(tx, [one.id])).get(one.id))) return no({ kind: 'nothing-to-delete' });
    await appendJournal(tx, [{ cancellationId: one.id, brand: one.brand, at: desk.clock.now(), event: 'deletion-said', actor: 'subscriber', facts: {} }]);
    return ok('said');
  });
