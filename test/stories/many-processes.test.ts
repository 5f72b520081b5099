/** Two web processes and three workers on one database, under load; one of each is killed with -9. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { plain, plant, type Planted } from '../../bench/flow/plant.ts';
import type { Seeding } from '../../src/simulator/seed.ts';
import { brand, eventually, openStory, type Story } from '../harness.ts';
import { effectsOn, fillIn, prepare, applicantOf } from '../apply.ts';
import { startProcess, type WorkerProcess } from '../worker-process.ts';
import { person } from './up-setting.ts';
import { visitor, type Visitor } from '../../src/demo/visitor.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 }); // a machine with much else to do is slow, not wrong
const cases = 300;
const applicants = ['21', '22', '23', '24', '25', '26'];

let story: Story;
const running = new Map<string, { readonly one: WorkerProcess; readonly operation: string }>();
const roots = new Map<string, string>();
const lines = new Map<string, string>();

const freePort = async (): Promise<string> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return String(port);
};

const begin = async (name: string, role: 'web' | 'worker'): Promise<void> => {
  const [port, operation] = [await freePort(), await freePort()];
  running.set(name, { one: await startProcess(story, ['start', '--role', role], { SIGNOFF_PORT: port, SIGNOFF_OPERATION_PORT: operation, SIGNOFF_DRAIN_SECONDS: '4' }), operation: `http://127.0.0.1:${operation}` });
  if (role === 'web') roots.set(name, `http://127.0.0.1:${port}/${brand}`);
};
const processOf = (name: string) => {
  const found = running.get(name);
  if (found === undefined) throw new Error(`no process ${name}`);
  return found;
};
const ask = async (name: string, path: string): Promise<{ status: number; text: string }> => {
  const response = await fetch(`${processOf(name).operation}${path}`);
  return { status: response.status, text: await response.text() };
};
const ready = (name: string) => eventually(`${name} is ready; it said: ${processOf(name).one.said()}`, async () => (await ask(name, '/readyz').catch(() => undefined))?.status === 200, 120);
const kill = async (name: string): Promise<void> => {
  processOf(name).one.child.kill('SIGKILL');
  expect(await processOf(name).one.ended).toBe('SIGKILL');
};

const orderOf = ({ line }: Planted) => ({ iccid: line.iccid ?? '', matchingId: line.matchingId ?? '', state: 'released' as const });
const seedOf = (all: readonly Planted[]): Seeding => ({
  subscribers: all.map(({ line }) => ({ imsi: line.imsi ?? '', msisdn: line.msisdn.slice(1) })),
  orders: all.map(orderOf),
  lines: all.map(({ line }) => ({ ref: line.billingRef, currency: 'USD' })),
});

/** What every worker has called at the billing, by its own count. */
const callsOf = async (name: string): Promise<number> =>
  [...(await ask(name, '/metrics')).text.matchAll(/^signoff_connector_calls_total\{[^}]*connector="billing"[^}]*\} (\d+)/gm)].reduce((sum, [, count]) => sum + Number(count), 0);
const countOf = async (state: string): Promise<number> => (await story.rows<{ n: number }>(`select count(*)::int as n from cancellations where state = $1`, [state]))[0]?.n ?? 0;

const wave = async (from: number, count = cases): Promise<Planted[]> => {
  const pack = story.signoff.desk.packs.latest(brand);
  if (!pack.ok) throw new Error('no pack');
  const now = story.clock.now();
  const planted = await plant(story.signoff.desk, pack.value, count, { at: new Date(now.getTime() + 240_000), from, now, shape: plain });
  await story.simulator.seed(seedOf(planted));
  return planted;
};

/** Everything filled in, nothing sent. */
const comeToCheck = async (root: string, digits: string): Promise<Visitor> => {
  const { phone, password } = person(digits);
  const one = visitor(root, 'zh-CN');
  await one.visit(`${root}/sign-in`);
  await one.submit('/sign-in', { name: phone, password });
  await one.visit(`${root}/lines/${lines.get(digits) ?? ''}/cancel/check`);
  return one;
};
const isReceipt = (one: Visitor): boolean => /\/cases\/[0-9A-Z-]+(\/receipt)?$/.test(one.page().url);

beforeAll(async () => {
  story = await openStory({ works: false, also: applicants.map((digits) => person(digits)) });
  await Promise.all([...['one', 'two'].map((name) => begin(`web ${name}`, 'web')), ...['one', 'two', 'three'].map((name) => begin(`worker ${name}`, 'worker'))]);
  for (const digits of applicants) {
    const applicant = await applicantOf(story, `B-1001${digits}`);
    await prepare(story, applicant);
    await fillIn(story, applicant);
    lines.set(digits, applicant.lineId);
  }
  for (const name of running.keys()) await ready(name);
});
afterAll(async () => {
  for (const { one } of running.values()) one.child.kill('SIGKILL');
  await Promise.all([...running.values()].map(({ one }) => one.ended));
  await story?.stop();
});

test('two web and three worker processes: one of each is killed under load, nothing is lost or done twice, and the work is shared evenly', { timeout: 240_000 }, async () => {
  const planted = await wave(0);
  const [webOne = '', webTwo = ''] = ['web one', 'web two'].map((name) => roots.get(name));
  const people = await Promise.all(applicants.map((digits, index) => comeToCheck(index % 2 === 0 ? webOne : webTwo, digits)));

  // The first wave, in which one of each dies.
  await story.pass(250_000);
  await eventually('the first are cancelled', async () => (await countOf('cancelled')) > 0, 120);
  const sending = people.map((one) => one.submit('/check').then(() => (isReceipt(one) ? 'sent' : one.page().url), (fault: Error) => fault.message));
  await Promise.all([kill('worker one'), kill('web one'), begin('worker four', 'worker')]);
  const sent = await Promise.all(sending);
  expect(sent.filter((_, index) => index % 2 === 1)).toEqual(['sent', 'sent', 'sent']);
  // Whoever was with the one that died goes on with the other: the session holds there, and nothing was sent twice.
  for (const [index, one] of people.entries()) {
    if (index % 2 === 1) continue;
    expect((await one.visit(`${webTwo}/`)).url).toBe(`${webTwo}/`);
    const again = await comeToCheck(webTwo, applicants[index] ?? '');
    if (!isReceipt(again) && again.page().url.endsWith('/check')) await again.submit('/check');
  }
  expect(await story.rows(`select l.billing_ref, count(*)::int as cases from cancellations c join lines l on l.id = c.line_id where l.billing_ref like 'B-10012_' and c.state <> 'draft' group by 1 order by 1`))
    .toEqual(applicants.map((digits) => ({ billing_ref: `B-1001${digits}`, cases: 1 })));

  // The second wave, among three that live: several times what each takes at once (600), or chance alone would share it out.
  await ready('worker four');
  const living = ['worker two', 'worker three', 'worker four'];
  const before = new Map(await Promise.all(living.map(async (name) => [name, await callsOf(name)] as const)));
  const more = await wave(cases, 6 * cases);
  await story.pass(250_000);
  await eventually('the second wave is cancelled', async () => (await story.rows(`select 1 from cancellations where id = any($1) and state <> 'cancelled'`, [more.map(({ caseId }) => caseId)])).length === 0, 120);
  const shares = await Promise.all(living.map(async (name) => (await callsOf(name)) - (before.get(name) ?? 0)));
  const fair = shares.reduce((sum, one) => sum + one, 0) / living.length;
  for (const share of shares) expect(share, `${shares.join(', ')}`).toBeGreaterThan(fair / 2);

  // What the dead one held comes back when its lease is over.
  const all = [...planted, ...more];
  await eventually('every planted case is cancelled', async () => (await countOf('cancelled')) === all.length, 120);
  const seen = Map.groupBy(effectsOn(story), (effect) => effect);
  expect([...seen].filter(([, times]) => times.length > 1).map(([effect]) => effect)).toEqual([]);
  for (const { line } of all)
    for (const effect of [`home-register subscriber-removed ${line.imsi}`, `billing stopped ${line.billingRef}`, `sm-dp-plus order-cancelled ${line.iccid}`]) expect(seen.has(effect), effect).toBe(true);
  expect(await story.rows(`select count(*)::int as n, count(distinct cancellation_id)::int as cases from certificates`)).toEqual([{ n: all.length, cases: all.length }]);
  expect(await story.rows(`select cancellation_id from notices where template = 'cancelled' group by 1, channel, follows having count(*) > 1`)).toEqual([]);
});

test('SIGTERM under load: not ready any more, ended in order and soon, nothing leased, and what was begun is left to others', async () => {
  const ending = ['worker two', 'worker three', 'worker four', 'web two'];
  const last = await wave(8 * cases);
  await story.pass(250_000);
  const cancelled = async () => (await story.rows(`select 1 from cancellations where id = any($1) and state = 'cancelled'`, [last.map(({ caseId }) => caseId)])).length;
  await eventually('the work has begun', async () => (await story.rows(`select 1 from cancellations where lease_until > clock_timestamp()`)).length > 0, 60);
  for (const name of ending) processOf(name).one.child.kill('SIGTERM');
  await Promise.all(ending.map((name) => eventually(`${name} says that it ends`, async () => (await ask(name, '/readyz').catch(() => undefined))?.text === 'process: it is about to end\n', 20)));
  for (const name of ending) expect(await processOf(name).one.ended, processOf(name).one.said()).toBe(0);
  expect(await story.rows(`select 1 from cancellations where lease_until > clock_timestamp()`)).toEqual([]);
  const left = await story.rows<{ ready: number }>(`select count(distinct data->>'caseId')::int as ready from pgboss.job where name in ('timer', 'advance') and state < 'active' and data->>'caseId' = any($1)`, [last.map(({ caseId }) => caseId)]);
  expect((left[0]?.ready ?? 0) + (await cancelled())).toBe(last.length);
});
