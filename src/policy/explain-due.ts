import type { Text } from './pack.ts';
import type { SkippedDay } from './calendar.ts';
import type { Due, WorkingTime } from './working-days.ts';
import { dayInWords, dayMonthInWords, joinInWords, ordinal } from './in-words.ts';
import { dayIn, wallClock, yearOf, type Day } from './zone.ts';

export type DueReason = { readonly kind: 'start' | 'skipped' | 'make-up'; readonly says: Text };

/** Why this date, one sentence a reason: from when and how many days, which were passed over, which weekend days were worked. */
export const dueReasons = (due: Due): readonly DueReason[] => [start(due), ...skippedDays(due), ...makeUpDays(due)];

export const explainDue = (due: Due): Text => {
  const reasons = dueReasons(due);
  return {
    'zh-CN': reasons.map(({ says }) => says['zh-CN']).join(''),
    'zh-TW': reasons.map(({ says }) => says['zh-TW']).join(''),
    en: reasons.map(({ says }) => says.en).join(' '),
  };
};

const start = (due: Due): DueReason => {
  const from = dayIn(due.from, due.zone);
  const day = dayInWords(from, yearOf(dayIn(due.dueAt, due.zone))); // the year only where the two differ
  if (due.reckoned.kind === 'days') {
    const { days } = due.reckoned;
    const [zhCN, zhTW, en] = due.everyDayCounts ? ['自然日', '日曆天', 'calendar day'] : ['工作日', '工作天', 'working day'];
    return {
      kind: 'start',
      says: {
        'zh-CN': `自${day['zh-CN']}次日起第${days}个${zhCN}。`,
        'zh-TW': `自${day['zh-TW']}次日起第${days}個${zhTW}。`,
        en: days === 1 ? `The first ${en} after ${day.en}.` : `The ${ordinal(days)} ${en} after ${day.en}.`,
      },
    };
  }
  if (due.reckoned.left.minutes === 0) return {
    kind: 'start',
    says: {
      'zh-CN': '暂停之前期限已到，因此日期不变。',
      'zh-TW': '暫停之前期限已到，因此日期不變。',
      en: 'The time was up before the pause, so the date stays.',
    },
  };
  const paused = dayMonthInWords(dayIn(due.reckoned.pausedAt, due.zone));
  const resumed = dayMonthInWords(from);
  const { time } = wallClock(due.from, due.zone);
  const left = timeInWords(due.reckoned.left, due.everyDayCounts);
  const samePlace = paused.en === resumed.en;
  return {
    kind: 'start',
    says: {
      'zh-CN': `等待补充材料期间（${samePlace ? paused['zh-CN'] : `${paused['zh-CN']}至${resumed['zh-CN']}`}）不计时。余下的${left['zh-CN']}从${day['zh-CN']}${time}起继续计算。`,
      'zh-TW': `等待補件期間（${samePlace ? paused['zh-TW'] : `${paused['zh-TW']}至${resumed['zh-TW']}`}）不計時。剩下的${left['zh-TW']}從${day['zh-TW']}${time}起繼續計算。`,
      en: `The time spent waiting for your material (${samePlace ? paused.en : `${paused.en} to ${resumed.en}`}) does not count. The ${left.en} that were left go on from ${day.en}, ${time}.`,
    },
  };
};

const skippedDays = (due: Due): DueReason[] => {
  if (due.skipped.length === 0) return [];
  const weekend = due.skipped.filter((day) => day.because === 'weekend').length;
  const items: Text[] = weekend === 0 ? [] : [{ 'zh-CN': `周末${weekend}天`, 'zh-TW': `週末${weekend}天`, en: plural(weekend, 'weekend day') }];
  for (const [name, days] of byName(due.skipped)) items.push({
    'zh-CN': `${name['zh-CN']}假期${days.length}天`,
    'zh-TW': `${name['zh-TW']}假期${days.length}天`,
    en: `${plural(days.length, 'day')} off for ${name.en}`,
  });
  const list = joinInWords(items);
  return [{ kind: 'skipped', says: { 'zh-CN': `其间${list['zh-CN']}不计入。`, 'zh-TW': `其間${list['zh-TW']}不計入。`, en: `Not counted in between: ${list.en}.` } }];
};

const makeUpDays = (due: Due): DueReason[] => {
  const days = due.counted.filter((day) => day.why === 'make-up-day').map(({ day }) => dayInWords(day, yearOf(dayIn(due.dueAt, due.zone))));
  if (days.length === 0) return [];
  const list = joinInWords(days);
  return [{ kind: 'make-up', says: {
    'zh-CN': `${list['zh-CN']}调休上班，计入工作日。`,
    'zh-TW': `${list['zh-TW']}是補班日，計入工作天。`,
    en: days.length === 1 ? `${list.en} is a make-up working day and counts.` : `${list.en} are make-up working days and count.`,
  } }];
};

const byName = (days: readonly SkippedDay[]): Map<Text, Day[]> => {
  const groups = new Map<Text, Day[]>();
  for (const { day, name } of days) if (name) groups.set(name, [...(groups.get(name) ?? []), day]);
  return groups;
};

const timeInWords = (left: WorkingTime, everyDayCounts: boolean): Text => {
  const [zhCN, zhTW, en] = everyDayCounts ? ['天', '天', 'day'] : ['个工作日', '個工作天', 'working day'];
  const items: Text[] = [];
  if (left.days > 0) items.push({ 'zh-CN': `${left.days}${zhCN}`, 'zh-TW': `${left.days}${zhTW}`, en: plural(left.days, en ?? '') });
  if (left.hoursOfDay > 0) items.push({ 'zh-CN': `${left.hoursOfDay}小时`, 'zh-TW': `${left.hoursOfDay}小時`, en: plural(left.hoursOfDay, 'hour') });
  if (left.minutesOfHour > 0 || items.length === 0) items.push({ 'zh-CN': `${left.minutesOfHour}分钟`, 'zh-TW': `${left.minutesOfHour}分鐘`, en: plural(left.minutesOfHour, 'minute') });
  return joinInWords(items, '');
};

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
