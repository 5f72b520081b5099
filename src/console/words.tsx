import type { ComponentChildren } from 'preact';
import { composer, formatCalendarDay, formatDay, formatInstant, formatMoney, formatPhone, translator, type Compose, type Translate } from '../language/index.ts';
import type { Money } from '../cancellation/money.ts';
import type { Language, Pack, Text } from '../policy/pack.ts';
import type written from '../../messages/console/zh-CN.json';
import type lived from '../../messages/life/zh-CN.json';

export type ConsoleKey = keyof typeof written;
export type LifeKey = keyof typeof lived;

/** All that a page says, in the language of whoever reads it and the zone of the brand. `now` decides only whether a year is written. */
export type Words = {
  readonly language: Language;
  readonly say: Translate<ConsoleKey>;
  /** For sentences with dates, amounts or links in them. */
  readonly compose: Compose<ConsoleKey>;
  readonly life: Translate<LifeKey>;
  readonly composeLife: Compose<LifeKey>;
  readonly text: (text: Text) => string;
  readonly day: (at: Date) => ComponentChildren;
  readonly instant: (at: Date) => ComponentChildren;
  readonly calendarDay: (day: string) => string;
  readonly money: (amount: Money) => string;
  readonly phone: (e164: string) => ComponentChildren;
  /** The steps are called as the subscriber sees them, but for the one that speaks of them. */
  readonly step: (name: string) => string;
};

export const wordsOf = (language: Language, pack: Pack, now: Date): Words => {
  const zone = pack.calendar.zone;
  const say = translator<ConsoleKey>('console', language);
  const life = translator<LifeKey>('life', language);
  return {
    language, say, life,
    compose: composer<ConsoleKey>('console', language),
    composeLife: composer<LifeKey>('life', language),
    text: (text) => text[language],
    day: (at) => <time dateTime={at.toISOString()}>{formatDay(at, zone, language, now)}</time>,
    instant: (at) => <time dateTime={at.toISOString()}>{formatInstant(at, zone, language, now)}</time>,
    calendarDay: (day) => formatCalendarDay(day, language, now),
    money: (amount) => formatMoney(amount, language),
    phone: (e164) => <span class="num nb">{formatPhone(e164)}</span>,
    step: (name) => (name === 'tell-subscriber' ? say('step.tell-subscriber') : life(`step.${name}` as LifeKey)),
  };
};
