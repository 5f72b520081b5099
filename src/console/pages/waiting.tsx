import { Button, Card, Contacts, ErrorSummary, Form, Go, Notice, Page, Way, type Fault } from '../../design/index.ts';
import type { Waiting } from '../../desk/confirm-again.ts';
import type { ReviewCase } from '../../desk/review-case.ts';
import { paths, type Place } from '../place.ts';
import { mayResume, type Staff } from '../rights.ts';

/** Approved, and waits for its subscriber: for whoever may have the mail sent again, the way there. */
export const WaitingCard = ({ view: { status }, staff, place: { words: { say, compose, instant }, base } }: { readonly view: ReviewCase; readonly staff: Staff; readonly place: Place }) => status.confirmation === undefined ? null : (
  <Card title={say('waiting.title')}>
    <p>{compose('waiting.until', { until: instant(status.confirmation.until) })}</p>
    {mayResume(staff) ? <div><Go look="small" href={paths(base).waiting(status.applicationNumber)}>{say('waiting.again')}</Go></div> : null}
  </Card>
);

/** Where the link went last, and the button that sends another. */
export const WaitingPage = ({ place, waiting, faults }: { readonly place: Place; readonly waiting: Waiting; readonly faults: readonly Fault[] }) => {
  const { frame, words: { say, compose, instant }, base, token } = place;
  const { applicationNumber, open, opensAt, until, sent } = waiting;
  const back = say('case.title', { number: applicationNumber });
  return (
    <Page frame={frame} title={say(faults.length > 0 ? 'title.with-faults' : 'title.plain', { title: say('waiting.title') })} dense>
      <Way back={{ href: paths(base).case(applicationNumber), label: back }} />
      <ErrorSummary title={say('faults.title')} faults={faults} />
      <h1>{say('waiting.title')}</h1>
      <Card title={<span class="num">{applicationNumber}</span>}>
        <p>{compose('waiting.until', { until: instant(until) })}</p>
        <p>{sent ? compose('waiting.sent', { at: instant(sent.at), to: <Contacts of={sent.to} /> }) : say('waiting.never')}</p>
        {open ? (
          <Form action={paths(base).waiting(applicationNumber)} token={token}>
            <div id="again"><Notice icon="info"><p>{say('waiting.again-says')}</p></Notice></div>
            <div><Button>{say('waiting.again')}</Button></div>
          </Form>
        ) : <p id="again">{compose('waiting.opens', { at: instant(opensAt) })}</p>}
      </Card>
    </Page>
  );
};
