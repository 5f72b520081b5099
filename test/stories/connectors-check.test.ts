/** P17 `signoff connectors check`: every peer is looked at, what is wrong is told apart, and nothing happens at any of them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { checkedLines, checkPeers, connectorsCheck, type CheckedPeer } from '../../src/cli/connectors-command.ts';
import { carrierOfSimulator } from '../../src/demo/carrier.ts';
import { connect } from '../../src/main.ts';
import type { CarrierSettings } from '../../src/settings.ts';
import { makeCertificates } from '../../src/simulator/certificates.ts';
import { acmeBilling, type Peer } from '../described-peers.ts';
import { noon, openSetting, type Setting } from './simulator-setting.ts';

const now = new Date('2026-11-20T09:00:00Z');
let setting: Setting;
let carrier: CarrierSettings;
let acme: Peer;
const open: Server[] = [];
const folder = mkdtempSync(join(tmpdir(), 'signoff-check-'));

beforeAll(async () => {
  setting = await openSetting();
  carrier = carrierOfSimulator(setting.simulator.endpoints);
  acme = await acmeBilling('acme-token', new Map());
});
afterAll(async () => {
  for (const server of open) server.close();
  rmSync(folder, { recursive: true });
  await Promise.all([acme.close(), setting.end()]);
});

const listen = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  open.push(server);
  return (server.address() as AddressInfo).port;
};
const look = async (changed: Partial<CarrierSettings>): Promise<Map<string, CheckedPeer>> => {
  const connected = connect({ ...carrier, ...changed }, () => Promise.reject(new Error('only looking')), () => noon);
  try {
    return new Map((await checkPeers(connected.peers, now)).map((one) => [one.connector, one]));
  } finally {
    await connected.close();
  }
};
const kindsOf = (found: Map<string, CheckedPeer>): Record<string, string> => Object.fromEntries([...found].map(([name, { kind }]) => [name, kind]));

describe('P17 every connector is looked at', () => {
  test('all of them answer, each with where it is, how long it took and when certificates end; no effect, no message, no subscriber', async () => {
    const before = setting.simulator.effects().length;
    const found = await look({});
    expect(new Set(Object.values(kindsOf(found)))).toEqual(new Set(['ok']));
    expect([...found.keys()]).toEqual(expect.arrayContaining(['home register', 'SM-DP+', 'billing', 'payouts', 'linked services', 'mail', 'SMS']));
    for (const one of found.values()) expect(one).toMatchObject({ where: expect.stringMatching(/^127\.0\.0\.1:\d+/), milliseconds: expect.any(Number) });
    expect(found.get('SM-DP+')?.certificates?.map(({ whose }) => whose)).toEqual(['theirs', 'ours']);
    expect(setting.simulator.effects().length).toBe(before);
    const lines = checkedLines([...found.values()]);
    expect(lines.at(-1)).toBe(`✓ ${found.size} connectors; all of them answer`);
  });

  test('nobody there: each says which setting names it', async () => {
    const away = { host: '127.0.0.1', port: 1 };
    const url = 'http://127.0.0.1:1';
    const found = await look({
      homeRegister: { kind: 'osmo-hlr', ...away }, billing: { ...carrier.billing, url }, services: { ...carrier.services, url }, payouts: { kind: 'http', url, token: 't' },
      esimPlatform: { ...carrier.esimPlatform, url: 'https://127.0.0.1:1' }, mail: { ...away, tls: 'none' }, sms: { ...carrier.sms, ...away },
    });
    found.delete('session gateways');
    expect(new Set(Object.values(kindsOf(found)))).toEqual(new Set(['unreachable']));
    expect([...found.values()].map(({ mend }) => /SIGNOFF_[A-Z0-9_]+/.exec(mend ?? '')?.[0])).toEqual(['SIGNOFF_HLR', 'SIGNOFF_ES2PLUS_URL', 'SIGNOFF_BILLING_URL', 'SIGNOFF_PAYOUTS_URL', 'SIGNOFF_SERVICES_URL', 'SIGNOFF_SMTP_URL', 'SIGNOFF_SMPP_URL']);
    expect(checkedLines([...found.values()]).at(-1)).toBe('✗ 7 connectors; 7 of them do not');
  });

  test('wrong credentials are told apart, and none stands in what is said', async () => {
    const stripe = createHttpServer((_, reply) => void reply.writeHead(401, { 'content-type': 'application/json' }).end('{"error":{"type":"invalid_request_error","message":"Invalid API Key provided: sk_wrong"}}'));
    const found = await look({
      billing: { ...carrier.billing, token: 'wrong-token' }, services: { ...carrier.services, token: 'wrong-token' },
      payouts: { kind: 'stripe', secretKey: 'sk_wrong_0815', url: `http://127.0.0.1:${await listen(stripe)}` }, sms: { ...carrier.sms, password: 'wrong' },
    });
    expect(kindsOf(found)).toMatchObject({ billing: 'credentials', 'linked services': 'credentials', payouts: 'credentials', SMS: 'credentials', mail: 'ok' });
    expect(found.get('payouts')?.mend).toContain('SIGNOFF_STRIPE_KEY');
    expect(JSON.stringify([...found])).not.toMatch(/wrong-token|sk_wrong|sk_\*/);
  });

  test('certificates: another authority, ours not taken, one that has ended, one that ends soon', async () => {
    const stranger = makeCertificates();
    const es2plus = carrier.esimPlatform;
    expect((await look({ esimPlatform: { ...es2plus, tls: { ...es2plus.tls, ca: stranger.ca } } })).get('SM-DP+')).toMatchObject({ kind: 'certificate', mend: expect.stringContaining('SIGNOFF_ES2PLUS_CA') });
    const notLetIn = (await look({ esimPlatform: { ...es2plus, tls: { ...es2plus.tls, ...stranger.client } } })).get('SM-DP+');
    expect(notLetIn, JSON.stringify(notLetIn)).toMatchObject({ kind: 'certificate' });
    const served = async (made: ReturnType<typeof makeCertificates>) => ({
      url: `https://127.0.0.1:${await listen(createTlsServer({ ...made.server, ca: made.ca, requestCert: true, rejectUnauthorized: true }, (_, reply) => void reply.writeHead(404).end()))}`,
      tls: { ca: made.ca, ...made.client }, requester: 'x',
    });
    expect((await look({ esimPlatform: await served(makeCertificates('201231235959Z')) })).get('SM-DP+')).toMatchObject({ kind: 'certificate', daysLeft: expect.any(Number) });
    // The dates are wide, so that "soon" is a matter of the day on which it is looked.
    const made = makeCertificates();
    const connected = connect({ ...carrier, esimPlatform: await served(made) }, () => Promise.resolve(), () => now);
    const soon = await checkPeers(connected.peers.filter(({ name }) => name === 'SM-DP+'), new Date('2049-12-10T00:00:00Z'));
    await connected.close();
    expect(soon[0]).toMatchObject({ kind: 'ok', daysLeft: 21 });
    expect(checkedLines(soon).join('\n')).toContain('! SM-DP+: a certificate ends in 21 days; renew it.');
  });

  test('something else at the address is not taken for the peer; one that says nothing does not hold the others up', async () => {
    const page = `http://127.0.0.1:${await listen(createHttpServer((_, reply) => void reply.writeHead(200, { 'content-type': 'text/html' }).end('<p>welcome</p>')))}`;
    const elsewhere = `http://127.0.0.1:${await listen(createHttpServer((_, reply) => void reply.writeHead(302, { location: carrier.billing.url }).end()))}`;
    const ssh = await listen(createServer((socket) => void socket.on('error', () => undefined).write('SSH-2.0-OpenSSH_9.9\r\n')));
    const begun = performance.now();
    const found = await look({ billing: { ...carrier.billing, url: page }, services: { ...carrier.services, url: elsewhere }, homeRegister: { kind: 'osmo-hlr', host: '127.0.0.1', port: ssh }, mail: { host: '127.0.0.1', port: ssh, tls: 'none' } });
    expect(kindsOf(found), JSON.stringify([...found])).toMatchObject({ billing: 'protocol', 'linked services': 'protocol', 'home register': 'protocol', mail: 'protocol', payouts: 'ok', SMS: 'ok' });
    expect(found.get('billing')?.mend).toContain('docs/billing.openapi.yaml');
    expect(performance.now() - begun).toBeLessThan(20_000);
  });
});

describe('P17 from settings to exit status', () => {
  const production = (): NodeJS.ProcessEnv => {
    const { esimPlatform, billing, services, payouts, homeRegister, mail, sms } = carrier;
    if (payouts.kind !== 'http' || homeRegister.kind !== 'osmo-hlr') throw new Error('the simulator has others');
    return {
      SIGNOFF_HLR: `${homeRegister.host}:${homeRegister.port}`, SIGNOFF_HLR_VTY_PORT: String(homeRegister.vtyPort), SIGNOFF_ES2PLUS_URL: esimPlatform.url, SIGNOFF_ES2PLUS_CA: esimPlatform.tls.ca, SIGNOFF_ES2PLUS_CERT: esimPlatform.tls.cert, SIGNOFF_ES2PLUS_KEY: esimPlatform.tls.key,
      SIGNOFF_BILLING_URL: billing.url, SIGNOFF_BILLING_TOKEN: billing.token, SIGNOFF_PAYOUTS_URL: payouts.url, SIGNOFF_PAYOUTS_TOKEN: payouts.token, SIGNOFF_SERVICES_URL: services.url, SIGNOFF_SERVICES_TOKEN: services.token,
      SIGNOFF_SMTP_URL: `smtp://${mail.host}:${mail.port}`, SIGNOFF_SMPP_URL: `smpp://${sms.systemId}:${sms.password}@${sms.host}:${sms.port}`,
    };
  };
  const ran = async (env: NodeJS.ProcessEnv): Promise<{ readonly status: number; readonly out: { readonly ok: boolean; readonly checked: readonly CheckedPeer[] } }> => {
    const printed = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    try {
      const status = await connectorsCheck(connect, { json: true, env }, () => undefined);
      return { status, out: JSON.parse(String(printed.mock.calls.at(-1)?.[0])) };
    } finally {
      printed.mockRestore();
    }
  };

  test('0 where all answer, 1 where one does not', async () => {
    expect(await ran(production())).toMatchObject({ status: 0, out: { ok: true } });
    expect(await ran({ ...production(), SIGNOFF_BILLING_TOKEN: 'wrong' })).toMatchObject({ status: 1, out: { ok: false } });
  });

  test('a peer that a file describes is looked at like any other; a file that is wrong stops it with its line', async () => {
    const file = join(folder, 'billing.yaml');
    const { readFileSync } = await import('node:fs');
    writeFileSync(file, readFileSync('docs/http-connectors/billing.example.yaml'));
    const { SIGNOFF_BILLING_URL: _url, SIGNOFF_BILLING_TOKEN: _token, ...rest } = production();
    const env = { ...rest, SIGNOFF_HTTP_CONNECTORS: `billing=${file}`, ACME_BILLING_ORIGIN: acme.origin, ACME_BILLING_TOKEN: 'acme-token' };
    const { status, out } = await ran(env);
    expect(status).toBe(0);
    expect(out.checked.find(({ connector }) => connector === 'billing')).toMatchObject({ kind: 'ok', where: new URL(acme.origin).host });
    await expect(ran({ ...env, ACME_BILLING_TOKEN: '' })).rejects.toThrow(`${file}:6 (secrets.token): the environment variable ACME_BILLING_TOKEN is not set. Set ACME_BILLING_TOKEN.`);
    await expect(ran({ ...env, SIGNOFF_HTTP_CONNECTORS: `payouts=${file}`, SIGNOFF_PAYOUTS_URL: '', SIGNOFF_PAYOUTS_TOKEN: '', SIGNOFF_BILLING_URL: acme.origin, SIGNOFF_BILLING_TOKEN: 't' })).rejects.toThrow('describes billing, and SIGNOFF_HTTP_CONNECTORS names it for payouts');
    await expect(ran({ ...env, SIGNOFF_BILLING_URL: acme.origin })).rejects.toThrow('SIGNOFF_BILLING_URL and SIGNOFF_HTTP_CONNECTORS both say where a peer is');
    await expect(ran({ ...env, SIGNOFF_HTTP_CONNECTORS: 'bills=x.yaml' })).rejects.toThrow('SIGNOFF_HTTP_CONNECTORS is not right: is written port=file');
    await expect(ran({ ...env, SIGNOFF_SMTP_URL: '' })).rejects.toThrow('SIGNOFF_SMTP_URL');
  });
});
