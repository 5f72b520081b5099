import { daysOff, type CalendarTables } from '../../src/policy/calendar.ts';

/**
 * Hong Kong, the general holidays (公眾假期) of the General Holidays Ordinance, Cap. 149, as gazetted each spring for the
 * year after, with the days given in lieu. Every Sunday is one too. Saturdays, on which many people work, are no working
 * days here: a desk of five days. A year is not known before its gazette notice stands here.
 */
const newYear = { 'zh-CN': '元旦', 'zh-TW': '元旦', en: 'the first day of January' };
const lunarNewYear = { 'zh-CN': '农历新年', 'zh-TW': '農曆新年', en: 'Lunar New Year' };
const chingMing = { 'zh-CN': '清明节', 'zh-TW': '清明節', en: 'the Ching Ming Festival' };
const goodFriday = { 'zh-CN': '耶稣受难节', 'zh-TW': '耶穌受難節', en: 'Good Friday' };
const easterMonday = { 'zh-CN': '复活节星期一', 'zh-TW': '復活節星期一', en: 'Easter Monday' };
const labour = { 'zh-CN': '劳动节', 'zh-TW': '勞動節', en: 'Labour Day' };
const buddha = { 'zh-CN': '佛诞', 'zh-TW': '佛誕', en: 'the Birthday of the Buddha' };
const tuenNg = { 'zh-CN': '端午节', 'zh-TW': '端午節', en: 'the Tuen Ng Festival' };
const establishment = { 'zh-CN': '香港特别行政区成立纪念日', 'zh-TW': '香港特別行政區成立紀念日', en: 'HKSAR Establishment Day' };
const midAutumn = { 'zh-CN': '中秋节翌日', 'zh-TW': '中秋節翌日', en: 'the day after the Mid-Autumn Festival' };
const nationalDay = { 'zh-CN': '国庆日', 'zh-TW': '國慶日', en: 'National Day' };
const chungYeung = { 'zh-CN': '重阳节', 'zh-TW': '重陽節', en: 'the Chung Yeung Festival' };
const christmas = { 'zh-CN': '圣诞节', 'zh-TW': '聖誕節', en: 'Christmas' };

export default {
  region: 'HK',
  zone: 'Asia/Hong_Kong',
  opens: '09:00',
  closes: '18:00',
  weekend: [6, 7],
  years: [
    {
      year: 2024,
      source: 'Government of the HKSAR, General holidays for 2024 (Cap. 149)',
      periods: [
        daysOff(newYear, '2024-01-01'),
        daysOff(lunarNewYear, '2024-02-10', '2024-02-13'), // the second day is a Sunday: the fourth instead
        daysOff(goodFriday, '2024-03-29', '2024-03-30'), daysOff(easterMonday, '2024-04-01'), daysOff(chingMing, '2024-04-04'),
        daysOff(labour, '2024-05-01'), daysOff(buddha, '2024-05-15'), daysOff(tuenNg, '2024-06-10'), daysOff(establishment, '2024-07-01'),
        daysOff(midAutumn, '2024-09-18'), daysOff(nationalDay, '2024-10-01'), daysOff(chungYeung, '2024-10-11'), daysOff(christmas, '2024-12-25', '2024-12-26'),
      ],
    },
    {
      year: 2025,
      source: 'Government of the HKSAR, General holidays for 2025 (Cap. 149)',
      periods: [
        daysOff(newYear, '2025-01-01'), daysOff(lunarNewYear, '2025-01-29', '2025-01-31'), daysOff(chingMing, '2025-04-04'),
        daysOff(goodFriday, '2025-04-18', '2025-04-19'), daysOff(easterMonday, '2025-04-21'), daysOff(labour, '2025-05-01'), daysOff(buddha, '2025-05-05'),
        daysOff(tuenNg, '2025-05-31'), daysOff(establishment, '2025-07-01'), daysOff(nationalDay, '2025-10-01'), daysOff(midAutumn, '2025-10-07'),
        daysOff(chungYeung, '2025-10-29'), daysOff(christmas, '2025-12-25', '2025-12-26'),
      ],
    },
    {
      year: 2026,
      source: 'Government of the HKSAR, General holidays for 2026, press release of 16 May 2025 (Cap. 149)',
      periods: [
        daysOff(newYear, '2026-01-01'), daysOff(lunarNewYear, '2026-02-17', '2026-02-19'), daysOff(goodFriday, '2026-04-03', '2026-04-04'),
        // Ching Ming is a Sunday, the day after it Easter Monday, so that the day after that is given too.
        daysOff(chingMing, '2026-04-06'), daysOff(easterMonday, '2026-04-07'),
        daysOff(labour, '2026-05-01'), daysOff(buddha, '2026-05-25'), daysOff(tuenNg, '2026-06-19'), daysOff(establishment, '2026-07-01'),
        daysOff(midAutumn, '2026-09-26'), daysOff(nationalDay, '2026-10-01'), daysOff(chungYeung, '2026-10-19'), daysOff(christmas, '2026-12-25', '2026-12-26'),
      ],
    },
  ],
} satisfies CalendarTables;
