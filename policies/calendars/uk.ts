import { daysOff, type CalendarTables } from '../../src/policy/calendar.ts';

/**
 * The United Kingdom, bank holidays of England and Wales: the Banking and Financial Dealings Act 1971 with the common-law
 * holidays, as GOV.UK publishes them years ahead, substitute days included. Scotland and Northern Ireland have others. A
 * holiday proclaimed once more (a coronation, a funeral) changes a year that stands here: look again when one is.
 */
const newYear = { 'zh-CN': '元旦', 'zh-TW': '元旦', en: 'New Year’s Day' };
const goodFriday = { 'zh-CN': '耶稣受难日', 'zh-TW': '耶穌受難日', en: 'Good Friday' };
const easterMonday = { 'zh-CN': '复活节星期一', 'zh-TW': '復活節星期一', en: 'Easter Monday' };
const earlyMay = { 'zh-CN': '五月初公共假日', 'zh-TW': '五月初公共假日', en: 'the Early May bank holiday' };
const spring = { 'zh-CN': '春季公共假日', 'zh-TW': '春季公共假日', en: 'the Spring bank holiday' };
const summer = { 'zh-CN': '夏季公共假日', 'zh-TW': '夏季公共假日', en: 'the Summer bank holiday' };
const christmas = { 'zh-CN': '圣诞节', 'zh-TW': '聖誕節', en: 'Christmas Day' };
const boxing = { 'zh-CN': '节礼日', 'zh-TW': '節禮日', en: 'Boxing Day' };
const source = 'GOV.UK, UK bank holidays: England and Wales; Banking and Financial Dealings Act 1971, s. 1 and Sch. 1';

export default {
  region: 'GB',
  zone: 'Europe/London',
  opens: '09:00',
  closes: '17:00',
  weekend: [6, 7],
  years: [
    {
      year: 2024,
      source,
      periods: [
        daysOff(newYear, '2024-01-01'), daysOff(goodFriday, '2024-03-29'), daysOff(easterMonday, '2024-04-01'), daysOff(earlyMay, '2024-05-06'),
        daysOff(spring, '2024-05-27'), daysOff(summer, '2024-08-26'), daysOff(christmas, '2024-12-25'), daysOff(boxing, '2024-12-26'),
      ],
    },
    {
      year: 2025,
      source,
      periods: [
        daysOff(newYear, '2025-01-01'), daysOff(goodFriday, '2025-04-18'), daysOff(easterMonday, '2025-04-21'), daysOff(earlyMay, '2025-05-05'),
        daysOff(spring, '2025-05-26'), daysOff(summer, '2025-08-25'), daysOff(christmas, '2025-12-25'), daysOff(boxing, '2025-12-26'),
      ],
    },
    {
      year: 2026,
      source,
      periods: [
        daysOff(newYear, '2026-01-01'), daysOff(goodFriday, '2026-04-03'), daysOff(easterMonday, '2026-04-06'), daysOff(earlyMay, '2026-05-04'),
        daysOff(spring, '2026-05-25'), daysOff(summer, '2026-08-31'), daysOff(christmas, '2026-12-25'), daysOff(boxing, '2026-12-28'), // the 26th is a Saturday
      ],
    },
    {
      year: 2027,
      source,
      periods: [
        daysOff(newYear, '2027-01-01'), daysOff(goodFriday, '2027-03-26'), daysOff(easterMonday, '2027-03-29'), daysOff(earlyMay, '2027-05-03'),
        daysOff(spring, '2027-05-31'), daysOff(summer, '2027-08-30'), daysOff(christmas, '2027-12-27'), daysOff(boxing, '2027-12-28'), // 25 and 26 are a weekend
      ],
    },
  ],
} satisfies CalendarTables;
