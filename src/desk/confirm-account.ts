import { maskContact } from '../notices/contacts.ts';
import { regionsOf } from '../store/lines.ts';
import { contextOf, opened, personContents } from '../vault/contents.ts';
import type { Desk } from './desk.ts';
import { loadDraft } from './draft.ts';
import type { Draft, Subscriber } from './views.ts';

/** What stands on record of the account, for its owner to say that it is right. Contacts are masked: whoever sits before a stranger's session learns no address. */
export type AccountToConfirm = {
  readonly pack: Draft['pack'];
  readonly line: Draft['line'];
  /** The operator's own reference of the line. */
  readonly reference: string;
  readonly name: string;
  readonly email?: string;
  readonly phone?: string;
  readonly confirmed: boolean;
};

export const seeAccountToConfirm = (desk: Desk, who: Subscriber, lineId: string): Promise<AccountToConfirm | undefined> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const draft = await loadDraft(desk, tx, who, lineId);
    const person = draft === undefined ? undefined : (await regionsOf(tx, [who.subscriberId])).get(who.subscriberId);
    if (draft === undefined || person === undefined) return undefined;
    const { name, email, contactPhone } = opened(draft.keyring.openJson(who.subscriberId, contextOf.person(who.subscriberId), person.sealed, personContents));
    return {
      pack: draft.pack, line: draft.card, reference: draft.row.billing_ref, name, confirmed: draft.form.account === 'confirmed',
      ...(email === null ? {} : { email: maskContact({ channel: 'mail', address: email }) }),
      ...(contactPhone === null ? {} : { phone: maskContact({ channel: 'sms', address: contactPhone }) }),
    };
  });
