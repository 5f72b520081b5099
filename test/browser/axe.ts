import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A page as it was sent, with its sheet in it: the pages of the portal are no more than that. */
export const dressed = (html: string, sheet: string): string => html.replace(/<link rel="(stylesheet|icon)"[^>]*>/g, '').replace('</head>', `<style>${sheet}</style></head>`);

/** Every finding of axe on the page as it stands, WCAG 2.2 AA and best practice, as `rule: element`. `only`: of these rules alone. */
export const findingsOn = async (page: Page, only?: readonly string[]): Promise<string[]> => {
  await page.evaluate(source);
  return page.evaluate(async (rules) => {
    type Results = { violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] };
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<Results> } };
    const { violations } = await axe.run({ resultTypes: ['violations'], ...(rules === undefined ? {} : { runOnly: rules }) });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ''}`));
  }, only);
};

/** How closely a way of looking is looked at. A page has one structure in all of them: what differs is its colours, and where its words break. */
export type Look = 'all' | 'colours' | 'room';

/** Everything that is wrong with the page as it stands. */
export const faultsOn = async (page: Page, look: Look): Promise<string[]> =>
  [...look === 'room' ? [] : await findingsOn(page, look === 'all' ? undefined : ['color-contrast']), ...await misfitsOn(page)];

/** What is wider than the window, or too small for a finger: a target needs 44 px but in running text. */
export const misfitsOn = (page: Page): Promise<string[]> => page.evaluate(() => {
  const found: string[] = [];
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) found.push(`the page is ${document.documentElement.scrollWidth} px wide in a window of ${width}`);
  for (const one of document.querySelectorAll<HTMLElement>('a, button, input:not([type=hidden]), textarea, summary')) {
    const box = (one.closest('label') ?? one).getBoundingClientRect();
    if (box.width === 0 || one.closest('.skip')) continue;
    const inText = one.tagName === 'A' && getComputedStyle(one).display === 'inline';
    if (!inText && (box.height < 43.5 || box.width < 24)) found.push(`${Math.round(box.width)}×${Math.round(box.height)}: ${one.outerHTML.slice(0, 120)}`);
  }
  return found;
});
