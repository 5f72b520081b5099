import { Card, Go, Page, Questions, SummaryList, Way } from '../../design/index.ts';
import type { Afterwards } from '../../desk/afterwards.ts';
import { paths, type Place } from '../place.ts';
import { DataRequestsCard } from './data-requests.tsx';
import { ToldNotice, type Told } from './told.tsx';

/** After the end: what is gone, what the law keeps and until when, what to do now (UR10, UR11). */
export const AfterwardsPage = ({ place, view, told }: { readonly place: Place; readonly view: Afterwards; readonly told?: Told | undefined }) => {
  const { frame, words, base } = place;
  const { say, compose, text } = words;
  const to = paths(base);
  const { recordsDeletedAt, account, kept, erasedFrom, advice, questions } = view;
  return (
    <Page frame={frame} title={say('afterwards.title')}>
      <Way back={{ href: to.status(view.applicationNumber), label: say('status.title') }} />
      <ToldNotice told={told} />
      <h1>{say('afterwards.title')}</h1>
      {recordsDeletedAt || account ? (
        <Card title={say('afterwards.deleted')}>
          <SummaryList answers={[
            ...(recordsDeletedAt ? [{ what: say('afterwards.records'), is: compose('afterwards.on', { at: words.instant(recordsDeletedAt) }) }] : []),
            ...(account ? [{ what: say('afterwards.account'), is: account.closed ? compose('afterwards.on', { at: words.instant(account.at) }) : say('afterwards.account-kept') }] : []),
          ]} />
        </Card>
      ) : null}
      <Card title={say('afterwards.kept')}>
        {kept.length === 0 ? <p class="quiet">{say('afterwards.kept-none')}</p> : (
          <>
            <SummaryList answers={kept.map(({ what, until, law }) => ({
              what: text(what),
              is: <>{until instanceof Date ? say('afterwards.until', { day: words.calendarDay(until.toISOString().slice(0, 10)) }) : text(until)}<br /><span class="quiet">{say('afterwards.by', { law })}</span></>,
            }))} />
            <p class="quiet">{say('afterwards.kept-says')}</p>
          </>
        )}
        {erasedFrom ? <p>{say('afterwards.erased-from', { day: words.calendarDay(erasedFrom.toISOString().slice(0, 10)) })}</p> : null}
      </Card>
      {advice.length > 0 ? <Card title={say('afterwards.advice')}><ul>{advice.map(({ id, says }) => <li key={id}>{text(says)}</li>)}</ul></Card> : null}
      <Card title={say('record.title')}>
        <p class="quiet">{say('record.says')}</p>
        <div><Go look="plain" href={to.record(view.applicationNumber)} download>{say('record.do')}</Go></div>
      </Card>
      <DataRequestsCard requests={view.requests} action={to.caseDataRequests(view.applicationNumber)} place={place} />
      {questions.length > 0 ? <><h2>{say('foot.questions')}</h2><Questions asked={questions.map(({ question, answer }) => ({ question: text(question), answer: <p>{text(answer)}</p> }))} /></> : null}
    </Page>
  );
};
