/** Peers that talk in lines: the VTY of a home register, and an SMTP server that says anything at any moment. And the bodies of CAMARA's API. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { numberRecycling } from '../../src/api/number-recycling.ts';
import { complaintsIn, promptAtEnd, promptsIn, withoutTelnet } from '../../src/connectors/osmo-hlr-ctrl/vty.ts';
import { smtpMail } from '../../src/connectors/smtp/mail-channel.ts';
import { fuzzRuns, inBoundedMemory } from './fuzz.ts';

const [runs, talks] = [fuzzRuns(3_000), fuzzRuns(150)];
vi.setConfig({ testTimeout: 90_000 + 20 * runs.numRuns });

describe('VTY', () => {
  const word = fc.constantFrom('OsmoHLR> ', 'OsmoHLR# ', '\r\n', '\n', '% ', '% Unknown command.', 'Password: ', 'Password:', 'enable\r\n', ' ', '#', '>', 'a'.repeat(70), '\u{1f512}');
  const octets = fc.oneof(fc.array(word, { maxLength: 20 }).map((words) => Buffer.from(words.join(''))), fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)), fc.array(fc.constantFrom(0xff, 0xfb, 0xfd, 0x01, 0x0a, 0x23, 0x20, 0x41), { maxLength: 200 }).map((bytes) => Buffer.from(bytes)));

  test('anything at all is a prompt, a complaint or still talk; a prompt is only what ends a line of its own', () => inBoundedMemory(() => {
    fc.assert(fc.property(octets, (bytes) => {
      const began = performance.now();
      const text = withoutTelnet(bytes);
      expect(text.length).toBeLessThanOrEqual(bytes.length);
      const prompt = promptAtEnd(text);
      if (prompt === '#') expect(promptsIn(text)).toBeGreaterThan(0);
      if (prompt !== null) expect(text).toMatch(prompt === 'password' ? /(^|\n)Password: ?$/ : /(^|\n)[\w.-]{1,64}[>#] $/);
      for (const complaint of complaintsIn(text)) expect(text).toContain(`% ${complaint}`);
      expect(performance.now() - began).toBeLessThan(2_000);
    }), runs);
  }));
});

describe('SMTP', () => {
  /** What a server says that works, one after another; the last is its word for the message. */
  const right = ['220 here', '250 hello', '250 sender', '250 receiver', '354 go on', '250 taken'];
  /** Up to here it is right, and then come these octets and the end. */
  let spoilt: { readonly at: number; readonly octets: Buffer } = { at: 0, octets: Buffer.alloc(0) };
  let server: Server;

  beforeAll(async () => {
    server = createServer((socket) => {
      let [said, message] = [0, false];
      const { at, octets } = spoilt;
      const answer = (): void => {
        if (said === at) socket.end(octets);
        else socket.write(`${right[said] ?? '250 ok'}\r\n`);
        message = said === 4;
        said += 1;
      };
      socket.on('error', () => socket.destroy());
      socket.on('data', (chunk) => {
        const whole = chunk.toString('latin1');
        if (message ? whole.endsWith('\r\n.\r\n') : whole.endsWith('\r\n')) answer();
      });
      answer();
    });
    server.listen({ port: 0, host: '127.0.0.1' });
    await once(server, 'listening');
  });
  afterAll(async () => {
    server.close();
    await once(server, 'close');
  });

  const code = fc.constantFrom('220', '221', '250', '354', '421', '450', '452', '550', '554', '999', '25', '2500', '250\0', 'abc', '');
  const line = fc.tuple(code, fc.constantFrom(' ', '-', '', '\t'), fc.string({ unit: 'binary', maxLength: 40 }), fc.constantFrom('\r\n', '\n', '\r', '')).map((parts) => parts.join(''));
  const octets = fc.oneof(fc.array(line, { maxLength: 5 }).map((lines) => Buffer.from(lines.join(''))), fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)), fc.nat(30_000).map((length) => Buffer.alloc(length, '250-x\r\n')));

  test('whatever it says, and when, is an outcome; sent is only what it took', () => inBoundedMemory(async () => {
    const said = new Set<string>();
    await fc.assert(fc.asyncProperty(fc.nat(right.length - 1), octets, async (at, bytes) => {
      spoilt = { at, octets: bytes };
      const mail = smtpMail({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, tls: 'none', timeoutMs: 5_000 });
      const began = performance.now();
      const outcome = await mail.send({ from: 'care@desk.example', to: 'su.he@mail.example', subject: 'x', text: 'y' }, { key: 'k', signal: AbortSignal.timeout(10_000) });
      await mail.close();
      expect(performance.now() - began).toBeLessThan(9_000);
      said.add(outcome.kind);
      // What it never took was not sent; and before it was told to go on, nothing can have been.
      if (outcome.kind === 'done') expect(bytes.toString('latin1')).toMatch(/(^|\n)\s*2\d\d/);
      else expect(outcome.says).toMatch(/^[^\u0000-\u001f]{1,400}$/);
      if (at < 4 && !/2\d\d|354/.test(bytes.toString('latin1'))) expect(outcome.kind).not.toBe('unknown');
    }), talks);
    expect([...said].toSorted()).toEqual(expect.arrayContaining(['unknown', 'unreachable']));
  }));
});

describe('CAMARA Number Recycling', () => {
  const body = fc.oneof(fc.anything(), fc.record({ phoneNumber: fc.oneof(fc.string(), fc.stringMatching(/^\+[1-9][0-9]{3,16}$/), fc.anything()), specifiedDate: fc.oneof(fc.string(), fc.constantFrom('2026-02-29', '2024-02-29', '2026-11-31', '2026-1-1', '2026-11-01'), fc.date({ noInvalidDate: true }).map((day) => day.toISOString().slice(0, 10)), fc.anything()), __proto__: fc.anything() }, { requiredKeys: [] }));

  test('any body is taken as the interface has it, or refused', () => inBoundedMemory(() => {
    let taken = 0;
    fc.assert(fc.property(body, (sent) => {
      const read = numberRecycling.body.safeParse(sent);
      if (!read.success) return;
      taken += 1;
      const { phoneNumber, specifiedDate, ...more } = read.data as { phoneNumber?: string; specifiedDate: string };
      if (phoneNumber !== undefined) expect(phoneNumber).toMatch(/^\+[1-9][0-9]{4,14}$/);
      expect(new Date(`${specifiedDate}T00:00:00Z`).toISOString().slice(0, 10)).toBe(specifiedDate);
      expect(more).toEqual({});
    }), runs);
    expect(taken).toBeGreaterThan(0);
  }));
});
