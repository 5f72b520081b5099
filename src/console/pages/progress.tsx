import { Card, Page, SummaryList, Way } from '../../design/index.ts';
import type { ReviewCase } from '../../desk/review-case.ts';
import { maskNumber } from '../masked.ts';
import { paths, type Place } from '../place.ts';
import type { Staff } from '../rights.ts';
import type { LifeKey } from '../words.tsx';
import { StepsCard } from './background.tsx';
import { EsimCard } from './esim.tsx';
import { WaitingCard } from './waiting.tsx';
import { Stuck, type SentFinding } from './stuck.tsx';

/** How a case stands, for whoever answers the phone: nothing of the person, no document, no number in full (UR5). */
export const ProgressPage = ({ place, view, staff, names, finding }: { readonly place: Place; readonly view: ReviewCase; readonly staff: Staff; readonly names: ReadonlyMap<string, string>; readonly finding?: SentFinding | undefined }) => {
  const { frame, words, base } = place;
  const { say, life, instant } = words;
  const { status } = view;
  return (
    <Page frame={frame} title={say('case.title', { number: status.applicationNumber })} dense>
      <Way back={{ href: paths(base).home, label: say('way.to-queue') }} />
      <h1>{words.compose('case.title', { number: <span class="num nb">{status.applicationNumber}</span> })}</h1>
      <Card>
        <SummaryList answers={[
          { what: say('case.number'), is: <span class="num">{maskNumber(status.line.msisdn)}</span> },
          { what: say('progress.state'), is: <b>{say(`state.${status.state}`)}</b> },
          { what: say('case.channel'), is: say(`channel.${view.channel}` as 'channel.web') },
          { what: say('queue.head.received'), is: instant(status.receivedAt) },
          ...(status.review ? [{ what: say('queue.head.due'), is: <>{instant(status.review.dueAt)}<br /><span class="quiet">{words.text(status.review.because)}</span></> }] : []),
          ...(status.cancelled.at ? [{ what: say('progress.effective'), is: instant(status.cancelled.at) }] : []),
          ...(status.refused ? [{ what: say('progress.refused'), is: <>{words.text(status.refused.says)}<br />{words.text(status.refused.remedy)}</> }] : []),
          ...(status.asked ? [{ what: say('progress.asked'), is: <ul class="bare">{status.asked.map(({ material }, at) => <li key={at}>{words.text(material)}</li>)}</ul> }] : []),
        ]} />
      </Card>
      <Card title={say('progress.so-far')}>
        <ul class="items">{status.timeline.filter(({ at }) => at !== undefined).map((entry, at) => <li key={at}><span>{life(`event.${entry.event}` as LifeKey)}</span><span class="quiet">{entry.at ? instant(entry.at) : null}</span></li>)}</ul>
      </Card>
      <EsimCard view={view} place={place} />
      <StepsCard view={view} place={place} />
      <WaitingCard view={view} staff={staff} place={place} />
      <Stuck view={view} staff={staff} place={place} names={names} sent={finding} />
      <p class="quiet">{say('progress.no-documents')}</p>
    </Page>
  );
};
