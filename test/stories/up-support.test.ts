/** UP13 of every page there is, and what each weighs. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { everyPage } from '../../bench/every-page.ts';
import { bytesOnWire, drawnIn } from '../../bench/weigh.ts';
import type { Page } from '../../src/demo/visitor.ts';
import type { Language, Pack } from '../../src/policy/pack.ts';
import { brand } from '../harness.ts';
import { come, says, serve, words, type Served } from './up-setting.ts';

type Seen = Page & { readonly door: 'portal' | 'console'; readonly name: string; readonly bytes: number };
let served: Served;
let pack: Pack;
const seen: Seen[] = [];
beforeAll(async () => {
  served = await serve();
  const found = served.story.signoff.desk.packs.latest(brand);
  if (!found.ok) throw new Error('no pack');
  pack = found.value;
  const drawn = new Map<string, Promise<number>>();
  await everyPage({ origin: served.origin, data: served.story.data, pass: served.story.pass }, async ({ door, name, who }) => {
    const page = who.page();
    const others = drawnIn(page.html, page.url).map((address) => {
      drawn.set(address, drawn.get(address) ?? bytesOnWire(address));
      return drawn.get(address) ?? 0;
    });
    // An answer to a form can't be asked for again; it weighs what its text weighs, and a head.
    const own = page.status === 422 ? Buffer.byteLength(page.html) + 1000 : await bytesOnWire(page.url, { cookie: who.cookie(page.url), 'accept-language': 'zh-CN' });
    seen.push({ ...page, door, name, bytes: own + (await Promise.all(others)).reduce((sum, bytes) => sum + bytes, 0) });
  });
});
afterAll(() => served?.close());

const portal = (): Seen[] => seen.filter(({ door }) => door === 'portal');

test('every page of the process was there', () => {
  expect(seen.length).toBeGreaterThan(40);
  expect(seen.filter(({ status, name }) => status >= 400 && !/correct|not found/.test(name)).map(({ name }) => name)).toEqual([]);
  // Of what is read alone: a token in an address may spell anything.
  for (const { root, name } of seen) expect(root.textContent, name).not.toMatch(/undefined|\[object |Invalid Date|NaN/);
});

test('UP13 support is reachable from every page: a link to it, a number to call, and the hours', async () => {
  for (const { name, root } of portal()) {
    expect(root.querySelectorAll('a').map((link) => link.getAttribute('href')), name).toContain(`/${brand}/help`);
    const call = root.querySelectorAll('a[href^="tel:"]').find((link) => link.text === pack.addresses.phone);
    expect(call?.getAttribute('href'), name).toBe(`tel:${pack.addresses.phone.replaceAll(' ', '')}`);
    expect(root.text, name).toContain(Object.values(pack.addresses.hours).find((hours) => root.text.includes(hours)) ?? pack.addresses.hours['zh-CN']);
  }
  for (const language of ['zh-CN', 'zh-TW', 'en'] as Language[]) {
    const help = await come(served, '/help', language);
    expect(help.page().status).toBe(200);
    for (const part of [pack.addresses.phone, pack.addresses.mail, pack.addresses.hours[language], pack.addresses.site]) expect(words(help)).toContain(part);
    expect(help.link(/^mailto:/)).toBe(`mailto:${pack.addresses.mail}`);
  }
});

test('UP13 advice on safe networks and phishing stands wherever personal data is asked', async () => {
  const personal = 'input[name=name], input[name=phone], input[name=email], input[name=password], input[name=document], input[name=code], input[name=number]';
  const asking = portal().filter(({ root }) => root.querySelectorAll('main form').some((form) => form.querySelector(personal) !== null));
  expect(asking.map(({ name }) => name)).toEqual(expect.arrayContaining(['sign-in', 'reset', 'reset, the code', 'application', 'application, to correct', 'supplement', 'look up', 'look up, the code']));
  const advices = (['zh-CN', 'zh-TW', 'en'] as const).map((language) => says(language)('safety.advice', { site: pack.addresses.site }));
  for (const { name, root } of asking) {
    const main = root.querySelector('main')?.text.replace(/\s+/g, ' ') ?? '';
    expect(advices.some((advice) => main.includes(advice)), name).toBe(true);
    expect(root.querySelectorAll('main a').map((link) => link.getAttribute('href')), name).toContain(`/${brand}/safety`);
  }
  expect(advices[0]).toMatch(/可信的网络.*索要密码和验证码/);
  const safety = await come(served, '/safety', 'zh-CN');
  for (const part of [pack.addresses.site, pack.addresses.mail, pack.addresses.phone, pack.smsSender, '公共 Wi-Fi', '验证码']) expect(words(safety)).toContain(part);
});

test('UP13 no page or link leads to an address that is not the brand’s own', () => {
  for (const { name, root, url } of seen) {
    for (const link of root.querySelectorAll('[href], [src], [action]')) {
      const to = new URL(link.getAttribute('href') ?? link.getAttribute('src') ?? link.getAttribute('action') ?? '', url);
      expect([name, ['tel:', 'mailto:'].includes(to.protocol) || to.origin === served.origin, to.href]).toEqual([name, true, to.href]);
    }
  }
});

test('no page weighs more than 30 kB on the wire, style sheet and mark with it', () => {
  expect(seen.filter(({ bytes }) => bytes > 30_000).map(({ name, bytes }) => `${name}: ${bytes}`)).toEqual([]);
  expect(Math.min(...seen.map(({ bytes }) => bytes))).toBeGreaterThan(5_000); // it was weighed
});

test('nothing broke on the way', () => expect(served.story.alarms).toEqual([]));
