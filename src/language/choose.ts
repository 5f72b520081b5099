import type { Language } from '../policy/pack.ts';

/** What Intl is asked for. English dates go day first, so that they read as the Chinese ones do: unambiguously. */
export const localeOf: Readonly<Record<Language, string>> = { 'zh-CN': 'zh-CN', 'zh-TW': 'zh-TW', en: 'en-GB' };

/** Those that there are, in the order in which they are offered. */
export const offered = Object.keys(localeOf) as readonly Language[];

/** The value of `lang=`: script, not region, is what a browser picks glyphs by. */
export const tagOf: Readonly<Record<Language, string>> = { 'zh-CN': 'zh-Hans', 'zh-TW': 'zh-Hant', en: 'en' };

const known = (tag: string): Language | undefined => {
  const parts = tag.trim().toLowerCase().split('-');
  if (parts[0] === 'en') return 'en';
  if (parts[0] !== 'zh' && parts[0] !== 'yue') return undefined;
  if (parts.includes('hant')) return 'zh-TW';
  if (parts.includes('hans')) return 'zh-CN';
  return parts[0] === 'yue' || parts.some((part) => part === 'tw' || part === 'hk' || part === 'mo') ? 'zh-TW' : 'zh-CN';
};

/**
 * The language of a page: what the visitor chose before (`cookie`), else the first of `Accept-Language` that we have
 * (RFC 9110 §12.5.4), else English for a browser that asks for others, else Simplified Chinese.
 */
export const chooseLanguage = (acceptLanguage: string | undefined, cookie?: string): Language => {
  if (cookie === 'zh-CN' || cookie === 'zh-TW' || cookie === 'en') return cookie;
  const wanted = (acceptLanguage ?? '').slice(0, 500).split(',').map((entry, place) => {
    const [tag = '', ...parameters] = entry.split(';');
    const quality = parameters.map((text) => /^\s*q=([\d.]+)\s*$/i.exec(text)?.[1]).find((text) => text !== undefined);
    return { tag: tag.trim(), quality: quality === undefined ? 1 : Number(quality), place };
  }).filter(({ tag, quality }) => tag !== '' && quality > 0);
  wanted.sort((one, other) => other.quality - one.quality || one.place - other.place);
  for (const { tag } of wanted) {
    const language = tag === '*' ? 'zh-CN' : known(tag);
    if (language) return language;
  }
  return wanted.length > 0 ? 'en' : 'zh-CN';
};
