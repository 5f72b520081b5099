/** Peers that a file describes, over HTTP to real servers: the examples of docs/http-connectors, and what goes wrong with them. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { billingByData, homeRegisterByData, linkedServicesByData, payoutsByData, sessionsByData } from '../../src/connectors/http-by-data/connector.ts';
import { readDescription, type ReadDescription } from '../../src/connectors/http-by-data/read-description.ts';
import { acmeBilling, acmeProvisioning, type Answer, type Peer } from '../described-peers.ts';
import { rawPeer, replyOf } from '../raw-peer.ts';
import { call } from './simulator-setting.ts';

const secrets = { ACME_BILLING_TOKEN: 'token-1', ACME_PROVISIONING_USER: 'desk', ACME_PROVISIONING_PASSWORD: 'pass word' };
const accounts: Parameters<typeof acmeBilling>[1] = new Map();
const subscribers = new Map<string, { voice: 'on' | 'off'; data: 'on' | 'off' }>();
const imsi = '001010000000001';
let peers: { readonly billing: Peer; readonly register: Peer };
let billing: ReturnType<typeof billingByData>;
let register: ReturnType<typeof homeRegisterByData>;

const read = (source: string, more: Readonly<Record<string, string>> = {}): ReadDescription => {
  const env: Record<string, string> = { ...secrets, ACME_BILLING_ORIGIN: peers.billing.origin, ACME_PROVISIONING_ORIGIN: peers.register.origin, ...more };
  const described = readDescription(source, 'test.yaml', (name) => env[name]);
  if (!described.ok) throw new Error(JSON.stringify(described.why, null, 1));
  return described.value;
};
const billingFile = readFileSync('docs/http-connectors/billing.example.yaml', 'utf8');
const registerFile = readFileSync('docs/http-connectors/home-register.example.yaml', 'utf8');

beforeAll(async () => {
  peers = { billing: await acmeBilling('token-1', accounts), register: await acmeProvisioning('desk', 'pass word', subscribers) };
  billing = billingByData(read(billingFile.replace('timeoutSeconds: 10', 'timeoutSeconds: 1')));
  register = homeRegisterByData(read(registerFile));
});
beforeEach(() => {
  accounts.clear();
  accounts.set('B-1', { due: 1_200, credit: 5_005, currency: 'CNY' });
  subscribers.clear();
  subscribers.set(imsi, { voice: 'on', data: 'on' });
});
afterAll(() => Promise.all([billing?.close(), register?.close(), peers?.billing.close(), peers?.register.close()]));

const nothing = { collectMinor: 0, offsetMinor: 0, refundMinor: 0, forfeitMinor: 0, currency: 'CNY' };
const fresh = { status: 'active', owedMinor: 1_200, creditMinor: 5_005, currency: 'CNY' };

describe('P17 billing as a file describes it', () => {
  test('is read, settled with the amounts that were shown, and stopped; each repeat does no more', async () => {
    expect(await billing.read('B-1', call())).toEqual({ kind: 'done', fact: fresh });
    const settlement = { ...nothing, offsetMinor: 1_200, payoutMinor: 3_000, forfeitMinor: 805 };
    expect(await billing.settle('B-1', settlement, call('k-1'))).toEqual({ kind: 'done', fact: { ...fresh, owedMinor: 0, creditMinor: 0 } });
    expect(JSON.parse(peers.billing.heard.at(-1)?.body ?? '')).toEqual({ currency: 'CNY', collect: '0.00', useCredit: '12.00', refund: '0.00', writeOff: '8.05', payoutElsewhere: '30.00' });
    expect(await billing.settle('B-1', settlement, call('k-1'))).toMatchObject({ kind: 'done', fact: { creditMinor: 0 } });
    const stopped = { kind: 'done', fact: { status: 'stopped', stoppedAt: '2026-12-03T12:00:00+08:00', owedMinor: 0, creditMinor: 0, currency: 'CNY' } };
    expect(await billing.stop('B-1', call('k-2'))).toEqual(stopped);
    expect(await billing.stop('B-1', call('k-3'))).toEqual(stopped);
  });

  test('EC12 one whose file says nothing of a freeze is asked for none: people hear of it, and the rest goes on', async () => {
    const asked = peers.billing.heard.length;
    const silent = billingByData(read(billingFile.replace(/\n {2}# Only where a policy freezes[\s\S]*$/, '\n')));
    expect(await silent.freeze('B-1', ['charges'], call())).toMatchObject({ kind: 'refused', code: 'not-described' });
    expect(await silent.unfreeze('B-1', call())).toMatchObject({ kind: 'refused', code: 'not-described' });
    expect(peers.billing.heard.length).toBe(asked);
    await silent.close();
  });

  test('EC12 one whose file has it is frozen for what is named, read back, and let go again; what it says and does not do is unknown', async () => {
    const frozen = (chargesFrozen: boolean, purchasesFrozen: boolean) => ({ kind: 'done', fact: { ...fresh, chargesFrozen, purchasesFrozen } });
    expect(await billing.freeze('B-1', ['purchases', 'charges'], call('k-1'))).toEqual(frozen(true, true));
    expect(peers.billing.heard.map(({ method, url }) => `${method} ${url}`).slice(-2)).toEqual(['PUT /crm/v3/accounts/B-1/hold/charges-and-purchases', 'GET /crm/v3/accounts/B-1?expand=balance']);
    expect(peers.billing.heard.at(-2)?.headers['x-request-id']).toBe('k-1');
    expect(await billing.freeze('B-1', ['purchases'], call('k-1'))).toEqual(frozen(false, true));
    expect(await billing.unfreeze('B-1', call('k-2'))).toEqual(frozen(false, false));
    peers.billing.next({ answer: { status: 204 } }); // says yes, and does nothing
    expect(await billing.freeze('B-1', ['charges'], call('k-3'))).toMatchObject({ kind: 'unknown', says: 'told to freeze, billing still says otherwise' });
    peers.billing.next({ cut: true, after: true }); // does it, and its answer is lost
    expect(await billing.freeze('B-1', ['charges'], call('k-4'))).toMatchObject({ kind: 'unknown' });
    expect(await billing.read('B-1', call())).toEqual(frozen(true, false));
    peers.billing.next({ answer: { status: 204 } });
    expect(await billing.unfreeze('B-1', call('k-5'))).toMatchObject({ kind: 'unknown', says: 'told to unfreeze, billing still says otherwise' });
    expect(await billing.freeze('B-4711', ['charges'], call())).toMatchObject({ kind: 'refused', code: 'no-such-line' });
  });

  test('moves credit to another line; without one that part of the order is not there', async () => {
    await billing.settle('B-1', { ...nothing, transfer: { toRef: 'B-2', minor: 1_005 } }, call());
    expect(JSON.parse(peers.billing.heard.at(-1)?.body ?? '')).toMatchObject({ moveCredit: { toAccount: 'B-2', amount: '10.05' } });
  });

  test('refuses in the peer\'s own words, without what names a line, also where it does so with 200', async () => {
    expect(await billing.settle('B-1', { ...nothing, currency: 'USD' }, call())).toEqual({ kind: 'refused', code: 'wrong-currency', says: 'Account B-1 is in CNY.' });
    expect(await billing.settle('B-1', { ...nothing, forfeitMinor: 9_000 }, call())).toEqual({ kind: 'refused', code: 'balance-changed', says: 'There is less than that.' });
    expect(await billing.stop('B-4711', call())).toEqual({ kind: 'refused', code: 'no-such-line', says: 'Account … is not known.' });
  });

  test('a lost reply is unknown to an act and asked again by a read; nobody there is unreachable', async () => {
    peers.billing.next({ cut: true, after: true });
    expect(await billing.stop('B-1', call())).toMatchObject({ kind: 'unknown' });
    expect(await billing.read('B-1', call())).toMatchObject({ kind: 'done', fact: { status: 'stopped' } });
    peers.billing.next({ cut: true });
    expect(await billing.read('B-1', call())).toMatchObject({ kind: 'unreachable' });
    const away = billingByData(read(billingFile, { ACME_BILLING_ORIGIN: 'http://127.0.0.1:1' }));
    expect(await away.stop('B-1', call())).toMatchObject({ kind: 'unreachable' });
    await away.close();
  });

  const html = { 'content-type': 'text/html' };
  const answers: readonly (readonly [string, Answer, string])[] = [
    ['a status that no row has', { status: 418 }, 'HTTP 418'],
    ['a 404 of whatever stands in between', { status: 404, raw: '<h1>Not found</h1>', headers: html }, 'HTTP 404, text/html, not JSON'],
    ['a 410 with another code', { status: 410, body: { error: { code: 'MOVED' } } }, 'HTTP 410'],
    ['a failure', { status: 500, body: { error: { code: 'X' } } }, 'HTTP 500'],
    ['done, and no JSON', { status: 200, raw: 'fine' }, 'HTTP 200, not JSON'],
    ['far too much', { status: 211, raw: `"${'x'.repeat(200_000)}"` }, 'longer than 65536 bytes'],
  ];
  test.each(answers)('what is not described is unknown: %s', async (_, answer, says) => {
    peers.billing.next({ answer });
    const outcome = await billing.stop('B-1', call());
    expect(outcome).toMatchObject({ kind: 'unknown' });
    expect('says' in outcome ? outcome.says : '').toContain(says);
  });

  test.each([
    ['about another line', { account: { id: 'B-9', state: 'OPEN', closedAt: null, balance: { due: '0', credit: 0, currency: 'CNY' } } }, 'the answer is about another one'],
    ['a state that is not described', { account: { id: 'B-1', state: 'ZOMBIE', balance: { due: '0', credit: 0, currency: 'CNY' } } }, 'a value at /account/state that is not described'],
    ['more decimals than the currency has', { account: { id: 'B-1', state: 'OPEN', balance: { due: '0.001', credit: 0, currency: 'CNY' } } }, 'no amount at /account/balance/due'],
    ['less than nothing', { account: { id: 'B-1', state: 'OPEN', balance: { due: '-1.00', credit: 0, currency: 'CNY' } } }, 'no amount at /account/balance/due'],
    ['no currency', { account: { id: 'B-1', state: 'OPEN', balance: { due: '0', credit: 0 } } }, 'nothing at /account/balance/currency'],
    ['a currency that is none', { account: { id: 'B-1', state: 'OPEN', balance: { due: '0', credit: 0, currency: '¥' } } }, 'currency: invalid_format'],
  ])('a reply that can not be taken is not taken: %s', async (_, body, says) => {
    peers.billing.next({ answer: { status: 200, body } });
    const outcome = await billing.read('B-1', call());
    expect(outcome).toMatchObject({ kind: 'unknown' });
    expect('says' in outcome ? outcome.says : '').toContain(says);
  });

  test('done, and still active when read back, is unknown; "not now" is tried again', async () => {
    peers.billing.next({ answer: { status: 204 } });
    expect(await billing.stop('B-1', call())).toEqual({ kind: 'unknown', says: 'told to stop, billing still says active' });
    peers.billing.next({ answer: { status: 503, body: { error: { code: 'MAINTENANCE' } } } });
    expect(await billing.stop('B-1', call())).toMatchObject({ kind: 'unreachable' });
    peers.billing.next({ answer: { status: 503 } });
    expect(await billing.stop('B-1', call())).toMatchObject({ kind: 'unknown' });
  });

  test('a redirect is refused and nobody else is asked, wherever it leads', async () => {
    for (const location of [`${peers.register.origin}/subscribers/${imsi}`, 'http://169.254.169.254/latest/meta-data/', '/crm/v3/accounts/B-2']) {
      const before = [peers.billing.heard.length, peers.register.heard.length];
      peers.billing.next({ answer: { status: 307, headers: { location } } });
      expect(await billing.stop('B-1', call())).toEqual({ kind: 'refused', code: 'http-307', says: 'The server points elsewhere; redirects are not followed.' });
      expect([peers.billing.heard.length, peers.register.heard.length]).toEqual([(before[0] ?? 0) + 1, before[1]]);
    }
  });

  test('a value changes no request: each is one part of a path, or nothing is sent', async () => {
    const before = peers.billing.heard.length;
    for (const ref of ['../B-1', 'B-1/final-bill', 'B-1?expand=all#x', 'B 1%2F..', '\u202eB-1', '{secret.token}']) expect(await billing.read(ref, call())).toMatchObject({ kind: 'refused', code: 'no-such-line' });
    expect(peers.billing.heard.slice(before).map(({ url }) => new URL(url, 'http://x').pathname.split('/').length)).toEqual(Array.from({ length: 6 }, () => 5));
    for (const ref of ['..', '.', '', 'B-1\r\nx-more: 1', '\ud800']) expect(await billing.read(ref, call())).toMatchObject({ kind: 'refused' });
    expect(await billing.settle('B-1', { ...nothing, transfer: { toRef: '","writeOff":"50.00', minor: 5 } }, call())).toMatchObject({ kind: 'done' });
    expect(JSON.parse(peers.billing.heard.at(-1)?.body ?? '')).toMatchObject({ writeOff: '0.00', moveCredit: { toAccount: '","writeOff":"50.00' } });
    expect(await billing.stop('B-1', call('key\r\nhost: elsewhere'))).toMatchObject({ kind: 'refused', code: 'invalid-key' });
    expect(peers.billing.heard.length - before).toBe(7);
  });

  test('what the description says nothing of is not asked for without it', async () => {
    const silent = billingByData(read(billingFile.replace(/ +payoutElsewhere.*\n/, '').replace(/ +moveCredit.*\n/, '')));
    const before = peers.billing.heard.length;
    expect(await silent.settle('B-1', { ...nothing, payoutMinor: 5 }, call())).toMatchObject({ kind: 'refused', code: 'not-described' });
    expect(await silent.settle('B-1', { ...nothing, transfer: { toRef: 'B-2', minor: 5 } }, call())).toMatchObject({ kind: 'refused', code: 'not-described' });
    expect(peers.billing.heard.length).toBe(before);
    expect(await silent.settle('B-1', nothing, call())).toMatchObject({ kind: 'done' });
    await silent.close();
  });

  test('is looked at without an effect', async () => {
    expect(await billing.check(AbortSignal.timeout(2_000))).toMatchObject({ kind: 'ok' });
    expect(peers.billing.heard.at(-1)).toMatchObject({ method: 'GET', url: '/crm/v3/accounts/signoff-check?expand=balance' });
    const stranger = billingByData(read(billingFile, { ACME_BILLING_TOKEN: 'another' }));
    expect(await stranger.check(AbortSignal.timeout(2_000))).toMatchObject({ kind: 'credentials' });
    await stranger.close();
  });
});

describe('P17 a home register as a file describes it', () => {
  const off = { kind: 'done', fact: { circuitSwitched: false, packetSwitched: false } };
  const on = { kind: 'done', fact: { circuitSwitched: true, packetSwitched: true } };
  test('bars, takes it back, detaches, removes; what is gone is done', async () => {
    expect(await register.read(imsi, call())).toEqual(on);
    expect(await register.bar(imsi, call())).toEqual(off);
    expect(await register.unbar(imsi, call())).toEqual(on);
    // The location is cancelled, and the subscriber still switched on: that is not detached.
    expect(await register.detach(imsi, call())).toMatchObject({ kind: 'unknown' });
    await register.bar(imsi, call());
    expect(await register.detach(imsi, call())).toEqual(off);
    for (const _ of [1, 2]) expect(await register.remove(imsi, call())).toEqual({ kind: 'done', fact: 'absent' });
    expect(await register.bar(imsi, call())).toMatchObject({ kind: 'refused', code: 'no-such-subscriber' });
    expect(await register.detach(imsi, call())).toEqual({ kind: 'done', fact: 'absent' });
  });

  test('a page of a proxy is no absence, half a bar is no bar', async () => {
    peers.register.next({ answer: { status: 404, raw: 'nginx', headers: { 'content-type': 'text/plain' } } });
    expect(await register.remove(imsi, call())).toMatchObject({ kind: 'unknown' });
    peers.register.next({ answer: { status: 200, body: { imsi, services: { voice: 'off', data: 'on' } } } });
    expect(await register.bar(imsi, call())).toMatchObject({ kind: 'unknown' });
    expect(await register.bar('12', call())).toMatchObject({ kind: 'refused', code: 'invalid-imsi' });
    expect(await register.check(AbortSignal.timeout(2_000))).toMatchObject({ kind: 'ok' });
  });
});

test('P17 sessions that a file describes are ended, or there were none', async () => {
  const described = read(`
version: 1
port: sessions
origin: { env: ACME_PROVISIONING_ORIGIN }
secrets: { token: ACME_BILLING_TOKEN }
operations:
  endAll:
    request: { method: POST, path: /sessions/end, form: { imsi: '{imsi}', msisdn: '{msisdn}' }, headers: { x-token: '{secret.token}' } }
    replies:
      - { status: 200, where: { /ended: [1, 2, 3] }, is: done }
      - { status: 200, where: { /ended: 0 }, is: gone }
`);
  const sessions = sessionsByData(described);
  const subject = { imsi, msisdn: '+12025550101' };
  peers.register.next({ answer: { status: 200, body: { ended: 2 } } });
  expect(await sessions.endAll(subject, call())).toEqual({ kind: 'done', fact: 'ended' });
  expect(peers.register.heard.at(-1)).toMatchObject({ body: `imsi=${imsi}&msisdn=%2B12025550101`, headers: { 'x-token': 'token-1', 'content-type': 'application/x-www-form-urlencoded' } });
  peers.register.next({ answer: { status: 200, body: { ended: 0 } } });
  expect(await sessions.endAll(subject, call())).toEqual({ kind: 'done', fact: 'none-there' });
  peers.register.next({ answer: { status: 200, body: { ended: 99 } } });
  expect(await sessions.endAll(subject, call())).toMatchObject({ kind: 'unknown' });
  await sessions.close();
});

test('P17 ST7 a service that a file describes is ended, and read back in the list of its line', async () => {
  const peer = await rawPeer();
  const running = new Set(['music', 'cloud-200']);
  const list = () => JSON.stringify({ line: 'B-1', items: ['music', 'cloud-200'].map((name) => ({ name, on: running.has(name), until: running.has(name) ? null : '2026-12-03T12:00:00+08:00' })) });
  peer.answer((socket, request) => {
    const [, name = ''] = /^DELETE \/lines\/B-1\/items\/([a-z0-9-]+) /.exec(request) ?? [];
    if (request.startsWith('GET')) return void socket.write(replyOf('200 OK', list()));
    socket.write(running.delete(name) ? 'HTTP/1.1 204 No Content\r\n\r\n' : replyOf('410 Gone', '{"why":"over"}'));
  });
  const services = linkedServicesByData(read(`
version: 1
port: linkedServices
origin: ${peer.url}
operations:
  read:
    request: { method: GET, path: '/lines/{ref}/items' }
    replies:
      - status: 200
        is: done
        about: { /line: '{ref}' }
        list: /items
        fact: { service: { at: /name }, status: { at: /on, map: { 'true': active, 'false': ended } }, endedAt: { at: /until, optional: true } }
  end:
    request: { method: DELETE, path: '/lines/{ref}/items/{service}' }
    replies:
      - { status: 204, is: done }
      - { status: 410, where: { /why: over }, is: gone }
`));
  const ended = { kind: 'done', fact: { service: 'music', status: 'ended', endedAt: '2026-12-03T12:00:00+08:00' } };
  expect(await services.end('B-1', 'music', call())).toEqual(ended);
  expect(await services.end('B-1', 'music', call())).toEqual(ended);
  expect(await services.read('B-1', call())).toEqual({ kind: 'done', fact: [ended.fact, { service: 'cloud-200', status: 'active' }] });
  peer.answer((socket, request) => void socket.write(request.startsWith('GET') ? replyOf('200 OK', list()) : 'HTTP/1.1 204 No Content\r\n\r\n'));
  expect(await services.end('B-1', 'cloud-200', call())).toEqual({ kind: 'unknown', says: 'told to end, the service still says active' });
  await Promise.all([services.close(), peer.close()]);
});

test('P5 P17 a refund that a file describes is paid under its key, found again by it, and of that amount', async () => {
  const peer = await rawPeer();
  const reply = (status: string, body: object) => peer.answer((socket) => void socket.write(replyOf(status, JSON.stringify(body))));
  const payouts = payoutsByData(read(`
version: 1
port: payouts
origin: ${peer.url}
operations:
  refund:
    request: { method: POST, path: /refunds, json: { id: '{key}', charge: '{payment}', amount: '{amountMinor}', currency: '{currency}' } }
    replies:
      - status: [200, 201]
        is: done
        about: &mine { /id: '{key}' }
        fact: &refund { status: { at: /state, map: { QUEUED: sent, PAID: done, BOUNCED: failed } }, ref: { at: /number }, amountMinor: { at: /amount }, currency: { at: /currency } }
  read:
    request: { method: GET, path: '/refunds/{key}' }
    replies:
      - { status: 200, is: done, about: *mine, fact: *refund }
      - { status: 404, where: { /why: no-refund }, is: gone }
`));
  const order = { payment: 'pay-1', amountMinor: 500, currency: 'CNY' };
  const paid = { id: 'k-1', state: 'QUEUED', number: 'R-7', amount: 500, currency: 'CNY' };
  reply('201 Created', paid);
  expect(await payouts.refund(order, call('k-1'))).toEqual({ kind: 'done', fact: { status: 'sent', ref: 'R-7', amountMinor: 500, currency: 'CNY' } });
  expect(peer.heard.at(-1)).toContain('{"id":"k-1","charge":"pay-1","amount":500,"currency":"CNY"}');
  reply('200 OK', { ...paid, state: 'PAID' });
  expect(await payouts.read('pay-1', call('k-1'))).toMatchObject({ kind: 'done', fact: { status: 'done' } });
  expect(await payouts.refund({ ...order, amountMinor: 501 }, call('k-1'))).toEqual({ kind: 'unknown', says: 'the answer is about another amount' });
  expect(await payouts.read('pay-1', call('k-2'))).toEqual({ kind: 'unknown', says: 'the answer is about another one' });
  reply('200 OK', { ...paid, state: 'BOUNCED' });
  expect(await payouts.refund(order, call('k-1'))).toMatchObject({ kind: 'refused', code: 'refund-failed' });
  reply('404 Not Found', { why: 'no-refund' });
  expect(await payouts.read('pay-1', call('k-3'))).toEqual({ kind: 'done', fact: 'absent' });
  await Promise.all([payouts.close(), peer.close()]);
});
