/** P6 Orders of many lines by a partner's program: who may, what comes back, and that another program releases what one brought. */
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDoors } from '../../src/doors.ts';
import { addApiClient, revokeApiClient } from '../../src/identity/api-clients.ts';
import { brand, openStory, type Story } from '../harness.ts';
import { bulkApiRows } from './authorisation-rows.ts';
import { carryOut, numberOf, plantLines, referenceOf } from './bulk-setting.ts';

const elsewhere = 'ultra-elsewhere';
let story: Story;
let app: FastifyInstance;
const tokens: Record<string, string> = {};
type Answer = { readonly status: number; readonly type: string; readonly body: Record<string, unknown>; readonly text: string };

const ask = async (token: string | undefined, method: string, url: string, payload?: string, type = 'text/csv'): Promise<Answer> => {
  const { statusCode, headers, payload: text } = await app.inject({
    method: method as 'GET', url, ...(payload === undefined ? {} : { payload }),
    headers: { ...(payload === undefined ? {} : { 'content-type': type }), ...(token === undefined ? {} : { authorization: `Bearer ${tokens[token] ?? token}` }) },
  });
  const answered = String(headers['content-type']);
  return { status: statusCode, type: answered, text, body: /json/.test(answered) ? JSON.parse(text) as Record<string, unknown> : {} };
};
const file = (count: number, from: number): string => ['reference,reason', ...Array.from({ length: count }, (_, n) => `${referenceOf(from + n)},moving`)].join('\n');
let orderId = '';

beforeAll(async () => {
  story = await openStory({ works: false, change: (pack) => ({ ...pack, reasonRequired: false, reasons: [...pack.reasons, { id: 'moving', label: { 'zh-CN': '搬迁', 'zh-TW': '搬遷', en: 'Moving' }, barsAtOnce: false }] }), brands: { [elsewhere]: (pack) => pack } });
  await plantLines(story.signoff, brand, 20);
  app = await openDoors(story.signoff, story.parts);
  for (const [name, of, scope] of [['first', brand, 'bulk'], ['second', brand, 'bulk'], ['theirs', elsewhere, 'bulk'], ['revoked', brand, 'bulk'], ['without', brand, 'number-recycling:check']] as const) {
    const added = await addApiClient(story.signoff.desk.db, story.clock, { brand: of, name, scopes: [scope] });
    if (added.ok) tokens[name] = added.value.token;
  }
  await revokeApiClient(story.signoff.desk.db, story.clock, brand, 'revoked');
  orderId = String((await ask('first', 'POST', '/v1/bulk-orders', file(3, 0))).body['id']);
});
afterAll(async () => {
  await app?.close();
  await story?.stop();
});

describe('P6 who may', () => {
  test.each(bulkApiRows)('%s', async (route) => {
    const [method = '', url = ''] = route.split(' ');
    const at = url.replace(':orderId', orderId);
    const payload = method === 'POST' && !url.includes(':') ? file(1, 10) : undefined;
    const unknown = await Promise.all([undefined, 'nonsense', 'revoked'].map((token) => ask(token, method, at, payload)));
    expect(new Set(unknown.map(({ text }) => text)).size).toBe(1);
    expect(unknown.map(({ status, type }) => [status, type.split(';')[0]])).toEqual(Array.from({ length: 3 }, () => [401, 'application/problem+json']));
    expect((await ask('without', method, at, payload)).status).toBe(403);
    if (!url.includes(':')) return;
    // Another brand's, and one that there is not: the same.
    const [theirs, none] = [await ask('theirs', method, at), await ask('first', method, url.replace(':orderId', '00000000-0000-4000-8000-000000000000'))];
    expect([theirs.status, none.status, theirs.text]).toEqual([404, 404, none.text]);
  });

  test('nothing was changed by any of them', async () => {
    expect(await story.rows('select state, opened from bulk_orders where id = $1', [orderId])).toEqual([{ state: 'checking', opened: 0 }]);
  });
});

describe('P6 what comes back', () => {
  test('the dry run, the release by another program, the progress and the result', async () => {
    const taken = await ask('first', 'POST', '/v1/bulk-orders', `number,reason\n${numberOf(5)},moving\n${numberOf(5)},moving\n=1,moving\n`);
    expect(taken).toMatchObject({ status: 202, body: { state: 'checking', lines: 0, released: null } });
    const at = `/v1/bulk-orders/${String(taken.body['id'])}`;
    expect((await ask('second', 'POST', `${at}/release`)).status).toBe(409);
    await carryOut(story.signoff, brand, String(taken.body['id']));
    expect((await ask('first', 'GET', at)).body).toMatchObject({ state: 'checked', lines: 3, eligible: 1, refused: { duplicate: 1, formula: 1 }, opened: 0, left: 1, cases: {} });
    expect(await ask('first', 'POST', `${at}/release`)).toMatchObject({ status: 403, body: { code: 'PERMISSION_DENIED', status: 403 } });
    expect(await ask('second', 'POST', `${at}/release`)).toMatchObject({ status: 200, body: { state: 'released' } });
    expect(await ask('first', 'POST', `${at}/pause`)).toMatchObject({ status: 200, body: { state: 'paused' } });
    expect(await ask('first', 'POST', `${at}/resume`)).toMatchObject({ status: 200, body: { state: 'released' } });
    await carryOut(story.signoff, brand, String(taken.body['id']));
    expect((await ask('first', 'GET', at)).body).toMatchObject({ state: 'done', opened: 1, left: 0, cases: { scheduled: 1 } });
    expect(await ask('first', 'POST', `${at}/stop`)).toMatchObject({ status: 409 });
    const result = await ask('second', 'GET', `${at}/result`);
    expect(result.type).toBe('text/csv; charset=utf-8');
    expect(result.text.split('\r\n')).toEqual(['\ufeffLine,Verdict,Reason,Application,State', expect.stringMatching(/^2,opened,,[0-9A-Z-]{16},scheduled$/), '3,left out,The same line as in line 2,,', '4,left out,A cell is a formula,,', '']);
    expect(await story.rows(`select distinct channel from cancellations where application_number is not null`)).toEqual([{ channel: 'api' }]);
  });

  test('NDJSON is taken too; what is neither is not, and a file that can\'t be read says why', async () => {
    expect((await ask('first', 'POST', '/v1/bulk-orders', JSON.stringify({ reference: referenceOf(7), reason: 'moving' }), 'application/x-ndjson')).status).toBe(202);
    expect((await ask('first', 'POST', '/v1/bulk-orders', '{}', 'application/json')).status).toBe(415);
    expect(await ask('first', 'POST', '/v1/bulk-orders', 'number;reason\n')).toMatchObject({ status: 422, type: expect.stringContaining('problem+json'), body: { title: 'Its columns are apart by semicolons. Use commas.' } });
    expect((await ask('first', 'POST', '/v1/bulk-orders', '')).status).toBe(422);
  });
});
