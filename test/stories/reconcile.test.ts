/** ST6 ST9 N12: a line that ended and sounds again is found, told, mended by a step, and closed by the next look. */
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reconciledLines } from '../../src/cli/reconcile-command.ts';
import { orderMend, seeFindings } from '../../src/desk/findings.ts';
import { reconcile } from '../../src/desk/reconcile.ts';
import { seeStatus } from '../../src/desk/status.ts';
import { nightOf } from '../../src/execution/nightly.ts';
import { applicantOf, applyAndApprove, comesTo, reviewerOf, stepsOf, type Applicant } from '../apply.ts';
import { brand, days, eventually, openStory, type Story } from '../harness.ts';
import { openConsole, sitter, wordsOf } from './console-setting.ts';

let story: Story;
let app: FastifyInstance;
let owner: Applicant;
let number: string;
const ref = 'B-100142';
const imsi = '001010000000142';

const tonight = () => reconcile(story.signoff.desk, story.signoff.execution.ports, brand, 400);
const look = async () => {
  const looked = await tonight();
  if (!looked.ok) throw new Error(looked.why.kind);
  return looked.value;
};
const open = async () => (await seeFindings(story.signoff.desk, await reviewerOf(story), 'open')).rows.map(({ what, mending }) => `${what} ${mending}`);
const journal = () => story.rows<{ event: string; facts: object }>(`select event, facts from journal j join cancellations c on c.id = j.cancellation_id where c.application_number = $1 and event in ('not-silent', 'mend-ordered', 'silent-again') order by entry`, [number]);
/** The steps that were ordered are over. */
const settled = () => eventually('the mend is over', async () => (await stepsOf(story, number)).every(({ state }) => state === 'done' || state === 'not-wanted'));

beforeAll(async () => {
  story = await openStory();
  app = await openConsole(story);
  owner = await applicantOf(story, ref);
  number = await applyAndApprove(story, owner);
  await comesTo(story, number, 'recoverable');
  await story.pass(days(8));
  await comesTo(story, number, 'cancelled');
  await settled();
});
afterAll(async () => {
  await app?.close();
  await story?.stop();
});

test('ST9 a cancelled line that is silent is read at the register and at billing, and nothing is said of it; lines that live are not asked about', async () => {
  const found = await look();
  expect(found).toMatchObject({ lines: 1, findings: [], unread: [], mended: 0 });
  expect(reconciledLines([found])[0]).toContain('✓ 1 cancelled line read; every one is silent');
  expect(await open()).toEqual([]);
});

test('ST9 while a side does not answer, silence is not claimed and nothing is found', async () => {
  await story.simulator.addFault({ system: 'billing', operation: 'read', fault: 'drop-reply' });
  expect(await look()).toMatchObject({ findings: [], unread: [{ applicationNumber: number }] });
  expect(reconciledLines([await look()]).join()).toContain('✓');
});

test('N12 two do not look at the same time; of one that died another takes over', async () => {
  await story.rows(`insert into reconciliations (id, brand, started_at, lease_until) values (gen_random_uuid(), $1, now(), now() + interval '1 minute')`, [brand]);
  expect(await tonight()).toEqual({ ok: false, why: { kind: 'another-looks' } });
  await story.rows(`update reconciliations set lease_until = now() - interval '1 second' where ended_at is null`);
  expect((await look()).lines).toBe(1);
});

test('N12 every night, four hours before the brand opens, on its own clock, a worker looks', async () => {
  expect(nightOf(story.signoff.execution, brand)).toEqual({ time: '05:00', zone: 'Asia/Shanghai' });
  const schedules = await story.rows<{ key: string; cron: string; timezone: string }>(`select key, cron, timezone from pgboss.schedule where name = 'reconcile'`);
  expect(schedules.map(({ key }) => key).toSorted()).toEqual([...story.signoff.desk.packs.brands].toSorted());
  expect(schedules.find(({ key }) => key === brand)).toMatchObject({ cron: '0 5 * * *', timezone: 'Asia/Shanghai' });
  const before = await story.rows(`select 1 from reconciliations where brand = $1`, [brand]);
  await story.signoff.desk.db.acrossBrands((tx) => story.signoff.desk.jobs.enqueue(tx, 'reconcile', [{ data: { brand } }]));
  await eventually('the worker has looked', async () => (await story.rows(`select 1 from reconciliations where brand = $1 and ended_at is not null`, [brand])).length > before.length);
});

test('ST9 N12 billed again and on the network again: found once, told once without anything personal, and shown in the console', async () => {
  const alarms = story.alarms.length;
  await story.simulator.seed({ lines: [{ ref, currency: 'USD', owedMinor: 300, creditMinor: 0 }], subscribers: [{ imsi, msisdn: '12025550142' }] });
  const found = await look();
  expect(found.findings.map(({ what, owedMinor }) => [what, owedMinor]).toSorted()).toEqual([['bill-after-end', 300], ['still-billed', undefined], ['still-reachable', undefined]]);
  expect(reconciledLines([found]).join('\n')).toContain('300 USD in minor units');
  expect(story.alarms.length).toBe(alarms + 3);
  await look();
  expect(story.alarms.length).toBe(alarms + 3);
  expect(JSON.stringify([story.alarms.slice(alarms), await journal(), await story.rows('select * from findings')])).not.toMatch(/2025550142|林晓雨|B-100142|001010000000142/);
  expect((await journal()).map(({ event }) => event)).toEqual(['not-silent', 'not-silent', 'not-silent']);
  expect((await open()).toSorted()).toEqual(['bill-after-end by-hand', 'still-billed to-order', 'still-reachable to-order']);

  const one = sitter(app);
  const { email = '', password = '' } = story.data.staff[0] ?? {};
  await one.signIn({ email, password });
  const page = await one.get(`/${brand}/console/findings`);
  expect(page.status).toBe(200);
  expect(page.root.querySelectorAll('.queue tbody tr').map((row) => wordsOf(row.querySelector('a')))).toEqual([number, number, number]);
  expect(wordsOf(page.root)).toContain('仍能打通或上网');
  expect(wordsOf(page.root)).not.toMatch(/2025550142|林晓雨|B-100142/);
  const billed = await one.get(`/${brand}/console/findings?what=still-billed`);
  expect(billed.root.querySelectorAll('.queue tbody tr')).toHaveLength(1);
});

test('N4 a number whose line still sounds does not go back to the pool', async () => {
  const { execution } = story.signoff;
  const { returnNumbers } = await import('../../src/execution/quarantine.ts');
  await story.rows(`update number_tenures set free_at = disconnected_at, return_by = disconnected_at where cancellation_id is not null`);
  const alarms = story.alarms.length;
  expect(await returnNumbers(execution)).toBe(0);
  expect(await returnNumbers(execution)).toBe(0);
  expect(JSON.stringify(story.alarms.slice(alarms))).toContain('a number rests longer than it may');
  expect(story.alarms.length).toBe(alarms + 1);
});

test('N12 an agent has the matching step carried out again, under a key of its own; the next look closes what is mended, and the bill is left to people', async () => {
  const { desk } = story.signoff;
  const who = await reviewerOf(story);
  const one = sitter(app);
  const { email = '', password = '' } = story.data.staff[0] ?? {};
  await one.signIn({ email, password });
  await one.get(`/${brand}/console/findings?what=still-billed`);
  const ordered = await one.follow(await one.send('/mend'));
  expect(wordsOf(ordered.root.querySelector('.notice.done'))).toContain(number);
  await settled();
  const { rows } = await seeFindings(desk, who, 'open');
  const [reachable, byHand, billed] = ['still-reachable', 'bill-after-end', 'still-billed'].map((what) => rows.find((row) => row.what === what));
  expect(billed?.mending).toBe('next-look');
  expect(await orderMend(desk, who, byHand?.id ?? '')).toEqual({ ok: false, why: { kind: 'by-hand' } });
  const twice = await Promise.all([orderMend(desk, who, reachable?.id ?? ''), orderMend(desk, who, reachable?.id ?? '')]);
  expect(twice.filter(({ ok }) => ok).length).toBeGreaterThan(0);
  await settled();
  expect(await desk.billing.read(ref, { key: 'r', signal: AbortSignal.timeout(5000) })).toMatchObject({ kind: 'done', fact: { status: 'stopped' } });
  const during = await seeStatus(desk, owner.who, number);
  expect(during?.afterEnd?.map(({ what, mendedAt }) => [what, mendedAt]).toSorted()).toEqual([['bill-after-end', undefined], ['still-billed', undefined], ['still-reachable', undefined]]);

  const after = await look();
  expect(after).toMatchObject({ mended: 2, findings: [{ what: 'bill-after-end' }] });
  expect(await open()).toEqual(['bill-after-end by-hand']);
  expect((await journal()).slice(3).map(({ event, facts }) => `${event} ${(facts as { what: string }).what}`)).toEqual(
    expect.arrayContaining(['mend-ordered still-billed', 'mend-ordered still-reachable', 'silent-again still-billed', 'silent-again still-reachable']));
  expect((await seeStatus(desk, owner.who, number))?.afterEnd?.filter(({ mendedAt }) => mendedAt !== undefined).map(({ what }) => what).toSorted()).toEqual(['still-billed', 'still-reachable']);
  expect(await orderMend(desk, who, billed?.id ?? '')).toEqual({ ok: false, why: { kind: 'already-mended' } });
  // Struck in billing by its people, the bill is found gone.
  await desk.billing.settle(ref, { collectMinor: 300, offsetMinor: 0, refundMinor: 0, forfeitMinor: 0, currency: 'USD' }, { key: 'struck', signal: AbortSignal.timeout(5000) });
  expect(await look()).toMatchObject({ mended: 1, findings: [] });
  const effects = story.simulator.effects().filter(({ effect, subject }) => effect === 'stopped' && subject === ref);
  expect(effects.map(({ key }) => key.split(':').slice(1).join(':'))).toEqual(['stop-billing', 'stop-billing:again-1']);
});

test('N12 a mend that the peer refuses is seen as stuck, and can be ordered once more', async () => {
  const { desk } = story.signoff;
  const who = await reviewerOf(story);
  await story.simulator.seed({ lines: [{ ref, currency: 'USD', owedMinor: 0, creditMinor: 0 }] });
  expect((await look()).findings.map(({ what }) => what)).toEqual(['still-billed']);
  const [row] = (await seeFindings(desk, who, 'open')).rows;
  await story.simulator.addFault({ system: 'billing', operation: 'stop', fault: 'refuse' });
  expect((await orderMend(desk, who, row?.id ?? '')).ok).toBe(true);
  await eventually('the mend is refused', async () => (await open())[0] === 'still-billed stuck');
  expect((await orderMend(desk, who, row?.id ?? '')).ok).toBe(true);
  await settled();
  expect(await look()).toMatchObject({ mended: 1, findings: [] });
  expect(await orderMend(desk, { brand: 'ultra-us', staffId: who.staffId }, row?.id ?? '')).toEqual({ ok: false, why: { kind: 'not-found' } });
});

test('N4 with nothing open any more the number goes back on its day', async () => {
  const { returnNumbers } = await import('../../src/execution/quarantine.ts');
  expect(await returnNumbers(story.signoff.execution)).toBe(1);
});

test('ST6 a switched-off record that came back is attached, not reachable', async () => {
  await story.simulator.seed({ subscribers: [{ imsi, msisdn: '12025550142', circuitSwitched: false, packetSwitched: false }] });
  expect((await look()).findings.map(({ what }) => what)).toEqual(['still-attached']);
  const [row] = (await seeFindings(story.signoff.desk, await reviewerOf(story), 'open')).rows;
  await orderMend(story.signoff.desk, await reviewerOf(story), row?.id ?? '');
  await settled();
  expect(await look()).toMatchObject({ findings: [], mended: 1 });
});
