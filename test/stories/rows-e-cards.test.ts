/** The US data cards where they don't go the usual course: not confirmed, confirmed once, one line of two taken back, too late; each under its own carrier's policy. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { visitor, type Visitor } from '../../src/demo/visitor.ts';
import { enter, openRows, root, sendAs, staffAt, walkTo, type Rows, type System } from './rows-setting.ts';
import { allTold, comesTo, eventually, headline, inbox, mailOn, pathOf, says, words } from './up-setting.ts';

const say = says('en');
const hour = 3_600_000;
const day = 24 * hour;
let rows: Rows;
let verizon: System;
let att: System;
let atStart: Date;
beforeAll(async () => {
  rows = await openRows(['us-e-card-verizon', 'us-e-card-att']);
  [verizon, att] = [rows.system('us-e-card-verizon'), rows.system('us-e-card-att')];
  atStart = rows.served.story.clock.now();
});
afterAll(() => rows?.served.close());

const mails = ({ subscriber }: System) => inbox(rows.served, subscriber.person.email ?? '').mail;
const linksFor = (system: System, number: string): string[] => mails(system).filter(({ text, subject }) => `${subject} ${text}`.includes(number)).flatMap(({ text }) => /\/us-e-card\/confirm\/[\w-]{43}/.exec(text)?.[0] ?? []).map((path) => rows.served.origin + path);
const link = (system: System, number: string, count: number): Promise<string> => eventually(`link ${count}`, async () => linksFor(system, number)[count - 1]);
const press = async (address: string): Promise<Visitor> => {
  const one = visitor(address.replace(/\/confirm\/.*/, ''), 'en');
  await one.visit(address);
  await one.submit(new URL(address).pathname);
  return one;
};
const approve = async (system: System, number: string, place = 0): Promise<void> => {
  const desk = await staffAt(rows, system, place);
  await desk.visit(`${root(rows, system)}/console/cases/${number}`);
  await desk.submit('/approve');
  expect(new URL(desk.page().url).search).toContain('done=approve');
};
const lineOf = async ({ lineId }: System) => (await rows.served.story.rows<{ status: string; frozen: boolean }>(`select status, frozen from lines where id = $1`, [lineId]))[0];
const atBilling = ({ line }: System): string[] => rows.served.story.simulator.effects().filter(({ system, subject }) => system === 'billing' && subject === line.billingRef).map(({ effect }) => effect);
const atRegister = ({ line }: System): string[] => rows.served.story.simulator.effects().filter(({ system, subject }) => system === 'home-register' && subject === line.identifiers.imsi).map(({ effect }) => effect);
const statusOf = async (system: System, number: string): Promise<Visitor> => {
  const one = await enter(rows, system);
  await one.visit(`${root(rows, system)}/cases/${number}`);
  return one;
};
/** Milliseconds until the point of no return. */
const leftOf = async (number: string): Promise<number> =>
  ((await rows.served.story.rows<{ at: Date }>(`select effective_at as at from cancellations where application_number = $1`, [number]))[0]?.at.getTime() ?? 0) - rows.served.story.clock.now().getTime();
/** It is as if nothing had been: on the line, at billing, and in words. */
const isAsBefore = async (system: System, number: string, frozenTimes: number): Promise<void> => {
  await mailOn(rows.served, system.subscriber.person.email ?? '', new RegExp(`${number} has lapsed`));
  expect(words(await statusOf(system, number))).toContain(say('status.says.lapsed'));
  await eventually('billing lets it go', async () => atBilling(system).filter((one) => one === 'unfrozen').length === frozenTimes || undefined);
  expect([await lineOf(system), atRegister(system)]).toEqual([{ status: 'active', frozen: false }, []]);
};

describe('EC8 EC9 EC11 on Verizon', () => {
  let second: System; // the other card of the same person
  const numbers: string[] = [];

  test('EC11 what becomes of the balance is asked before anything is sent: with no choice, and with a number that is nobody’s own, nothing goes on', async () => {
    const one = await enter(rows, verizon);
    await walkTo(rows, verizon, one, /\/cancel\/credit$/);
    for (const choice of [{}, { creditChoice: 'transfer +12065550178' }, { creditChoice: 'forfeit' }] as Record<string, string>[]) {
      await one.submit('/credit', choice);
      expect([pathOf(one), one.page().root.querySelector('.faults') !== null]).toEqual([expect.stringMatching(/\/cancel\/credit$/), true]);
    }
    await one.visit(`${root(rows, verizon)}/lines/${verizon.lineId}/cancel/check`);
    expect(pathOf(one)).toMatch(/\/cancel\/credit$/);
    await one.submit('/credit', { creditChoice: `transfer ${verizon.subscriber.lines[1]?.identifiers.msisdn}` });
    expect(pathOf(one)).not.toMatch(/\/credit$/);
    expect(await rows.served.story.rows(`select 1 from cancellations where line_id = $1 and state <> 'draft'`, [verizon.lineId])).toEqual([]);
  });

  test('EC8 EC12 the first mail is not answered in its 48 hours: a reminder, then the case lapses and says so, and line and charges are as before', async () => {
    const number = await sendAs(rows, verizon, await enter(rows, verizon));
    await eventually('it is frozen', async () => atBilling(verizon).includes('frozen') || undefined);
    await approve(verizon, number);
    const first = await link(verizon, number, 1);
    expect(words(await statusOf(verizon, number))).toMatch(/confirm before/);
    await rows.served.story.pass(47 * hour);
    await mailOn(rows.served, verizon.subscriber.person.email ?? '', new RegExp(`Not confirmed yet.*${number}`));
    await rows.served.story.pass(hour + 1000);
    await comesTo(rows.served, number, 'lapsed');
    await isAsBefore(verizon, number, 1);
    const late = visitor(root(rows, verizon), 'en');
    await late.visit(first);
    expect(late.page().root.querySelector('form[action*=confirm]')).toBeNull();
  });

  test('EC8 confirmed once: two days on another mail comes; without it in five days the case lapses and says so', async () => {
    const number = await sendAs(rows, verizon, await enter(rows, verizon));
    await approve(verizon, number);
    const one = await press(await link(verizon, number, 1));
    expect(words(one)).toContain('We ask once more');
    expect(words(await statusOf(verizon, number))).toContain('You confirmed once.');
    await rows.served.story.pass(2 * day + 1000);
    await link(verizon, number, 2);
    await rows.served.story.pass(5 * day - hour);
    expect(await rows.served.story.rows(`select state from cancellations where application_number = $1`, [number])).toEqual([{ state: 'approved' }]);
    await rows.served.story.pass(hour + 1000);
    await comesTo(rows.served, number, 'lapsed');
    await isAsBefore(verizon, number, 2);
  });

  test('EC7 EC8 confirmed twice, both cards of one person are off; until then neither was', async () => {
    const [, other] = verizon.subscriber.lines;
    const [row] = await rows.served.story.rows<{ id: string }>(`select id from lines where billing_ref = $1`, [other?.billingRef]);
    if (other === undefined || row === undefined) throw new Error('no second card');
    second = { ...verizon, line: other, lineId: row.id, subscriber: { ...verizon.subscriber, credit: 'refund' } };
    const first = { ...verizon, subscriber: { ...verizon.subscriber, credit: 'refund' as const } };
    for (const system of [first, second]) {
      const number = await sendAs(rows, system, await enter(rows, system));
      numbers.push(number);
      await approve(system, number);
      await press(await link(system, number, 1));
    }
    expect([atRegister(verizon), atRegister(second)]).toEqual([[], []]);
    await rows.served.story.pass(2 * day + 1000);
    for (const number of numbers) {
      const one = await press(await link(verizon, number, 2));
      expect(headline(one)).toBe(say('confirm.confirmed'));
      await comesTo(rows.served, number, 'recoverable');
    }
    await eventually('both are off', async () => (await lineOf(verizon))?.status === 'barred' && (await lineOf(second))?.status === 'barred' || undefined);
  });

  test('EC9 one line of two taken back on the last of its 14 days: it is on again with its charges, said on page and in a mail; the other stays off', async () => {
    const [mine = '', other = ''] = numbers;
    await rows.served.story.pass(13 * day);
    const one = await statusOf(verizon, mine);
    expect(words(one)).toContain('Until then you can have it back, free.');
    await one.visit(one.link(/\/withdraw$/));
    for (const said of ['withdraw.restores-line', 'withdraw.restores-charges', 'withdraw.restores-money'] as const) expect(words(one)).toContain(say(said));
    await one.submit('/withdraw');
    expect(words(one)).toContain(say('status.withdrawn'));
    await eventually('it is on again', async () => (await lineOf(verizon))?.status === 'active' || undefined);
    expect(atRegister(verizon)).toEqual(expect.arrayContaining(['packet-switched-off', 'packet-switched-on']));
    await eventually('billing lets it go', async () => atBilling(verizon).at(-1) === 'unfrozen' || undefined);
    expect((await mailOn(rows.served, verizon.subscriber.person.email ?? '', new RegExp(`Withdrawn.*${mine}`))).text).toMatch(/calls, texts and data are restored.*sold along with it, and normal charges, go on as before/);
    expect((await lineOf(verizon))?.frozen).toBe(false);
    expect([await lineOf(second), await rows.served.story.rows(`select state from cancellations where application_number = $1`, [other])]).toEqual([{ status: 'barred', frozen: true }, [{ state: 'recoverable' }]]);
    expect(atRegister(second)).not.toContain('packet-switched-on');
  });

  test('EC9 after its days it is too late for the other: a last notice before, no way back on the page, none by a button that was left open; its account goes on with the first card', async () => {
    const [, other = ''] = numbers;
    await eventually('a last notice', async () => mails(verizon).some(({ subject }) => subject.startsWith('Last notice')) || undefined);
    await rows.served.story.pass(await leftOf(other) - 10 * 60_000);
    const open = await statusOf(second, other);
    await open.visit(open.link(/\/withdraw$/)); // left open over the end
    await rows.served.story.pass(11 * 60_000);
    await comesTo(rows.served, other, 'cancelled');
    await open.submit('/withdraw');
    expect(words(open)).toContain(say('withdraw.too-late'));
    const one = await statusOf(second, other);
    expect(one.page().root.querySelectorAll('a').filter((each) => each.getAttribute('href')?.endsWith('/withdraw'))).toEqual([]);
    expect([(await lineOf(second))?.status, atRegister(second).at(-1)]).toEqual(['cancelled', 'subscriber-removed']);
    const back = await enter(rows, verizon);
    expect(pathOf(back)).toBe('/');
    expect(words(back)).toContain(verizon.line.identifiers.msisdn.slice(-4));
    expect((await lineOf(verizon))?.status).toBe('active');
    expect(await rows.served.story.rows(`select amount_minor::int as amount from refunds r join cancellations c on c.id = r.cancellation_id where c.application_number = $1`, [other])).toEqual([{ amount: 100 }]);
    expect(await rows.served.story.rows(`select 1 from refunds r join cancellations c on c.id = r.cancellation_id where c.application_number = $1`, [numbers[0]])).toEqual([]);
  });
});

describe('EC6 EC8 EC9 EC11 on AT&T', () => {
  test('EC8 two reviewers, then 24 hours: one approval alone sends no mail; not confirmed in time, it lapses', async () => {
    const number = await sendAs(rows, att, await enter(rows, att));
    await approve(att, number);
    await allTold(rows.served);
    expect(linksFor(att, number)).toEqual([]);
    await approve(att, number, 1);
    await link(att, number, 1);
    await rows.served.story.pass(24 * hour + 1000);
    await comesTo(rows.served, number, 'lapsed');
    await isAsBefore(att, number, 1);
  });

  test('EC9 EC11 confirmed, it is off for 7 days and can be had back until then; then it is closed for good, and what was left goes back to where it came from', async () => {
    const number = await sendAs(rows, att, await enter(rows, att));
    await approve(att, number);
    await approve(att, number, 1);
    await press(await link(att, number, 1));
    await comesTo(rows.served, number, 'recoverable');
    await rows.served.story.pass(await leftOf(number) - 10 * 60_000);
    const one = await statusOf(att, number);
    expect(words(one)).toContain('Until then you can have it back, free.');
    await one.visit(one.link(/\/withdraw$/));
    await rows.served.story.pass(11 * 60_000);
    await comesTo(rows.served, number, 'cancelled');
    await one.submit('/withdraw');
    expect(pathOf(one)).not.toMatch(/\/withdraw$/);
    expect((await lineOf(att))?.status).toBe('cancelled');
    expect(await rows.served.story.rows(`select amount_minor::int as amount, r.state from refunds r join cancellations c on c.id = r.cancellation_id where c.application_number = $1`, [number])).toEqual([{ amount: 700, state: expect.any(String) }]);
    expect(atBilling(att)).toContain('stopped');
    expect(pathOf(await enter(rows, att))).toBe('/sign-in'); // the account closed with its last line
  });
});

test('EC3 EC13 no mail of all these leads anywhere but to the brand, and each about a case has the hotline', async () => {
  await allTold(rows.served);
  const all = [...mails(verizon), ...mails(att)];
  expect(all.length).toBeGreaterThan(20);
  for (const { subject, text } of all) {
    const hosts = [...text.matchAll(/https?:\/\/([^/\s]+)/g)].map(([, host]) => host);
    expect([subject, hosts.filter((host) => host !== new URL(rows.served.story.parts.publicUrl()).host && host !== verizon.pack.addresses.site)]).toEqual([subject, []]);
    expect(text).toContain(verizon.pack.addresses.phone);
  }
  expect(rows.served.story.alarms).toEqual([]);
  expect(rows.served.story.clock.now().getTime()).toBeGreaterThan(atStart.getTime());
});
