/**
 * Mutual TLS on both sides of ES2+, with certificates that the `openssl` command made and broke: whoever can't show who they are is told
 * apart before a byte of the call is read, and it is seen (fault 15).
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeProgress } from '../../src/connectors/es2plus/progress.ts';
import { openProgressDoor, maxReport, type ProgressDoor } from '../../src/connectors/es2plus/progress-door.ts';
import { es2plus } from '../../src/connectors/es2plus/esim-platform.ts';

const run = promisify(execFile);
let folder: string;
const openssl = (...words: readonly string[]) => run('openssl', [...words], { cwd: folder });

type Pair = { readonly cert: string; readonly key: string };
type Made = { readonly by?: string; readonly names?: string; readonly use?: 'serverAuth' | 'clientAuth'; readonly from?: string; readonly until?: string };

const authority = async (name: string): Promise<string> => {
  await openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`, '-out', `${name}.pem`, '-subj', `/CN=${name}`, '-days', '30', '-addext', 'keyUsage=critical,keyCertSign,cRLSign');
  return readFile(join(folder, `${name}.pem`), 'utf8');
};

/** Dates as YYYYMMDDHHMMSSZ; `openssl ca` takes them, whatever its version. */
const issue = async (name: string, { by = 'carrier', names = 'DNS:localhost,IP:127.0.0.1', use = 'serverAuth', from = '20240101000000Z', until = '20491231235959Z' }: Made = {}): Promise<Pair> => {
  await openssl('req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
  await writeFile(join(folder, `${name}.cnf`), [
    '[ca]', 'default_ca=one', '[one]', 'database=index.txt', 'serial=serial', 'new_certs_dir=.', 'default_md=sha256', 'policy=any', 'unique_subject=no', '[any]', 'commonName=supplied',
    '[more]', `subjectAltName=${names}`, `extendedKeyUsage=${use}`, 'keyUsage=digitalSignature', '',
  ].join('\n'));
  await openssl('ca', '-batch', '-notext', '-config', `${name}.cnf`, '-extensions', 'more', '-cert', `${by}.pem`, '-keyfile', `${by}.key`, '-in', `${name}.csr`, '-out', `${name}.pem`, '-startdate', from, '-enddate', until, '-rand_serial');
  return { cert: await readFile(join(folder, `${name}.pem`), 'utf8'), key: await readFile(join(folder, `${name}.key`), 'utf8') };
};

let ca: string;
let pairs: Record<'server' | 'expired' | 'tooEarly' | 'elsewhere' | 'stranger' | 'client' | 'expiredClient' | 'strangersClient' | 'serverAsClient', Pair>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signoff-tls-'));
  await writeFile(join(folder, 'index.txt'), '');
  ca = await authority('carrier');
  await authority('nobody');
  pairs = {
    server: await issue('server'), expired: await issue('expired', { until: '20250101000000Z' }), tooEarly: await issue('too-early', { from: '20480101000000Z' }),
    elsewhere: await issue('elsewhere', { names: 'DNS:elsewhere.example' }), stranger: await issue('stranger', { by: 'nobody' }),
    client: await issue('client', { use: 'clientAuth' }), expiredClient: await issue('expired-client', { use: 'clientAuth', until: '20250101000000Z' }),
    strangersClient: await issue('strangers-client', { use: 'clientAuth', by: 'nobody' }), serverAsClient: await issue('server-as-client', { use: 'serverAuth' }),
  };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('towards an SM-DP+ (fault 15)', () => {
  let heard = 0;
  const platform = async (pair: Pair): Promise<Server> => {
    const server = createServer({ ca, ...pair, requestCert: true, rejectUnauthorized: true }, (_, reply) => {
      heard += 1;
      reply.setHeader('content-type', 'application/json').end('{"header":{"functionExecutionStatus":{"status":"Executed-Success"}}}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return server;
  };
  const cancel = async (server: Server, client: Pair) => {
    const connector = es2plus({ url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, tls: { ca, ...client }, functionRequesterIdentifier: '1.3.6.1.4.1.99999.1', timeoutMs: 3000 });
    try {
      return await connector.cancelOrder({ iccid: '8988211000000000018' }, { key: 'key-1', signal: AbortSignal.timeout(5000) });
    } finally {
      await connector.close();
      server.closeAllConnections();
      server.close();
    }
  };

  test('whose certificate is right is spoken to', async () => {
    heard = 0;
    expect(await cancel(await platform(pairs.server), pairs.client)).toEqual({ kind: 'done', fact: 'order-cancelled' });
    expect(heard).toBe(1);
  });

  test.each([
    ['has expired', 'expired', 'CERT_HAS_EXPIRED'],
    ['is not valid yet', 'tooEarly', 'CERT_NOT_YET_VALID'],
    ['is for another host', 'elsewhere', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['is of an authority that we do not know', 'stranger', 'UNABLE_TO_'],
  ] as const)('whose certificate %s has not acted: unreachable, with the reason', async (_, name, says) => {
    heard = 0;
    expect(await cancel(await platform(pairs[name]), pairs.client)).toMatchObject({ kind: 'unreachable', wantsPeople: true, says: expect.stringContaining(says) });
    expect(heard).toBe(0);
  });

  /** An SM-DP+ whose TLS is not ours: it says in an alert why it refuses. What it was sent stands in `seen`. */
  const opensslServer = async (): Promise<{ readonly port: number; seen: () => string; stop: () => void }> => {
    const process = spawn('openssl', ['s_server', '-accept', '127.0.0.1:0', '-cert', 'server.pem', '-key', 'server.key', '-CAfile', 'carrier.pem', '-Verify', '1', '-verify_return_error'], { cwd: folder });
    let out = '';
    process.stdout.on('data', (chunk: Buffer) => { out += chunk.toString(); });
    process.stderr.resume();
    await expect.poll(() => out, { timeout: 10_000 }).toMatch(/ACCEPT \S+:\d+/);
    return { port: Number(/ACCEPT \S+:(\d+)/.exec(out)?.[1]), seen: () => out, stop: () => process.kill() };
  };

  test.each([
    ['has expired', 'expiredClient', 'ERR_SSL_.*EXPIRED'],
    ['is of another authority', 'strangersClient', 'ERR_SSL_.*(UNKNOWN_CA|CERTIFICATE)'],
    ['is one for servers', 'serverAsClient', 'ERR_SSL_.*CERTIFICATE'],
  ] as const)('that refuses our own certificate because it %s has not acted: unreachable, with its alert', async (_, name, says) => {
    const peer = await opensslServer();
    try {
      const connector = es2plus({ url: `https://127.0.0.1:${peer.port}`, tls: { ca, ...pairs[name] }, functionRequesterIdentifier: '1.3.6.1.4.1.99999.1', timeoutMs: 3000 });
      expect(await connector.cancelOrder({ iccid: '8988211000000000018' }, { key: 'key-1', signal: AbortSignal.timeout(5000) })).toMatchObject({ kind: 'unreachable', wantsPeople: true, says: expect.stringMatching(new RegExp(says)) });
      await connector.close();
      expect(peer.seen()).not.toContain('cancelOrder');
    } finally {
      peer.stop();
    }
  });
});

describe('at our own door (fault 15)', () => {
  let door: ProgressDoor;
  const recorded: string[] = [];
  const alarms: { readonly why: string; readonly says: string }[] = [];
  let broken = false;
  beforeAll(async () => {
    door = await openProgressDoor({
      host: '127.0.0.1', port: 0, tls: { ca, ...pairs.server }, alarm: (what) => void alarms.push(what),
      onProgress: async ({ iccid, notificationPointId }) => {
        if (broken) throw new Error('the database is away: 8988211000000000018');
        recorded.push(`${iccid} ${notificationPointId}`);
      },
    });
  });
  afterAll(() => door?.close());

  const report = encodeProgress({
    header: { functionRequesterIdentifier: '1.3.6.1.4.1.99999.2', functionCallIdentifier: 'N-1' }, iccid: '8988211000000000018', profileType: 'Consumer', timestamp: '2026-12-11T09:30:00Z',
    notificationPointId: 5, notificationPointStatus: { status: 'Executed-Success' },
  });
  const right = { 'content-type': 'application/json', 'x-admin-protocol': 'gsma/rsp/v2.5.0' };
  type Given = { readonly client?: Pair; readonly body?: string; readonly headers?: Record<string, string>; readonly path?: string; readonly method?: string };
  /** What came back, or the code with which TLS ended it. */
  const send = ({ client, body = report, headers = right, path = '/gsma/rsp2/es2plus/handleDownloadProgressInfo', method = 'POST' }: Given): Promise<{ readonly status: number; readonly body: string; readonly headers: Record<string, unknown> } | string> =>
    new Promise((resolve) => {
      const asked = request({ host: '127.0.0.1', port: door.port, path, method, headers, ca, ...client, agent: false }, (reply) => {
        const chunks: Buffer[] = [];
        reply.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve({ status: reply.statusCode ?? 0, body: Buffer.concat(chunks).toString(), headers: reply.headers }));
      });
      asked.on('error', (error: Error & { code?: string }) => resolve(error.code ?? error.name));
      asked.end(body);
    });

  test('whose certificate is right is answered 204, without a body', async () => {
    expect(await send({ client: pairs.client })).toMatchObject({ status: 204, body: '', headers: { 'x-admin-protocol': 'gsma/rsp/v2.5.0' } });
    expect(recorded.splice(0)).toEqual(['8988211000000000018 5']);
  });

  test.each([
    ['no certificate', undefined, /PEER_DID_NOT_RETURN_A_CERTIFICATE/], ['one that has expired', 'expiredClient', /CERT_HAS_EXPIRED/], ['one of another authority', 'strangersClient', /UNABLE_TO_VERIFY/], ['one for servers', 'serverAsClient', /INVALID_PURPOSE/],
  ] as const)('who shows %s gets no further than TLS, and it is an alarm with the reason', async (_, name, says) => {
    alarms.length = 0;
    expect(await send(name === undefined ? {} : { client: pairs[name] })).toMatch(/ECONNRESET|ALERT|EPIPE/);
    expect(recorded).toEqual([]);
    await expect.poll(() => alarms).toEqual([{ why: 'client-refused', says: expect.stringMatching(says) }]);
  });

  test('so does one that does not speak TLS, and openssl itself without a certificate', async () => {
    alarms.length = 0;
    await fetch(`http://127.0.0.1:${door.port}/gsma/rsp2/es2plus/handleDownloadProgressInfo`, { method: 'POST', body: report }).catch(() => undefined);
    await expect.poll(() => alarms.length).toBe(1);
    const asked = run('openssl', ['s_client', '-connect', `127.0.0.1:${door.port}`, '-CAfile', join(folder, 'carrier.pem'), '-quiet', '-no_ign_eof'], { timeout: 5000 });
    asked.child.stdin?.end('POST /gsma/rsp2/es2plus/handleDownloadProgressInfo HTTP/1.1\r\n\r\n');
    await asked.catch(() => undefined);
    await expect.poll(() => alarms.length).toBe(2);
    expect(recorded).toEqual([]);
  });

  test.each<[string, Given, number, string]>([
    ['what is no JSON', { body: 'deleted' }, 400, 'not JSON'],
    ['a field that is missing', { body: report.replace('"profileType":"Consumer",', '') }, 400, 'profileType: invalid_type'],
    ['an ICCID that is none', { body: report.replace('8988211000000000018F', 'all') }, 400, 'iccid: invalid_format'],
    ['another version', { headers: { ...right, 'x-admin-protocol': 'gsma/rsp/v3.0.0' } }, 400, 'gsma/rsp/v2.5.0'],
    ['no version', { headers: { 'content-type': 'application/json' } }, 400, 'X-Admin-Protocol'],
    ['another type', { headers: { ...right, 'content-type': 'text/xml' } }, 400, 'application/json'],
    ['too much of it', { body: ' '.repeat(maxReport + 1) }, 413, `longer than ${maxReport} bytes`],
    ['another function', { path: '/gsma/rsp2/es2plus/downloadOrder' }, 404, 'handleDownloadProgressInfo'],
    ['a look', { method: 'GET', body: '' }, 405, 'POST'],
  ])('%s is refused with the reason in words', async (_, given, status, says) => {
    const answer = await send({ client: pairs.client, ...given });
    expect(answer).toMatchObject({ status, body: expect.stringContaining(says) });
    expect(JSON.stringify(answer)).not.toContain('8988211000000000018');
    expect(recorded).toEqual([]);
  });

  test('what could not be recorded is not acknowledged, and the alarm names nobody', async () => {
    alarms.length = 0;
    broken = true;
    expect(await send({ client: pairs.client })).toMatchObject({ status: 503 });
    broken = false;
    expect(alarms).toEqual([{ why: 'not-recorded', says: 'Error' }]);
    expect(await send({ client: pairs.client })).toMatchObject({ status: 204 });
    expect(recorded.splice(0)).toHaveLength(1);
  });
});
