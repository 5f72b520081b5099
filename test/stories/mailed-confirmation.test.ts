/** A mailed link and the button on its page: by pack, before anything is scheduled. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { visitor, type Visitor } from '../../src/demo/visitor.ts';
import { seeStatus } from '../../src/desk/status.ts';
import { withdraw } from '../../src/desk/withdraw.ts';
import { verifyChain, type Entry } from '../../src/evidence/chain.ts';
import type { Pack } from '../../src/policy/pack.ts';
import { sha256 } from '../../src/store/journal.ts';
import { days, eventually, hours } from '../harness.ts';
import { apply, comesTo, decide, headline, inbox, mailOn, person, reviewer, says, serve, signIn, stateOf, words, type Served } from './up-setting.ts';

const once = 'quick-card';
const twice = 'slow-card';
const atOnce = 'prompt-card';
const lost = 'lost-mail-card';
const say = says('zh-CN');
const confirming = (more: Partial<Pack>) => (pack: Pack): Pack => ({ ...pack, confirmation: { hours: 48 }, ...more });

let served: Served;
beforeAll(async () => {
  served = await serve({
    brands: {
      [once]: confirming({}),
      [lost]: confirming({}),
      [twice]: confirming({ confirmation: { hours: 24, again: { afterDays: 7, withinDays: 3 } } }),
      [atOnce]: confirming({ recoverableDays: 0 }),
    },
  });
});
afterAll(() => served?.close());

const someone = (brand: string, place = 0) => {
  const found = served.story.dataOf(brand).subscribers[place];
  if (found === undefined) throw new Error('nobody there');
  return found;
};

/** Up to the approval of this brand's case; resolves to its number. */
const approved = async (brand: string, place = 0): Promise<string> => {
  const who = someone(brand, place);
  const number = await apply(await signIn(served, who, brand), who);
  await decide(served, number, { move: 'approve' }, 0, brand);
  expect(await stateOf(served, number)).toBe('approved');
  return number;
};

/** Every link that was mailed about this case, the newest last. */
const linksTo = (email: string, number: string): string[] =>
  inbox(served, email).mail.filter(({ text }) => text.includes('/confirm/')).filter(({ subject }) => subject.includes(number)).map(({ text }) => served.origin + (/https?:\/\/[^/\s]+(\/\S+\/confirm\/[\w-]{43})/.exec(text)?.[1] ?? ''));
const linkOf = (email: string, number: string, count = 1): Promise<string> =>
  eventually(`link ${count} for ${number}`, async () => linksTo(email, number)[count - 1]);

const open = async (brand: string, link: string): Promise<Visitor> => {
  const one = visitor(served.root(brand), 'zh-CN');
  await one.visit(link);
  return one;
};
const press = async (one: Visitor): Promise<Visitor> => {
  await one.submit(new URL(one.page().url).pathname);
  return one;
};

describe('a link in a mail', () => {
  test('EC7 P10 approval alone sets no date; the mail says until when, and only the button on its page confirms', async () => {
    const { email } = someone(once).person;
    const number = await approved(once);
    const mail = await mailOn(served, email ?? '', /请确认注销/);
    expect(mail.text).toContain('还没有注销');
    const link = await linkOf(email ?? '', number);

    // A mail scanner looks at every link, and more than once, with HEAD too.
    for (const method of ['GET', 'HEAD', 'GET']) expect((await fetch(link, { method })).status).toBe(200);
    expect(await stateOf(served, number)).toBe('approved');
    // It also presses what it finds, without the form's own token.
    expect((await fetch(link, { method: 'POST' })).status).toBe(403);
    expect(await stateOf(served, number)).toBe('approved');

    const one = await open(once, link);
    expect(headline(one)).toBe(say('confirm.open'));
    expect(words(one)).toContain(number);
    expect(one.page().html).not.toContain(someone(once).phone); // whoever holds the mail learns no number
    await press(one);
    expect(headline(one)).toBe(say('confirm.confirmed'));
    await comesTo(served, number, 'recoverable');
    expect((await mailOn(served, email ?? '', /审核通过/)).text).toContain('可以随时免费撤回');
    const [entry] = await served.story.rows<{ actor: string }>(`select j.actor from journal j join cancellations c on c.id = j.cancellation_id where c.application_number = $1 and j.event = 'scheduled'`, [number]);
    expect(entry?.actor).toBe('subscriber');
  });

  test('EC7 the same link again, and pressed by three at once, changes nothing more', async () => {
    const { email } = someone(once, 1).person;
    const number = await approved(once, 1);
    const link = await linkOf(email ?? '', number);
    const all = await Promise.all([open(once, link), open(once, link), open(once, link)]);
    await Promise.all(all.map(press));
    for (const one of all) expect(headline(one)).toBe(say('confirm.confirmed'));
    expect(await served.story.rows(`select 1 from journal j join cancellations c on c.id = j.cancellation_id where c.application_number = $1 and event = 'scheduled'`, [number])).toHaveLength(1);
    await press(all[0] as Visitor).catch(() => undefined); // its page has no button any more
    expect(await served.story.rows(`select 1 from journal j join cancellations c on c.id = j.cancellation_id where c.application_number = $1 and event = 'scheduled'`, [number])).toHaveLength(1);
  });

  test('EC7 it is kept only as a hash, is nothing to another brand, and a made-up one is not found', async () => {
    const link = linksTo(someone(once).person.email ?? '', (await served.story.rows<{ n: string }>(`select application_number as n from cancellations where brand = $1 and state = 'recoverable'`, [once]))[0]?.n ?? '')[0] ?? '';
    const token = link.split('/').at(-1) ?? '';
    expect(token).toHaveLength(43);
    const [row] = await served.story.rows<{ all: string }>(`select string_agg(encode(token_hash, 'hex'), ' ') as all from confirmation_links`);
    expect(row?.all).not.toContain(Buffer.from(token, 'base64url').toString('hex'));
    for (const address of [link.replace(`/${once}/`, `/${twice}/`), `${served.root(once)}/confirm/${'A'.repeat(43)}`, `${served.root(once)}/confirm/x`]) expect((await fetch(address)).status).toBe(404);
    expect(served.story.logged.join()).not.toContain(token);
  });
});

describe('a mail that did not come', () => {
  test('EC7 EC13 is sent again by its subscriber or by the desk, not without end; the link before it is dead and says so', async () => {
    const who = someone(lost);
    const email = who.person.email ?? '';
    const number = await approved(lost);
    const first = await linkOf(email, number);
    const mine = await signIn(served, who, lost);
    await mine.visit(`${served.root(lost)}/cases/${number}`);
    expect(words(mine)).toContain(`${email[0]}•••@`); // where it went, masked
    await mine.submit('/confirm-again');
    expect(words(mine)).toContain(say('status.confirm-sent'));
    const second = await linkOf(email, number, 2);
    expect(second).not.toBe(first);
    const dead = await open(lost, first);
    expect([headline(dead), dead.page().root.querySelector('form[action*=confirm]')]).toEqual([say('confirm.replaced'), null]);
    expect((await fetch(first, { method: 'POST', headers: { cookie: dead.cookie(first), origin: served.origin }, body: new URLSearchParams({ token: '' }) })).status).toBe(403);

    const desk = await reviewer(served, 0, lost);
    await desk.visit(`${served.root(lost)}/console/cases/${number}`);
    await desk.visit(desk.link(/\/waiting$/));
    expect(words(desk)).toContain(`${email[0]}•••@`);
    expect(desk.page().html).not.toContain(email);
    await desk.submit('/waiting');
    const third = await linkOf(email, number, 3);
    for (let asked = 0; asked < 10 && desk.page().status === 200; asked++) await desk.submit('/waiting');
    expect(desk.page().status).toBe(429);
    await mine.submit('/confirm-again');
    expect(words(mine)).toContain(say('status.confirm-wait'));
    const auditor = await reviewer(served, 2, lost);
    await auditor.visit(`${served.root(lost)}/console/cases/${number}/waiting`);
    expect(auditor.page().status).toBe(403);

    const last = await eventually('the last link', async () => linksTo(email, number).at(-1));
    expect(headline(await open(lost, third))).toBe(say('confirm.replaced'));
    await press(await open(lost, last));
    await comesTo(served, number, 'recoverable');
    await desk.visit(`${served.root(lost)}/console/cases/${number}/waiting`);
    expect(desk.page().status).toBe(404);
    const events = await served.story.rows<{ event: string; actor: string }>(`select event, actor from journal j join cancellations c on c.id = j.cancellation_id where c.application_number = $1 and event = 'confirm-sent-again' order by entry`, [number]);
    expect([events[0]?.actor, new Set(events.slice(1).map(({ actor }) => actor))]).toEqual(['subscriber', new Set(['agent'])]);
  });
});

describe('time passes', () => {
  test('EC8 P10 reminded before the end, then it lapses and says so, and the line is free again', async () => {
    const { email } = someone(atOnce, 1).person;
    const number = await approved(atOnce, 1);
    const first = await linkOf(email ?? '', number);
    await served.story.pass(hours(24) + 1000);
    const reminder = await linkOf(email ?? '', number, 2);
    expect(reminder).not.toBe(first);
    expect((await mailOn(served, email ?? '', /即將失效/)).text).toContain('什麼都不用做');
    expect(await stateOf(served, number)).toBe('approved');
    await served.story.pass(hours(24));
    await comesTo(served, number, 'lapsed');
    await mailOn(served, email ?? '', new RegExp(`已失效：${number}`));
    const late = await open(atOnce, reminder);
    expect([headline(late), late.page().root.querySelector('form[action*=confirm]')]).toEqual([say('confirm.over'), null]);
    const [line] = await served.story.rows<{ frozen: boolean }>(`select l.frozen from lines l join cancellations c on c.line_id = l.id where c.application_number = $1`, [number]);
    expect(line?.frozen).toBe(false);
  });

  test('EC8 a second confirmation, days later: not before, and then within its own time', async () => {
    const who = someone(twice);
    const { email } = who.person;
    const number = await approved(twice);
    const one = await press(await open(twice, await linkOf(email ?? '', number)));
    expect(words(one)).toContain('还需要您再确认一次');
    expect(await stateOf(served, number)).toBe('approved');
    const mine = await signIn(served, who, twice);
    await mine.visit(`${served.root(twice)}/cases/${number}`);
    expect(words(mine)).toContain('您已确认一次');

    await served.story.pass(days(2)); // past the end of the first
    expect(await stateOf(served, number)).toBe('approved');
    expect(linksTo(email ?? '', number)).toHaveLength(1);
    await served.story.pass(days(5) + 1000);
    const second = await linkOf(email ?? '', number, 2);
    await press(await open(twice, second));
    await comesTo(served, number, 'recoverable');
    const entries = await served.story.rows<Entry>(`select cancellation_id as "cancellationId", brand, entry, at, event, actor, facts, previous, hash from journal order by cancellation_id, entry`);
    expect(entries.filter(({ event }) => event === 'confirmed-once')).toHaveLength(1);
    expect(verifyChain(entries.filter(({ cancellationId }) => cancellationId === entries.find(({ event }) => event === 'confirmed-once')?.cancellationId), sha256)).toMatchObject({ ok: true });
  });

  test('EC8 EC9 without the second it lapses, says so, and can be withdrawn until then', async () => {
    const { email } = someone(twice, 1).person;
    const number = await approved(twice, 1);
    await press(await open(twice, await linkOf(email ?? '', number)));
    await served.story.pass(days(7) + 1000);
    await linkOf(email ?? '', number, 2);
    await served.story.pass(days(2));
    await linkOf(email ?? '', number, 3); // the reminder
    await served.story.pass(days(1));
    await comesTo(served, number, 'lapsed');
    expect((await mailOn(served, email ?? '', new RegExp(`已失效：${number}`))).text).toContain('不收任何費用');
  });

  test('EC7 EC9 withdrawn while it waits: the link does nothing any more', async () => {
    const who = someone(atOnce);
    const number = await approved(atOnce);
    const link = await linkOf(who.person.email ?? '', number);
    const [row] = await served.story.rows<{ subscriber_id: string }>(`select subscriber_id from cancellations where application_number = $1`, [number]);
    const subscriber = { brand: atOnce, subscriberId: row?.subscriber_id ?? '' };
    expect((await seeStatus(served.story.signoff.desk, subscriber, number))?.confirmation?.until).toBeInstanceOf(Date);
    const page = await open(atOnce, link);
    expect(words(page)).toContain('马上开始注销'); // without days to recover, this is the last word before the point of no return
    const [withdrawn] = await Promise.all([withdraw(served.story.signoff.desk, subscriber, number), press(page)]);
    const state = await stateOf(served, number);
    // Whichever came first, the page says how it stands in the end.
    await page.visit(link);
    expect(headline(page)).toBe(state === 'withdrawn' ? say('confirm.over') : say('confirm.confirmed'));
    expect(withdrawn.ok || state !== 'withdrawn').toBe(true);
  });
});

test('a brand that asks for no confirmation sets the date with the approval', async () => {
  const own = person('60');
  expect(own.phone).toBe('+12025550160');
  const who = served.story.data.subscribers[0];
  if (who === undefined) throw new Error('nobody');
  const number = await apply(await signIn(served, who), who);
  await decide(served, number, { move: 'approve' });
  await comesTo(served, number, 'recoverable');
  expect(await served.story.rows(`select 1 from confirmations f join cancellations c on c.id = f.cancellation_id where c.application_number = $1`, [number])).toEqual([]);
});
