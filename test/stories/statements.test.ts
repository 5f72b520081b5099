/** The ways in that a law demands for anybody: two steps without sign-in, confirmed at once, and only then looked at. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attachIdentity, openDraft, saveDraft } from '../../src/desk/draft.ts';
import { acceptReadOut, callIsProven, findCaller, seeCall, submitFromCall } from '../../src/desk/phone-call.ts';
import { visitor, type Visitor } from '../../src/demo/visitor.ts';
import { photo } from '../apply.ts';
import { brand, days } from '../harness.ts';
import { addAgent, withChannels, anyWay, type Account } from './channels-setting.ts';
import { acknowledgements, allTold, answersOf, come, comesTo, eventually, headline, inbox, mailOn, pathOf, person, reviewer, says, serve, signIn, solveAll, stateOf, toPreparation, words, type Served } from './up-setting.ts';

const elsewhere = 'ultra-elsewhere';
const button = '/statement/de/cancellation-button';
const withdrawal = '/statement/eu/withdrawal-function';
const owners = { proves: person('70'), joins: person('71'), withdraws: person('72'), lapses: person('73'), byHand: person('74'), known: person('75'), agent: person('76'), names: person('77', { region: 'DE' }) };
const numberOf = (one: ReturnType<typeof person>): string => one.lines[0]?.identifiers.msisdn ?? '';
const refOf = (one: ReturnType<typeof person>): string => one.lines[0]?.billingRef ?? '';

let served: Served;
const agent: Account = { email: 'an.agent@ultra-purple.example', password: 'quiet-harbour-of-paper' };

beforeAll(async () => {
  served = await serve({ also: Object.values(owners), change: withChannels[anyWay] ?? ((pack) => pack), brands: { [elsewhere]: (pack) => ({ ...pack, serves: ['US', 'HK'] }) } });
  await addAgent(served.story, brand, '安格', agent);
});
afterAll(() => served?.close());

const filled = (contract: string, email: string, more: Record<string, string> = {}) => ({ kind: 'ordinary', reason: '', name: '林小雨', contract, when: 'soonest', ends: '', email, ...more });
const declare = async (contract: string, email: string, more: Record<string, string> = {}, at = button): Promise<Visitor> => {
  const one = await come(served, at);
  await one.submit(at, filled(contract, email, more));
  if (pathOf(one) !== '/statement/receipt') throw new Error(`not declared: ${words(one).slice(0, 300)}`);
  await served.story.rows(`delete from attempts where bucket = 'statement-source'`); // the story is one address, and many people
  await eventually('its line was looked for', async () => (await served.story.rows(`select 1 from pgboss.job where name = 'statements' and state <> 'completed' and start_after <= pgboss.job_now()`)).length === 0);
  return one;
};
const referenceOn = (one: Visitor): string => /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]/.exec(words(one))?.[0] ?? '';
const atDesk = async (): Promise<Visitor> => {
  const one = visitor(`${served.root()}/console`, 'zh-CN');
  await one.visit(`${served.root()}/console/sign-in`);
  await one.submit('/sign-in', agent);
  await one.visit(`${served.root()}/console/statements`);
  return one;
};

describe('N3 in two steps, without sign-in', () => {
  it('N3 the buttons stand in the words of the law on sign-in, help and every foot; one press from there, one more declares it', async () => {
    for (const at of ['/sign-in', '/help']) {
      const one = await come(served, at);
      for (const link of one.page().root.querySelectorAll(`a[href$="${button}"]`)) expect(link.text).toBe('Verträge hier kündigen');
      expect(one.page().root.querySelectorAll(`main a[href$="${button}"]`)).toHaveLength(1);
      expect(one.page().root.querySelector(`footer a[href$="${button}"]`)?.getAttribute('lang')).toBe('de');
      expect(one.page().root.querySelector(`footer a[href$="${withdrawal}"]`)?.text).toBe('withdraw from contract here');
    }
    const one = await come(served, '/sign-in');
    await one.visit(one.link(/cancellation-button$/));
    expect(one.page().root.querySelectorAll('form button').map(({ text }) => text)).toEqual(['jetzt kündigen']);
  });

  it('N3 a brand that serves no region whose law demands them has no such entries', async () => {
    const one = await come(served, '/sign-in', 'zh-CN', elsewhere);
    expect(one.page().root.querySelectorAll('a').map((link) => link.getAttribute('href') ?? '').filter((to) => to.includes('/statement'))).toEqual([]);
    for (const at of ['/statement', button, withdrawal]) expect((await come(served, at, 'zh-CN', elsewhere)).page().status).toBe(404);
  });

  it('N3 nothing is asked but the kind, the reason, who, which contract, from when, and a contact', async () => {
    const one = await come(served, button);
    const asked = new Set(one.page().root.querySelectorAll('form input, form textarea, form select').filter((field) => field.getAttribute('type') !== 'hidden').map((field) => field.getAttribute('name')));
    expect([...asked].toSorted()).toEqual(['contract', 'email', 'ends', 'kind', 'name', 'reason', 'when']);
    const other = await come(served, withdrawal);
    expect(other.page().root.querySelectorAll('form input').filter((field) => field.getAttribute('type') !== 'hidden').map((field) => field.getAttribute('name'))).toEqual(['name', 'contract', 'email']);
  });

  it('N3 what nobody could act on without is asked for again, and what was typed stays', async () => {
    const one = await come(served, button);
    const page = await one.submit(button, filled('', 'nonsense', { kind: 'extraordinary' }));
    expect(page.status).toBe(422);
    const say = says('zh-CN');
    for (const key of ['statement.reason.missing', 'statement.contract.missing', 'statement.email.not-valid'] as const) expect(words(page)).toContain(say(key));
    expect(page.root.querySelector('input[name=name]')?.getAttribute('value')).toBe('林小雨');
    expect(await served.story.rows('select 1 from statements')).toHaveLength(0);
  });

  it('N3 confirmed at once on the page, as a file and by mail, with content, date and time', async () => {
    const one = await declare('no such contract', 'nobody.known@mail.example', { kind: 'extraordinary', reason: '三个月没有信号', when: 'day', ends: '2026-12-31' });
    const reference = referenceOn(one);
    for (const said of [reference, '林小雨', 'no such contract', '三个月没有信号', '12月31日', '11月24日', '10:']) expect(words(one)).toContain(said);
    const file = await one.download(one.link(/receipt\.txt$/));
    for (const said of [reference, '林小雨', 'no such contract', '三个月没有信号', '2026-11-24T02:']) expect(file.contents.toString()).toContain(said);
    const letter = await mailOn(served, 'nobody.known@mail.example', new RegExp(reference));
    for (const said of ['2026年11月24日', '10:', '林小雨', 'no such contract', '三个月没有信号', '12月31日', '声明已送达']) expect(letter.text).toContain(said);
  });

  it('N3 sent twice from one form it is one statement, with one mail', async () => {
    const one = await come(served, button);
    const other = await come(served, button);
    const form = Object.fromEntries(one.page().root.querySelectorAll('form input[type=hidden]').map((field) => [field.getAttribute('name') ?? '', field.getAttribute('value') ?? '']));
    const send = () => fetch(`${served.root()}${button}`, { method: 'POST', redirect: 'manual', headers: { cookie: one.cookie(`${served.root()}${button}`), origin: served.origin }, body: new URLSearchParams({ ...form, ...filled('twice', 'twice@mail.example') }) });
    expect((await Promise.all([send(), send()])).map(({ status }) => status)).toEqual([303, 303]);
    await allTold(served);
    expect(inbox(served, 'twice@mail.example').mail).toHaveLength(1);
    // A form of ours only: without its token nothing is declared.
    const forged = await fetch(`${served.root()}${button}`, { method: 'POST', headers: { cookie: other.cookie(`${served.root()}${button}`), origin: served.origin }, body: new URLSearchParams(filled('forged', 'forged@mail.example')) });
    expect(forged.status).toBe(403);
  });

  it('N3 the receipt is for the browser that sent it; another brand, and an entry that no law has, are not there', async () => {
    const stranger = await come(served, '/statement/receipt');
    expect(pathOf(stranger)).toBe('/statement');
    expect((await come(served, '/statement/receipt.txt')).page().status).toBe(404);
    expect((await come(served, '/statement/de/withdrawal-function')).page().status).toBe(404);
    expect((await fetch(`${served.origin}/no-such-brand${button}`)).status).toBe(404);
    const mine = await declare('for one brand', 'one.brand@mail.example');
    await mine.visit(`${served.root(elsewhere)}/statement/receipt`);
    expect(words(mine)).not.toContain('for one brand');
  });

  it('N3 a flood from one address has to wait, is told so with the other ways, and loses nothing it typed', async () => {
    const one = await come(served, button);
    let page = one.page();
    for (let sent = 0; sent < 14 && page.status !== 429; sent += 1) {
      await one.visit(`${served.root()}${button}`);
      page = await one.submit(button, filled(`flood ${sent}`, 'flood@mail.example'));
    }
    expect(page.status).toBe(429);
    expect(page.root.querySelector('input[name=contract]')?.getAttribute('value')).toMatch(/^flood/);
    expect(words(one)).toMatch(/@ultra-purple\.example/);
    await served.story.pass(600_000);
    await one.submit(button, filled('flood over', 'flood@mail.example'));
    expect(pathOf(one)).toBe('/statement/receipt');
    await served.story.rows(`delete from attempts where bucket = 'statement-source'`);
  });
});

describe('N3 what becomes of it', () => {
  it('N3 the answer is the same for a number that there is and for one that there is not', async () => {
    const plain = (one: Visitor) => words(one).replaceAll(referenceOn(one), '<number>').replace(/\d+:\d+/g, '<time>');
    const known = await declare(numberOf(owners.known), 'same@mail.example');
    const unknown = await declare('+12025550198', 'same@mail.example');
    expect(plain(known).replaceAll(numberOf(owners.known), '<line>')).toBe(plain(unknown).replaceAll('+12025550198', '<line>'));
    await allTold(served);
    const mails = inbox(served, 'same@mail.example').mail.map(({ text }) => text.replace(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]/g, '<number>').replace(/\+120255501\d\d/g, '<line>').replace(/\d+:\d+/g, '<time>'));
    expect(mails).toHaveLength(2);
    expect(mails[0]).toBe(mails[1]);
  });

  it('N3 matched, it opens the case under its own number; the owner is told, confirms by signing in, and the case goes on', async () => {
    const reference = referenceOn(await declare(numberOf(owners.proves), 'somebody@mail.example'));
    expect(await stateOf(served, reference)).toBe('received');
    const [journal] = await served.story.rows<{ actor: string }>(`select actor from journal j join cancellations c on c.id = j.cancellation_id where application_number = $1 and event = 'received'`, [reference]);
    expect(journal?.actor).toBe('anyone');
    const letter = await mailOn(served, owners.proves.person.email ?? '', new RegExp(`尾号 ${numberOf(owners.proves).slice(-2)}`));
    expect(letter.text).toContain(reference);

    const one = await signIn(served, owners.proves);
    expect(words(one)).toContain(says('zh-CN')('home.says.stated'));
    expect(words(one)).not.toContain('somebody@mail.example');
    await one.visit(one.link(/\/lines\/[^/]+\/cancel$/));
    await solveAll(one);
    await one.submit('/cancel');
    await one.submit('/application', await answersOf(owners.proves));
    await one.submit('/consequences', { acknowledged: acknowledgements(one) });
    await one.submit('/check');
    expect(pathOf(one)).toBe(`/cases/${reference}/receipt`);
    expect(await stateOf(served, reference)).toBe('reviewing');
    const events = await served.story.rows<{ event: string; actor: string }>(`select event, actor from journal j join cancellations c on c.id = j.cancellation_id where application_number = $1 order by entry`, [reference]);
    expect(events.map(({ event, actor }) => `${event} ${actor}`)).toEqual(['received anyone', 'proven subscriber', 'reviewing policy']);
  });

  it('N3 a day that was declared is taken where the law says so, under a policy that offers none: its owner confirms it, and the line works until then', async () => {
    const reference = referenceOn(await declare(numberOf(owners.names), 'names.a.day@mail.example', { when: 'day', ends: '2026-12-31' }));
    const one = await signIn(served, owners.names);
    await toPreparation(one);
    await solveAll(one);
    await one.submit('/cancel');
    expect(one.page().root.querySelector('input[name=endsOn]')?.getAttribute('value')).toBe('2026-12-31');
    await one.submit('/application', await answersOf(owners.names));
    await one.submit('/consequences', { acknowledged: acknowledgements(one) });
    expect(words(one)).toContain('12月31日');
    await one.submit('/check');
    expect(pathOf(one)).toBe(`/cases/${reference}/receipt`);
    expect(await served.story.rows(`select ends_on::text as ends from cancellations where application_number = $1`, [reference])).toEqual([{ ends: '2026-12-31' }]);
  });

  it('N3 an open draft of the owner is joined, with what they had typed; a second statement joins the case', async () => {
    const one = await signIn(served, owners.joins);
    await toPreparation(one);
    await solveAll(one);
    await one.submit('/cancel');
    await one.submit('/application', { ...(await answersOf(owners.joins)), name: '林小七十一' });
    const reference = referenceOn(await declare(refOf(owners.joins), 'joins@mail.example'));
    expect(await stateOf(served, reference)).toBe('received');
    const second = referenceOn(await declare(numberOf(owners.joins), 'joins.again@mail.example'));
    const cases = await served.story.rows<{ application_number: string }>(`select c.application_number from statements s join cancellations c on c.id = s.cancellation_id where s.reference = any($1::text[])`, [[reference, second]]);
    expect(cases.map(({ application_number }) => application_number)).toEqual([reference, reference]);
    await one.visit(`${served.root()}/`);
    await one.visit(one.link(/\/lines\/[^/]+\/cancel$/));
    await one.submit('/cancel');
    expect(one.page().root.querySelector('input[name=name]')?.getAttribute('value') ?? words(one)).toContain('林小七十一');
  });

  it('N3 an agent proves it on the phone, by a code and by what was read out', async () => {
    const { signoff: { desk }, rows } = served.story;
    const reference = referenceOn(await declare(numberOf(owners.agent), 'on.the.phone@mail.example'));
    expect(await stateOf(served, reference)).toBe('received');
    const [staff] = await rows<{ id: string }>(`select id from staff where roles = '{agent}' and brand = $1`, [brand]);
    const who = { brand, staffId: staff?.id ?? '' };
    const called = await findCaller(desk, who, [{ kind: 'phone', normalised: numberOf(owners.agent) }]);
    if (!called.ok) throw new Error(called.why.kind);
    await callIsProven(desk, who, called.value.callId);
    const caller = (await seeCall(desk, who, called.value.callId))?.caller;
    const lineId = caller?.lines[0]?.lineId ?? '';
    if (caller === undefined) throw new Error('nobody calls');
    const draft = await openDraft(desk, caller.who, lineId);
    if (!draft.ok) throw new Error(draft.why.kind);
    await saveDraft(desk, caller.who, lineId, { reason: 'no-longer-needed', documentKind: 'passport' });
    await attachIdentity(desk, caller.who, lineId, await photo());
    for (const { id } of draft.value.pack.consequences) await acceptReadOut(desk, who, caller.who, called.value.callId, lineId, id);
    expect(await submitFromCall(desk, who, caller.who, called.value.callId, lineId)).toEqual({ ok: true, value: { applicationNumber: reference, joined: false } });
    expect(await stateOf(served, reference)).toBe('reviewing');
  });

  it('N3 who did not declare it withdraws it; nothing was barred on such a word, not even for a lost device', async () => {
    const reference = referenceOn(await declare(numberOf(owners.withdraws), 'prank@mail.example', { kind: 'extraordinary', reason: 'lost' }));
    const [line] = await served.story.rows<{ status: string; frozen: boolean }>(`select l.status, l.frozen from lines l join cancellations c on c.line_id = l.id where application_number = $1`, [reference]);
    expect(line).toEqual({ status: 'active', frozen: true });
    const one = await signIn(served, owners.withdraws);
    await one.visit(`${served.root()}/cases/${reference}/withdraw`);
    await one.submit('/withdraw');
    expect(await stateOf(served, reference)).toBe('withdrawn');
  });

  it('N3 nobody else sees it: neither another subscriber nor another brand', async () => {
    const [row] = await served.story.rows<{ reference: string }>(`select reference from statements s join lines l on l.id = s.line_id where billing_ref = $1`, [refOf(owners.known)]);
    const other = await signIn(served, owners.agent);
    await other.visit(`${served.root()}/cases/${row?.reference}`);
    expect(other.page().status).toBe(404);
    expect(await served.story.signoff.desk.db.inBrand(elsewhere, (tx) => tx.query('select 1 from statements'))).toEqual([]);
  });

  it('N3 unmatched, it waits for the desk, is matched by hand, and counts from the day it arrived', async () => {
    const reference = referenceOn(await declare('the blue card of my mother', 'by.hand@mail.example'));
    await served.story.pass(days(1));
    const [row] = await served.story.rows<{ id: string; received_at: Date }>('select id, received_at from statements where reference = $1', [reference]);
    const desk = await atDesk();
    expect(words(desk)).toContain('the blue card of my mother');
    const wrong = await desk.submit(`/statements/${row?.id}`, { [`about-${row?.id}`]: '+12025550198' }, { name: 'act', value: 'match' });
    expect(wrong.status).toBe(422);
    await desk.submit(`/statements/${row?.id}`, { [`about-${row?.id}`]: numberOf(owners.byHand) }, { name: 'act', value: 'match' });
    expect(words(desk)).not.toContain('the blue card of my mother');
    const [one] = await served.story.rows<{ state: string; received_at: Date }>('select state, received_at from cancellations where application_number = $1', [reference]);
    expect(one).toEqual({ state: 'received', received_at: row?.received_at });
    await desk.visit(`${served.root()}/console?tab=received`);
    expect(words(desk)).toContain(reference);
    await desk.visit(`${served.root()}/console/cases/${reference}`);
    expect(desk.page().status).toBe(200);
    // What was declared stays readable beside the case that it opened.
    const decides = await reviewer(served);
    await decides.visit(`${served.root()}/console/cases/${reference}`);
    for (const said of ['the blue card of my mother', 'by.hand@mail.example', '林小雨']) {
      expect(words(desk)).not.toContain(said); // an agent sees how far it is, no more
      expect(words(decides)).toContain(said);
    }
  });

  it('N3 the EU withdrawal function is an act of its own: acknowledged, for the desk, and no cancellation', async () => {
    const one = await come(served, withdrawal);
    expect(one.page().root.querySelectorAll('form button').map(({ text }) => text)).toEqual(['confirm withdrawal']);
    await one.submit(withdrawal, { name: '林小雨', contract: numberOf(owners.agent), email: 'withdraws@mail.example' });
    expect(headline(one) || words(one)).toContain(says('zh-CN')('statement.receipt.withdraw'));
    const letter = await mailOn(served, 'withdraws@mail.example', /撤回声明/);
    expect(letter.text).toContain(referenceOn(one));
    const [row] = await served.story.rows<{ id: string; cancellation_id: string | null }>('select id, cancellation_id from statements where reference = $1', [referenceOn(one)]);
    expect(row?.cancellation_id).toBeNull();
    const desk = await atDesk();
    await desk.submit(`/statements/${row?.id}`, {}, { name: 'act', value: 'settle' });
    expect(words(desk)).not.toContain(referenceOn(one));
  });

  it('N3 sealed under a key of its own, and nothing of it in the log', async () => {
    const whole = (await served.story.rows<{ whole: string }>(`select s::text || encode(sealed, 'escape') as whole from statements s`)).map((row) => row.whole).join();
    for (const said of ['林小雨', 'somebody@mail.example', 'the blue card']) {
      expect(whole).not.toContain(said);
      expect(served.story.logged.join()).not.toContain(said);
    }
    const keys = await served.story.rows('select 1 from statements s join subscriber_keys k on k.subscriber_id = s.id');
    expect(keys).toHaveLength((await served.story.rows('select 1 from statements')).length);
  });

  it('N3 whom nobody confirms lapses after the pack’s days, and the line stays as it was', async () => {
    const reference = referenceOn(await declare(numberOf(owners.lapses), 'lapses@mail.example'));
    const pack = served.story.signoff.desk.packs.latest(brand);
    await served.story.pass(days((pack.ok ? pack.value.draftDays : 30) + 1));
    await comesTo(served, reference, 'lapsed');
    const line = await eventually('the line is free again', async () => (await served.story.rows<{ status: string; frozen: boolean }>(`select l.status, l.frozen from lines l join cancellations c on c.line_id = l.id where application_number = $1`, [reference]))[0]);
    expect(line).toEqual({ status: 'active', frozen: false });
  });

  it('N3 what belongs to no line is destroyed with its key when the law’s days are over, on record; what nobody looked at calls people instead', async () => {
    const { rows } = served.story;
    const [nowhere, unseen] = [referenceOn(await declare('a card of somebody else', 'nowhere@mail.example')), referenceOn(await declare('a card that waits', 'unseen@mail.example'))];
    const idOf = async (reference: string): Promise<string> => (await rows<{ id: string }>('select id from statements where reference = $1', [reference]))[0]?.id ?? '';
    const [id, waiting] = [await idOf(nowhere), await idOf(unseen)];
    await allTold(served);
    const desk = await atDesk();
    await desk.submit(`/statements/${id}`, {}, { name: 'act', value: 'nowhere' });
    expect(words(desk)).not.toContain('a card of somebody else');
    await served.story.pass(days(89));
    expect(await idOf(nowhere)).toBe(id);
    await served.story.pass(days(1) + 1000);
    await eventually('it is destroyed', async () => (await idOf(nowhere)) === '');
    const left = await rows<{ keys: number; notices: number }>(`select (select count(*)::int from subscriber_keys where subscriber_id = $1) as keys, (select count(*)::int from notices where statement_id = $1) as notices`, [id]);
    expect(left).toEqual([{ keys: 0, notices: 0 }]);
    expect(await rows('select brand, kind, law, because from destroyed_statements where id = $1', [id])).toEqual([{ brand, kind: 'cancellation', law: 'de@2025-01-01', because: 'de@2025-01-01' }]);
    await expect(rows('delete from destroyed_statements')).rejects.toThrow('stays on record');
    await eventually('people are called', async () => served.story.alarms.some((alarm) => JSON.stringify(alarm).includes(waiting)));
    expect(await idOf(unseen)).toBe(waiting);
    // Looked at at last, it goes with the next day.
    const again = await atDesk();
    await again.submit(`/statements/${waiting}`, {}, { name: 'act', value: 'nowhere' });
    await served.story.pass(days(1) + 1000);
    await eventually('it is destroyed too', async () => (await idOf(unseen)) === '');
  });
});
