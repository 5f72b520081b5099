import { Actions, Button, Card, Form, Go, Notice, Page, SummaryList } from '../../design/index.ts';
import type { LinkView } from '../../desk/confirm.ts';
import { paths, type Place } from '../place.ts';
import { SafetyAdvice } from './safety-advice.tsx';

/** What the mailed link leads to. Looking changes nothing; the button confirms (EC7, EC8). */
export const ConfirmPage = ({ place, link, address }: { readonly place: Place; readonly link: LinkView; readonly address: string }) => {
  const { frame, words, base, token } = place;
  const { say, compose, instant } = words;
  const to = paths(base);
  const { stands } = link;
  return (
    <Page frame={frame} title={say(`confirm.${stands}`)}>
      <h1>{say(`confirm.${stands}`)}</h1>
      <Card>
        <SummaryList answers={[
          { what: say('check.line'), is: <span class="num nb">{link.number}</span> },
          { what: say('status.number'), is: <b class="num">{link.applicationNumber}</b> },
          { what: say('confirm.state'), is: words.life(`state.${link.state}`) },
        ]} />
      </Card>
      {stands === 'open' ? (
        <>
          <p>{compose('confirm.until', { until: instant(link.until) })}</p>
          <Notice tone="todo"><p>{link.endsOn ? compose('confirm.then-ends', { day: words.calendarDay(link.endsOn), days: link.recoverableDays }) : link.recoverableDays === 0 ? say('confirm.then-at-once') : say('confirm.then', { days: link.recoverableDays })}</p></Notice>
          <Form action={address} token={token}>
            <Actions><Button look="final">{say('confirm.do')}</Button><Go look="link" href={to.status(link.applicationNumber)}>{say('home.do.status')}</Go></Actions>
          </Form>
          <p class="quiet">{say('confirm.not-you')}</p>
          <SafetyAdvice place={place} />
        </>
      ) : (
        <>
          <p>{link.againFrom ? compose('confirm.again', { at: instant(link.againFrom) })
            : link.effectiveAt && stands === 'confirmed' ? (link.recoverableDays === 0 && link.state !== 'scheduled' ? say('confirm.begun') : compose('confirm.set', { at: instant(link.effectiveAt) }))
            : stands === 'late' ? compose('confirm.late-says', { until: instant(link.until) })
            : say(stands === 'over' ? 'confirm.over-says' : 'confirm.confirmed-says')}</p>
          <Actions><Go look="plain" href={to.status(link.applicationNumber)}>{say('home.do.status')}</Go></Actions>
        </>
      )}
    </Page>
  );
};
