import type { ComponentChildren } from 'preact';
import { Button, Card, Contacts, Facts, Field, Form, Go, Notice, Page, StateBanner, SummaryList, Tag, Timeline, Way, type Moment } from '../../design/index.ts';
import type { Status, StepView, TimelineEntry } from '../../desk/views.ts';
import { paths, type Place } from '../place.ts';
import type { LifeKey, Words } from '../words.tsx';
import { EsimCard } from './esim-removal.tsx';
import { MoneyCard, standings } from './preview.tsx';
import { RefundCard } from './refund.tsx';
import { ServicesCard } from './linked-services.tsx';
import { Talk } from './talk.tsx';
import { ToldNotice, type Told } from './told.tsx';
import { RightsCards } from './rights.tsx';
import { endsInstead, endsOn } from './ends.tsx';

/** Whether it is cancelled, and from when: one sentence in two sizes. */
const verdict = ({ cancelled: { answer, at } }: Status, words: Words): { verdict: string; when?: ComponentChildren } => {
  if (answer === 'from') return { verdict: words.life('verdict.not-yet'), ...(at ? { when: words.compose('status.when.from', { at: words.instant(at) }) } : {}) };
  if (answer === 'yes') return { verdict: words.life('state.cancelled'), ...(at ? { when: words.compose('status.when.yes', { at: words.instant(at) }) } : {}) };
  return { verdict: words.life(`verdict.${answer}`) };
};

/** What that means for the reader now, in a sentence or two. */
const meaning = (view: Status, words: Words): ComponentChildren => {
  const values = {
    this: words.thisOne(view.line.kind),
    due: view.review ? words.day(view.review.dueAt) : '',
    at: view.cancelled.at ? words.instant(view.cancelled.at) : '',
  };
  if (view.state === 'refused' && view.refused) return <>{words.text(view.refused.says)} {words.text(view.refused.remedy)}</>;
  if (view.calendarUnknown) return words.say('status.says.no-date');
  if (view.state === 'received') return words.compose('status.says.stated', values);
  if (view.confirmation?.from) return words.compose('status.says.to-confirm-again', { from: words.instant(view.confirmation.from), until: words.instant(view.confirmation.until) });
  if (view.confirmation) return words.compose('status.says.to-confirm', { until: words.instant(view.confirmation.until) });
  // What was ordered is not yet so: the register may be slow, or away.
  if (view.state === 'recoverable' && view.line.status === 'active') return words.compose('status.says.barring', values);
  return words.compose(`status.says.${view.state}`, values);
};

const stepTone: Record<StepView['state'], 'done' | 'now' | 'todo' | undefined> = { done: 'done', running: 'now', stalled: 'todo', waiting: undefined, 'not-wanted': undefined, undone: undefined };

const StepList = ({ steps, words }: { readonly steps: readonly StepView[]; readonly words: Words }) => (
  <ul class="items">
    {steps.filter((step) => step.state !== 'not-wanted').map((step) => (
      <li key={step.name}>
        <span>{words.life(`step.${step.name}` as LifeKey)}{step.at ? <span class="quiet">{words.instant(step.at)}</span> : null}</span>
        <Tag {...(stepTone[step.state] ? { tone: stepTone[step.state] as 'done' } : {})}>{words.life(`step-state.${step.state}`)}</Tag>
      </li>
    ))}
  </ul>
);

const moment = (entry: TimelineEntry, view: Status, words: Words): Moment => {
  const details: ComponentChildren[] = [];
  if (entry.at) details.push(words.instant(entry.at));
  if (entry.event === 'reviewing' && entry.standing === 'now' && view.review)
    details.push(words.compose('status.due', { day: words.day(view.review.dueAt) }));
  if (entry.event === 'asked' && entry.standing === 'now') details.push(words.say('status.paused'));
  if (entry.event === 'executing' && entry.standing === 'to-come') details.push(words.say('preview.no-way-back'));
  if (entry.event === 'barred' && view.withdraw?.freeUntil) details.push(words.compose('status.free-until', { at: words.instant(view.withdraw.freeUntil) }));
  const title = entry.standing === 'to-come' ? words.life(`to-come.${entry.event}` as LifeKey) : words.life(`event.${entry.event}`);
  return {
    title, standing: entry.standing,
    ...(details.length > 0 ? { detail: <Facts of={details} /> } : {}),
  };
};

const Todo = ({ view, place: { words, base } }: { readonly view: Status; readonly place: Place }) => {
  const { say, text } = words;
  if (view.state === 'received') return <Card wanted title={say('status.todo')}><div><Go href={paths(base).preparation(view.line.lineId)}>{say('home.do.prove')}</Go></div></Card>;
  if (!view.asked || view.state !== 'waiting') return null;
  return (
    <Card wanted title={say('status.todo')}>
      <ul class="asked-for">{view.asked.map((one, place) => <li key={place}><b>{text(one.material)}</b>{one.note ? <p class="quiet">{one.note}</p> : null}</li>)}</ul>
      <div><Go href={paths(base).supplement(view.applicationNumber)}>{say('home.do.supply')}</Go></div>
    </Card>
  );
};

/** Who has not got the mail, or lost it, has it sent again: to the contacts that are on record, nowhere else. */
const ConfirmAgain = ({ view: { confirmation, applicationNumber }, place: { words: { say, compose, instant }, base, token } }: { readonly view: Status; readonly place: Place }) => confirmation?.again === undefined ? null : (
  <Card wanted title={say('status.confirm')}>
    <p>{compose('status.confirm-says', { at: instant(confirmation.again.sentAt), to: <Contacts of={confirmation.again.sentTo} /> })}</p>
    <Form action={paths(base).confirmAgain(applicationNumber)} token={token} sheet={false}><Button look="plain">{say('status.confirm-again')}</Button></Form>
    <p class="quiet">{say('status.confirm-hint')}</p>
  </Card>
);

const Appeal = ({ view, place: { words: { say }, base, token } }: { readonly view: Status; readonly place: Place }) => view.state !== 'refused' ? null : (
  <Card title={say('status.appeal')}>
    <Form action={paths(base).appeal(view.applicationNumber)} token={token}>
      <Field name="text" many label={say('status.appeal-why')} hint={say('status.appeal-says')} maxLength={2000} />
      <Button look="plain">{say('status.appeal')}</Button>
    </Form>
  </Card>
);

/** Closed, and it sounded again: said as it is, with when it was put right. */
const AfterEnd = ({ view: { afterEnd = [] }, words }: { readonly view: Status; readonly words: Words }) => afterEnd.length === 0 ? null : (
  <Card title={words.say('after-end.title')}>
    <p class="quiet">{words.say('after-end.says')}</p>
    <ul class="items">
      {afterEnd.map(({ what, foundAt, mendedAt }, place) => (
        <li key={place}>
          <span>{words.say(`after-end.${what}`)}<span class="quiet">{words.compose(mendedAt ? 'after-end.found-mended' : 'after-end.found', { found: words.day(foundAt), ...(mendedAt ? { mended: words.day(mendedAt) } : {}) })}</span></span>
          <Tag tone={mendedAt ? 'done' : 'todo'}>{words.say(mendedAt ? 'after-end.mended' : 'after-end.open')}</Tag>
        </li>
      ))}
    </ul>
  </Card>
);

const Proof = ({ view, place: { words: { say }, base } }: { readonly view: Status; readonly place: Place }) => {
  const to = paths(base);
  return view.hasCertificate ? (
    <section class="paper">
      <h2>{say('certificate.title')}</h2>
      <p>{say('certificate.says')}</p>
      <div class="acts"><Go href={to.certificatePdf(view.applicationNumber)} download>{say('certificate.pdf')}</Go><Go look="link" href={to.certificate(view.applicationNumber)} download>{say('certificate.jws')}</Go></div>
      <p class="quiet"><a href={to.verify}>{say('certificate.verify')}</a></p>
    </section>
  ) : null;
};

/** `visitor`: who came with number and code instead of signing in sees the same but can't leave for the account. */
export const StatusPage = ({ place, view, told, visitor }: { readonly place: Place; readonly view: Status; readonly told?: Told | undefined; readonly visitor?: boolean }) => {
  const { frame, words, base } = place;
  const { say } = words;
  const to = paths(base);
  const tone = { 'not-yet': 'on-air', from: 'on-air', 'being-cancelled': 'on-air', yes: 'off-air', kept: 'kept' } as const;
  const begun = view.steps.some((step) => step.state !== 'waiting' && step.state !== 'not-wanted');
  return (
    <Page frame={frame} title={say('status.title')}>
      <Way {...(visitor ? {} : { back: { href: to.home, label: say('way.to-home') } })} />
      <ToldNotice told={told} />
      <StateBanner tone={tone[view.cancelled.answer]} bars={view.line.bars} subject={words.phone(view.line.msisdn)} {...verdict(view, words)}>
        <p>{meaning(view, words)}</p>
      </StateBanner>
      {view.off ? <Notice tone="todo"><p>{say(`status.off-${view.off}`)}</p></Notice> : null}
      {view.cancelled.answer === 'yes' ? <p><a class="link" href={to.afterwards(view.applicationNumber)}>{say('afterwards.entry')}</a></p> : null}
      <Todo view={view} place={place} />
      <EsimCard view={view} place={place} />
      <AfterEnd view={view} words={words} />
      <Proof view={view} place={place} />
      {visitor ? null : <ConfirmAgain view={view} place={place} />}
      {visitor ? null : <Appeal view={view} place={place} />}
      <h2>{say('status.progress')}</h2>
      <Timeline moments={view.timeline.map((entry) => moment(entry, view, words))} words={standings(words)} />
      {view.review && !view.review.paused ? <Card title={words.compose('status.why', { day: words.day(view.review.dueAt) })}><p>{words.text(view.review.because)}</p></Card> : null}
      {begun && view.cancelled.answer === 'yes' ? <details class="card"><summary>{say('status.steps-done', { count: view.steps.filter((step) => step.state === 'done').length })}</summary><StepList steps={view.steps} words={words} /></details> : null}
      {begun && view.cancelled.answer !== 'yes' ? <Card title={say('status.steps')}><StepList steps={view.steps} words={words} /></Card> : null}
      <ServicesCard view={view} words={words} />
      {view.money.length > 0 ? <MoneyCard money={view.money} words={words} /> : null}
      {view.refund ? <RefundCard refund={view.refund} place={place} /> : null}
      {view.messages.length > 0 ? <><h2>{say('status.messages')}</h2><Talk messages={view.messages} words={words} {...(visitor ? {} : { attachment: (id) => to.attachment(view.line.lineId, id) })} /></> : null}
      {visitor || !view.chat ? null : <p><Go look="plain" href={to.caseMessages(view.applicationNumber)}>{say('messages.title')}</Go></p>}
      {visitor || (view.state !== 'refused' && view.state !== 'stalled') ? null : (
        <Card title={say('letter.failed')}>
          <p>{say('letter.failed-says')}</p>
          <div class="acts"><Go look="plain" href={to.caseLetter(view.applicationNumber)}>{say('letter.title')}</Go><Go look="link" href={to.help}>{say('foot.help')}</Go></div>
        </Card>
      )}
      <RightsCards rights={view.rights} words={words} />
      <Card title={say('status.facts')}>
        <SummaryList answers={[
          { what: say('status.number'), is: <b class="num">{view.applicationNumber}</b> },
          { what: words.life('event.received'), is: words.instant(view.receivedAt) },
          ...(view.ends ? [{ what: say('ends.title'), is: <>{endsOn(view.ends, words)}{view.ends.instead ? <><br />{endsInstead(view.ends, words)}</> : null}{view.ends.beforeReview ? <><br />{say('ends.before-review')}</> : null}</> }] : []),
          ...(view.numberFreeFrom ? [{ what: say('status.number-rests'), is: say('status.number-rests-says', { day: words.calendarDay(view.numberFreeFrom) }) }] : []),
          ...(view.attested.length > 0 ? [{ what: say('outside.attested'), is: <Facts of={view.attested.map(words.text)} /> }] : []),
          ...(view.agreements.length > 0 ? [{ what: say('agreements.of-status'), is: <ul class="bare">{view.agreements.map(({ id, title, at }) => <li key={id}><Go look="link" href={to.signedAgreement(view.applicationNumber, id)} download>{words.text(title)}</Go> <span class="quiet">{words.instant(at)}</span></li>)}</ul> }] : []),
          ...(view.notices.length > 0 ? [{ what: say('status.notices'), is: <ul class="bare">{view.notices.map((notice, place) => <li key={place}>{say(`status.notice.${notice.channel}`, { to: notice.to })} <span class="quiet">{words.instant(notice.at)} · {say(`status.notice.is.${notice.state}`)}</span></li>)}</ul> }] : []),
        ]} />
      </Card>
      <Card title={say('record.title')}>
        <p class="quiet">{say('record.says')}</p>
        <div><Go look="plain" href={to.record(view.applicationNumber)} download>{say('record.do')}</Go></div>
      </Card>
      {view.withdraw && !visitor ? (
        <Card title={say('withdraw.entry')}>
          <p class="quiet">{view.withdraw.freeUntil ? words.compose('withdraw.until', { at: words.instant(view.withdraw.freeUntil) }) : say('withdraw.free')}</p>
          <div><Go look="plain" href={to.withdraw(view.applicationNumber)}>{say('withdraw.entry')}</Go></div>
        </Card>
      ) : null}
    </Page>
  );
};
