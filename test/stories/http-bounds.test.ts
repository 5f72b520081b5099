/** What an HTTP peer can do wrong, byte by byte: the outcome has its reason, is never done, and costs neither memory nor time without bound. */
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { billingHttp } from '../../src/connectors/billing-http/billing.ts';
import { servicesHttp } from '../../src/connectors/linked-services-http/linked-services.ts';
import { payoutsHttp } from '../../src/connectors/payouts-http/payouts.ts';
import type { Outcome } from '../../src/plan/ports.ts';
import { fuzzRuns } from '../pure/fuzz.ts';
import { rawPeer, replyOf, type RawPeer } from '../raw-peer.ts';
import { call } from './simulator-setting.ts';

/** For what never comes; `patientMs` for what does, on a machine with much else to do. */
const timeoutMs = 400;
const patientMs = 10_000;
const line = '{"ref":"B-1","status":"stopped","stoppedAt":"2026-12-03T12:00:00Z","owedMinor":0,"creditMinor":0,"currency":"CNY"}';
let peer: RawPeer;
let billing: ReturnType<typeof billingHttp>;
let hasty: ReturnType<typeof billingHttp>;
let payouts: ReturnType<typeof payoutsHttp>;
let services: ReturnType<typeof servicesHttp>;

beforeAll(async () => {
  peer = await rawPeer();
  const options = { url: peer.url, token: 't', timeoutMs: patientMs };
  hasty = billingHttp({ ...options, timeoutMs });
  [billing, payouts, services] = [billingHttp(options), payoutsHttp(options), servicesHttp(options)];
});
afterAll(() => Promise.all([billing.close(), hasty.close(), payouts.close(), services.close(), peer.close()]));

const says = (text: string) => (socket: Socket): void => void socket.write(text);
const saysAndEnds = (text: string) => (socket: Socket): void => void socket.end(text);
/** Until the other side has had enough. */
const withoutEnd = (head: string, piece: string) => (socket: Socket): void => {
  const more = (): void => {
    while (socket.writable && socket.write(piece)) if (socket.bytesWritten > 50_000_000) return;
    if (socket.writable) socket.once('drain', more);
  };
  socket.write(head);
  more();
};
const tenMegabytes = 10_485_760;
const jsonHead = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';

const replies: readonly (readonly [string, (socket: Socket) => void, string])[] = [
  ['10 MB, announced', says(`${jsonHead}content-length: ${tenMegabytes}\r\n\r\n${' '.repeat(100_000)}`), 'HTTP 200, and the reply is longer than 65536 bytes'],
  ['10 MB, not announced', withoutEnd(`${jsonHead}transfer-encoding: chunked\r\n\r\n`, `${(8_192).toString(16)}\r\n${' '.repeat(8_192)}\r\n`), 'HTTP 200, and the reply is longer than 65536 bytes'],
  ['10 MB until the end', withoutEnd(`${jsonHead}connection: close\r\n\r\n`, ' '.repeat(65_536)), 'HTTP 200, and the reply is longer than 65536 bytes'],
  ['a head without end', withoutEnd('HTTP/1.1 200 OK\r\n', `x: ${'y'.repeat(1_000)}\r\n`), 'HPE_HEADER_OVERFLOW'],
  ['"continue" without end', withoutEnd('', 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(100)), 'the server says "wait" without end'],
  ['hints without end', withoutEnd('', 'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n'.repeat(100)), 'the server says "wait" without end'],
  ['nothing', () => undefined, `no answer within ${timeoutMs} ms`],
  ['a head and nothing more', says(`${jsonHead}content-length: 100\r\n\r\n`), `HTTP 200, then no end of the reply within ${timeoutMs} ms`],
  ['an octet now and then', (socket) => {
    const timer = setInterval(() => { if (socket.writable) socket.write(' '); else clearInterval(timer); }, 20);
    socket.on('close', () => clearInterval(timer));
    socket.write(`${jsonHead}content-length: 100\r\n\r\n`);
  }, `HTTP 200, then no end of the reply within ${timeoutMs} ms`],
  ['half a reply', saysAndEnds(`${jsonHead}content-length: 200\r\n\r\n${line}`), 'the reply broke off'],
  ['the end of the connection', (socket) => socket.end(), 'ECONNRESET'],
  ['a cut connection', (socket) => socket.resetAndDestroy(), 'ECONNRESET'],
  ['another protocol', saysAndEnds('220 mail.example ESMTP\r\n'), 'HPE_INVALID_CONSTANT'],
  ['another version', saysAndEnds(`HTTP/3.0 200 OK\r\ncontent-length: 2\r\n\r\n{}`), 'HPE_INVALID_VERSION'],
  ['a switch of protocols', says('HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\n'), 'the server switches to another protocol'],
  ['two lengths', saysAndEnds(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 5\r\ncontent-length: ${line.length}\r\n\r\n${line}`), 'HPE_UNEXPECTED_CONTENT_LENGTH'],
  ['a length and chunks', saysAndEnds(`${jsonHead}content-length: ${line.length}\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`), 'HPE_'],
  ['a status never seen', says(replyOf('299 Fine', line)), 'HTTP 299'],
  ['a status beyond all', says(replyOf('999 Fine', line)), 'HTTP 999'],
  ['a failure', says(replyOf('500 No', line)), 'HTTP 500'],
  ['another type', says(replyOf('200 OK', line, 'content-type: text/html; charset=utf-8')), 'not understood: text/html, not JSON'],
  ['no type', says(replyOf('200 OK', line, 'x: y')), 'not understood: without a content type'],
  ['another charset', says(replyOf('200 OK', line, 'content-type: application/json; charset="GB18030"')), 'not understood: in gb18030, not in UTF-8'],
  ['a coded body', says(replyOf('200 OK', line, 'content-type: application/json\r\ncontent-encoding: gzip')), 'not understood: coded as gzip, which was not asked for'],
  ['bytes that are no UTF-8', (socket) => void socket.write(Buffer.concat([Buffer.from(`${jsonHead}content-length: 4\r\n\r\n`), Buffer.from([0x22, 0xc3, 0x28, 0x22])])), 'not understood: not UTF-8'],
  ['JSON without bottom', says(replyOf('200 OK', '['.repeat(30_000))), 'not understood: deeper than 16'],
  ['JSON that is none', says(replyOf('200 OK', '{"ref":')), 'not understood: not JSON'],
  ['a field of another type', says(replyOf('200 OK', line.replace('"owedMinor":0', '"owedMinor":"0"'))), 'not understood: owedMinor: invalid_type'],
  ['another line', says(replyOf('200 OK', line.replace('B-1', 'B-2'))), 'not understood: the answer is about another line'],
  ['stopped, and not since when', says(replyOf('200 OK', line.replace('"stoppedAt":"2026-12-03T12:00:00Z",', ''))), 'not understood: stoppedAt: custom'],
  ['still active', says(replyOf('200 OK', line.replace('"stopped","stoppedAt":"2026-12-03T12:00:00Z"', '"active"'))), 'told to stop, billing still says active'],
];

describe('a reply to an act', () => {
  test.each(replies)('%s: unknown, and why', async (_, how, why) => {
    peer.answer(how);
    const [begun, written] = [performance.now(), peer.written()];
    const outcome = await (why.includes(`${timeoutMs} ms`) ? hasty : billing).stop('B-1', call());
    expect(outcome).toMatchObject({ kind: 'unknown' });
    expect('says' in outcome ? outcome.says : '').toContain(why);
    expect(performance.now() - begun).toBeLessThan(patientMs);
    // What a kernel keeps between two sockets, and no more, was taken.
    expect(peer.written() - written).toBeLessThan(20_000_000);
  });

  test('the same replies to the other connectors, and to reads: never done', async () => {
    for (const [name, how] of replies.filter(([name]) => !/^(nothing|a head and|an octet|another line|still active|stopped, and)/.test(name))) {
      peer.answer(how);
      const order = { payment: 'p', amountMinor: 1, currency: 'CNY' };
      const outcomes: readonly Outcome<unknown>[] = await Promise.all([payouts.refund(order, call()), payouts.read('p', call()), services.end('B-1', 'music', call()), services.read('B-1', call()), billing.read('B-1', call())]);
      expect(outcomes.map(({ kind }) => kind), name).not.toContain('done');
      // A read that was lost is asked again; an act is not.
      expect([outcomes[0]?.kind, outcomes[2]?.kind], name).toEqual(['unknown', 'unknown']);
    }
  });

  test('any octets at all are no outcome that claims something', async () => {
    const octets = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
    const spoiled = fc.tuple(fc.nat(200), octets).map(([at, bytes]) => {
      const whole = Buffer.from(replyOf('200 OK', line));
      return Buffer.concat([whole.subarray(0, at), bytes, whole.subarray(Math.min(whole.length, at + bytes.length + 1))]);
    });
    await fc.assert(fc.asyncProperty(fc.oneof(octets, spoiled), async (bytes) => {
      peer.answer((socket) => void socket.end(bytes));
      const outcome = await billing.read('B-1', call());
      // A reply that is spoilt only in a header that nobody reads, or not at all, is still one.
      if (outcome.kind === 'done') expect(outcome.fact).toMatchObject({ currency: expect.stringMatching(/^[A-Z]{3}$/) });
      else expect(outcome.says).not.toBe('');
    }), { numRuns: Math.ceil(fuzzRuns(100).numRuns / (process.env['SIGNOFF_FUZZ'] === undefined ? 1 : 20)) });
  });

  test('a redirect is refused and not followed', async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      peer.answer(says(`HTTP/1.1 ${status} There\r\nlocation: ${peer.url}/v1/lines/B-2/stop\r\ncontent-length: 0\r\n\r\n`));
      expect(await billing.stop('B-1', call(`redirect-${status}`))).toEqual({ kind: 'refused', code: `http-${status}`, says: 'The server points elsewhere; redirects are not followed.' });
      // By its key: what came late before is no request of this one.
      expect(peer.heard.filter((request) => request.includes(`redirect-${status}`)).map((request) => request.split(' ', 2))).toEqual([[expect.any(String), '/v1/lines/B-1/stop']]);
      expect(peer.heard.filter((request) => request.includes('B-2'))).toEqual([]);
    }
  });

  test('words of a refusal are one line on record', async () => {
    peer.answer(says(replyOf('409 No', JSON.stringify({ title: 'no\u001b[2J\r\nway\u202e', status: 409, code: 'not-allowed' }), 'content-type: application/problem+json')));
    expect(await billing.stop('B-1', call())).toEqual({ kind: 'refused', code: 'not-allowed', says: 'no [2J way' });
    peer.answer(says(replyOf('409 No', '{"title":"","status":409,"code":"not-allowed"}', 'content-type: application/problem+json')));
    expect(await billing.stop('B-1', call())).toEqual({ kind: 'refused', code: 'not-allowed', says: 'HTTP 409' });
  });
});

describe('the connection', () => {
  test('is kept for the next request, one at a time', async () => {
    peer.answer(says(replyOf('200 OK', line)));
    await billing.stop('B-1', call());
    const before = peer.connections();
    for (let n = 0; n < 20; n += 1) expect(await billing.stop('B-1', call())).toMatchObject({ kind: 'done' });
    expect(peer.connections() - before).toBeLessThanOrEqual(1);
  });

  test('a second answer is not taken for that of the next request', async () => {
    const other = line.replace('"creditMinor":0', '"creditMinor":7');
    const said = Promise.withResolvers<void>();
    peer.answer((socket) => {
      socket.write(replyOf('200 OK', line));
      setTimeout(() => { socket.write(replyOf('200 OK', other), () => said.resolve()); }, 20);
    });
    await billing.stop('B-1', call());
    await said.promise;
    await new Promise((resolve) => { setTimeout(resolve, 60); });
    peer.answer(says(replyOf('200 OK', line)));
    expect(await billing.read('B-1', call())).toMatchObject({ kind: 'done', fact: { creditMinor: 0 } });
  });

  test('of forty at once that are cut, none counts as never sent: those that waited for a used connection neither', async () => {
    let served = 0;
    peer.answer((socket) => {
      served += 1;
      // The first of each connection are answered, so that those behind them get a used one.
      if (served <= 20) socket.write(replyOf('200 OK', line));
      else socket.destroy();
    });
    const outcomes = await Promise.all(Array.from({ length: 40 }, () => billing.stop('B-1', call())));
    expect(outcomes.filter(({ kind }) => kind === 'unreachable')).toEqual([]);
    expect(outcomes.filter(({ kind }) => kind === 'unknown').length).toBe(20);
  });

  test('nobody there, and nobody who shakes hands, is unreachable', async () => {
    const nobody = billingHttp({ url: 'http://127.0.0.1:1', token: 't', timeoutMs });
    expect(await nobody.stop('B-1', call())).toMatchObject({ kind: 'unreachable', says: expect.stringContaining('ECONNREFUSED') });
    const mute = createServer(() => undefined);
    await new Promise<void>((resolve) => { mute.listen(0, '127.0.0.1', resolve); });
    const tls = billingHttp({ url: `https://127.0.0.1:${(mute.address() as AddressInfo).port}`, token: 't', timeoutMs });
    expect(await tls.stop('B-1', call())).toEqual({ kind: 'unreachable', says: `no connection within ${timeoutMs} ms` });
    await Promise.all([nobody.close(), tls.close()]);
    mute.close();
  });

  test('who gives up waiting before anything is sent has sent nothing', async () => {
    expect(await billing.stop('B-1', call('k', AbortSignal.abort()))).toMatchObject({ kind: 'unreachable' });
  });

  test('no reference leads elsewhere', async () => {
    peer.answer(says(replyOf('404 No', '{"title":"no","status":404,"code":"no-such-line"}', 'content-type: application/problem+json')));
    const before = peer.heard.length;
    for (const ref of ['..', '.', '', '\ud800', 'x'.repeat(600)]) expect(await billing.stop(ref, call())).toMatchObject({ kind: 'refused', code: 'invalid-reference' });
    expect(peer.heard.length).toBe(before);
    for (const ref of ['../x', 'a/b', 'a?b#c', '%2e%2e', '…', 'http://169.254.169.254/']) await billing.stop(ref, call());
    expect(peer.heard.slice(before).every((request) => /^POST \/v1\/lines\/[^/?# ]+\/stop HTTP\/1\.1\r\n/.test(request))).toBe(true);
    // A key of ours never has one; if it had, nothing would be sent.
    expect(await billing.stop('B-1', call('a\r\nhost: elsewhere'))).toMatchObject({ kind: 'unreachable', says: expect.stringContaining('ERR_INVALID_CHAR') });
  });
});
