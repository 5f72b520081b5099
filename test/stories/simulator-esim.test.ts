import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:https';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { es2plus } from '../../src/connectors/es2plus/esim-platform.ts';
import { makeCertificates } from '../../src/simulator/certificates.ts';
import { call, carrierSeed, openSetting, timeoutMs, until, type Setting } from './simulator-setting.ts';

let setting: Setting;
let esim: ReturnType<Setting['connect']>['esim'];
beforeAll(async () => {
  setting = await openSetting();
  esim = setting.connect().esim;
});
afterEach(async () => {
  await setting.simulator.clearFaults();
  await setting.simulator.seed(carrierSeed);
});
afterAll(() => setting.end());

const order = { iccid: '8988211000000000018', eid: '89049032123451234512345678901235', matchingId: 'MATCH-1' };
const cancelled = { kind: 'done', fact: 'order-cancelled' };
const effects = (): string[] => setting.simulator.effects().filter((one) => one.system === 'sm-dp-plus').map((one) => `${one.effect} ${one.subject} ${one.key}`);

describe('an order at the SM-DP+', () => {
  test('is cancelled once, however often the same call comes', async () => {
    expect(await esim.cancelOrder(order, call('es-1'))).toEqual(cancelled);
    expect(await esim.cancelOrder(order, call('es-1'))).toEqual(cancelled);
    expect(effects()).toEqual(['order-cancelled 8988211000000000018 es-1']);
  });

  test('whose profile is on the device already is told apart', async () => {
    expect(await esim.cancelOrder({ iccid: '8988211000000000026' }, call())).toEqual({ kind: 'done', fact: 'already-on-device', says: '8.2.1/3.3. The profile was downloaded already.' });
  });

  test.each([
    ['unknown', { iccid: '8988211000000000999' }, '8.2.1/3.9'],
    ['never ordered', { iccid: '8988211000000000034' }, '8.2.1/1.2'],
    ['linked to an EID that is not named', { iccid: order.iccid, matchingId: order.matchingId }, '8.1.1/2.2'],
    ['linked to another EID', { ...order, eid: '89049032123451234512345678901236' }, '8.1.1/3.10'],
    ['of another matching id', { ...order, matchingId: 'MATCH-2' }, '8.2.6/3.10'],
  ])('that is %s is refused with the code of its specification', async (_, wrong, code) => {
    expect(await esim.cancelOrder(wrong, call())).toMatchObject({ kind: 'refused', code });
  });

  test.each([{ iccid: '123' }, { iccid: order.iccid, eid: '12' }, { iccid: order.iccid, matchingId: '' }])('that cannot be named in ES2+ is not sent: %j', async (wrong) => {
    expect(await esim.cancelOrder(wrong, call())).toMatchObject({ kind: 'refused', code: 'invalid-order' });
  });
});

describe('when the SM-DP+ misbehaves', () => {
  test('a lost reply is unknown, and the same call again answers', async () => {
    await setting.simulator.addFault({ system: 'sm-dp-plus', fault: 'drop-reply' });
    const before = effects().length;
    expect(await esim.cancelOrder(order, call('es-2'))).toMatchObject({ kind: 'unknown' });
    expect(await esim.cancelOrder(order, call('es-2'))).toEqual(cancelled);
    expect(effects().slice(before)).toEqual(['order-cancelled 8988211000000000018 es-2']);
  });

  test('an answer too late is unknown', async () => {
    await setting.simulator.addFault({ system: 'sm-dp-plus', fault: 'delay', delayMs: timeoutMs + 100 });
    const before = effects().length;
    expect(await esim.cancelOrder(order, call())).toEqual({ kind: 'unknown', says: `no answer within ${timeoutMs} ms` });
    await until(() => effects().length > before); // late, and all the same
  });

  test('a refusal keeps its code', async () => {
    await setting.simulator.addFault({ system: 'sm-dp-plus', fault: 'refuse', code: '8.2.1/3.9' });
    expect(await esim.cancelOrder(order, call())).toMatchObject({ kind: 'refused', code: '8.2.1/3.9' });
  });

  test('a second answer spoils neither this call nor the next', async () => {
    await setting.simulator.addFault({ system: 'sm-dp-plus', fault: 'answer-twice' });
    expect(await esim.cancelOrder(order, call('es-3'))).toEqual(cancelled);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(await esim.cancelOrder(order, call('es-3'))).toEqual(cancelled);
  });

  test('down is unreachable', async () => {
    await setting.simulator.addFault({ system: 'sm-dp-plus', fault: 'down' });
    expect(await esim.cancelOrder(order, call())).toMatchObject({ kind: 'unreachable', says: expect.stringContaining('ECONNREFUSED') });
  });
});

describe('mutual TLS', () => {
  const stranger = makeCertificates();
  const withTls = (tls: { ca: string; cert: string; key: string }) => es2plus({ ...setting.simulator.endpoints.es2plus, tls, timeoutMs });

  test('a client of another authority is not let in, and nothing happens', async () => {
    const before = effects().length;
    const wrong = withTls({ ca: setting.simulator.certificates.ca, ...stranger.client });
    const outcome = await wrong.cancelOrder(order, call());
    expect(['unknown', 'unreachable']).toContain(outcome.kind);
    expect(effects().length).toBe(before);
    await wrong.close();
  });

  test('a server of another authority is not spoken to', async () => {
    const wrong = withTls({ ca: stranger.ca, ...setting.simulator.certificates.client });
    expect(await wrong.cancelOrder(order, call())).toMatchObject({ kind: 'unreachable', says: expect.stringMatching(/certificate/i) });
    await wrong.close();
  });

  test('a server whose certificate has expired is not spoken to', async () => {
    const expired = makeCertificates('201231235959Z');
    const server = createServer({ ...expired.server, ca: expired.ca, requestCert: true, rejectUnauthorized: true }, (_, reply) => void reply.end('{}')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const old = es2plus({ url: `https://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`, tls: { ca: expired.ca, ...expired.client }, functionRequesterIdentifier: 'x', timeoutMs });
    expect(await old.cancelOrder(order, call())).toMatchObject({ kind: 'unreachable', says: expect.stringContaining('CERT_HAS_EXPIRED') });
    await old.close();
    server.close();
    const certificates = makeCertificates();
    expect(new X509Certificate(certificates.client.cert).verify(new X509Certificate(certificates.ca).publicKey)).toBe(true);
    expect(new X509Certificate(certificates.client.cert).verify(new X509Certificate(stranger.ca).publicKey)).toBe(false);
  });

  test('the server\'s own certificate is no client\'s', async () => {
    const before = effects().length;
    const wrong = withTls({ ca: setting.simulator.certificates.ca, ...setting.simulator.certificates.server });
    expect((await wrong.cancelOrder(order, call())).kind).not.toBe('done');
    expect(effects().length).toBe(before);
    await wrong.close();
  });
});
