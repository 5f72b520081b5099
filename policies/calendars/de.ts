import { daysOff, type CalendarTables } from '../../src/policy/calendar.ts';

/**
 * Germany, the nine days that are holidays in every Land: fixed by the Land laws and, for 3 October, the Unification Treaty
 * (art. 2(2)); they move only with Easter, so a year is known beforehand. What is a holiday in some Länder only (Epiphany,
 * Corpus Christi, Reformation Day, …) is not here, nor are 24 and 31 December, which are none. Reckoned are Arbeitstage,
 * Monday to Friday; where a text says Werktage, Saturdays count, and this table is the wrong one.
 */
const newYear = { 'zh-CN': '元旦', 'zh-TW': '元旦', en: 'New Year’s Day' };
const goodFriday = { 'zh-CN': '耶稣受难日', 'zh-TW': '耶穌受難日', en: 'Good Friday' };
const easterMonday = { 'zh-CN': '复活节星期一', 'zh-TW': '復活節星期一', en: 'Easter Monday' };
const labour = { 'zh-CN': '劳动节', 'zh-TW': '勞動節', en: 'Labour Day' };
const ascension = { 'zh-CN': '耶稣升天节', 'zh-TW': '耶穌升天節', en: 'Ascension Day' };
const whitMonday = { 'zh-CN': '圣灵降临节星期一', 'zh-TW': '聖靈降臨節星期一', en: 'Whit Monday' };
const unity = { 'zh-CN': '德国统一日', 'zh-TW': '德國統一日', en: 'the Day of German Unity' };
const christmas = { 'zh-CN': '圣诞节', 'zh-TW': '聖誕節', en: 'Christmas' };
const source = 'Feiertagsgesetze der Länder; Einigungsvertrag Art. 2 Abs. 2. Nationwide holidays only';

export default {
  region: 'DE',
  zone: 'Europe/Berlin',
  opens: '09:00',
  closes: '17:00',
  weekend: [6, 7],
  years: [
    {
      year: 2024, // Easter: 31 March
      source,
      periods: [
        daysOff(newYear, '2024-01-01'), daysOff(goodFriday, '2024-03-29'), daysOff(easterMonday, '2024-04-01'), daysOff(labour, '2024-05-01'),
        daysOff(ascension, '2024-05-09'), daysOff(whitMonday, '2024-05-20'), daysOff(unity, '2024-10-03'), daysOff(christmas, '2024-12-25', '2024-12-26'),
      ],
    },
    {
      year: 2025, // Easter: 20 April
      source,
      periods: [
        daysOff(newYear, '2025-01-01'), daysOff(goodFriday, '2025-04-18'), daysOff(easterMonday, '2025-04-21'), daysOff(labour, '2025-05-01'),
        daysOff(ascension, '2025-05-29'), daysOff(whitMonday, '2025-06-09'), daysOff(unity, '2025-10-03'), daysOff(christmas, '2025-12-25', '2025-12-26'),
      ],
    },
    {
      year: 2026, // Easter: 5 April
      source,
      periods: [
        daysOff(newYear, '2026-01-01'), daysOff(goodFriday, '2026-04-03'), daysOff(easterMonday, '2026-04-06'), daysOff(labour, '2026-05-01'),
        daysOff(ascension, '2026-05-14'), daysOff(whitMonday, '2026-05-25'), daysOff(unity, '2026-10-03'), daysOff(christmas, '2026-12-25', '2026-12-26'),
      ],
    },
    {
      year: 2027, // Easter: 28 March
      source,
      periods: [
        daysOff(newYear, '2027-01-01'), daysOff(goodFriday, '2027-03-26'), daysOff(easterMonday, '2027-03-29'), daysOff(labour, '2027-05-01'),
        daysOff(ascension, '2027-05-06'), daysOff(whitMonday, '2027-05-17'), daysOff(unity, '2027-10-03'), daysOff(christmas, '2027-12-25', '2027-12-26'),
      ],
    },
  ],
} satisfies CalendarTables;
