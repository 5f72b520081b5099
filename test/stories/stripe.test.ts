import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stripePayouts } from '../../src/connectors/stripe/payouts.ts';
import type { Payouts } from '../../src/plan/ports.ts';
import { readSettings } from '../../src/settings.ts';
import { call } from './simulator-setting.ts';
import { startStripe, stripeSecret, type StripeServer } from './stripe-server.ts';

let stripe: StripeServer;
let payouts: Payouts & { close(): Promise<void> };
const timeoutMs = 700;
beforeEach(async () => {
  stripe = await startStripe({ pi_3MmlLrLkdIwHu7ix0snN0B15: { currency: 'usd', amount: 1_250 }, ch_1NirD82eZvKYlo2CIvbtLWuY: { currency: 'jpy', amount: 900 } });
  payouts = stripePayouts({ secretKey: stripeSecret, url: stripe.url, timeoutMs });
});
afterEach(async () => {
  await payouts.close();
  await stripe.close();
});

const payment = 'pi_3MmlLrLkdIwHu7ix0snN0B15';
const order = (amountMinor: number) => ({ payment, amountMinor, currency: 'USD' });
const key = '5f3c:refund-credit';

describe('refunds over Stripe, with its own library, against a server that speaks its API', () => {
  test('P5 one key is one refund, and it is found by that key', async () => {
    const first = await payouts.refund(order(950), call(key));
    expect(first).toEqual({ kind: 'done', fact: { status: 'done', ref: 're_1Nispe2eZvKYlo2C', amountMinor: 950, currency: 'USD' } });
    expect(await payouts.refund(order(950), call(key))).toEqual(first);
    expect(await payouts.read(payment, call(key))).toEqual(first);
    expect(await payouts.read(payment, call('another'))).toEqual({ kind: 'done', fact: 'absent' });
    expect(stripe.refunds).toMatchObject([{ amount: 950, metadata: { signoff_key: key } }]);
    expect(stripe.asked.filter(({ method }) => method === 'POST')).toMatchObject([{ path: '/v1/refunds', key }, { path: '/v1/refunds', key }]);
    expect(await payouts.refund(order(1), call(key))).toMatchObject({ kind: 'refused', code: 'idempotency-error' });
  });

  test('P5 a lost reply is unknown and never repeated by the library; the read finds it, on whatever page', async () => {
    stripe.fault = 'drop';
    expect(await payouts.refund(order(950), call(key))).toMatchObject({ kind: 'unknown' });
    expect(stripe.refunds).toHaveLength(1);
    expect(stripe.asked.filter(({ method }) => method === 'POST')).toHaveLength(1);
    for (const other of ['x', 'y', 'z']) await payouts.refund(order(10), call(other));
    stripe.pageSize = 1;
    expect(await payouts.read(payment, call(key))).toMatchObject({ kind: 'done', fact: { status: 'done', amountMinor: 950 } });
  });

  test('P5 silence, its own failure and a request still at work are unknown; too many requests and nobody there are not', async () => {
    for (const fault of ['hang', 500, 'in-flight', 'not-json'] as const) {
      stripe.fault = fault;
      expect(await payouts.refund(order(10), call(`f-${fault}`)), String(fault)).toMatchObject({ kind: 'unknown' });
    }
    stripe.fault = 429;
    expect(await payouts.refund(order(10), call('f-429'))).toMatchObject({ kind: 'unreachable' });
    stripe.fault = 500;
    expect(await payouts.read(payment, call('f-500'))).toMatchObject({ kind: 'unreachable' });
    expect(stripe.refunds).toEqual([]);
    const gone = stripePayouts({ secretKey: stripeSecret, url: 'http://127.0.0.1:1', timeoutMs });
    expect(await gone.refund(order(10), call('f-gone'))).toMatchObject({ kind: 'unreachable' });
  });

  test('P5 what it refuses has its code, and none of its words', async () => {
    expect(await payouts.refund(order(2_000), call('g-1'))).toMatchObject({ kind: 'refused', says: 'Stripe said no (HTTP 400).' });
    await payouts.refund(order(1_250), call('g-2'));
    expect(await payouts.refund(order(1), call('g-3'))).toMatchObject({ kind: 'refused', code: 'charge-already-refunded' });
    expect(await payouts.refund({ ...order(1), payment: 'pi_nobody' }, call('g-4'))).toMatchObject({ kind: 'refused', code: 'resource-missing' });
    const stranger = stripePayouts({ secretKey: 'sk_test_another', url: stripe.url, timeoutMs });
    expect(await stranger.refund(order(1), call('g-5'))).toMatchObject({ kind: 'refused' });
  });

  test('P5 its states are ours; an amount in another currency than the payment is never sent', async () => {
    stripe.status = 'pending';
    expect(await payouts.refund(order(10), call('h-1'))).toMatchObject({ kind: 'done', fact: { status: 'sent' } });
    const [refund] = stripe.refunds;
    if (refund === undefined) throw new Error('no refund');
    refund.status = 'failed';
    expect(await payouts.read(payment, call('h-1'))).toMatchObject({ kind: 'done', fact: { status: 'failed' } });
    // People paid it again at Stripe, with the same key in its metadata: that one counts.
    stripe.refunds.push({ ...refund, id: 're_byhand', status: 'succeeded' });
    expect(await payouts.read(payment, call('h-1'))).toMatchObject({ kind: 'done', fact: { status: 'done', ref: 're_byhand' } });
    expect(await payouts.refund({ payment: 'ch_1NirD82eZvKYlo2CIvbtLWuY', amountMinor: 900, currency: 'USD' }, call('h-2'))).toMatchObject({ kind: 'refused', code: 'other-currency' });
    stripe.status = 'succeeded';
    expect(await payouts.refund({ payment: 'ch_1NirD82eZvKYlo2CIvbtLWuY', amountMinor: 900, currency: 'JPY' }, call('h-3'))).toMatchObject({ kind: 'done', fact: { amountMinor: 900, currency: 'JPY' } });
    expect(stripe.refunds.filter(({ payment: of }) => of.startsWith('ch_'))).toHaveLength(1);
  });
});

test('a key that is none of Stripe’s is refused at the start, and not repeated', () => {
  expect(() => readSettings({ SIGNOFF_STRIPE_KEY: 'pk_live_1' })).toThrow(/SIGNOFF_STRIPE_KEY is not right: is a secret or restricted key of Stripe/);
  expect(() => readSettings({ SIGNOFF_STRIPE_KEY: 'pk_live_1' })).not.toThrow(/pk_live_1/);
});
