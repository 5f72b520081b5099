/** N3 P12: a deadline that nears calls people before it is missed, once; one that a subscriber put off themselves does not. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jurisdictions } from '../../policies/index.ts';
import { watchDeadlines } from '../../src/execution/watch-deadlines.ts';
import { apply, applicantOf, applyAndApprove } from '../apply.ts';
import { days, hours, openStory, type Story } from '../harness.ts';
import { person } from './up-setting.ts';

const [mainland, island] = [person('81'), person('82', { region: 'HK' })];
let story: Story;
const look = async (): Promise<string[]> => {
  const before = story.alarms.length;
  await watchDeadlines(story.signoff.execution, jurisdictions);
  return story.alarms.slice(before).map((alarm) => JSON.stringify(alarm));
};
beforeAll(async () => { story = await openStory({ works: false, also: [mainland, island] }); });
afterAll(() => story?.stop());
const idOf = async (number: string): Promise<string> => (await story.rows<{ id: string }>(`select id from cancellations where application_number = $1`, [number]))[0]?.id ?? '';

test('P12 a review is told a day before it is due, once; paused and due later, once more; nothing personal', async () => {
  const id = await idOf(await apply(story, await applicantOf(story, mainland.lines[0]?.billingRef ?? '')));
  const [row] = await story.rows<{ due_at: Date }>(`select due_at from cancellations where id = $1`, [id]);
  const due = row?.due_at ?? new Date(0);
  expect(await look()).toEqual([]);
  await story.pass(due.getTime() - story.clock.now().getTime() - days(1) - 1000);
  expect(await look()).toEqual([]);
  await story.pass(2000);
  expect(await look()).toEqual([expect.stringContaining(`a review has to be decided by ${due.toISOString()}`)]);
  expect(JSON.stringify(story.alarms.at(-1))).toContain(id);
  expect(await look()).toEqual([]);
  await story.rows(`update cancellations set due_at = due_at + interval '3 hours' where id = $1`, [id]);
  expect(await look()).toEqual([]);
  await story.pass(hours(3));
  expect(await look()).toHaveLength(1);
  await story.rows(`update cancellations set state = 'waiting', due_at = due_at + interval '1 hour' where id = $1`, [id]);
  expect(await look()).toEqual([]);
});

test('N3 Hong Kong’s one calendar day: a line that is on after half of it is told, and not one that is off or ends on a day of its subscriber’s choosing', async () => {
  const number = await applyAndApprove(story, await applicantOf(story, island.lines[0]?.billingRef ?? ''));
  const id = await idOf(number);
  await story.pass(hours(11));
  expect(await look()).toEqual([]);
  await story.rows(`update cancellations set ends_on = '2027-03-01' where id = $1`, [id]);
  await story.pass(hours(2));
  expect(await look()).toEqual([]);
  await story.rows(`update cancellations set ends_on = null where id = $1`, [id]);
  const [told, ...more] = await look();
  expect([told, more]).toEqual([expect.stringContaining('the law where its subscriber lives wants the line off by'), []]);
  expect(told).toContain(id);
  expect(await look()).toEqual([]);
});
