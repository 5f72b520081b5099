import type { CalendarTables } from '../../src/policy/calendar.ts';

/**
 * Mainland China, from the yearly notices of the State Council's General Office on days off and make-up working days (调休),
 * one line a paragraph of the notice. The notice for a year comes in October or November of the year before; until its
 * table stands here that year is not known, and nothing is reckoned into it.
 */
const newYear = { 'zh-CN': '元旦', 'zh-TW': '元旦', en: 'New Year’s Day' };
const springFestival = { 'zh-CN': '春节', 'zh-TW': '春節', en: 'the Spring Festival' };
const qingming = { 'zh-CN': '清明节', 'zh-TW': '清明節', en: 'the Qingming Festival' };
const labourDay = { 'zh-CN': '劳动节', 'zh-TW': '勞動節', en: 'Labour Day' };
const dragonBoat = { 'zh-CN': '端午节', 'zh-TW': '端午節', en: 'the Dragon Boat Festival' };
const midAutumn = { 'zh-CN': '中秋节', 'zh-TW': '中秋節', en: 'the Mid-Autumn Festival' };
const nationalDay = { 'zh-CN': '国庆节', 'zh-TW': '國慶節', en: 'National Day' };
const nationalDayAndMidAutumn = { 'zh-CN': '国庆节、中秋节', 'zh-TW': '國慶節、中秋節', en: 'National Day and the Mid-Autumn Festival' };

export default {
  region: 'CN',
  zone: 'Asia/Shanghai',
  opens: '09:00',
  closes: '18:00',
  weekend: [6, 7],
  years: [
    {
      year: 2024,
      source: '国务院办公厅关于2024年部分节假日安排的通知（国办发明电〔2023〕7号）',
      periods: [
        { name: newYear, from: '2024-01-01', to: '2024-01-01', makeUpDays: [] },
        { name: springFestival, from: '2024-02-10', to: '2024-02-17', makeUpDays: ['2024-02-04', '2024-02-18'] },
        { name: qingming, from: '2024-04-04', to: '2024-04-06', makeUpDays: ['2024-04-07'] },
        { name: labourDay, from: '2024-05-01', to: '2024-05-05', makeUpDays: ['2024-04-28', '2024-05-11'] },
        { name: dragonBoat, from: '2024-06-10', to: '2024-06-10', makeUpDays: [] },
        { name: midAutumn, from: '2024-09-15', to: '2024-09-17', makeUpDays: ['2024-09-14'] },
        { name: nationalDay, from: '2024-10-01', to: '2024-10-07', makeUpDays: ['2024-09-29', '2024-10-12'] },
      ],
    },
    {
      year: 2025,
      source: '国务院办公厅关于2025年部分节假日安排的通知（国办发明电〔2024〕12号）',
      periods: [
        { name: newYear, from: '2025-01-01', to: '2025-01-01', makeUpDays: [] },
        { name: springFestival, from: '2025-01-28', to: '2025-02-04', makeUpDays: ['2025-01-26', '2025-02-08'] },
        { name: qingming, from: '2025-04-04', to: '2025-04-06', makeUpDays: [] },
        { name: labourDay, from: '2025-05-01', to: '2025-05-05', makeUpDays: ['2025-04-27'] },
        { name: dragonBoat, from: '2025-05-31', to: '2025-06-02', makeUpDays: [] },
        { name: nationalDayAndMidAutumn, from: '2025-10-01', to: '2025-10-08', makeUpDays: ['2025-09-28', '2025-10-11'] },
      ],
    },
    {
      year: 2026,
      source: '国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号）',
      periods: [
        { name: newYear, from: '2026-01-01', to: '2026-01-03', makeUpDays: ['2026-01-04'] },
        { name: springFestival, from: '2026-02-15', to: '2026-02-23', makeUpDays: ['2026-02-14', '2026-02-28'] },
        { name: qingming, from: '2026-04-04', to: '2026-04-06', makeUpDays: [] },
        { name: labourDay, from: '2026-05-01', to: '2026-05-05', makeUpDays: ['2026-05-09'] },
        { name: dragonBoat, from: '2026-06-19', to: '2026-06-21', makeUpDays: [] },
        { name: midAutumn, from: '2026-09-25', to: '2026-09-27', makeUpDays: [] },
        { name: nationalDay, from: '2026-10-01', to: '2026-10-07', makeUpDays: ['2026-09-20', '2026-10-10'] },
      ],
    },
  ],
} satisfies CalendarTables;
