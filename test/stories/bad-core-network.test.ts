import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { encodeIpa } from '../../src/connectors/osmo-hlr-ctrl/codec.ts';
import { osmoHlrCtrl } from '../../src/connectors/osmo-hlr-ctrl/home-register.ts';
import { call } from './simulator-setting.ts';

const imsi = '001010000000001';
const ending: (() => Promise<void>)[] = [];
afterEach(async () => { for (const end of ending.splice(0)) await end(); });

/** Something on the register's port that answers every request in its own way; it gets the request's number and variable. */
const peer = async (answer: (socket: Socket, number: string, variable: string) => void): Promise<number> => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes: Buffer) => {
      for (const [, number = '', variable = ''] of bytes.toString('latin1').matchAll(/(?:GET|SET) (\d+) (\S+)/g)) answer(socket, number, variable);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  ending.push(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
};

const registerAt = (port: number, vtyPort?: number): ReturnType<typeof osmoHlrCtrl> => {
  const register = osmoHlrCtrl({ host: '127.0.0.1', port, timeoutMs: 400, ...(vtyPort === undefined ? {} : { vtyPort }) });
  ending.push(() => register.close());
  return register;
};
const ctrl = (text: string | Buffer): Buffer => encodeIpa(0xee, Buffer.concat([Buffer.of(0), Buffer.from(text)]));
const tenMegabytes = Buffer.alloc(10_000_000, 0x41);

describe('what answers on the register\'s port and is no register: every act is unknown or refused with the exact reason, never done', () => {
  test.each<[string, (socket: Socket, number: string, variable: string) => void, 'unknown' | 'refused', RegExp]>([
    ['another number', (socket, number, variable) => socket.write(ctrl(`SET_REPLY ${Number(number) + 1000} ${variable} 1`)), 'unknown', /answered request \d+, which was never made/],
    ['another variable', (socket, number) => socket.write(ctrl(`SET_REPLY ${number} subscriber.create 1`)), 'unknown', /about another variable/],
    ['another kind of answer', (socket, number, variable) => socket.write(ctrl(`GET_REPLY ${number} ${variable} 1`)), 'unknown', /answered with GET_REPLY/],
    ['a word never heard', (socket, number, variable) => socket.write(ctrl(`PERHAPS ${number} ${variable} 1`)), 'unknown', /"PERHAPS" is no kind of message/],
    ['a value never seen', (socket, number, variable) => socket.write(ctrl(`SET_REPLY ${number} ${variable} probably`)), 'unknown', /names no record/],
    ['an error never heard', (socket, number) => socket.write(ctrl(`ERROR ${number} The moon is full.`)), 'refused', /^The moon is full\.$/],
    ['no number at all', (socket) => socket.write(ctrl('ERROR err Request type unknown')), 'unknown', /Request type unknown/],
    ['a length that no answer has', (socket) => socket.write(Buffer.of(0xff, 0xff, 0xee, 0)), 'unknown', /an IPA frame of 65535 octets/],
    ['fewer octets than announced', (socket, number, variable) => socket.write(ctrl(`SET_REPLY ${number} ${variable} 1`).subarray(0, 20)), 'unknown', /no answer within 400 ms/],
    ['another protocol', (socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'), 'unknown', /an IPA frame of 18516 octets/],
    ['another protocol in the frame', (socket, number, variable) => socket.write(encodeIpa(0x00, Buffer.from(`SET_REPLY ${number} ${variable} 1`))), 'unknown', /IPA protocol 0x00/],
    ['octets that are no text', (socket, number) => socket.write(ctrl(Buffer.concat([Buffer.from(`SET_REPLY ${number} `), Buffer.of(0xff, 0xfe), Buffer.from(' 1')]))), 'unknown', /about another variable/],
    ['10 MB', (socket) => socket.write(tenMegabytes), 'unknown', /an IPA frame of 16705 octets/],
    ['10 MB in frames that mean nothing', (socket) => socket.write(Buffer.concat(Array.from({ length: 1_300 }, () => ctrl(tenMegabytes.subarray(0, 8_000))))), 'unknown', /not understood|no answer/],
  ])('%s', async (_, answer, kind, says) => {
    const register = registerAt(await peer(answer));
    const before = process.memoryUsage().rss;
    expect(await register.remove(imsi, call())).toMatchObject({ kind, says: expect.stringMatching(says) });
    for (const act of [register.bar, register.unbar, register.detach, register.read]) expect((await act(imsi, call())).kind).not.toBe('done');
    expect(process.memoryUsage().rss - before).toBeLessThan(256 * 1024 * 1024);
  });

  test('a VTY that does not stop talking, or is none, has told nobody', async () => {
    const served = `\nimsi\t${imsi}\nnam_cs\t0\nnam_ps\t0\nsgsn_number\tSGSN-1`;
    const port = await peer((socket, number, variable) => socket.write(ctrl(variable.endsWith('.info') ? `GET_REPLY ${number} ${variable} ${served}` : `SET_REPLY ${number} ${variable} OK`)));
    for (const [greeting, says] of [[tenMegabytes, /does not stop talking/], [Buffer.from('HTTP/1.1 400\r\n\r\n'), /no answer within/], [Buffer.from('Password: '), /asks for a password/]] as const) {
      const vty = createServer((socket) => void socket.on('error', () => socket.destroy()).write(greeting)).listen(0, '127.0.0.1');
      await once(vty, 'listening');
      ending.push(async () => void vty.close());
      const address = vty.address();
      expect(await registerAt(port, typeof address === 'object' && address ? address.port : 0).detach(imsi, call())).toMatchObject({ kind: 'unreachable', says: expect.stringMatching(says) });
    }
  });
});
