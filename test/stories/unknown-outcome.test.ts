import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { applicantOf, applyAndApprove, comesTo, effectsOn, stateOf, stepsOf } from '../apply.ts';
import { brand, days, eventually, hours, openStory, type Story } from '../harness.ts';
import { openConsole, sitter, wordsOf } from './console-setting.ts';

let story: Story;
let app: FastifyInstance;
let number: string;
const at = `/${brand}/console`;
beforeAll(async () => {
  story = await openStory();
  app = await openConsole(story);
});
afterAll(async () => {
  await app?.close();
  await story?.stop();
});

const signedIn = async (place: number) => {
  const one = sitter(app);
  const { email = '', password = '' } = story.data.staff[place] ?? {};
  await one.signIn({ email, password });
  return one;
};
const stepOf = async (name: string) => (await stepsOf(story, number)).find((step) => step.name === name);
const triesOf = (step: string) => story.rows<{ mode: string; at: Date; outcome: { kind: string } }>(
  `select mode, at, outcome from step_tries t join cancellations c on c.id = t.cancellation_id where c.application_number = $1 and step = $2 order by at`, [number, step]);

it('P8 an outcome that nobody can read is read with growing pauses, then parked with an alarm and everything that was tried', async () => {
  number = await applyAndApprove(story, await applicantOf(story, 'B-100142'));
  await eventually('the line is barred', async () => (await stepOf('bar-line'))?.state === 'done');
  // The reply to the act is lost, and then nobody answers any more.
  await story.simulator.addFault({ system: 'home-register', operation: 'subscriber.delete', fault: 'drop-reply', times: 1 });
  await story.pass(days(7) + 1000);
  await eventually('the reply is lost', async () => (await stepOf('remove-subscriber'))?.outcome?.kind === 'unknown');
  await story.simulator.addFault({ system: 'home-register', fault: 'down' });
  for (let reads = 1; reads <= 4; reads++) {
    await story.pass(hours(1));
    await eventually(`read ${reads} times`, async () => (await triesOf('remove-subscriber')).filter(({ mode }) => mode === 'read').length >= reads);
  }
  const [row] = await story.rows<{ reads: number; attempts: number; not_before: Date }>(`select reads, attempts, not_before from steps where name = 'remove-subscriber'`);
  expect(row).toMatchObject({ attempts: 1 });
  const lastRead = (await triesOf('remove-subscriber')).at(-1)?.at ?? new Date(0);
  // Two seconds after the first read, twice as long after each further one.
  expect(((row?.not_before.getTime() ?? 0) - lastRead.getTime()) / 1000).toBe(2 ** (row?.reads ?? 0));
  await story.pass(days(2));
  await comesTo(story, number, 'stalled');
  expect(story.alarms).toContainEqual(expect.objectContaining({ step: 'remove-subscriber', msg: 'a case needs people' }));
  expect(effectsOn(story).filter((effect) => effect.includes('subscriber-removed'))).toHaveLength(1);
});

it('shows what was sent, what came back and what was read since; one person finds, and cannot agree to it alone', async () => {
  const one = await signedIn(0);
  const page = await one.get(`${at}/cases/${number}`);
  expect(wordsOf(page.root.querySelector('.tries'))).toMatch(/全部尝试.*发出请求.*没有答复.*查询现状.*联系不上/);
  const empty = await one.attach('/resolutions', { step: 'remove-subscriber', evidence: '看过' }, {});
  expect([empty.status, wordsOf(empty.root.querySelector('.faults'))]).toEqual([422, expect.stringMatching(/请选做了还是没有做.*至少 10 个字/)]);
  await one.follow(await one.attach('/resolutions', { step: 'remove-subscriber', verdict: 'happened', evidence: 'HLR 后台 12月5日 10:05 查询：用户不存在。工单 T-2041。' }, {}));
  const mine = await one.get(`${at}/cases/${number}`);
  expect(wordsOf(mine.root.querySelector('.card.wanted'))).toMatch(/查到：对方已经做了.*工单 T-2041.*您自己不能同意/);
  const [open] = await story.rows<{ id: string; sealed: Buffer }>(`select id, sealed from resolutions where decided_at is null`);
  expect(open?.sealed.toString('utf8')).not.toContain('T-2041');
  const token = mine.root.querySelector('[name=token]')?.getAttribute('value') ?? '';
  const alone = await one.post(`${at}/cases/${number}/resolutions/${open?.id}`, { token, agreed: 'yes' });
  expect([alone.status, wordsOf(alone.root.querySelector('[role=alert]'))]).toEqual([403, '要由另一位同事核对，您自己不能同意。什么都没有改变。']);
  expect(await stateOf(story, number)).toBe('stalled');
});

it('a second person agrees: the step counts as done, the case goes on, and the certificate says who attested it', async () => {
  await story.simulator.clearFaults();
  const other = await signedIn(1);
  const page = await other.get(`${at}/cases/${number}`);
  const [open] = await story.rows<{ id: string }>(`select id from resolutions where decided_at is null`);
  expect(wordsOf(page.root.querySelector('.card.wanted'))).toContain('我也查过，同意');
  const agreed = await other.follow(await other.send(`/resolutions/${open?.id}`, { agreed: 'yes' }));
  expect(wordsOf(agreed.root.querySelector('.notice.done'))).toContain('已继续');
  await comesTo(story, number, 'cancelled');
  expect(effectsOn(story).filter((effect) => effect.includes('subscriber-removed'))).toHaveLength(1);
  const [row] = await story.rows<{ statement: string }>(`select statement from certificates`);
  const statement = JSON.parse(Buffer.from(row?.statement.split('.')[1] ?? '', 'base64url').toString()) as { steps: { name: string; outcome: string }[] };
  expect(statement.steps.find(({ name }) => name === 'remove-subscriber')?.outcome).toBe('attested');
  expect(statement.steps.find(({ name }) => name === 'stop-billing')?.outcome).toBe('done');
  const journal = await story.rows<{ event: string }>(`select event from journal where facts ->> 'step' = 'remove-subscriber' and event like any('{resolution%,step-attested}') order by entry`);
  expect(journal.map(({ event }) => event)).toEqual(['resolution-proposed', 'resolution-agreed', 'step-attested']);
});
