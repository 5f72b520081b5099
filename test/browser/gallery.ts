/** `npx tsx test/browser/gallery.ts <folder> [page or language…]`: pictures of every page from invented views, without a server. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { allPacks } from '../../policies/index.ts';
import { languages } from '../../src/policy/pack.ts';
import { sheetOf as consoleSheet } from '../../src/console/frame.tsx';
import { sheetOf as portalSheet } from '../../src/portal/frame.tsx';
import { desktop, openBrowser, phone } from './browser.ts';
import { consolePages, paper } from './gallery/console-pages.tsx';
import { galleryPages } from './gallery/pages.tsx';

const [folder = 'gallery', ...wanted] = process.argv.slice(2);
const pack = allPacks[0];
if (!pack) throw new Error('there is no brand to draw');
await mkdir(folder, { recursive: true });
const browser = await openBrowser();
const doors = [{ pages: galleryPages, sheet: portalSheet(pack) }, { pages: consolePages, sheet: consoleSheet(pack) }];
for (const language of languages)
  for (const [name, html, sheet] of doors.flatMap((door) => [...door.pages(pack, language)].map(([name, html]) => [name, html, door.sheet] as const))) {
    if (wanted.length > 0 && ![name, language].some((part) => wanted.includes(part))) continue;
    const dressed = html.replace(/<link rel="(stylesheet|icon)"[^>]*>/g, '').replace('</head>', `<style>${sheet.text.toString()}</style></head>`)
      .replace(/(<img src=")[^"]*"/g, `$1${paper}"`);
    for (const [shape, viewport, colorScheme] of [['phone', phone, 'light'], ['desktop', desktop, 'light'], ['dark', phone, 'dark']] as const) {
      const page = await browser.newPage({ viewport, colorScheme, javaScriptEnabled: false });
      await page.setContent(dressed);
      await page.screenshot({ path: join(folder, `${name}.${language}.${shape}.png`), fullPage: true });
      await page.close();
    }
  }
await browser.close();
