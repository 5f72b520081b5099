import type { LetterFacts } from '../papers/letter.ts';
import type { Pack } from '../policy/pack.ts';
import type { State } from '../cancellation/life-cycle.ts';
import { isOpen } from '../cancellation/life-cycle.ts';
import { casesOfLines } from '../store/cancellations.ts';
import { lineOf, regionsOf } from '../store/lines.ts';
import { contextOf, opened, openLine, personContents } from '../vault/contents.ts';
import { lineOfCase } from './conversation.ts';
import type { Desk } from './desk.ts';
import { policyFor } from './prepare.ts';
import { packOf } from './follow.ts';
import { accountNameOf, signInNamesOf } from './sign-in-names.ts';
import type { Subscriber } from './views.ts';

/** `number`: of the case that the letter is about, where there is one. */
export type LetterView = { readonly lineId: string; readonly number?: string; readonly pack: Pack; readonly facts: LetterFacts; readonly refused?: Pack['refusals'][number] };

const kindFor = (state: State | undefined): LetterFacts['kind'] => {
  if (state === 'refused') return 'objection';
  if (state === 'stalled' || state === 'executing') return 'complete';
  return state !== undefined && state !== 'draft' && (isOpen(state) || state === 'cancelled') ? 'progress' : 'cancel';
};

/** What a letter about this line or case can say. Nothing where it is not theirs. */
export const seeLetter = async (desk: Desk, who: Subscriber, about: { readonly lineId: string } | { readonly number: string }): Promise<LetterView | undefined> => {
  const lineId = 'lineId' in about ? about.lineId : await lineOfCase(desk, who, about.number);
  if (lineId === undefined) return undefined;
  return desk.db.inBrand(who.brand, async (tx) => {
    const row = await lineOf(tx, who.subscriberId, lineId);
    const person = (await regionsOf(tx, [who.subscriberId])).get(who.subscriberId);
    if (row === undefined || person === undefined) return undefined;
    const [last] = await casesOfLines(tx, [lineId]);
    const one = last?.applicationNumber !== undefined && ('lineId' in about || last.applicationNumber === about.number) ? last : undefined;
    if ('number' in about && one === undefined) return undefined;
    const keyring = await desk.vault.keyring(tx, [who.subscriberId]);
    const { name, email } = opened(keyring.openJson(who.subscriberId, contextOf.person(who.subscriberId), person.sealed, personContents));
    const pack = one === undefined ? (await policyFor(desk, tx, row)).pack : packOf(desk, one);
    const kind = kindFor(one?.state);
    const accountName = accountNameOf(await signInNamesOf(tx, keyring, who.subscriberId));
    const refused = one?.state === 'refused' ? pack.refusals.find(({ id }) => id === one.refusedBecause) : undefined;
    return {
      lineId, pack,
      ...(one?.applicationNumber === undefined ? {} : { number: one.applicationNumber }),
      ...(refused === undefined ? {} : { refused }),
      facts: {
        kind, name, msisdn: openLine(keyring, row).line.msisdn, at: desk.clock.now(),
        orderNumber: kind === 'cancel' ? row.billing_ref : one?.applicationNumber ?? row.billing_ref,
        ...(email === null ? {} : { email }),
        ...(accountName === undefined ? {} : { accountName }),
      },
    };
  });
};
