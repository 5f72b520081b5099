/** The portal as it is without script: links followed, forms filled in, cookies kept. */
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { approve, ask, refuse } from '../../src/desk/review-case.ts';
import { visitor, type File, type Visitor } from '../../src/demo/visitor.ts';
import { inboxOf } from '../../src/simulator/inbox.ts';
import { brand, days, eventually, openStory, type Story } from '../harness.ts';
import { servePortal } from '../served-portal.ts';

let story: Story;
let served: Awaited<ReturnType<typeof servePortal>>;
beforeAll(async () => {
  story = await openStory();
  served = await servePortal(story);
});
afterAll(async () => {
  await served?.close();
  await story?.stop();
});

const subscriber = (place: 0 | 1 = 0) => {
  const one = story.data.subscribers[place];
  if (!one?.person.email) throw new Error('the demo data has two subscribers with a mail address');
  return { ...one, person: { ...one.person, email: one.person.email } };
};
const photo = async (): Promise<File> => ({
  name: 'passport.jpg', type: 'image/jpeg',
  contents: new Uint8Array(await sharp({ create: { width: 1200, height: 800, channels: 3, background: '#ddd4c8' } }).jpeg().toBuffer()),
});
const come = async (language = 'zh-CN', path = '/'): Promise<Visitor> => {
  const one = visitor(served.url, language);
  await one.visit(`/${brand}${path}`);
  return one;
};
const signedIn = async (language?: string, place: 0 | 1 = 0): Promise<Visitor> => {
  const one = await come(language, '/sign-in');
  await one.submit('/sign-in', { name: subscriber(place).phone, password: subscriber(place).password });
  return one;
};
const text = (one: Visitor): string => one.page().root.querySelector('main')?.text.replace(/\s+/g, ' ') ?? '';
const pathOf = (one: Visitor): string => new URL(one.page().url).pathname.slice(brand.length + 1);

/** Eight digits, from the newest message to them. */
const codeFor = (to: string): Promise<string> => eventually(`a code for ${to}`, async () => {
  const { mail, sms } = inboxOf(story.simulator.effects(), to);
  return /\b\d{8}\b/.exec(mail.at(-1)?.text ?? sms.at(-1)?.text ?? '')?.[0];
});

const toReceipt = async (one: Visitor, who = subscriber()): Promise<string> => {
  await one.visit(`/${brand}/`);
  await one.visit(one.link(/\/lines\/[^/]+\/cancel$/));
  while (one.page().root.querySelector('form[action$="/pay-bill"]')) await one.submit('/pay-bill');
  if (one.page().root.querySelector('form[action$="/unbind"]')) await one.submit('/unbind', { device: 'all' });
  await one.submit('/cancel');
  await one.submit('/application', { reason: 'no-longer-needed', name: who.person.name, email: who.person.email, documentKind: 'passport', document: await photo() });
  await one.submit('/consequences', { acknowledged: one.page().root.querySelectorAll('[name=acknowledged]').map((box) => box.getAttribute('value') ?? '') });
  await one.submit('/check');
  expect(pathOf(one)).toMatch(/^\/cases\/[0-9A-Z-]+\/receipt$/);
  return pathOf(one).split('/')[2] ?? '';
};
const reviewer = async () => {
  const [found] = await story.rows<{ id: string }>('select id from staff where brand = $1 order by created_at limit 1', [brand]);
  if (!found) throw new Error('there is no reviewer');
  return { brand, staffId: found.id };
};

describe('signing in', () => {
  test('UP1 by phone number and password, back to the page that was wanted; out again', async () => {
    const one = await come('zh-CN', '/cases/7F3K-9Q2M-4TWX-P');
    expect(pathOf(one)).toBe('/sign-in');
    await one.submit('/sign-in', { name: '', password: '' });
    expect(one.page().status).toBe(422);
    expect(text(one)).toContain('请填写手机号码');
    expect(one.page().root.querySelector('.faults a')?.getAttribute('href')).toBe('#name');
    await one.submit('/sign-in', { name: subscriber().phone, password: 'not-the-password-at-all' });
    expect(text(one)).toContain('号码或密码不对');
    expect(one.page().root.querySelector('#name')?.getAttribute('value')).toBe(subscriber().phone);
    await one.submit('/sign-in', { name: '+1 (202) 555-0142', password: subscriber().password });
    expect(pathOf(one)).toBe('/cases/7F3K-9Q2M-4TWX-P');
    expect(one.page().status).toBe(404);
    await one.visit(`/${brand}`);
    expect(text(one)).toContain(`您好，${subscriber().person.name}`);
    await one.submit('/sign-out');
    expect(text(one)).toContain('已安全退出');
    await one.visit(`/${brand}/`);
    expect(pathOf(one)).toBe('/sign-in');
  });

  test('UP1 a forgotten password is set anew with a mailed code; a number that nobody has gets the same answer', async () => {
    const who = subscriber(1);
    const stranger = await come('zh-TW', '/reset');
    await stranger.submit('/reset', { name: '+1 202 555 0199' });
    const one = await come('zh-TW', '/reset');
    await one.submit('/reset', { name: 'what?' });
    expect(text(one)).toContain('這個手機號碼不正確');
    await one.submit('/reset', { name: who.phone, channel: 'e-mail' });
    expect(text(one)).toBe(text(stranger));
    expect(pathOf(one)).toBe('/reset/code');
    const code = await codeFor(who.person.email);
    await one.submit('/reset/code', { code, password: 'short' });
    expect(text(one)).toContain('至少要 15 個字');
    await one.submit('/reset/code', { code: code === '00000000' ? '11111111' : '00000000', password: 'a-lantern-over-the-quiet-river' });
    expect(text(one)).toContain('還可以再試 4 次');
    await one.submit('/reset/code', { code, password: 'a-lantern-over-the-quiet-river' });
    expect(text(one)).toContain('密碼已變更');
    await one.submit('/sign-in', { name: who.phone, password: 'a-lantern-over-the-quiet-river' });
    expect(text(one)).toContain(who.person.name);
  });
});

describe('the main job', () => {
  let number = '';

  test('UP2 UP3 UP4 UP5 UP6 UP10 UP11 UP12 UP13 from the first page to the receipt', async () => {
    const one = await signedIn();
    expect(text(one)).toContain('使用中');
    await one.visit(one.link(/\/lines\/[^/]+$/));
    expect(text(one)).toContain('注销账户 / 取消服务');
    await one.visit(one.link(/\/lines\/[^/]+\/cancel$/));
    expect(text(one)).toContain('还有 2 件事要处理');
    expect(text(one)).toContain('iPhone 15');
    expect(text(one)).toContain('您所在地区的规定');
    expect(one.page().root.querySelectorAll('form').some((form) => form.getAttribute('action')?.endsWith('/cancel'))).toBe(false);
    await one.submit('/pay-bill');
    expect(text(one)).toContain('账单已付清');
    await one.submit('/unbind', {}, { name: 'device', value: 'all' });
    expect(text(one)).toContain('可以注销');
    await one.submit('/cancel');
    expect(pathOf(one)).toMatch(/\/application$/);
    expect(text(one)).toContain('不会通过电话或聊天软件索要密码');

    await one.submit('/application', { reason: 'no-longer-needed', name: '', email: 'nobody', phone: subscriber().phone });
    for (const fault of ['请填写姓名', '这个邮箱地址不完整', '这是要注销的号码', '请选择证件种类', '请上传证件照片']) expect(text(one)).toContain(fault);
    expect(one.page().root.querySelector('#email')?.getAttribute('value')).toBe('nobody');
    expect(one.page().root.querySelectorAll('.faults a').map((link) => link.getAttribute('href'))).toEqual(['#name', '#phone', '#email', '#documentKind', '#document']);
    expect(one.page().url).not.toContain('nobody');
    const right = { name: subscriber().person.name, email: subscriber().person.email, phone: '', documentKind: 'passport' };
    await one.submit('/application', { ...right, document: { name: 'page.html', type: 'image/png', contents: new TextEncoder().encode('<html><script>1</script></html>') } });
    expect(text(one)).toContain('请用 JPEG、PNG 或 PDF 文件');
    await one.submit('/application', { ...right, document: { name: 'big.png', type: 'image/png', contents: new Uint8Array(11 * 1024 * 1024) } });
    expect(text(one)).toContain('文件太大了，最多 10 MB');
    await one.submit('/application', { ...right, document: await photo() });
    expect(pathOf(one)).toMatch(/\/consequences$/);

    expect(text(one)).toContain('注销免费');
    await one.submit('/consequences', { acknowledged: ['no-way-back'] });
    expect(one.page().root.querySelector('.faults')?.text).toContain('请逐条确认');
    expect(one.page().root.querySelectorAll('[name=acknowledged]').filter((box) => box.hasAttribute('checked')).length).toBe(1);
    await one.submit('/consequences', { acknowledged: one.page().root.querySelectorAll('[name=acknowledged]').map((box) => box.getAttribute('value') ?? '') });
    expect(pathOf(one)).toMatch(/\/check$/);
    expect(text(one)).toContain('不再需要此服务');
    expect(text(one)).toContain('不能重新激活');

    const check = one.page();
    await one.submit('/check');
    number = pathOf(one).split('/')[2] ?? '';
    expect(text(one)).toContain(number);
    expect(text(one)).toMatch(/最迟12月\d日（周.）有结果/);
    const again = await signedIn();
    await again.visit(check.url);
    expect(pathOf(again)).toBe(`/cases/${number}`); // back and forward again: what was sent is sent
    await again.visit(`/${brand}/`);
    expect(text(again)).toContain('审核中');
  });

  test('UP6 the status without sign-in: the number, and a code to a contact of record', async () => {
    const one = await come('en', '/status');
    await one.submit('/status', { number: 'nonsense' });
    expect(text(one)).toContain('slip in this number');
    await one.submit('/status', { number: number.toLowerCase().replaceAll('-', ' ') });
    await one.submit('/status/code', { code: await codeFor(subscriber().person.email) });
    expect(pathOf(one)).toBe(`/cases/${number}`);
    expect(text(one)).toContain('Not cancelled yet');
    expect(one.page().root.querySelector('form[action$="/sign-out"]')).toBeNull();
    await one.visit(`/${brand}/cases/${number}/withdraw`);
    expect(pathOf(one)).toBe('/sign-in');
  });

  test('UP7 what the reviewer asks for stands on the first page, and is sent from the case', async () => {
    const asked = await ask(story.signoff.desk, await reviewer(), number, { materials: ['clearer-document'], note: '右下角反光。' });
    expect(asked.ok).toBe(true);
    const one = await signedIn();
    expect(text(one)).toContain('等您补充材料');
    await one.visit(one.link(/\/supplement$/));
    expect(text(one)).toContain('右下角反光。');
    await one.submit('/supplement', { note: ' ' });
    expect(one.page().status).toBe(422);
    expect(text(one)).toContain('请选择文件或写几句话');
    await one.submit('/supplement', { note: '重新拍了一张', document: await photo() });
    expect(text(one)).toContain('补充材料已收到，审核继续');
    expect(text(one)).toContain('重新拍了一张');
    await one.visit(`/${brand}/cases/${number}/supplement`);
    expect(pathOf(one)).toBe(`/cases/${number}`);
  });

  test('UP8 UP9 approved, waited for, carried out: the status says so, and the certificate verifies on the public page', async () => {
    expect((await approve(story.signoff.desk, await reviewer(), number)).ok).toBe(true);
    const one = await signedIn();
    await one.visit(`/${brand}/cases/${number}`);
    expect(text(one)).toContain('尚未注销');
    await story.pass(days(8));
    await eventually('the line is cancelled', async () => (await story.rows<{ state: string }>('select state from cancellations where application_number = $1', [number]))[0]?.state === 'cancelled', 60);
    const later = await signedIn();
    await later.visit(`/${brand}/cases/${number}`);
    expect(later.page().root.querySelector('h1')?.text).toContain('已注销');
    const jws = await later.download(`/${brand}/cases/${number}/certificate.jws`);
    const pdf = await later.download(`/${brand}/cases/${number}/certificate.pdf`);
    expect([jws.status, pdf.status, pdf.type]).toEqual([200, 200, 'application/pdf']);

    const anyone = await come('en', `/verify?n=${number}`);
    expect(text(anyone)).toContain('Checked: genuine');
    const send = async (name: string, type: string, contents: Buffer) => anyone.submit('/verify', { certificate: { name, type, contents: new Uint8Array(contents) } });
    await send('a.jws', 'application/jose', jws.contents);
    expect(text(anyone)).toContain('Checked: genuine');
    await send('a.pdf', 'application/pdf', pdf.contents);
    expect(text(anyone)).toContain('Checked: genuine');
    const changed = Buffer.from(jws.contents);
    changed[300] = changed[300] === 65 ? 66 : 65;
    await send('a.jws', 'application/jose', changed);
    expect(text(anyone)).toContain('Checked: not valid');
    await anyone.visit(`/${brand}/verify?n=7F3K-9Q2M-4TWX-P`);
    expect(anyone.page().status).toBe(404);
    expect(text(anyone)).toContain('There is no such certificate');
  });
});

describe('ways out', () => {
  test('UP10 withdrawing asks once more, restores, and can’t be done twice', async () => {
    const one = await signedIn('en', 0);
    const number = await toReceipt(one);
    await one.visit(`/${brand}/cases/${number}/withdraw`);
    expect(text(one)).toContain('Calls, texts and data work again');
    const question = one.page();
    await one.submit('/withdraw');
    expect(text(one)).toContain('Everything is restored');
    expect(one.page().root.querySelector('h1')?.text).toContain('Not cancelled');
    await one.visit(question.url);
    expect(pathOf(one)).toBe(`/cases/${number}`);
  });

  test('UP7 a refusal says why and what to do, and another reviewer can be asked for', async () => {
    const one = await signedIn('zh-CN', 0);
    const number = await toReceipt(one);
    expect((await refuse(story.signoff.desk, await reviewer(), number, 'details-differ')).ok).toBe(true);
    await one.visit(`/${brand}/cases/${number}`);
    expect(text(one)).toContain('填写的姓名或证件与登记资料不一致');
    await one.submit('/appeal', { text: '' });
    expect(text(one)).toContain('请写明为什么需要复核');
    await one.submit('/appeal', { text: '我改过名，附件里有证明。' });
    expect(text(one)).toContain('会由另一位审核员再看一次');
    expect(text(one)).toContain('尚未注销');
  });
});

describe('what is not ours', () => {
  const post = (path: string, headers: Record<string, string>, body: Record<string, string> = {}) =>
    fetch(`${served.url}/${brand}${path}`, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams(body) });

  test('a form from another site, or without our token, does nothing', async () => {
    const here = new URL(served.url).origin;
    expect((await post('/sign-in', { origin: 'https://ultra-purp1e.example' })).status).toBe(403);
    expect((await post('/sign-in', { origin: 'null' })).status).toBe(403);
    expect((await post('/sign-in', { origin: here, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await post('/sign-in', { origin: here }, { token: 'x'.repeat(64), name: 'a', password: 'b' })).status).toBe(403);
  });

  test('nobody else’s line or case is there, nor a brand that is not', async () => {
    const [line] = await story.rows<{ id: string }>(
      `select l.id from lines l join sign_in_names n using (subscriber_id) where n.index = $1`, [story.signoff.desk.vault.blindIndex(brand, 'phone', subscriber(0).phone)]);
    const one = await come('zh-TW', '/sign-in');
    await one.submit('/sign-in', { name: subscriber(1).phone, password: 'a-lantern-over-the-quiet-river' });
    for (const path of ['', '/cancel', '/cancel/application']) {
      await one.visit(`/${brand}/lines/${line?.id}${path}`);
      expect(one.page().status).toBe(404);
    }
    for (const path of ['/lines/none', '/cases/7F3K-9Q2M-4TWX-P', '/cases/x/certificate.pdf', '/elsewhere', '/lines/%00']) {
      await one.visit(`/${brand}${path}`);
      expect([path, one.page().status]).toEqual([path, 404]);
    }
    const none = await fetch(`${served.url}/ultra-green/sign-in`);
    expect([none.status, none.headers.get('content-type')]).toEqual([404, 'text/plain; charset=utf-8']);
  });

  test('no page sends anyone away, carries style or script, or weighs more than 30 kB', async () => {
    const out = await come('zh-CN', '/sign-in?next=//elsewhere.example');
    await out.submit('/sign-in', { name: subscriber().phone, password: subscriber().password });
    expect(new URL(out.page().url).origin).toBe(new URL(served.url).origin);
    const sheet = await out.download(out.page().root.querySelector('link[rel=stylesheet]')?.getAttribute('href') ?? '');
    expect(sheet.type).toContain('text/css');
    const compressed = Number((await fetch(`${served.url}${out.page().root.querySelector('link[rel=stylesheet]')?.getAttribute('href')}`, { headers: { 'accept-encoding': 'br' } })).headers.get('content-length'));
    const [line] = await story.rows<{ id: string }>('select id from lines where status = $1 limit 1', ['active']);
    for (const path of ['/', `/lines/${line?.id}`, `/lines/${line?.id}/cancel`, '/help', '/questions', '/safety', '/verify', '/status']) {
      const page = await out.visit(`/${brand}${path}`);
      expect(page.html).not.toMatch(/<script|\sstyle=|<style|\son\w+=/);
      expect(Buffer.byteLength(page.html) + compressed, path).toBeLessThan(30_000);
    }
    const response = await fetch(`${served.url}/${brand}/sign-in`);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.getSetCookie().join()).toMatch(/HttpOnly.*SameSite=Lax/);
    expect(response.headers.getSetCookie().join()).toContain(`Path=/${brand}`);
  });

  test('the language is the browser’s until another is chosen', async () => {
    const one = await come('zh-HK,en;q=0.5', '/help');
    expect(one.page().root.querySelector('html')?.getAttribute('lang')).toBe('zh-Hant');
    await one.visit(one.page().root.querySelector('a[hreflang=en]')?.getAttribute('href') ?? '');
    expect(one.page().root.querySelector('html')?.getAttribute('lang')).toBe('en');
    expect(new URL(one.page().url).search).toBe('');
    await one.visit(`/${brand}/safety`);
    expect(one.page().root.querySelector('html')?.getAttribute('lang')).toBe('en');
  });

  test('nothing broke on the way', () => {
    expect(story.alarms).toEqual([]);
  });
});
