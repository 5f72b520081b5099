/** The eSIM system with its own policy: begun on the hotline, its agreement signed by the caller's own hand, one case with the site's. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { visitor, type Visitor } from '../../src/demo/visitor.ts';
import { codesTo, enter, openRows, root, staffAt, type Rows, type System } from './rows-setting.ts';
import { comesTo, eventually, hasForm, headline, inbox, pathOf, photo, says, stateOf, words } from './up-setting.ts';

const say = says('zh-TW');
let rows: Rows;
let esim: System;
beforeAll(async () => {
  rows = await openRows(['esim']);
  esim = rows.system('esim');
});
afterAll(() => rows?.served.close());

const mails = () => inbox(rows.served, esim.subscriber.person.email ?? '').mail;
/** The links to sign that were mailed, at this server's address. */
const links = (): string[] => mails().flatMap(({ text }) => /\/esim\/sign\/[\w-]{43}/.exec(text)?.[0] ?? []).map((path) => rows.served.origin + path);
const link = (count: number): Promise<string> => eventually(`link ${count}`, async () => links()[count - 1]);
const outside = async (address: string): Promise<Visitor> => {
  const one = visitor(root(rows, esim), 'zh-TW');
  await one.visit(address);
  return one;
};

test('ES1 on the site the back-up stands before anything else, said before a single thing is asked; whoever calls hears it first too', async () => {
  const one = await enter(rows, esim);
  await one.visit(`${root(rows, esim)}/lines/${esim.lineId}/cancel`);
  const [first] = esim.pack.preparation;
  const titles = one.page().root.querySelectorAll('main h2, main h3').map((each) => each.text.trim());
  const items = esim.pack.preparation.map(({ title }) => title['zh-TW']);
  expect(titles.filter((each) => items.some((title) => each.includes(title)))[0]).toContain(first?.title['zh-TW']);
  expect([first?.id, words(one).includes(first?.says['zh-TW'] ?? 'missing')]).toEqual(['back-up-device', true]);
  expect(words(one).indexOf(first?.says['zh-TW'] ?? 'missing')).toBeLessThan(words(one).indexOf(esim.pack.preparation.find(({ kind }) => kind === 'settle')?.says['zh-TW'] ?? 'missing')); // even before what is owed
});

describe('ES2 ES4 UR2 by hotline', () => {
  let desk: Visitor;
  let line: string;
  let number: string;

  test('ES2 ES3 UR2 the caller is proven, prepared and written down, the device compared with the records; then the agent can go no further than to have the agreement sent', async () => {
    desk = await staffAt(rows, esim);
    await desk.visit(`${root(rows, esim)}/console/calls`);
    await desk.submit('/calls', { name: esim.subscriber.phone });
    await desk.submit('/code', { channel: 'mail' });
    await desk.submit('/prove', { code: await eventually('a code', async () => codesTo(rows, esim)[0]) });
    await desk.visit(desk.link(/\/lines\/[\w-]+$/));
    line = new URL(desk.page().url).pathname;
    const first = esim.pack.preparation[0];
    expect(desk.page().root.querySelectorAll('main h3').map((each) => each.text.trim())[0]).toContain(first?.title['zh-CN']);
    expect(words(desk)).toContain(first?.says['zh-CN']);
    while (hasForm(desk, '/pay-bill')) await desk.submit('/pay-bill');
    if (hasForm(desk, '/unbind')) await desk.submit('/unbind');
    await desk.submit('/open');
    const { person } = esim.subscriber;
    const [device] = esim.line.devices;
const wrong = { reason: esim.pack.reasons[0]?.id ?? '', name: person.name, email: person.email ?? '', phone: '', deviceModel: 'Pixel 8', imei: '357613006660772', eid: '89049032999900000000000000090856', documentKind: 'passport', document: await photo(), creditChoice: 'refund' };
    await desk.submit('/form', wrong); // whoever fills it in, it is compared with the records (ES3)
    expect([desk.page().status, pathOf(desk)]).toEqual([422, expect.stringMatching(/\/form$/)]);
    for (const field of ['deviceModel', 'imei', 'eid']) expect(desk.page().root.querySelector(`#${field}-fault`)?.text ?? 'nothing').toContain('和记录不一致');
    await desk.submit('/form', { reason: esim.pack.reasons[0]?.id ?? '', name: person.name, email: person.email ?? '', phone: '', deviceModel: device?.name ?? '', imei: device?.imei ?? '', eid: esim.line.identifiers.eid ?? '', documentKind: 'passport', document: await photo(), creditChoice: 'refund' });
    expect(pathOf(desk)).toMatch(/\/agreements$/);
    for (const went of ['check']) {
      await desk.visit(`${rows.served.origin}${line}/${went}`);
      expect(pathOf(desk)).toMatch(/\/agreements$/);
    }
    expect(hasForm(desk, '/sign')).toBe(false); // nothing here lets an agent sign
  });

  test('ES4 the link goes to the contact of record; it opens the agreement in full, to who has it, and nothing else', async () => {
    await desk.submit('/agreements', { channel: 'mail' });
    const first = await link(1);
    expect(mails().at(-1)?.text).toContain('客服不能代簽');
    await desk.submit('/agreements', { channel: 'mail' });
    const second = await link(2);
    expect(headline(await outside(first))).toBe(say('signing.replaced'));
    const one = await outside(second);
    for (const { title, body } of esim.pack.agreements) for (const said of [title['zh-TW'], ...body['zh-TW'].split(/\n+/)]) expect(words(one)).toContain(said.replace(/\s+/g, ' ').trim());
    expect(one.page().html).not.toContain(esim.subscriber.person.name);
    expect(one.page().html).not.toContain(esim.line.identifiers.msisdn.slice(-7));
    const pdf = await one.download(`${second}/${esim.pack.agreements[0]?.id}/to-read.pdf`);
    expect([pdf.status, pdf.type]).toEqual([200, 'application/pdf']);
    await one.visit(`${root(rows, esim)}/lines/${esim.lineId}/cancel`);
    expect(pathOf(one)).toBe('/sign-in');
    for (const nobodys of [`${root(rows, esim)}/sign/${'A'.repeat(43)}`, second.replace('/esim/', '/ultra-purple/')]) expect((await fetch(nobodys)).status).toBe(404);
    expect((await fetch(second, { method: 'POST' })).status).toBe(403);
    expect(rows.served.story.logged.join()).not.toContain(second.split('/').at(-1));
  });

  test('ES4 signed by name and by a code that reaches the contact of record; wrong ones sign nothing', async () => {
    const one = await outside(await link(2));
    const before = codesTo(rows, esim).length;
    await one.submit(new URL(await link(2)).pathname);
    expect(pathOf(one)).toMatch(/\/sign\/[\w-]+\/name$/);
    const code = await eventually('a code', async () => codesTo(rows, esim)[before]);
    await one.submit('/name', { signature: '別人', code });
    expect(words(one)).toContain(say('sign.name-differs'));
    await one.submit('/name', { signature: esim.subscriber.person.name, code: code.replace(/./g, (digit) => String((Number(digit) + 1) % 10)) });
    expect(words(one)).toContain(say('code.wrong', { left: 4 }));
    expect(await rows.served.story.rows('select 1 from agreement_signatures')).toEqual([]);
    // Another browser that has the link but not the code comes no further.
    const thief = await outside(await link(2));
    await thief.visit(`${await link(2)}/name`);
    expect(hasForm(thief, '/name')).toBe(false);
    await one.submit('/name', { signature: esim.subscriber.person.name, code });
    expect(headline(one)).toBe(say('signing.signed'));
    const signed = await rows.served.story.rows<{ language: string; contents: string }>(`select s.language, d.content_type as contents from agreement_signatures s join documents d on d.id = s.document_id`);
    expect(signed).toEqual([{ language: 'zh-TW', contents: 'application/pdf' }]);
  });

  test('ES2 ES4 UR2 the agent sees it signed, reads the consequences out and sends it: one case, with the paper in it, which the site shows too', async () => {
    await desk.visit(`${rows.served.origin}${line}/agreements`);
    expect(words(desk)).toContain('都签好了');
    await desk.visit(desk.link(/\/consequences$/));
    while (hasForm(desk, '/consequences')) await desk.submit('/consequences');
    await desk.visit(desk.link(/\/check$/));
    await desk.submit('/check');
    number = /([0-9A-Z]{4}(?:-[0-9A-Z]{1,4}){3})/.exec(new URL(desk.page().url).search)?.[1] ?? '';
    expect(await stateOf(rows.served, number)).toBe('reviewing');
    const one = await enter(rows, esim);
    await one.visit(`${root(rows, esim)}/cases/${number}`);
    const pdf = await one.download(one.link(/\/agreements\/[\w-]+\/signed\.pdf$/));
    expect(pdf.contents.includes('/ByteRange')).toBe(true);
    const [proven] = await rows.served.story.rows<{ actor: string; facts: { proofs: string[]; by: string; readOut: string[] } }>(`select actor, facts from journal j join cancellations c on c.id = j.cancellation_id where c.application_number = $1 and event = 'proven'`, [number]);
    expect(proven).toMatchObject({ actor: 'agent', facts: { proofs: expect.arrayContaining(['call-code']), readOut: esim.pack.consequences.map(({ id }) => expect.stringContaining(id)) } });
    expect(headline(await outside(await link(2)))).toBe(say('signing.signed'));
    await one.visit(`${root(rows, esim)}/lines/${esim.lineId}/cancel`);
    expect(await rows.served.story.rows(`select 1 from cancellations where line_id = $1`, [esim.lineId])).toHaveLength(1);
  });

  test('ES5 ES6 told when it is done, the profile ordered removed; that the device goes on working was said before; whether its own copy is gone is not claimed until the card reports it', async () => {
    const reviewer = await staffAt(rows, esim);
    await reviewer.visit(`${root(rows, esim)}/console/cases/${number}`);
    await reviewer.submit('/approve');
    await comesTo(rows.served, number, 'recoverable');
    await rows.served.story.pass(esim.pack.recoverableDays * 86_400_000 + 1000);
    await comesTo(rows.served, number, 'cancelled');
    await eventually('told', async () => mails().some(({ subject, text }) => subject.includes(number) && /已註銷|註銷完成/.test(subject + text)) || undefined);
    expect(esim.pack.consequences.find(({ id }) => id === 'copy-in-device')?.says['zh-TW']).toContain('裝置照常能用');
    const status = async () => {
      const before = codesTo(rows, esim).length;
      const one = await outside(`${root(rows, esim)}/status`);
      await one.submit('/status', { number });
      await one.submit('/status/code', { code: await eventually('a code', async () => codesTo(rows, esim)[before]) });
      return one;
    };
    const open = await status();
    for (const said of [say('esim.ordered'), say('esim.open')]) expect(words(open)).toContain(said);
    expect(words(open)).not.toContain(say('esim.deleted'));
    await open.submit('/profile-deleted'); // their word, not the card's
    expect(words(open)).toContain(say('esim.open'));

    const { story } = rows.served;
    const { ca, door: ours } = story.simulator.certificates;
    const door = await story.signoff.listenToCards({ host: '127.0.0.1', port: 0, tls: { ca, ...ours } });
    try {
      story.simulator.reportTo(`https://127.0.0.1:${door.port}`);
      await story.simulator.device({ iccid: esim.line.identifiers.iccid ?? '', does: 'deletes' });
      await eventually('it is on record', async () => (await story.rows(`select 1 from journal j join cancellations c on c.id = j.cancellation_id where application_number = $1 and event = 'profile-deleted'`, [number])).length === 1);
    } finally {
      await door.close();
    }
    expect(words(await status())).toContain(say('esim.deleted'));
  });
});
