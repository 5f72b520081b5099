/** ES2+ beside its transcripts: every way in which an SM-DP+ can answer, what it reports by itself, and any input at all. */
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fuzzRuns } from './fuzz.ts';
import { decodeCancelOrder, decodeStatus, isJson, maxBody, speaksOurVersion } from '../../src/connectors/es2plus/codec.ts';
import { es2plus } from '../../src/connectors/es2plus/esim-platform.ts';
import { readPoints, usualPoints } from '../../src/connectors/es2plus/notification-points.ts';
import { decodeProgress, encodeProgress } from '../../src/connectors/es2plus/progress.ts';
import { makeCertificates } from '../../src/simulator/certificates.ts';
import { transcript } from './connectors-transcripts.ts';

const certificates = makeCertificates();
const timeoutMs = 400;
type Answering = (asked: IncomingMessage & { readonly body: string }, reply: ServerResponse) => void;
let server: Server;
let platform: ReturnType<typeof es2plus>;
let answering: Answering = (_, reply) => void reply.end();
const asked: { readonly headers: IncomingMessage['headers']; readonly body: string }[] = [];

beforeAll(async () => {
  server = createServer({ ca: certificates.ca, ...certificates.server, requestCert: true, rejectUnauthorized: true }, (request, reply) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const whole = Object.assign(request, { body: Buffer.concat(chunks).toString() });
      asked.push({ headers: whole.headers, body: whole.body });
      answering(whole, reply);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  platform = es2plus({ url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, tls: { ca: certificates.ca, ...certificates.client }, functionRequesterIdentifier: '1.3.6.1.4.1.99999.1', timeoutMs });
});
afterAll(async () => {
  await platform.close();
  server.closeAllConnections();
  server.close();
});

const headers = { 'content-type': 'application/json', 'x-admin-protocol': 'gsma/rsp/v2.5.0' };
const answers = (status: number, body: string, different: Record<string, string | undefined> = {}): Answering => (_, reply) => {
  const all = Object.entries({ ...headers, ...different }).filter(([, value]) => value !== undefined);
  reply.writeHead(status, Object.fromEntries(all) as Record<string, string>).end(body);
};
const executed = (status: string, code?: string): string => {
  const [subjectCode, reasonCode] = code?.split('/') ?? [];
  return JSON.stringify({ header: { functionExecutionStatus: { status, ...(code === undefined ? {} : { statusCodeData: { subjectCode, reasonCode, message: 'ICCID 8988211000000000018 of Lin' } }) } } });
};
const order = { iccid: '8988211000000000018', eid: '89049032123451234512345678901235', matchingId: 'MATCH-1' };
const cancel = (how: Answering, key = 'key-1') => {
  answering = how;
  return platform.cancelOrder(order, { key, signal: AbortSignal.timeout(5000) });
};

describe('how an SM-DP+ answers, and what it means', () => {
  test('a business failure is HTTP 200: done only where the status says executed; codes are put into words, and its own words kept nowhere', async () => {
    const outcomes: unknown[] = [];
    for (const [status, code] of [
      ['Executed-Success', undefined], ['Executed-WithWarning', '8.2.1/4.3'], ['Failed', '8.2.1/3.9'], ['Failed', '8.1.1/2.2'], ['Failed', '8.2.1/3.3'], ['Failed', '8.8/5.1'], ['Failed', '9.9/77'], ['Failed', undefined], ['Expired', '1.6/6.3'],
    ] as const) outcomes.push(await cancel(answers(200, executed(status, code))));
    expect(outcomes).toEqual([
      { kind: 'done', fact: 'order-cancelled' },
      { kind: 'done', fact: 'order-cancelled', says: 'Executed with a warning 8.2.1/4.3. Subject 8.2.1: the ICCID. Reason 4.3: stopped on a warning.' },
      { kind: 'refused', code: '8.2.1/3.9', says: 'The SM-DP+ does not know this ICCID.' },
      { kind: 'refused', code: '8.1.1/2.2', says: 'The order is linked to an EID, and none was given.' },
      { kind: 'done', fact: 'already-on-device', says: '8.2.1/3.3. The profile was downloaded already.' },
      { kind: 'refused', code: '8.8/5.1', says: 'Subject 8.8: the SM-DP+. Reason 5.1: inaccessible.' },
      { kind: 'refused', code: '9.9/77', says: 'Subject 9.9: not in the specification. Reason 77: not in the specification.' },
      { kind: 'refused', code: 'failed', says: 'The SM-DP+ gave no code.' },
      { kind: 'refused', code: 'expired', says: 'The SM-DP+ did not execute the call in its validity period. Subject 1.6: the function. Reason 6.3: expired.' },
    ]);
    expect(JSON.stringify(outcomes)).not.toMatch(/8988211|Lin/);
  });

  test.each([
    ['no JSON', answers(200, '<html>'), 'unknown', 'not JSON'],
    ['nothing', answers(200, ''), 'unknown', 'not JSON'],
    ['another type', answers(200, executed('Executed-Success'), { 'content-type': 'text/html' }), 'unknown', 'text/html, not JSON'],
    ['no type', answers(200, executed('Executed-Success'), { 'content-type': undefined }), 'unknown', 'without a content type'],
    ['another version', answers(200, executed('Executed-Success'), { 'x-admin-protocol': 'gsma/rsp/v3.0.0' }), 'unknown', 'another version'],
    ['success without a version, as some servers answer', answers(200, executed('Executed-Perhaps'), { 'x-admin-protocol': undefined }), 'unknown', 'invalid_value'],
    ['a no of another version', answers(400, '', { 'x-admin-protocol': 'gsma/rsp/v3.0.0' }), 'refused', 'another version'],
    ['a status never seen', answers(200, executed('Executed-Perhaps')), 'unknown', 'header.functionExecutionStatus.status: invalid_value'],
    ['codes that are none', answers(200, executed('Failed', 'Lin/8988211')), 'unknown', 'statusCodeData.subjectCode: invalid_format'],
    ['ten million octets', answers(200, ' '.repeat(10_000_000)), 'unknown', `longer than ${maxBody} bytes`],
    ['HTTP 500', answers(500, executed('Executed-Success')), 'unknown', 'HTTP 500'],
    ['HTTP 204', answers(204, ''), 'unknown', 'HTTP 204'],
    ['HTTP 403', answers(403, executed('Executed-Success')), 'refused', 'HTTP 403'],
    ['another place', answers(302, '', { location: 'https://elsewhere.example/' }), 'refused', 'redirects are not followed'],
    ['nothing in time', () => undefined, 'unknown', `no answer within ${timeoutMs} ms`],
    ['half of it', ((_, reply) => { reply.writeHead(200, { ...headers, 'content-length': '500' }).write('{'); setTimeout(() => reply.destroy(), 20); }) as Answering, 'unknown', 'broke off'],
  ])('%s is never taken for done', async (_, how, kind, says) => {
    expect(await cancel(how as Answering)).toMatchObject({ kind, says: expect.stringContaining(says as string) });
  });

  test('the same intent is the same functionCallIdentifier, to the octet; EID and matching id go with it', async () => {
    const from = asked.length;
    await cancel((_, reply) => void reply.destroy(), 'case-7:cancel-esim-order');
    await cancel(answers(200, executed('Executed-Success')), 'case-7:cancel-esim-order');
    const [first, again] = asked.slice(from);
    expect(again?.body).toBe(first?.body);
    expect(JSON.parse(first?.body ?? '')).toEqual({
      header: { functionRequesterIdentifier: '1.3.6.1.4.1.99999.1', functionCallIdentifier: 'case-7:cancel-esim-order' }, iccid: '8988211000000000018F', eid: order.eid, matchingId: 'MATCH-1', finalProfileStatusIndicator: 'Unavailable',
    });
    expect(first?.headers).toMatchObject(headers);
  });
});

describe('what the SM-DP+ reports by itself', () => {
  const recorded = transcript('es2plus.txt').filter(({ side }) => side === '!').map(({ line }) => line);

  test('is read and written to the letter', () => {
    expect(recorded).toHaveLength(3);
    for (const line of recorded) {
      const read = decodeProgress(line);
      expect(read.ok && encodeProgress(read.value)).toBe(line);
    }
    expect(decodeProgress(recorded[0] ?? '')).toMatchObject({ ok: true, value: { iccid: '8988211000000000018', notificationPointId: 4 } });
  });

  test.each(['header', 'iccid', 'profileType', 'timestamp', 'notificationPointId', 'notificationPointStatus'])('without %s it is none, and says so without what stands there', (field) => {
    const { [field]: _, ...rest } = JSON.parse(recorded[0] ?? '') as Record<string, unknown>;
    expect(decodeProgress(JSON.stringify(rest))).toEqual({ ok: false, why: { kind: 'not-es2plus', says: `${field}: invalid_type` } });
  });

  test.each([['iccid', '89X'], ['timestamp', 'yesterday'], ['timestamp', '2026-13-41T00:00:00Z'], ['notificationPointId', '5'], ['notificationPointId', -1], ['notificationPointId', 1.5], ['notificationPointStatus', { status: 'Fine' }], ['header', { functionCallIdentifier: 'x' }], ['eid', '12']])('%s: %j is wrong', (field, value) => {
    const wrong = decodeProgress(JSON.stringify({ ...JSON.parse(recorded[0] ?? '') as object, [field]: value }));
    expect(wrong).toMatchObject({ ok: false, why: { says: expect.stringMatching(new RegExp(`^${field}`)) } });
  });

  test('the meaning of its points is data', () => {
    expect(readPoints('')).toEqual({ ok: true, value: usualPoints });
    expect(readPoints('5=disabled, 201=deleted')).toEqual({ ok: true, value: { ...usualPoints, 5: 'disabled', 201: 'deleted' } });
    for (const wrong of ['5', '5=gone', 'x=deleted', '=deleted']) expect(readPoints(`4=installed,${wrong}`)).toEqual({ ok: false, why: wrong });
  });
});

test('versions and content types', () => {
  expect(['gsma/rsp/v2.5.0', 'gsma/rsp/v2.2.1', 'gsma/rsp/v3.1.0', 'gsma/rsp/v25.0.0', 'v2.5.0', ''].map(speaksOurVersion)).toEqual([true, true, false, false, false, false]);
  expect(['application/json', 'Application/JSON; charset=utf-8', 'application/jsonp', 'text/json', undefined].map(isJson)).toEqual([true, true, false, false, false]);
});

const { numRuns } = fuzzRuns(2_000);

test(`any input at all is decoded or refused with a reason: ${numRuns} inputs`, () => {
  const samples = transcript('es2plus.txt').map(({ line }) => line);
  /** A true message with a piece of it taken out, doubled, or written over: what comes near enough to be taken for one. */
  const bent = fc.tuple(fc.constantFrom(...samples), fc.nat(), fc.nat(40), fc.oneof(fc.string(), fc.json(), fc.constant('')), fc.boolean())
    .map(([line, at, length, put, twice]) => { const place = at % (line.length + 1); return `${line.slice(0, place)}${twice ? line.slice(place, place + length) : ''}${put}${line.slice(place + (twice ? 0 : length))}`; });
  const fields = fc.record({ header: fc.anything(), iccid: fc.anything(), profileType: fc.anything(), timestamp: fc.anything(), notificationPointId: fc.anything(), notificationPointStatus: fc.anything() }, { requiredKeys: [] }).map((value) => JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? String(one) : one)));
  fc.assert(fc.property(fc.oneof(bent, fields, fc.string({ unit: 'binary' }), fc.json()), (body) => {
    for (const result of [decodeProgress(body), decodeCancelOrder(body), decodeStatus(body)]) {
      if (result.ok) continue;
      expect(result.why.says.length).toBeGreaterThan(0);
      expect(result.why.says).not.toMatch(/\d{6}/); // never what stands there
    }
  }), { numRuns });
}, 600_000);
