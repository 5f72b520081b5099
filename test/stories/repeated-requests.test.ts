/** Rows 2 and 17: a program that had no answer asks again under the same key, and a subscriber sends the same form again. */
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDraft, saveDraft } from '../../src/desk/draft.ts';
import { takeFile } from '../../src/desk/bulk/take-file.ts';
import { submit } from '../../src/desk/submit.ts';
import { openDoors } from '../../src/doors.ts';
import { addApiClient, apiClientOf } from '../../src/identity/api-clients.ts';
import { fingerprint, repeatedRequest } from '../../src/identity/repeated-requests.ts';
import { sweepIdentity } from '../../src/identity/sweep.ts';
import { applicantOf, apply, fillIn, prepare } from '../apply.ts';
import { brand, days, eventually, openStory, type Story } from '../harness.ts';
import { inPieces, plantLines, referenceOf } from './bulk-setting.ts';

const elsewhere = 'ultra-elsewhere';
const route = '/v1/bulk-orders';
let story: Story;
let app: FastifyInstance;
const tokens: Record<string, string> = {};
type Answer = { readonly status: number; readonly body: Record<string, unknown>; readonly text: string };

const send = async (client: string, key: string | undefined, payload: string | Readable): Promise<Answer> => {
  const { statusCode, payload: text } = await app.inject({ method: 'POST', url: route, payload, headers: { 'content-type': 'text/csv', authorization: `Bearer ${tokens[client]}`, ...(key === undefined ? {} : { 'idempotency-key': key }) } });
  return { status: statusCode, text, body: JSON.parse(text) as Record<string, unknown> };
};
const file = (from: number): string => `reference,reason\n${referenceOf(from)},\n`;
const orders = async (): Promise<number> => (await story.rows<{ count: number }>('select count(*)::int as count from bulk_orders'))[0]?.count ?? 0;

beforeAll(async () => {
  story = await openStory({ works: false, change: (pack) => ({ ...pack, reasonRequired: false }), brands: { [elsewhere]: (pack) => pack } });
  await plantLines(story.signoff, brand, 20);
  app = await openDoors(story.signoff, story.parts);
  for (const [name, of] of [['first', brand], ['second', brand], ['theirs', elsewhere]] as const) {
    const added = await addApiClient(story.signoff.desk.db, story.clock, { brand: of, name, scopes: ['bulk'] });
    if (added.ok) tokens[name] = added.value.token;
  }
});
afterAll(async () => {
  await app?.close();
  await story?.stop();
});

it('2 17 the same key with the same file is the same order and the same answer, also when it looks different by now', async () => {
  const before = await orders();
  const first = await send('first', '"order-7"', file(0));
  expect(first).toMatchObject({ status: 202, body: { state: 'checking' } });
  await story.rows(`update bulk_orders set state = 'checked' where id = $1`, [first.body['id']]);
  expect(await send('first', '"order-7"', file(0))).toEqual(first);
  expect(await send('first', 'order-7', file(0))).toEqual(first);
  expect(await orders()).toBe(before + 1);
});

it('17 the same key with another file is refused, and changes nothing', async () => {
  const before = await orders();
  expect(await send('first', '"order-7"', file(1))).toMatchObject({ status: 422, body: { code: 'INVALID_ARGUMENT', title: 'This Idempotency-Key was used with another body.' } });
  expect(await orders()).toBe(before);
});

it('17 while the first is still being sent, the second hears that it is', async () => {
  const body = new Readable({ read: () => undefined });
  body.push('reference,reason\n');
  const first = send('first', '"slow"', body);
  await eventually('the first has begun', async () => (await story.rows('select 1 from repeated_requests where status is null')).length === 1);
  expect(await send('first', '"slow"', file(2))).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
  body.push(`${referenceOf(2)},\n`);
  body.push(null);
  expect((await first).status).toBe(202);
  expect(await send('first', '"slow"', file(2))).toEqual(await first);
});

it('17 a key is of one program and one brand; without one each request stands for itself; nonsense is no key', async () => {
  const own = await Promise.all([send('first', '"ours"', file(3)), send('second', '"ours"', file(3)), send('theirs', '"ours"', file(3)), send('first', undefined, file(3)), send('first', undefined, file(3))]);
  expect(own.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
  expect(new Set(own.map(({ body }) => body['id'])).size).toBe(5);
  for (const nonsense of ['"', 'two words', '"ü"', 'x'.repeat(256)]) expect((await send('first', nonsense, file(3))).status).toBe(400);
});

it('17 a refusal is answered the same again', async () => {
  const refused = await send('first', '"bad"', 'nonsense\n1\n');
  expect(refused.status).toBe(422);
  expect(await send('first', '"bad"', 'nonsense\n1\n')).toEqual(refused);
});

it('2 a process that was lost after it committed the order: whoever asks again gets that order', async () => {
  const client = await apiClientOf(story.signoff.desk.db, tokens['first'] ?? '');
  if (client === undefined) throw new Error('no client');
  const request = repeatedRequest(story.signoff.desk, client, route, 'lost');
  expect(await request.claim()).toEqual({ kind: 'first' });
  let body = '';
  const taken = await takeFile(story.signoff.desk, { brand, person: `client:${client.clientId}` }, 'api', fingerprint(inPieces(file(4)), (text) => { body = text; }), 'worker', (tx, id) => request.made(tx, id, body));
  if (!taken.ok) throw new Error(taken.why.kind);
  const before = await orders();
  expect((await send('first', '"lost"', file(4))).status).toBe(409); // it may still live
  await story.rows(`update repeated_requests set held_until = clock_timestamp() - interval '1 second' where status is null`);
  expect((await send('first', '"lost"', file(5))).status).toBe(422);
  const again = await send('first', '"lost"', file(4));
  expect(again).toMatchObject({ status: 202, body: { id: taken.value.orderId } });
  expect(await send('first', '"lost"', file(4))).toEqual(again);
  expect(await orders()).toBe(before);
});

it('2 a process that was lost before: the request is carried out', async () => {
  const client = await apiClientOf(story.signoff.desk.db, tokens['first'] ?? '');
  if (client === undefined) throw new Error('no client');
  await repeatedRequest(story.signoff.desk, client, route, 'early').claim();
  await story.rows(`update repeated_requests set held_until = clock_timestamp() - interval '1 second' where status is null`);
  const before = await orders();
  const answers = await Promise.all([send('first', '"early"', file(6)), send('first', '"early"', file(6))]);
  // Whoever comes second is told that it is in hand or, where the first was quick, what came of it.
  expect([[202, 202], [202, 409]]).toContainEqual(answers.map(({ status }) => status).toSorted());
  expect(new Set(answers.flatMap(({ status, body }) => (status === 202 ? [body['id']] : []))).size).toBe(1);
  expect(await orders()).toBe(before + 1);
});

it('17 keys hold for a day, and nothing of them or of what was sent lies in the clear', async () => {
  const rows = JSON.stringify(await story.rows(`select encode(key_mark, 'escape') as key, encode(body_mark, 'escape') as body, encode(answer_sealed, 'escape') as answer from repeated_requests`));
  for (const word of ['order-7', referenceOf(0), 'checking']) expect(rows).not.toContain(word);
  const first = await send('first', '"order-7"', file(0));
  await story.pass(days(1) + 1000);
  const later = await send('first', '"order-7"', file(7));
  expect(later.status).toBe(202);
  expect(later.body['id']).not.toBe(first.body['id']);
  await story.signoff.desk.db.acrossBrands((tx) => sweepIdentity(tx, story.clock.now()));
  expect(await story.rows('select 1 from repeated_requests')).toHaveLength(1);
});

it('2 17 an application that is sent again, with other words or at the same moment, is the one that was received', async () => {
  const { desk } = story.signoff;
  const applicant = await applicantOf(story, 'B-100142');
  const number = await apply(story, applicant);
  const kept = await story.rows('select sealed_form, version from cancellations where application_number = $1', [number]);
  expect((await openDraft(desk, applicant.who, applicant.lineId)).ok).toBe(false);
  expect((await saveDraft(desk, applicant.who, applicant.lineId, { name: '别人' })).ok).toBe(false);
  expect(await submit(desk, applicant.who, applicant.lineId)).toEqual({ ok: true, value: { applicationNumber: number, joined: true } });
  expect(await story.rows('select sealed_form, version from cancellations where application_number = $1', [number])).toEqual(kept);

  const other = await applicantOf(story, 'B-100190');
  await prepare(story, other);
  await fillIn(story, other);
  const sent = await Promise.all(Array.from({ length: 5 }, () => submit(desk, other.who, other.lineId)));
  expect(new Set(sent.map((one) => (one.ok ? one.value.applicationNumber : 'refused'))).size).toBe(1);
});
