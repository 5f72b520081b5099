import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { tokensOf, type BrandColour } from './colours.ts';

/** One style sheet, ready to be sent: `name` changes with the content, so it may be kept for ever. */
export type StyleSheet = { readonly name: string; readonly text: Buffer; readonly gzip: Buffer; readonly brotli: Buffer };

const parts = ['base', 'parts', 'form', 'story', 'print'] as const;
const sheetOf = (part: string): URL => new URL(`./css/${part}.css`, import.meta.url);

/** Enough for a sheet written by hand: no strings with blanks or comment marks in them but font names. */
const squeeze = (css: string): string =>
  css.replace(/\/\*[^]*?\*\//g, '').replace(/\s+/g, ' ').replace(/ ?([{};,]) ?/g, '$1').replace(/: /g, ':').replace(/;}/g, '}').trim();

const properties = (tokens: Record<string, string>): string => Object.entries(tokens).map(([name, value]) => `--${name}:${value}`).join(';');

/** `more`: the files of a door that has parts of its own; they come after ours. */
export const styleSheet = (colour: BrandColour, more: readonly URL[] = []): StyleSheet => {
  const dark = properties(tokensOf(colour.dark, 'dark'));
  const tokens = `:root{color-scheme:light dark;${properties(tokensOf(colour.light, 'light'))}}@media screen and (prefers-color-scheme:dark){:root{${dark}}}`;
  const text = Buffer.from(tokens + squeeze([...parts.map(sheetOf), ...more].map((file) => readFileSync(file, 'utf8')).join('\n')));
  const name = `style-${createHash('sha256').update(text).digest('hex').slice(0, 16)}.css`;
  return { name, text, gzip: gzipSync(text, { level: 9 }), brotli: brotliCompressSync(text) };
};
