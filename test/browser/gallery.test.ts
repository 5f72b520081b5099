/** Every page in every state: no finding of axe, nothing wider than the window, nothing too small for a finger. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allPacks } from '../../policies/index.ts';
import type { Language } from '../../src/policy/pack.ts';
import { sheetOf } from '../../src/portal/frame.tsx';
import { dressed, faultsOn, type Look } from './axe.ts';
import { desktop, openBrowser } from './browser.ts';
import { galleryPages } from './gallery/pages.tsx';

let browser: Browser;
beforeAll(async () => { browser = await openBrowser(); });
afterAll(() => browser?.close());

const narrow = { width: 360, height: 740 };
const looks = [
  ['zh-CN', narrow, 'light', 'all'], ['zh-CN', desktop, 'dark', 'colours'], ['zh-TW', narrow, 'dark', 'room'], ['en', narrow, 'light', 'room'],
] as const;

type Way = readonly [language: Language, viewport: { readonly width: number; readonly height: number }, scheme: 'light' | 'dark', look: Look];
const closely = process.env['SIGNOFF_LOOKS'] === 'all';

/** The pages are the same under every policy; its words and colours are its own. So the first is looked at in every way, each other in one, and all in every way and closely with SIGNOFF_LOOKS=all. */
const waysOf = (place: number): readonly Way[] => {
  if (closely) return looks.map(([language, viewport, scheme]): Way => [language, viewport, scheme, 'all']);
  return place === 0 ? looks : [looks[place % looks.length] ?? looks[0]];
};

describe.each(allPacks.map((pack, place) => [`${pack.brand} ${pack.carrier ?? ''}`.trim(), pack, waysOf(place), place] as const))('%s', (_, pack, ways, place) => {
  test.each(ways)('in %s at %o, %s', async (language, viewport, colorScheme, look) => {
    const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
    const page = await context.newPage();
    const found: Record<string, string[]> = {};
    let looked = 0;
    for (const [number, [name, html]] of [...galleryPages(pack, language)].entries()) {
      await page.setContent(dressed(html, sheetOf(pack).text.toString()));
      // Colours of a policy are on every page the same few: of each other than the first, some pages show them all.
      const findings = await faultsOn(page, closely || place === 0 ? look : number % 6 === place % 6 ? 'colours' : 'room');
      looked += 1;
      if (findings.length > 0) found[name] = findings;
    }
    await context.close();
    expect(looked).toBeGreaterThan(20);
    expect(found).toEqual({});
  }, 120_000);
});
