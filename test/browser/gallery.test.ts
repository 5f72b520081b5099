/** Every page in every state: no finding of axe, nothing wider than the window, nothing too small for a finger. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allPacks } from '../../policies/index.ts';
import { sheetOf } from '../../src/portal/frame.tsx';
import { dressed, findingsOn, misfitsOn } from './axe.ts';
import { desktop, openBrowser } from './browser.ts';
import { galleryPages } from './gallery/pages.tsx';

let browser: Browser;
beforeAll(async () => { browser = await openBrowser(); });
afterAll(() => browser?.close());

const narrow = { width: 360, height: 740 };
const looks = [
  ['zh-CN', narrow, 'light'], ['zh-CN', desktop, 'dark'], ['zh-TW', narrow, 'dark'], ['en', narrow, 'light'],
] as const;

/** The pages are the same under every policy; its words and colours are its own. So the first is looked at in every way, each other in one, and in all with SIGNOFF_LOOKS=all. */
const looksAt = (place: number): typeof looks[number][] => (place === 0 || process.env['SIGNOFF_LOOKS'] === 'all' ? [...looks] : [looks[place % looks.length] ?? looks[0]]);

describe.each(allPacks.map((pack, place) => [`${pack.brand} ${pack.carrier ?? ''}`.trim(), pack, looksAt(place)] as const))('%s', (_, pack, ways) => {
  test.each(ways)('in %s at %o, %s', async (language, viewport, colorScheme) => {
    const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
    const page = await context.newPage();
    const found: Record<string, string[]> = {};
    for (const [name, html] of galleryPages(pack, language)) {
      await page.setContent(dressed(html, sheetOf(pack).text.toString()));
      const findings = [...await findingsOn(page), ...await misfitsOn(page)];
      if (findings.length > 0) found[name] = findings;
    }
    await context.close();
    expect(found).toEqual({});
  }, 120_000);
});
