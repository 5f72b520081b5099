/** The whole story in Chromium, script switched off, on a phone and on a desk; axe on every page of it. */
import sharp from 'sharp';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { approve, ask } from '../../src/desk/review-case.ts';
import { brand, days, eventually, openStory, type Story } from '../harness.ts';
import { servePortal } from '../served-portal.ts';
import { sheetOf } from '../../src/portal/frame.tsx';
import { dressed, findingsOn, misfitsOn } from './axe.ts';
import { desktop, openBrowser, phone } from './browser.ts';

describe.each([['phone', phone, 'light'], ['desktop', desktop, 'dark']] as const)('on a %s', (_, viewport, colorScheme) => {
  let story: Story;
  let served: Awaited<ReturnType<typeof servePortal>>;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let photo: Buffer;
  let beside: Page;
  let sheet: string;
  const seen = new Map<string, string[]>();

  beforeAll(async () => {
    [story, browser, photo] = await Promise.all([
      openStory(), openBrowser(), sharp({ create: { width: 1400, height: 900, channels: 3, background: '#ddd4c8' } }).jpeg().toBuffer(),
    ]);
    served = await servePortal(story);
    context = await browser.newContext({ viewport, colorScheme, javaScriptEnabled: false, locale: 'zh-CN' });
    page = await context.newPage();
    page.setDefaultTimeout(10_000);
    beside = await (await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' })).newPage();
    const pack = story.signoff.desk.packs.latest(brand);
    sheet = pack.ok ? sheetOf(pack.value).text.toString() : '';
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
    await story?.stop();
  });

  const look = async (name: string): Promise<void> => {
    // axe is script, and the visitor has none: it looks at the same page in a window of its own.
    await beside.setContent(dressed(await page.content(), sheet));
    seen.set(name, [...await findingsOn(beside), ...await misfitsOn(beside)]);
  };
  const press = async (name: string): Promise<void> => {
    await Promise.all([page.waitForLoadState('load'), page.getByRole('button', { name, exact: true }).first().click()]);
  };
  const follow = async (name: string): Promise<void> => {
    await Promise.all([page.waitForLoadState('load'), page.getByRole('link', { name, exact: true }).first().click()]);
  };
  const heading = () => page.locator('h1').innerText();

  test('UP1 UP2 UP3 UP4 UP5 UP10 UP12 UP13 from sign-in to the receipt', async () => {
    const [who] = story.data.subscribers;
    if (!who) throw new Error('the demo data has a subscriber');
    await page.goto(`${served.url}/${brand}/`);
    await look('sign-in');
    await page.getByLabel('手机号码').fill(who.phone);
    await page.getByLabel('密码').fill(who.password);
    await press('登录');
    expect(await heading()).toBe(`您好，${who.person.name}`);
    await look('home');
    await follow('注销账户');
    await look('preparation, open');
    await page.getByRole('button', { name: /^现在支付/ }).click();
    await press('全部解绑');
    expect(await heading()).toBe('都准备好了');
    await look('preparation, ready');
    const [data] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '下载我的数据' }).click()]);
    expect(data.suggestedFilename()).toMatch(/\.json$/);
    await press('下一步：填写申请');

    expect(await page.getByLabel('姓名').inputValue()).toBe(who.person.name); // what is known is not typed again
    await page.getByLabel('姓名').fill('');
    await press('保存并继续');
    expect(await page.locator('.faults').innerText()).toContain('有几处需要更正');
    await look('application, wrong');
    await page.locator('.faults a[href="#name"]').click();
    expect(new URL(page.url()).hash).toBe('#name');
    await page.getByLabel('不再需要此服务').check();
    await page.getByLabel('姓名').fill(who.person.name);
    await page.getByLabel('登记的邮箱').fill(who.person.email ?? '');
    await page.getByLabel('护照').check();
    await page.getByLabel('证件照片或扫描件').setInputFiles({ name: 'passport.jpg', mimeType: 'image/jpeg', buffer: photo });
    await press('保存并继续');
    expect(await heading()).toBe('注销意味着什么');
    await look('consequences');
    await page.goBack();
    await look('application, filled in');
    expect(await page.getByLabel('姓名').inputValue()).toBe(who.person.name);
    await page.goForward();
    for (const box of await page.getByRole('checkbox').all()) await box.check();
    await press('我都明白了，继续');
    expect(await heading()).toBe('检查一遍，然后提交');
    await look('check');
    await press('提交注销申请');
    expect(await heading()).toBe('已收到您的申请');
    await look('receipt');
    await page.goBack();
    await page.waitForLoadState('load');
    expect(new URL(page.url()).pathname).toMatch(/\/cases\/[^/]+$/); // going back leads to the case, not to a second application
  }, 120_000);

  test('UP6 UP7 UP8 UP9 review, addition, waiting period, certificate', async () => {
    await look('status, in review');
    const number = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    const [staff] = await story.rows<{ id: string }>('select id from staff where brand = $1 order by created_at limit 1', [brand]);
    const reviewer = { brand, staffId: staff?.id ?? '' };
    expect((await ask(story.signoff.desk, reviewer, number, { materials: ['clearer-document'], note: '右下角反光。' })).ok).toBe(true);
    await page.goto(`${served.url}/${brand}/`);
    await look('home, something to do');
    await follow('补充材料');
    await look('supplement');
    await page.getByLabel('留言').fill('重新拍了一张。');
    await press('提交补充');
    await look('status, supplied');

    expect((await approve(story.signoff.desk, reviewer, number)).ok).toBe(true);
    await eventually('the line is barred', async () => (await story.rows<{ state: string }>('select state from cancellations where application_number = $1', [number]))[0]?.state === 'recoverable', 60);
    await page.reload();
    expect(await heading()).toContain('尚未注销');
    await look('status, recoverable');
    await follow('撤回申请');
    await look('withdraw');
    await follow('不撤回');
    await story.pass(days(8));
    await eventually('the line is cancelled', async () => (await story.rows<{ state: string }>('select state from cancellations where application_number = $1', [number]))[0]?.state === 'cancelled', 60);
    if (new URL((await page.goto(`${served.url}/${brand}/cases/${number}`))?.url() ?? '').pathname.endsWith('/sign-in')) {
      const [who] = story.data.subscribers; // the waiting days outlast a session
      await look('sign-in, again');
      await page.getByLabel('手机号码').fill(who?.phone ?? '');
      await page.getByLabel('密码').fill(who?.password ?? '');
      await press('登录');
    }
    expect(await heading()).toContain('已注销');
    await look('status, cancelled');
    const [pdf] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载 PDF' }).click()]);
    const [jws] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载签名文件' }).click()]);
    await page.goto(`${served.url}/${brand}/verify?n=${number}`);
    await look('verify, by number');
    for (const file of [pdf, jws]) {
      await page.getByLabel('证明文件').setInputFiles(await file.path());
      await press('核验');
      expect(await page.locator('main').innerText()).toContain('核验通过');
    }
    await look('verify, genuine');
  }, 120_000);

  test('no page has a finding of axe, is wider than its window, or has a target too small', () => {
    expect(seen.size).toBeGreaterThan(14);
    expect(Object.fromEntries([...seen].filter(([, findings]) => findings.length > 0))).toEqual({});
    expect(story.alarms).toEqual([]);
  });
});
