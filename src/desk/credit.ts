import type { Money } from '../cancellation/money.ts';
import type { Desk } from './desk.ts';
import { loadDraft, toDraft } from './draft.ts';
import type { Draft, Subscriber } from './views.ts';

/** One thing that may become of what is left of the credit. `to`: the number of the line that it would go to. */
export type CreditOffer = { readonly choice: 'refund' } | { readonly choice: 'transfer'; readonly to: string };
/** `left`: after everything owed was paid out of it. No offers where nothing is left, or nowhere to put it: then the policy decides. */
export type CreditChoices = { readonly draft: Draft; readonly left: Money; readonly offers: readonly CreditOffer[] };

/** What the subscriber may choose for the credit of this line (EC11, UU8). */
export const seeCredit = (desk: Desk, who: Subscriber, lineId: string): Promise<CreditChoices | undefined> =>
  desk.db.inBrand(who.brand, async (tx) => {
    const loaded = await loadDraft(desk, tx, who, lineId);
    if (loaded === undefined) return undefined;
    const { pack, known, row } = loaded;
    const offers = pack.settlement.choices.flatMap((choice): CreditOffer[] =>
      (choice === 'refund' ? [{ choice }] : known.otherLines.map((to) => ({ choice, to }))));
    return { draft: toDraft(loaded), left: { minor: known.creditMinor, currency: row.currency }, offers: known.creditMinor > 0 ? offers : [] };
  });
