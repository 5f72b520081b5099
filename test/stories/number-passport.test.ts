/** N4 UP9: a number after its line: it rests, is given to nobody before its day, is reported, and whoever calls it can ask since when it is another's. */
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiClientOn } from '../../src/cli/api-client-command.ts';
import { numbersOn } from '../../src/cli/numbers-command.ts';
import { withdraw } from '../../src/desk/withdraw.ts';
import { openDoors } from '../../src/doors.ts';
import { returnNumbers } from '../../src/execution/quarantine.ts';
import { addApiClient } from '../../src/identity/api-clients.ts';
import { applicantOf, apply, applyAndApprove, comesTo } from '../apply.ts';
import { brand, days, openStory, type Story } from '../harness.ts';
import { apiRows } from './authorisation-rows.ts';

const elsewhere = 'ultra-elsewhere';
const number = '+12025550142';
let story: Story;
let app: FastifyInstance;
let folder: string;
const tokens: Record<'ours' | 'theirs' | 'revoked' | 'without', string> = { ours: '', theirs: '', revoked: '', without: '' };

const desk = () => story.signoff.desk;
const turns = () => story.rows<{ turn: number; line_id: string | null; free_from: string | null; returned_at: Date | null }>(
  `select turn, line_id, free_from, returned_at from number_tenures where brand = $1 and number_index = $2 order by turn`, [brand, desk().vault.blindIndex(brand, 'number', number)]);
/** A line of another subscriber with that number, as the owner of the database writes it. */
const giveOut = (ref: string) => story.rows(
  `insert into lines (id, brand, subscriber_id, kind, carrier, billing_ref, in_home_register, sealed, msisdn_index, currency)
   select gen_random_uuid(), brand, subscriber_id, 'physical-sim', 'simulated', $2, false, '', $3, currency from lines where brand = $1 and billing_ref = 'B-100190'`, [brand, ref, desk().vault.blindIndex(brand, 'number', number)]);
const ask = async (token: string | undefined, body: unknown, headers: Record<string, string> = {}) => {
  const { statusCode, headers: answered, payload } = await app.inject({
    method: 'POST', url: '/number-recycling/vwip/check', payload: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
  });
  return { status: statusCode, headers: answered, body: JSON.parse(payload) as Record<string, unknown> };
};
const since = async (day: string, token = tokens.ours) => {
  const { status, body } = await ask(token, { phoneNumber: number, specifiedDate: day });
  return status === 200 ? body['phoneNumberRecycled'] : `${status} ${String(body['code'])}`;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signoff-rnd-'));
  const change = (pack: Parameters<NonNullable<NonNullable<Parameters<typeof openStory>[0]>['change']>>[0]) => ({ ...pack, numbersOf: 'US' });
  story = await openStory({ change, brands: { [elsewhere]: (pack) => pack } });
  app = await openDoors(story.signoff, story.parts);
  for (const [name, of, scopes] of [['ours', brand, ['number-recycling:check']], ['revoked', brand, ['number-recycling:check']], ['theirs', elsewhere, ['number-recycling:check']]] as const) {
    const added = await addApiClient(desk().db, story.clock, { brand: of, name, scopes });
    if (added.ok) tokens[name] = added.value.token;
  }
  const without = await addApiClient(desk().db, story.clock, { brand, name: 'without', scopes: ['number-recycling:check'] });
  if (without.ok) tokens.without = without.value.token;
  await story.rows(`update api_clients set scopes = '{}' where name = 'without'`);
});
afterAll(async () => {
  await app?.close();
  await story?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('N4 the API answers its own clients, about their own numbers', () => {
  test('while its line lives, a number has not changed hands since it is on record; before that nobody here knows', async () => {
    expect([await since('2026-11-24'), await since('2026-11-01'), await since('2026-11-25')]).toEqual([false, '400 OUT_OF_RANGE', '400 OUT_OF_RANGE']);
  });

  test('without a token, with none of ours, with a revoked one: 401; without the scope: 403; nothing told apart by what was asked', async () => {
    expect((await apiClientOn(desk(), 'revoke', 'revoked', { brand })).out).toEqual(['revoked is revoked: its token opens nothing any more.']);
    for (const [route, { body }] of Object.entries(apiRows)) {
      const [method = '', url = ''] = route.split(' ');
      const sent = async (token?: string, payload: object = body) => {
        const answer = await app.inject({ method: method as 'POST', url, payload, headers: token === undefined ? {} : { authorization: token } });
        return [answer.statusCode, answer.payload] as const;
      };
      const unknown = [await sent(), await sent('Bearer nonsense'), await sent(`Basic ${tokens.ours}`), await sent(`Bearer signoff_${'A'.repeat(43)}`), await sent(`Bearer ${tokens.revoked}`), await sent(undefined, { x: 1 })];
      expect(new Set(unknown.map(([, payload]) => payload)).size).toBe(1);
      expect(unknown.map(([status]) => status)).toEqual(Array<number>(6).fill(401));
      expect((await sent(`Bearer ${tokens.without}`))[0]).toBe(403);
      expect((await sent(`Bearer ${tokens.ours}`))[0]).toBe(200);
    }
  });

  test('another brand’s number reads exactly as one that does not exist', async () => {
    const [only] = await story.rows<{ id: string }>(`select id from lines where brand = $1 and billing_ref = 'ultra-elsewhere-B-100190'`, [elsewhere]);
    expect(only).toBeDefined();
    await story.rows(`delete from number_tenures where brand = $1 and line_id = $2`, [elsewhere, only?.id]);
    const theirs = await ask(tokens.theirs, { phoneNumber: '+12025550190', specifiedDate: '2026-11-24' });
    const nobodys = await ask(tokens.theirs, { phoneNumber: '+12025550199', specifiedDate: '2026-11-24' });
    expect([theirs.status, theirs.body]).toEqual([404, { status: 404, code: 'IDENTIFIER_NOT_FOUND', message: 'Phone number not found.' }]);
    expect(theirs.body).toEqual(nobodys.body);
  });

  test('bad input is said as CAMARA says it, and what was sent is not repeated', async () => {
    const good = { phoneNumber: number, specifiedDate: '2026-11-24' };
    for (const [body, status, code] of [
      [{ specifiedDate: '2026-11-24' }, 422, 'MISSING_IDENTIFIER'], [{ ...good, phoneNumber: '2025550142' }, 400, 'INVALID_ARGUMENT'], [{ ...good, phoneNumber: 12 }, 400, 'INVALID_ARGUMENT'],
      [{ ...good, specifiedDate: '2026-02-30' }, 400, 'INVALID_ARGUMENT'], [{ ...good, specifiedDate: '24.11.2026' }, 400, 'INVALID_ARGUMENT'], [{ phoneNumber: number }, 400, 'INVALID_ARGUMENT'],
      ['{"phoneNumber":', 400, 'INVALID_ARGUMENT'], ['[]', 400, 'INVALID_ARGUMENT'], ['', 400, 'INVALID_ARGUMENT'], [`"${'x'.repeat(20_000)}"`, 413, 'INVALID_ARGUMENT'],
    ] as const) {
      const answer = await ask(tokens.ours, body);
      expect([body, answer.status, answer.body['code'], Object.keys(answer.body).toSorted(), answer.body['status']]).toEqual([body, status, code, ['code', 'message', 'status'], status]);
      expect(JSON.stringify(answer.body)).not.toMatch(/2025550142|24\.11/);
    }
    expect((await ask(tokens.ours, 'a=b', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415);
  });

  test('x-correlator comes back as it was, also with a no; one that is none is refused', async () => {
    const asked = (token: string | undefined, value: string) => ask(token, { phoneNumber: number, specifiedDate: '2026-11-24' }, { 'x-correlator': value });
    expect([(await asked(tokens.ours, 'b4333c46-49c0')).headers['x-correlator'], (await asked(undefined, 'b4333c46-49c0')).headers['x-correlator']]).toEqual(['b4333c46-49c0', 'b4333c46-49c0']);
    const bad = await asked(tokens.ours, 'a b');
    expect([bad.status, bad.body['code'], bad.headers['x-correlator']]).toEqual([400, 'INVALID_ARGUMENT', undefined]);
  });

  test('a client that asks too often waits, and no other with it', async () => {
    await story.rows(`insert into attempts (brand, bucket, key, weight, counted_at, not_before) select $1, 'api-client', $2, 400, $3, $3::timestamptz + interval '20 seconds'`,
      [elsewhere, desk().vault.mark('api client', (await story.rows<{ id: string }>(`select id from api_clients where name = 'theirs'`))[0]?.id ?? ''), story.clock.now()]
    ).catch(() => story.rows(`update attempts set weight = 400, not_before = $2::timestamptz + interval '20 seconds' where brand = $1 and bucket = 'api-client'`, [elsewhere, story.clock.now()]));
    const answer = await ask(tokens.theirs, { phoneNumber: number, specifiedDate: '2026-11-24' });
    expect([answer.status, answer.body['code'], Number(answer.headers['retry-after']) > 0]).toEqual([429, 'TOO_MANY_REQUESTS', true]);
    expect(await since('2026-11-24')).toBe(false);
  });

  test('tokens are kept as hashes, shown once, and listed without them', async () => {
    const added = await apiClientOn(desk(), 'add', 'a bank', { brand, scope: ['number-recycling:check'] });
    const token = added.out[1] ?? '';
    expect(token).toMatch(/^signoff_[\w-]{43}$/);
    expect(JSON.stringify(await story.rows('select name, scopes, token_hash::text, brand from api_clients'))).not.toContain(token);
    expect((await apiClientOn(desk(), 'list', '', { brand })).out.join('\n')).toMatch(/a bank +living +number-recycling:check\n(.*\n)*revoked +revoked 2026-11-24/);
    expect((await apiClientOn(desk(), 'add', 'a bank', { brand, scope: ['number-recycling:check'] })).says).toContain('already');
    expect((await apiClientOn(desk(), 'add', 'x', { brand, scope: ['everything'] })).says).toContain('There is no scope everything');
    expect((await apiClientOn(desk(), 'add', 'x', { brand: 'nobody', scope: [] })).says).toContain('--brand');
    expect((await apiClientOn(desk(), 'revoke', 'x', { brand })).says).toContain('no living client');
  });
});

describe('N4 a number from one holder to the next', () => {
  test('a withdrawn cancellation leaves its number where it is: nothing rests before the point of no return', async () => {
    const owner = await applicantOf(story, 'B-100178');
    const application = await apply(story, owner);
    expect((await withdraw(desk(), owner.who, application)).ok).toBe(true);
    expect(await story.rows(`select 1 from number_tenures where line_id = $1 and disconnected_at is not null`, [owner.lineId])).toEqual([]);
  });

  test('UP9 with the end of its line it rests, for the days of policy and both laws, sealed under the operator’s own key', async () => {
    const owner = await applicantOf(story, 'B-100142');
    const application = await applyAndApprove(story, owner);
    await comesTo(story, application, 'recoverable');
    await story.pass(days(8));
    await comesTo(story, application, 'cancelled');
    const listed = await numbersOn(desk(), 'list', '', { brand });
    expect(listed.lines).toEqual([expect.stringMatching(/^ultra-purple +\+12025550142 +resting +esim +off 2026-12-02, free from 2027-03-02, back by 2027-03-02, given out 1×$/), '1 number']);
    await desk().db.inBrand(brand, (tx) => desk().vault.destroyKeys(tx, [owner.who.subscriberId]));
    expect((await numbersOn(desk(), 'list', '', { brand })).lines).toEqual(listed.lines);
    expect(JSON.stringify(await story.rows('select * from number_tenures'))).not.toContain('2025550142');
    expect([await since('2026-11-24'), await since('2026-12-02')]).toEqual([true, true]);
  });

  test('nobody gets it before its day: not by a line, not by hand, not by the owner of the database', async () => {
    await expect(giveOut('B-9')).rejects.toThrow(/number_rests_until_returned/);
    const key = [brand, desk().vault.blindIndex(brand, 'number', number)];
    await expect(story.rows(`update number_tenures set returned_at = free_at - interval '1 second' where brand = $1 and number_index = $2`, key)).rejects.toThrow(/number_returns_on_its_day/);
    await expect(story.rows(`insert into number_tenures (brand, number_index, turn, previous_turn, kind, assigned_at, previous_returned_at) values ($1, $2, 2, 1, 'esim', now(), now())`, key)).rejects.toThrow(/number_comes_from_the_pool/);
    await expect(story.rows(`insert into number_tenures (brand, number_index, turn, previous_turn, kind, assigned_at) values ($1, $2, 2, 1, 'esim', now())`, key)).rejects.toThrow(/number_rests_until_returned/);
    await expect(story.rows(`insert into number_tenures (brand, number_index, turn, kind, assigned_at, previous_returned_at) values ($1, $2, 2, 'esim', now(), now())`, key)).rejects.toThrow(/number_turns_follow/);
    await expect(story.rows(`insert into number_tenures (brand, number_index, turn, kind, assigned_at) values ($1, $2, 1, 'esim', now())`, key)).rejects.toThrow(/number_tenures_pkey/);
    for (const what of ['return', 'assign'] as const) {
      expect(await numbersOn(desk(), what, number, { brand })).toEqual({ status: 1, lines: [`${number} rests: nobody else may get it before 2027-03-02.`] });
      expect((await numbersOn(desk(), what, number, {})).lines[0]).toContain('Say which with --brand');
    }
    expect(await returnNumbers(story.signoff.execution)).toBe(0);
  });

  test('recalled while it rests it is with whoever had it, as if nothing had been; then it rests again', async () => {
    const before = await story.rows<object>(`select disconnected_at, free_from, free_at, return_by, number_sealed, numbers_of, line_id, cancellation_id from number_tenures where disconnected_at is not null and brand = $1`, [brand]);
    expect((await numbersOn(desk(), 'recall', number, { brand })).lines).toEqual([`${number} is with whoever had it, as if it had not been disconnected.`]);
    expect([await since('2026-11-24'), (await numbersOn(desk(), 'list', '', { brand })).lines]).toEqual([false, ['No number rests or is free.']]);
    expect((await numbersOn(desk(), 'recall', number, { brand })).lines[0]).toContain('given out');
    await giveOut('B-10');
    expect((await turns()).map(({ turn, line_id }) => [turn, line_id !== null])).toEqual([[1, true]]);
    await story.rows(`delete from lines where billing_ref = 'B-10'`);
    const [row] = before as Record<string, unknown>[];
    await story.rows(`update number_tenures set disconnected_at = $3, free_from = $4, free_at = $5, return_by = $6, number_sealed = $7, numbers_of = $8, cancellation_id = $9 where brand = $1 and number_index = $2`,
      [brand, desk().vault.blindIndex(brand, 'number', number), row?.['disconnected_at'], row?.['free_from'], row?.['free_at'], row?.['return_by'], row?.['number_sealed'], row?.['numbers_of'], row?.['cancellation_id']]);
  });

  test('N4 the monthly US file: numbers of US plans alone, the same each time, for its owner’s eyes; and a clear word where there is none', async () => {
    const file = join(folder, 'rnd.csv');
    const rnd = (month: string, company?: string) => numbersOn(desk(), 'rnd', '', { month, out: file }, company);
    for (const [month, company, says] of [['2026-13', 'ULTRA1', 'is no month'], ['2026-12', 'ULTRA1', 'is not over: it ends at 2027-01-01T05:00:00.000Z (midnight in America/New_York)'], ['2026-11', undefined, 'SIGNOFF_RND_COMPANY'], ['2026-11', 'A,B', 'no Company ID']] as const)
      expect(await rnd(month, company)).toMatchObject({ status: 1, lines: [expect.stringContaining(says)] });
    await story.pass(days(31));
    expect((await rnd('2026-10', 'ULTRA1')).lines).toEqual(['No number was disconnected for good in 2026-10. There is no file; say so at reassigned.us by the 15th.']);
    // What was disconnected under a policy that names no such plan is not reported.
    await story.rows(`insert into number_tenures (brand, number_index, turn, kind, assigned_at, disconnected_at, free_from, free_at, numbers_of, number_sealed)
      select brand, '\\x01', 1, kind, assigned_at, disconnected_at, free_from, free_at, null, null from number_tenures where brand = $1 and disconnected_at is not null`, [brand]);
    for (let again = 0; again < 2; again += 1) {
      expect((await rnd('2026-12', 'ULTRA1')).lines).toEqual([`${file}: 1 number disconnected for good in 2026-12; due at reassigned.us by 2027-01-15.`]);
      expect(await readFile(file, 'utf8')).toBe('CompanyID,TN,DisconnectDate\nULTRA1,2025550142,2026-12-01\n');
      expect((await stat(file)).mode & 0o777).toBe(0o600);
    }
    expect(await story.rows(`select month, made_at is not null as made from disconnect_files order by month`)).toEqual([{ month: '2026-10', made: true }, { month: '2026-12', made: true }]);
  });

  test('on its day it goes back to the pool by itself, and only then to the next', async () => {
    await story.pass(days(70));
    expect((await numbersOn(desk(), 'list', '', { brand, standing: 'overdue' })).lines).toHaveLength(2);
    expect((await numbersOn(desk(), 'assign', number, { brand })).lines[0]).toContain('signoff numbers return');
    expect(await returnNumbers(story.signoff.execution)).toBe(2);
    expect(await returnNumbers(story.signoff.execution)).toBe(0);
    expect((await numbersOn(desk(), 'return', number, { brand })).lines[0]).toContain('back in the pool already');
    expect((await numbersOn(desk(), 'list', '', { brand, standing: 'free' })).lines[0]).toMatch(/\+12025550142 +free/);
    expect((await numbersOn(desk(), 'assign', number, { brand })).status).toBe(0);
    await giveOut('B-11');
    expect((await turns()).map(({ turn, line_id, returned_at }) => [turn, line_id !== null, returned_at !== null])).toEqual([[1, false, true], [2, true, false]]);
    const today = new Date(story.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    expect([await since('2026-11-24'), await since('2020-01-01'), await since(today)]).toEqual([true, true, false]);
    expect((await numbersOn(desk(), 'show', number, { brand })).lines.map((line) => line.replace(/\s+/g, ' ').trim().slice(0, 14))).toEqual(['+12025550142, ', '1. free physic', '2. assigned ph']);
    expect(JSON.stringify((await numbersOn(desk(), 'show', number, { brand, json: true })).lines)).not.toMatch(/subscriber|林晓雨|lineId|sealed/);
    expect((await numbersOn(desk(), 'show', '+12025550777', {})).lines[0]).toContain('was never a number of any brand here');
    expect((await numbersOn(desk(), 'show', '2025550142', {})).lines[0]).toContain('Write it as +12025550142');
    expect((await numbersOn(desk(), 'list', '', { standing: 'lost' })).lines[0]).toContain('there are: resting, due, overdue, free');
  });
});
