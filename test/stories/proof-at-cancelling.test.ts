/** Who sends an application shows once more who they are: a code, a document, a question in addition; for this application, in this session, for ten minutes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DemoSubscriber } from '../../src/demo/data.ts';
import type { Visitor } from '../../src/demo/visitor.ts';
import { attachIdentity, openDraft, saveDraft } from '../../src/desk/draft.ts';
import { submit } from '../../src/desk/submit.ts';
import type { Subscriber } from '../../src/desk/views.ts';
import { hashAnswer, keepAnswer } from '../../src/identity/security-questions.ts';
import type { Pack } from '../../src/policy/pack.ts';
import { photo as accepted } from '../apply.ts';
import { eventually, hours } from '../harness.ts';
import { hasForm, headline, inbox, pathOf, person, photo, says, serve, signIn, solveAll, stateOf, toCheck, words, type Served } from './up-setting.ts';

const coded = 'ultra-purple';
const asked = 'asking-card';
/** Demands a document, and lists a way that has none. */
const sure = 'sure-card';
const say = says('zh-CN');

/** Each with an account of their own, so that no story waits for another's code. */
const people = { plain: person('20'), twice: person('21'), late: person('22'), elsewhere: person('23'), document: person('24'), bare: person('25', { person: { name: '林小五', email: null, contactPhone: '+12025550125' } }), own: person('26', { person: { name: '林小六', email: 'lin.26@mail.example', contactPhone: '+12025550126' } }) };
const proving = (proofs: Pack['identity']['proofs']) => (pack: Pack): Pack => ({ ...pack, identity: { ...pack.identity, level: 'confirmed', proofs } });

let served: Served;
beforeAll(async () => {
  served = await serve({ change: proving([['contact-code'], ['document']]), also: Object.values(people), brands: {
    [asked]: proving([['contact-code', 'security-question']]),
    [sure]: (pack) => ({ ...pack, channels: ['web', 'phone'], identity: { ...pack.identity, level: 'documented', proofs: [['contact-code'], ['contact-code', 'document']] } }),
  } });
});
afterAll(() => served?.close());

const codeAfter = (who: DemoSubscriber, count: number): Promise<string> =>
  eventually(`code ${count}`, async () => {
    const codes = inbox(served, who.person.email ?? '').mail.map(({ text }) => /\b\d{8}\b/.exec(text)?.[0]).filter((code) => code !== undefined);
    return codes[count - 1];
  });

/** A form that the page does not have, sent with its token and cookies all the same. */
const force = async (one: Visitor, address: string, fields: Record<string, string> = {}): Promise<Response> =>
  fetch(address, {
    method: 'POST', redirect: 'manual', headers: { cookie: one.cookie(address), origin: served.origin, 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ token: one.page().root.querySelector('input[name=token]')?.getAttribute('value') ?? '', ...fields }),
  });

const atCheck = async (who: DemoSubscriber, of = coded): Promise<Visitor> => {
  const one = await signIn(served, who, of);
  await toCheck(one, who);
  return one;
};
const proofsIn = async (number: string): Promise<unknown> =>
  (await served.story.rows<{ proofs: unknown }>(`select facts -> 'proofs' as proofs from journal j join cancellations c on c.id = j.cancellation_id where c.application_number = $1 and event = 'proven'`, [number]))[0]?.proofs;
const numberOf = (one: Visitor): string => /\/cases\/([0-9A-Z-]+)\/receipt/.exec(pathOf(one))?.[1] ?? '';

describe('a code to a contact of record', () => {
  test('UU4 UU6 nothing can be sent without; mail is offered first and the risk of SMS is said; what was shown is on record, and no more than that', async () => {
    const who = people.plain;
    const one = await atCheck(who);
    expect(hasForm(one, '/check')).toBe(false);
    const refused = await force(one, one.page().url.replace(/\?.*/, ''));
    expect(refused.headers.get('location')).toContain('?proof=over');
    expect(await served.story.rows(`select 1 from cancellations where state <> 'draft' and subscriber_id = (select subscriber_id from lines where billing_ref = $1)`, [who.lines[0]?.billingRef])).toEqual([]);

    const page = words(one);
    expect(page).toContain(say('proof.never-this-number'));
    expect(page.indexOf('l•••@m•••.example')).toBeLessThan(page.indexOf(say('proof.sms-risk')));
    await one.submit('/proof');
    expect(headline(one)).toBe(say('proof-code.title'));
    const code = await codeAfter(who, 1);
    await one.submit('/code', { code: code === '00000000' ? '00000001' : '00000000' });
    expect([one.page().status, words(one).includes(say('code.wrong', { left: 4 }))]).toEqual([422, true]);
    await one.submit('/code', { code });
    expect([pathOf(one).endsWith('/check'), hasForm(one, '/check'), hasForm(one, '/proof')]).toEqual([true, true, false]);
    await one.submit('/check');
    expect(await proofsIn(numberOf(one))).toEqual(['password', 'contact-code']);
  });

  test('UU4 the code’s form pressed twice at once: still signed in, and shown once', async () => {
    const who = people.twice;
    const one = await atCheck(who);
    await one.submit('/proof');
    const code = await codeAfter(who, 1);
    const address = one.page().url.replace(/\?.*/, '');
    const answers = await Promise.all([force(one, address, { way: '0', code }), force(one, address, { way: '0', code }), force(one, address, { way: '0', code })]);
    expect(await Promise.all(answers.map(async (answer) => answer.headers.get('location')?.endsWith('/check') ?? `${answer.status} ${(await answer.text()).replace(/<[^>]+>/g, ' ').slice(300,900)}`))).toEqual([true, true, true]);
    await one.submit('/code', { code, way: '0' }); // the answer that the browser shows
    expect([pathOf(one).endsWith('/check'), hasForm(one, '/check')]).toEqual([true, true]);
    await one.submit('/check');
    expect(await stateOf(served, numberOf(one))).toBe('reviewing');
    const [sessions] = await served.story.rows<{ count: number }>(`select count(*)::int from sessions where proven_at is not null and subscriber_id = (select subscriber_id from lines where billing_ref = $1)`, [who.lines[0]?.billingRef]);
    expect(sessions?.count).toBe(1);
    // A used code proves nothing from anywhere else.
    const other = await atOtherLine(who);
    expect(other).toBe(true);
  });

  /** Signed in from another browser, with the same code: it is over. */
  const atOtherLine = async (who: DemoSubscriber): Promise<boolean> => {
    const { rows } = served.story;
    const [used] = await rows<{ used: boolean }>(`select bool_and(used_at is not null) as used from one_time_codes where subject in (select id from cancellations where subscriber_id = (select subscriber_id from lines where billing_ref = $1))`, [who.lines[0]?.billingRef]);
    return used?.used === true;
  };

  test('UU4 after ten minutes it is asked for again, however the form is sent', async () => {
    const who = people.late;
    const one = await atCheck(who);
    await one.submit('/proof');
    await one.submit('/code', { code: await codeAfter(who, 1) });
    expect(hasForm(one, '/check')).toBe(true);
    await served.story.pass(hours(10 / 60) + 1000);
    await one.submit('/check');
    expect([pathOf(one).endsWith('/check'), words(one).includes(say('proof.over')), hasForm(one, '/proof')]).toEqual([true, true, true]);
    await one.submit('/proof');
    const second = await codeAfter(who, 2);
    await served.story.pass(hours(10 / 60) + 1000);
    await one.submit('/code', { code: second });
    expect(words(one)).toContain(say('code.over'));
  });

  test('UU4 it holds for one application: the code of another line, and a code shown in another browser, prove nothing', async () => {
    const two = served.story.data.subscribers[0];
    if (two === undefined) throw new Error('nobody');
    const first = await atCheck(two);
    const firstCheck = first.page().url;
    await first.submit('/proof');
    const code = await codeAfter(two, 1);
    const codePage = first.page().url;
    // The other line of the same subscriber, in the same browser.
    const [draft] = await served.story.rows<{ id: string }>(`select id from lines where billing_ref = 'B-100178'`);
    await first.visit(`${served.root()}/lines/${draft?.id}/cancel`);
    await solveAll(first);
    await first.submit('/cancel');
    const wrong = await force(first, codePage.replace(/lines\/[0-9a-f-]+/, `lines/${draft?.id}`).replace(/\?.*/, ''), { way: '0', code });
    expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining(say('code.over'))]);

    const elsewhere = await signIn(served, two);
    await first.visit(codePage);
    await first.submit('/code', { code });
    expect(hasForm(first, '/check')).toBe(true);
    await elsewhere.visit(firstCheck);
    expect([hasForm(elsewhere, '/check'), hasForm(elsewhere, '/proof')]).toEqual([false, true]);
  });

  test('UU6 the number that is being cancelled is no contact, and whoever has no other is led to support', async () => {
    const own = await atCheck(people.own);
    expect(own.page().root.querySelectorAll('input[name=channel]').map((one) => one.getAttribute('value'))).toEqual(['e-mail']);
    const one = await signIn(served, people.bare);
    await toCheck(one, people.bare, { email: 'lin.25@mail.example', phone: '+447700900251' });
    expect(one.page().root.querySelectorAll('input[name=channel]')).toEqual([]);
    expect(words(one)).not.toContain(say('proof.by.contact-code'));
  });
});

describe('how surely', () => {
  test('UU4 EC6 a way below the level is not offered, the page says why more is asked, and a code alone sends nothing', async () => {
    const who = served.story.dataOf(sure).subscribers[0];
    if (who === undefined) throw new Error('nobody');
    const one = await signIn(served, who, sure);
    await toCheck(one, who, { documentKind: '' });
    expect(words(one)).toContain(say('proof.says.documented'));
    expect(one.page().root.querySelectorAll('input[type=radio][name=way]')).toEqual([]);
    const before = inbox(served, who.person.email ?? '').mail.filter(({ text }) => /\b\d{8}\b/.test(text)).length;
    await one.submit('/proof');
    await one.submit('/code', { code: await codeAfter(who, before + 1) });
    expect(headline(one)).toBe(say('proof-document.title'));
    const refused = await force(one, one.page().url.replace(/\/proof\/.*/, '/check'));
    expect(refused.headers.get('location')).toContain('?proof=over');
    await one.submit('/document', { documentKind: 'passport', document: await photo() });
    await one.submit('/check');
    expect(await proofsIn(numberOf(one))).toEqual(['password', 'contact-code', 'document', 'passport']);
  });

  test('UR2 P13 on the phone the code alone is below it too: the agent’s form asks for the document, and nothing is received without', async () => {
    const { desk } = served.story.signoff;
    const [row] = await served.story.rows<{ id: string; owner: string; staff: string }>(
      `select l.id, l.subscriber_id as owner, (select id from staff where brand = $1 limit 1) as staff from lines l where l.brand = $1 and l.status = 'active' and l.anomaly is null and not exists (select 1 from bills b where b.line_id = l.id and b.paid_at is null)
         and not exists (select 1 from devices d where d.line_id = l.id and d.bound) and not exists (select 1 from cancellations c where c.line_id = l.id) limit 1`, [sure]);
    if (row === undefined) throw new Error('no line');
    const caller: Subscriber = { brand: sure, subscriberId: row.owner, assisted: { channel: 'phone', staffId: row.staff, proof: 'call-code' } };
    const draft = await openDraft(desk, caller, row.id);
    if (!draft.ok) throw new Error(draft.why.kind);
    const { pack } = draft.value;
    await saveDraft(desk, caller, row.id, { reason: pack.reasons[0]?.id ?? '', acknowledged: pack.consequences.map(({ id }) => id) });
    expect(await submit(desk, caller, row.id)).toEqual({ ok: false, why: { kind: 'incomplete', missing: ['documentKind', 'document'] } });
    await saveDraft(desk, caller, row.id, { documentKind: 'passport' });
    await attachIdentity(desk, caller, row.id, await accepted());
    const sent = await submit(desk, caller, row.id);
    if (!sent.ok) throw new Error(JSON.stringify(sent.why));
    expect(await proofsIn(sent.value.applicationNumber)).toEqual(['call-code', 'document', 'passport']);
  });
});

describe('other ways', () => {
  test('ST3 a photo of a document instead: asked for only on that way, and at the end', async () => {
    const who = people.document;
    const one = await signIn(served, who);
    await toCheck(one, who, { documentKind: '' });
    expect(await served.story.rows(`select 1 from documents d join cancellations c on c.id = d.cancellation_id join lines l on l.id = c.line_id where l.billing_ref = $1`, [who.lines[0]?.billingRef])).toEqual([]);
    const document = one.page().root.querySelectorAll('input[name=way]').at(-1)?.getAttribute('value') ?? '';
    await one.submit('/proof', { way: document });
    expect(headline(one)).toBe(say('proof-document.title'));
    await one.submit('/document', { documentKind: 'passport' });
    expect([one.page().status, words(one).includes(say('field.document.missing'))]).toEqual([422, true]);
    await one.submit('/document', { documentKind: 'passport', document: await photo() });
    expect(hasForm(one, '/check')).toBe(true);
    await one.submit('/check');
    expect(await proofsIn(numberOf(one))).toEqual(['password', 'document', 'passport']);
  });

  test('UU4 a security question only in addition, never alone; guessing is slowed down, and the answer is kept as a password is', async () => {
    const { desk } = served.story.signoff;
    const who = served.story.dataOf(asked).subscribers[1];
    if (who === undefined) throw new Error('nobody');
    const bare = await signIn(served, who, asked);
    await toCheck(bare, who);
    expect(words(bare)).toContain(say('proof.none').slice(0, 0)); // nobody has chosen a question yet: there is no way
    expect(hasForm(bare, '/proof')).toBe(false);

    const [row] = await served.story.rows<{ id: string }>(`select subscriber_id as id from lines where billing_ref = $1`, [who.lines[0]?.billingRef]);
    const hash = await hashAnswer('  ＭＯＣＨＩ 年糕 ');
    if (hash === 'busy') throw new Error('busy');
    await desk.db.inBrand(asked, (tx) => keepAnswer(tx, desk.clock.now(), { brand: asked, subscriberId: row?.id ?? '', question: 'first-pet', hash }));
    expect(hash).toMatch(/^\$argon2id\$/);
    await bare.visit(bare.page().url);
    await bare.submit('/proof');
    await bare.submit('/code', { code: await codeAfter(who, 1) });
    expect(pathOf(bare)).toMatch(/\/proof\/question$/);
    for (const answer of ['豆包', '花花', '雪球']) {
      await bare.submit('/question', { answer });
      expect(bare.page().status).toBe(422);
    }
    await bare.submit('/question', { answer: '来福' });
    await bare.submit('/question', { answer: 'mochi年糕' }); // right, and too soon
    expect(bare.page().status).toBe(422);
    await served.story.pass(60_000);
    await bare.submit('/question', { answer: 'mochi年糕' });
    expect([pathOf(bare).endsWith('/check'), hasForm(bare, '/check')]).toEqual([true, true]);
    await bare.submit('/check');
    expect(await proofsIn(numberOf(bare))).toEqual(expect.arrayContaining(['contact-code', 'security-question']));
  });
});
