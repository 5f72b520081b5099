import { chooseLanguage } from '../language/index.ts';
import type { Language } from '../policy/pack.ts';

/** The language of a terminal, from its locale (POSIX: LC_ALL before LC_MESSAGES before LANG). The C locale may show no Chinese: English. */
export const terminalLanguage = (environment: Readonly<Record<string, string | undefined>>): Language => {
  const locale = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || 'C';
  const tag = locale.replace(/[.@].*$/, '').replaceAll('_', '-');
  return tag === 'C' || tag === 'POSIX' ? 'en' : chooseLanguage(tag);
};
