/** What a row says beside its usual course, under the policies as they are: who can't prove it, what comes in between, what doesn't arrive. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Visitor } from '../../src/demo/visitor.ts';
import { codesTo, enter, openRows, root, sendAs, staffAt, walkTo, type Rows, type System } from './rows-setting.ts';
import { allTold, comesTo, eventually, hasForm, inbox, pathOf, photo, solveAll, stateOf, words } from './up-setting.ts';

const carriers = ['us-e-card-t-mobile', 'us-e-card-verizon', 'us-e-card-att'] as const;
let rows: Rows;
beforeAll(async () => { rows = await openRows([...carriers, 'station', 'ur-4g', 'ultra-us']); });
afterAll(() => rows?.served.close());

const sent = ({ lineId }: System) => rows.served.story.rows<{ state: string }>(`select state from cancellations where line_id = $1 and state <> 'draft'`, [lineId]);
/** A form that the page does not have, sent with its token and cookies all the same. */
const force = (one: Visitor, address: string): Promise<Response> => fetch(address, {
  method: 'POST', redirect: 'manual', headers: { cookie: one.cookie(address), origin: rows.served.origin, 'sec-fetch-site': 'same-origin' },
  body: new URLSearchParams({ token: one.page().root.querySelector('input[name=token]')?.getAttribute('value') ?? '' }),
});
const proofsOf = async (number: string): Promise<unknown> =>
  (await rows.served.story.rows<{ proofs: unknown }>(`select facts -> 'proofs' as proofs from journal j join cancellations c on c.id = j.cancellation_id where c.application_number = $1 and event = 'proven'`, [number]))[0]?.proofs;
const numberOf = (one: Visitor): string => /\/cases\/([0-9A-Z-]+)\/receipt/.exec(pathOf(one))?.[1] ?? '';

describe('EC1 EC4 one brand, three carriers', () => {
  test.each(carriers)('EC1 EC4 %s: the steps are those of the line’s own carrier, and signed in alone nothing can be sent: who it is is checked once more', async (name) => {
    const system = rows.system(name);
    const language = system.subscriber.language;
    const one = await enter(rows, system);
    await one.visit(`${root(rows, system)}/lines/${system.lineId}/cancel`);
    for (const other of carriers) for (const { id, says: said } of rows.system(other).pack.preparation.filter((item) => item.id === 'other-network')) expect([other, id, words(one).includes(said[language])]).toEqual([other, id, other === name]);
    await walkTo(rows, system, one, /\/cancel\/check$/);
    for (const { id, says: said } of system.pack.consequences.filter((item) => item.id === 'one-more-step')) {
      await one.visit(`${root(rows, system)}/lines/${system.lineId}/cancel/consequences`);
      expect([id, words(one).includes(said[language])]).toEqual([id, true]);
    }
    await one.visit(`${root(rows, system)}/lines/${system.lineId}/cancel/check`);
    expect([hasForm(one, '/check'), hasForm(one, '/proof')]).toEqual([false, true]);
    const refused = await force(one, one.page().url.replace(/\?.*/, ''));
    expect(refused.headers.get('location')).toContain('?proof=over');
    expect(await sent(system)).toEqual([]);
  });
});

describe('ST3 three ways to show who it is, under the policy of station', () => {
  /** At the last look, nothing shown yet; the way is taken by its place in the policy. */
  const taking = async (place: number): Promise<Visitor> => {
    const station = rows.system('station');
    const one = await enter(rows, station);
    await walkTo(rows, station, one, /\/cancel\/check$/, { reason: station.pack.reasons.find(({ barsAtOnce }) => !barsAtOnce)?.id ?? '' });
    expect(one.page().root.querySelectorAll('input[name=way]').map((each) => each.getAttribute('value'))).toEqual(['0', '1', '2']);
    await one.submit('/proof', { way: String(place), channel: 'e-mail' });
    return one;
  };
  const back = async (one: Visitor): Promise<void> => {
    expect(hasForm(one, '/check')).toBe(true);
    await one.submit('/check');
    expect(await stateOf(rows.served, numberOf(one))).toBe('reviewing');
    await one.visit(`${root(rows, rows.system('station'))}/cases/${numberOf(one)}/withdraw`);
    await one.submit('/withdraw');
    await rows.served.story.pass(3_600_000); // codes to one account are counted
  };

  test('ST3 a one-time code alone', async () => {
    const station = rows.system('station');
    const before = codesTo(rows, station).length;
    const one = await taking(0);
    await one.submit('/code', { code: await eventually('a code', async () => codesTo(rows, station)[before]) });
    await back(one);
  });
  test('ST3 a photo of a document alone, and no code', async () => {
    const before = codesTo(rows, rows.system('station')).length;
    const one = await taking(1);
    await one.submit('/document', { documentKind: 'national-id', document: await photo() });
    await back(one);
    expect(codesTo(rows, rows.system('station')).length).toBe(before);
  });
  test('ST3 the security question with the code: a wrong answer sends nothing, and is on record with neither question nor answer', async () => {
    const station = rows.system('station');
    const before = codesTo(rows, station).length;
    const one = await taking(2);
    await one.submit('/code', { code: await eventually('a code', async () => codesTo(rows, station)[before]) });
    expect(pathOf(one)).toMatch(/\/proof\/question$/);
    await one.submit('/question', { answer: '台東' });
    expect([one.page().status, hasForm(one, '/check')]).toEqual([422, false]);
    await one.submit('/question', { answer: station.subscriber.question?.answer ?? '' });
    await one.submit('/check');
    const number = numberOf(one);
    expect(await proofsOf(number)).toEqual(expect.arrayContaining(['contact-code', 'security-question']));
    expect(JSON.stringify(await rows.served.story.rows('select facts from journal'))).not.toMatch(/台東|花蓮/);
  });
});

test('UR7 a bill that comes while the application is filled in stops it at the last button too; paid, it goes on', async () => {
  const ur = rows.system('ur-4g');
  const one = await enter(rows, ur);
  await walkTo(rows, ur, one, /\/cancel\/check$/);
  await rows.served.story.rows(`insert into bills (id, brand, line_id, amount_minor, due_on) values (gen_random_uuid(), 'ur-4g', $1, 1700, '2026-12-20')`, [ur.lineId]);
  await one.submit('/check');
  expect(words(one)).toContain(ur.pack.eligibility.find(({ when }) => when.unpaid === 'some')?.because['zh-CN'] ?? 'missing');
  expect(await sent(ur)).toEqual([]);
  await one.visit(`${root(rows, ur)}/lines/${ur.lineId}/cancel`);
  expect(words(one)).toContain('17.00');
  expect(hasForm(one, '/cancel')).toBe(false);
  await solveAll(one);
  const number = await sendAs(rows, ur, one);
  expect(await stateOf(rows.served, number)).toBe('reviewing');
});

test('UU6 UU7 where the mail does not arrive, the completion comes by SMS to the other contact, never to the number that is gone', async () => {
  const us = rows.system('ultra-us');
  const number = await sendAs(rows, us, await enter(rows, us));
  await allTold(rows.served);
  await rows.served.story.simulator.addFault({ system: 'mail', fault: 'refuse', code: '550', times: 20 });
  const desk = await staffAt(rows, us);
  await desk.visit(`${root(rows, us)}/console/cases/${number}`);
  await desk.submit('/approve');
  await comesTo(rows.served, number, 'recoverable');
  await rows.served.story.pass(us.pack.recoverableDays * 86_400_000 + 1000);
  await comesTo(rows.served, number, 'cancelled');
  const told = await eventually('an SMS', async () => inbox(rows.served, us.subscriber.person.contactPhone ?? '').sms.find(({ text }) => text.includes(number) && /[Cc]ancelled/.test(text)));
  expect(told.from).toBe(us.pack.smsSender);
  expect(inbox(rows.served, us.line.identifiers.msisdn).sms).toEqual([]);
  await rows.served.story.simulator.clearFaults();
});
