/** P6 Two thousand bulk cases wait, and a subscriber sends one: it is over first. And where so many a second are let through, so many are. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { portsInProcess } from '../../bench/flow/in-process.ts';
import { turnsOf } from '../../src/desk/bulk/pace.ts';
import { assemble, type Signoff } from '../../src/main.ts';
import { loadCancellations } from '../../src/store/cancellations.ts';
import { applicantOf, apply, prepare } from '../apply.ts';
import { brand, eventually, openStory, type Story } from '../harness.ts';
import { carryOut, dryRun, plantLines, referenceOf, released } from './bulk-setting.ts';

const many = 2000;
let story: Story;
let worker: Signoff | undefined;
beforeAll(async () => {
  story = await openStory({ works: false, change: (pack) => ({ ...pack, recoverableDays: 0, reasonRequired: false, confirmation: null, identity: { ...pack.identity, level: 'basic' }, review: { ...pack.review, reviewers: 0, workingDays: { least: 0, most: 0 } } }) });
  await plantLines(story.signoff, brand, many);
  const view = await dryRun(story.signoff, brand, `reference,reason\n${Array.from({ length: many }, (_, n) => `${referenceOf(n)},`).join('\n')}\n`);
  await released(story.signoff, brand, view.orderId);
  await carryOut(story.signoff, brand, view.orderId);
});
afterAll(async () => {
  await worker?.stop();
  await story?.stop();
});

it('P6 so many a second by brand and by connector, shared by all who ask; a single case is not held up', async () => {
  const ids = (await story.rows<{ id: string }>(`select id from cancellations where channel = 'bulk' limit 500`)).map(({ id }) => id);
  await story.signoff.desk.db.acrossBrands(async (tx) => {
    const cases = await loadCancellations(tx, ids);
    const now = story.clock.now();
    const turns = async (some: typeof cases, named: Record<string, number>) => [...(await turnsOf({ usual: 100, named }, tx, now, some)).values()].map((at) => (at.getTime() - now.getTime()) / 1000);
    const first = await turns(cases.slice(0, 200), { 'carrier/simulated': 50 });
    expect([first.length, first.at(-1)]).toEqual([200 - 51, expect.closeTo(199 / 50, 1)]); // at the pace of the slower of the two
    const second = await turns(cases.slice(200, 300), { 'carrier/simulated': 50 });
    expect([second.length, second[0], second.at(-1)]).toEqual([100, expect.closeTo(4, 1), expect.closeTo(299 / 50, 1)]);
    expect(await turns(cases.slice(0, 100).map((one) => ({ ...one, channel: 'web' as const })), { 'carrier/simulated': 1 })).toEqual([]);
    await tx.query('delete from bulk_paces');
  });
});

it('P6 the one that somebody sent overtakes all that wait, at every queue', { timeout: 120_000 }, async () => {
  const applicant = await applicantOf(story, 'B-100142');
  await prepare(story, applicant);
  const number = await apply(story, applicant);
  worker = await assemble({ ...story.parts, works: true, connected: portsInProcess(), bulkRates: { usual: 99_999, named: {} } });
  const one = await eventually('the single one is cancelled, and told', async () => (await story.rows<{ id: string; issued_at: Date; sent_at: Date }>(
    `select c.id, k.issued_at, n.sent_at from cancellations c join certificates k on k.cancellation_id = c.id join notices n on n.cancellation_id = c.id and n.template = 'cancelled'
     where c.application_number = $1 and n.sent_at is not null`, [number]))[0]);
  const done = async (): Promise<{ before: number; told: number }> => (await story.rows<{ before: number; told: number }>(
    `select (select count(*)::int from certificates where issued_at < $1) as before, (select count(*)::int from notices where template = 'cancelled' and sent_at < $2) as told`, [one.issued_at, one.sent_at]))[0] ?? { before: many, told: many };
  // It came last; before it was no more than the batches that were in hand beside its own.
  expect((await done()).before).toBeLessThan(many / 2);
  expect((await done()).told).toBeLessThan(many / 2);
});
