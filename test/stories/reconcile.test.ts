/** ST9 N12: a bill after cancelling is found. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reconciledLines } from '../../src/cli/reconcile-command.ts';
import { reconcile } from '../../src/desk/reconcile.ts';
import { applicantOf, applyAndApprove, comesTo } from '../apply.ts';
import { days, openStory, type Story } from '../harness.ts';

let story: Story;
let number: string;
const ref = 'B-100142';
const look = () => reconcile(story.signoff.desk, story.signoff.execution.ports.linkedServices);

beforeAll(async () => {
  story = await openStory();
  number = await applyAndApprove(story, await applicantOf(story, ref));
  await comesTo(story, number, 'recoverable');
  await story.pass(days(8));
  await comesTo(story, number, 'cancelled');
});
afterAll(() => story?.stop());

test('ST9 a cancelled line that is silent is read, and nothing is said of it; lines that live are not asked about', async () => {
  const found = await look();
  expect(found).toEqual({ lines: 1, findings: [] });
  expect(reconciledLines(found)).toEqual(['✓ 1 cancelled line read; none is billed any more']);
});

test('ST9 while billing does not answer, silence is not claimed', async () => {
  await story.simulator.addFault({ system: 'billing', operation: 'read', fault: 'drop-reply' });
  expect((await look()).findings).toMatchObject([{ applicationNumber: number, what: 'not-read' }]);
});

test('ST9 billed again after the end: found with its amount, an alarm without anything personal, and silent again when it is mended', async () => {
  const alarms = story.alarms.length;
  await story.simulator.seed({ lines: [{ ref, currency: 'USD', owedMinor: 300, creditMinor: 0 }] });
  const found = await look();
  expect(found.findings.map(({ what, owedMinor }) => [what, owedMinor])).toEqual([['billed', undefined], ['owes', 300]]);
  expect(reconciledLines(found).join('\n')).toContain('300 USD in minor units');
  expect(story.alarms.length).toBe(alarms + 2);
  expect(JSON.stringify(story.alarms.slice(alarms))).not.toMatch(/2025550142|林晓雨|B-100142/);
  const call = { key: 'mended', signal: AbortSignal.timeout(5_000) };
  await story.signoff.desk.billing.settle(ref, { collectMinor: 300, offsetMinor: 0, refundMinor: 0, forfeitMinor: 0, currency: 'USD' }, { ...call, key: 'mended-settle' });
  await story.signoff.desk.billing.stop(ref, call);
  expect((await look()).findings).toEqual([]);
});
