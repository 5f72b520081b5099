import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { payoutsHttp } from '../../src/connectors/payouts-http/payouts.ts';
import type { Payouts } from '../../src/plan/ports.ts';
import { call, openSetting, timeoutMs, type Setting } from './simulator-setting.ts';

let setting: Setting;
let payouts: Payouts & { close(): Promise<void> };
let payment: string;
let payments = 0;
beforeAll(async () => {
  setting = await openSetting();
  payouts = payoutsHttp({ ...setting.simulator.endpoints.payouts, timeoutMs });
});
beforeEach(async () => {
  payment = `pay-${(payments += 1)}`;
  await setting.simulator.seed({ payments: [{ ref: payment, currency: 'USD', paidMinor: 1_000 }] });
});
afterEach(() => setting.simulator.clearFaults());
afterAll(async () => {
  await payouts.close();
  await setting.end();
});

const order = (amountMinor: number) => ({ payment, amountMinor, currency: 'USD' });
const paid = (): unknown[] => setting.simulator.effects().filter(({ system, subject }) => system === 'payouts' && subject === payment).map(({ detail }) => detail?.['amountMinor']);

describe('a refund', () => {
  test('P5 is paid once for one key, read by it, and a key stands for one refund', async () => {
    const first = await payouts.refund(order(400), call('a:refund'));
    expect(first).toEqual({ kind: 'done', fact: { status: 'done', ref: expect.stringMatching(/^re-/), amountMinor: 400, currency: 'USD' } });
    expect(await payouts.refund(order(400), call('a:refund'))).toEqual(first);
    expect(await payouts.read(payment, call('a:refund'))).toEqual(first);
    expect(await payouts.refund(order(401), call('a:refund'))).toMatchObject({ kind: 'refused', code: 'key-reused' });
    expect(await payouts.read(payment, call('a:other/..?'))).toEqual({ kind: 'done', fact: 'absent' });
    expect(paid()).toEqual([400]);
  });

  test('P5 of more than was paid, of nothing, in another currency, or of no payment is refused', async () => {
    expect(await payouts.refund(order(600), call('b:1'))).toMatchObject({ kind: 'done' });
    expect(await payouts.refund(order(401), call('b:2'))).toMatchObject({ kind: 'refused', code: 'exceeds-payment' });
    expect(await payouts.refund(order(0), call('b:3'))).toMatchObject({ kind: 'refused', code: 'invalid' });
    expect(await payouts.refund({ ...order(1), currency: 'CNY' }, call('b:4'))).toMatchObject({ kind: 'refused', code: 'no-such-payment' });
    expect(await payouts.refund({ ...order(1), payment: 'nobody’s' }, call('b:5'))).toMatchObject({ kind: 'refused', code: 'no-such-payment' });
    const stranger = payoutsHttp({ ...setting.simulator.endpoints.payouts, token: 'another', timeoutMs });
    expect(await stranger.read(payment, call('b:1'))).toMatchObject({ kind: 'refused', code: 'unauthorized' });
    await stranger.close();
    expect(paid()).toEqual([600]);
  });

  test('P5 on its way arrives or comes back, and says so under its key', async () => {
    const becomes = (refunds: 'sent' | 'failed' | 'done') => setting.simulator.seed({ payments: [{ ref: payment, currency: 'USD', paidMinor: 1_000, refunds }] });
    await becomes('sent');
    expect(await payouts.refund(order(10), call('c:1'))).toMatchObject({ kind: 'done', fact: { status: 'sent' } });
    await becomes('done');
    expect(await payouts.read(payment, call('c:1'))).toMatchObject({ kind: 'done', fact: { status: 'done' } });
    await becomes('failed');
    expect(await payouts.read(payment, call('c:1'))).toMatchObject({ kind: 'done', fact: { status: 'failed' } });
    expect(await payouts.refund(order(10), call('c:1'))).toMatchObject({ kind: 'refused', code: 'refund-failed' });
  });
});

describe('when the provider misbehaves', () => {
  test('P5 a lost reply is unknown; the read tells, also after its restart, and the repeat pays no more', async () => {
    await setting.simulator.addFault({ system: 'payouts', operation: 'refund', fault: 'drop-reply' });
    expect(await payouts.refund(order(70), call('d:1'))).toMatchObject({ kind: 'unknown' });
    expect(await payouts.read(payment, call('d:1'))).toMatchObject({ kind: 'done', fact: { amountMinor: 70 } });
    await setting.restart();
    payouts = payoutsHttp({ ...setting.simulator.endpoints.payouts, timeoutMs });
    expect(await payouts.refund(order(70), call('d:1'))).toMatchObject({ kind: 'done', fact: { amountMinor: 70 } });
    expect(paid()).toEqual([70]);
  });

  test('a refusal has its code, an answer too late is unknown, a lost read is asked again, down is unreachable', async () => {
    await setting.simulator.addFault({ system: 'payouts', fault: 'refuse', code: 'not-allowed' });
    expect(await payouts.refund(order(1), call('e:1'))).toEqual({ kind: 'refused', code: 'not-allowed', says: 'The provider does not allow it.' });
    await setting.simulator.addFault({ system: 'payouts', operation: 'refund', fault: 'delay', delayMs: timeoutMs + 100 });
    expect(await payouts.refund(order(1), call('e:2'))).toMatchObject({ kind: 'unknown' });
    await setting.simulator.addFault({ system: 'payouts', operation: 'read', fault: 'drop-reply' });
    expect(await payouts.read(payment, call('e:2'))).toMatchObject({ kind: 'unreachable' });
    await setting.simulator.addFault({ system: 'payouts', operation: 'refund', fault: 'answer-twice' });
    expect(await payouts.refund(order(2), call('e:3'))).toMatchObject({ kind: 'done' });
    expect(await payouts.read(payment, call('e:3'))).toMatchObject({ kind: 'done' });
    await setting.simulator.addFault({ system: 'payouts', fault: 'down' });
    expect(await payouts.refund(order(1), call('e:4'))).toMatchObject({ kind: 'unreachable' });
  });
});
