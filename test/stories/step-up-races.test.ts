/** A code for one application, pressed many times at once. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applicationNumber } from '../../src/cancellation/identifiers/application-number.ts';
import { subscriberOf, startSession } from '../../src/identity/sessions.ts';
import { proveForCase, requestStepUp } from '../../src/identity/step-up.ts';
import { countTry } from '../../src/identity/throttle.ts';
import { freshProofs } from '../../src/store/proofs.ts';
import { setting, type Setting } from './identity-setting.ts';

const brand = 'violet';
let desk: Setting;
beforeAll(async () => {
  desk = await setting();
});
afterAll(() => desk?.end());

test('UU4 six at once, again and again: each is answered with a session, one is left, and it alone holds the proof', async () => {
  for (let round = 0; round < 12; round++) {
    const subscriberId = await desk.subscriber(brand);
    const caseId = await desk.caseOf(brand, subscriberId, applicationNumber(Buffer.from(`heron-${String(round).padStart(2, '0')}`)));
    const before = await desk.db.inBrand(brand, (tx) => startSession(tx, desk.clock.now(), { brand, kind: 'subscriber', ownerId: subscriberId }));
    const from = `203.0.113.${round + 1}`;
    const asked = await requestStepUp(desk.db, desk.vault, desk.clock, { brand, subscriberId, caseId, channel: 'e-mail', from }, desk.tell);
    const code = desk.told.at(-1)?.code ?? '';
    if (!asked.ok) throw new Error(asked.why.kind);
    const press = () => proveForCase(desk.db, desk.vault, desk.clock, { brand, subscriberId, sessionId: before.sessionId, caseId, codeId: asked.value.codeId, code, from });
    const all = await Promise.all(Array.from({ length: 6 }, press));
    expect(all.map((one) => (one.ok ? 'proven' : one.why.kind))).toEqual(Array(6).fill('proven'));
    const alive = await Promise.all(all.map(async (one) => one.ok && (await subscriberOf(desk.db, brand, one.value.token, desk.clock.now())).ok));
    expect(alive.filter(Boolean)).toHaveLength(1);
    const held = await Promise.all(all.map((one) => desk.db.inBrand(brand, (tx) => freshProofs(tx, caseId, one.ok ? one.value.sessionId : '', desk.clock.now()))));
    expect(held.map(({ size }) => size === 1)).toEqual(alive);
    // A moment later the code is over, from this session too, and the old session has ended.
    desk.pass(61);
    expect(await press()).toEqual({ ok: false, why: { kind: 'code-over' } });
    expect((await subscriberOf(desk.db, brand, before.token, desk.clock.now())).ok).toBe(false);
  }
});

test('UU4 of two at the same moment, the one whose clock was read first is not told to wait; past the free tries both are', async () => {
  const now = desk.clock.now();
  const earlier = new Date(now.getTime() - 5);
  const tries = async (at: Date) => desk.db.inBrand(brand, (tx) => countTry(tx, brand, at, [{ bucket: 'question', key: Buffer.from('same moment') }]));
  expect([(await tries(now)).ok, (await tries(earlier)).ok, (await tries(now)).ok]).toEqual([true, true, true]);
  expect((await tries(now)).ok).toBe(true); // the fourth sets the wait
  expect(await tries(earlier)).toMatchObject({ ok: false, why: { kind: 'wait' } });
});
