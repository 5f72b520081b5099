import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { smtpMail } from '../../src/connectors/smtp/mail-channel.ts';
import type { Call } from '../../src/plan/ports.ts';
import { certificatesIn, type Certificates } from '../../src/simulator/certificates.ts';
import { startExim, type Exim } from './exim-server.ts';
import { until } from './start-program.ts';

const timeoutMs = 5_000;
const call = (key: string): Call => ({ key, signal: new AbortController().signal });
const mail = (to: string, more: { subject?: string; text?: string } = {}) => ({
  to, from: '客服 <care@signoff.example>', subject: '您的注销申请已收到：UP-1234（ultra紫卡）', text: '还没有注销。\n.\n上面只有一个点。', html: '<p>还<b>没有</b>注销。</p>', ...more,
});

let folder: string;
let certificates: Certificates;
let exim: Exim;
let channel: ReturnType<typeof smtpMail>;
const openChannel = ({ host, port }: Exim, ca = certificates.ca) => smtpMail({ host, port, tls: 'starttls', ca, timeoutMs });
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signoff-exim-certificates-'));
  certificates = await certificatesIn(folder);
  exim = await startExim(certificates.server);
  channel = openChannel(exim);
});
afterAll(async () => {
  await channel?.close();
  await exim?.stop();
  await rm(folder, { recursive: true, force: true });
});

const arrivedFor = async (to: string) => (await exim.mailbox()).filter((one) => one.headers.some(({ key, value }) => key === 'envelope-to' && value === to));

describe('a real Exim', () => {
  test('has the mail in its mailbox as it was written, with our Message-ID', async () => {
    const outcome = await channel.send(mail('lin@mail.example'), call('k-1'));
    expect(outcome).toMatchObject({ kind: 'done' });
    await until('the mail is there', async () => (await arrivedFor('lin@mail.example')).length === 1);
    const [one] = await arrivedFor('lin@mail.example');
    expect(one).toMatchObject({ subject: '您的注销申请已收到：UP-1234（ultra紫卡）', from: { name: '客服', address: 'care@signoff.example' }, to: [{ address: 'lin@mail.example' }] });
    expect(one?.messageId).toBe(outcome.kind === 'done' ? outcome.fact.providerId : '');
    expect(one?.text?.replaceAll('\r\n', '\n').trim()).toBe('还没有注销。\n.\n上面只有一个点。');
    expect(one?.html).toContain('<b>没有</b>');
    expect(one?.headers).toContainEqual(expect.objectContaining({ key: 'auto-submitted', value: 'auto-generated' }));
  });

  test('sent once more, it is the same mail by its Message-ID', async () => {
    for (let times = 0; times < 2; times += 1) expect(await channel.send(mail('mo@mail.example'), call('k-2'))).toMatchObject({ kind: 'done' });
    await until('both are there', async () => (await arrivedFor('mo@mail.example')).length === 2);
    expect(new Set((await arrivedFor('mo@mail.example')).map(({ messageId }) => messageId)).size).toBe(1);
  });

  test('refuses for good, for now, and what is too long; nothing of it arrives', async () => {
    expect(await channel.send(mail('nobody@mail.example'), call('k-3'))).toMatchObject({ kind: 'refused', code: 'smtp-550' });
    expect(await channel.send(mail('a@elsewhere.example'), call('k-4'))).toMatchObject({ kind: 'refused', code: 'smtp-550' });
    expect(await channel.send(mail('later@mail.example'), call('k-5'))).toMatchObject({ kind: 'unreachable', says: expect.stringContaining('451') });
    expect(await channel.send(mail('wei@mail.example', { text: 'x'.repeat(40_000) }), call('k-6'))).toMatchObject({ kind: 'refused', code: 'smtp-552' });
    expect(await arrivedFor('wei@mail.example')).toEqual([]);
  });

  test('forty at once arrive once each', async () => {
    const keys = Array.from({ length: 40 }, (_, at) => `many-${at}`);
    const outcomes = await Promise.all(keys.map((key) => channel.send(mail('an@mail.example'), call(key))));
    expect(outcomes.filter(({ kind }) => kind !== 'done')).toEqual([]);
    await until('all are there', async () => (await arrivedFor('an@mail.example')).length >= 40);
    expect(new Set((await arrivedFor('an@mail.example')).map(({ messageId }) => messageId)).size).toBe(40);
    expect(await arrivedFor('an@mail.example')).toHaveLength(40);
  });

  test('whose certificate nobody vouches for gets nothing', async () => {
    const wary = openChannel(exim, '');
    expect(await wary.send(mail('mei@mail.example'), call('k-7'))).toMatchObject({ kind: 'unreachable' });
    await wary.close();
    expect(await arrivedFor('mei@mail.example')).toEqual([]);
  });

  test('that is stopped is unreachable, never done', async () => {
    const other = await startExim(certificates.server);
    const there = openChannel(other);
    await other.stop();
    expect(await there.send(mail('lin@mail.example'), call('k-8'))).toMatchObject({ kind: 'unreachable' });
    await there.close();
  });
});
