/** UP4, UP5, UP10: the entry, the reason, the form and what is wrong at each of its fields, the consequences; sent once, however it is sent. */
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { File, Filled, Visitor } from '../../src/demo/visitor.ts';
import type { Language, Pack } from '../../src/policy/pack.ts';
import type { PortalKey } from '../../src/portal/words.tsx';
import { documentLimits } from '../../src/vault/documents/limits.ts';
import { brand, days } from '../harness.ts';
import { made, paper } from './papers.ts';
import { acknowledgements, answersOf, apply, eventually, headline, inbox, mailOn, pathOf, person, photo, says, serve, signIn, toCheck, toPreparation, words, type Served } from './up-setting.ts';

const say = says('zh-CN');
const filler = person('50');
const uploader = person('51');
const hesitant = person('52');
const hurried = person('53');
const forgetful = person('54');
const traveller = person('55');

let served: Served;
let pack: Pack;
beforeAll(async () => {
  served = await serve({ also: [filler, uploader, hesitant, hurried, forgetful, traveller] });
  const found = served.story.signoff.desk.packs.latest(brand);
  if (!found.ok) throw new Error('no pack');
  pack = found.value;
});
afterAll(() => served?.close());

const toApplication = async (who: typeof filler): Promise<Visitor> => {
  const one = await signIn(served, who);
  await toPreparation(one);
  await one.submit('/cancel');
  expect(pathOf(one)).toMatch(/\/application$/);
  return one;
};
const casesOf = ({ lines }: typeof filler) =>
  served.story.rows<{ state: string; application_number: string | null }>(`select c.state, application_number from cancellations c join lines l on l.id = c.line_id where l.billing_ref = $1 order by opened_at`, [lines[0]?.billingRef]);

/** What is wrong, by field: said in the summary with a link into the control, and at the control itself, where a reader of the page hears it. */
const faultsOn = (one: Visitor): Record<string, string> => {
  const { root } = one.page();
  const summary = root.querySelector('.faults[role=alert]');
  const found = Object.fromEntries((summary?.querySelectorAll('a') ?? []).map((link) => [link.getAttribute('href')?.slice(1) ?? '', link.text]));
  for (const [id, text] of Object.entries(found)) {
    const control = root.querySelector(`#${id}`);
    expect(control, `a control ${id}`).not.toBeNull();
    expect(root.querySelector(`#${id}-fault`)?.text).toBe(text);
    const described = control?.closest('[aria-describedby]')?.getAttribute('aria-describedby')?.split(' ') ?? [];
    expect(described).toContain(`${id}-fault`);
    for (const reference of described) expect(root.querySelector(`#${reference}`), reference).not.toBeNull();
    if (!['radio', 'checkbox'].includes(control?.getAttribute('type') ?? '')) expect(control?.getAttribute('aria-invalid')).toBe('true');
  }
  expect(root.querySelectorAll('.fault').length).toBe(Object.keys(found).length);
  if (summary !== null) expect(root.querySelector('title')?.text).toContain(say('title.with-faults', { title: '' }).trim());
  return found;
};

describe('UP4 the entry and the reason', () => {
  test('UP4 the account’s pages have the entry under both names; behind it nothing has happened yet', async () => {
    const one = await signIn(served, filler);
    expect(one.page().root.querySelectorAll('main a').map((link) => link.text)).toContain('注销账户');
    await one.visit(one.link(/\/lines\/[^/]+$/));
    expect(words(one)).toContain('注销账户 / 取消服务');
    await one.visit(one.link(/\/cancel$/));
    expect(await casesOf(filler)).toEqual([]);
  });

  test('UP4 a reason is asked for from the brand’s list, is demanded, and comes back at the last look', async () => {
    const one = await toApplication(filler);
    const offered = one.page().root.querySelectorAll('input[name=reason]').map((radio) => radio.closest('label')?.querySelector('span')?.text);
    expect(offered).toEqual(pack.reasons.map(({ label }) => label['zh-CN']));
    expect(offered).toEqual(expect.arrayContaining(['不再需要此服务', '计划更换其他服务商']));
    await one.submit('/application', { ...(await answersOf(filler)), reason: '' });
    expect(faultsOn(one)).toEqual({ reason: say('field.reason.missing') });
    await one.submit('/application', { reason: 'other-provider' });
    expect(pathOf(one)).toMatch(/\/consequences$/);
    await one.submit('/consequences', { acknowledged: acknowledgements(one) });
    expect(words(one)).toContain('计划更换其他服务商');
  });

  test('UP4 it asks for confirmation: sent only by the last button, after every answer was shown with the way to change it', async () => {
    const one = await signIn(served, filler);
    await toCheck(one, filler);
    for (const answer of ['不再需要此服务', filler.person.name, filler.person.email ?? '', '护照', '+1 202 555 0150']) expect(words(one)).toContain(answer);
    const changes = one.page().root.querySelectorAll('dd.change a').map((link) => link.getAttribute('href') ?? '');
    expect(changes.length).toBe(6);
    for (const href of changes) {
      const page = await one.visit(href);
      if (href.includes('#')) expect(page.root.querySelector(`#${href.split('#')[1]}`)).not.toBeNull();
    }
    expect((await casesOf(filler)).map(({ state }) => state)).toEqual(['draft']);
    expect(inbox(served, filler.person.email ?? '').mail).toEqual([]);
    await one.visit(one.page().url.replace(/\/(application|consequences).*$/, '/check'));
    await one.submit('/check');
    expect((await casesOf(filler)).map(({ state }) => state)).toEqual(['reviewing']);
  });
});

describe('UP5 the form', () => {
  test('UP5 what is wrong is said at each field, in three languages, and everything typed is still there', async () => {
    const one = await toApplication(uploader);
    const cases: readonly [Record<string, string>, Partial<Record<string, PortalKey>>][] = [
      [{ name: '', email: '', phone: '', reason: '', documentKind: '' }, { reason: 'field.reason.missing', name: 'field.name.missing', email: 'field.email.missing', documentKind: 'field.documentKind.missing', document: 'field.document.missing' }],
      [{ name: '林'.repeat(81), email: 'lin@', phone: '12', reason: 'because', documentKind: 'library-card' }, { reason: 'field.reason.unknown', name: 'field.name.too-long', phone: 'field.phone.not-valid', email: 'field.email.not-valid', documentKind: 'field.documentKind.unknown', document: 'field.document.missing' }],
      [{ name: '林小51', email: 'somebody.else@mail.example', phone: uploader.phone, reason: 'cost', documentKind: 'passport' }, { phone: 'field.phone.is-the-cancelled-number', email: 'field.email.not-registered', document: 'field.document.missing' }],
    ];
    for (const [typed, faults] of cases) {
      await one.submit('/application', typed);
      for (const language of ['zh-TW', 'en', 'zh-CN'] as Language[]) {
        // The switch keeps the page, what is wrong, and what was typed.
        await one.visit(one.page().root.querySelectorAll('a[hreflang]').find((link) => link.getAttribute('href')?.endsWith(`lang=${language}`))?.getAttribute('href') ?? '');
        if (language === 'zh-CN') expect(faultsOn(one)).toEqual(Object.fromEntries(Object.entries(faults).map(([field, key]) => [field, key && say(key)])));
        for (const key of Object.values(faults)) expect(words(one)).toContain(key && says(language)(key));
        const { root } = one.page();
        for (const field of ['name', 'email'] as const) expect(root.querySelector(`#${field}`)?.getAttribute('value') ?? '').toBe(typed[field]);
        expect((root.querySelector('#phone')?.getAttribute('value') ?? '').replace(/\D/g, '')).toBe((typed['phone'] ?? '').replace(/\D/g, ''));
        expect(root.querySelector('input[name=reason][checked]')?.getAttribute('value') ?? '').toBe(typed['reason'] === 'because' ? '' : typed['reason']);
      }
      for (const value of [typed['name'], typed['email']]) if (value) expect(decodeURIComponent(one.page().url)).not.toContain(value);
    }
  });

  test('UP5 each kind of bad file is told apart, at the field; the form’s answers stay, a good file replaces it', async () => {
    const one = await toApplication(uploader);
    const right = { reason: 'cost', name: uploader.person.name, email: uploader.person.email ?? '', phone: '', documentKind: 'passport' };
    const file = (name: string, contents: Buffer | string): File => ({ name, type: 'image/jpeg', contents: new Uint8Array(Buffer.isBuffer(contents) ? contents : Buffer.from(contents, 'latin1')) });
    const wide = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'); // a PNG whose head promises 60,000 × 60,000 pixels
    const bomb = await sharp({ create: { width: 9000, height: 9000, channels: 3, background: '#fff' } }).png({ compressionLevel: 9 }).toBuffer();
    expect(bomb.subarray(0, 16)).toEqual(wide);
    const whole = Buffer.from((await photo()).contents);
    const files: readonly [PortalKey, File][] = [
      ['upload.empty', file('empty.jpg', '')],
      ['upload.too-large', file('large.jpg', Buffer.alloc(documentLimits.bytes + 1, 0xff))],
      ['upload.type-not-accepted', file('page.jpg', '<!doctype html><script>alert(1)</script>')],
      ['upload.type-not-accepted', file('drawing.png', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
      ['upload.type-not-accepted.heic', file('IMG_0001.HEIC', '\0\0\0\x18ftypheic')],
      ['upload.not-readable', file('broken.jpg', whole.subarray(0, whole.length / 2))],
      ['upload.too-many-pixels', file('poster.png', bomb)],
      ['upload.mixed-content', file('both.pdf', paper({ tail: '<html><script>alert(1)</script>' }))],
      ['upload.pdf-encrypted', file('locked.pdf', await made({ userPassword: 'heron', pdfVersion: '1.7' }))],
      ['upload.pdf-active', file('script.pdf', paper({ catalog: '/Names<</A<</JS(app.alert\\(1\\))>>>>' }))],
      ['upload.pdf-too-many-pages', file('book.pdf', await made({}, documentLimits.pages + 1))],
      ['upload.pdf-cannot-be-judged', file('odd.pdf', paper({ catalog: '/Lang(a)/Lang(b)' }))],
    ];
    for (const [key, document] of files) {
      await one.submit('/application', { ...right, document } satisfies Filled);
      expect(faultsOn(one), key).toEqual({ document: say(key, { most: '10 MB' }) });
      expect(one.page().root.querySelector('#name')?.getAttribute('value')).toBe(right.name);
      expect(one.page().html).not.toContain(document.name);
    }
    expect(await served.story.rows(`select 1 from documents d join cancellations c on c.id = d.cancellation_id join lines l on l.id = c.line_id where l.billing_ref = 'B-100151'`)).toEqual([]);
    await one.submit('/application', { ...right, document: file('paper.pdf', paper()) });
    expect(pathOf(one)).toMatch(/\/consequences$/);
    await one.submit('/consequences', { acknowledged: acknowledgements(one) });
    await one.visit(one.link(/\/application#document$/));
    expect(words(one)).toContain(say('application.document-kept', { size: 1 }));
    await one.submit('/application', { ...right, document: await photo() });
    const kept = await served.story.rows(`select content_type from documents d join cancellations c on c.id = d.cancellation_id join lines l on l.id = c.line_id where l.billing_ref = 'B-100151'`);
    expect(kept).toEqual([{ content_type: 'image/jpeg' }]); // re-encoded, and the only one
    await one.visit(one.page().url.replace(/\/[a-z]+(\?.*)?$/, '/application'));
    await one.submit('/application', right); // choosing nothing keeps it
    expect(pathOf(one)).toMatch(/\/consequences$/);
  });
});

describe('UP10 no way back', () => {
  test('UP10 it is said before, each consequence is acknowledged by itself, and nothing goes on without any one of them', async () => {
    const one = await toApplication(hesitant);
    await one.submit('/application', await answersOf(hesitant));
    const boxes = acknowledgements(one);
    expect(boxes).toEqual(pack.consequences.map(({ id }) => id));
    expect(one.page().root.querySelectorAll('input[name=acknowledged][checked]')).toEqual([]);
    for (const { says } of pack.consequences) expect(words(one)).toContain(says['zh-CN']);
    expect(words(one)).toMatch(/不能恢复，也不能重新激活/);
    const consequences = one.page().url;
    for (const left of boxes) {
      await one.visit(consequences);
      await one.submit('/consequences', { acknowledged: boxes.filter((id) => id !== left) });
      expect(faultsOn(one)).toEqual({ acknowledged: say('field.acknowledged.missing') });
      await one.visit(consequences.replace('/consequences', '/check'));
      expect(pathOf(one)).toMatch(/\/consequences$/);
      // Neither does a form that was made by hand.
      const forced = await post(one, consequences.replace('/consequences', '/check'), {});
      expect([forced.status, forced.headers.get('location')]).toEqual([303, expect.stringMatching(/\/check$/)]); // and from there back, as above
    }
    expect((await casesOf(hesitant)).map(({ state }) => state)).toEqual(['draft']);
    await one.visit(consequences);
    await one.submit('/consequences', { acknowledged: boxes });
    expect(words(one)).toContain('正式注销后不能重新激活');
    await one.submit('/check');
    const [entry] = await served.story.rows<{ facts: { acknowledged?: string[] } }>(
      `select j.facts from journal j join cancellations c on c.id = j.cancellation_id join lines l on l.id = c.line_id where l.billing_ref = 'B-100152' and event = 'proven'`);
    expect(entry?.facts.acknowledged).toEqual(boxes);
  });
});

const post = (one: Visitor, url: string, fields: Record<string, string>) => fetch(url, {
  method: 'POST', redirect: 'manual', headers: { cookie: one.cookie(url), origin: served.origin },
  body: new URLSearchParams({ token: one.page().root.querySelector('input[name=token]')?.getAttribute('value') ?? '', ...fields }),
});

describe('sent once', () => {
  test('UP5 fifty times at the same moment is one case, one number, one mail; and once more later is the same', async () => {
    const one = await signIn(served, hurried);
    await toCheck(one, hurried);
    const check = one.page();
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(one, check.url, {})));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
    const [receipt, ...others] = new Set(answers.map(({ headers }) => headers.get('location')));
    expect([receipt, others]).toEqual([expect.stringMatching(new RegExp(`^/${brand}/cases/[0-9A-Z-]+/receipt$`)), []]);
    expect((await post(one, check.url, {})).headers.get('location')).toBe(receipt);
    const cases = await casesOf(hurried);
    expect(cases).toEqual([{ state: 'reviewing', application_number: receipt?.split('/')[3] }]);
    await mailOn(served, hurried.person.email ?? '', /已收到注销申请/);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(inbox(served, hurried.person.email ?? '').mail).toHaveLength(1);
  });

  test('UP5 the back button leads to what was sent, never to a second form', async () => {
    const [{ application_number: number } = { application_number: '' }] = await casesOf(hurried);
    const one = await signIn(served, hurried);
    const [line] = await served.story.rows<{ id: string }>(`select id from lines where billing_ref = 'B-100153'`);
    for (const step of ['', '/application', '/consequences', '/check']) {
      await one.visit(`${served.root()}/lines/${line?.id}/cancel${step}`);
      expect([step, pathOf(one)]).toEqual([step, `/cases/${number}`]);
      const again = await post(one, `${served.root()}/lines/${line?.id}/cancel${step}`, { ...(step === '/application' ? { name: '别人' } : {}), ...(step === '/consequences' ? { acknowledged: 'money' } : {}) });
      expect(again.status).toBe(303);
    }
    await one.visit(`${served.root()}/`);
    expect(one.page().root.querySelectorAll('main a').some((link) => link.getAttribute('href')?.endsWith('/cancel'))).toBe(false);
    expect(await casesOf(hurried)).toHaveLength(1);
  });

  test('UP5 what is filled in is kept over a night and another device; the first page says that it waits', async () => {
    const one = await toApplication(traveller);
    await one.submit('/application', { ...(await answersOf(traveller)), name: '林小旅' });
    await served.story.pass(days(2));
    const other = await signIn(served, traveller);
    expect(words(other)).toContain(say('home.do.finish-draft'));
    await other.visit(other.link(/\/lines\/[^/]+\/cancel$/));
    await other.submit('/cancel');
    expect(other.page().root.querySelector('#name')?.getAttribute('value')).toBe('林小旅');
    await apply(other, traveller);
    expect((await casesOf(traveller)).map(({ state }) => state)).toEqual(['reviewing']);
  });
});

describe('left lying', () => {
  test('UP5 a draft says until when it is kept; writing in it begins that time anew; then form and document are gone, and one can begin again', async () => {
    const one = await toApplication(forgetful);
    const started = served.story.clock.now();
    await one.submit('/application', { ...(await answersOf(forgetful)), name: '' });
    expect(words(one)).toContain('已填内容保留到12月10日'); // two days passed above, and fourteen are given
    expect(started.toISOString().slice(0, 10)).toBe('2026-11-26');
    await served.story.pass(days(13));
    const again = await signIn(served, forgetful);
    await again.visit(one.page().url);
    await again.submit('/application', { name: '林小忘' });
    await served.story.pass(days(13));
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect((await casesOf(forgetful)).map(({ state }) => state)).toEqual(['draft']);
    await served.story.pass(days(2));
    await eventually('the draft has lapsed', async () => (await casesOf(forgetful))[0]?.state === 'lapsed');
    expect(await served.story.rows(
      `select sealed_form, (select count(*)::int from documents where cancellation_id = c.id) as documents from cancellations c join lines l on l.id = c.line_id where l.billing_ref = 'B-100154'`)).toEqual([{ sealed_form: null, documents: 0 }]);
    const later = await signIn(served, forgetful);
    expect(words(later)).not.toContain(say('home.do.finish-draft'));
    await toPreparation(later);
    await later.submit('/cancel');
    expect(later.page().root.querySelector('#name')?.getAttribute('value')).toBe(forgetful.person.name); // what the account knows, not what was typed then
    expect(headline(later)).toBe(say('application.title'));
  });

  test('nothing broke on the way', () => expect(served.story.alarms).toEqual([]));
});
