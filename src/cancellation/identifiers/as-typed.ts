/** Spaces of every width, hyphens and dashes, and the invisible marks that come along when a number is copied from a contact. */
const separators = /[\s\p{Pd}\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** Full-width forms as plain ones: an input method for Chinese writes ０９ and ＠ by default. */
export const narrowed = (text: string): string => text.normalize('NFKC');

/** Groups joined: `8946 1177-7100` → `894611777100`. */
export const joined = (text: string): string => narrowed(text).replace(separators, '');

/** The first character that does not belong, for the message at the field; undefined where all belong. */
export const firstOutside = (text: string, allowed: RegExp): string | undefined => [...text].find((character) => !allowed.test(character));
