/** Every page of the console in every state: no finding of axe, nothing wider than the window, nothing too small for a finger. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allPacks } from '../../policies/index.ts';
import { sheetOf } from '../../src/console/frame.tsx';
import { faultsOn } from './axe.ts';
import { desktop, openBrowser } from './browser.ts';
import { consolePages, paper } from './gallery/console-pages.tsx';

let browser: Browser;
beforeAll(async () => { browser = await openBrowser(); });
afterAll(() => browser?.close());

const narrow = { width: 360, height: 740 };
const looks = [
  ['zh-CN', narrow, 'light', 'all'], ['zh-CN', desktop, 'dark', 'colours'], ['zh-TW', narrow, 'dark', 'room'], ['en', narrow, 'light', 'room'], ['en', desktop, 'light', 'room'],
] as const;

test.each(looks)('in %s at %o, %s', async (language, viewport, colorScheme, look) => {
  const [pack] = allPacks;
  if (pack === undefined) throw new Error('there is no brand to look at');
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const found: Record<string, string[]> = {};
  let looked = 0;
  for (const [name, html] of consolePages(pack, language)) {
    await page.setContent(html.replace(/<link rel="(stylesheet|icon)"[^>]*>/g, '').replace('</head>', `<style>${sheetOf(pack).text.toString()}</style></head>`).replace(/(<img src=")[^"]*"/g, `$1${paper}"`));
    const findings = await faultsOn(page, look);
    looked += 1;
    if (findings.length > 0) found[name] = findings;
  }
  await context.close();
  expect(looked).toBeGreaterThan(20);
  expect(found).toEqual({});
}, 120_000);
