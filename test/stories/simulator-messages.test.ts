import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { messageIdsOf, smppSms } from '../../src/connectors/smpp/sms-channel.ts';
import { smtpMail } from '../../src/connectors/smtp/mail-channel.ts';
import { inboxOf } from '../../src/simulator/inbox.ts';
import { call, openSetting, timeoutMs, until, type Setting } from './simulator-setting.ts';

let setting: Setting;
let channels: ReturnType<Setting['connect']>;
beforeAll(async () => {
  setting = await openSetting();
  channels = setting.connect();
});
afterEach(() => setting.simulator.clearFaults());
afterAll(() => setting.end());

const inbox = (to: string) => inboxOf(setting.simulator.effects(), to);
const mail = (to: string) => ({ to, from: '客服 <care@signoff.example>', subject: '您的注销申请已收到', text: '申请编号 UP-1234。\n还没有注销。', html: '<p>申请编号 <b>UP-1234</b>。</p>' });
const sms = (to: string, text: string) => ({ to, from: 'Signoff', text });

describe('e-mail', () => {
  test('arrives as it was written, with one recipient and an id that a repeat keeps', async () => {
    const outcome = await channels.mail.send(mail('lin@mail.example'), call('m-1'));
    expect(outcome).toMatchObject({ kind: 'done', fact: { providerId: expect.stringMatching(/^<[0-9a-f]{32}@signoff\.example>$/) } });
    expect(inbox('lin@mail.example').mail).toMatchObject([{ from: 'care@signoff.example', name: '客服', subject: '您的注销申请已收到', text: expect.stringContaining('还没有注销'), html: expect.stringContaining('<b>UP-1234</b>') }]);
    expect(await channels.mail.send(mail('lin@mail.example'), call('m-1'))).toEqual(outcome);
    // Sent twice is twice in the ledger, under one id: nothing hides it.
    expect(new Set(inbox('lin@mail.example').mail.map((one) => one.id)).size).toBe(1);
    expect(inbox('lin@mail.example').mail).toHaveLength(2);
  });

  test.each(['a@b.example\r\nRCPT TO:<c@d.example>', 'a@b.example, c@d.example', '<a@b.example>', 'a b@c.example', 'nobody', ''])('is not sent to %j, which is not one address', async (to) => {
    const before = setting.simulator.effects().length;
    expect(await channels.mail.send(mail(to), call())).toMatchObject({ kind: 'refused', code: 'invalid-receiver' });
    expect(setting.simulator.effects().length).toBe(before);
  });

  test('a subject with line breaks makes no header', async () => {
    await channels.mail.send({ ...mail('mo@mail.example'), subject: 'one\r\nBcc: two@mail.example' }, call());
    expect(inbox('mo@mail.example').mail).toHaveLength(1);
    expect(inbox('two@mail.example').mail).toHaveLength(0);
  });

  test('a lost reply after the message left is unknown', async () => {
    await setting.simulator.addFault({ system: 'mail', fault: 'drop-reply' });
    expect(await channels.mail.send(mail('wei@mail.example'), call())).toMatchObject({ kind: 'unknown' });
    expect(inbox('wei@mail.example').mail).toHaveLength(1);
  });

  test('refused for good, refused for now, twice answered, too late, down', async () => {
    const to = 'an@mail.example';
    await setting.simulator.addFault({ system: 'mail', fault: 'refuse', code: '554' });
    expect(await channels.mail.send(mail(to), call())).toMatchObject({ kind: 'refused', code: 'smtp-554' });
    await setting.simulator.addFault({ system: 'mail', fault: 'refuse', code: '451' });
    expect(await channels.mail.send(mail(to), call())).toMatchObject({ kind: 'unreachable', says: expect.stringContaining('451') });
    expect(inbox(to).mail).toHaveLength(0);
    await setting.simulator.addFault({ system: 'mail', fault: 'answer-twice' });
    expect(await channels.mail.send(mail(to), call())).toMatchObject({ kind: 'done' });
    await setting.simulator.addFault({ system: 'mail', fault: 'delay', delayMs: timeoutMs * 5 });
    expect(await channels.mail.send(mail(to), call())).toMatchObject({ kind: 'unknown' });
    await setting.simulator.addFault({ system: 'mail', fault: 'down' });
    expect(await channels.mail.send(mail(to), call())).toMatchObject({ kind: 'unreachable' });
  });
});

describe('SMS', () => {
  test('arrives whole, however long, in any script, and its receipts come back', async () => {
    const texts = ['Your line is cancelled.', '您的线路已注销。', `您好，${'号码一经注销不能恢复，'.repeat(12)}谢谢 🙏`, 'x'.repeat(161), `price {€} ${'[~]'.repeat(60)}`];
    for (const [at, text] of texts.entries()) {
      const to = `+1202555012${at}`;
      const outcome = await channels.sms.send(sms(to, text), call());
      expect(outcome.kind).toBe('done');
      expect(inbox(to).sms).toMatchObject([{ from: 'Signoff', text }]);
      const ids = outcome.kind === 'done' ? messageIdsOf(outcome.fact.providerId) : [];
      await until(() => ids.every((id) => channels.receipts.some((receipt) => receipt.messageId === id && receipt.state === 'delivered')));
    }
    expect(setting.simulator.effects().filter((one) => /^sms-part-\d-of-3/.test(one.effect))).toHaveLength(6);
  });

  test('to a phone that is off is taken, and its receipt says that it was not delivered', async () => {
    const outcome = await channels.sms.send(sms('+12025550199', 'hello'), call());
    const id = outcome.kind === 'done' ? outcome.fact.providerId : '';
    await until(() => channels.receipts.some((receipt) => receipt.messageId === id));
    expect(channels.receipts.find((receipt) => receipt.messageId === id)).toEqual({ messageId: id, state: 'undeliverable', error: '001' });
  });

  test('a receipt that could not be kept comes again', async () => {
    await channels.sms.close();
    let times = 0;
    const forgetful = smppSms({ ...setting.simulator.endpoints.smpp, timeoutMs, onReceipt: async () => { times += 1; if (times === 1) throw new Error('disk full'); } });
    await forgetful.send(sms('+12025550130', 'hello'), call());
    await until(() => times === 2);
    await forgetful.close();
    channels = setting.connect();
  });

  test.each([['nobody', 'Signoff', 'invalid-receiver'], ['+12025550101\0', 'Signoff', 'invalid-receiver'], ['+12025550101', 'A name that is too long', 'invalid-sender']])('to %j from %j is not sent', async (to, from, code) => {
    expect(await channels.sms.send({ to, from, text: 'x' }, call())).toMatchObject({ kind: 'refused', code });
  });

  test('throttled is for later, before the first part; after it the rest is waited for', async () => {
    await setting.simulator.addFault({ system: 'message-centre', operation: 'submit_sm', fault: 'refuse', code: 'ESME_RTHROTTLED' });
    expect(await channels.sms.send(sms('+12025550131', 'x'), call())).toEqual({ kind: 'unreachable', says: 'ESME_RTHROTTLED' });
    const long = channels.sms.send(sms('+12025550131', 'y'.repeat(400)), call());
    await until(() => setting.simulator.effects().some((one) => one.subject === '+12025550131' && one.effect === 'sms-part-1-of-3-accepted'));
    expect((await long).kind).toBe('done');
  });

  test('refused has its name, a lost reply is unknown, too late is unknown, two answers are one, down is unreachable', async () => {
    const to = '+12025550132';
    await setting.simulator.addFault({ system: 'message-centre', operation: 'submit_sm', fault: 'refuse' });
    expect(await channels.sms.send(sms(to, 'x'), call())).toMatchObject({ kind: 'refused', code: 'ESME_RINVDSTADR' });
    await setting.simulator.addFault({ system: 'message-centre', operation: 'submit_sm', fault: 'drop-reply' });
    expect(await channels.sms.send(sms(to, 'x'), call())).toMatchObject({ kind: 'unknown' });
    expect(inbox(to).sms).toHaveLength(1);
    await setting.simulator.addFault({ system: 'message-centre', operation: 'submit_sm', fault: 'answer-twice' });
    expect(await channels.sms.send(sms(to, 'x'), call())).toMatchObject({ kind: 'done' });
    await setting.simulator.addFault({ system: 'message-centre', operation: 'submit_sm', fault: 'delay', delayMs: timeoutMs + 100 });
    expect(await channels.sms.send(sms(to, 'x'), call())).toMatchObject({ kind: 'unknown' });
    await setting.simulator.addFault({ system: 'message-centre', fault: 'down' });
    expect(await channels.sms.send(sms(to, 'x'), call())).toMatchObject({ kind: 'unreachable' });
    await setting.simulator.clearFaults();
    expect(await channels.sms.send(sms(to, 'x'), call())).toMatchObject({ kind: 'done' });
  });

  test('a wrong password binds nobody', async () => {
    const stranger = smppSms({ ...setting.simulator.endpoints.smpp, password: 'wrong', timeoutMs });
    expect(await stranger.send(sms('+12025550133', 'x'), call())).toMatchObject({ kind: 'unreachable', says: 'not bound: ESME_RINVPASWD' });
    await stranger.close();
  });

  test('a link on which nobody answers is found out', async () => {
    await setting.simulator.addFault({ system: 'message-centre', operation: 'enquire_link', fault: 'delay', delayMs: 60_000 });
    const channel = smppSms({ ...setting.simulator.endpoints.smpp, timeoutMs: 100, enquireEveryMs: 50 });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await channel.send(sms('+12025550134', 'x'), call())).toMatchObject({ kind: 'done' });
    await channel.close();
  });
});

describe('a peer that is no such server', () => {
  const serve = async (act: (socket: Socket) => void): Promise<{ server: Server; at: { host: string; port: number } }> => {
    const server = createServer((socket) => { socket.on('error', () => undefined); act(socket); }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    return { server, at: { host: '127.0.0.1', port: typeof address === 'object' && address ? address.port : 0 } };
  };

  test('a length of 4 GB is not waited for', async () => {
    const { server, at } = await serve((socket) => socket.write(Buffer.alloc(64, 0xff)));
    const channel = smppSms({ ...at, systemId: 'desk', password: 'x', timeoutMs });
    expect(await channel.send(sms('+12025550135', 'x'), call())).toMatchObject({ kind: 'unreachable', says: expect.stringContaining('4294967295 octets') });
    await channel.close();
    server.close();
  });

  test('one octet a second holds nobody longer than the time-out', async () => {
    const { server, at } = await serve((socket) => { socket.write('2'); });
    const [texts, mails] = [smppSms({ ...at, systemId: 'desk', password: 'x', timeoutMs }), smtpMail({ ...at, tls: 'none', timeoutMs })];
    const outcomes = await Promise.all([texts.send(sms('+12025550136', 'x'), call()), mails.send(mail('a@b.example'), call())]);
    expect(outcomes.map((one) => one.kind)).toEqual(['unreachable', 'unreachable']);
    await texts.close();
    server.close();
  });

  test('a mail server without TLS gets nothing where TLS is wanted', async () => {
    const strict = smtpMail({ ...setting.simulator.endpoints.smtp, tls: 'starttls', timeoutMs });
    const before = setting.simulator.effects().length;
    expect(await strict.send(mail('a@b.example'), call())).toMatchObject({ kind: 'unreachable' });
    expect(setting.simulator.effects().length).toBe(before);
  });
});
