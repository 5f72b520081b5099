/** Row 23: a job that fails again and again calls people once, stands at the console, and is ordered again there; what it would have done is then done. */
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tellSetAside } from '../../src/execution/set-aside.ts';
import { sweepIdentity } from '../../src/identity/sweep.ts';
import { applicantOf, applyAndApprove, comesTo } from '../apply.ts';
import { brand, days, eventually, openStory, type Story } from '../harness.ts';
import { openConsole, sitter, wordsOf } from './console-setting.ts';

let story: Story;
let app: FastifyInstance;
const at = `/${brand}/console`;
beforeAll(async () => {
  story = await openStory();
  app = await openConsole(story);
});
afterAll(async () => {
  await app?.close();
  await story?.stop();
});

const told = (): object[] => story.alarms.filter((one) => /was set aside/.test(JSON.stringify(one)));

it('23 a job that throws until it is dead: an alarm once, its place at the console, and a second life', async () => {
  const number = await applyAndApprove(story, await applicantOf(story, 'B-100142'));
  await comesTo(story, number, 'recoverable');
  await eventually('the line is barred', async () => (await story.rows(`select 1 from lines where billing_ref = 'B-100142' and status = 'barred'`)).length === 1);
  const [{ plan, id } = { plan: null, id: '' }] = await story.rows<{ plan: object; id: string }>('select plan, id from cancellations where application_number = $1', [number]);
  await story.rows('update cancellations set plan = null where id = $1', [id]);
  await story.pass(days(7) + 1000);
  await comesTo(story, number, 'executing');
  await eventually('it is given up', async () => {
    await story.rows(`update pgboss.job set start_after = pgboss.job_now() where name = 'advance' and state = 'retry'`); // the pauses between tries
    story.signoff.desk.jobs.wake();
    return (await story.rows(`select 1 from set_aside_jobs`)).length === 1 || ((await tellSetAside(story.signoff.execution)), undefined);
  }, 60);
  await tellSetAside(story.signoff.execution);
  expect(told()).toEqual([expect.objectContaining({ caseId: id, brand, why: 'a job of advance failed 9 times and was set aside: it is ordered again at the console' })]);

  const [agent, auditor] = [sitter(app), sitter(app)];
  for (const [one, place] of [[agent, 0], [auditor, 2]] as const) await one.signIn({ email: story.data.staff[place]?.email ?? '', password: story.data.staff[place]?.password ?? '' });
  const seen = await agent.get(`${at}?tab=stalled`);
  expect(wordsOf(seen.root.querySelector('.tabs [aria-current]'))).toMatch(/^需要人工 1/);
  expect(wordsOf(seen.root.querySelector('[aria-labelledby=aside] tbody tr'))).toMatch(new RegExp(`^办理注销 ?${number}.*重新安排`));
  expect((await auditor.get(`${at}?tab=stalled`)).root.querySelectorAll('[aria-labelledby=aside] form')).toHaveLength(0);

  await story.rows('update cancellations set plan = $2 where id = $1', [id, JSON.stringify(plan)]); // mended
  const path = new URL(seen.root.querySelector('[aria-labelledby=aside] form')?.getAttribute('action') ?? '', 'http://a').pathname;
  const ordered = await agent.follow(await agent.send('/set-aside/'.concat(path.split('/').at(-1) ?? '')));
  expect(wordsOf(ordered.root.querySelector('.notice.done'))).toBe('已重新安排。');
  expect(ordered.root.querySelectorAll('[aria-labelledby=aside]')).toHaveLength(0);
  await comesTo(story, number, 'cancelled');
  const late = await agent.post(path, { token: seen.root.querySelector('[name=token]')?.getAttribute('value') ?? '' });
  expect([late.status, wordsOf(late.root.querySelector('[role=alert]'))]).toEqual([404, '这项任务已经重新安排过，或不存在。什么都没有改变。']);
  expect(told()).toHaveLength(1);

  // Ordered again it is kept for a while; what was not stays.
  await story.rows(`insert into set_aside_jobs (id, brand, queue, data, tries, at) values (gen_random_uuid(), $1, 'advance', '{}', 8, $2)`, [brand, story.clock.now()]);
  const left = async (inDays: number) => {
    await story.signoff.desk.db.acrossBrands((tx) => sweepIdentity(tx, new Date(story.clock.now().getTime() + days(inDays))));
    return (await story.rows<{ ordered: boolean }>(`select ordered_at is not null as ordered from set_aside_jobs order by 1`)).map(({ ordered }) => ordered);
  };
  expect([await left(89), await left(91), await left(900)]).toEqual([[false, true], [false], [false]]);
});
