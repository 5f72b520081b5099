/** Days, amounts and lists in the three languages, for the sentences that this folder makes. */
import { currencies, type Money } from '../cancellation/money.ts';
import type { Text } from './pack.ts';
import { weekdayOf, yearOf, type Day } from './zone.ts';

/** From Monday on. */
export const weekdays = {
  'zh-CN': ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  'zh-TW': ['週一', '週二', '週三', '週四', '週五', '週六', '週日'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
} as const;
const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** 11月24日, 24 November. */
export const dayMonthInWords = (day: Day): Text => {
  const [month, date] = [Number(day.slice(5, 7)), Number(day.slice(8, 10))];
  const chinese = `${month}月${date}日`;
  return { 'zh-CN': chinese, 'zh-TW': chinese, en: `${date} ${months[month - 1]}` };
};

/** 2026年11月24日（周二）, Tuesday 24 November 2026; without the year where it is `known`. */
export const dayInWords = (day: Day, known?: number): Text => {
  const plain = dayMonthInWords(day);
  const weekday = weekdayOf(day) - 1;
  const [before, after] = yearOf(day) === known ? ['', ''] : [`${yearOf(day)}年`, ` ${yearOf(day)}`];
  return {
    'zh-CN': `${before}${plain['zh-CN']}（${weekdays['zh-CN'][weekday]}）`,
    'zh-TW': `${before}${plain['zh-TW']}（${weekdays['zh-TW'][weekday]}）`,
    en: `${weekdays.en[weekday]} ${plain.en}${after}`,
  };
};

/** `USD 6.90`: the code, which needs no symbol that two countries share. */
export const amountInWords = ({ minor, currency }: Money): string => {
  const decimals = currencies[currency];
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  return `${currency} ${minor < 0 ? '-' : ''}${decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}`}`;
};

export const joinInWords = (items: readonly Text[], chinese = '、'): Text => ({
  'zh-CN': items.map((item) => item['zh-CN']).join(chinese),
  'zh-TW': items.map((item) => item['zh-TW']).join(chinese),
  en: items.length < 2 ? (items[0]?.en ?? '') : `${items.slice(0, -1).map((item) => item.en).join(', ')} and ${items.at(-1)?.en}`,
});

export const ordinal = (count: number): string => {
  const suffix = count % 100 >= 11 && count % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th');
  return `${count}${suffix}`;
};
