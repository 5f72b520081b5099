import type { TimeLeft } from '../desk/review-queue.ts';
import type { Words } from './words.tsx';

/** 2 个工作日 3 小时: the two largest units, as somebody would say it. */
const inWords = (left: TimeLeft, { say }: Words): string => {
  const days = left.days > 0 ? say(left.everyDayCounts ? 'left.days' : 'left.working-days', { count: left.days }) : '';
  const hours = left.hoursOfDay > 0 ? say('left.hours', { count: left.hoursOfDay }) : '';
  const minutes = left.days === 0 && left.minutesOfHour > 0 ? say('left.minutes', { count: left.minutesOfHour }) : '';
  const parts = [days, hours, minutes].filter((part) => part !== '');
  return parts.length === 0 ? say('left.moment') : parts.join(say('left.joint'));
};

/** How urgent it is, in words and, where it is late, in the colour that stops one. */
export const Left = ({ left, paused, words }: { readonly left: TimeLeft; readonly paused: boolean; readonly words: Words }) => (
  <b class={left.late ? 'left late' : 'left'}>
    {words.say(left.late ? 'left.late' : paused ? 'left.paused' : 'left.until', { time: inWords(left, words) })}
  </b>
);
