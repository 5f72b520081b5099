/** `signoff doctor` on a set-up as production has it, and on the same with one thing after another wrong. */
import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allPacks, calendars } from '../../policies/index.ts';
import { checkCalendars, checkCertificates, checkDatabase, checkZones, type Finding } from '../../src/cli/doctor-checks.ts';
import { doctorLines, examine } from '../../src/cli/doctor-command.ts';
import { connect } from '../../src/main.ts';
import { makeDocumentKey } from '../../src/signature/document-key.ts';
import { signingKeyAsPem } from '../../src/vault/signing-key.ts';
import { openStory, type Story } from '../harness.ts';
import { networkEnvironment } from '../network-environment.ts';

let story: Story;
let folder: string;
let env: Record<string, string>;
beforeAll(async () => {
  story = await openStory({ works: false });
  folder = await mkdtemp(join(tmpdir(), 'signoff-doctor-'));
  const { carrier, databaseUrl, operatorKey, signingKey } = story.parts;
  const documentKey = makeDocumentKey();
  const file = async (name: string, text: string) => {
    await writeFile(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  const { esimPlatform, billing, payouts, services, mail, sms } = carrier;
  if (payouts.kind !== 'http') throw new Error('the simulator pays out by its own door');
  env = {
    SIGNOFF_ENV: 'production', SIGNOFF_FOLDER: join(folder, 'data'), DATABASE_URL: databaseUrl, SIGNOFF_PUBLIC_URL: 'https://desk.ultra-purple.example', SIGNOFF_OPERATION_PORT: '9464',
    SIGNOFF_OPERATOR_KEY: operatorKey.toString('hex'), SIGNOFF_SIGNING_KEY: signingKeyAsPem(signingKey),
    SIGNOFF_DOCUMENT_KEY: await file('document-key.pem', documentKey.key), SIGNOFF_DOCUMENT_CERT: await file('document-cert.pem', documentKey.certificate),
    // Its NAS would take a request of another day for a repeat, and a story's day is not today's.
    ...networkEnvironment({ homeRegister: carrier.homeRegister }), SIGNOFF_ES2PLUS_URL: esimPlatform.url, SIGNOFF_ES2PLUS_REQUESTER: esimPlatform.requester,
    SIGNOFF_ES2PLUS_CA: await file('ca.pem', esimPlatform.tls.ca), SIGNOFF_ES2PLUS_CERT: await file('cert.pem', esimPlatform.tls.cert), SIGNOFF_ES2PLUS_KEY: await file('key.pem', esimPlatform.tls.key),
    SIGNOFF_BILLING_URL: billing.url, SIGNOFF_BILLING_TOKEN: billing.token, SIGNOFF_PAYOUTS_URL: payouts.url, SIGNOFF_PAYOUTS_TOKEN: payouts.token,
    SIGNOFF_SERVICES_URL: services.url, SIGNOFF_SERVICES_TOKEN: services.token,
    SIGNOFF_SMTP_URL: `smtp://${mail.host}:${mail.port}`, SIGNOFF_SMPP_URL: `smpp://${sms.systemId}:${encodeURIComponent(sms.password)}@${sms.host}:${sms.port}`,
  };
});
afterAll(async () => {
  await story?.stop();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

const kinds = (found: readonly Finding[], kind: Finding['kind']): string[] => found.filter((one) => one.kind === kind).map(({ what }) => what);

test('a set-up in order: nothing is wrong, what is to be watched says what to do, and no secret is printed', async () => {
  const found = await examine(connect, env);
  expect(found.filter(({ kind }) => kind === 'wrong')).toEqual([]);
  for (const what of ['settings', 'operator\'s key', 'signing key', 'database', 'migrations', 'database role', 'brand boundary', 'clock', 'time zones', 'time zones here', 'disk', 'billing', 'home register', 'SM-DP+', 'mail', 'SMS'])
    expect([what, found.find((one) => one.what === what)?.kind]).toEqual([what, 'ok']);
  for (const { what, kind, mend } of found) expect([what, kind === 'ok' || (mend ?? '').length > 5]).toEqual([what, true]);
  const printed = doctorLines(found).join('\n') + JSON.stringify(found);
  for (const name of ['SIGNOFF_OPERATOR_KEY', 'SIGNOFF_BILLING_TOKEN', 'SIGNOFF_PAYOUTS_TOKEN', 'SIGNOFF_SERVICES_TOKEN']) expect(printed).not.toContain(env[name]);
  expect(printed).not.toContain(story.parts.carrier.sms.password);
  expect(doctorLines(found).at(-1)).toMatch(/^✓ \d+ looked at; 0 wrong/);
});

test('one thing after another wrong: each is named with what mends it, and the rest is looked at all the same', async () => {
  await story.rows('alter table cancellations no force row level security');
  const found = await examine(connect, { ...env, SIGNOFF_OPERATOR_KEY: Buffer.from('correct horse battery staple 123').toString('hex'), SIGNOFF_PUBLIC_URL: 'http://desk.ultra-purple.example', SIGNOFF_BILLING_TOKEN: 'not-the-one', SIGNOFF_OPERATION_PORT: '' });
  await story.rows('alter table cancellations force row level security');
  expect(kinds(found, 'wrong').toSorted()).toEqual(['billing', 'brand boundary', 'operator\'s key', 'public address']);
  expect(found.find(({ what }) => what === 'brand boundary')?.says).toBe('not forced on cancellations');
  expect(found.find(({ what }) => what === 'billing')?.says).toMatch(/^credentials: /);
  expect(kinds(found, 'warn')).toContain('operation port');
  expect(doctorLines(found).at(-1)).toMatch(/^✗ \d+ looked at; 4 wrong/);

  // A database that takes writes is no copy of any.
  const copy = (await examine(connect, { ...env, SIGNOFF_READ_URL: env['DATABASE_URL'] ?? '' })).find(({ what }) => what === 'copy to read from');
  expect([copy?.kind, copy?.says]).toEqual(['wrong', expect.stringContaining('no hot standby')]);

  const away = await examine(connect, { ...env, DATABASE_URL: 'postgres://desk:secret-of-ours@127.0.0.1:1/signoff' });
  expect([kinds(away, 'wrong'), away.find(({ what }) => what === 'database')?.says]).toEqual([['database'], expect.stringContaining('No PostgreSQL answers')]);
  expect(JSON.stringify(away)).not.toContain('secret-of-ours');
  expect(await examine(connect, { SIGNOFF_ENV: 'production' })).toEqual([expect.objectContaining({ what: 'settings', kind: 'wrong', says: expect.stringContaining('SIGNOFF_OPERATOR_KEY') })]);
});

test('clocks apart, zones that nobody knows, certificates at their end, a year without its calendar', async () => {
  const shifted = (seconds: number) => checkDatabase(env['DATABASE_URL'] ?? '', ['Asia/Shanghai', 'Mars/Utopia'], () => new Date(Date.now() + seconds * 1000));
  const [ahead, behind] = [await shifted(40), await shifted(-5)];
  expect([ahead.find(({ what }) => what === 'clock')?.kind, behind.find(({ what }) => what === 'clock')?.kind]).toEqual(['wrong', 'warn']);
  expect(ahead.find(({ what }) => what === 'time zones')).toMatchObject({ kind: 'wrong', says: 'the database does not know Mars/Utopia' });
  expect(checkZones(['Asia/Shanghai', 'Mars/Utopia'])).toMatchObject({ kind: 'wrong', says: 'Node does not know Mars/Utopia' });

  const certificate = { SIGNOFF_ES2PLUS_CERT: env['SIGNOFF_ES2PLUS_CERT'] ?? '' };
  const text = story.parts.carrier.esimPlatform.tls.cert;
  const [begins, ends] = [new X509Certificate(text).validFrom, new X509Certificate(text).validTo].map((at) => Date.parse(at));
  const on = (at: number, days: number) => checkCertificates(certificate, () => text, new Date(at + days * 86_400_000))[0]?.kind;
  expect([on(begins ?? 0, 1), on(ends ?? 0, -10), on(ends ?? 0, 10)]).toEqual(['ok', 'warn', 'wrong']);
  expect(checkCertificates(certificate, () => text, new Date((begins ?? 0) + 4 * 365 * 86_400_000))).toEqual([expect.objectContaining({ kind: 'warn', says: expect.stringContaining('three years') })]);

  const known = Math.max(...calendars.flatMap(({ knownYears }) => [...knownYears]));
  expect(kinds(checkCalendars(allPacks, calendars, new Date(Date.UTC(known + 1, 5, 1))), 'wrong').length).toBeGreaterThan(0);
  expect(kinds(checkCalendars(allPacks, calendars, new Date(Date.UTC(known, 5, 1))), 'ok')).toEqual([]);
});
