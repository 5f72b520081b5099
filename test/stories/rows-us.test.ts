/** The US number and the US data cards under their own policies, through the pages that people use. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { namesOf } from '../../src/demo/data.ts';
import { visitor, type Visitor } from '../../src/demo/visitor.ts';
import { codesTo, enter, openRows, root, sendAs, staffAt, walkTo, type Rows, type System } from './rows-setting.ts';
import { comesTo, eventually, headline, inbox, mailOn, pathOf, says, stateOf, words } from './up-setting.ts';

const say = says('zh-CN');
let rows: Rows;
let us: System;
let card: System;
beforeAll(async () => {
  rows = await openRows(['ultra-us', 'us-e-card-t-mobile']);
  [us, card] = [rows.system('ultra-us'), rows.system('us-e-card-t-mobile')];
});
afterAll(() => rows?.served.close());

const at = async (system: System, path: string): Promise<Visitor> => {
  const one = visitor(root(rows, system), 'zh-CN');
  await one.visit(`${root(rows, system)}${path}`);
  return one;
};
/** Resets the password by name and mailed code. */
const reset = async (system: System, name: string, anew: string, weak?: string): Promise<void> => {
  const before = codesTo(rows, system).length;
  const one = await at(system, '/reset');
  await one.submit('/reset', { name, channel: 'e-mail' });
  expect(words(one)).toContain('越长越安全');
  expect(words(one)).toContain('不要求数字或符号');
  const code = await eventually('a code', async () => codesTo(rows, system)[before]);
  if (weak !== undefined) {
    await one.submit('/reset/code', { code, password: weak });
    expect(one.page().status).toBe(422);
    expect(one.page().root.querySelector('.faults')?.text.trim()).not.toBe('');
  }
  await one.submit('/reset/code', { code, password: anew });
  expect(words(one)).toContain(say('reset-code.done'));
  await one.submit('/sign-in', { name, password: anew });
  expect(pathOf(one)).toBe('/');
};
const withLine = (name: string) => rows.served.story.rows<{ status: string; frozen: boolean; reason: string | null }>(`select l.status, l.frozen, c.reason from cancellations c join lines l on l.id = c.line_id where c.application_number = $1`, [name]);

describe('ultra-us', () => {
  let one: Visitor;
  let number: string;

  test('UU1 in by user name and password, no other name; a weak one is explained, never composed; a forgotten one is set anew by code', async () => {
    const [name] = namesOf(us.subscriber);
    expect(name?.kind).toBe('user-name');
    const stranger = await at(us, '/sign-in');
    expect(words(stranger)).toContain(say('sign-in.by.user-name'));
    await stranger.submit('/sign-in', { name: us.subscriber.phone, password: us.subscriber.password });
    expect(pathOf(stranger)).toBe('/sign-in');
    await reset(us, name?.name ?? '', 'lanterns over a slow green river', 'password1');
    one = await enter(rows, us, 'lanterns over a slow green river');
    expect(pathOf(one)).toBe('/');
  });

  test('UU2 UU3 two clicks lead from the first page to the way to cancel, and the account shows what is tied to it', async () => {
    await one.visit(one.link(/\/account$/));
    for (const method of us.subscriber.paysWith ?? []) expect(words(one)).toContain(method.last4 ?? method.label);
    expect(words(one)).toContain(us.line.identifiers.msisdn.slice(-4));
    await one.visit(one.link(/\/lines\/[^/]+\/cancel$/));
    expect(pathOf(one)).toBe(`/lines/${us.lineId}/cancel`);
  });

  test('UU10 messages and verification records can be taken along before', async () => {
    const data = JSON.parse((await one.submit('/data')).html) as { messages: unknown[] };
    for (const message of us.line.messages) expect(data.messages).toContainEqual(message);
  });

  test('UU11 the answers are shown once more, with the way to change each; only the last button sends, and it is undone free of charge', async () => {
    await walkTo(rows, us, one, /\/cancel\/check$/, { reason: '' });
    expect(one.page().root.querySelectorAll('.change a').length).toBeGreaterThan(0);
    expect(await rows.served.story.rows(`select 1 from cancellations where brand = 'ultra-us' and state <> 'draft'`)).toEqual([]);
    number = await sendAs(rows, us, one, { reason: '' });
    await one.visit(`${root(rows, us)}/cases/${number}`);
    await one.visit(one.link(/\/withdraw$/));
    await one.submit('/withdraw');
    expect(words(one)).toContain(says(us.subscriber.language)('status.withdrawn'));
    expect(await withLine(number)).toMatchObject([{ status: 'active', frozen: false }]);
  });

  test('UU5 no reason is asked for twice: left empty it is sent, and the case has none', async () => {
    number = await sendAs(rows, us, one, { reason: '' });
    expect(await withLine(number)).toMatchObject([{ frozen: true, reason: null }]);
    expect(await stateOf(rows.served, number)).toBe('reviewing');
  });

  test('UU6 UU7 told at a contact that is not the number; in days at most; the completion comes by mail', async () => {
    const desk = await staffAt(rows, us);
    await desk.visit(`${root(rows, us)}/console/cases/${number}`);
    await desk.submit('/approve');
    await comesTo(rows.served, number, 'recoverable');
    await rows.served.story.pass(us.pack.recoverableDays * 86_400_000 + 1000);
    await comesTo(rows.served, number, 'cancelled');
    const done = await mailOn(rows.served, us.subscriber.person.email ?? '', new RegExp(`Cancelled: application ${number}`));
    expect(done.text).toContain('is cancelled, since');
    expect(inbox(rows.served, us.line.identifiers.msisdn).sms).toEqual([]);
  });
});

describe('us-e-card', () => {
  let one: Visitor;
  let number: string;

  test('EC4 in by e-mail or by phone number, and by a new password when it is forgotten', async () => {
    for (const { name } of namesOf(card.subscriber)) {
      const who = await at(card, '/sign-in');
      await who.submit('/sign-in', { name, password: card.subscriber.password });
      expect(pathOf(who)).toBe('/');
    }
    await reset(card, card.subscriber.person.email ?? '', 'seven grey herons by the weir');
  });

  test('EC2 EC10 before anything: back-up, the latest bill, credit, sign-in data; that the device loses its network, and how to switch', async () => {
    one = await enter(rows, card, 'seven grey herons by the weir');
    await one.visit(`${root(rows, card)}/lines/${card.lineId}/cancel`);
    for (const id of ['other-network', 'sign-in-data', 'official-addresses']) {
      const item = card.pack.preparation.find((each) => each.id === id);
      expect(words(one)).toContain(item?.title['zh-CN'] ?? 'missing');
      expect(words(one)).toContain(item?.says['zh-CN'] ?? 'missing');
    }
    expect(words(one)).toMatch(/15\.00/); // the bill of this very line
    await walkTo(rows, card, one, /\/cancel\/consequences$/);
    expect(words(one)).toContain(card.pack.consequences.find(({ id }) => id === 'no-network')?.says['zh-CN'] ?? 'missing');
  });

  test('EC12 from submission on the line is frozen: no bill, no purchase, whoever tries', async () => {
    number = await sendAs(rows, card, one);
    expect((await withLine(number))[0]?.frozen).toBe(true);
    await expect(rows.served.story.rows(`insert into bills (id, brand, line_id, amount_minor, due_on) values (gen_random_uuid(), 'us-e-card', $1, 500, '2026-12-30')`, [card.lineId])).rejects.toThrow(/is frozen/);
  });

  test('EC7 EC9 EC13 confirmed by mail it is barred; taken back within its days, line, services and charges are as before, and every word says so', async () => {
    const email = card.subscriber.person.email ?? '';
    const path = await eventually('a link', async () => inbox(rows.served, email).mail.flatMap(({ text }) => /\/us-e-card\/confirm\/[\w-]{43}/.exec(text)?.[0] ?? []).at(-1));
    const mailed = await at(card, path.replace('/us-e-card', ''));
    await mailed.submit(path);
    expect(headline(mailed)).toBe(say('confirm.confirmed'));
    await comesTo(rows.served, number, 'recoverable');
    await eventually('it is barred', async () => (await withLine(number))[0]?.status === 'barred' || undefined);
    const switched = () => rows.served.story.simulator.effects().filter(({ system, subject }) => system === 'home-register' && subject === card.line.identifiers.imsi).map(({ effect }) => effect);
    expect(switched()).toEqual(expect.arrayContaining(['circuit-switched-off', 'packet-switched-off']));

    await rows.served.story.pass((card.pack.recoverableDays - 1) * 86_400_000); // the last day
    one = await enter(rows, card, 'seven grey herons by the weir');
    await one.visit(`${root(rows, card)}/cases/${number}`);
    await one.visit(one.link(/\/withdraw$/));
    await one.submit('/withdraw');
    expect(words(one)).toContain(say('status.withdrawn'));
    expect(words(one)).toContain('您撤回了申请，一切照旧');
    await eventually('it is on again', async () => (await withLine(number))[0]?.status === 'active' || undefined);
    expect(switched()).toEqual(expect.arrayContaining(['circuit-switched-on', 'packet-switched-on']));
    expect((await mailOn(rows.served, email, new RegExp(`已撤回.*${number}`))).text).toMatch(/没有注销|恢复/);
    // Charged again, and nothing of the settlement was carried out; what was sold with the line goes on.
    expect((await withLine(number))[0]?.frozen).toBe(false);
    await rows.served.story.rows(`insert into bills (id, brand, line_id, amount_minor, due_on) values (gen_random_uuid(), 'us-e-card', $1, 500, '2026-12-30')`, [card.lineId]);
    expect(rows.served.story.simulator.effects().filter(({ effect }) => ['refunded', 'stopped', 'service-ended'].includes(effect)).filter(({ subject }) => subject.includes(card.line.billingRef))).toEqual([]);
    expect(await rows.served.story.rows(`select 1 from line_services where line_id = $1 and ended_at is not null`, [card.lineId])).toEqual([]);
    await one.visit(`${root(rows, card)}/`);
    expect(words(one)).toContain(card.line.identifiers.msisdn.slice(-4));
    const record = await one.download(`${root(rows, card)}/cases/${number}/record.zip`);
    expect([record.status, record.contents.includes('withdrawn')]).toEqual([200, true]);
  });
});
