/** Whoever began an application and does not send it hears of its end before and after; nothing is said to nobody. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDraft, saveDraft } from '../../src/desk/draft.ts';
import { applicantOf } from '../apply.ts';
import { days, hours } from '../harness.ts';
import { allTold, eventually, inbox, mailOn, person, serve, type Served } from './up-setting.ts';

const writer = person('71');
const silent = person('72', { person: { name: '林小默', email: null, contactPhone: '+12025550172' } });
let served: Served;
let keptDays: number;
beforeAll(async () => {
  served = await serve({ also: [writer, silent] });
  const pack = served.story.signoff.desk.packs.latest('ultra-purple');
  keptDays = pack.ok ? pack.value.draftDays : 0;
});
afterAll(() => served?.close());

const subjects = (): string[] => inbox(served, writer.person.email ?? '').mail.map(({ subject }) => subject);
const reminders = (): number => subjects().filter((subject) => subject.startsWith('您的注销申请还没有提交')).length;
/** The timers that were due have been looked at. */
const looked = (): Promise<true> => eventually('no timer is due', async () => {
  const [open] = await served.story.rows<{ count: number }>(`select count(*)::int as count from pgboss.job where name = 'timer' and state in ('created', 'active', 'retry') and start_after <= pgboss.job_now()`);
  return open?.count === 0 ? true as const : undefined;
});

test('EC8 a draft that nobody sends: told a day before, again when it was written in meanwhile, and when it is gone; the line stays', async () => {
  const { desk } = served.story.signoff;
  const [one, other] = [await applicantOf(served.story, 'B-100171'), await applicantOf(served.story, 'B-100172')];
  for (const { who, lineId } of [one, other]) expect((await openDraft(desk, who, lineId)).ok).toBe(true);
  await saveDraft(desk, other.who, other.lineId, { email: '', phone: '' });
  await served.story.pass(days(keptDays - 2));
  await looked();
  expect(reminders()).toBe(0);

  await served.story.pass(days(1) + hours(1));
  const told = await mailOn(served, writer.person.email ?? '', /还没有提交/);
  expect(told.text).toContain('线路没有注销，照常使用');
  expect(told.text).toContain('/ultra-purple/\n');
  await allTold(served);

  // Written in again, it is kept as long again, and reminded of once more.
  expect((await saveDraft(desk, one.who, one.lineId, { reason: 'no-longer-needed' })).ok).toBe(true);
  await served.story.pass(days(keptDays - 2));
  await looked();
  expect(reminders()).toBe(1);
  await served.story.pass(days(1) + hours(1));
  await eventually('reminded once more', async () => (reminders() === 2 ? true : undefined));
  await served.story.pass(days(1));
  const gone = await mailOn(served, writer.person.email ?? '', /没有提交的注销申请已过期/);
  expect(gone.text).toContain('都已删除');
  await allTold(served);
  await looked();
  expect([reminders(), subjects().filter((subject) => subject.includes('已过期')).length]).toEqual([2, 1]);

  const rows = await served.story.rows<{ state: string; sealed_form: Buffer | null; status: string; frozen: boolean }>(
    `select c.state, c.sealed_form, l.status, l.frozen from cancellations c join lines l on l.id = c.line_id where c.line_id = any($1::uuid[])`, [[one.lineId, other.lineId]]);
  expect(rows).toEqual([one, other].map(() => ({ state: 'lapsed', sealed_form: null, status: 'active', frozen: false })));
  // Who left no contact is told nothing, and nobody is called for it.
  expect(await served.story.rows(`select 1 from notices where subscriber_id = $1`, [other.who.subscriberId])).toEqual([]);
  expect(served.story.alarms).toEqual([]);
});
