import { Signal, Tag } from '../../design/index.ts';
import type { ReviewCase } from '../../desk/review-case.ts';
import type { Place } from '../place.ts';
import { Left } from '../time-left.tsx';
import type { Words } from '../words.tsx';

const verdict = ({ status: { cancelled: { answer, at } } }: ReviewCase, words: Words) => {
  if (answer === 'from' && at) return words.composeLife('verdict.from', { day: words.day(at) });
  if (answer === 'yes' && at) return words.composeLife('verdict.yes', { day: words.day(at) });
  return words.life(answer === 'from' || answer === 'yes' ? 'verdict.not-yet' : `verdict.${answer}`);
};

const toneOf = (state: ReviewCase['status']['state']): { readonly tone?: 'todo' | 'done' | 'stop' | 'now' } => {
  if (state === 'stalled') return { tone: 'stop' };
  if (state === 'waiting') return { tone: 'todo' };
  if (state === 'reviewing') return { tone: 'now' };
  return state === 'cancelled' || state === 'erased' ? { tone: 'done' } : {};
};

/** Whose clock is running, until when, and why until then. */
const Due = ({ view: { status, left }, words }: { readonly view: ReviewCase; readonly words: Words }) => {
  const { say, text, instant } = words;
  if (status.state !== 'reviewing' && status.state !== 'waiting') return null;
  const paused = status.state === 'waiting';
  return (
    <div class="due">
      {left ? <Left left={left} paused={paused} words={words} /> : <Tag tone="todo">{say('queue.no-due')}</Tag>}
      {paused ? <p>{say('case.paused')}</p> : status.review ? <p>{words.compose('case.due', { at: instant(status.review.dueAt) })}</p> : <p>{say('case.no-due')}</p>}
      {status.review ? <details><summary>{say('case.due-why')}</summary><p>{text(status.review.because)}</p></details> : null}
    </div>
  );
};

/** Which case, how it stands, whether the line is cancelled, and how long there is. */
export const CaseHead = ({ view, place: { words } }: { readonly view: ReviewCase; readonly place: Place }) => {
  const { status } = view;
  return (
    <section class="case-head">
      <div>
        <h1>{words.compose('case.title', { number: <span class="num nb">{status.applicationNumber}</span> })}</h1>
        <p class="subject"><Signal on={status.line.bars} /><b>{words.phone(status.line.msisdn)}</b><span class="quiet">{words.life(`kind.${status.line.kind}`)}</span></p>
        <p class="standing"><Tag {...toneOf(status.state)}>{words.say(`state.${status.state}`)}</Tag> <span>{verdict(view, words)}</span></p>
      </div>
      <Due view={view} words={words} />
    </section>
  );
};
