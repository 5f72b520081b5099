/** The commands as people run them: real processes in folders of their own. What goes wrong is one plain sentence, never a stack. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { access, chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { carrierOfSimulator } from '../../src/demo/carrier.ts';
import { demoData } from '../../src/demo/data.ts';
import { allPacks } from '../../policies/index.ts';
import { visitor, type Visitor } from '../../src/demo/visitor.ts';
import { startSimulator } from '../../src/simulator/start.ts';
import { packName } from '../../src/policy/pack.ts';
import { makeDocumentKey } from '../../src/signature/document-key.ts';
import { systemClock } from '../../src/store/clock.ts';
import { makeSigningKey, signingKeyAsPem } from '../../src/vault/signing-key.ts';
import { testDatabase } from '../database.ts';
import { brand, eventually } from '../harness.ts';
import { networkEnvironment } from '../network-environment.ts';

vi.setConfig({ testTimeout: 240_000 }); // a machine with much else to do is slow, not wrong
const root = fileURLToPath(new URL('../..', import.meta.url));
const running = new Set<ChildProcess>();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signoff-processes-'));
  await chmod(folder, 0o711); // as root, PostgreSQL runs as another user
});
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  for (const place of ['served', 'demo']) {
    const left = Number((await readFile(join(folder, place, 'postgres/data/postmaster.pid'), 'utf8').catch(() => '0')).split('\n')[0]);
    if (left) process.kill(left, 'SIGQUIT');
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

type Ended = { readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly out: string; readonly err: string };
type Running = { readonly child: ChildProcess; readonly said: () => string; readonly ended: Promise<Ended> };

const signoff = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Running => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', ...args], {
    cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', LANG: 'en_GB.UTF-8', ...env },
  });
  running.add(child);
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => { out += chunk.toString(); });
  child.stderr.on('data', (chunk: Buffer) => { err += chunk.toString(); });
  const ended = once(child, 'close').then(([code, signal]) => {
    running.delete(child);
    return { code: code as number | null, signal: signal as NodeJS.Signals | null, out, err };
  });
  return { child, said: () => out + err, ended };
};
const says = (one: Running, what: RegExp, seconds = 120): Promise<RegExpExecArray> =>
  eventually(`${what} in: ${one.said()}`, async () => {
    const found = what.exec(one.said());
    if (found === null && one.child.exitCode !== null) throw new Error(`it ended with ${one.child.exitCode}: ${one.said()}`);
    return found ?? undefined;
  }, seconds);

const freePort = async (): Promise<string> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return String(port);
};
/** The one sentence, apart from what tells that something is under way. */
const sentence = ({ err }: Ended): string => err.split('\n').filter((line) => line !== '' && !line.endsWith('…')).join('\n');
const noStack = (ended: Ended): void => expect(ended.out + ended.err).not.toMatch(/\n\s+at |node:internal|\.ts:\d+/);

describe('signoff start', () => {
  let port: string;
  let first: Running;
  let one: Visitor;
  const who = demoData(brand, 'ultra-purple.example').subscribers[0];
  const served = () => signoff(['start'], { SIGNOFF_FOLDER: join(folder, 'served'), SIGNOFF_PORT: port });

  test('serves, and prints where to go and who can sign in there', async () => {
    port = await freePort();
    first = served();
    await says(first, /Ctrl-C stops it/);
    for (const part of [...new Set(allPacks.map((pack) => `http://127.0.0.1:${port}/${pack.brand}/`)), '…/console', who?.phone ?? '', who?.password ?? '', 'Inbox', 'Everything here is invented']) expect(first.said()).toContain(part);
    const [, inbox = ''] = /Inbox\s+(\S+)/.exec(first.said()) ?? [];
    expect((await fetch(inbox)).status).toBe(200);
    one = visitor(`http://127.0.0.1:${port}/${brand}`, 'zh-CN');
    await one.visit(`http://127.0.0.1:${port}/${brand}/`);
    await one.submit('/sign-in', { name: who?.phone ?? '', password: who?.password ?? '' });
    await one.visit(one.link(/\/cancel$/));
    await one.submit('/pay-bill');
    await one.submit('/unbind', { device: 'all' });
    await one.submit('/cancel');
    await one.submit('/application', { name: '林晓雨', email: 'lin.xiaoyu@mail.example' });
  });

  test('a second start on the same folder is told so in a sentence, and the first goes on', async () => {
    const ended = await signoff(['start'], { SIGNOFF_FOLDER: join(folder, 'served'), SIGNOFF_PORT: await freePort() }).ended;
    expect(ended).toMatchObject({ code: 1, out: '' });
    expect(sentence(ended).split('\n')).toHaveLength(1);
    expect(sentence(ended)).toContain(join(folder, 'served'));
    noStack(ended);
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  });

  test('a busy port: a sentence that names it and another', async () => {
    const database = await testDatabase();
    const ended = await signoff(['start'], { SIGNOFF_FOLDER: join(folder, 'second'), DATABASE_URL: database.url, SIGNOFF_PORT: port }).ended;
    await database.drop();
    expect(ended.code).toBe(1);
    expect(sentence(ended)).toBe(`Port ${port} on 127.0.0.1 is taken by another program. Stop it, or choose another port: SIGNOFF_PORT=${Number(port) + 1} npm start`);
    noStack(ended);
  });

  test('after kill -9 the next start finds everything: the account, the session, the half-filled form', async () => {
    first.child.kill('SIGKILL');
    expect(await first.ended).toMatchObject({ signal: 'SIGKILL' });
    first = served();
    await says(first, /Ctrl-C stops it/);
    const page = await one.visit(one.page().url);
    expect([page.status, page.url]).toEqual([200, expect.stringMatching(/\/application/)]);
    expect(page.root.querySelector('#name')?.getAttribute('value')).toBe('林晓雨');
  });

  test('SIGTERM stops it in order: exit 0, and nothing goes on running', async () => {
    first.child.kill('SIGTERM');
    const ended = await first.ended;
    expect(ended).toMatchObject({ code: 0, signal: null });
    noStack(ended);
    await expect(access(join(folder, 'served/postgres/data/postmaster.pid'))).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
  });

  test.each([
    ['a setting that is none', { SIGNOFF_PORT: 'often' }, /^SIGNOFF_PORT is not right/],
    ['a database that nobody serves', { DATABASE_URL: 'postgres://desk:secret-of-ours@127.0.0.1:1/signoff' }, /127\.0\.0\.1/],
    ['a folder that can’t be', { SIGNOFF_FOLDER: '/dev/null/signoff' }, /\/dev\/null/],
  ])('%s: a sentence, exit 1', async (_, env, what) => {
    const ended = await signoff(['start'], { SIGNOFF_FOLDER: join(folder, 'wrong'), ...env }).ended;
    expect([ended.code, sentence(ended)]).toEqual([1, expect.stringMatching(what)]);
    expect(ended.err).not.toContain('secret-of-ours');
    noStack(ended);
  });
});

describe('SIGNOFF_ENV=production', () => {
  const secrets = ['SIGNOFF_OPERATOR_KEY', 'SIGNOFF_SIGNING_KEY', 'SIGNOFF_DOCUMENT_KEY', 'SIGNOFF_DOCUMENT_CERT', 'SIGNOFF_PAYOUTS_URL', 'SIGNOFF_PAYOUTS_TOKEN', 'SIGNOFF_SERVICES_URL', 'SIGNOFF_SERVICES_TOKEN', 'SIGNOFF_PUBLIC_URL', 'SIGNOFF_HLR', 'SIGNOFF_HLR_VTY_PORT', 'SIGNOFF_ES2PLUS_URL', 'SIGNOFF_ES2PLUS_CA', 'SIGNOFF_ES2PLUS_CERT', 'SIGNOFF_ES2PLUS_KEY', 'SIGNOFF_BILLING_URL', 'SIGNOFF_BILLING_TOKEN', 'SIGNOFF_SMTP_URL', 'SIGNOFF_SMPP_URL'];

  test('without secrets it does not start, and names each that is missing', async () => {
    const ended = await signoff(['start'], { SIGNOFF_ENV: 'production', SIGNOFF_FOLDER: join(folder, 'production') }).ended;
    expect(ended.code).toBe(1);
    expect(sentence(ended)).toMatch(/^Production does not start without: /);
    for (const name of secrets) expect(sentence(ended)).toContain(`${name} (`);
    noStack(ended);
    await expect(access(join(folder, 'production'))).rejects.toMatchObject({ code: 'ENOENT' }); // nothing was made
  });

  test('Stripe’s key stands in for a payout system of one’s own, and for nothing else', async () => {
    const ended = await signoff(['start'], { SIGNOFF_ENV: 'production', SIGNOFF_FOLDER: join(folder, 'production'), SIGNOFF_STRIPE_KEY: 'sk_test_of_nobody' }).ended;
    expect(ended.code).toBe(1);
    for (const name of secrets) expect([name, sentence(ended).includes(`${name} (`)]).toEqual([name, !name.startsWith('SIGNOFF_PAYOUTS')]);
    expect(ended.out + ended.err).not.toContain('sk_test_of_nobody');
  });

  test('with all of them it starts: no accounts, no simulator, no driven clock, cookies for TLS alone; and never on a demo’s database', async () => {
    const simulator = await startSimulator({ folder: join(folder, 'carrier'), now: () => systemClock.now() });
    const database = await testDatabase();
    try {
      const carrier = carrierOfSimulator(simulator.endpoints);
      const { esimPlatform, billing, payouts, services, mail, sms } = carrier;
      if (payouts.kind !== 'http') throw new Error('the simulator pays out by its own door');
      const documentKey = makeDocumentKey();
      const file = async (name: string, text: string) => {
        await writeFile(join(folder, name), text, { mode: 0o600 });
        return join(folder, name);
      };
      const port = await freePort();
      const env = {
        SIGNOFF_ENV: 'production', SIGNOFF_FOLDER: join(folder, 'production'), DATABASE_URL: database.url, SIGNOFF_PORT: port, SIGNOFF_PUBLIC_URL: 'https://desk.ultra-purple.example',
        SIGNOFF_OPERATOR_KEY: randomBytes(32).toString('hex'), SIGNOFF_SIGNING_KEY: signingKeyAsPem(makeSigningKey()),
        ...networkEnvironment(carrier), SIGNOFF_ES2PLUS_URL: esimPlatform.url, SIGNOFF_ES2PLUS_REQUESTER: esimPlatform.requester,
        SIGNOFF_ES2PLUS_CA: await file('ca.pem', esimPlatform.tls.ca), SIGNOFF_ES2PLUS_CERT: await file('cert.pem', esimPlatform.tls.cert), SIGNOFF_ES2PLUS_KEY: await file('key.pem', esimPlatform.tls.key),
        SIGNOFF_BILLING_URL: billing.url, SIGNOFF_BILLING_TOKEN: billing.token, SIGNOFF_SMTP_URL: `smtp://${mail.host}:${mail.port}`,
        SIGNOFF_PAYOUTS_URL: payouts.url, SIGNOFF_PAYOUTS_TOKEN: payouts.token, SIGNOFF_SERVICES_URL: services.url, SIGNOFF_SERVICES_TOKEN: services.token,
        SIGNOFF_DOCUMENT_KEY: await file('document-key.pem', documentKey.key), SIGNOFF_DOCUMENT_CERT: await file('document-cert.pem', documentKey.certificate),
        SIGNOFF_SMPP_URL: `smpp://${sms.systemId}:${encodeURIComponent(sms.password)}@${sms.host}:${sms.port}`,
      };
      const one = signoff(['start'], env);
      await says(one, new RegExp(`${brand}: http://127\\.0\\.0\\.1:${port}/${brand}/`));
      expect(one.said()).not.toMatch(/invented|Inbox|password|lantern/i);
      const signIn = await fetch(`http://127.0.0.1:${port}/${brand}/sign-in`);
      expect([signIn.status, signIn.headers.getSetCookie().every((cookie) => /; Secure/.test(cookie))]).toEqual([200, true]);
      const ask = async (sql: string): Promise<unknown[]> => {
        const client = new pg.Client({ connectionString: database.url });
        await client.connect();
        return client.query(sql).then(({ rows }) => rows as unknown[]).finally(() => client.end());
      };
      expect(await ask(`select 1 from subscribers union all select 1 from staff union all select 1 from lines union all select 1 from clock_ahead`)).toEqual([]);
      await expect(access(join(folder, 'production/carrier'))).rejects.toMatchObject({ code: 'ENOENT' });
      await expect(access(join(folder, 'production/keys'))).rejects.toMatchObject({ code: 'ENOENT' }); // no default secret
      one.child.kill('SIGTERM');
      const ended = await one.ended;
      expect(ended.code).toBe(0);
      for (const secret of [env.SIGNOFF_OPERATOR_KEY, billing.token, payouts.token, services.token, sms.password]) expect(ended.out + ended.err).not.toContain(secret);

      await ask('insert into clock_ahead (milliseconds) values (86400000)');
      const refused = await signoff(['start'], env).ended;
      expect([refused.code, sentence(refused)]).toEqual([1, expect.stringContaining('belongs to a demo')]);
    } finally {
      await simulator.stop();
      await database.drop();
    }
  });
});

describe('signoff demo and verify', () => {
  const keys = ['ok', 'brand', 'applicationNumber', 'state', 'certificate', 'pdf', 'steps', 'effects', 'notices', 'elapsedMs'];
  const home = () => join(folder, 'demo');

  test('demo --brand nope: exit 2 and the list', async () => {
    const ended = await signoff(['demo', '--brand', 'nope'], { SIGNOFF_FOLDER: home() }).ended;
    expect([ended.code, ended.err.trim()]).toEqual([2, `There is no brand "nope". There are: ${[...new Set(allPacks.map(packName))].join(', ')}.`]);
  });

  test('UP8 demo --json: its last line is the documented object, ok; then verify says yes offline, and what is wrong after one changed byte', async () => {
    const ended = await signoff(['demo', '--json'], { SIGNOFF_FOLDER: home() }).ended;
    expect([ended.code, ended.err.split('\n').filter((line) => line !== '' && !line.endsWith('…'))]).toEqual([0, []]);
    const shown = JSON.parse(ended.out.trimEnd().split('\n').at(-1) ?? '') as Record<string, unknown> & { certificate: string; pdf: string; steps: object[]; effects: object[]; notices: object[] };
    expect(Object.keys(shown)).toEqual(keys);
    expect(shown).toMatchObject({ ok: true, brand, state: 'cancelled', applicationNumber: expect.stringMatching(/^[0-9A-Z]{4}(-[0-9A-Z]{1,4})+$/), elapsedMs: expect.any(Number) });
    for (const [list, names] of [[shown.steps, ['name', 'outcome', 'attempts']], [shown.effects, ['system', 'effect', 'subject']], [shown.notices, ['channel', 'template', 'to']]] as const) {
      expect(list.length).toBeGreaterThan(5);
      for (const one of list) expect(Object.keys(one)).toEqual(names);
    }

    const verify = (file: string, ...more: string[]) => signoff(['verify', file, '--keys', join(home(), 'public-keys.json'), ...more]).ended;
    for (const file of [shown.certificate, shown.pdf]) expect(await verify(file)).toMatchObject({ code: 0, out: expect.stringMatching(/^✓ /) });
    const whole = await readFile(shown.certificate, 'utf8');
    const at = whole.indexOf('.') + 60;
    const changed = join(folder, 'changed.jws');
    await writeFile(changed, `${whole.slice(0, at)}${whole[at] === 'A' ? 'B' : 'A'}${whole.slice(at + 1)}`);
    expect(await verify(changed, '--json')).toMatchObject({ code: 1, out: expect.stringContaining('"part":"statement"') });
    const told = await verify(changed);
    expect([told.code, told.out.split('\n')[0]]).toEqual([1, expect.stringMatching(/^✗ /)]);
    noStack(told);
    expect(await verify(join(folder, 'nothing-there.jws'))).toMatchObject({ code: 2 });
  });
});
