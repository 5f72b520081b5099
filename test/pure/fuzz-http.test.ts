/** Replies of HTTP peers, near the truth and far from it: each is an outcome with its reason, and done only where the interface says exactly that. */
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { billedLine, decodeBilledLine, decodeSettlement } from '../../src/connectors/billing-http/codec.ts';
import { outcomeOfReply } from '../../src/connectors/http-outcome.ts';
import { parseJson } from '../../src/connectors/json-body.ts';
import { decodeService, decodeServices } from '../../src/connectors/linked-services-http/codec.ts';
import { decodeOrder, decodeRefund, refund } from '../../src/connectors/payouts-http/codec.ts';
import { fuzzRuns } from './fuzz.ts';

const runs = fuzzRuns(1_000);
vi.setConfig({ testTimeout: 90_000 + 20 * runs.numRuns });
const scalar = fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.integer(), fc.double(), fc.boolean(), fc.constant(null), fc.constantFrom('active', 'stopped', 'ended', 'sent', 'done', 'failed', 'CNY', '2026-12-03T12:00:00Z', 0, 1_200, -1, 2 ** 53, 1e300));
const usual: Readonly<Record<string, unknown>> = { ref: 'B-1', status: 'active', stoppedAt: '2026-12-03T12:00:00Z', endedAt: '2026-12-03T12:00:00Z', owedMinor: 0, creditMinor: 1, currency: 'CNY', service: 'music', payment: 'p', amountMinor: 5, title: 'No.', code: 'not-allowed', services: [{ service: 'music', status: 'active' }] };
/** A body as it should be, with a few fields gone, changed or put in. */
const near = fc.tuple(fc.constantFrom('active', 'stopped', 'ended', 'sent', 'done', 'failed'), fc.dictionary(fc.oneof(fc.constantFrom(...Object.keys(usual), '__proto__', 'constructor'), fc.string()), fc.oneof(scalar, fc.json().map((text) => JSON.parse(text) as unknown)), { maxKeys: 4 }), fc.subarray(Object.keys(usual)))
  .map(([status, changed, gone]) => JSON.stringify({ ...usual, status, ...changed, ...Object.fromEntries(gone.slice(0, 2).map((key) => [key, undefined])) }));
const cut = fc.tuple(near, fc.nat(400)).map(([text, length]) => text.slice(0, length));
/** Now and then nothing is changed, so that some are done: seldom enough that the rest is tried, often enough that it can't be none. */
const asItShouldBe = fc.constantFrom('active', 'stopped', 'ended', 'sent', 'done', 'failed').map((status) => JSON.stringify({ ...usual, status, ...(status === 'active' ? { stoppedAt: undefined, endedAt: undefined } : {}) }));
const body = fc.oneof({ weight: 3, arbitrary: asItShouldBe }, ...[near, near, cut, fc.json(), fc.string({ unit: 'binary' }), fc.nat(40_000).map((depth) => '['.repeat(depth))].map((arbitrary) => ({ weight: 1, arbitrary })));
const unfit = fc.option(fc.constant('text/html, not JSON'), { nil: undefined, freq: 4 });

const decoders = { billing: decodeBilledLine, 'a refund': decodeRefund, 'a service': decodeService, services: decodeServices } as const;

describe('a reply', () => {
  test.each(Object.entries(decoders))(`as %s is an outcome: ${runs.numRuns} replies`, (_, decode) => {
    let done = 0;
    fc.assert(fc.property(fc.oneof({ weight: 3, arbitrary: fc.constant(200) }, { weight: 1, arbitrary: fc.integer({ min: 100, max: 999 }) }), body, unfit, (status, text, reason) => {
      const outcome = outcomeOfReply<unknown>({ status, headers: {}, body: text, ...(reason === undefined ? {} : { unfit: reason }) }, decode);
      if (outcome.kind !== 'done') {
        expect(outcome.says.length).toBeGreaterThan(0);
        expect(outcome.says).toMatch(/^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]{1,320}$/);
        if (outcome.kind === 'refused') expect([outcome.code, status >= 300 && status < 500]).toEqual([expect.stringMatching(/^[a-z0-9-]{1,64}$/), true]);
        return;
      }
      done += 1;
      expect([status, reason]).toEqual([200, undefined]);
      expect(outcome.fact).toEqual(expect.objectContaining({}));
    }), runs);
    // Were none ever done, nothing would have been tried.
    expect(done).toBeGreaterThan(0);
  });

  test('what is taken is what its schema says, and nothing that came besides', () => {
    fc.assert(fc.property(near, (text) => {
      const [line, back] = [decodeBilledLine(text), decodeRefund(text)];
      if (line.ok) expect([billedLine.safeParse(line.value).success, Object.keys(line.value).every((key) => ['ref', 'status', 'stoppedAt', 'owedMinor', 'creditMinor', 'currency'].includes(key))]).toEqual([true, true]);
      if (back.ok) expect(refund.safeParse(back.value).success).toBe(true);
      for (const decoded of [decodeSettlement(text), decodeOrder(text)]) if (!decoded.ok) expect(decoded.why.says.length).toBeGreaterThan(0);
    }), runs);
  });

  test('JSON is bounded in depth and size, whatever stands in its texts', () => {
    expect(parseJson(`${'['.repeat(16)}${']'.repeat(16)}`, 100)).toMatchObject({ ok: true });
    expect(parseJson(`${'['.repeat(17)}${']'.repeat(17)}`, 100)).toEqual({ ok: false, why: 'deeper than 16' });
    expect(parseJson(JSON.stringify({ a: '[[[[[[[[[[[[[[[[[[[[[[{"\\' }), 100)).toMatchObject({ ok: true });
    expect(parseJson(`"${'é'.repeat(60)}"`, 100)).toEqual({ ok: false, why: 'longer than 100 bytes' });
    const depthOf = (value: unknown): number => (typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0);
    fc.assert(fc.property(fc.json({ maxDepth: 6 }), (text) => {
      expect(parseJson(text, 1_000_000).ok).toBe(depthOf(JSON.parse(text)) <= 16);
    }), runs);
  });
});
