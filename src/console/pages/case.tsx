import type { ComponentChildren } from 'preact';
import { Card, ErrorSummary, Notice, Page, Way } from '../../design/index.ts';
import type { ReviewCase } from '../../desk/review-case.ts';
import { paths, type Place } from '../place.ts';
import type { Staff } from '../rights.ts';
import { JournalCard, LineCard, NoticesCard, PolicyCard, StepsCard } from './background.tsx';
import { CaseHead } from './case-head.tsx';
import { Decide, type Sent } from './decide.tsx';
import { EsimCard } from './esim.tsx';
import { Applicant, Messages } from './evidence.tsx';
import { Declared } from './statements.tsx';
import { WaitingCard } from './waiting.tsx';
import { Stuck, stuckSteps, type SentFinding } from './stuck.tsx';

/** Everything that is needed to decide, on one screen: what was handed in on the left, what to do with it on the right. */
export const CasePage = ({ place, view, staff, names, now, sent, finding, cannot }: {
  readonly place: Place;
  readonly view: ReviewCase;
  readonly staff: Staff;
  /** Of the staff in the journal, by id. */
  readonly names: ReadonlyMap<string, string>;
  readonly now: Date;
  readonly sent?: Sent;
  readonly finding?: SentFinding | undefined;
  /** Why what was just asked for did not happen. */
  readonly cannot?: ComponentChildren;
}) => {
  const { frame, words: { say }, base } = place;
  const title = say('case.title', { number: view.status.applicationNumber });
  const faults = sent?.faults ?? finding?.faults ?? [];
  return (
    <Page frame={frame} title={say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title })} dense>
      <Way back={{ href: paths(base).home, label: say('way.to-queue') }} />
      {cannot ? <Notice tone="stop" title={say('cannot.title')}><p role="alert">{cannot}</p></Notice> : null}
      <ErrorSummary title={say('faults.title')} faults={faults} />
      <CaseHead view={view} place={place} />
      <a class="link jump" href="#deciding">{say('decide.jump')}</a>
      <div class="case">
        <div class="seen">
          {view.statements.map((one) => (
            <Card key={one.id} title={say('case.statement')}>
              <p class="quiet">{say('case.statement-says')}</p>
              <Declared one={one} words={place.words} />
            </Card>
          ))}
          <Applicant view={view} place={place} />
          <Messages view={view} place={place} />
          <div class="pair">
            <PolicyCard view={view} place={place} />
            <LineCard view={view} place={place} />
          </div>
          <EsimCard view={view} place={place} />
          <StepsCard view={view} place={place} />
          <JournalCard view={view} names={names} place={place} />
          <NoticesCard view={view} place={place} />
        </div>
        <div class="deciding" id="deciding">
          <WaitingCard view={view} staff={staff} place={place} />
          <Stuck view={view} staff={staff} place={place} names={names} sent={finding} />
          {stuckSteps(view).length > 0 && view.status.state !== 'reviewing' ? null : <Decide view={view} staff={staff} place={place} now={now} sent={sent} />}
        </div>
      </div>
    </Page>
  );
};
