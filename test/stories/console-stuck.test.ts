import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withdraw } from '../../src/desk/withdraw.ts';
import { applicantOf, apply, comesTo, stepsOf } from '../apply.ts';
import { brand, days, eventually, openStory, type Story } from '../harness.ts';
import { openConsole, sitter, wordsOf } from './console-setting.ts';

let story: Story;
let app: FastifyInstance;
const at = `/${brand}/console`;

beforeEach(async () => {
  story = await openStory();
  app = await openConsole(story);
});
afterEach(async () => {
  await app?.close();
  await story?.stop();
});

const signedIn = async (place: number) => {
  const one = sitter(app);
  const { email = '', password = '' } = story.data.staff[place] ?? {};
  await one.signIn({ email, password });
  return one;
};

it('UP8 approved at the console, stuck at the carrier, seen with what came back, resumed, cancelled', async () => {
  const number = await apply(story, await applicantOf(story, 'B-100142'));
  const one = await signedIn(0);
  await one.get(`${at}/cases/${number}`);
  const approved = await one.follow(await one.send('/approve'));
  expect(wordsOf(approved.root.querySelector('.notice.done'))).toMatch(new RegExp(`^申请 ${number} 已批准。线路马上停用，12月1日（周二）10:\\d\\d 正式注销，在那之前用户可以撤回。已通知用户。$`));
  await eventually('the line is barred', async () => (await stepsOf(story, number)).some((step) => step.name === 'bar-line' && step.state === 'done'));

  await story.simulator.addFault({ system: 'home-register', operation: 'subscriber.delete', fault: 'refuse', times: 1 });
  await story.pass(days(7) + 1000);
  await comesTo(story, number, 'stalled');
  const auditor = await signedIn(2);
  const queue = await auditor.get(`${at}?tab=stalled`);
  expect(queue.root.querySelectorAll('.queue tbody tr').map((row) => row.querySelectorAll('td').slice(0, 2).map(wordsOf))).toEqual([['从网络登记中移除', number]]);
  expect(wordsOf(queue.root.querySelector('.tabs [aria-current]'))).toMatch(/^需要人工 1/);
  const looked = await auditor.get(`${at}/cases/${number}`);
  expect(wordsOf(looked.root.querySelector('.card.wanted'))).toMatch(/卡在这一步.*从网络登记中移除.*试了 1 次.*拒绝了.*代码/);
  expect(looked.root.querySelectorAll('.card.wanted form')).toHaveLength(0);
  expect(looked.root.querySelector('.card.wanted')?.text).not.toMatch(/001010000000142/);

  const again = await signedIn(0);
  const stuck = await again.get(`${at}/cases/${number}`);
  expect(wordsOf(stuck.root.querySelector('.case-head'))).toContain('正在注销');
  const resumed = await again.follow(await again.send('/resume'));
  expect(wordsOf(resumed.root.querySelector('.notice.done'))).toContain(`申请 ${number} 已继续`);
  await comesTo(story, number, 'cancelled');
  const over = await again.get(`${at}/cases/${number}`);
  expect(wordsOf(over.root.querySelector('.case-head'))).toContain('已于12月1日（周二）注销');
  expect(wordsOf(over.root.querySelector('.journal'))).toMatch(/批准审核员 甲.*被对方拒绝：从网络登记中移除.*继续审核员 甲/);
  expect(over.root.querySelectorAll('.deciding form')).toHaveLength(0);
  // Nothing is stuck any more: the same button once more says so and changes nothing.
  const late = await again.post(`${at}/cases/${number}/resume`, { token: over.root.querySelector('[name=token]')?.getAttribute('value') ?? '' });
  expect([late.status, wordsOf(late.root.querySelector('[role=alert]'))]).toEqual([409, '这份申请现在是“已注销”，不能继续。可能已有人处理，或用户撤回了。什么都没有改变。']);
});

it('an undo that is stuck needs people too: a withdrawn case stands in the queue until it is resumed', async () => {
  const applicant = await applicantOf(story, 'B-100142');
  const number = await apply(story, applicant);
  const one = await signedIn(0);
  await one.get(`${at}/cases/${number}`);
  await one.send('/approve');
  await eventually('the line is barred', async () => (await stepsOf(story, number)).some((step) => step.name === 'bar-line' && step.state === 'done'));
  await story.simulator.addFault({ system: 'home-register', fault: 'refuse', times: 1 });
  expect((await withdraw(story.signoff.desk, applicant.who, number)).ok).toBe(true);
  await eventually('the undo is refused', async () => (await stepsOf(story, number)).some((step) => step.phase === 'undo' && step.state === 'refused'));
  const queue = await one.get(`${at}?tab=stalled`);
  expect(wordsOf(queue.root.querySelector('.queue tbody tr'))).toContain('用户已撤回');
  await one.get(`${at}/cases/${number}`);
  const resumed = await one.follow(await one.send('/resume'));
  expect(wordsOf(resumed.root.querySelector('.notice.done'))).toContain('已继续');
  await eventually('the line works again', async () => (await story.rows(`select 1 from lines where id = $1 and status = 'active' and not frozen`, [applicant.lineId])).length === 1);
  expect(wordsOf((await one.get(`${at}?tab=stalled`)).root.querySelector('.empty'))).toBe('没有卡住的步骤。');
});

it('a bar that is stuck before the point of no return needs people too, and goes on when resumed', async () => {
  const applicant = await applicantOf(story, 'B-100142');
  const number = await apply(story, applicant);
  const one = await signedIn(0);
  await story.simulator.addFault({ system: 'home-register', fault: 'refuse', times: 1 });
  await one.get(`${at}/cases/${number}`);
  await one.send('/approve');
  await eventually('the bar is refused', async () => (await stepsOf(story, number)).some((step) => step.name === 'bar-line' && step.state === 'refused'));
  expect(wordsOf((await one.get(`${at}?tab=stalled`)).root.querySelector('.queue tbody tr'))).toContain('可恢复期');
  await one.get(`${at}/cases/${number}`);
  await one.send('/resume');
  await eventually('the line is barred', async () => (await story.rows(`select 1 from lines where id = $1 and status = 'barred'`, [applicant.lineId])).length === 1);
});
