/** What the subscriber is shown before submitting, what is saved at receipt, and what is carried out: one calculation. */
import type { Line, LineStanding } from '../cancellation/line.ts';
import type { SettlementOrder } from '../plan/step.ts';
import type { Pack } from '../policy/pack.ts';
import { endOfService, isChoosable, todayIn, type ChosenBounds } from '../policy/end.ts';
import { settle, type CreditChoice, type Settlement } from '../settlement/settle.ts';
import type { MoneyLine } from './views.ts';

/** The day of receipt, the last day of service where one is fixed, and what becomes of the credit. Saved with the case, so that reckoning again comes to the same. */
export type SettledTerms = { readonly on: string; readonly endsOn?: string; readonly choice?: CreditChoice; readonly toLineId?: string };

/** As it stands in the plan of a case. The receiver of a transfer is named by our own id; `chargesMinor`: the running month and the clean-up fee. */
export type SavedOrder = Omit<SettlementOrder, 'transfer'> & { readonly chargesMinor?: number; readonly transfer?: { readonly toLineId: string; readonly minor: number } };
export type Settled = { readonly order: SavedOrder; readonly lines: readonly MoneyLine[]; readonly free: boolean; readonly terms: SettledTerms };

const isOffered = (pack: Pack, choice: string | undefined): choice is CreditChoice => pack.settlement.choices.some((one) => one === choice);

/** What of a form has to do with money and dates. */
export type ChosenTerms = { readonly [Field in 'creditChoice' | 'transferTo' | 'endsOn']?: string | undefined };
type Given = { readonly running: LineStanding['running']; readonly bounds: ChosenBounds | undefined; /** The subscriber's other lines by their number. */ readonly lineIds: ReadonlyMap<string, string> };

/** `at`: when the statement arrived, or now. */
export const termsOf = (pack: Pack, form: ChosenTerms, at: Date, { running, bounds, lineIds }: Given): SettledTerms => {
  const on = todayIn(pack, at);
  // A day out of bounds, or a line that can't take it any more, is as if nothing had been chosen; it can't be sent like this.
  const ends = endOfService(pack, on, running, isChoosable(bounds, form.endsOn) ? form.endsOn : undefined);
  const days = { on, ...(ends === undefined ? {} : { endsOn: ends.lastDay }) };
  if (!isOffered(pack, form.creditChoice)) return days;
  if (form.creditChoice !== 'transfer') return { ...days, choice: form.creditChoice };
  const toLineId = lineIds.get(form.transferTo ?? '');
  return toLineId === undefined ? days : { ...days, choice: form.creditChoice, toLineId };
};

/** A pack that demands that nothing is left, and offers choices for what is: nothing chosen yet is shown as the first of them. */
const reckon = (pack: Pack, standing: LineStanding, terms: SettledTerms): Settlement => {
  const settlement = settle(pack, standing, terms);
  if (settlement.ok) return settlement.value;
  const [first] = pack.settlement.choices;
  const again = settlement.why.kind === 'credit-must-be-zero' && first !== undefined ? settle(pack, standing, { ...terms, choice: first }) : settlement;
  if (!again.ok) throw new Error(`a line that is eligible can't be settled: ${again.why.kind}`);
  return again.value;
};

/** What is left of the credit once it has paid what is owed, whatever becomes of it then. */
export const creditLeft = (pack: Pack, standing: LineStanding, { on, endsOn }: SettledTerms): number => {
  const settlement = settle({ ...pack, settlement: { ...pack.settlement, credit: 'forfeit' } }, standing, { on, ...(endsOn === undefined ? {} : { endsOn }) });
  if (!settlement.ok) throw new Error(`a line's credit can't be reckoned: ${settlement.why.kind}`);
  return settlement.value.forfeit.minor;
};

export const settledOf = (pack: Pack, standing: LineStanding, line: Pick<Line, 'paymentRef'>, terms: SettledTerms): Settled => {
  const { collect, offset, refund, transfer, forfeit, running, cleanUpFee, lines } = reckon(pack, standing, terms);
  const paidOut = line.paymentRef !== undefined && pack.steps.includes('refund-credit');
  return {
    order: {
      collectMinor: collect.minor, offsetMinor: offset.minor, refundMinor: paidOut ? 0 : refund.minor, forfeitMinor: forfeit.minor, currency: collect.currency,
      chargesMinor: running.minor + cleanUpFee.minor,
      ...(paidOut && refund.minor > 0 ? { payoutMinor: refund.minor } : {}),
      ...(transfer.minor > 0 && terms.toLineId !== undefined ? { transfer: { toLineId: terms.toLineId, minor: transfer.minor } } : {}),
    },
    lines: lines.map(({ what, amount, to }) => ({ what, amount, ...(to === undefined ? {} : { to }) })),
    free: cleanUpFee.minor === 0,
    terms,
  };
};
