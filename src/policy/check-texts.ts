import { fault, type Fault } from './finding.ts';
import { languages, type Language } from './pack.ts';
import { sameCharacter } from './scripts.ts';

/** A text as found in a file that may not be a pack at all. */
export type FoundText = { readonly at: string; readonly text: Readonly<Record<string, unknown>> };

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Every object that has at least one of our languages as a key. */
export const textsIn = (value: unknown, at: readonly string[] = []): FoundText[] => {
  if (!isObject(value)) return [];
  if (!Array.isArray(value) && languages.some((language) => Object.hasOwn(value, language))) return [{ at: at.join('.'), text: value }];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, [...at, key]));
};

export const translationFaults = ({ at, text }: FoundText): Fault[] =>
  languages.filter((language) => typeof text[language] !== 'string' || text[language].trim() === '')
    .map((language) => fault('missing-translation', `${at}.${language}`, `the ${language} text is missing`, 'write it; nothing is ever shown in another language instead'));

/** Chinese in an English text, simplified characters in a traditional one, and the other way round: the mark of a text copied over. */
export const languageFaults = ({ at, text }: FoundText): Fault[] =>
  languages.flatMap((language) => {
    const written = text[language];
    if (typeof written !== 'string') return [];
    const strays = [...new Set(strayIn(language, written))];
    return strays.length === 0 ? [] : [fault('wrong-language', `${at}.${language}`, `${strays.map((stray) => `“${stray}”`).join(', ')} does not belong in a ${language} text`, 'translate it')];
  });

const strayIn = (language: Language, written: string): string[] => {
  switch (language) {
    case 'en':
      return [...written].filter((character) => /\p{Script=Han}/u.test(character));
    case 'zh-CN':
      return [...written].filter((character) => sameCharacter.traditional.has(character));
    case 'zh-TW':
      return [...written].filter((character) => sameCharacter.simplified.has(character));
  }
};
