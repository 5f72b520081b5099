/** Our SMTP client against a server that is wrong, slow or gone in the middle. */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { smtpMail, type SmtpOptions } from '../../src/connectors/smtp/mail-channel.ts';
import { call } from './simulator-setting.ts';

const timeoutMs = 1_000;
const mail = { to: 'lin@mail.example', from: '客服 <care@signoff.example>', subject: '已收到', text: '还没有注销。' };

/** What is said at each place; what is not said is as it should be. A function does what it likes with the connection. */
type Says = string | ((socket: Socket) => void);
type Script = Partial<Record<'greeting' | 'EHLO' | 'STARTTLS' | 'MAIL' | 'RCPT' | 'DATA' | 'message', Says>>;
const usual: Required<Script> = { greeting: '220 ready', EHLO: '250-mx.example\r\n250 SIZE 100000', STARTTLS: '454 not now', MAIL: '250 ok', RCPT: '250 ok', DATA: '354 go on', message: '250 taken' };

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of open.splice(0)) await end();
});

const against = async (script: Script, more: Partial<SmtpOptions> = {}) => {
  const sockets = new Set<Socket>();
  const taken: string[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    const say = (place: keyof Script): void => {
      const says = script[place] ?? usual[place];
      if (typeof says === 'string') socket.write(`${says}\r\n`);
      else says(socket);
    };
    say('greeting');
    let heard = '';
    let inMessage = false;
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1');
      for (;;) {
        const end = heard.indexOf(inMessage ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const said = heard.slice(0, end);
        heard = heard.slice(end + (inMessage ? 5 : 2));
        if (inMessage) {
          taken.push(said);
          inMessage = false;
          say('message');
          continue;
        }
        const verb = said.split(/[ :]/)[0]?.toUpperCase() ?? '';
        if (verb === 'QUIT') socket.end('221 bye\r\n');
        else if (verb in usual) say(verb as keyof Script);
        if (verb === 'DATA' && (script.DATA === undefined || String(script.DATA).startsWith('3'))) inMessage = true;
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const channel = smtpMail({ host: '127.0.0.1', port: typeof address === 'object' && address ? address.port : 0, tls: 'none', timeoutMs, ...more });
  open.push(() => channel.close(), async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  return { channel, taken };
};

const drips = (text: string) => (socket: Socket): void => {
  let left = text;
  const drip = setInterval(() => { socket.write(left.slice(0, 1)); left = left.slice(1); }, 1_000);
  socket.on('close', () => clearInterval(drip));
};
const floods = (socket: Socket): void => {
  const line = `250-${'x'.repeat(60_000)}\r\n`;
  for (let count = 0; count < 170; count += 1) socket.write(line); // 10 MB
};
const hangsUp = (socket: Socket): void => void socket.destroy();
const silent = (): void => undefined;

test.each<[string, Script, object]>([
  ['has no service', { greeting: '554 no service here' }, { kind: 'unreachable', says: 'SMTP 554 at CONN' }],
  ['greets with ten megabytes', { greeting: floods }, { kind: 'unreachable' }],
  ['greets with something else', { greeting: 'HTTP/1.1 400 Bad Request' }, { kind: 'unreachable' }],
  ['greets at one octet a second', { greeting: drips('220 ready') }, { kind: 'unreachable' }],
  ['says nothing', { greeting: silent }, { kind: 'unreachable' }],
  ['has no mailbox of that name', { RCPT: '550 5.1.1 no such user' }, { kind: 'refused', code: 'smtp-550' }],
  ['has a full mailbox', { RCPT: '452 4.2.2 full' }, { kind: 'unreachable', says: expect.stringContaining('452') }],
  ['wants us to come back', { MAIL: '451 greylisted' }, { kind: 'unreachable', says: expect.stringContaining('451') }],
  ['answers with a code that nobody knows', { RCPT: '299 what' }, { kind: 'done' }],
  ['goes before the message', { DATA: hangsUp }, { kind: 'unreachable' }],
  ['takes no more messages', { DATA: '421 closing' }, { kind: 'unreachable', says: expect.stringContaining('421') }],
  ['refuses what it has read', { message: '554 5.7.1 spam' }, { kind: 'refused', code: 'smtp-554' }],
  ['could not keep what it has read', { message: '451 disk full' }, { kind: 'unreachable', says: expect.stringContaining('451') }],
  ['goes after the message', { message: hangsUp }, { kind: 'unknown' }],
  ['says nothing after the message', { message: silent }, { kind: 'unknown', says: `no answer within ${timeoutMs} ms` }],
  ['answers the message at one octet a second', { message: drips('250 taken') }, { kind: 'unknown', says: `no answer within ${timeoutMs} ms` }],
  ['answers the message with ten megabytes', { message: floods }, { kind: 'unknown' }],
  ['answers the message with something else', { message: 'banana' }, { kind: 'unknown' }],
])('a server that %s', async (_, script, outcome) => {
  const { channel } = await against(script);
  expect(await channel.send(mail, call())).toMatchObject(outcome);
});

test('a lost answer: the same mail under the same Message-ID when it is sent once more', async () => {
  let first = true;
  const { channel, taken } = await against({ message: (socket) => {
    if (first) socket.destroy();
    else socket.write('250 taken\r\n');
    first = false;
  } });
  expect(await channel.send(mail, call('one'))).toMatchObject({ kind: 'unknown' });
  const again = await channel.send(mail, call('one'));
  expect(again).toMatchObject({ kind: 'done' });
  expect(taken).toHaveLength(2);
  expect(new Set(taken.map((message) => /^Message-ID: (.*)$/im.exec(message)?.[1]))).toEqual(new Set([again.kind === 'done' ? again.fact.providerId : '']));
});

test('longer than the server takes: not offered, and refused for good', async () => {
  const { channel, taken } = await against({});
  expect(await channel.send({ ...mail, text: 'x'.repeat(200_000) }, call())).toEqual({ kind: 'refused', code: 'smtp-552', says: 'Longer than the server takes.' });
  expect(taken).toEqual([]);
});

test.each([['that does not offer it', {}], ['that takes it back', { EHLO: '250-mx.example\r\n250 STARTTLS', STARTTLS: '454 not now' }], ['that offers it and then speaks on in the clear', { EHLO: '250-mx.example\r\n250 STARTTLS', STARTTLS: '220 go on\r\n250 ok\r\n250 ok' }]] as const)('where TLS is demanded, a server %s gets no mail', async (_, script) => {
  const { channel, taken } = await against(script, { tls: 'starttls' });
  expect(await channel.send(mail, call())).toMatchObject({ kind: 'unreachable' });
  expect(taken).toEqual([]);
});
