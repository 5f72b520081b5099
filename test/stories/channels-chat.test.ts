import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hours } from '../harness.ts';
import { addAgent, anyWay, onlineOnly, withChannels } from './channels-setting.ts';
import { visitor, type Visitor } from '../../src/demo/visitor.ts';
import { acknowledgements, answersOf, come, inbox, mailOn, pathOf, photo, serve, signIn, solveAll, words, type Served } from './up-setting.ts';

let served: Served;
let me: Visitor;
let line: string;
const agent = { email: 'agent@ultra-purple.example', password: 'nine-lamps-on-the-quay' };
const subscriber = (of: string) => {
  const found = served.story.dataOf(of).subscribers[0];
  if (found === undefined) throw new Error('nobody');
  return found;
};
const atDesk = async (who: { email: string; password: string }, of = anyWay): Promise<Visitor> => {
  const one = visitor(`${served.root(of)}/console`, 'zh-CN');
  await one.visit(`${served.root(of)}/console/sign-in`);
  await one.submit('/sign-in', who);
  return one;
};

beforeAll(async () => {
  served = await serve({ brands: withChannels });
  await addAgent(served.story, anyWay, '客服 乙', agent);
  me = await signIn(served, subscriber(anyWay), anyWay);
  line = me.link(/\/lines\/[^/]+$/);
});
afterAll(async () => served?.close());

describe('ST5 P13 in the thread', () => {
  it('ST5 written before a case, in working hours: nothing automatic, and it waits in the desk’s queue', async () => {
    await me.visit(line);
    await me.visit(me.link(/\/messages$/));
    await me.submit('/messages', { text: '退款要多久？', attachment: await photo('bill.jpg', 300) });
    expect(words(me)).toMatch(/退款要多久？.*附件，\d+ KB/);
    expect(words(me)).not.toContain('自动答复');
    const desk = await atDesk(agent);
    await desk.visit(`${served.root(anyWay)}/console/threads`);
    expect(words(desk)).toMatch(/留言.*••• \d\d.*还没有申请/);
    await desk.visit(desk.link(/\/threads\/[^/]+$/));
    expect(words(desk)).toContain('退款要多久？');
    expect(words(desk)).not.toMatch(/林晓雨|mail\.example/);
    await desk.submit(new URL(desk.page().url).pathname, { text: '审核通过后 3 个工作日。' });
    expect(words(desk)).toMatch(/已回复.*没有等待回复的留言/);
    await me.visit(me.page().url);
    expect(words(me)).toMatch(/退款要多久？.*审核通过后 3 个工作日。.*客服/);
    const mail = await mailOn(served, subscriber(anyWay).person.email ?? '', /客服回复了您/);
    expect(mail.text).not.toContain('3 个工作日'); // the answer is read behind the sign-in
  });

  it('ST5 out of hours it answers at once, with the weekday and hour of the next opening, once a closing', async () => {
    await served.story.pass(hours(9)); // Tuesday 19:00
    me = await signIn(served, subscriber(anyWay), anyWay);
    await me.visit(`${line}/messages`);
    await me.submit('/messages', { text: '还有人吗？' });
    expect(words(me)).toMatch(/还有人吗？.*11月25日（周三）09:00.*自动答复/);
    await me.submit('/messages', { text: '我再问一次' });
    expect(words(me).match(/自动答复/g)).toHaveLength(1);
    const english = await come(served, '/sign-in', 'en', anyWay);
    await english.submit('/sign-in', { name: subscriber(anyWay).phone, password: subscriber(anyWay).password });
    await english.visit(`${line}/messages`);
    expect(words(english)).toMatch(/Wednesday 25 November, 09:00/);
  });

  it('ST5 UR4 the application begun from the thread is the same case, opened by chat, and the thread goes with it', async () => {
    await me.visit(`${line}/messages`);
    await me.submit('/messages/apply');
    await solveAll(me);
    await me.visit(`${line}/messages`);
    await me.submit('/messages/apply');
    expect(pathOf(me)).toMatch(/\/cancel$/);
    await me.submit('/cancel');
    await me.submit('/application', await answersOf(subscriber(anyWay)));
    await me.submit('/consequences', { acknowledged: acknowledgements(me) });
    await me.submit('/check');
    const number = /\/cases\/([0-9A-Z-]+)\/receipt/.exec(pathOf(me))?.[1] ?? '';
    const [row] = await served.story.rows<{ channel: string; messages: number; files: number }>(
      `select channel, (select count(*)::int from case_messages where cancellation_id = c.id) as messages, (select count(*)::int from documents where cancellation_id = c.id and purpose = 'message') as files
       from cancellations c where application_number = $1`, [number]);
    expect(row).toEqual({ channel: 'chat', messages: 5, files: 1 });
    await me.visit(`${served.root(anyWay)}/cases/${number}`);
    expect(words(me)).toMatch(/退款要多久？/);
    await me.visit(me.link(/\/messages$/));
    await me.submit('/messages', { text: '已提交，请看一下。' });
    const desk = await atDesk(agent);
    await desk.visit(`${served.root(anyWay)}/console/threads`);
    expect(words(desk)).toContain(number);
    expect(words(me)).toContain('已提交，请看一下。');
  });

  it('ST5 bad input: nothing, too much, a file that is none', async () => {
    await me.visit(`${line}/messages`);
    expect((await me.submit('/messages', { text: '   ' })).status).toBe(422);
    expect(words(me)).toContain('请写几个字');
    expect((await me.submit('/messages', { text: '长'.repeat(2001) })).status).toBe(422);
    expect((await me.submit('/messages', { text: 'x', attachment: { name: 'a.html', type: 'text/html', contents: new TextEncoder().encode('<html>') } })).status).toBe(422);
  });

  it('P13 another subscriber, another brand, an auditor, a reviewer alone: none of them reads or writes it', async () => {
    const lineId = line.split('/').at(-1) ?? '';
    const [document] = await served.story.rows<{ id: string }>(`select id from documents where purpose = 'message' limit 1`);
    const others = served.story.dataOf(anyWay).subscribers[1];
    if (others === undefined || document === undefined) throw new Error('nobody else');
    const other = await signIn(served, others, anyWay);
    for (const path of [`/lines/${lineId}/messages`, `/lines/${lineId}/messages/attachments/${document.id}`]) expect([path, (await other.visit(`${served.root(anyWay)}${path}`)).status]).toEqual([path, 404]);
    await other.visit(`${served.root(anyWay)}${'/'}`);
    const without = await signIn(served, subscriber(onlineOnly), onlineOnly);
    await without.visit(without.link(/\/lines\/[^/]+$/));
    expect(words(without)).not.toContain('给客服留言');
    expect((await without.visit(`${without.page().url}/messages`)).status).toBe(404);
    const [, , auditor] = served.story.dataOf(anyWay).staff;
    const looked = await atDesk(auditor ?? agent);
    for (const path of ['/threads', `/threads/${lineId}`, `/threads/${lineId}/attachments/${document.id}`]) expect([path, (await looked.visit(`${served.root(anyWay)}/console${path}`)).status]).toEqual([path, 403]);
    const away = await addAgent(served.story, onlineOnly, '外人', { email: 'agent@ultra-online.example', password: 'three-hills-far-away-9' });
    const stranger = await atDesk(away, onlineOnly);
    for (const path of [`/threads/${lineId}`, `/threads/${lineId}/attachments/${document.id}`]) expect([path, (await stranger.visit(`${served.root(onlineOnly)}/console${path}`)).status]).toEqual([path, 404]);
    expect(inbox(served, others.person.email ?? '').mail).toEqual([]);
  });
});
