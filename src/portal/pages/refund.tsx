import { Card, SummaryList, Tag } from '../../design/index.ts';
import type { RefundView } from '../../desk/views.ts';
import { paths, type Place } from '../place.ts';

const tone = { planned: undefined, ordered: 'now', sent: 'now', arrived: 'done', failed: 'todo' } as const;

/** What goes back, where to, how far it is, by when and why by then (UU8, EC11). */
export const RefundCard = ({ refund: { state, amount, to, at, due, workingDays, law }, place: { words: { say, compose, text, money, day, instant }, base } }: { readonly refund: RefundView; readonly place: Place }) => (
  <Card title={say('refund.title')}>
    <SummaryList answers={[
      { what: say('refund.amount'), is: <b class="num">{money(amount)}</b> },
      { what: say('refund.state'), is: <><Tag {...(tone[state] ? { tone: tone[state] as 'now' } : {})}>{say(`refund.${state}`)}</Tag>{at ? <> <span class="quiet">{instant(at)}</span></> : null}</> },
      { what: say('refund.to'), is: say(`refund.to.${to}`) },
      ...(state === 'arrived' ? [] : [{
        what: say('refund.due'),
        is: due ? <>{compose('refund.due-by', { day: day(due.at) })}<br /><span class="quiet">{text(due.because)}</span></> : say('refund.due-after', { days: workingDays }),
      }]),
      ...(law ? [{ what: say('refund.law'), is: <>{text(law.because)}<br /><span class="quiet">{law.source}</span></> }] : []),
    ]} />
    {state === 'failed' ? <p>{say('refund.failed-says')} <a href={paths(base).help}>{say('foot.help')}</a></p> : state === 'arrived' ? <p class="quiet">{say('refund.arrived-says')}</p> : null}
  </Card>
);
