/** The US number and the US data cards under their own policies, through the pages that people use. */
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { namesOf } from '../../src/demo/data.ts';
import { visitor, type Visitor } from '../../src/demo/visitor.ts';
import { codesTo, enter, openRows, root, sendAs, staffAt, walkTo, type Rows, type System } from './rows-setting.ts';
import { comesTo, eventually, headline, inbox, mailOn, pathOf, says, stateOf, words } from './up-setting.ts';

const say = says('zh-CN');
let rows: Rows;
let us: System;
let card: System;
let att: System;
beforeAll(async () => {
  rows = await openRows(['ultra-us', 'us-e-card-t-mobile', 'us-e-card-att']);
  [us, card, att] = [rows.system('ultra-us'), rows.system('us-e-card-t-mobile'), rows.system('us-e-card-att')];
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
/** The shop and the tariff of the operator, which know nothing of Signoff. */
const arises = async (what: 'charges' | 'purchases'): Promise<[number, string | undefined]> => {
  const { url, token } = rows.served.story.simulator.endpoints.billing;
  const reply = await fetch(`${url}/v1/lines/${encodeURIComponent(card.line.billingRef)}/${what}`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: '{"amountMinor":500}' });
  return [reply.status, (await reply.json() as { code?: string }).code];
};
const frozenInBilling = (): string[] => rows.served.story.simulator.effects().filter(({ system, effect, subject }) => system === 'billing' && subject === card.line.billingRef && effect.endsWith('frozen')).map(({ effect }) => effect);
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
    expect(words(one)).toContain(namesOf(us.subscriber)[0]?.name ?? 'missing'); // the name that one forgets
    for (const method of us.subscriber.paysWith ?? []) expect(words(one)).toContain(method.last4 ?? method.label);
    expect(words(one)).toContain(us.line.identifiers.msisdn.slice(-4));
    await one.visit(one.link(/\/lines\/[^/]+\/cancel$/));
    expect(pathOf(one)).toBe(`/lines/${us.lineId}/cancel`);
  });

  test('UU10 messages and verification records can be taken along before', async () => {
    const data = JSON.parse((await one.submit('/data')).html) as { messages: unknown[] };
    for (const message of us.line.messages) expect(data.messages).toContainEqual(message);
  });

  test('UU9 every account elsewhere stands there with how it is unbound; with one not ticked nothing goes on, by no way round, and what was attested stays in the case', async () => {
    await walkTo(rows, us, one, /\/cancel\/outside-accounts$/);
    for (const { label, says: how } of us.pack.outsideAccounts) for (const said of [label.en, how.en]) expect(words(one)).toContain(said);
    const ids = us.pack.outsideAccounts.map(({ id }) => id);
    await one.submit('/outside-accounts', { outside: ids.slice(1) });
    const english = says('en');
    expect([pathOf(one), words(one)]).toEqual([expect.stringMatching(/\/outside-accounts$/), expect.stringContaining(english('field.outside.missing'))]);
    expect(one.page().root.querySelectorAll('input[name=outside]').filter((box) => box.hasAttribute('checked')).map((box) => box.getAttribute('value'))).toEqual(ids.slice(1));
    await one.visit(`${root(rows, us)}/lines/${us.lineId}/cancel/check`);
    expect(pathOf(one)).toMatch(/\/outside-accounts$/);
    await one.submit('/outside-accounts', { outside: ids });
    expect(pathOf(one)).not.toMatch(/\/outside-accounts$/);
    await one.visit(`${root(rows, us)}/lines/${us.lineId}/cancel/outside-accounts`); // a tick taken back again counts too
    await one.submit('/outside-accounts', { outside: ids.slice(0, -1) });
    expect(words(one)).toContain(english('field.outside.missing'));
    await walkTo(rows, us, one, /\/cancel\/check$/);
    expect(words(one)).toContain(english('outside.attested'));
    for (const { label } of us.pack.outsideAccounts) expect(words(one)).toContain(label.en);
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

  test('UU12 refused: why and what to do, in plain words; a letter with number, user name and request; support and the operator’s own account elsewhere; all of it in the one case', async () => {
    const english = says('en');
    const refusal = us.pack.refusals.find(({ id }) => id === 'not-sure-it-is-you');
    const desk = await staffAt(rows, us);
    await desk.visit(`${root(rows, us)}/console/cases/${number}`);
    await desk.submit('/refuse', { because: 'not-sure-it-is-you' });
    expect(await stateOf(rows.served, number)).toBe('refused');
    await eventually('why is told by mail', async () => inbox(rows.served, us.subscriber.person.email ?? '').mail.some(({ text }) => text.includes(number) && text.includes(refusal?.says.en ?? 'missing')) || undefined);
    await one.visit(`${root(rows, us)}/cases/${number}`);
    for (const said of [refusal?.says.en, refusal?.remedy.en]) expect(words(one)).toContain(said);
    const status = one.page().url;

    await one.visit(one.link(/\/cases\/[^/]+\/letter$/));
    const letter = one.page().root.querySelector('textarea[name=letter]')?.text ?? '';
    for (const said of [number, us.subscriber.person.name, `Account name: ${namesOf(us.subscriber)[0]?.name ?? 'missing'}`, refusal?.says.en ?? 'missing', us.line.identifiers.msisdn.slice(-4)]) expect(letter).toContain(said);
    expect((await one.download(one.link(/\/letter\.pdf$/))).type).toBe('application/pdf');

    await one.visit(status);
    await one.visit(one.link(/\/help$/)); // one click
    for (const said of [us.pack.addresses.phone, us.pack.addresses.mail, us.pack.social[0]?.handle ?? 'missing']) expect(words(one)).toContain(said);
    await one.visit(`${root(rows, us)}/cases/${number}/messages`);
    await one.submit('/messages', { text: 'It is me. What else do you need?' });
    await desk.visit(`${root(rows, us)}/console/social`);
    await desk.submit('/social', { network: 'x', handle: '@harper', said: 'Refused, and I do not see why.', about: number });
    await one.visit(status);
    for (const said of ['It is me. What else do you need?', 'Refused, and I do not see why.']) expect(words(one)).toContain(said);
    await one.submit('/appeal', { text: 'I changed my password and am the holder.' });
    expect(words(one)).toContain(english('status.appealed'));
    expect(await stateOf(rows.served, number)).toBe('reviewing');
    expect(await rows.served.story.rows(`select 1 from cancellations where line_id = $1 and state not in ('draft', 'withdrawn')`, [us.lineId])).toHaveLength(1);
  });

  test('UU6 UU7 told at a contact that is not the number; in days at most; the completion comes by mail', async () => {
    const desk = await staffAt(rows, us, 1); // who refused it does not look at it again
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
    // The operator's side knows it too, while nobody has decided anything yet.
    await eventually('billing was told', async () => frozenInBilling().includes('frozen') || undefined);
    expect(await arises('purchases')).toEqual([409, 'line-frozen']);
    expect(await arises('charges')).toEqual([409, 'line-frozen']);
    const done = async () => (await rows.served.story.rows<{ name: string }>(`select s.name from steps s join cancellations c on c.id = s.cancellation_id where c.application_number = $1 and s.state = 'done'`, [number])).map(({ name }) => name);
    expect(await eventually('it is on record', async () => { const names = await done(); return names.length > 0 ? names : undefined; })).toEqual(['freeze-line']);
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
    await eventually('billing was told to go on', async () => frozenInBilling().at(-1) === 'unfrozen' || undefined);
    expect([await arises('purchases'), await arises('charges')]).toEqual([[200, undefined], [200, undefined]]);
    // Charged again, and nothing of the settlement was carried out; what was sold with the line goes on.
    expect((await withLine(number))[0]?.frozen).toBe(false);
    await rows.served.story.rows(`insert into bills (id, brand, line_id, amount_minor, due_on) values (gen_random_uuid(), 'us-e-card', $1, 500, '2026-12-30')`, [card.lineId]);
    expect(rows.served.story.simulator.effects().filter(({ effect }) => ['refunded', 'stopped', 'service-ended'].includes(effect)).filter(({ subject }) => subject.includes(card.line.billingRef))).toEqual([]);
    expect(await rows.served.story.rows(`select service, ended_at from line_services where line_id = $1`, [card.lineId])).toEqual([{ service: 'roaming-ca-mx', ended_at: null }]);
    await one.visit(`${root(rows, card)}/cases/${number}`);
    expect(words(one)).toContain(`${card.pack.linkedServices[0]?.label['zh-CN'] ?? 'missing'}${say('services.kept')}`);
    await one.visit(`${root(rows, card)}/`);
    expect(words(one)).toContain(card.line.identifiers.msisdn.slice(-4));
  });

  test('EC13 the hotline stands on the page of the case and in every mail about it; the record holds each mail as it was sent, but for the links in it', async () => {
    await one.visit(`${root(rows, card)}/cases/${number}`);
    await one.visit(one.link(/\/help$/));
    expect(words(one)).toContain(card.pack.addresses.phone);
    await eventually('everything is sent', async () => (await rows.served.story.rows(`select 1 from notices where state in ('queued', 'intended')`)).length === 0);
    const mails = inbox(rows.served, card.subscriber.person.email ?? '').mail.filter(({ subject, text }) => `${subject} ${text}`.includes(number));
    for (const { text } of mails) expect(text).toContain(card.pack.addresses.phone);
    const { contents } = await one.download(`${root(rows, card)}/cases/${number}/record.zip`);
    const files = unzipSync(new Uint8Array(contents));
    const kept = JSON.parse(strFromU8(files['notices.json'] ?? new Uint8Array())) as { template: string; channel: string; subject?: string; text?: string }[];
    const kinds = kept.filter(({ channel }) => channel === 'mail').map(({ template }) => template);
    expect(kinds).toEqual(expect.arrayContaining(['received', 'withdrawn']));
    expect(kinds.filter((kind) => kind !== 'one-time-code').length).toBe(mails.length);
    for (const { subject, text } of kept.filter((each) => each.channel === 'mail' && each.text !== undefined)) expect(mails.some((mail) => mail.subject === subject && mail.text.includes(text?.split('\n')[0] ?? 'missing'))).toBe(true);
    expect(strFromU8(files['journal.json'] ?? new Uint8Array())).toContain('withdrawn');
  });

  test('EC6 name, contact and reason are asked for; on this carrier an identity document too, and without any of them nothing goes on', async () => {
    const english = says('en');
    const who = await enter(rows, att);
    await walkTo(rows, att, who, /\/cancel\/application$/);
    const fields = () => new Set(who.page().root.querySelectorAll('main form input').map((each) => each.getAttribute('name') ?? ''));
    for (const asked of ['name', 'email', 'phone', 'reason']) expect([...fields()]).toContain(asked);
    await who.submit('/application', { reason: '', name: ' ', email: 'quinn', phone: '' });
    for (const fault of ['field.reason.missing', 'field.name.missing', 'field.email.not-valid'] as const) expect(words(who)).toContain(english(fault));
    await walkTo(rows, att, who, /\/proof\/document/);
    await who.submit(new URL(who.page().url).pathname, { documentKind: 'passport' });
    expect(words(who)).toContain(english('field.document.missing'));
    expect(await rows.served.story.rows(`select 1 from cancellations where line_id = $1 and state <> 'draft'`, [att.lineId])).toEqual([]);
    const sent = await sendAs(rows, att, who);
    expect(await rows.served.story.rows(`select 1 from documents d join cancellations c on c.id = d.cancellation_id where application_number = $1 and purpose = 'identity'`, [sent])).toHaveLength(1);
    expect((await withLine(sent))[0]?.reason).not.toBeNull();
    // The other carrier's form asks for none.
    const plain = await enter(rows, card, 'seven grey herons by the weir');
    await walkTo(rows, card, plain, /\/cancel\/application$/);
    expect(plain.page().root.querySelectorAll('input[type=file]')).toEqual([]);
  });
});
