/** Personal data stands in the clear nowhere but in what its subscriber and a reviewer are shown (I6): not in a row, a job, a log, an address, a cookie, a certificate. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DemoSubscriber } from '../../src/demo/data.ts';
import type { Visitor } from '../../src/demo/visitor.ts';
import { days, hours } from '../harness.ts';
import { anyWay, withChannels } from './channels-setting.ts';
import { acknowledgements, allTold, come, comesTo, decide, eventually, inbox, mailOn, person, photo, reviewer, serve, signIn, toPreparation, words, type Served } from './up-setting.ts';

/** One of each kind of thing that is somebody's. Nothing else in the story is written like any of them. */
const canary = {
  name: '欧阳逐鹿', nameOnForm: '欧阳改鹿', nameBefore: '欧阳笔误', email: 'canary.zq7x@mail.example', wrongEmail: 'canary.typo@mail.example',
  contactPhone: '+447700900987', phoneOnForm: '+447700900986', msisdn: '+12025550169', imsi: '001010000987169', iccid: '89001999900000987169', eid: '89049032999900000000000098716900', matchingId: 'M0987-ZQ7X-16QQ',
  device: '鹿鸣手表', imei: '357613004987169', friend: '上官流云', friendNumber: '+12025550128', message: '流云说今晚不来了', asked: '鹿字右下角反光', supplied: '流云替我重拍了一张', appealed: '欧阳改鹿是我的新名字',
  chatted: '想问鹿票怎么退', answered: '鹿票会原路退回', handle: '@zq7x-rides-a-deer', said: '在广场上说起鹿票', card: '鹿鸣银行储蓄卡', pet: '斑斑小鹿',
  fileName: 'zq7x-ouyang-passport.jpg', password: 'deer-over-the-silver-river', newPassword: 'cloud-under-the-golden-bridge', staffName: '审核员 甲', staffEmail: 'review@ultra-purple.example',
} as const;
const holder: DemoSubscriber = {
  ...person('69', {
    paysWith: [{ label: canary.card, last4: '4242' }], question: { question: 'first-pet', answer: canary.pet },
    phone: canary.msisdn, password: canary.password, person: { name: canary.name, email: canary.email, contactPhone: canary.contactPhone },
    line: {
      identifiers: { msisdn: canary.msisdn, imsi: canary.imsi, iccid: canary.iccid, eid: canary.eid, matchingId: canary.matchingId }, creditMinor: 420,
      devices: [{ name: canary.device, imei: canary.imei }], bills: [{ amountMinor: 690, dueOn: '2026-12-20' }],
      contacts: [{ name: canary.friend, number: canary.friendNumber }], messages: [{ from: canary.friendNumber, at: '2026-11-02T08:12:00Z', text: canary.message }], calls: [{ with: canary.friendNumber, at: '2026-11-03T09:30:00Z', seconds: 61 }],
    },
  }),
};

let served: Served;
const addresses: string[] = [];
const cookies: string[] = [];
const codes: string[] = [];
let number = '';
let peerSaid = '';
let seenInThread = '';
let whileOpen: [string, string[], number][] = [];
const broken: [string, number][] = [];

const code = async (before: number): Promise<string> => {
  const found = await eventually('a code', async () => {
    const { mail } = inbox(served, canary.email);
    return mail.length > before ? /^\d{8}$/m.exec(mail.at(-1)?.text ?? '')?.[0] : undefined;
  });
  codes.push(found);
  return found;
};
const mails = (): number => inbox(served, canary.email).mail.length;
const atCase = async (): Promise<Visitor> => {
  const one = await signIn(served, { ...holder, password: canary.newPassword });
  await one.visit(`${served.root()}/cases/${number}`);
  return one;
};

/** The same person calls, writes in the thread, is answered, speaks of it elsewhere, and takes home what is on paper. */
const besideTheWeb = async (one: Visitor): Promise<void> => {
  await allTold(served);
  const desk = await reviewer(served);
  await desk.visit(`${served.root()}/console/calls`);
  await desk.submit('/calls', { name: canary.msisdn });
  const before = mails();
  await desk.submit('/code', { channel: 'e-mail' });
  await desk.submit('/prove', { code: await code(before) });
  await desk.submit('/end');

  const thread = `${served.root()}/cases/${number}/messages`;
  await one.visit(thread);
  await one.submit('/messages', { text: canary.chatted, attachment: await photo(canary.fileName) });
  await desk.visit(`${served.root()}/console/threads`);
  const atDesk = desk.link(/\/threads\/[\w-]+$/);
  await desk.visit(atDesk);
  for (const file of desk.page().root.querySelectorAll('[src*="/attachments/"], a[href*="/attachments/"]')) await desk.download(file.getAttribute('src') ?? file.getAttribute('href') ?? '');
  await desk.submit(new URL(atDesk).pathname, { text: canary.answered });
  await desk.visit(`${served.root()}/console/social`);
  await desk.submit('/social', { about: canary.msisdn, network: 'square', handle: canary.handle, said: canary.said });
  seenInThread = (await one.visit(thread)).html;
  for (const path of ['letter.pdf', 'record.zip']) await one.download(`${served.root()}/cases/${number}/${path}`);
  await one.visit(`${served.root()}/account`);
  whileOpen = (await everyTable()).map(({ name, text, rows }) => [name, foundIn(text), rows]);
};

beforeAll(async () => {
  served = await serve({ also: [holder], logLevel: 'debug', change: withChannels[anyWay] ?? ((pack) => pack) }, (app) => {
    app.addHook('onRequest', async (request) => void addresses.push(decodeURIComponent(request.url)));
    app.addHook('onResponse', async (_, reply) => void cookies.push(String(reply.getHeader('set-cookie') ?? '')));
  });
  const { story } = served;

  const stranger = await come(served, '/reset');
  const before = mails();
  await stranger.submit('/reset', { name: canary.msisdn, channel: 'e-mail' });
  await stranger.submit('/reset/code', { code: await code(before), password: canary.newPassword });
  await stranger.submit('/sign-in', { name: canary.msisdn, password: canary.password }); // the old one, which is wrong now

  const one = await signIn(served, { ...holder, password: canary.newPassword });
  await toPreparation(one);
  await one.submit('/pay-bill');
  await one.submit('/unbind');
  await one.submit('/data');
  await toPreparation(one);
  await one.submit('/cancel');
  await one.submit('/application', { reason: 'other', name: canary.nameBefore, email: canary.wrongEmail, phone: canary.msisdn, documentKind: 'passport' });
  await one.submit('/application', { reason: 'other', name: canary.nameOnForm, email: canary.email, phone: canary.phoneOnForm, documentKind: 'passport', document: await photo(canary.fileName) });
  await one.submit('/consequences', { acknowledged: acknowledgements(one) });
  await one.submit('/check');
  number = new URL(one.page().url).pathname.split('/')[3] ?? '';

  await besideTheWeb(one);
  await allTold(served);
  await story.simulator.addFault({ system: 'mail', operation: 'send', fault: 'refuse', code: '550' });
  await decide(served, number, { move: 'ask', materials: ['clearer-document'], note: canary.asked });
  await eventually('an SMS in its place', async () => inbox(served, canary.contactPhone).sms.length > 0);
  const supplying = await atCase();
  await supplying.visit(supplying.link(/\/supplement$/));
  await supplying.submit('/supplement', { note: canary.supplied, document: await photo(canary.fileName) });
  await decide(served, number, { move: 'refuse', because: 'details-differ' });
  await (await atCase()).submit('/appeal', { text: canary.appealed });
  await decide(served, number, { move: 'approve' }, 1);
  await comesTo(served, number, 'recoverable');

  // A peer that names the person in what it says, and then what went wrong is mended by people.
  await story.simulator.addFault({ system: 'home-register', operation: 'subscriber.delete', fault: 'refuse', code: `Cannot delete subscriber ${canary.imsi}.` });
  await story.pass(days(8));
  await comesTo(served, number, 'stalled');
  peerSaid = JSON.stringify(await story.rows(`select outcome from steps where name = 'remove-subscriber'`));
  const desk = await reviewer(served);
  await desk.visit(`${served.root()}/console/cases/${number}`);
  for (const image of desk.page().root.querySelectorAll('img[src*="/documents/"]')) await desk.download(image.getAttribute('src') ?? '');
  await desk.submit('/resume');
  await comesTo(served, number, 'cancelled');
  await mailOn(served, canary.email, /注销完成/);

  await story.pass(hours(1));
  const reader = await come(served, '/status');
  const sent = mails();
  await reader.submit('/status', { number });
  await reader.submit('/status/code', { code: await code(sent) });
  await reader.download(`${served.root()}/cases/${number}/certificate.pdf`);
  await reader.visit(`${served.root()}/verify?n=${number}`);

  // What is typed into addresses and broken forms is not logged either.
  const secret = encodeURIComponent(canary.name);
  for (const [path, init] of [
    [`/cases/${secret}`, {}], [`/lines/${secret}?name=${secret}`, {}], [`/sign-in?next=/${secret}`, {}], [`/console/find?number=${secret}`, {}], [`/${secret}`, {}], [`/%E6%AC`, {}],
    ['/sign-in', { method: 'POST', body: `name=${secret.repeat(200)}`, headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
    ['/sign-in', { method: 'POST', body: `{"name":"${canary.name}"`, headers: { 'content-type': 'application/json' } }],
    ['/sign-in', { method: 'POST', body: `--x\r\nContent-Disposition: form-data; name="${canary.name}"`, headers: { 'content-type': 'multipart/form-data; boundary=x' } }],
    ['/verify', { method: 'POST', body: `--x\r\nContent-Disposition: form-data; name="certificate"; filename="${canary.fileName}"\r\n\r\ncut off`, headers: { 'content-type': 'multipart/form-data; boundary=x' } }],
    ['/sign-in', { method: 'POST', body: 'x'.repeat(300 * 1024), headers: { 'content-type': `text/${canary.email}` } }],
  ] as const) broken.push([path, (await fetch(served.root() + path, init)).status]);
});
afterAll(() => served?.close());

const everyTable = async (): Promise<{ name: string; text: string; rows: number }[]> => {
  const tables = await served.story.rows<{ name: string }>(
    `select format('%I.%I', nspname, relname) as name from pg_class c join pg_namespace n on n.oid = relnamespace where relkind in ('r', 'm') and nspname in ('public', 'pgboss') order by 1`);
  const all: { name: string; text: string; rows: number }[] = [];
  for (const { name } of tables) {
    const rows = await served.story.rows<{ row: string }>(`select t::text as row from ${name} t`);
    all.push({ name, rows: rows.length, text: rows.map(({ row }) => row).join('\n') });
  }
  return all;
};

/** As it could stand somewhere: as text, in hexadecimal, in base64, and digits without what groups them. */
const shapesOf = (text: string): string[] => {
  const bytes = Buffer.from(text);
  const digits = text.replace(/\D/g, '');
  return [text, bytes.toString('hex'), bytes.toString('base64').replace(/.?=*$/, ''), encodeURIComponent(text), JSON.stringify(text).slice(1, -1), ...(digits.length > 9 ? [digits, digits.slice(-10), Buffer.from(digits).toString('hex')] : [])];
};
const everyCanary = (): [string, string][] => [...Object.entries(canary), ...codes.map((one, place): [string, string] => [`code ${place}`, one])];
const foundIn = (text: string): string[] => {
  const lower = text.toLowerCase();
  return everyCanary().filter(([, one]) => shapesOf(one).some((shape) => lower.includes(shape.toLowerCase()))).map(([what]) => what);
};

describe('I6', () => {
  test('the story went through everything, and those who may see it do', async () => {
    expect(codes).toHaveLength(3);
    for (const shown of [canary.chatted, canary.answered]) expect(seenInThread).toContain(shown);
    expect(broken.filter(([, status]) => status >= 500)).toEqual([]); // what is no form is no fault of ours
    const desk = await reviewer(served);
    await desk.visit(`${served.root()}/console/cases/${number}`);
    for (const shown of [canary.name, canary.nameOnForm, canary.email, canary.asked, canary.supplied, canary.appealed]) expect(words(desk)).toContain(shown);
    expect(foundIn(desk.page().html)).toEqual(expect.arrayContaining(['name', 'email', 'asked', 'appealed'])); // so the search finds what there is
  });

  test('no row of any table, ours or of the jobs, has any of it in the clear', async () => {
    const tables = await everyTable();
    expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['public.journal', 'public.steps', 'public.notices', 'public.cancellations', 'public.documents']));
    expect(tables.map(({ name, text }) => [name, foundIn(text)])).toEqual(tables.map(({ name }) => [name, []]));
    expect(tables.reduce((sum, { text }) => sum + text.length, 0)).toBeGreaterThan(20_000);
    // While the account was open, too: what it is paid with and its answer are gone with it.
    expect(whileOpen.filter(([, found]) => found.length > 0)).toEqual([]);
    expect(whileOpen.filter(([name]) => /payment_methods|security_answers|support_calls/.test(name)).map(([, , rows]) => rows > 0)).toEqual([true, true, true]);
    const kept = await served.story.rows<{ what: string }>(`select distinct kind as what from stored_records union select purpose from documents union select author from case_messages
      union select channel from case_messages`);
    expect(kept.map(({ what }) => what)).toEqual(expect.arrayContaining(['identity', 'supplement', 'message', 'reviewer', 'subscriber', 'agent', 'chat', 'social'])); // it is there, sealed
  });

  test('the journal, the plan and the outcomes of steps hold nothing of it, whatever a peer said', async () => {
    const rows = await served.story.rows<{ text: string }>(
      `select coalesce(string_agg(facts::text, ' '), '') as text from journal union all select coalesce(string_agg(outcome::text, ' '), '') from steps union all select plan::text from cancellations where application_number = '${number}'
       union all select coalesce(string_agg(coalesce(because, '') || to_masked, ' '), '') from notices`);
    const text = rows.map((row) => row.text).join('\n');
    expect(foundIn(text)).toEqual([]);
    expect([peerSaid, foundIn(peerSaid)]).toEqual([expect.stringContaining('Cannot delete subscriber …'), []]);
  });

  test('no line of the log, at its most talkative, nor an alarm', () => {
    const { logged } = served.story;
    expect(logged.length).toBeGreaterThan(1);
    expect(foundIn(logged.join('\n'))).toEqual([]);
    expect(logged.join('\n')).toContain('a case needs people');
    expect(logged.join('\n')).toContain('a document was opened');
  });

  test('no address that a page of ours led to, and no cookie', () => {
    const own = addresses.slice(0, addresses.findIndex((address) => address.includes(canary.name))); // the last ones were typed on purpose
    expect(own.length).toBeGreaterThan(40);
    expect(foundIn(own.join('\n'))).toEqual([]);
    expect(cookies.filter((one) => one !== '').length).toBeGreaterThan(5);
    expect(foundIn(cookies.join('\n'))).toEqual([]);
  });

  test('the certificate names no person and no number, only what its holder knows again', async () => {
    const [row] = await served.story.rows<{ statement: string }>('select statement from certificates');
    const payload = Buffer.from(row?.statement.split('.')[1] ?? '', 'base64url').toString();
    expect(foundIn(payload)).toEqual([]);
    expect(payload).toContain('+1 202 ••• ••69');
  });

  test('no mail or SMS carries more than it must: not the name, not a whole number, nor what was written to the desk', () => {
    const { mail } = inbox(served, canary.email);
    const { sms } = inbox(served, canary.contactPhone);
    const texts = [...mail.filter(({ text }) => !codes.some((one) => text.includes(one))).map(({ subject, text, html = '' }) => subject + text + html), ...sms.map(({ text }) => text)];
    expect(texts.length).toBeGreaterThan(6);
    const meant = ['asked']; // what is missing and why is told by mail: that is what it was written for
    expect([...new Set(texts.flatMap(foundIn))].filter((what) => !meant.includes(what))).toEqual([]);
  });
});
