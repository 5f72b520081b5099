import type { LineKind } from '../cancellation/line.ts';
import { pageWords, type PageWords } from '../design/index.ts';
import type { Language, Pack } from '../policy/pack.ts';
import type written from '../../messages/portal/zh-CN.json';
import type lived from '../../messages/life/zh-CN.json';

export type PortalKey = keyof typeof written;
export type LifeKey = keyof typeof lived;

export type Words = PageWords<PortalKey, LifeKey> & {
  /** "this card", "this number": what the reader calls the thing. */
  readonly thisOne: (kind: LineKind) => string;
};

const kept = new WeakMap<PageWords<PortalKey, LifeKey>, Words>();
export const wordsOf = (language: Language, pack: Pack, now: Date): Words => {
  const words = pageWords<PortalKey, LifeKey>('portal', language, pack.calendar.zone, now);
  const known = kept.get(words) ?? { ...words, thisOne: (kind: LineKind) => words.life(`this.${kind}`) };
  kept.set(words, known);
  return known;
};
