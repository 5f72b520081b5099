import type { ComponentChildren } from 'preact';
import type { Ends } from '../../desk/views.ts';
import type { Words } from '../words.tsx';

/** The last day, and why that one. */
export const endsOn = ({ lastDay, why }: Ends, words: Words): ComponentChildren => words.compose('ends.day', { day: words.calendarDay(lastDay), why });

/** Why it is not the day that was named, where it is another. */
export const endsInstead = ({ lastDay, instead }: Ends, words: Words): string | undefined =>
  instead && words.say('ends.instead', { day: words.calendarDay(instead.of), because: instead.because, last: words.calendarDay(lastDay) });

/** With what it means for the line and for the bill. */
export const EndsInFull = ({ ends, words }: { readonly ends: Ends; readonly words: Words }) => {
  const instead = endsInstead(ends, words);
  return <>{endsOn(ends, words)}{instead ? <><br />{instead}</> : null}<br />{words.say(ends.beforeReview ? 'ends.before-review' : 'ends.says')}</>;
};
