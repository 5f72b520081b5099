import type { FastifyInstance } from 'fastify';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inboxOf } from '../../src/simulator/inbox.ts';
import { apply, stateOf } from '../apply.ts';
import { eventually, hours, openStory, type Story } from '../harness.ts';
import { addAgent, anyWay as brand, applicantAt, bothDoors, onlineOnly, withChannels } from './channels-setting.ts';
import { sitter, wordsOf, type Sitter } from './console-setting.ts';

let story: Story;
let app: FastifyInstance;
const at = `/${brand}/console`;
const agent = { email: 'agent@ultra-purple.example', password: 'nine-lamps-on-the-quay' };
const otherAgent = { email: 'second@ultra-purple.example', password: 'four-boats-at-the-pier' };

beforeAll(async () => {
  story = await openStory({ brands: withChannels });
  app = await bothDoors(story);
  await addAgent(story, brand, '客服 乙', agent);
  await addAgent(story, brand, '客服 丙', otherAgent);
});
afterAll(async () => {
  await app?.close();
  await story?.stop();
});

const signedIn = async (who: { email: string; password: string }): Promise<Sitter> => {
  const one = sitter(app);
  await one.signIn(who, brand);
  return one;
};
const callFrom = async (one: Sitter, name: string): Promise<string> => {
  await one.get(`${at}/calls`);
  const found = await one.send('/calls', { name });
  expect([found.status, wordsOf(found.root.querySelector('.faults'))]).toEqual([303, '']);
  return String(found.headers['location']);
};
const mails = () => inboxOf(story.simulator.effects()).mail;
/** What stands in the message to the caller, read out. */
const codeSent = async (since: number): Promise<string> =>
  eventually('the code arrives', async () => {
    return mails().slice(since).map(({ text }) => /\b(\d{8})\b/.exec(text)?.[1]).find((code) => code !== undefined);
  });

describe('UR2 UR5 ES2 P13 by phone', () => {
  it('P13 UR2 before the code nothing of the caller is seen, and nothing can be done', async () => {
    const one = await signedIn(agent);
    const call = await callFrom(one, '+1 202 555 0142');
    const { lineId } = await applicantAt(story, brand, 'B-100142');
    const page = await one.get(call);
    expect(page.html).not.toMatch(/林晓雨|lin\.xiaoyu|0142|B-100142/);
    expect(page.html).toContain('l•••@m•••.example');
    for (const path of ['', '/form', '/consequences', '/check']) expect([path, (await one.get(`${call}/lines/${lineId}${path}`)).headers['location']]).toEqual([path, call]);
    await one.get(call);
    const token = page.root.querySelector('[name=token]')?.getAttribute('value') ?? '';
    for (const path of ['pay-bill', 'unbind', 'open', 'form', 'consequences', 'check']) {
      const answer = await one.post(`${call}/lines/${lineId}/${path}`, { token, consequence: 'x', bill: 'x' });
      expect([path, answer.status, answer.headers['location']]).toEqual([path, 303, call]);
    }
    expect(await story.rows(`select 1 from cancellations`)).toEqual([]);
    expect(await story.rows(`select 1 from devices where not bound`)).toEqual([]);
  });

  it('P13 a wrong code is counted, five are the end of it, and what one knows of a person is no code', async () => {
    const one = await signedIn(agent);
    const call = await callFrom(one, '+12025550142');
    await one.get(call);
    const since = mails().length;
    await one.follow(await one.send('/code', { channel: 'mail' }));
    const code = await codeSent(since);
    expect(wordsOf((await one.send('/prove', { code: '林晓雨 1990-01-01' })).root.querySelector('.faults'))).toContain('验证码是 8 位数字');
    const wrong = code === '00000000' ? '11111111' : '00000000';
    for (const left of [4, 3, 2, 1]) expect(wordsOf((await one.send('/prove', { code: wrong })).root.querySelector('.faults'))).toContain(`还可以试 ${left} 次`);
    await one.send('/prove', { code: wrong });
    expect(wordsOf((await one.send('/prove', { code })).root.querySelector('.faults'))).toContain('不能再用');
    expect((await one.get(call)).html).not.toContain('林晓雨');
  });

  it('UR1 who forgot the address, name and number is found by contract or application, proven by a code, and gets what they sign in with at a contact of record; nothing is said aloud', async () => {
    await story.pass(hours(1));
    const one = await signedIn(agent);
    expect(wordsOf((await one.get(`${at}/calls`).then(() => one.send('/calls', { name: 'B-999999' }))).root.querySelector('.faults'))).toContain('没有找到这个账户');
    const call = await callFrom(one, `${brand}-B-100178`);
    const { who: { subscriberId } } = await applicantAt(story, brand, 'B-100178');
    const person = story.dataOf(brand).subscribers.find(({ lines }) => lines.some(({ billingRef }) => billingRef === `${brand}-B-100178`));
    // Not before the code, and not with another agent's call.
    const page = await one.get(call);
    const token = page.root.querySelector('[name=token]')?.getAttribute('value') ?? '';
    expect((await one.post(`${call}/names`, { token, 'names-to': 'mail' })).headers['location']).toBe(call);
    const colleague = await signedIn(otherAgent);
    const theirs = (await colleague.get(`${at}/calls`)).root.querySelector('[name=token]')?.getAttribute('value') ?? '';
    expect((await colleague.post(`${call}/names`, { token: theirs, 'names-to': 'mail' })).status).toBe(404);
    expect(await story.rows(`select 1 from notices where template = 'sign-in-names'`)).toEqual([]);

    await one.get(call);
    const since = mails().length;
    await one.follow(await one.send('/code', { channel: 'mail' }));
    const proven = await one.follow(await one.send('/prove', { code: await codeSent(since) }));
    expect(wordsOf(proven.root.querySelector('main'))).toContain('忘了用什么登录');
    expect(proven.html).toContain(`•••`);
    const answered = await one.follow(await one.send('/names', { 'names-to': 'mail' }));
    expect(wordsOf(answered.root.querySelector('main'))).toMatch(/已于.*发到登记的邮箱/);
    const told = await eventually('the mail with the names', async () => mails().find(({ subject }) => subject.startsWith('您的登录名')));
    expect([told.to, told.text]).toEqual([person?.person.email, expect.stringContaining('+1 202 555 0142')]);
    expect(told.text).toContain('如果不是您打的电话');
    expect(await story.rows(`select c.names_sent_by, c.names_sent_at is not null as at, n.cancellation_id from support_calls c join notices n using (subscriber_id) where c.names_sent_at is not null and n.template = 'sign-in-names' and c.subscriber_id = $1`, [subscriberId]))
      .toEqual([{ names_sent_by: 'mail', at: true, cancellation_id: null }]);
    // Nobody's mailbox is flooded.
    for (let tries = 0, status = 303; status !== 429; tries++) {
      await one.get(call);
      status = (await one.send('/names', { 'names-to': 'mail' })).status;
      if (tries === 20) throw new Error('sent again without end');
    }
  });

  it('UR2 UR4 ES2 P13 found, proven, prepared, filled in, read out, accepted one by one, sent: the same case, with who did it', async () => {
    await story.pass(hours(1)); // codes to one account are counted
    const one = await signedIn(agent);
    const call = await callFrom(one, '+12025550142');
    const { lineId, person } = await applicantAt(story, brand, 'B-100142');
    await one.get(call);
    const since = mails().length;
    await one.follow(await one.send('/code', { channel: 'mail' }));
    const sent = await codeSent(since);
    const mail = mails().slice(since).find(({ text }) => text.includes(sent));
    expect(mail?.text).toContain('请读给正在通话的客服');
    expect(mail?.text).not.toContain('不要告诉任何人，包括自称客服的人');
    const proven = await one.follow(await one.send('/prove', { code: sent }));
    expect(proven.html).toContain('林晓雨');

    let page = await one.get(`${call}/lines/${lineId}`);
    expect(wordsOf(page.root.querySelector('main'))).toMatch(/6\.90.*结清/);
    expect(page.html).not.toContain('/open"');
    page = await one.follow(await one.send('/pay-bill'));
    page = await one.follow(await one.send('/unbind'));
    page = await one.follow(await one.send('/open'));
    const half = await one.attach('/form', { reason: '', name: '林晓雨', email: 'somebody@else.example', phone: '' }, {});
    expect(half.status).toBe(422);
    expect(wordsOf(half.root.querySelector('.faults'))).toMatch(/邮箱：和登记的不一样.*证件/);
    const photo = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#c8d6e5' } }).png().toBuffer();
    const pack = story.signoff.desk.packs.latest(brand);
    if (!pack.ok) throw new Error('no pack');
    const filled = await one.attach('/form', { reason: pack.value.reasons[0]?.id ?? '', name: person.name, email: person.email, phone: person.phone, documentKind: 'passport' }, { document: photo });
    expect([filled.status, wordsOf(filled.root.querySelector('.faults'))]).toEqual([303, '']);

    page = await one.follow(filled);
    expect((await one.get(`${call}/lines/${lineId}/check`)).headers['location']).toMatch(/\/consequences$/);
    for (const [index, consequence] of pack.value.consequences.entries()) {
      page = await one.get(`${call}/lines/${lineId}/consequences`);
      expect(wordsOf(page.root.querySelector('.card.wanted'))).toContain(consequence.says['zh-CN'].slice(0, 12));
      expect(page.root.querySelectorAll('.items li')).toHaveLength(index);
      await one.send('/consequences');
    }
    page = await one.get(`${call}/lines/${lineId}/check`);
    expect(wordsOf(page.root.querySelector('main'))).toMatch(/请读给对方.*林晓雨.*审核最迟/);
    const done = await one.send('/check');
    const told = await one.follow(done);
    const number = /编号 (\S+?)。/.exec(wordsOf(told.root.querySelector('.notice.done')))?.[1] ?? '';
    expect(await stateOf(story, number)).toBe('reviewing');

    const [staff] = await story.rows<{ id: string }>(`select id from staff where roles = array['agent'] order by created_at limit 1`);
    const journal = await story.rows<{ event: string; actor: string; facts: Record<string, unknown> }>(
      `select event, actor, facts from journal j join cancellations c on c.id = j.cancellation_id where application_number = $1 and event in ('received', 'proven') order by entry`, [number]);
    expect(journal).toMatchObject([
      { event: 'received', actor: 'agent', facts: { channel: 'phone', by: staff?.id } },
      { event: 'proven', actor: 'agent', facts: { by: staff?.id, acknowledged: pack.value.consequences.map(({ id }) => id) } },
    ]);
    expect(journal[1]?.facts['proofs']).toContain('call-code');
    expect(journal[1]?.facts['readOut']).toHaveLength(pack.value.consequences.length);
    expect(JSON.stringify(journal)).not.toMatch(/林晓雨|lin\.xiaoyu|5550142/);
    expect(await story.rows(`select channel from cancellations where application_number = $1`, [number])).toEqual([{ channel: 'phone' }]);

    // Pressed twice, it is one case; the receipt goes to the caller like any other.
    await one.get(call);
    await eventually('the receipt arrives', async () => mails().some(({ text }) => text.includes(number)));
  });

  it('UR5 P13 progress by number for whoever answers the phone, without the person and without documents', async () => {
    const number = await apply(story, await applicantAt(story, brand, 'B-100178'));
    const one = await signedIn(otherAgent);
    const page = await one.follow(await one.get(`${at}/find?number=${number}`));
    expect(wordsOf(page.root.querySelector('main'))).toMatch(/••• 78.*审核中.*期限/);
    expect(page.html).not.toMatch(/林晓雨|lin\.xiaoyu|2025550178|\/documents\//);
    const [document] = await story.rows<{ id: string }>(`select d.id from documents d join cancellations c on c.id = d.cancellation_id where c.application_number = $1`, [number]);
    expect((await one.get(`${at}/cases/${number}/documents/${document?.id}`)).status).toBe(403);
    const token = (await one.get(`${at}/calls`)).root.querySelector('[name=token]')?.getAttribute('value') ?? '';
    expect((await one.post(`${at}/cases/${number}/approve`, { token, seen: '3' })).status).toBe(403);
  });

  it('P13 only agents, only their own call, only for its hour, only their brand, and nobody for themselves', async () => {
    await story.pass(hours(1)); // codes to one account are counted
    const one = await signedIn(agent);
    const call = await callFrom(one, '+12025550142');
    await one.get(call);
    const since = mails().length;
    await one.send('/code', { channel: 'mail' });
    await one.get(call);
    await one.send('/prove', { code: await codeSent(since) });
    expect((await one.get(call)).html).toContain('林晓雨');

    const colleague = await signedIn(otherAgent);
    expect((await colleague.get(call)).status).toBe(404);
    const { email = '', password = '' } = story.dataOf(brand).staff[2] ?? {};
    const auditor = await signedIn({ email, password });
    for (const path of [`${at}/calls`, call]) expect((await auditor.get(path)).status).toBe(403);
    const auditToken = (await auditor.get(at)).root.querySelector('[name=token]')?.getAttribute('value') ?? '';
    expect((await auditor.post(`${at}/calls`, { token: auditToken, name: '+12025550142' })).status).toBe(403);
    const there = call.replace(`/${brand}/`, `/${onlineOnly}/`);
    const foreignAgent = await addAgent(story, onlineOnly, '外人', { email: 'agent@ultra-online.example', password: 'three-hills-far-away-9' });
    const stranger = sitter(app);
    await stranger.signIn(foreignAgent, onlineOnly);
    expect((await stranger.get(there)).status).toBe(404);

    await story.pass(hours(1));
    await one.signIn(agent, brand);
    const late = await one.get(call);
    expect([late.status, late.html.includes('林晓雨')]).toEqual([200, false]);
    await one.send('/end');
    expect((await one.get(call)).status).toBe(404);

    const herself = await signedIn({ email: 'ruoshui@ultra-purple.example', password: 'eleven-doors-west-window' });
    expect((await herself.get(`${at}/calls`)).status).toBe(403);
    await story.signoff.desk.db.inBrand(brand, (tx) => tx.query(`update staff set roles = array['agent'] where email_index = (select email_index from staff where roles = array['reviewer'] limit 1)`));
    const asAgent = await signedIn({ email: 'ruoshui@ultra-purple.example', password: 'eleven-doors-west-window' });
    await asAgent.get(`${at}/calls`);
    const own = await asAgent.send('/calls', { name: '+12025550190' });
    expect([own.status, wordsOf(own.root.querySelector('.faults'))]).toEqual([403, expect.stringContaining('您自己的账户')]);
  });

  it('P13 where a policy takes no applications by phone, the agent prepares and no more', async () => {
    await story.pass(hours(1));
    const one = sitter(app);
    await one.signIn({ email: 'agent@ultra-online.example', password: 'three-hills-far-away-9' }, onlineOnly);
    await one.get(`/${onlineOnly}/console/calls`);
    const call = String((await one.send('/calls', { name: '+12025550178' })).headers['location']);
    await one.get(call);
    const since = mails().length;
    await one.send('/code', { channel: 'mail' });
    await one.get(call);
    await one.send('/prove', { code: await codeSent(since) });
    const { lineId } = await applicantAt(story, onlineOnly, 'B-100178');
    let page = await one.get(`${call}/lines/${lineId}`);
    page = await one.follow(await one.send('/unbind'));
    expect(wordsOf(page.root.querySelector('main'))).toContain('不在电话里受理');
    const token = page.root.querySelector('[name=token]')?.getAttribute('value') ?? '';
    expect((await one.post(`${call}/lines/${lineId}/open`, { token })).headers['location']).toBe(`${call}/lines/${lineId}`);
    expect(await story.rows(`select 1 from cancellations where brand = $1`, [onlineOnly])).toEqual([]);
  });
});
