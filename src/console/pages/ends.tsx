import type { ComponentChildren } from 'preact';
import type { Ends } from '../../desk/views.ts';
import type { Words } from '../words.tsx';

/** The last day of service, why that one, and what else staff have to say of it. */
export const endsInWords = ({ lastDay, why, instead, beforeReview }: Ends, words: Words): ComponentChildren => (
  <>
    {words.compose('case.ends.day', { day: words.calendarDay(lastDay), why })}
    {instead ? <><br />{words.say('case.ends.instead', { day: words.calendarDay(instead.of), because: instead.because })}</> : null}
    {beforeReview ? <><br />{words.say('case.ends.holds')}</> : null}
  </>
);
