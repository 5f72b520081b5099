/** ES4 in Chromium with script on: the box to draw in, under a policy that lets this one script run and no other. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDraft, saveDraft } from '../../src/desk/draft.ts';
import { inboxOf } from '../../src/simulator/inbox.ts';
import { brand, eventually, openStory, type Story } from '../harness.ts';
import { servePortal } from '../served-portal.ts';
import { person } from '../stories/up-setting.ts';
import { openBrowser, phone } from './browser.ts';

const everywhere = (words: string) => ({ 'zh-CN': words, 'zh-TW': words, en: words });
const who = person('35');
let story: Story;
let served: Awaited<ReturnType<typeof servePortal>>;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [story, browser] = await Promise.all([
    openStory({ also: [who], change: (pack) => ({ ...pack, agreements: [{ id: 'end', title: everywhere('终止服务协议'), body: everywhere('服务在七天后终止。') }] }) }),
    openBrowser(),
  ]);
  served = await servePortal(story);
  page = await (await browser.newContext({ viewport: phone, locale: 'zh-CN' })).newPage();
  page.setDefaultTimeout(10_000);
});
afterAll(async () => {
  await browser?.close();
  await served?.close();
  await story?.stop();
});

test('ES4 a signature that was drawn stands on the paper; the policy of the page lets nothing else run', async () => {
  const { desk } = story.signoff;
  const [line] = await story.rows<{ id: string; subscriber_id: string }>(`select id, subscriber_id from lines where billing_ref = 'B-100135'`);
  const owner = { brand, subscriberId: line?.subscriber_id ?? '' };
  const lineId = line?.id ?? '';
  expect((await openDraft(desk, owner, lineId)).ok).toBe(true);
  await saveDraft(desk, owner, lineId, { name: who.person.name });
  const refused: string[] = [];
  page.on('console', (message) => { if (message.type() === 'error') refused.push(message.text()); });

  await page.goto(`${served.url}/${brand}/sign-in`);
  await page.getByLabel('手机号码').fill(who.phone);
  await page.getByLabel('密码').fill(who.password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.waitForURL(/\/ultra-purple\/$/);
  await page.goto(`${served.url}/${brand}/lines/${lineId}/cancel/agreements`);
  await page.getByRole('button', { name: '我已读完，去签署' }).click();
  await page.waitForURL(/\/agreements\/sign$/);

  const board = page.locator('canvas');
  expect(await board.isVisible()).toBe(true);
  const box = await board.boundingBox();
  if (box === null) throw new Error('no box to draw in');
  const draw = async (): Promise<void> => {
    await page.mouse.move(box.x + 20, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 20, box.y + box.height - 10, { steps: 8 });
    await page.mouse.up();
  };
  const field = page.locator('input[name=drawn]');
  await draw();
  expect(await field.inputValue()).toMatch(/^\d+,\d+( \d+,\d+){8}$/);
  await page.getByRole('button', { name: '清除重写' }).click();
  expect(await field.inputValue()).toBe('');
  await draw();
  await page.evaluate(`document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.slipped = true' }))`);
  expect(await page.evaluate('window.slipped')).toBeUndefined();
  expect(refused.some((message) => message.includes('Content Security Policy'))).toBe(true);

  const code = await eventually('a code by mail', async () => /\b\d{8}\b/.exec(inboxOf(story.simulator.effects(), who.person.email ?? '').mail.at(-1)?.text ?? '')?.[0]);
  await page.getByLabel('您的姓名').fill(who.person.name);
  await page.getByLabel('验证码').fill(code);
  await page.getByRole('button', { name: '签署', exact: true }).click();
  await page.waitForURL(/\/cancel\/consequences$/);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.goto(`${served.url}/${brand}/lines/${lineId}/cancel/agreements/end/signed.pdf`).catch(() => undefined), // it is saved, not shown
  ]);
  expect(download.suggestedFilename()).toBe('end.pdf');
  expect(await story.rows(`select 1 from agreement_signatures`)).toHaveLength(1);
});
