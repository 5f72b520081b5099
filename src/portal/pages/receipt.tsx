import { Actions, Card, Facts, Go, Notice, Page, StateBanner, SummaryList } from '../../design/index.ts';
import type { Receipt } from '../../desk/views.ts';
import { paths, type Place } from '../place.ts';
import { EndsInFull } from './ends.tsx';

/** It has arrived: the number to keep, what happens next, by when. */
export const ReceiptPage = ({ place, view }: { readonly place: Place; readonly view: Receipt }) => {
  const { frame, words, base } = place;
  const { say, life } = words;
  const to = paths(base);
  return (
    <Page frame={frame} title={say('receipt.title')}>
      <StateBanner tone="on-air" bars={view.line.bars} subject={words.phone(view.line.msisdn)} verdict={say('receipt.title')}>
        <p>{words.compose('receipt.says', { at: words.instant(view.receivedAt), this: words.thisOne(view.line.kind), verdict: <b>{life('verdict.not-yet')}</b> })}</p>
      </StateBanner>
      <Card>
        <div class="number"><span class="quiet">{say('status.number')}</span><b>{view.applicationNumber}</b></div>
        <p class="quiet">{say('receipt.keep')}</p>
      </Card>
      {view.attested.length > 0 ? <Card><SummaryList answers={[{ what: say('outside.attested'), is: <Facts of={view.attested.map(words.text)} /> }]} /></Card> : null}
      <h2>{say('receipt.next')}</h2>
      <ol class="numbered">
        {view.review ? <li><b>{words.compose('receipt.review', { day: words.day(view.review.dueAt) })}</b><p class="quiet">{words.text(view.review.because)}</p></li> : view.calendarUnknown ? <li><b>{words.say('receipt.review-open')}</b><p class="quiet">{words.say('preview.review-unknown')}</p></li> : null}
        {view.ends ? <li><b>{say('ends.title')}</b><p class="quiet"><EndsInFull ends={view.ends} words={words} /></p></li> : null}
        <li><b>{say('receipt.told')}</b><p class="quiet">{say('receipt.told-says')}</p></li>
        <li><b>{say('receipt.undo')}</b><p class="quiet">{say('receipt.undo-says')}</p></li>
      </ol>
      <Actions><Go href={to.status(view.applicationNumber)}>{say('home.do.status')}</Go><Go look="link" href={to.home}>{say('way.to-home')}</Go></Actions>
      <Notice icon="paper"><p>{say('receipt.print')}</p></Notice>
    </Page>
  );
};
