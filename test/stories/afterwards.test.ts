/** ST8, EC13, UR10, UR11, UR6, ES5: what stays with the subscriber: the full record, and what was deleted and what is kept. */
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publishedKeys } from '../../src/certificate/published-keys.ts';
import { verify } from '../../src/certificate/verify.ts';
import type { Visitor } from '../../src/demo/visitor.ts';
import type { RecordedEntry } from '../../src/desk/record.ts';
import { verifyChain, type Entry } from '../../src/evidence/chain.ts';
import { translator } from '../../src/language/index.ts';
import type { Pack } from '../../src/policy/pack.ts';
import { sha256 } from '../../src/store/journal.ts';
import { days, eventually } from '../harness.ts';
import { apply, codeFor, come, comesTo, decide, headline, inbox, pathOf, person, says, serve, signIn, words, type Served } from './up-setting.ts';

const advising = 'ultra-advising';
const text = (zh: string, tw: string, en: string) => ({ 'zh-CN': zh, 'zh-TW': tw, en });
const afterwards = [
  { id: 'passwords', says: text('请更换用这个号码登录过的账户的密码。', '請更換用這個門號登入過的帳號的密碼。', 'Change the password of every account that you signed in to with this number.') },
  { id: 'two-factor', says: text('请把两步验证改到新号码或验证器。', '請把兩步驟驗證改到新門號或驗證器。', 'Move two-factor sign-in to another number or an authenticator.') },
];
const withAdvice = (pack: Pack): Pack => ({ ...pack, afterwards });
const stranger = person('75');

let served: Served;
let one: Visitor;
let number: string;
const entries = async (who: Visitor, path: string) => {
  const { status, type, contents } = await who.download(path);
  expect([status, type.split(';')[0]]).toEqual([200, 'application/zip']);
  return Object.fromEntries(Object.entries(unzipSync(new Uint8Array(contents))).map(([name, bytes]) => [name, name.endsWith('.pdf') ? Buffer.from(bytes).toString('latin1') : strFromU8(bytes)]));
};
const root = () => served.root(advising);
const record = (): string => `${root()}/cases/${number}/record.zip`;
const journalOf = (files: Record<string, string>): Entry[] => (JSON.parse(files['journal.json'] ?? '[]') as RecordedEntry[])
  .map((entry) => ({ ...entry, at: new Date(entry.at), previous: Buffer.from(entry.previous, 'hex'), hash: Buffer.from(entry.hash, 'hex') }));

beforeAll(async () => {
  served = await serve({ brands: { [advising]: withAdvice }, also: [stranger] });
  const [, who] = served.story.dataOf(advising).subscribers;
  if (who === undefined) throw new Error('nobody');
  one = await signIn(served, who, advising);
  number = await apply(one, who);
});
afterAll(() => served?.close());

describe('ST8 EC13 the full record', () => {
  test('ST8 EC13 can be had from the receipt on: what is in it is said in the reader’s language, and the chain holds', async () => {
    await one.visit(`${root()}/cases/${number}`);
    const files = await entries(one, one.link(/record\.zip$/));
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['README.txt', 'receipt.txt', 'journal.json', 'money.json', 'messages.json']));
    expect(Object.keys(files)).not.toContain('certificate.jws');
    expect(files['README.txt']).toContain(number);
    expect(files['receipt.txt']).toContain(number);
    expect(verifyChain(journalOf(files), sha256).ok).toBe(true);
  });

  test('ST8 the record of another is not there; without sign-in and without a code neither', async () => {
    const other = await signIn(served, stranger);
    expect((await other.download(`${served.root()}/cases/${number}/record.zip`)).status).toBe(404);
    const nobody = await come(served, '/sign-in', 'zh-CN', advising);
    await nobody.visit(record());
    expect(pathOf(nobody)).toBe('/sign-in');
    await nobody.visit(`${root()}/cases/${number}/afterwards`);
    expect(pathOf(nobody)).toBe('/sign-in');
  });

  test('UR10 before the end there is no page about what comes after it', async () => {
    await one.visit(`${root()}/cases/${number}/afterwards`);
    expect(one.page().status).toBe(404);
  });

  test('ES5 each step and its state is on the status page; ST8 at the end the record holds certificate, notices and a journal that the certificate vouches for', async () => {
    await decide(served, number, { move: 'approve' }, 0, advising);
    await comesTo(served, number, 'recoverable');
    await eventually('the steps are on the page, the first of them done', async () => {
      await one.visit(`${root()}/cases/${number}`);
      return words(one).includes(says('zh-TW')('status.steps')) && words(one).includes(translator('life', 'zh-TW')('step-state.done'));
    });
    await served.story.pass(days(8));
    await comesTo(served, number, 'cancelled');

    // Whose account is closed reads by number and code.
    const [, who] = served.story.dataOf(advising).subscribers;
    const reader = await come(served, '/status', 'zh-TW', advising);
    await reader.submit('/status', { number });
    await reader.submit('/status/code', { code: await codeFor(served, who?.person.email ?? '') });
    const files = await entries(reader, record());
    const jws = (files['certificate.jws'] ?? '').trim();
    const checked = verify(jws, publishedKeys([served.story.parts.signingKey]));
    expect(checked.kind).toBe('valid');
    expect(files['certificate.pdf']?.startsWith('%PDF')).toBe(true);
    if (checked.kind === 'valid') expect(verifyChain(journalOf(files), sha256, checked.statement.journal).ok).toBe(true);
    const changed = journalOf(files).map((entry, at) => (at === 1 ? { ...entry, actor: 'somebody' } : entry));
    expect(verifyChain(changed, sha256).ok).toBe(false);
    expect(files['README.txt']).toContain('申請編號');

    // Each notice as its receiver has it; of codes only that there was one.
    const sent = inbox(served, who?.person.email ?? '').mail;
    const received = Object.entries(files).find(([name]) => /^notices\/\d+-received-mail/.test(name))?.[1] ?? '';
    expect(sent.some((mail) => received.includes(mail.subject))).toBe(true);
    const code = await codeFor(served, who?.person.email ?? '');
    expect(Object.values(files).some((content) => content.includes(code))).toBe(false);

    await reader.visit(`${root()}/cases/${number}`);
    await reader.visit(reader.link(/\/afterwards$/));
    const speak = says('zh-TW');
    expect(headline(reader)).toBe(speak('afterwards.title'));
    expect(words(reader)).toContain(speak('afterwards.records'));
    expect(words(reader)).toContain(speak('afterwards.account'));
    for (const { says: advice } of afterwards) expect(words(reader)).toContain(advice['zh-TW']);
    expect(words(reader)).toContain(served.story.signoff.desk.packs.lawsIn('TW', served.story.clock.now()).flatMap((law) => law.keeps)[0]?.what['zh-TW'] ?? speak('afterwards.kept-none'));
    const asked = await (async () => { const pack = served.story.signoff.desk.packs.latest(advising); return pack.ok ? pack.value.questions : []; })();
    for (const { question } of asked) expect(words(reader)).toContain(question['zh-TW']);
    // Whose account is closed asks from here for what is still kept of them, and sees by when.
    await reader.visit(`${root()}/cases/${number}/afterwards`);
    const token = reader.page().root.querySelector('form[action$="/data-requests"] input[name=token]')?.getAttribute('value') ?? '';
    const asking = await fetch(`${root()}/cases/${number}/data-requests`, { method: 'POST', redirect: 'manual', headers: { cookie: reader.cookie(`${root()}/cases/${number}`), origin: served.origin }, body: new URLSearchParams({ token, kind: 'erase' }) });
    expect([asking.status, new URL(asking.headers.get('location') ?? '', root()).pathname]).toEqual([303, new URL(`${root()}/cases/${number}/afterwards`).pathname]);
    await reader.visit(`${root()}/cases/${number}/afterwards`);
    expect(words(reader)).toContain(speak('data.kind.erase'));
    expect(await served.story.rows(`select kind, law is not null and due_at > asked_at as due from data_requests`)).toEqual([{ kind: 'erase', due: true }]);
  });

  test('UR6 UR10 what the page says is deleted is deleted', async () => {
    const left = await served.story.rows(`select 1 from stored_records r join lines l on l.id = r.line_id join cancellations c on c.line_id = l.id where c.application_number = $1`, [number]);
    const signsIn = await served.story.rows(`select 1 from sign_in_names n join cancellations c on c.subscriber_id = n.subscriber_id where c.application_number = $1`, [number]);
    expect([left, signsIn]).toEqual([[], []]);
  });
});
