/** UP1, through real HTTP: a phone number and a password, from any browser; a forgotten one is set anew. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { brand, hours } from '../harness.ts';
import { codeFor, come, eventually, headline, inbox, pathOf, person, says, serve, signIn, words, type Served } from './up-setting.ts';

const say = says('zh-CN');
const byMail = person('50');
const bySms = person('51');
const guessed = person('52');
const wanderer = person('53');

let served: Served;
beforeAll(async () => {
  served = await serve({ also: [byMail, bySms, guessed, wanderer] });
});
afterAll(() => served?.close());

describe('UP1 signing in', () => {
  test('UP1 by phone number and password, however the number is written', async () => {
    for (const name of [wanderer.phone, '+1 (202) 555-0153', '+1 202.555.0153', '＋１２０２５５５０１５３']) {
      const one = await come(served, '/sign-in');
      await one.submit('/sign-in', { name, password: wanderer.password });
      expect([name, pathOf(one), headline(one)]).toEqual([name, '/', `您好，${wanderer.person.name}`]);
    }
  });

  test('UP1 the same page for a phone and for a desk, without script, fitted to the screen, with the right keyboard and the browser’s own password memory', async () => {
    const desk = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
    const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';
    const pageFor = async (agent: string) => (await fetch(`${served.root()}/sign-in`, { headers: { 'user-agent': agent, 'accept-language': 'zh-CN' } })).text();
    const [onDesk, onPhone] = await Promise.all([pageFor(desk), pageFor(phone)]);
    const withoutToken = (html: string) => html.replace(/name="token" value="[^"]+"/g, '');
    expect(withoutToken(onPhone)).toBe(withoutToken(onDesk));
    const one = await come(served, '/sign-in');
    const { root, html } = one.page();
    expect(root.querySelector('meta[name=viewport]')?.getAttribute('content')).toContain('width=device-width');
    expect(html).not.toMatch(/<script|user-scalable=no/);
    expect(root.querySelector('#name')?.attributes).toMatchObject({ inputmode: 'tel', autocomplete: 'username' });
    expect(root.querySelector('#password')?.attributes).toMatchObject({ type: 'password', autocomplete: 'current-password' });
    for (const id of ['name', 'password']) expect(root.querySelector(`label[for=${id}]`)?.text).not.toBe('');
  });

  test('UP1 what is wrong is said at the field; a wrong password and a number that nobody has read the same', async () => {
    const one = await come(served, '/sign-in');
    await one.submit('/sign-in', { name: ' ', password: '' });
    expect(one.page().status).toBe(422);
    expect(one.page().root.querySelectorAll('.faults a').map((link) => link.getAttribute('href'))).toEqual(['#name', '#password']);
    expect(one.page().root.querySelector('#password')?.attributes).toMatchObject({ 'aria-invalid': 'true', 'aria-describedby': 'password-fault' });
    expect(one.page().root.querySelector('#password-fault')?.text).toBe(say('sign-in.password-missing'));

    const said = async (name: string) => {
      const stranger = await come(served, '/sign-in');
      await stranger.submit('/sign-in', { name, password: 'no-such-lantern-anywhere' });
      expect(stranger.page().html).not.toContain('no-such-lantern-anywhere');
      return [stranger.page().status, words(stranger)];
    };
    const wrong = await said(wanderer.phone);
    expect(wrong).toEqual(await said('+12025550199'));
    expect(wrong).toEqual([422, expect.stringContaining(say('sign-in.wrong'))]);
  });

  test('UP1 whoever wanted a page gets it after signing in; a page elsewhere is never led to', async () => {
    const one = await come(served, '/questions');
    const signedIn = await signIn(served, wanderer);
    const line = new URL(signedIn.link(/\/lines\/[^/]+$/)).pathname;
    await one.visit(served.origin + line);
    expect(pathOf(one)).toBe('/sign-in');
    await one.submit('/sign-in', { name: wanderer.phone, password: wanderer.password });
    expect(new URL(one.page().url).pathname).toBe(line);
    for (const next of ['//elsewhere.example', 'https://elsewhere.example', '/\\elsewhere.example', '/..//elsewhere.example']) {
      const led = await come(served, `/sign-in?next=${encodeURIComponent(next)}`);
      await led.submit('/sign-in', { name: wanderer.phone, password: wanderer.password });
      expect(new URL(led.page().url).origin).toBe(served.origin);
    }
  });

  test('UP1 after signing out nothing is left in the browser: the page was kept nowhere, the old session opens nothing', async () => {
    const one = await signIn(served, wanderer);
    const home = one.page().url;
    const session = one.cookie(home);
    const before = await fetch(home, { headers: { cookie: session } });
    expect([before.status, before.headers.get('cache-control')]).toEqual([200, 'no-store']);
    await one.submit('/sign-out');
    expect(words(one)).toContain(say('sign-in.signed-out'));
    const after = await fetch(home, { redirect: 'manual', headers: { cookie: session } });
    expect([after.status, after.headers.get('location')]).toEqual([303, `/${brand}/sign-in`]);
  });

  test('UP1 a session ends over night, and it is said why one is asked again', async () => {
    const one = await signIn(served, wanderer);
    await served.story.pass(hours(13));
    await one.visit(`${served.root()}/`);
    expect(pathOf(one)).toBe('/sign-in');
    expect(words(one)).toContain(say('sign-in.again'));
  });

  test('UP1 in three languages by header and by switch; the choice is kept, and so is the page', async () => {
    const titles = { 'zh-CN': '登录', 'zh-TW': '登入', en: 'Sign in' };
    for (const [language, title] of Object.entries(titles)) expect(headline(await come(served, '/sign-in', language))).toBe(title);
    const one = await come(served, '/reset', 'zh-CN');
    await one.visit(one.page().root.querySelector('a[hreflang=zh-Hant]')?.getAttribute('href') ?? '');
    expect([pathOf(one), headline(one), one.page().root.querySelector('html')?.getAttribute('lang')]).toEqual(['/reset', '重設密碼', 'zh-Hant']);
    await one.visit(`${served.root()}/sign-in`);
    expect(headline(one)).toBe(titles['zh-TW']);
  });
});

describe('UP1 找回密码', () => {
  const anew = 'a-lantern-over-the-quiet-river';

  test('UP1 by mail: the code arrives, the new password signs in, the old one and every session of before do not', async () => {
    const before = await signIn(served, byMail);
    const one = await come(served, '/sign-in');
    await one.visit(one.link(/\/reset$/));
    await one.submit('/reset', { name: byMail.phone, channel: 'e-mail' });
    expect(words(one)).toContain(say('reset-code.sent', { minutes: 10 }));
    const code = await codeFor(served, byMail.person.email ?? '');
    await one.submit('/reset/code', { code, password: anew });
    expect(words(one)).toContain(say('reset-code.done'));
    await one.submit('/sign-in', { name: byMail.phone, password: byMail.password });
    expect(words(one)).toContain(say('sign-in.wrong'));
    await one.submit('/sign-in', { name: byMail.phone, password: anew });
    expect(headline(one)).toContain(byMail.person.name);
    await before.visit(`${served.root()}/`);
    expect(pathOf(before)).toBe('/sign-in');
    const mail = inbox(served, byMail.person.email ?? '').mail.find(({ subject }) => subject.includes('重设密码的验证码'));
    expect(mail?.text).toContain('10 分钟内有效');
    await eventually('the owner is told of the change', async () => inbox(served, byMail.person.email ?? '').mail.some(({ subject }) => subject.includes('您的密码已更改')));
  });

  test('UP1 by SMS: to the contact phone, never to a number of the account’s own lines', async () => {
    const one = await come(served, '/reset', 'en');
    await one.submit('/reset', { name: bySms.phone, channel: 'sms' });
    const code = await codeFor(served, bySms.person.contactPhone ?? '');
    expect(inbox(served, bySms.phone).sms).toEqual([]);
    expect(inbox(served, bySms.person.email ?? '').mail).toEqual([]);
    await one.submit('/reset/code', { code: code.replace(/(.{4})/, '$1 '), password: anew });
    expect(words(one)).toContain(says('en')('reset-code.done'));
    await one.submit('/sign-in', { name: bySms.phone, password: anew });
    expect(pathOf(one)).toBe('/');
  });

  test('UP1 a code is guessed at five times at most, is used once, and runs out', async () => {
    const ask = async () => {
      const one = await come(served, '/reset', 'en');
      await one.submit('/reset', { name: guessed.phone, channel: 'e-mail' });
      return one;
    };
    const answered = () => inbox(served, guessed.person.email ?? '').mail.length;
    const one = await ask();
    const code = await codeFor(served, guessed.person.email ?? '');
    const wrong = code === '00000000' ? '11111111' : '00000000';
    for (const left of ['4 tries are left', '3 tries are left', '2 tries are left', 'One try is left', 'no longer good']) {
      await one.submit('/reset/code', { code: wrong, password: anew });
      expect(one.page().root.querySelector('#code-fault')?.text).toContain(left);
    }
    await one.submit('/reset/code', { code, password: anew });
    expect(words(one)).toContain('no longer good');

    await served.story.pass(hours(1));
    const sent = answered();
    const later = await ask();
    await eventually('another code', async () => answered() > sent);
    const second = await codeFor(served, guessed.person.email ?? '');
    await served.story.pass(hours(0.25));
    await later.submit('/reset/code', { code: second, password: anew });
    expect(words(later)).toContain('no longer good');
    expect(pathOf(await signIn(served, guessed))).toBe('/'); // nothing was changed
  });

  test('UP1 a number that nobody has gets the same page, and nobody a message', async () => {
    const before = served.story.simulator.effects().length;
    const asked = async (name: string) => {
      const one = await come(served, '/reset');
      await one.submit('/reset', { name, channel: 'e-mail' });
      return [one.page().status, pathOf(one), words(one)];
    };
    const nobody = await asked('+12025550199');
    expect(served.story.simulator.effects().length).toBe(before);
    expect(nobody).toEqual(await asked(wanderer.phone));
  });

  test('nothing broke on the way', () => expect(served.story.alarms).toEqual([]));
});
