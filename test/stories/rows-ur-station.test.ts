/** The number sold online and the one managed by app, under their own policies: paper, hotline, thread, the end and what comes after it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { numbersOn } from '../../src/cli/numbers-command.ts';
import { reconciledLines } from '../../src/cli/reconcile-command.ts';
import { namesOf } from '../../src/demo/data.ts';
import { visitor, type Visitor } from '../../src/demo/visitor.ts';
import { reconcile } from '../../src/desk/reconcile.ts';
import { returnNumbers } from '../../src/execution/quarantine.ts';
import { addAgent } from './channels-setting.ts';
import { codesTo, enter, openRows, root, sendAs, staffAt, walkTo, type Rows, type System } from './rows-setting.ts';
import { comesTo, eventually, hasForm, inbox, mailOn, pathOf, photo, says, stateOf, words } from './up-setting.ts';

const hotline = { email: 'hotline@ur-4g.example', password: 'five-herons-on-the-pier' };
let rows: Rows;
let ur: System;
let station: System;
beforeAll(async () => {
  rows = await openRows(['ur-4g', 'station']);
  [ur, station] = [rows.system('ur-4g'), rows.system('station')];
  await addAgent(rows.served.story, 'ur-4g', '客服 丁', hotline);
});
afterAll(() => rows?.served.close());

const agentAt = async (): Promise<Visitor> => {
  const one = visitor(`${root(rows, ur)}/console`, 'zh-CN');
  await one.visit(`${root(rows, ur)}/console/sign-in`);
  await one.submit('/sign-in', hotline);
  return one;
};
const approve = async (system: System, number: string): Promise<void> => {
  const desk = await staffAt(rows, system);
  await desk.visit(`${root(rows, system)}/console/cases/${number}`);
  await desk.submit('/approve');
  expect([new URL(desk.page().url).search, words(desk)]).toEqual([expect.stringContaining('done=approve'), expect.any(String)]);
};

describe('ur-4g', () => {
  const password = 'nine reeds beside a slow canal';
  let one: Visitor;
  let desk: Visitor;
  let call: string;
  let number: string;

  test('UR7 arrears stop it: what is owed is shown first, and nothing goes on until it is settled', async () => {
    one = await enter(rows, ur);
    await one.visit(`${root(rows, ur)}/lines/${ur.lineId}/cancel`);
    expect(words(one)).toContain('29.00');
    expect(hasForm(one, '/cancel')).toBe(false);
    expect(await rows.served.story.rows(`select 1 from cancellations where line_id = $1`, [ur.lineId])).toEqual([]);
  });

  test('UR1 what is forgotten is found again on the site: from the page that asks whether the account is right to a new password, by the name that is remembered', async () => {
    for (const { name } of namesOf(ur.subscriber)) {
      const before = codesTo(rows, ur).length;
      const who = visitor(root(rows, ur), 'zh-CN');
      await who.visit(`${root(rows, ur)}/sign-in`);
      await who.visit(who.link(/\/reset$/));
      await who.submit('/reset', { name, channel: 'e-mail' });
      await who.submit('/reset/code', { code: await eventually('a code', async () => codesTo(rows, ur)[before]), password });
      await who.submit('/sign-in', { name, password });
      expect(pathOf(who)).toBe('/');
      await rows.served.story.pass(3_600_000); // codes to one account are counted
    }
    one = await enter(rows, ur, password);
  });

  test('UR1 UR2 by phone: proven by a code, who forgot their number or order hears it; what is owed is told, settled and written down', async () => {
    desk = await agentAt();
    await desk.visit(desk.link(/\/calls$/));
    const before = codesTo(rows, ur).length;
    await desk.submit('/calls', { name: ur.subscriber.person.email ?? '' }); // all that the caller remembers
    expect(desk.page().html).not.toContain(ur.subscriber.person.name);
    await desk.submit('/code', { channel: 'mail' });
    await desk.submit('/prove', { code: await eventually('a code', async () => codesTo(rows, ur)[before]) });
    for (const said of [ur.subscriber.person.name, ur.line.identifiers.msisdn.slice(-4)]) expect(words(desk)).toContain(said);
    for (const address of [ur.subscriber.person.email ?? '', ur.subscriber.person.contactPhone ?? '']) expect(desk.page().html).not.toContain(address); // masked for the agent too
    await desk.visit(desk.link(/\/lines\/[\w-]+$/));
    call = desk.page().url;
    expect(words(desk)).toContain('29.00');
    expect(hasForm(desk, '/open')).toBe(false);
    await desk.submit('/pay-bill');
    await desk.submit('/open');
  });

  test('UR2 UR9 reason and bindings written down, the consequences read out one by one and accepted; with a binding not seen to nothing goes on', async () => {
    const { person } = ur.subscriber;
    const outside = ur.pack.outsideAccounts.map(({ id }) => id);
    const fields = { reason: 'trip-over', name: person.name, email: person.email ?? '', phone: '', account: 'confirmed', documentKind: 'passport' };
    await desk.submit('/form', { ...fields, document: await photo(), outside: outside.slice(1) });
    expect([desk.page().status, pathOf(desk)]).toEqual([422, expect.stringMatching(/\/form$/)]);
    await desk.submit('/form', { ...fields, outside });
    expect(pathOf(desk)).toMatch(/\/consequences$/);
    await desk.visit(`${call}/check`);
    expect(pathOf(desk)).toMatch(/\/consequences$/);
    while (hasForm(desk, '/consequences')) await desk.submit('/consequences');
    await desk.visit(`${call}/check`);
    await desk.submit('/check');
    number = /([0-9A-Z]{4}(?:-[0-9A-Z]{1,4}){3})/.exec(new URL(desk.page().url).search)?.[1] ?? '';
    const [row] = await rows.served.story.rows<{ channel: string; reason: string; facts: { bills: string[]; readOut: string[]; by: string } }>(
      `select c.channel, c.reason, j.facts from cancellations c join journal j on j.cancellation_id = c.id and j.event = 'proven' where application_number = $1`, [number]);
    expect([row?.channel, row?.reason, row?.facts.bills]).toEqual(['phone', 'trip-over', ['2900 CNY due 2026-11-20 paid']]);
    expect(row?.facts.readOut.map((said) => said.split(' ')[0])).toEqual(ur.pack.consequences.map(({ id }) => id));
    const review = await staffAt(rows, ur);
    await review.visit(`${root(rows, ur)}/console/cases/${number}`);
    expect(words(review)).toContain('电话里告知的未付账单：1 张，当场付清');
    await one.visit(`${root(rows, ur)}/cases/${number}`); // the same case, and theirs to take back
    for (const { label } of ur.pack.outsideAccounts) expect(words(one)).toContain(label['zh-CN']);
    await one.visit(one.link(/\/withdraw$/));
    await one.submit('/withdraw');
    expect(await stateOf(rows.served, number)).toBe('withdrawn');
  });

  test('UR9 online each binding is ticked for itself', async () => {
    await walkTo(rows, ur, one, /\/cancel\/outside-accounts$/);
    for (const { label, says: how } of ur.pack.outsideAccounts) for (const said of [label['zh-CN'], how['zh-CN']]) expect(words(one)).toContain(said);
    await one.submit('/outside-accounts', { outside: ur.pack.outsideAccounts.map(({ id }) => id).filter((id) => id !== 'bank') });
    expect([pathOf(one), words(one)]).toEqual([expect.stringMatching(/\/outside-accounts$/), expect.stringContaining(says('zh-CN')('field.outside.missing'))]);
  });

  test('UR8 UR11 records can be taken along before; the usual questions are answered in place', async () => {
    await one.visit(`${root(rows, ur)}/lines/${ur.lineId}/cancel`);
    const data = JSON.parse((await one.submit('/data')).html) as { contacts: unknown[]; calls: unknown[] };
    expect([data.contacts.length, data.calls.length]).toEqual([ur.line.contacts.length, ur.line.calls.length]);
    await one.visit(`${root(rows, ur)}/questions`);
    for (const id of ['reactivation', 'refund', 'erasure', 'credit-record']) {
      const asked = ur.pack.questions.find((each) => each.id === id);
      expect(words(one)).toContain(asked?.question['zh-CN'] ?? 'missing');
      expect(words(one)).toContain(asked?.answer['zh-CN'].slice(0, 20) ?? 'missing');
    }
  });

  test('UR3 UR9 by post: printed with a code, signed, with a copy of the identity document; the scan files itself into the case', async () => {
    await walkTo(rows, ur, one, /\/cancel\/consequences$/);
    expect((await rows.served.story.rows(`select 1 from cancellations where line_id = $1 and state = 'draft'`, [ur.lineId])).length).toBe(1);
    const printed = await one.download(`${root(rows, ur)}/lines/${ur.lineId}/cancel/paper.pdf`);
    expect([printed.status, printed.type]).toEqual([200, 'application/pdf']);
    const desk = await agentAt();
    await desk.visit(`${root(rows, ur)}/console/papers`);
    await desk.submit('/papers', { code: '', scan: { name: 'scan.pdf', type: 'application/pdf', contents: new Uint8Array(printed.contents) } });
    number = /\/papers\/([0-9A-Z-]+)$/.exec(pathOf(desk))?.[1] ?? '';
    expect(number).not.toBe('');
    await desk.visit(`${root(rows, ur)}/console/papers`);
    await desk.submit('/papers', { code: number, scan: await photo('copy.jpg', 400) }); // the copy, enclosed
    await desk.submit(`/papers/${number}`, { documentKind: 'national-id', signed: ['signature', 'consequences', 'enclosed'] });
    expect(await stateOf(rows.served, number)).toBe('reviewing');
    const review = await staffAt(rows, ur);
    await review.visit(`${root(rows, ur)}/console/cases/${number}`);
    expect(review.page().root.querySelectorAll('.documents figure').length).toBeGreaterThanOrEqual(2);
    const [row] = await rows.served.story.rows<{ channel: string; facts: { proofs: string[] } }>(`select c.channel, j.facts from cancellations c join journal j on j.cancellation_id = c.id and j.event = 'proven' where application_number = $1`, [number]);
    expect([row?.channel, row?.facts.proofs]).toEqual(['post', expect.arrayContaining(['signature', 'national-id'])]);
  });

  test('UR4 how far it is, asked with the number alone: a code to the contact of record, no sign-in', async () => {
    await mailOn(rows.served, ur.subscriber.person.email ?? '', new RegExp(number));
    const before = codesTo(rows, ur).length;
    const reader = visitor(root(rows, ur), 'zh-CN');
    await reader.visit(`${root(rows, ur)}/status`);
    await reader.submit('/status', { number: number.toLowerCase() });
    await reader.submit('/status/code', { code: await eventually('a code', async () => codesTo(rows, ur)[before]) });
    expect(pathOf(reader)).toBe(`/cases/${number}`);
    expect(words(reader)).toContain('正在审核');
    await reader.visit(`${root(rows, ur)}/`);
    expect(pathOf(reader)).toBe('/sign-in');
  });

  test('UR5 whoever answers the phone sees by when it is decided and what has happened, nothing of the person', async () => {
    const desk = await agentAt();
    await desk.visit(`${root(rows, ur)}/console/find?number=${number}`);
    expect(words(desk)).toMatch(/审核中.*期限/);
    expect(desk.page().html).not.toContain(ur.subscriber.person.name);
    await approve(ur, number);
    await comesTo(rows.served, number, 'recoverable');
    await desk.visit(`${root(rows, ur)}/console/cases/${number}`);
    expect(words(desk)).toContain('••• 42');
    expect(words(desk)).toMatch(/停用/);
  });

  test('UR6 told by mail when it is over: no calls, no SMS, no data; the account is closed; what was stored is gone', async () => {
    await rows.served.story.pass(ur.pack.recoverableDays * 86_400_000 + 1000);
    await comesTo(rows.served, number, 'cancelled');
    const done = await mailOn(rows.served, ur.subscriber.person.email ?? '', new RegExp(`注销完成：.*${number}`));
    expect(done.text).toMatch(/不再?能.*通话.*短信.*上网/);
    const gone = rows.served.story.simulator.effects().filter(({ subject }) => subject === ur.line.identifiers.imsi).map(({ effect }) => effect);
    expect(gone).toContain('subscriber-removed');
    const again = await enter(rows, ur, password);
    expect(pathOf(again)).toBe('/sign-in');
    expect(await rows.served.story.rows(`select 1 from stored_records where line_id = $1`, [ur.lineId])).toEqual([]);
  });

  test('UR10 afterwards: what was deleted, what the law keeps and until when, and what to change now', async () => {
    const before = codesTo(rows, ur).length;
    const reader = visitor(root(rows, ur), 'zh-CN');
    await reader.visit(`${root(rows, ur)}/status`);
    await reader.submit('/status', { number });
    await reader.submit('/status/code', { code: await eventually('a code', async () => codesTo(rows, ur)[before]) });
    await reader.visit(reader.link(/\/afterwards$/));
    for (const { says: advice } of ur.pack.afterwards) expect(words(reader)).toContain(advice['zh-CN'].slice(0, 20));
    expect(words(reader)).toContain('实名登记');
    expect(words(reader)).toMatch(/20\d\d年/);
  });
});

describe('station', () => {
  let one: Visitor;
  let number: string;
  const tw = says('zh-TW');

  test('ST1 ST4 from profile and settings under each of its names; the waiting time stands there before anything is sent', async () => {
    one = await enter(rows, station);
    await one.visit(one.link(/\/account$/));
    for (const name of station.pack.entryNames) expect(words(one)).toContain(name['zh-TW']);
    await one.visit(one.link(/\/lines\/[^/]+\/cancel$/));
    const first = station.pack.preparation[0];
    expect([first?.id, words(one).includes(first?.says['zh-TW'] ?? 'missing')]).toEqual(['how-long', true]);
    await walkTo(rows, station, one, /\/cancel\/check$/, { reason: station.pack.reasons.find(({ barsAtOnce }) => !barsAtOnce)?.id ?? '' });
    expect(words(one)).toContain(tw('preview.effective'));
  });

  test('ST5 support round the clock: at night nobody is told to wait, and an agent answers in the thread of the case', async () => {
    await rows.served.story.pass(12 * 3_600_000); // late in the evening
    one = await enter(rows, station);
    number = await sendAs(rows, station, one, { reason: station.pack.reasons.find(({ barsAtOnce }) => !barsAtOnce)?.id ?? '' });
    await one.visit(`${root(rows, station)}/cases/${number}/messages`);
    await one.submit('/messages', { text: '半夜也有人嗎？' });
    expect(words(one)).toContain('半夜也有人嗎？');
    expect(words(one)).not.toContain(tw('status.from.automatic'));
    const desk = await staffAt(rows, station);
    await desk.visit(`${root(rows, station)}/console/threads`);
    await desk.visit(desk.link(/\/threads\/[^/]+$/));
    await desk.submit(new URL(desk.page().url).pathname, { text: '有的，我們一直在。' });
    await one.visit(`${root(rows, station)}/cases/${number}`);
    expect(words(one)).toContain('有的，我們一直在。');
    await mailOn(rows.served, station.subscriber.person.email ?? '', /客服.*回[覆復]/);
  });

  test('ST4 the outcome comes by SMS where the mail does not arrive', async () => {
    await rows.served.story.simulator.addFault({ system: 'mail', fault: 'refuse', code: '550', times: 20 });
    await approve(station, number);
    await comesTo(rows.served, number, 'cancelled'); // where this subscriber lives, the law leaves no waiting period
    const told = await eventually('the outcome by SMS', async () => inbox(rows.served, station.subscriber.person.contactPhone ?? '').sms.find(({ text }) => text.includes(number) && /已註銷|註銷完成/.test(text)));
    expect(told.from).toBe(station.pack.smsSender);
    await rows.served.story.simulator.clearFaults();
  });

  test('ST6 ST9 the number rests, charges stop; a bill after that is found the same night, with its amount; people are called, and see it on the page of findings', async () => {
    const [rests] = await rows.served.story.rows<{ days: number }>(`select free_from - disconnected_at::date as days from number_tenures q join cancellations c on c.id = q.cancellation_id where application_number = $1`, [number]);
    expect(Math.abs((rests?.days ?? 0) - station.pack.quarantineDays)).toBeLessThanOrEqual(1);
    const look = async () => {
      const looked = await reconcile(rows.served.story.signoff.desk, rows.served.story.signoff.execution.ports, station.pack.brand, 400);
      if (!looked.ok) throw new Error(looked.why.kind);
      return looked.value;
    };
    expect((await look()).findings.filter(({ applicationNumber }) => applicationNumber === number)).toEqual([]);
    await rows.served.story.simulator.seed({ lines: [{ ref: station.line.billingRef, currency: station.pack.currency, owedMinor: 6800, creditMinor: 0 }] });
    const found = await look();
    expect(found.findings.filter(({ applicationNumber }) => applicationNumber === number).map(({ what }) => what)).toEqual(expect.arrayContaining(['still-billed', 'bill-after-end']));
    expect(reconciledLines([found]).join('\n')).toMatch(new RegExp(`✗ station ${number}.*6800 ${station.pack.currency}`));
    expect(JSON.stringify(rows.served.story.alarms)).toContain('not silent: bill-after-end');

    const desk = await staffAt(rows, station);
    await desk.visit(desk.link(/\/findings$/));
    expect(words(desk)).toContain(number);
    await desk.visit(`${root(rows, station)}/console/findings?what=bill-after-end`);
    expect(words(desk)).toMatch(/68\.00/);
    expect(hasForm(desk, '/mend')).toBe(false); // a bill is struck in billing, by its people
    await desk.visit(`${root(rows, station)}/console/findings?what=still-billed`);
    await desk.submit('/mend');
    await eventually('it is stopped again', async () => (await rows.served.story.rows(`select 1 from steps s join cancellations c on c.id = s.cancellation_id where application_number = $1 and s.state not in ('done', 'not-wanted')`, [number])).length === 0);
    await rows.served.story.signoff.desk.billing.settle(station.line.billingRef, { collectMinor: 6800, offsetMinor: 0, refundMinor: 0, forfeitMinor: 0, currency: station.pack.currency }, { key: 'struck', signal: AbortSignal.timeout(5000) });
    expect((await look()).findings.filter(({ applicationNumber }) => applicationNumber === number)).toEqual([]);
    await desk.visit(`${root(rows, station)}/console/findings`);
    expect(words(desk)).not.toContain(number);
  });

  test('ST6 it is nobody’s until its day, goes back to the pool then, and can be given out again', async () => {
    const { desk, clock } = { ...rows.served.story.signoff, clock: rows.served.story.clock };
    const msisdn = station.line.identifiers.msisdn;
    const listed = async (standing: string) => (await numbersOn(desk, 'list', '', { brand: 'station', standing, json: true })).lines.map((line) => (JSON.parse(line) as { number: string }).number);
    expect(await listed('resting')).toEqual([msisdn]);
    expect((await numbersOn(desk, 'assign', msisdn, {})).lines.join()).toMatch(/rests: nobody else may get it before \d{4}-/);
    const [rest] = await rows.served.story.rows<{ free_at: Date }>(`select free_at from number_tenures q join cancellations c on c.id = q.cancellation_id where application_number = $1`, [number]);
    expect(await returnNumbers(rows.served.story.signoff.execution)).toBe(0);
    await rows.served.story.pass((rest?.free_at.getTime() ?? 0) - clock.now().getTime() + 1000);
    expect(await returnNumbers(rows.served.story.signoff.execution)).toBeGreaterThan(0); // a worker asks every hour
    expect(await listed('free')).toEqual([msisdn]);
    expect((await numbersOn(desk, 'assign', msisdn, {})).lines.join()).toContain('is given out again');
  });
});
