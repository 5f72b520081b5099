/**
 * How modules of src/ are loaded in a simulation: with seeded randomness; with what src/main.ts opens towards the outside replaced by
 * the world's own; and, for a planted bug, with one passage changed. Everything else is the program as it is.
 */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Plant } from './planted.ts';

const sources = new URL('../../src/', import.meta.url).href;
const seeded = new URL('./seeded-crypto.ts', import.meta.url).href;
const substitutes = new URL('./substitutes.ts', import.meta.url).href;
const main = `${sources}main.ts`;
/** What main.ts imports and the world stands in for: connections, jobs, timers, the signature's thread, every connector. */
const outside = /^\.\/(store\/(db|jobs|clock)|certificate\/sign|connectors\/.+\/(home-register|register|sessions|disconnect|esim-platform|billing|payouts|linked-services|sms-channel|mail-channel))\.ts$/;

/** The module's text with the bug in it. Throws where the passage is not there exactly once: then the code has moved on, and the plant must follow. */
const withBug = (plant: Plant, url: string, text: string): string => plant.changes.reduce((before, [file, was, is]) => {
  if (sources + file !== url) return before;
  if (before.split(was).length !== 2) throw new Error(`the bug "${plant.name}" can't be planted: src/${file} does not have this exactly once: ${was}`);
  return before.replace(was, () => is);
}, text);

/** Before anything of src/ is imported. */
export const hookModules = (plant?: Plant): void => {
  registerHooks({
    resolve: (specifier, context, next) => {
      const to = specifier === 'node:crypto' && context.parentURL?.startsWith(sources) ? seeded : context.parentURL === main && outside.test(specifier) ? substitutes : undefined;
      return to === undefined ? next(specifier, context) : { url: to, format: 'module-typescript', shortCircuit: true };
    },
    load: (url, context, next) => {
      if (plant === undefined || !plant.changes.some(([file]) => sources + file === url)) return next(url, context);
      return { format: 'module-typescript', source: withBug(plant, url, readFileSync(fileURLToPath(url), 'utf8')), shortCircuit: true };
    },
  });
};
