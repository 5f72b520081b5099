import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { decodeBilledLine, decodeSettlement } from '../../src/connectors/billing-http/codec.ts';
import { decodeCancelOrder, decodeStatus, encodeCancelOrder, encodeStatus, iccidFromWire, iccidToWire, maxBody } from '../../src/connectors/es2plus/codec.ts';
import { statusCodes } from '../../src/connectors/es2plus/status-codes.ts';
import { outcomeOfStatus } from '../../src/connectors/http-exchange.ts';
import { decodeProblem } from '../../src/connectors/http-outcome.ts';
import { fuzzRuns } from './fuzz.ts';
import { transcript } from './connectors-transcripts.ts';

const runs = fuzzRuns(1_000);
vi.setConfig({ testTimeout: 90_000 + 20 * runs.numRuns });

describe('ES2+', () => {
  const recorded = transcript('es2plus.txt');
  test('requests are encoded to the letter and read back', () => {
    for (const { line } of recorded.filter(({ side }) => side === '>')) {
      const request = decodeCancelOrder(line);
      expect(request.ok && encodeCancelOrder(request.value)).toBe(line);
    }
  });

  test('replies are read', () => {
    expect(recorded.filter(({ side }) => side === '<').map(({ line }) => decodeStatus(line))).toEqual([
      { status: 'Executed-Success' }, { status: 'Executed-WithWarning' }, { status: 'Failed', code: '8.2.1/3.9' }, { status: 'Failed', code: '8.2.1/3.3' }, { status: 'Expired' },
    ].map((value) => ({ ok: true, value })));
    expect(decodeStatus(encodeStatus({ status: 'Failed', code: '8.1.1/3.10' }))).toEqual({ ok: true, value: { status: 'Failed', code: '8.1.1/3.10' } });
    expect(statusCodes['8.2.1/3.3']).toMatchObject({ kind: 'already-on-device' });
  });

  test.each([
    ['', 'not JSON'], ['{', 'not JSON'], ['null', 'body: invalid_type'], ['{}', 'header: invalid_type'],
    ['{"header":{"functionExecutionStatus":{"status":"Perhaps"}}}', 'header.functionExecutionStatus.status: invalid_value'],
    ['{"header":{"functionExecutionStatus":{"status":"Failed","statusCodeData":{"subjectCode":8}}}}', 'header.functionExecutionStatus.statusCodeData.subjectCode: invalid_type'],
    [' '.repeat(maxBody + 1), `longer than ${maxBody} bytes`],
  ])('%j is none', (body, says) => {
    expect(decodeStatus(body)).toEqual({ ok: false, why: { kind: 'not-es2plus', says } });
  });

  test('what is wrong in a body is said without what stands there', () => {
    const wrong = decodeCancelOrder('{"header":{"functionRequesterIdentifier":"a","functionCallIdentifier":"b"},"iccid":"89882110000000000xx","finalProfileStatusIndicator":"Unavailable"}');
    expect(JSON.stringify(wrong)).not.toContain('8988211');
  });

  test('an ICCID of 19 digits is padded on the wire alone', () => {
    expect(['898821100000000001', '8988211000000000018', '89000000000000001010'].map(iccidToWire)).toEqual(['898821100000000001', '8988211000000000018F', '89000000000000001010']);
    expect(['8988211000000000018F', '8988211000000000018f', '89000000000000001010'].map(iccidFromWire)).toEqual(['8988211000000000018', '8988211000000000018', '89000000000000001010']);
  });

  test('anything at all is decoded or refused', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (body) => void [decodeStatus(body), decodeCancelOrder(body), decodeBilledLine(body), decodeProblem(body), decodeSettlement(body)]), runs);
  });
});

describe('billing', () => {
  test('a line is read; amounts are whole and not negative', () => {
    expect(decodeBilledLine('{"ref":"line-1","status":"stopped","stoppedAt":"2026-12-03T12:00:00+08:00","owedMinor":0,"creditMinor":1,"currency":"CNY","more":1}')).toEqual({ ok: true, value: { ref: 'line-1', status: 'stopped', stoppedAt: '2026-12-03T12:00:00+08:00', owedMinor: 0, creditMinor: 1, currency: 'CNY' } });
    for (const wrong of ['"owedMinor":-1', '"owedMinor":0.5', '"owedMinor":"0"', '"owedMinor":1e300']) {
      expect(decodeBilledLine(`{"ref":"line-1","status":"active",${wrong},"creditMinor":0,"currency":"CNY"}`).ok).toBe(false);
    }
  });
});

test('a status is a no, a not now, or a nobody knows', () => {
  expect([301, 400, 403, 404, 409, 408, 429, 500, 502, 503, 100, 204].map((status) => outcomeOfStatus(status).kind)).toEqual([
    'refused', 'refused', 'refused', 'refused', 'refused', 'unreachable', 'unreachable', 'unknown', 'unknown', 'unknown', 'unknown', 'unknown',
  ]);
});
