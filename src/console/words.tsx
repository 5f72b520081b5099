import { formatClock } from '../language/index.ts';
import { pageWords, type PageWords } from '../design/index.ts';
import type { Language, Pack } from '../policy/pack.ts';
import type written from '../../messages/console/zh-CN.json';
import type lived from '../../messages/life/zh-CN.json';

export type ConsoleKey = keyof typeof written;
export type LifeKey = keyof typeof lived;

export type Words = PageWords<ConsoleKey, LifeKey> & {
  /** The steps are called as the subscriber sees them, but for the one that speaks of them. */
  readonly step: (name: string) => string;
  /** HH:MM:SS */
  readonly clock: (at: Date) => string;
};

export const wordsOf = (language: Language, pack: Pack, now: Date): Words => {
  const words = pageWords<ConsoleKey, LifeKey>('console', language, pack.calendar.zone, now);
  return { ...words, clock: (at) => formatClock(at, pack.calendar.zone, language), step: (name) => (name === 'tell-subscriber' ? words.say('step.tell-subscriber') : words.life(`step.${name}` as LifeKey)) };
};
