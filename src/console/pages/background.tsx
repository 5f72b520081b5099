import type { ComponentChildren } from 'preact';
import { Card, Tag } from '../../design/index.ts';
import type { ReviewCase } from '../../desk/review-case.ts';
import type { StepView } from '../../desk/views.ts';
import type { Place } from '../place.ts';
import type { ConsoleKey, Words } from '../words.tsx';
import { endsInWords } from './ends.tsx';

type Props = { readonly view: ReviewCase; readonly place: Place };

const Known = ({ facts }: { readonly facts: readonly (readonly [ComponentChildren, ComponentChildren] | undefined)[] }) => (
  <dl class="known">{facts.filter((fact) => fact !== undefined).map(([what, is], place) => <div key={place}><dt>{what}</dt><dd>{is}</dd></div>)}</dl>
);

/** How the line stands now, not as it stood when the application came. */
export const LineCard = ({ view, place: { words } }: Props) => {
  const { say, money } = words;
  const { standing, status } = view;
  return (
    <Card title={say('case.line')}>
      <Known facts={[
        [say('case.number'), words.phone(status.line.msisdn)],
        [say('case.kind'), words.life(`kind.${status.line.kind}`)],
        view.iccid ? [say('case.iccid'), <span class="num">{view.iccid}</span>] : undefined,
        [say('case.carrier'), view.carrier],
        [say('case.credit'), money(standing.credit)],
        [say('case.unpaid'), standing.unpaid.length === 0 ? say('case.none') : <ul class="bare">{standing.unpaid.map((bill) => <li key={bill.id}>{say('case.unpaid-one', { amount: money(bill.amount), day: words.calendarDay(bill.dueOn) })}</li>)}</ul>],
        [say('case.devices'), standing.boundDevices.length === 0 ? say('case.none') : standing.boundDevices.map(({ name }) => name).join(words.language === 'en' ? ', ' : '、')],
        [say('case.anomaly'), standing.anomaly ? <Tag tone="stop">{say(`anomaly.${standing.anomaly}`)}</Tag> : say('case.none')],
      ]} />
    </Card>
  );
};

/** What the case's own policy says to that, by which rule, and why. */
export const PolicyCard = ({ view: { decision, pack, region, status }, place: { words } }: Props) => {
  const { say, text, money } = words;
  const tone = { eligible: 'done', 'not-yet': 'todo', never: 'stop' } as const;
  const { workingDays: days, everyDayCounts } = pack.review;
  return (
    <Card title={say('case.policy')}>
      <p class="quiet">{say('case.policy.now')}</p>
      <div><Tag tone={tone[decision.answer]}>{say(`case.policy.${decision.answer}`)}</Tag></div>
      {decision.open.length > 1
        ? <ul class="bare">{decision.open.map((item) => <li key={item.rule}>{text(item.because)}</li>)}</ul>
        : <p>{text(decision.because)}</p>}
      <Known facts={[
        [say('case.policy.rule'), <code>{decision.rule}</code>],
        [say('case.policy.version'), <code>{`${pack.brand}@${pack.validFrom}`}</code>],
        [say('case.policy.region'), region],
        [say('case.policy.review'), say(everyDayCounts ? 'case.policy.review-every-day' : 'case.policy.review-days', { least: days.least, most: days.most })],
        ...(status.ends ? [[say('case.ends'), endsInWords(status.ends, words)] as const] : []),
        [say('case.policy.recoverable'), say('case.policy.recoverable-days', { days: pack.recoverableDays })],
      ]} />
      {status.money.length > 0 ? <><h3>{say('case.money')}</h3><Known facts={status.money.map(({ what, amount, to }) => [to ? words.compose('money.running-month-to', { day: words.calendarDay(to) }) : say(`money.${what}`), money(amount)] as const)} /></> : null}
    </Card>
  );
};

const stepTone: Record<StepView['state'], { readonly tone?: 'done' | 'now' | 'stop' }> =
  { done: { tone: 'done' }, running: { tone: 'now' }, stalled: { tone: 'stop' }, waiting: {}, 'not-wanted': {}, undone: {} };

export const StepsCard = ({ view: { status }, place: { words } }: Props) => {
  const wanted = status.steps.filter((step) => step.state !== 'not-wanted');
  return wanted.every((step) => step.state === 'waiting') ? null : (
    <Card title={words.say('case.steps')}>
      <ul class="items">
        {wanted.map((step) => (
          <li key={step.name}><span>{words.step(step.name)}{step.at ? <span class="quiet detail">{words.instant(step.at)}</span> : null}</span><Tag {...stepTone[step.state]}>{words.life(`step-state.${step.state}`)}</Tag></li>
        ))}
      </ul>
    </Card>
  );
};

type Entry = ReviewCase['journal'][number];

/** The facts of an entry in words, as far as people need them. */
const detailOf = ({ facts, event }: Entry, { pack }: ReviewCase, words: Words): ComponentChildren[] => {
  const { say, text } = words;
  const details: ComponentChildren[] = [];
  const asked = pack.materials.filter(({ id }) => Array.isArray(facts['materials']) && facts['materials'].includes(id));
  details.push(...asked.map(({ says }) => text(says)));
  const refusal = event === 'refused' ? pack.refusals.find(({ id }) => id === facts['because']) : undefined;
  if (refusal) details.push(text(refusal.says));
  if (typeof facts['documents'] === 'number') details.push(say('fact.documents', { count: facts['documents'] }));
  if (facts['dueAt'] === null) details.push(say('fact.no-due'));
  if (typeof facts['dueAt'] === 'string') details.push(words.compose('fact.due', { at: words.instant(new Date(facts['dueAt'])) }));
  if (Array.isArray(facts['readOut'])) details.push(say('fact.read-out', { count: facts['readOut'].length }));
  if (Array.isArray(facts['bills'])) details.push(say('fact.bills', { count: facts['bills'].length, open: facts['bills'].filter((one) => !String(one).endsWith(' paid')).length }));
  if (typeof facts['code'] === 'string') details.push(say('fact.code', { code: facts['code'] }));
  return details;
};

const eventOf = ({ event, facts }: Entry, words: Words): string =>
  words.say(`event.${event}` as ConsoleKey, typeof facts['step'] === 'string' ? { step: words.step(facts['step']) } : {});

/** Everything that the journal says, who did it, and on what facts. */
export const JournalCard = ({ view, names, place: { words } }: Props & { readonly names: ReadonlyMap<string, string> }) => {
  const { say } = words;
  const who = ({ actor, facts }: Entry): string => {
    const id = facts['decidedBy'] ?? facts['by'];
    const name = typeof id === 'string' ? names.get(id) : undefined;
    return name ?? say(`actor.${actor}` as ConsoleKey);
  };
  return (
    <Card title={say('case.journal')}>
      <table class="journal">
        <thead><tr><th scope="col">{say('case.journal.at')}</th><th scope="col">{say('case.journal.what')}</th><th scope="col">{say('case.journal.who')}</th></tr></thead>
        <tbody>
          {view.journal.map((entry, place) => (
            <tr key={place}>
              <td class="quiet">{words.instant(entry.at)}</td>
              <td>{eventOf(entry, words)}{detailOf(entry, view, words).map((detail, index) => <span key={index} class="quiet detail">{detail}</span>)}</td>
              <td class="quiet">{who(entry)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
};

export const NoticesCard = ({ view: { status }, place: { words } }: Props) => {
  const { say } = words;
  return status.notices.length === 0 ? null : (
    <Card title={say('case.notices')}>
      <ul class="notices">
        {status.notices.map((notice, place) => (
          <li key={place}><span>{say(`notice.${notice.template}` as ConsoleKey)}</span> <span class="quiet">{say(`case.notice.${notice.channel}`, { to: notice.to })} · {words.instant(notice.at)} · {say(`case.notice.is.${notice.state}`)} {notice.state === 'delivered' || notice.state === 'sent' ? words.instant(notice.deliveredAt ?? notice.sentAt ?? notice.at) : null}{notice.instead ? ` · ${say('case.notice.instead')}` : ''}</span></li>
        ))}
      </ul>
    </Card>
  );
};
