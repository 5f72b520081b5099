import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { supply } from '../../src/desk/supply.ts';
import { appeal } from '../../src/desk/appeal.ts';
import { applicantOf, apply, photo, stateOf } from '../apply.ts';
import { brand, days, hours, openStory, type Story } from '../harness.ts';
import { addForeigner, openConsole, otherBrand, sitter, wordsOf } from './console-setting.ts';

let story: Story;
let app: FastifyInstance;
let staff: readonly Account[];
let mine: string;
let own: string;
const at = `/${brand}/console`;
const count = async (event: string): Promise<number> => (await story.rows(`select 1 from journal where event = $1`, [event])).length;

beforeAll(async () => {
  story = await openStory({ works: false });
  app = await openConsole(story);
  staff = story.data.staff.map(({ email, password }) => ({ email, password })); // nothing but what is typed
  mine = await apply(story, await applicantOf(story, 'B-100142'));
  await story.pass(hours(1));
  own = await apply(story, await applicantOf(story, 'B-100190'));
});
afterAll(async () => {
  await app?.close();
  await story?.stop();
});

type Account = { readonly email: string; readonly password: string };
const account = (place: number) => (): Account => staff[place] ?? { email: '', password: '' };
const [reviewer, sameAsSubscriber, auditor] = [account(0), account(1), account(2)] as const;
const desk = async (who: Account, language?: string) => {
  const one = sitter(app, language);
  expect((await one.signIn(who)).status).toBe(200);
  return one;
};

describe('the door', () => {
  it('nobody without a session sees anything, and comes back to the wanted page after signing in', async () => {
    const one = sitter(app);
    for (const path of ['', '?tab=waiting', `/cases/${mine}`, '/find?number=x', `/cases/${mine}/documents/8d3f2f80-6a2e-4a59-9f0e-0c3a6f0d6a11`]) {
      const answer = await one.get(`${at}${path}`);
      expect([path, answer.status]).toEqual([path, 303]);
      expect(String(answer.headers['location'])).toMatch(new RegExp(`^${at}/sign-in`));
    }
    await one.follow(await one.get(`${at}/cases/${mine}`));
    const sent = await one.send('/sign-in', reviewer());
    expect(sent.headers['location']).toBe(`${at}/cases/${mine}`);
    expect(wordsOf((await one.follow(sent)).root.querySelector('h1'))).toBe(`申请 ${mine}`);
  });

  it('a brand that there is not is nothing; a wrong password and an unknown name read the same', async () => {
    const one = sitter(app);
    expect(await one.get('/no-such-brand/console')).toMatchObject({ status: 404, html: '没有找到这个页面\n' });
    await one.get(`${at}/sign-in`);
    const wrong = await one.send('/sign-in', { ...reviewer(), password: 'not this one at all' });
    const unknown = await one.send('/sign-in', { email: 'nobody@ultra-purple.example', password: 'not this one at all' });
    expect([wrong.status, unknown.status]).toEqual([422, 422]);
    expect(wordsOf(wrong.root.querySelector('.faults'))).toBe(wordsOf(unknown.root.querySelector('.faults')));
    expect(one.cookies.has('staff')).toBe(false);
  });

  it('a subscriber’s cookie opens no console, and staff’s opens no other brand’s', async () => {
    const [subscriber] = await story.rows<{ id: string }>(`select subscriber_id as id from lines where billing_ref = 'B-100142'`);
    const { startSession } = await import('../../src/identity/sessions.ts');
    const session = await story.signoff.desk.db.inBrand(brand, (tx) => startSession(tx, story.clock.now(), { brand, kind: 'subscriber', ownerId: subscriber?.id ?? '' }));
    const one = sitter(app);
    for (const name of ['session', 'staff']) {
      const answer = await one.get(at, { cookie: `${name}=${session.token}` });
      expect([name, answer.status, String(answer.headers['location'])]).toEqual([name, 303, `${at}/sign-in`]);
    }
    const here = await desk(reviewer());
    const token = here.cookies.get('staff')?.value ?? '';
    expect(here.cookies.get('staff')?.path).toBe(at);
    expect((await sitter(app).get(`/${otherBrand}/console`, { cookie: `staff=${token}` })).status).toBe(303);
  });

  it('another brand’s reviewer gets the same 404 for a real number, an invented one, and a real document', async () => {
    const foreigner = sitter(app);
    await foreigner.signIn(await addForeigner(story), otherBrand);
    const [document] = await story.rows<{ id: string }>(`select d.id from documents d join cancellations c on c.id = d.cancellation_id where c.application_number = $1`, [mine]);
    const plain = (html: string) => html.replaceAll(/name="token" value="[^"]*"/g, '').replaceAll(/\/cases\/[^"?]*/g, '/cases/…');
    const answers = await Promise.all([`cases/${mine}`, 'cases/AAAA-AAAA-AAAA-A', `cases/${mine}/documents/${document?.id}`].map((path) => foreigner.get(`/${otherBrand}/console/${path}`)));
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect(new Set(answers.map(({ html }) => plain(html))).size).toBe(1);
    await foreigner.get(`/${otherBrand}/console`);
    for (const doing of ['approve', 'ask', 'refuse', 'resume']) {
      const token = (await foreigner.get(`/${otherBrand}/console`)).root.querySelector('[name=token]')?.getAttribute('value') ?? '';
      expect([doing, (await foreigner.post(`/${otherBrand}/console/cases/${mine}/${doing}`, { token, seen: '3', because: 'not-the-holder', materials: 'valid-document', note: 'x' })).status]).toEqual([doing, 404]);
    }
    expect(await stateOf(story, mine)).toBe('reviewing');
  });

  it('signing in gives a new token, signing out kills it, and so does a change of role', async () => {
    const one = await desk(auditor());
    const first = one.cookies.get('staff')?.value ?? '';
    await one.get(at);
    await one.follow(await one.send('/sign-out'));
    expect((await sitter(app).get(at, { cookie: `staff=${first}` })).status).toBe(303);
    const again = await desk(auditor());
    expect(again.cookies.get('staff')?.value).not.toBe(first);
    const { changeRoles } = await import('../../src/identity/staff.ts');
    const [row] = await story.rows<{ id: string }>(`select id from staff where roles = array['auditor']`);
    await changeRoles(story.signoff.desk.db, { brand, staffId: row?.id ?? '', roles: ['auditor'] });
    expect((await again.get(at)).status).toBe(303);
  });

  it('a form without its token, with another browser’s, or from another site does nothing', async () => {
    const [one, other] = [await desk(reviewer()), await desk(reviewer())];
    await one.get(`${at}/cases/${mine}`);
    const theirs = (await other.get(`${at}/cases/${mine}`)).root.querySelector('[name=token]')?.getAttribute('value') ?? '';
    expect((await one.post(`${at}/cases/${mine}/approve`, { seen: '3' })).status).toBe(403);
    expect((await one.post(`${at}/cases/${mine}/approve`, { seen: '3', token: theirs })).status).toBe(403);
    const own = (await one.get(`${at}/cases/${mine}`)).root.querySelector('[name=token]')?.getAttribute('value') ?? '';
    expect((await one.post(`${at}/cases/${mine}/approve`, { seen: '3', token: own }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await one.post(`${at}/cases/${mine}/approve`, { token: own })).status).toBe(400);
    expect(await stateOf(story, mine)).toBe('reviewing');
  });

  it('every answer is guarded, and nothing of a case is kept', async () => {
    const one = await desk(reviewer());
    for (const path of ['', `/cases/${mine}`, '/sign-in', '/nothing/here']) {
      const { headers } = await one.get(`${at}${path}`);
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['cache-control']).toBe('no-store');
    }
    const page = await one.get(`${at}/cases/${mine}`);
    expect(page.html).not.toMatch(/<script|style="|onerror|javascript:/i);
    const css = page.root.querySelector('link[rel=stylesheet]')?.getAttribute('href') ?? '';
    expect(await one.get(css)).toMatchObject({ status: 200, headers: { 'cache-control': 'public, max-age=31536000, immutable' } });
    expect(Buffer.byteLength(page.html)).toBeLessThan(30_000);
  });
});

describe('the queue', () => {
  it('is ordered by due date, says the working time left in words, and reds what is late', async () => {
    const one = await desk(reviewer());
    const first = await one.get(at);
    const rows = (answer: typeof first) => answer.root.querySelectorAll('.queue tbody tr').map((row) => [wordsOf(row.querySelector('td')), wordsOf(row.querySelector('a'))]);
    // Handed in within the same day: the same due date, the earlier one first.
    expect(rows(first)).toEqual([['还剩 7 个工作日 6 小时', mine], ['还剩 7 个工作日 6 小时', own]]);
    await story.rows(`update cancellations set due_at = due_at - interval '12 days' where application_number = $1`, [own]);
    const late = await one.get(at);
    expect(rows(late).map(([, number]) => number)).toEqual([own, mine]);
    expect(late.root.querySelector('.queue tbody tr .late')?.text).toMatch(/^已超期 1 个工作日/);
    expect(wordsOf(late.root.querySelector('.notice.stop'))).toContain('1 件已超期');
    // A year without a calendar: no due date. Before all others, and flagged.
    await story.rows(`update cancellations set due_at = null, due_because = null where application_number = $1`, [mine]);
    const unknown = await one.get(at);
    expect(rows(unknown)).toMatchObject([['没有期限', mine], [expect.stringContaining('已超期'), own]]);
    expect(wordsOf((await one.get(`${at}/cases/${mine}`)).root.querySelector('.due'))).toContain('日历里没有那一年');
    await story.rows(`update cancellations c set due_at = '2026-12-03T10:00:00Z', due_because = (select due_because from cancellations where application_number = $1) where application_number = any($2)`, [own, [mine, own]]);
  });

  it('speaks three languages, by header and by choice', async () => {
    const one = await desk(reviewer(), 'en');
    expect(wordsOf((await one.get(at)).root.querySelector('.queue tbody td'))).toMatch(/^7 working days 6 hours left$/);
    await one.get(`${at}?lang=zh-TW`);
    expect(wordsOf((await one.get(at)).root.querySelector('.queue tbody td'))).toBe('還剩 7 個工作天 6 小時');
  });

  it('finds a case by its number however it is typed', async () => {
    const one = await desk(reviewer());
    const found = await one.follow(await one.get(`${at}/find?number=${encodeURIComponent(` ${mine.toLowerCase().replaceAll('-', ' ')} `)}`));
    expect(wordsOf(found.root.querySelector('h1'))).toBe(`申请 ${mine}`);
    expect((await one.follow(await one.get(`${at}/find?number=..%2F..%2Fetc`))).status).toBe(404);
  });
});

describe('one case', () => {
  it('shows on one screen what is needed to decide', async () => {
    const page = await (await desk(reviewer())).get(`${at}/cases/${mine}`);
    const words = wordsOf(page.root);
    for (const part of ['尚未注销', '还剩 7 个工作日 6 小时', '期限 12月3日（周四）18:00', '林晓雨', 'lin.xiaoyu@mail.example', '护照', '+1 202 555 0142', '账户状态正常', 'in-good-standing', `${brand}@`, '收到申请', '退给用户', '批准注销', '发给用户，暂停计时', '拒绝申请，告诉用户'])
      expect(words).toContain(part);
    expect(page.root.querySelectorAll('.compared .tag').map(wordsOf)).toEqual(['一致', '一致', '一致']);
    expect(page.root.querySelectorAll('.documents img')).toHaveLength(1);
  });

  it('shows the identity document to staff alone: never kept, never sniffed, in a sandbox', async () => {
    const one = await desk(auditor());
    const src = (await one.get(`${at}/cases/${mine}`)).root.querySelector('.documents img')?.getAttribute('src') ?? '';
    const document = await one.get(src);
    expect(document.status).toBe(200);
    expect(document.headers).toMatchObject({
      'content-type': 'image/jpeg', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'content-disposition': 'inline; filename="identity.jpg"',
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    });
    expect(document.body.subarray(0, 3).toString('hex')).toBe('ffd8ff');
    expect((await sitter(app).get(src)).status).toBe(303);
    // With another case's number the same id opens nothing.
    expect((await one.get(src.replace(mine, own))).status).toBe(404);
  });

  it('19 an auditor sees all and decides nothing', async () => {
    const one = await desk(auditor());
    const page = await one.get(`${at}/cases/${mine}`);
    expect(page.root.querySelectorAll('.deciding form')).toHaveLength(0);
    expect(wordsOf(page.root.querySelector('.deciding'))).toContain('您的账户是稽核，只能查看，不能做决定。');
    const token = page.root.querySelector('[name=token]')?.getAttribute('value') ?? '';
    for (const doing of ['approve', 'ask', 'refuse', 'resume'])
      expect((await one.post(`${at}/cases/${mine}/${doing}`, { token, seen: '3', because: 'not-the-holder', materials: 'valid-document', note: 'x' })).status).toBe(403);
    expect(await stateOf(story, mine)).toBe('reviewing');
  });

  it('19 nobody decides on an own case: no buttons, and a forged form is refused', async () => {
    const one = await desk(sameAsSubscriber());
    const page = await one.get(`${at}/cases/${own}`);
    expect(page.root.querySelectorAll('.deciding form')).toHaveLength(0);
    expect(wordsOf(page.root.querySelector('.deciding'))).toContain('这是您自己的申请');
    const token = page.root.querySelector('[name=token]')?.getAttribute('value') ?? '';
    const forged = await one.post(`${at}/cases/${own}/approve`, { token, seen: '3' });
    expect(forged.status).toBe(403);
    expect(wordsOf(forged.root.querySelector('[role=alert]'))).toBe('这是您自己的申请，不能由您决定。什么都没有改变。');
    expect(await stateOf(story, own)).toBe('reviewing');
    // Somebody else's case is theirs to decide like anybody's.
    expect((await one.get(`${at}/cases/${mine}`)).root.querySelectorAll('.deciding form')).toHaveLength(3);
  });
});

describe('deciding', () => {
  const noteFor = '证件右下角反光。<b>请</b>重拍一张。';

  it('UP7 asks for material with what and why, and the clock stands still until it comes', async () => {
    const one = await desk(reviewer());
    await one.get(`${at}/cases/${mine}`);
    const empty = await one.send('/ask', {});
    expect(empty.status).toBe(422);
    expect(empty.root.querySelectorAll('.faults a').map((link) => [link.getAttribute('href'), wordsOf(link)])).toEqual([['#materials', '请至少选一项'], ['#note', '请写明为什么需要']]);
    expect(empty.root.querySelectorAll('.ways-on details[open] summary').map(wordsOf)).toEqual(['请用户补充']);
    expect(empty.headers['cache-control']).toBe('no-store');
    const stray = await one.send('/ask', { materials: ['a-selfie'], note: noteFor });
    expect(wordsOf(stray.root.querySelector('.faults'))).toContain('有一项不在规则的列表里');
    expect(stray.root.querySelector('textarea')?.text).toContain('右下角反光');

    const wanted = { materials: ['clearer-document', 'valid-document'], note: noteFor };
    const [asked, twice] = await Promise.all([one.send('/ask', wanted), one.send('/ask', wanted)]);
    expect([asked.status, twice.status]).toEqual([303, 303]);
    expect([await count('asked'), (await story.rows(`select 1 from case_messages`)).length]).toEqual([1, 1]);
    const queue = await one.follow(asked);
    expect(wordsOf(queue.root.querySelector('.notice.done'))).toContain(`已请用户为申请 ${mine} 补充材料，计时暂停`);
    expect(await stateOf(story, mine)).toBe('waiting');
    expect(queue.root.querySelectorAll('.queue tbody tr')).toHaveLength(1);

    await story.pass(days(2)); // longer than a session lasts
    expect((await one.get(at)).status).toBe(303);
    await one.signIn(reviewer());
    const waiting = await one.get(`${at}?tab=waiting`);
    expect(wordsOf(waiting.root.querySelector('.queue tbody td'))).toBe('暂停中，还剩 7 个工作日 6 小时');
    const page = await one.get(`${at}/cases/${mine}`);
    expect(wordsOf(page.root.querySelector('.deciding'))).toContain('在等用户补充，现在不用做决定。');
    expect(page.html).toContain('&lt;b>请&lt;/b>');

    const applicant = await applicantOf(story, 'B-100142');
    expect(await supply(story.signoff.desk, applicant.who, mine, { text: '已重拍', documents: [await photo()] })).toMatchObject({ ok: true });
    const back = await one.get(`${at}/cases/${mine}`);
    expect(wordsOf(back.root.querySelector('.due'))).toContain('还剩 7 个工作日 6 小时');
    expect(back.root.querySelectorAll('.documents img')).toHaveLength(2);
    expect(wordsOf(back.root.querySelector('.journal'))).toContain('一张更清楚的证件照片');
  });

  it('what was decided on an older view of the case is not decided', async () => {
    const one = await desk(reviewer());
    const page = await one.get(`${at}/cases/${mine}`);
    const token = page.root.querySelector('[name=token]')?.getAttribute('value') ?? '';
    const stale = await one.post(`${at}/cases/${mine}/approve`, { token, seen: '3' });
    expect(stale.status).toBe(409);
    expect(wordsOf(stale.root.querySelector('[role=alert]'))).toContain('您打开之后，这份申请有了变化');
    expect(await stateOf(story, mine)).toBe('reviewing');
  });

  it('refuses with a reason from the list and none other; who refused does not decide on the appeal', async () => {
    const one = await desk(reviewer());
    await one.get(`${at}/cases/${own}`);
    expect((await one.send('/refuse', {})).status).toBe(422);
    const stray = await one.send('/refuse', { because: 'because-i-say-so' });
    expect([stray.status, wordsOf(stray.root.querySelector('.faults'))]).toEqual([422, expect.stringContaining('这个理由不在规则的列表里')]);
    const refused = await one.send('/refuse', { because: 'details-differ' });
    expect(wordsOf((await one.follow(refused)).root.querySelector('.notice.done'))).toContain(`申请 ${own} 已拒绝`);
    expect(await stateOf(story, own)).toBe('refused');

    const applicant = await applicantOf(story, 'B-100190');
    expect(await appeal(story.signoff.desk, applicant.who, own, '资料是对的')).toMatchObject({ ok: true });
    const page = await one.get(`${at}/cases/${own}`);
    expect(wordsOf(page.root.querySelector('.deciding'))).toContain('要由另一位审核员决定');
    const token = page.root.querySelector('[name=token]')?.getAttribute('value') ?? '';
    expect((await one.post(`${at}/cases/${own}/approve`, { token, seen: '5' })).status).toBe(403);
    expect(await stateOf(story, own)).toBe('reviewing');
  });

  it('19 two reviewers at once: one decision, and the other is told; the one who pressed twice decided once', async () => {
    const [one, other] = [await desk(reviewer()), await desk(sameAsSubscriber())];
    await Promise.all([one.get(`${at}/cases/${mine}`), other.get(`${at}/cases/${mine}`)]);
    const answers = await Promise.all([one.send('/approve'), other.send('/refuse', { because: 'details-differ' }), one.send('/approve')]);
    const won = await stateOf(story, mine);
    expect(['scheduled', 'refused']).toContain(won);
    expect(await count('approved') + await count('refused')).toBe(2); // one of them is the refusal of the other case
    const statuses = answers.map(({ status }) => status);
    expect(statuses).toEqual(won === 'scheduled' ? [303, 409, 303] : [409, 303, 409]);
    const loser = answers[won === 'scheduled' ? 1 : 0];
    expect(wordsOf(loser?.root.querySelector('[role=alert]'))).toMatch(/^这份申请现在是“.+”，不能(批准|拒绝)。/);
  });
});
