import { tagOf } from '../language/index.ts';
import type { Tongue } from './page.tsx';

type Language = keyof typeof tagOf;
const short: Record<Language, string> = { 'zh-CN': '简', 'zh-TW': '繁', en: 'EN' };
const long: Record<Language, string> = { 'zh-CN': '简体中文', 'zh-TW': '繁體中文', en: 'English' };

/** The same address (path and query) in each language. Answered by a redirect that remembers the choice. */
export const tonguesOf = (address: string, chosen: Language): Tongue[] =>
  (Object.keys(tagOf) as Language[]).map((language) => ({
    tag: tagOf[language], short: short[language], long: long[language], chosen: language === chosen,
    href: `${address}${address.includes('?') ? '&' : '?'}lang=${language}`,
  }));
