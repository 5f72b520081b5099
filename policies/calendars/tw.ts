import { daysOff, type CalendarTables } from '../../src/policy/calendar.ts';

/**
 * Taiwan, from the yearly 政府行政機關辦公日曆表 of the Executive Yuan. Since the 紀念日及節日實施條例 of 28 May 2025 five days
 * are holidays more (the eve's eve of the new year, 1 May for all, Teachers' Day, Retrocession Day, Constitution Day), and a
 * holiday on a weekend is given on the working day beside it, with no Saturday worked for it: the last make-up working day
 * was 8 February 2025. Before, 1 May was off for employees only and is not in the tables of 2024 and 2025.
 */
const newYear = { 'zh-CN': '元旦', 'zh-TW': '開國紀念日', en: 'New Year’s Day' };
const springFestival = { 'zh-CN': '春节', 'zh-TW': '春節', en: 'Lunar New Year' };
const peace = { 'zh-CN': '和平纪念日', 'zh-TW': '和平紀念日', en: 'Peace Memorial Day' };
const childrenAndTombs = { 'zh-CN': '儿童节、清明节', 'zh-TW': '兒童節、清明節', en: 'Children’s Day and Tomb-Sweeping Day' };
const labour = { 'zh-CN': '劳动节', 'zh-TW': '勞動節', en: 'Labour Day' };
const dragonBoat = { 'zh-CN': '端午节', 'zh-TW': '端午節', en: 'the Dragon Boat Festival' };
const midAutumn = { 'zh-CN': '中秋节', 'zh-TW': '中秋節', en: 'the Mid-Autumn Festival' };
const teachers = { 'zh-CN': '教师节', 'zh-TW': '教師節', en: 'Teachers’ Day' };
const nationalDay = { 'zh-CN': '国庆日', 'zh-TW': '國慶日', en: 'National Day' };
const retrocession = { 'zh-CN': '台湾光复纪念日', 'zh-TW': '臺灣光復暨金門古寧頭大捷紀念日', en: 'Retrocession Day' };
const constitution = { 'zh-CN': '行宪纪念日', 'zh-TW': '行憲紀念日', en: 'Constitution Day' };

export default {
  region: 'TW',
  zone: 'Asia/Taipei',
  opens: '09:00',
  closes: '18:00',
  weekend: [6, 7],
  years: [
    {
      year: 2024,
      source: '中華民國113年政府行政機關辦公日曆表（行政院112年5月25日院授人培字第11230268412號函）',
      periods: [
        daysOff(newYear, '2024-01-01'), daysOff(springFestival, '2024-02-08', '2024-02-14', ['2024-02-17']), daysOff(peace, '2024-02-28'),
        daysOff(childrenAndTombs, '2024-04-04', '2024-04-05'), daysOff(dragonBoat, '2024-06-10'), daysOff(midAutumn, '2024-09-17'), daysOff(nationalDay, '2024-10-10'),
      ],
    },
    {
      year: 2025,
      source: '中華民國114年政府行政機關辦公日曆表，5月30日以後依紀念日及節日實施條例（114年5月28日公布）第8條',
      periods: [
        daysOff(newYear, '2025-01-01'), daysOff(springFestival, '2025-01-27', '2025-01-31', ['2025-02-08']), daysOff(peace, '2025-02-28'),
        daysOff(childrenAndTombs, '2025-04-03', '2025-04-04'), daysOff(dragonBoat, '2025-05-30', '2025-05-31'),
        daysOff(teachers, '2025-09-28', '2025-09-29'), daysOff(midAutumn, '2025-10-06'), daysOff(nationalDay, '2025-10-10'),
        daysOff(retrocession, '2025-10-24', '2025-10-25'), daysOff(constitution, '2025-12-25'),
      ],
    },
    {
      year: 2026,
      source: '中華民國115年政府行政機關辦公日曆表（行政院114年6月13日院授人培字第11430248312號函）',
      periods: [
        daysOff(newYear, '2026-01-01'), daysOff(springFestival, '2026-02-15', '2026-02-20'), daysOff(peace, '2026-02-27', '2026-02-28'),
        daysOff(childrenAndTombs, '2026-04-03', '2026-04-06'), daysOff(labour, '2026-05-01'), daysOff(dragonBoat, '2026-06-19'),
        daysOff(midAutumn, '2026-09-25'), daysOff(teachers, '2026-09-28'), daysOff(nationalDay, '2026-10-09', '2026-10-10'),
        daysOff(retrocession, '2026-10-25', '2026-10-26'), daysOff(constitution, '2026-12-25'),
      ],
    },
  ],
} satisfies CalendarTables;
