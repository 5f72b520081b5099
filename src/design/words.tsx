import type { ComponentChildren } from 'preact';
import { composer, formatCalendarDay, formatDay, formatInstant, formatMoney, formatPhone, translator, type Area, type Compose, type Translate } from '../language/index.ts';

type Language = Parameters<typeof translator>[1];

/** All that a page says, in the language of whoever reads it and the zone of the brand. `Key`: of the door's own messages; `Life`: of messages/life. */
export type PageWords<Key extends string, Life extends string> = {
  readonly language: Language;
  readonly say: Translate<Key>;
  /** For sentences with dates, amounts or links in them. */
  readonly compose: Compose<Key>;
  readonly life: Translate<Life>;
  readonly composeLife: Compose<Life>;
  readonly text: (text: Readonly<Record<Language, string>>) => string;
  readonly day: (at: Date) => ComponentChildren;
  readonly instant: (at: Date) => ComponentChildren;
  readonly calendarDay: (day: string) => string;
  readonly money: (amount: Parameters<typeof formatMoney>[0]) => string;
  readonly phone: (e164: string) => ComponentChildren;
};

const made = <Key extends string, Life extends string>(area: Area, language: Language, zone: string, now: Date): PageWords<Key, Life> => ({
  language,
  say: translator<Key>(area, language),
  compose: composer<Key>(area, language),
  life: translator<Life>('life', language),
  composeLife: composer<Life>('life', language),
  text: (text) => text[language],
  day: (at) => <time dateTime={at.toISOString()}>{formatDay(at, zone, language, now)}</time>,
  instant: (at) => <time dateTime={at.toISOString()}>{formatInstant(at, zone, language, now)}</time>,
  calendarDay: (day) => formatCalendarDay(day, language, now),
  money: (amount) => formatMoney(amount, language),
  phone: (e164) => <span class="num nb">{formatPhone(e164)}</span>,
});

const kept = new Map<string, { readonly quarter: number; readonly words: unknown }>();

/** `now` decides only whether a year is written, and within a quarter of an hour no year begins anywhere: so long one set serves all. */
export const pageWords = <Key extends string, Life extends string>(area: Area, language: Language, zone: string, now: Date): PageWords<Key, Life> => {
  const name = `${area} ${language} ${zone}`;
  const quarter = Math.floor(now.getTime() / 900_000);
  const last = kept.get(name);
  if (last?.quarter === quarter) return last.words as PageWords<Key, Life>;
  const words = made<Key, Life>(area, language, zone, now);
  kept.set(name, { quarter, words });
  return words;
};
