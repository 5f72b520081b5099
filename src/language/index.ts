export { areas, composer, translator, type Area, type Compose, type Translate, type Values } from './messages.ts';
export { chooseLanguage, localeOf, offered, tagOf } from './choose.ts';
export { formatCalendarDay, formatClock, formatDay, formatInstant } from './dates.ts';
export { formatMoney, formatPhone } from './amounts.ts';
