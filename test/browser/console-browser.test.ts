/** A reviewer's work in Chromium with script switched off: sign in, look at the papers, ask, come back, approve. */
import type { FastifyInstance } from 'fastify';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { supply } from '../../src/desk/supply.ts';
import { applicantOf, apply, photo, stateOf } from '../apply.ts';
import { brand, openStory, type Story } from '../harness.ts';
import { openConsole } from '../stories/console-setting.ts';
import { desktop, openBrowser, phone } from './browser.ts';

let story: Story;
let app: FastifyInstance;
let browser: Browser;
let url: string;
const complaints: string[] = [];

beforeAll(async () => {
  story = await openStory({ works: false });
  app = await openConsole(story);
  url = await app.listen({ host: '127.0.0.1', port: 0 });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
  await story?.stop();
});

const signedIn = async (viewport: { width: number; height: number }): Promise<{ context: BrowserContext; page: Page }> => {
  const context = await browser.newContext({ viewport, locale: 'zh-CN', javaScriptEnabled: false });
  const page = await context.newPage();
  page.on('console', (message) => void (/status of 422/.test(message.text()) || complaints.push(message.text()))); // a form sent back is no complaint
  // What was under way when somebody went on to the next page is given up by the browser itself.
  page.on('requestfailed', (request) => request.failure()?.errorText === 'net::ERR_ABORTED' || complaints.push(`${request.url()}: ${request.failure()?.errorText}`));
  await page.goto(`${url}/${brand}/console`);
  const [reviewer] = story.data.staff;
  await page.fill('#email', reviewer?.email ?? '');
  await page.fill('#password', reviewer?.password ?? '');
  await page.click('main form button');
  return { context, page };
};

test('UP7 UP8 from the queue to both decisions, on a desk and on a phone, without a complaint of the browser', async () => {
  const applicant = await applicantOf(story, 'B-100142');
  const number = await apply(story, applicant);
  const { context, page } = await signedIn(desktop);
  await page.click(`text=${number}`);
  expect(await page.textContent('h1')).toContain(number);
  const image = page.locator('.documents img').first();
  await expect.poll(async () => (await image.boundingBox())?.height ?? 0).toBeGreaterThan(100);

  // One way on at a time, by the browser alone.
  const ways = page.locator('.ways-on details');
  await ways.nth(0).locator('summary').click();
  await ways.nth(1).locator('summary').click();
  expect(await ways.nth(0).getAttribute('open')).toBeNull();
  await ways.nth(1).locator('button').click();
  expect(await page.locator('.faults a').allTextContents()).toEqual(['请至少选一项', '请写明为什么需要']);
  await page.click('.faults a[href="#materials"]');
  await page.check('#materials');
  await page.fill('#note', '右下角反光，看不清有效期。');
  await page.locator('.ways-on details[open] button').click();
  expect(await page.textContent('.notice.done')).toContain('计时暂停');
  expect(await stateOf(story, number)).toBe('waiting');
  await context.close();

  await supply(story.signoff.desk, applicant.who, number, { text: '已重拍', documents: [await photo()] });
  const small = await signedIn(phone);
  await small.page.click(`text=${number}`);
  await small.page.click('text=去做决定');
  await small.page.locator('.ways-on summary').first().click();
  await small.page.click('text=批准注销');
  expect(await small.page.textContent('.notice.done')).toMatch(/已批准。线路马上停用/);
  expect(await stateOf(story, number)).toBe('scheduled');
  // Nothing of a case is kept: going back shows it as it is now, decided.
  await small.page.goBack();
  expect(await small.page.textContent('.deciding')).toContain('现在没有要做的决定');
  expect(await story.rows(`select 1 from journal where event = 'approved'`)).toHaveLength(1);
  await small.context.close();
  expect(complaints).toEqual([]);
}, 60_000);
