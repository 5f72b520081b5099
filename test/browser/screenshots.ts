/** `npx tsx test/browser/screenshots.ts <folder>`: the pictures of the README, from the views of the gallery. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { allPacks } from '../../policies/index.ts';
import { sheetOf as consoleSheet } from '../../src/console/frame.tsx';
import type { Language } from '../../src/policy/pack.ts';
import { sheetOf as portalSheet } from '../../src/portal/frame.tsx';
import { dressed } from './axe.ts';
import { openBrowser } from './browser.ts';
import { consolePages, paper } from './gallery/console-pages.tsx';
import { galleryPages } from './gallery/pages.tsx';

const [folder = 'screenshots'] = process.argv.slice(2);
const pack = allPacks[0];
if (!pack) throw new Error('there is no brand to draw');

const escaped = (html: string): string => html.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** Phones side by side, each with a page of its own. */
const phones = (pages: readonly string[], ground: string): string => `<!doctype html><style>
  body { margin: 0; padding: 36px; display: flex; gap: 32px; background: ${ground}; }
  iframe { width: 390px; height: 844px; border: 0; border-radius: 34px; box-shadow: 0 12px 44px #0003; }
</style>${pages.map((page) => `<iframe srcdoc="${escaped(page)}"></iframe>`).join('')}`;

const shoot = async (browser: Browser, name: string, html: string, scheme: 'light' | 'dark', viewport: { width: number; height: number }): Promise<void> => {
  const page = await browser.newPage({ viewport, colorScheme: scheme, deviceScaleFactor: 2 });
  await page.setContent(html, { waitUntil: 'load' });
  await page.screenshot({ path: join(folder, name) });
  await page.close();
};

const onPhones = (language: Language, names: readonly string[], ground: string): string => {
  const pages = galleryPages(pack, language);
  return phones(names.map((name) => dressed(pages.get(name) ?? '', portalSheet(pack).text.toString())), ground);
};

const story = ['home', 'preparation', 'status-recoverable', 'status-cancelled'];
const four = { width: 4 * 390 + 3 * 32 + 72, height: 844 + 72 };
await mkdir(folder, { recursive: true });
const browser = await openBrowser();
await shoot(browser, 'portal.zh-CN.png', onPhones('zh-CN', story, '#e9e5dd'), 'light', four);
await shoot(browser, 'portal.en.png', onPhones('en', story, '#e9e5dd'), 'light', four);
await shoot(browser, 'portal-dark.zh-TW.png', onPhones('zh-TW', ['sign-in', 'application', 'consequences', 'status-waiting'], '#050505'), 'dark', four);
for (const language of ['zh-CN', 'en'] as const)
  for (const [name, html] of consolePages(pack, language))
    if (name === 'console-queue' || name === 'console-case')
      await shoot(browser, `${name}.${language}.png`, dressed(html, consoleSheet(pack).text.toString()).replace(/(<img src=")[^"]*"/g, `$1${paper}"`), 'light', { width: 1440, height: 900 });
await browser.close();
