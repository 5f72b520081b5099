import type { Because } from '../cancellation/cancellation.ts';
import { reviewCalendar, type Calendar } from '../policy/calendar.ts';
import { explainDue } from '../policy/explain-due.ts';
import type { Pack } from '../policy/pack.ts';
import { addWorkingDays, shiftDue, type Due } from '../policy/working-days.ts';
import type { Result } from '../cancellation/result.ts';
import type { CannotReckonDays } from '../policy/calendar.ts';
import type { Desk } from './desk.ts';

/** A due date with its reason; `calendar-unknown` where no reviewed table covers the year: never guessed. */
export type DueDate = { readonly at: Date; readonly because: Because } | 'calendar-unknown';

const calendarFor = (desk: Pick<Desk, 'calendars'>, pack: Pack): Calendar => {
  const found = reviewCalendar(desk.calendars, pack);
  if (!found.ok) throw new Error(`there is no calendar for ${found.why.region}; there are: ${found.why.existing.join(', ')}`);
  return found.value;
};

const toDueDate = (due: Result<Due, CannotReckonDays>): DueDate => {
  if (due.ok) return { at: due.value.dueAt, because: explainDue(due.value) };
  if (due.why.kind === 'calendar-unknown') return 'calendar-unknown';
  throw new Error(`a review can't take ${due.why.days} working days`);
};

/** When a review that starts now must be over. */
export const reviewDue = (desk: Pick<Desk, 'calendars'>, pack: Pack, now: Date): DueDate =>
  toDueDate(addWorkingDays(calendarFor(desk, pack), now, pack.review.workingDays.most));

/** When a refund that is asked for now must be on its way: so many working days as the policy promises, the same day where it promises none. */
export const refundDue = (desk: Pick<Desk, 'calendars'>, pack: Pack, now: Date): Exclude<DueDate, string> | undefined => {
  if (pack.settlement.refundWorkingDays === 0) return { at: new Date(now.getTime() + 86_400_000), because: sameDay };
  const due = toDueDate(addWorkingDays(calendarFor(desk, pack), now, pack.settlement.refundWorkingDays));
  return due === 'calendar-unknown' ? undefined : due;
};
const sameDay: Because = { 'zh-CN': '按政策，注销当天退还。', 'zh-TW': '依政策，註銷當天退還。', en: 'By the policy it is paid back on the day of the cancellation.' };

/** The due date after a pause: the working time that was left when it began is given back. */
export const dueAfterPause = (desk: Pick<Desk, 'calendars'>, pack: Pack, dueAt: Date, pausedAt: Date, now: Date): DueDate =>
  toDueDate(shiftDue(calendarFor(desk, pack), dueAt, pausedAt, now));

/** The earliest end of a review: the least number of working days that the pack promises. */
export const earliestReview = (desk: Pick<Desk, 'calendars'>, pack: Pack, now: Date): Date | 'calendar-unknown' => {
  if (pack.review.workingDays.least === 0) return now;
  const due = toDueDate(addWorkingDays(calendarFor(desk, pack), now, pack.review.workingDays.least));
  return due === 'calendar-unknown' ? due : due.at;
};
