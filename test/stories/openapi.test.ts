/** The documents that an operator implements are what our connectors say and what they take: every request and every reply is held against them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { billingConformance } from '../../src/connectors/billing-http/conformance.ts';
import { billingHttp } from '../../src/connectors/billing-http/billing.ts';
import { servicesHttp } from '../../src/connectors/linked-services-http/linked-services.ts';
import { payoutsHttp } from '../../src/connectors/payouts-http/payouts.ts';
import { openApi, overhear, type Overheard, type Said } from '../openapi.ts';
import { call, openSetting, timeoutMs, type Setting } from './simulator-setting.ts';

const documents = { billing: openApi('docs/billing.openapi.yaml'), payouts: openApi('docs/payouts.openapi.yaml'), services: openApi('docs/linked-services.openapi.yaml') };
const settlement = { collectMinor: 1_200, offsetMinor: 0, refundMinor: 0, forfeitMinor: 1_000, currency: 'CNY' };
let setting: Setting;
const open: Overheard[] = [];
const between = async (url: string, change?: (said: Said) => Said['reply'] | undefined): Promise<Overheard> => {
  const overheard = await overhear(url, change);
  open.push(overheard);
  return overheard;
};
const seedLine = (ref: string) => setting.simulator.seed({ lines: [{ ref, currency: 'CNY', owedMinor: 1_200, creditMinor: 5_000, services: ['music'] }] });

beforeAll(async () => {
  setting = await openSetting();
  await setting.simulator.seed({ lines: [{ ref: 'line-2', currency: 'CNY' }], payments: [{ ref: 'pay-1', currency: 'CNY', paidMinor: 5_000 }] });
});
afterAll(async () => {
  await Promise.all(open.map((one) => one.close()));
  await setting.end();
});

const heldAgainst = (document: ReturnType<typeof openApi>, said: readonly Said[]): string[] => {
  const held = said.map((one) => document.hold(one));
  expect(held.flatMap(({ operation, wrong }) => wrong.map((what) => `${operation}: ${what}`))).toEqual([]);
  return [...new Set(held.map(({ operation }) => operation))].sort();
};

describe('P20 each document is OpenAPI 3.1 whose examples are what its schemas say', () => {
  test.each(Object.entries(documents))('%s', (_, document) => {
    expect(document.version).toBe('3.1.0');
    expect(document.wrongExamples()).toEqual([]);
    expect(document.exampleCount()).toBeGreaterThan(0);
  });
});

describe('P20 what is said is what is described', () => {
  test('billing: acts, repeats and every refusal', async () => {
    await seedLine('line-1');
    const overheard = await between(setting.simulator.endpoints.billing.url);
    const billing = billingHttp({ url: overheard.url, token: setting.simulator.endpoints.billing.token, timeoutMs });
    const stranger = billingHttp({ url: overheard.url, token: 'another', timeoutMs });
    await billing.read('line-1', call());
    await stranger.read('line-1', call());
    await billing.read('nobody / ü', call());
    await billing.settle('line-1', settlement, call('s-1'));
    await billing.settle('line-1', settlement, call('s-1'));
    await billing.settle('line-1', { ...settlement, forfeitMinor: 1 }, call('s-1'));
    await billing.settle('line-1', { ...settlement, forfeitMinor: 9_000 }, call());
    await billing.settle('line-1', { ...settlement, currency: 'USD' }, call());
    await billing.settle('line-1', { ...settlement, forfeitMinor: 0, payoutMinor: 1_000, transfer: { toRef: 'line-2', minor: 1_000 } }, call());
    await billing.settle('line-1', { ...settlement, transfer: { toRef: 'nobody', minor: 1 } }, call());
    await billing.freeze('line-1', ['purchases'], call());
    await billing.read('line-1', call());
    await billing.unfreeze('line-1', call());
    await billing.freeze('nobody', ['charges'], call());
    await billing.stop('line-1', call());
    await billing.stop('nobody', call());
    await setting.simulator.addFault({ system: 'billing', operation: 'stop', fault: 'refuse', code: 'not-allowed' });
    await billing.stop('line-1', call());
    await billing.check(AbortSignal.timeout(timeoutMs));
    await Promise.all([billing.close(), stranger.close()]);
    expect(heldAgainst(documents.billing, overheard.said)).toEqual([
      'freezeLine 200', 'freezeLine 404', 'readLine 200', 'readLine 401', 'readLine 404', 'settleLine 200', 'settleLine 409', 'settleLine 422', 'stopLine 200', 'stopLine 404', 'stopLine 409',
    ]);
  });

  test('payouts and linked services', async () => {
    await seedLine('line-3');
    const [refunds, sold] = await Promise.all([between(setting.simulator.endpoints.payouts.url), between(setting.simulator.endpoints.linkedServices.url)]);
    const payouts = payoutsHttp({ ...setting.simulator.endpoints.payouts, url: refunds.url, timeoutMs });
    const services = servicesHttp({ ...setting.simulator.endpoints.linkedServices, url: sold.url, timeoutMs });
    await payouts.read('pay-1', call('r-1'));
    await payouts.refund({ payment: 'pay-1', amountMinor: 2_000, currency: 'CNY' }, call('r-1'));
    await payouts.refund({ payment: 'pay-1', amountMinor: 2_001, currency: 'CNY' }, call('r-1'));
    await payouts.refund({ payment: 'pay-1', amountMinor: 9_000, currency: 'CNY' }, call('r-2'));
    await payouts.refund({ payment: 'nobody', amountMinor: 1, currency: 'CNY' }, call('r-3'));
    await payouts.read('pay-1', call('r-1'));
    await services.read('line-3', call());
    await services.end('line-3', 'music', call('e-1'));
    await services.end('line-3', 'music', call('e-2'));
    await services.end('line-3', 'nothing', call());
    await services.read('line-3', call());
    await services.read('nobody', call());
    await Promise.all([payouts.close(), services.close()]);
    expect(heldAgainst(documents.payouts, refunds.said)).toEqual(['readRefund 200', 'readRefund 404', 'refund 200', 'refund 404', 'refund 409', 'refund 422']);
    expect(heldAgainst(documents.services, sold.said)).toEqual(['endService 200', 'endService 404', 'readServices 200', 'readServices 404']);
  });

  test('a reply that the document does not have is found, so this can fail', async () => {
    await seedLine('line-1');
    const overheard = await between(setting.simulator.endpoints.billing.url);
    const billing = billingHttp({ url: overheard.url, token: setting.simulator.endpoints.billing.token, timeoutMs });
    await billing.read('line-1', call());
    await billing.close();
    const [read] = overheard.said;
    if (read === undefined) throw new Error('nothing was said');
    const with200 = (body: object): Said => ({ ...read, reply: { ...read.reply, body: JSON.stringify(body) } });
    expect(documents.billing.hold(read).wrong).toEqual([]);
    expect(documents.billing.hold(with200({ ref: 'line-1', status: 'stopped', owedMinor: 0, creditMinor: 0, currency: 'CNY' })).wrong).not.toEqual([]);
    expect(documents.billing.hold({ ...read, path: '/v2/lines/line-1' }).wrong).not.toEqual([]);
    expect(documents.billing.hold({ ...read, headers: {} }).wrong).not.toEqual([]);
    expect(documents.billing.hold({ ...read, reply: { ...read.reply, status: 302 } }).wrong).not.toEqual([]);
  });
});

describe('P17 an operator\'s own billing is tried rule by rule', () => {
  const tryIt = (url: string, line: string) => billingConformance({ url, token: setting.simulator.endpoints.billing.token, line, timeoutMs, run: line });

  test('one that follows the document keeps every rule, and says nothing outside it', async () => {
    await seedLine('sandbox-0');
    const overheard = await between(setting.simulator.endpoints.billing.url);
    const tried = await tryIt(overheard.url, 'sandbox-0');
    expect(tried.filter(({ holds }) => !holds)).toEqual([]);
    expect(tried.length).toBeGreaterThan(25);
    heldAgainst(documents.billing, overheard.said);
  });

  const withStatus = (reply: Said['reply'], status: number): Said['reply'] => ({ ...reply, status });
  const edited = (reply: Said['reply'], edit: (body: Record<string, unknown>) => object): Said['reply'] => ({ ...reply, body: JSON.stringify(edit(JSON.parse(reply.body) as Record<string, unknown>)) });
  const mistakes: Readonly<Record<string, { readonly change: (said: Said) => Said['reply'] | undefined; readonly breaks: string }>> = {
    'an unknown line is an empty 200': { change: ({ reply }) => (reply.status === 404 ? { ...reply, status: 200, body: '{}', headers: { 'content-type': 'application/json' } } : undefined), breaks: 'an unknown line' },
    'a second stop is a refusal': { change: ({ path, headers, reply }) => (path.endsWith('/stop') && String(headers['idempotency-key']).endsWith('stop-2') ? withStatus(reply, 409) : undefined), breaks: 'stopping twice, under another key' },
    'each stop has a new instant': { change: ({ path, reply }) => (path.endsWith('/stop') && reply.status === 200 ? edited(reply, (body) => ({ ...body, stoppedAt: new Date().toISOString().replace('Z', `${Math.random()}`.slice(2, 5) + 'Z') })) : undefined), breaks: 'the same again under its key' },
    'another currency is taken for the line\'s': { change: ({ body, reply }) => (body.includes('"EUR"') ? withStatus(reply, 200) : undefined), breaks: 'another currency' },
    'the reply names another line': { change: ({ method, reply }) => (method === 'POST' && reply.status === 200 ? edited(reply, (body) => ({ ...body, ref: 'other' })) : undefined), breaks: 'settling a part' },
    'what was done can not be read yet': { change: ({ method, reply }) => (method === 'GET' && reply.status === 200 ? edited(reply, (body) => ({ ...body, creditMinor: 5_000, owedMinor: 1_200 })) : undefined), breaks: 'settling a part' },
    'a problem is a page': { change: ({ reply }) => (reply.status >= 400 ? { ...reply, headers: { 'content-type': 'text/html' }, body: '<p>no</p>' } : undefined), breaks: 'no token' },
    'a freeze is forgotten': { change: ({ method, reply }) => (method === 'GET' && reply.status === 200 ? edited(reply, (body) => ({ ...body, chargesFrozen: false })) : undefined), breaks: 'freezing charges and purchases' },
    'amounts are text': { change: ({ reply }) => (reply.status === 200 ? edited(reply, (body) => ({ ...body, owedMinor: String(body['owedMinor']) })) : undefined), breaks: 'the line is read' },
  };
  test.each(Object.entries(mistakes))('found: %s', async (name, { change, breaks }) => {
    const ref = `sandbox-${name.replace(/\W/g, '')}`;
    await seedLine(ref);
    const tried = await tryIt((await between(setting.simulator.endpoints.billing.url, change)).url, ref);
    expect(tried.filter(({ holds }) => !holds).map(({ rule }) => rule)).toContain(breaks);
  });

  test('found: a repeat acts twice', async () => {
    await seedLine('sandbox-twice');
    const target = setting.simulator.endpoints.billing;
    // Every request gets a key of its own on the way: no repeat is known for one.
    let n = 0;
    const { createServer, request } = await import('node:http');
    const forgetful = createServer((asked, answer) => {
      const key = asked.headers['idempotency-key'];
      const onward = request(new URL(asked.url ?? '/', target.url), { method: asked.method ?? 'GET', headers: { ...asked.headers, ...(key === undefined ? {} : { 'idempotency-key': `${String(key)}-${(n += 1)}` }) } }, (reply) => {
        answer.writeHead(reply.statusCode ?? 0, reply.headers);
        reply.pipe(answer);
      });
      asked.pipe(onward);
    });
    await new Promise<void>((resolve) => { forgetful.listen(0, '127.0.0.1', resolve); });
    const tried = await tryIt(`http://127.0.0.1:${(forgetful.address() as { port: number }).port}`, 'sandbox-twice');
    forgetful.closeAllConnections();
    forgetful.close();
    expect(tried.filter(({ holds }) => !holds).map(({ rule }) => rule)).toEqual(expect.arrayContaining(['the same again under its key acts once', 'another body under that key', 'five at once under one key act once']));
  });
});
