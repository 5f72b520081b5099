import { Button, Card, Form, Go, Notice, Page, SummaryList, Tag, Way } from '../../design/index.ts';
import type { Draft, Preview } from '../../desk/views.ts';
import type { Language } from '../../policy/pack.ts';
import { paths, type Place } from '../place.ts';
import type { LifeKey } from '../words.tsx';
import { endsInWords } from './ends.tsx';

/** Read out one by one, in the caller's own language; each accepted for itself (UR2). */
export const CallConsequencesPage = ({ place, callId, draft, read, language }: {
  readonly place: Place; readonly callId: string; readonly draft: Draft; readonly language: Language;
  readonly read: readonly { readonly consequence: string; readonly at: Date }[];
}) => {
  const { frame, words, base, token } = place;
  const { say } = words;
  const to = paths(base);
  const { lineId } = draft.line;
  const all = draft.pack.consequences;
  const next = all.find(({ id }) => !read.some(({ consequence }) => consequence === id));
  return (
    <Page frame={frame} title={say('call.consequences')} dense>
      <Way back={{ href: to.callLine(callId, lineId, 'form'), label: say('call.form') }} />
      <h1>{say('call.consequences')}</h1>
      {next ? (
        <Card wanted title={say('call.read-out', { at: all.indexOf(next) + 1, of: all.length })}>
          <p lang={language}><b>{next.says[language]}</b></p>
          <Form action={to.callLine(callId, lineId, 'consequences')} token={token}>
            <input type="hidden" name="consequence" value={next.id} />
            <Button>{say('call.accepted')}</Button>
          </Form>
          <p class="quiet">{say('call.not-accepted')}</p>
        </Card>
      ) : <Notice tone="done"><p>{say('call.all-read')}</p></Notice>}
      {read.length > 0 ? (
        <Card title={say('call.read')}>
          <ul class="items">{read.map(({ consequence, at }) => <li key={consequence}><span lang={language}>{all.find(({ id }) => id === consequence)?.says[language]}<span class="quiet detail">{words.instant(at)}</span></span><Tag tone="done">{say('call.yes')}</Tag></li>)}</ul>
        </Card>
      ) : null}
      {next ? null : <Go href={to.callLine(callId, lineId, 'check')}>{say('call.to-check')}</Go>}
    </Page>
  );
};

/** The last look, read to the caller before it is sent. */
export const CallCheckPage = ({ place, callId, draft, preview }: { readonly place: Place; readonly callId: string; readonly draft: Draft; readonly preview: Preview }) => {
  const { frame, words, base, token } = place;
  const { say, text } = words;
  const to = paths(base);
  const { form, line, pack } = draft;
  const reason = pack.reasons.find(({ id }) => id === form.reason);
  return (
    <Page frame={frame} title={say('call.check')} dense>
      <Way back={{ href: to.callLine(callId, line.lineId, 'consequences'), label: say('call.consequences') }} />
      <h1>{say('call.check')}</h1>
      <p>{say('call.check-says')}</p>
      <Card>
        <SummaryList answers={[
          { what: say('case.number'), is: words.phone(line.msisdn) },
          { what: say('call.field.reason'), is: reason ? text(reason.label) : say('queue.no-reason') },
          { what: say('call.field.name'), is: form.name ?? '' },
          { what: say('call.field.email'), is: form.email ?? '' },
          ...(form.phone ? [{ what: say('call.field.phone'), is: words.phone(form.phone) }] : []),
        ]} />
      </Card>
      <Card title={say('call.ahead')}>
        <SummaryList answers={[
          ...(preview.reviewBy ? [{ what: say('call.ahead.review'), is: <>{words.day(preview.reviewBy.at)}<br /><span class="quiet">{text(preview.reviewBy.because)}</span></> }] : []),
          ...(preview.ends ? [{ what: say('case.ends'), is: endsInWords(preview.ends, words) }] : []),
          { what: say('call.ahead.recoverable'), is: say('case.policy.recoverable-days', { days: preview.recoverableDays }) },
          { what: say('call.ahead.effective'), is: preview.effective.latest === undefined ? words.compose('call.ahead.from', { earliest: words.day(preview.effective.earliest) }) : words.compose('call.ahead.between', { earliest: words.day(preview.effective.earliest), latest: words.day(preview.effective.latest) }) },
          ...preview.money.map(({ what, amount, to }) => ({ what: to ? words.compose('money.running-month-to', { day: words.calendarDay(to) }) : say(`money.${what}`), is: words.money(amount) })),
        ]} />
        <ol class="numbered close">{preview.steps.map((name) => <li key={name}>{words.life(`step.${name}` as LifeKey)}</li>)}</ol>
      </Card>
      <Form action={to.callLine(callId, line.lineId, 'check')} token={token}><Button look="final">{say('call.submit')}</Button></Form>
    </Page>
  );
};
