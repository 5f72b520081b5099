import type { VNode } from 'preact';
import { jsxTemplate } from 'preact/jsx-runtime';
import { renderToString } from 'preact-render-to-string';

const kept = new Map<string, string>();
/** Brands, languages and versions of policies are few; whatever else came in would be a mistake, and would not grow without end. */
const most = 1000;

/** What is the same on page after page is made into HTML once. `words`: everything that stands in it; never anything of one person's. */
export const still = (name: string, words: readonly string[], make: () => VNode): VNode => {
  const key = `${name}\0${words.join('\0')}`;
  const known = kept.get(key);
  if (known !== undefined) return jsxTemplate([known]);
  if (kept.size >= most) kept.clear();
  const made = renderToString(make());
  kept.set(key, made);
  return jsxTemplate([made]);
};
