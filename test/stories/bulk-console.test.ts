/** P6 The same at the console: a file goes up, one reviewer looks, another releases, and the result comes down. */
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addStaff } from '../../src/identity/staff.ts';
import { brand, openStory, type Story } from '../harness.ts';
import { carryOut, plantLines, referenceOf } from './bulk-setting.ts';
import { openConsole, sitter, wordsOf, type Sitter } from './console-setting.ts';

let story: Story;
let app: FastifyInstance;
const people = [{ email: 'one@ultra-purple.example', password: 'four-winds-paper-kite' }, { email: 'two@ultra-purple.example', password: 'nine-lamps-by-the-weir' }] as const;
let one: Sitter;
let two: Sitter;

beforeAll(async () => {
  story = await openStory({ works: false });
  await plantLines(story.signoff, brand, 10);
  app = await openConsole(story);
  const { db, vault, clock } = story.signoff.desk;
  for (const who of people) await addStaff(db, vault, clock, { brand, name: who.email.slice(0, 3), roles: ['reviewer'], ...who });
  [one, two] = [sitter(app), sitter(app, 'en')];
  await one.signIn(people[0]);
  await two.signIn(people[1]);
});
afterAll(async () => {
  await app?.close();
  await story?.stop();
});

test('P6 from the file to its result, by two people', async () => {
  const pack = story.signoff.desk.packs.latest(brand);
  const reason = pack.ok ? pack.value.reasons.find(({ barsAtOnce }) => !barsAtOnce)?.id : '';
  await one.get(`/${brand}/console/bulk`);
  expect(wordsOf((await one.attach('/bulk', {}, { file: Buffer.from('number;reason\n') })).root)).toContain('列之间是分号');
  await one.get(`/${brand}/console/bulk`);
  expect((await one.send('/bulk')).status).toBe(422);
  await one.get(`/${brand}/console/bulk`);
  const sent = await one.attach('/bulk', {}, { file: Buffer.from(`reference,reason\n${referenceOf(0)},${reason}\n${referenceOf(1)},${reason}\nnobody,${reason}\n`) });
  expect(sent.status).toBe(303);
  const path = String(sent.headers['location']);
  const orderId = path.split('/').at(-1) ?? '';
  expect(wordsOf((await one.follow(sent)).root)).toContain('正在逐行试算');
  await carryOut(story.signoff, brand, orderId);

  const mine = await one.get(path);
  expect(wordsOf(mine.root)).toContain('上传者自己不能放行');
  expect(mine.html).not.toContain(`${path}/release`);
  const token = mine.root.querySelector('input[name=token]')?.getAttribute('value') ?? '';
  expect((await one.post(`${path}/release`, { token })).status).toBe(403);

  const theirs = await two.get(path);
  expect(wordsOf(theirs.root)).toContain('2 of 3');
  expect(wordsOf((await two.get(`${path}?show=unknown-line`)).root)).toContain('There is no such line');
  expect((await two.send('/release')).status).toBe(303);
  expect(wordsOf((await two.get(path)).root)).toContain('Under way');
  await carryOut(story.signoff, brand, orderId);
  expect(wordsOf((await two.get(path)).root)).toContain('All 2 cases are open');
  const result = await two.get(`${path}/result.csv`);
  expect([result.headers['content-type'], String(result.headers['content-disposition'])]).toEqual(['text/csv; charset=utf-8', expect.stringMatching(/^attachment; filename="bulk-/)]);
  expect(result.body.toString().trim().split('\r\n')).toEqual([expect.stringContaining('Line,'), expect.stringMatching(/^2,opened/), expect.stringMatching(/^3,opened/), '4,left out,There is no such line,,']);
  // The case itself says who ordered it.
  const number = result.body.toString().split('\r\n')[1]?.split(',')[3] ?? '';
  const page = wordsOf((await two.get(`/${brand}/console/cases/${number}`)).root);
  expect(page).toContain('Bulk order');
  expect(page).toContain('Operator');
  expect(page).toContain('Ended by the operator');
});
