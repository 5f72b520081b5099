/** UP8 to UP11 after approval: waiting, carried out, told; what can't be used any more, what is gone, what can still be proven. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkFile } from '../../src/cli/verify-command.ts';
import type { File, Visitor } from '../../src/demo/visitor.ts';
import type { Language } from '../../src/policy/pack.ts';
import { days, hours } from '../harness.ts';
import { apply, come, comesTo, decide, eventually, headline, inbox, mailOn, person, says, serve, signIn, toPreparation, words, type Served } from './up-setting.ts';

const say = says('zh-CN');
const records = {
  contacts: [{ name: '陈安宁', number: '+12025550121' }, { name: '周一帆', number: '+12025550122' }],
  messages: [{ from: '+12025550121', at: '2026-11-02T08:12:00Z', text: '到机场了吗？' }],
  calls: [{ with: '+12025550122', at: '2026-11-03T09:30:00Z', seconds: 184 }],
};
/** One line, and no other. */
const leaver = person('50', { line: { creditMinor: 420, ...records } });
/** Its eSIM is on the device already. */
const onDevice = person('51', { language: 'en', line: { profile: 'installed' } });
const inHongKong = person('52', { region: 'HK', language: 'en' });

let served: Served;
let number = '';
let other = '';
let folder = '';
beforeAll(async () => {
  served = await serve({ also: [leaver, onDevice, inHongKong] });
  folder = await mkdtemp(join(tmpdir(), 'signoff-certificates-'));
  number = await apply(await signIn(served, leaver), leaver);
  other = await apply(await signIn(served, onDevice), onDevice);
});
afterAll(async () => {
  await served?.close();
  await rm(folder, { recursive: true, force: true });
});

/** What the home register answers itself, over its own protocol. */
const registerOn = (imsi: string): Promise<string> => new Promise((resolve, reject) => {
  const { homeRegister } = served.story.parts.carrier;
  if (homeRegister.kind !== 'osmo-hlr') throw new Error('the story runs against OsmoHLR');
  const { host, port } = homeRegister;
  const request = Buffer.from(`GET 1 subscriber.by-imsi-${imsi}.info`);
  const frame = Buffer.concat([Buffer.from([0, 0, 0xee, 0]), request]); // IPA: length, CCM extension, CTRL (0)
  frame.writeUInt16BE(request.length + 1, 0);
  const socket = connect(port, host, () => socket.write(frame));
  let answer = '';
  socket.on('data', (chunk: Buffer) => {
    answer += chunk.toString('latin1');
    if (/(GET_REPLY|ERROR) 1/.test(answer)) {
      socket.destroy();
      resolve(answer.slice(answer.search(/GET_REPLY|ERROR/)));
    }
  });
  socket.on('error', reject);
});
const billed = async (ref: string): Promise<unknown> => {
  const { url, token } = served.story.parts.carrier.billing;
  return (await fetch(`${url}/v1/lines/${ref}`, { headers: { authorization: `Bearer ${token}` } })).json();
};
/** Somebody who has nothing but the number, and the mailbox of record. */
const byCode = async (language: Language = 'zh-CN'): Promise<Visitor> => {
  await served.story.pass(hours(1)); // codes are not sent as often as somebody may ask
  const one = await come(served, '/status', language);
  const before = inbox(served, leaver.person.email ?? '').mail.length;
  await one.submit('/status', { number, channel: 'e-mail' });
  await eventually('a code', async () => inbox(served, leaver.person.email ?? '').mail.length > before);
  await one.submit('/status/code', { code: /\b\d{8}\b/.exec(inbox(served, leaver.person.email ?? '').mail.at(-1)?.text ?? '')?.[0] ?? '' });
  return one;
};

describe('UP8 the end', () => {
  test('UP8 UP10 until the point of no return every page and notice says from when, and that there is no way back after it', async () => {
    expect(await registerOn('001010000000150')).toContain('nam_ps\t1'); // data is on
    await served.story.pass(days(1));
    await decide(served, number, { move: 'approve' });
    await decide(served, other, { move: 'approve' });
    await comesTo(served, number, 'recoverable');
    for (const [subject, parts] of [[/审核通过/, ['12月2日', '之后不能撤回，也不能恢复']], [/线路已停用/, ['不能通话、收发短信和上网', '12月2日', '之后正式注销']]] as const) {
      const mail = await mailOn(served, leaver.person.email ?? '', subject);
      for (const part of parts) expect(mail.text).toContain(part);
    }
    const one = await signIn(served, leaver);
    await one.visit(`${served.root()}/cases/${number}`);
    expect(headline(one)).toMatch(/尚未注销.*12月2日（周三）.* 起注销/);
    await served.story.pass(days(6) + hours(1));
    expect((await mailOn(served, leaver.person.email ?? '', /最后提醒/)).text).toContain('从那一刻起不能撤回，也不能恢复');
    await served.story.pass(days(1));
    await comesTo(served, number, 'cancelled');
    await comesTo(served, other, 'cancelled');
  });

  test('UP8 it ends in a completion notice by e-mail and by SMS, to contacts that outlive the line', async () => {
    const mail = await mailOn(served, leaver.person.email ?? '', /注销完成/);
    for (const part of [number, '线路已于', '不再计费', '注销后不能恢复', '2027年3月2日', '从未下载过']) expect(mail.text).toContain(part);
    const sms = await eventually('an SMS', async () => inbox(served, leaver.person.contactPhone ?? '').sms.find(({ text }) => text.includes('注销完成')));
    expect(sms.text).toContain('线路已于');
    expect(inbox(served, leaver.phone).sms).toEqual([]);
    const english = await mailOn(served, onDevice.person.email ?? '', /^Cancelled/);
    expect(english.text).toContain('Your device may still hold a copy that only you can delete'); // and never that it is gone
  });

  test('UP8 the card can’t be used: the register does not know it, its order is cancelled, billing has stopped; each said by the system itself, each done once', async () => {
    for (const imsi of ['001010000000150', '001010000000151']) expect(await registerOn(imsi)).toContain('ERROR');
    expect(await billed('B-100150')).toMatchObject({ status: 'stopped' });
    const effects = served.story.simulator.effects().filter(({ system, subject }) => !['mail', 'message-centre'].includes(system) && [leaver.lines[0]?.identifiers.iccid, '001010000000150', 'B-100150'].includes(subject)).map(({ effect }) => effect);
    expect(effects.toSorted()).toEqual([...new Set(effects)].toSorted());
    expect(effects).toEqual(expect.arrayContaining(['packet-switched-off', 'circuit-switched-off', 'order-cancelled', 'subscriber-removed', 'settled', 'stopped']));
  });

  test('UP8 UP10 the account can’t be used and never again: no sign-in, no session of before, no reset, no new application', async () => {
    const one = await come(served, '/sign-in');
    await one.submit('/sign-in', { name: leaver.phone, password: leaver.password });
    expect([one.page().status, words(one)]).toEqual([422, expect.stringContaining(say('sign-in.wrong'))]);
    const before = inbox(served, leaver.person.email ?? '').mail.length;
    await one.visit(`${served.root()}/reset`);
    await one.submit('/reset', { name: leaver.phone, channel: 'e-mail' });
    expect(words(one)).toContain(say('reset-code.sent', { minutes: 10 })); // as for every number
    await served.story.pass(hours(1));
    await one.visit(`${served.root()}/sign-in`);
    await one.submit('/sign-in', { name: leaver.phone, password: leaver.password });
    expect(words(one)).toContain(say('sign-in.wrong'));
    expect(inbox(served, leaver.person.email ?? '').mail.length).toBe(before);
    expect(await served.story.rows(`select 1 from passwords p join lines l using (subscriber_id) where billing_ref = 'B-100150' union all select 1 from sessions s join lines l using (subscriber_id) where billing_ref = 'B-100150' union all select 1 from sign_in_names n join lines l using (subscriber_id) where billing_ref = 'B-100150'`)).toEqual([]);
    // The policy has no move that leads back, and neither has any page.
    const reader = await byCode();
    expect(words(reader)).toContain('不能重新激活');
    expect(reader.page().root.querySelectorAll('main form')).toEqual([]);
  });

  test('UP10 where another line remains, the account goes on, and the cancelled one can’t be applied for again', async () => {
    const [two] = served.story.data.subscribers;
    if (two === undefined) throw new Error('nobody');
    const first = await apply(await signIn(served, two), two);
    await decide(served, first, { move: 'approve' });
    await served.story.pass(days(8));
    await comesTo(served, first, 'cancelled');
    const one = await signIn(served, two);
    expect(words(one)).toContain('+1 202 555 0142');
    const [line] = await served.story.rows<{ id: string }>(`select id from lines where billing_ref = 'B-100142'`);
    expect(one.page().root.querySelectorAll('main a').some((link) => link.getAttribute('href')?.includes(`${line?.id}/cancel`))).toBe(false);
    await one.visit(`${served.root()}/lines/${line?.id}`);
    expect(one.page().root.querySelectorAll('main a').some((link) => link.getAttribute('href')?.endsWith('/cancel'))).toBe(false);
    const token = one.page().root.querySelector('input[name=token]')?.getAttribute('value') ?? '';
    for (const step of ['', '/application', '/consequences', '/check']) {
      const address = `${served.root()}/lines/${line?.id}/cancel${step}`;
      const answer = await fetch(address, { method: 'POST', headers: { cookie: one.cookie(address) }, body: new URLSearchParams({ token }) });
      expect(await answer.text()).not.toContain('name="documentKind"');
    }
    expect(await served.story.rows(`select state from cancellations where line_id = $1`, [line?.id])).toEqual([{ state: 'cancelled' }]);
    await toPreparation(one); // the other line can be
    expect(words(one)).toContain('+1 202 555 0178');
  });
});

describe('UP9 what was unsettled', () => {
  test('UP9 is cleared without anybody’s doing: the credit is given back, nothing is owed, and the case says so', async () => {
    expect(await billed('B-100150')).toMatchObject({ owedMinor: 0, creditMinor: 0 });
    expect(served.story.simulator.effects().filter(({ subject, effect }) => subject === 'B-100150' && effect === 'settled').map(({ detail }) => detail)).toEqual([expect.objectContaining({ payoutMinor: 420, refundMinor: 0, collectMinor: 0, forfeitMinor: 0 })]);
    expect(served.story.simulator.effects().filter(({ system, subject }) => system === 'payouts' && subject === 'pay-B-100150').map(({ detail }) => detail)).toEqual([expect.objectContaining({ amountMinor: 420 })]); // by whom it was paid, once
    const one = await byCode();
    expect(words(one)).toMatch(new RegExp(`${say('money.refund')}\\s*US\\$4\\.20`));
    expect(await served.story.rows(`select credit_minor::int as credit from lines where billing_ref = 'B-100150'`)).toEqual([{ credit: 0 }]);
  });
});

describe('UP11 the data', () => {
  test('UP11 call records, SMS and contacts are wiped: no row is left, and no page shows or gives them', async () => {
    const rows = await served.story.rows(`select count(*)::int as n from stored_records r join lines l on l.id = r.line_id where l.billing_ref in ('B-100150', 'B-100142')`);
    expect(rows).toEqual([{ n: 0 }]);
    const [two] = served.story.data.subscribers;
    const [line] = await served.story.rows<{ id: string }>(`select id from lines where billing_ref = 'B-100142'`);
    if (two === undefined) throw new Error('nobody');
    const one = await signIn(served, two); // whose account is open still
    for (const path of [`/lines/${line?.id}`, `/lines/${line?.id}/cancel`, '/']) {
      await one.visit(served.root() + path);
      for (const { name } of records.contacts) expect(one.page().html).not.toContain(name);
      expect(one.page().root.querySelectorAll('form').map((form) => form.getAttribute('action')).filter((action) => action?.includes(`${line?.id}/`))).toEqual([]);
    }
    const token = one.page().root.querySelector('input[name=token]')?.getAttribute('value') ?? '';
    const address = `${served.root()}/lines/${line?.id}/data`;
    const asked = await (await fetch(address, { method: 'POST', headers: { cookie: one.cookie(address) }, body: new URLSearchParams({ token }) })).text();
    for (const { name } of records.contacts) expect(asked).not.toContain(name);
    expect(words(await byCode())).not.toMatch(/陈安宁|到机场/);
  });
});

describe('the proof', () => {
  const certificate = async () => {
    const one = await byCode();
    return { jws: await one.download(`${served.root()}/cases/${number}/certificate.jws`), pdf: await one.download(`${served.root()}/cases/${number}/certificate.pdf`), one };
  };

  test('UP8 the certificate is still there by number and code, when nobody can sign in any more; as a signed file and as a PDF', async () => {
    const { jws, pdf, one } = await certificate();
    expect([jws.status, jws.type, pdf.status, pdf.type]).toEqual([200, 'application/jose', 200, 'application/pdf']);
    expect(headline(one)).toMatch(/已注销.*自 .* 起/);
    expect(pdf.contents.subarray(0, 5).toString()).toBe('%PDF-');
    for (const name of [leaver.person.name, leaver.person.email ?? '', leaver.phone.slice(1)]) expect(Buffer.from(jws.contents.toString().split('.')[1] ?? '', 'base64url').toString()).not.toContain(name);
  });

  test('UP8 `signoff verify` says yes offline to both, and what is wrong after one changed byte', async () => {
    const { jws, pdf } = await certificate();
    const keys = join(folder, 'keys.json');
    await writeFile(keys, Buffer.from(await (await fetch(`${served.root()}/certificate-keys.json`)).arrayBuffer()));
    const check = async (name: string, contents: Buffer) => {
      await writeFile(join(folder, name), contents);
      return checkFile(join(folder, name), { keys, json: true, language: 'en' });
    };
    for (const [name, { contents }] of [['a.jws', jws], ['a.pdf', pdf]] as const) expect(await check(name, contents)).toMatchObject({ code: 0 });
    const changed = (contents: Buffer, at: number) => {
      const copy = Buffer.from(contents);
      copy[at] = copy[at] === 65 ? 66 : 65;
      return copy;
    };
    const [head = '', payload = ''] = jws.contents.toString().split('.');
    for (const [part, at] of [['header', 40], ['statement', head.length + 40], ['signature', head.length + payload.length + 20]] as const) {
      const { code, out } = await check('b.jws', changed(jws.contents, at));
      expect({ code, ...(JSON.parse(out) as object) }).toMatchObject({ code: 1, ok: false, kind: 'altered', part });
    }
    const { code, out } = await check('b.pdf', changed(pdf.contents, pdf.contents.length >> 1));
    expect({ code, ...(JSON.parse(out) as object) }).toMatchObject({ code: 1, kind: 'altered', part: 'page', genuine: expect.anything() });
  });

  test('UP8 anyone can check it on the public page, in three languages: by number, by file, by its text; a changed one fails', async () => {
    const { jws, pdf } = await certificate();
    const file = (name: string, type: string, contents: Buffer): File => ({ name, type, contents: new Uint8Array(contents) });
    for (const language of ['zh-CN', 'zh-TW', 'en'] as Language[]) {
      const sayIt = says(language);
      const one = await come(served, `/verify?n=${number}`, language);
      expect(words(one)).toContain(sayIt('verify.good'));
      expect(words(one)).toContain(sayIt('verify.number-says'));
      for (const given of [{ certificate: file('a.jws', 'application/jose', jws.contents) }, { certificate: file('a.pdf', 'application/pdf', pdf.contents) }, { text: jws.contents.toString() }]) {
        await one.submit('/verify', given);
        expect(words(one)).toContain(sayIt('verify.good'));
        expect(words(one)).toContain(number);
        expect(words(one)).not.toContain(leaver.person.name);
      }
      await one.submit('/verify', { text: jws.contents.toString().replace(/\.(.{30})./, (_, start: string) => `.${start}_`) });
      expect(words(one)).toContain(sayIt('verify.bad'));
      expect(words(one)).not.toContain(sayIt('verify.good'));
      await one.submit('/verify', { text: ' ' });
      expect([one.page().status, words(one)]).toEqual([422, expect.stringContaining(sayIt('verify.missing'))]);
    }
    const none = await come(served, '/verify?n=nothing-like-it', 'en');
    expect([none.page().status, words(none)]).toEqual([404, expect.stringContaining(says('en')('verify.unknown'))]);
  });
});

test('UP3 in Hong Kong the policy of the region holds to the end: no waiting period, cancelled when it is approved', async () => {
  const applied = await apply(await signIn(served, inHongKong), inHongKong);
  await decide(served, applied, { move: 'approve' });
  await comesTo(served, applied, 'cancelled');
  expect((await mailOn(served, inHongKong.person.email ?? '', /^Cancelled/)).text).toContain(applied);
});

test('nothing broke on the way', () => expect(served.story.alarms).toEqual([]));
