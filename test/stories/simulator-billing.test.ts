import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { billingHttp } from '../../src/connectors/billing-http/billing.ts';
import { call, carrierSeed, noon, openSetting, timeoutMs, type Setting } from './simulator-setting.ts';

let setting: Setting;
let billing: ReturnType<Setting['connect']>['billing'];
beforeAll(async () => {
  setting = await openSetting();
  billing = setting.connect().billing;
});
afterEach(async () => {
  await setting.simulator.clearFaults();
  await setting.simulator.seed(carrierSeed);
});
afterAll(() => setting.end());

const settlement = { collectMinor: 1_200, offsetMinor: 0, refundMinor: 4_000, forfeitMinor: 1_000, currency: 'CNY' };
const fresh = { status: 'active', owedMinor: 1_200, creditMinor: 5_000, currency: 'CNY' };
const settled = { ...fresh, owedMinor: 0, creditMinor: 0 };
const effects = (): string[] => setting.simulator.effects().filter((one) => one.system === 'billing').map((one) => `${one.effect} ${one.subject}`);

describe('a line in billing', () => {
  test('is read, settled with the amounts that were shown, and stopped', async () => {
    expect(await billing.read('line-1', call())).toEqual({ kind: 'done', fact: fresh });
    expect(await billing.settle('line-1', settlement, call())).toEqual({ kind: 'done', fact: settled });
    expect(await billing.stop('line-1', call())).toEqual({ kind: 'done', fact: { ...settled, status: 'stopped', stoppedAt: noon.toISOString() } });
    expect(effects()).toEqual(['settled line-1', 'stopped line-1']);
  });

  test('EC12 is frozen for what is named, as often as it is told; then nothing of that arises, and what was owed is settled all the same', async () => {
    expect(await billing.freeze('line-1', ['purchases'], call())).toEqual({ kind: 'done', fact: { ...fresh, purchasesFrozen: true } });
    expect(await billing.freeze('line-1', ['charges', 'purchases'], call('f-1'))).toEqual({ kind: 'done', fact: { ...fresh, chargesFrozen: true, purchasesFrozen: true } });
    expect(await billing.freeze('line-1', ['charges', 'purchases'], call('f-1'))).toMatchObject({ kind: 'done' });
    const { url, token } = setting.simulator.endpoints.billing;
    const arises = async (what: string): Promise<number> => (await fetch(`${url}/v1/lines/line-1/${what}`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: '{"amountMinor":300}' })).status;
    expect([await arises('charges'), await arises('purchases')]).toEqual([409, 409]);
    expect(await billing.settle('line-1', settlement, call())).toMatchObject({ kind: 'done', fact: { owedMinor: 0, creditMinor: 0, chargesFrozen: true } });
    expect(await billing.unfreeze('line-1', call())).toEqual({ kind: 'done', fact: settled });
    // Frozen once more under the first key, as after an appeal: it is so again, and no old answer.
    expect(await billing.freeze('line-1', ['charges'], call('f-1'))).toEqual({ kind: 'done', fact: { ...settled, chargesFrozen: true } });
    expect(await billing.read('line-1', call())).toEqual({ kind: 'done', fact: { ...settled, chargesFrozen: true } });
    expect(await billing.unfreeze('line-1', call())).toMatchObject({ kind: 'done' });
    expect([await arises('charges'), await arises('purchases')]).toEqual([200, 200]);
    expect(await billing.freeze('nobody', ['charges'], call())).toMatchObject({ kind: 'refused', code: 'no-such-line' });
  });

  test('is settled once for one key, and a key stands for one request', async () => {
    const before = effects().length;
    expect(await billing.settle('line-1', settlement, call('b-1'))).toEqual({ kind: 'done', fact: settled });
    expect(await billing.settle('line-1', settlement, call('b-1'))).toEqual({ kind: 'done', fact: settled });
    expect(await billing.settle('line-1', { ...settlement, refundMinor: 1 }, call('b-1'))).toMatchObject({ kind: 'refused', code: 'key-reused' });
    expect(effects().slice(before)).toEqual(['settled line-1']);
  });

  test('with less than is to be given back is refused, and nothing moves', async () => {
    expect(await billing.settle('line-1', { ...settlement, refundMinor: 5_000 }, call())).toMatchObject({ kind: 'refused', code: 'amounts-differ' });
    expect(await billing.settle('line-1', { ...settlement, currency: 'USD' }, call())).toMatchObject({ kind: 'refused', code: 'invalid' });
    expect(await billing.settle('line-1', { ...settlement, refundMinor: 0.5 }, call())).toMatchObject({ kind: 'refused', code: 'invalid-settlement' });
    expect(await billing.read('line-1', call())).toEqual({ kind: 'done', fact: fresh });
  });

  test('that billing does not have is refused; a wrong token too', async () => {
    expect(await billing.stop('line 9/..?', call())).toMatchObject({ kind: 'refused', code: 'no-such-line' });
    const stranger = billingHttp({ ...setting.simulator.endpoints.billing, token: 'another', timeoutMs });
    expect(await stranger.read('line-1', call())).toMatchObject({ kind: 'refused', code: 'unauthorized' });
    await stranger.close();
  });
});

describe('when billing misbehaves', () => {
  test('a lost reply after the effect is unknown; the read tells, and the repeat acts no more', async () => {
    await setting.simulator.addFault({ system: 'billing', operation: 'stop', fault: 'drop-reply' });
    const before = effects().length;
    expect(await billing.stop('line-1', call('b-2'))).toMatchObject({ kind: 'unknown' });
    expect(await billing.read('line-1', call())).toMatchObject({ kind: 'done', fact: { status: 'stopped' } });
    expect(await billing.stop('line-1', call('b-2'))).toMatchObject({ kind: 'done', fact: { status: 'stopped' } });
    expect(effects().slice(before)).toEqual(['stopped line-1']);
  });

  test('a lost reply to a read is asked again', async () => {
    await setting.simulator.addFault({ system: 'billing', operation: 'read', fault: 'drop-reply' });
    expect(await billing.read('line-1', call())).toMatchObject({ kind: 'unreachable' });
  });

  test('a refusal has its code, an answer too late is unknown, two answers are one, down is unreachable', async () => {
    await setting.simulator.addFault({ system: 'billing', fault: 'refuse', code: 'not-allowed' });
    expect(await billing.stop('line-1', call())).toEqual({ kind: 'refused', code: 'not-allowed', says: 'Billing does not allow it.' });
    await setting.simulator.addFault({ system: 'billing', fault: 'delay', delayMs: timeoutMs + 100 });
    expect(await billing.stop('line-1', call())).toMatchObject({ kind: 'unknown' });
    await setting.simulator.addFault({ system: 'billing', fault: 'answer-twice' });
    expect(await billing.stop('line-1', call())).toMatchObject({ kind: 'done' });
    expect(await billing.read('line-1', call())).toMatchObject({ kind: 'done' });
    await setting.simulator.addFault({ system: 'billing', fault: 'down' });
    expect(await billing.stop('line-1', call())).toMatchObject({ kind: 'unreachable' });
  });
});
