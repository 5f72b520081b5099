import { Actions, Button, ErrorSummary, Form, Go, Notice, Page, RadioGroup, type Fault } from '../../design/index.ts';
import type { CreditChoices, CreditOffer } from '../../desk/credit.ts';
import { paths, type Place } from '../place.ts';
import { StageWay } from '../stage.tsx';

/** As a radio button sends it. */
export const valueOf = (offer: CreditOffer): string => (offer.choice === 'transfer' ? `transfer ${offer.to}` : offer.choice);

/** Each thing that may become of the credit, as a card with its amount (EC11, UU8). */
export const CreditPage = ({ place, view: { draft, left, offers }, faults }: { readonly place: Place; readonly view: CreditChoices; readonly faults: readonly Fault[] }) => {
  const { frame, words, base, token } = place;
  const { say, compose, money } = words;
  const to = paths(base);
  const { lineId } = draft.line;
  const { creditChoice, transferTo } = draft.form;
  const amount = money(left);
  return (
    <Page frame={frame} title={say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title: say('credit.title') })}>
      <ErrorSummary title={say('faults.title')} faults={faults} />
      <StageWay place={place} draft={draft} stage="credit" />
      <h1>{say('credit.title')}</h1>
      <Form action={to.stage(lineId, 'credit')} token={token}>
        {offers.length === 0 ? <Notice title={say('credit.none')} /> : (
          <>
            <p><b class="num">{say('credit.left', { amount })}</b></p>
            <RadioGroup
              name="creditChoice" label={say('credit.choose')} hint={say('credit.hint')} fault={faults[0]?.says}
              chosen={creditChoice === 'transfer' ? `transfer ${transferTo ?? ''}` : creditChoice}
              choices={offers.map((offer) => (offer.choice === 'refund'
                ? { value: valueOf(offer), label: say('credit.refund', { amount }), hint: say('credit.refund-says', { days: draft.pack.settlement.refundWorkingDays }) }
                : { value: valueOf(offer), label: compose('credit.transfer', { amount, number: words.phone(offer.to) }), hint: say('credit.transfer-says') }))}
            />
          </>
        )}
        <Actions>
          <Button>{say('credit.next')}</Button>
          <Go look="link" href={to.home}>{say('way.later')}</Go>
        </Actions>
      </Form>
    </Page>
  );
};
