import { readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { localeOf } from './choose.ts';
import type { Language } from '../policy/pack.ts';

export const areas = ['portal', 'console', 'notices', 'certificate', 'life', 'papers', 'bulk', 'demo'] as const;
export type Area = (typeof areas)[number];

type Plain = string | number | boolean | Date | null | undefined;
export type Values = Readonly<Record<string, Plain>>;
/** A key that does not exist, or a value that the message wants and does not get, is a fault and thrown. */
export type Translate<Key extends string = string> = (key: Key, values?: Values) => string;
/**
 * As `Translate`, for messages with something other than text in them: a value may be a page element,
 * and `<name>…</name>` in the message calls the value `name` with what it encloses.
 */
export type Compose<Key extends string = string> = <Element>(
  key: Key,
  values: Readonly<Record<string, Plain | Element | ((enclosed: (string | Element)[]) => Element)>>,
) => (string | Element)[];

type Message = string | IntlMessageFormat;
type Catalogue = Map<string, Message>;

const catalogues = new Map<string, Catalogue>();
const folder = new URL('../../messages/', import.meta.url);

/** The messages of an area as written, keyed as in the file. Read once. */
const catalogueOf = (area: Area, language: Language): Catalogue => {
  const name = `${area}/${language}`;
  let catalogue = catalogues.get(name);
  if (!catalogue) {
    const written = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Record<string, string>;
    catalogue = new Map(Object.entries(written));
    catalogues.set(name, catalogue);
  }
  return catalogue;
};

/** Text without a placeholder, tag or quote needs no compiling: most of a page. */
const isPlain = (text: string): boolean => !/[{}<'#]/.test(text);

const messageOf = (catalogue: Catalogue, area: Area, language: Language, key: string): Message => {
  const message = catalogue.get(key);
  if (message === undefined) throw new Error(`no message ${area}/${language}: ${key}`);
  if (typeof message !== 'string' || isPlain(message)) return message;
  const compiled = new IntlMessageFormat(message, localeOf[language]);
  catalogue.set(key, compiled);
  return compiled;
};

/** The words of one area in one language: `words('home.title', { count: 2 })`. */
export const translator = <Key extends string = string>(area: Area, language: Language): Translate<Key> => {
  const catalogue = catalogueOf(area, language);
  return (key, values) => {
    const message = messageOf(catalogue, area, language, key);
    return typeof message === 'string' ? message : String(message.format(values as Record<string, string>));
  };
};

/** As `translator`, giving the pieces in order, for a page that sets links or emphasis into a sentence. */
export const composer = <Key extends string = string>(area: Area, language: Language): Compose<Key> => {
  const catalogue = catalogueOf(area, language);
  return <Element>(key: Key, values: object) => {
    const message = messageOf(catalogue, area, language, key);
    if (typeof message === 'string') return [message];
    const pieces = message.format<Element>(values as never);
    return Array.isArray(pieces) ? pieces : [pieces as string | Element];
  };
};
