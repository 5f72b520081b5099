import { Card, SummaryList, Timeline, type Moment } from '../../design/index.ts';
import type { MoneyLine, Preview } from '../../desk/views.ts';
import { paths, type Place } from '../place.ts';
import type { LifeKey, Words } from '../words.tsx';
import { EndsInFull } from './ends.tsx';

export const standings = ({ say }: Words) => ({ done: say('standing.done'), now: say('standing.now'), 'to-come': say('standing.to-come'), stopped: say('standing.stopped') });

/** The same amounts as will be settled; the last one stands out. */
export const MoneyCard = ({ money, free, words }: { readonly money: readonly MoneyLine[]; readonly free?: boolean; readonly words: Words }) => (
  <Card title={words.say('money.title')}>
    {free ? <p><b>{words.say('money.free')}</b></p> : null}
    {money.length > 0
      ? <SummaryList side answers={money.map(({ what, amount, to }) => ({ what: to ? words.compose('money.running-month-to', { day: words.calendarDay(to) }) : words.say(`money.${what}`), is: <span class="num">{words.money(amount)}</span>, sum: what === 'refund' || what === 'collect' || what === 'forfeit' }))} />
      : <p class="quiet">{words.say('money.nothing')}</p>}
  </Card>
);

/** What is sold along with the line, each with the day on which it ends (ST7). */
const ServicesAhead = ({ preview: { services, effective: { earliest, latest } }, words }: { readonly preview: Preview; readonly words: Words }) => services.length === 0 ? null : (
  <Card title={words.say('services.title')}>
    <SummaryList answers={services.map(({ label }) => ({
      what: words.text(label),
      is: latest === undefined ? words.compose('preview.from', { earliest: words.day(earliest) }) : earliest.getTime() === latest.getTime() ? words.compose('services.ends-on', { at: words.day(latest) }) : words.compose('services.ends-with', { earliest: words.day(earliest), latest: words.day(latest) }),
    }))} />
    <p class="quiet">{words.say('services.says')}</p>
  </Card>
);

const stepName = (words: Words, name: string): string => words.life(`step.${name}` as LifeKey);

/** What will happen when, at the earliest and the latest, and what it costs: shown before anything is sent. */
export const PreviewCards = ({ place, preview }: { readonly place: Place; readonly preview: Preview }) => {
  const { words, base } = place;
  const { say, compose, text } = words;
  const { earliest, latest } = preview.effective;
  const moments: Moment[] = [
    { title: say('preview.receipt'), detail: words.compose('preview.receipt-says', { at: words.day(preview.receiptAt) }), standing: 'to-come' },
    ...(preview.reviewBy ? [{
      title: preview.everyDayCounts ? say('preview.review-any-day', { days: preview.workingDays.most }) : say('preview.review', { ...preview.workingDays }),
      detail: <>{compose('preview.review-by', { day: words.day(preview.reviewBy.at) })}<br />{text(preview.reviewBy.because)}</>,
      standing: 'to-come' as const,
    }] : []),
    ...(preview.calendarUnknown ? [{
      title: preview.everyDayCounts ? say('preview.review-any-day', { days: preview.workingDays.most }) : say('preview.review', { ...preview.workingDays }),
      detail: say('preview.review-unknown'), standing: 'to-come' as const,
    }] : []),
    ...(preview.ends ? [{ title: say('ends.title'), detail: <EndsInFull ends={preview.ends} words={words} />, standing: 'to-come' as const }] : []),
    ...(preview.recoverableDays > 0 ? [{ title: say('preview.recoverable', { days: preview.recoverableDays }), detail: say('preview.recoverable-says'), standing: 'to-come' as const }] : []),
    {
      title: say('preview.effective'),
      detail: <>{latest === undefined ? compose('preview.from', { earliest: words.day(earliest) }) : earliest.getTime() === latest.getTime() ? words.instant(latest) : compose('preview.between', { earliest: words.day(earliest), latest: words.day(latest) })}<br />{say('preview.no-way-back')}</>,
      standing: 'to-come',
    },
    { title: say('preview.after'), detail: say('preview.after-says', { days: preview.quarantineDays }), standing: 'to-come' },
  ];
  return (
    <>
      <Card title={say('preview.when')}><Timeline moments={moments} words={standings(words)} /></Card>
      <MoneyCard money={preview.money} free={preview.free} words={words} />
      <ServicesAhead preview={preview} words={words} />
      <Card title={say('preview.what')}>
        <ol class="numbered close">{preview.steps.map((name) => <li key={name}>{stepName(words, name)}</li>)}</ol>
        <p class="quiet">{say('preview.what-says')} <a href={paths(base).questions}>{say('foot.questions')}</a></p>
      </Card>
    </>
  );
};
