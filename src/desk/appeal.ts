import { randomUUID } from 'node:crypto';
import { appeal as decideAppeal } from '../cancellation/moves/appeal.ts';
import type { CannotMove } from '../cancellation/moves/move.ts';
import { no, ok, type Result } from '../cancellation/result.ts';
import { actsAtOnce } from '../policy/steps-at-once.ts';
import { openCaseOf } from '../store/cancellations.ts';
import { barAgain } from '../store/steps.ts';
import { contextOf } from '../vault/contents.ts';
import { caseForMove } from './case-access.ts';
import type { Desk } from './desk.ts';
import { reviewDue } from './due.ts';
import { packOf, saveAndFollow } from './follow.ts';
import type { Subscriber } from './views.ts';
import type { CannotFind } from './withdraw.ts';

export type AnotherIsOpen = { readonly kind: 'another-is-open'; readonly applicationNumber?: string };

/** A refusal is looked at again, unless the line has a newer case meanwhile. */
export const appeal = (desk: Desk, who: Subscriber, applicationNumber: string, text: string): Promise<Result<void, CannotMove | CannotFind | AnotherIsOpen>> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const one = await caseForMove(tx, who, applicationNumber);
    if (one === undefined) return no({ kind: 'not-found' });
    const other = await openCaseOf(tx, one.lineId, true);
    if (other !== undefined) return no({ kind: 'another-is-open', ...(other.applicationNumber === undefined ? {} : { applicationNumber: other.applicationNumber }) });
    if (text.trim() === '') return no({ kind: 'nothing-given' });
    const now = desk.clock.now();
    const moved = decideAppeal(one, now, reviewDue(desk, packOf(desk, one), now));
    if (!moved.ok) return moved;
    const keyring = await desk.vault.keyring(tx, [who.subscriberId]);
    const id = randomUUID();
    await tx.query(`insert into case_messages (id, brand, cancellation_id, author, sealed, at) values ($1, $2, $3, 'subscriber', $4, $5)`,
      [id, who.brand, one.id, keyring.seal(who.subscriberId, contextOf.message(id), text.trim()), now]);
    if (actsAtOnce(packOf(desk, one), one.reason)) await barAgain(tx, one.id);
    await saveAndFollow(desk, tx, [moved.value]);
    return ok(undefined);
  });
