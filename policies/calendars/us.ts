import { daysOff, type CalendarTables } from '../../src/policy/calendar.ts';

/**
 * The federal holidays of the United States, 5 U.S.C. § 6103: the law fixes them, so a year is known before anybody
 * announces it. One on a Saturday is kept on the Friday before, one on a Sunday on the Monday after (§ 6103(b), E.O. 11582).
 * Not here: Inauguration Day, kept in and around Washington only, and days on which an order closes offices once.
 */
const newYear = { 'zh-CN': '元旦', 'zh-TW': '元旦', en: 'New Year’s Day' };
const king = { 'zh-CN': '马丁·路德·金纪念日', 'zh-TW': '馬丁路德金恩紀念日', en: 'the Birthday of Martin Luther King, Jr.' };
const washington = { 'zh-CN': '华盛顿诞辰日', 'zh-TW': '華盛頓誕辰紀念日', en: 'Washington’s Birthday' };
const memorial = { 'zh-CN': '阵亡将士纪念日', 'zh-TW': '陣亡將士紀念日', en: 'Memorial Day' };
const juneteenth = { 'zh-CN': '六月节', 'zh-TW': '六月節', en: 'Juneteenth' };
const independence = { 'zh-CN': '独立日', 'zh-TW': '獨立紀念日', en: 'Independence Day' };
const labour = { 'zh-CN': '劳动节', 'zh-TW': '勞動節', en: 'Labor Day' };
const columbus = { 'zh-CN': '哥伦布日', 'zh-TW': '哥倫布日', en: 'Columbus Day' };
const veterans = { 'zh-CN': '退伍军人节', 'zh-TW': '退伍軍人節', en: 'Veterans Day' };
const thanksgiving = { 'zh-CN': '感恩节', 'zh-TW': '感恩節', en: 'Thanksgiving Day' };
const christmas = { 'zh-CN': '圣诞节', 'zh-TW': '聖誕節', en: 'Christmas Day' };
const source = '5 U.S.C. § 6103(a), (b); U.S. Office of Personnel Management, Federal Holidays';

export default {
  region: 'US',
  zone: 'America/New_York',
  opens: '09:00',
  closes: '17:00',
  weekend: [6, 7],
  years: [
    {
      year: 2024,
      source,
      periods: [
        daysOff(newYear, '2024-01-01'), daysOff(king, '2024-01-15'), daysOff(washington, '2024-02-19'), daysOff(memorial, '2024-05-27'),
        daysOff(juneteenth, '2024-06-19'), daysOff(independence, '2024-07-04'), daysOff(labour, '2024-09-02'), daysOff(columbus, '2024-10-14'),
        daysOff(veterans, '2024-11-11'), daysOff(thanksgiving, '2024-11-28'), daysOff(christmas, '2024-12-25'),
      ],
    },
    {
      year: 2025,
      source,
      periods: [
        daysOff(newYear, '2025-01-01'), daysOff(king, '2025-01-20'), daysOff(washington, '2025-02-17'), daysOff(memorial, '2025-05-26'),
        daysOff(juneteenth, '2025-06-19'), daysOff(independence, '2025-07-04'), daysOff(labour, '2025-09-01'), daysOff(columbus, '2025-10-13'),
        daysOff(veterans, '2025-11-11'), daysOff(thanksgiving, '2025-11-27'), daysOff(christmas, '2025-12-25'),
      ],
    },
    {
      year: 2026,
      source,
      periods: [
        daysOff(newYear, '2026-01-01'), daysOff(king, '2026-01-19'), daysOff(washington, '2026-02-16'), daysOff(memorial, '2026-05-25'),
        daysOff(juneteenth, '2026-06-19'), daysOff(independence, '2026-07-03'), daysOff(labour, '2026-09-07'), daysOff(columbus, '2026-10-12'),
        daysOff(veterans, '2026-11-11'), daysOff(thanksgiving, '2026-11-26'), daysOff(christmas, '2026-12-25'),
      ],
    },
    {
      year: 2027,
      source,
      periods: [
        daysOff(newYear, '2027-01-01'), daysOff(king, '2027-01-18'), daysOff(washington, '2027-02-15'), daysOff(memorial, '2027-05-31'),
        daysOff(juneteenth, '2027-06-18'), daysOff(independence, '2027-07-05'), daysOff(labour, '2027-09-06'), daysOff(columbus, '2027-10-11'),
        daysOff(veterans, '2027-11-11'), daysOff(thanksgiving, '2027-11-25'), daysOff(christmas, '2027-12-24'),
        daysOff(newYear, '2027-12-31'), // of 2028, which begins on a Saturday
      ],
    },
  ],
} satisfies CalendarTables;
