import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { visitor, type Visitor } from '../../src/demo/visitor.ts';
import { applicantAt, addAgent, anyWay, onlineOnly, withChannels, type Account } from './channels-setting.ts';
import { apply } from '../apply.ts';
import { serve, signIn, words, type Served } from './up-setting.ts';

let served: Served;
let number: string;
const agent = { email: 'agent@ultra-purple.example', password: 'nine-lamps-on-the-quay' };
const atDesk = async (who: Account, of = anyWay): Promise<Visitor> => {
  const one = visitor(`${served.root(of)}/console`, 'zh-CN');
  await one.visit(`${served.root(of)}/console/sign-in`);
  await one.submit('/sign-in', who);
  await one.visit(`${served.root(of)}/console/social`);
  return one;
};
const contact = { network: 'square', handle: '@xiaoyu', said: '说好三天，已经四天了。' };

beforeAll(async () => {
  served = await serve({ works: false, brands: withChannels });
  await addAgent(served.story, anyWay, '客服 乙', agent);
  number = await apply(served.story, await applicantAt(served.story, anyWay, 'B-100142'));
});
afterAll(async () => served?.close());

describe('UU12 P13 on social media', () => {
  it('UU12 a contact there is logged to its case, marked as not made sure of, and moves nothing', async () => {
    const desk = await atDesk(agent);
    await desk.submit('/social', { ...contact, about: number });
    expect(words(desk)).toContain('已记录');
    const [row] = await served.story.rows<{ network: string; channel: string; case: string; sealed: Buffer }>(
      `select m.network, m.channel, c.application_number as case, m.sealed from case_messages m join cancellations c on c.id = m.cancellation_id`);
    expect(row).toMatchObject({ network: 'square', channel: 'social', case: number });
    expect(row?.sealed.toString('latin1')).not.toContain('xiaoyu');
    const subscriber = served.story.dataOf(anyWay).subscribers[0];
    if (subscriber === undefined) throw new Error('nobody');
    const me = await signIn(served, subscriber, anyWay);
    await me.visit(`${served.root(anyWay)}/cases/${number}`);
    expect(words(me)).toMatch(/说好三天，已经四天了。.*@xiaoyu，由客服记录/);
    await desk.visit(`${served.root(anyWay)}/console/threads`);
    expect(words(desk)).toContain('没有等待回复的留言'); // it is answered there, not here
    const review = await atDesk(served.story.dataOf(anyWay).staff[0] ?? agent);
    await review.visit(`${served.root(anyWay)}/console/cases/${number}`);
    expect(words(review)).toContain('square 上的 @xiaoyu，未确认是本人');
  });

  it('UU12 by the line’s number where there is no case yet', async () => {
    const desk = await atDesk(agent);
    await desk.submit('/social', { ...contact, about: '+1 202 555 0178' });
    expect(words(desk)).toContain('已记录');
    expect(await served.story.rows(`select 1 from case_messages where cancellation_id is null and network = 'square'`)).toHaveLength(1);
  });

  it('P13 bad input, and who may not', async () => {
    const desk = await atDesk(agent);
    for (const [sent, says] of [[{ ...contact, about: '+12025550999' }, '没有这个申请或号码'], [{ ...contact, about: number, network: 'elsewhere' }, '请选一个官方账号'], [{ ...contact, about: number, handle: ' ' }, '账号名'], [{ ...contact, about: number, said: '' }, '说了什么']] as const) {
      expect((await desk.submit('/social', sent)).status).toBe(422);
      expect(words(desk)).toContain(says);
    }
    const auditor = await atDesk(served.story.dataOf(anyWay).staff[2] ?? agent);
    expect(auditor.page().status).toBe(403);
    const away = await addAgent(served.story, onlineOnly, '外人', { email: 'agent@ultra-online.example', password: 'three-hills-far-away-9' });
    const stranger = await atDesk(away, onlineOnly);
    expect(words(stranger)).toContain('没有官方社交账号');
    expect(await served.story.rows(`select 1 from case_messages where brand = $1`, [onlineOnly])).toEqual([]);
  });
});
