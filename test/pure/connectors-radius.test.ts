import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  codes, decode, encodeReply, encodeRequest, forgedReply, forgedRequest, imsiIn, imsiOf3gpp, integer, integerOf, maxPacket, text, textOf, types, valuesOf, type Packet,
} from '../../src/connectors/radius-disconnect/codec.ts';
import { errorCauses, sessionNotFound } from '../../src/connectors/radius-disconnect/error-causes.ts';
import { octetsOf, transcript } from './connectors-transcripts.ts';

const secret = 's3cret-of-the-test';
const recorded = transcript('radius-disconnect.txt').map(({ side, line }) => ({ side, bytes: octetsOf(line) }));
const packetIn = (bytes: Buffer): Packet => {
  const packet = decode(bytes);
  if (!packet.ok) throw new Error(packet.why.says);
  return packet.value;
};
const sent = recorded.filter(({ side }) => side === '>').map(({ bytes }) => bytes);
const answered = recorded.filter(({ side }) => side === '<').map(({ bytes }) => bytes);
const refusal = (bytes: Buffer): string => {
  const packet = decode(bytes);
  return packet.ok ? 'decoded' : packet.why.says;
};

describe('what radclient and freeradius said to each other', () => {
  test('is decoded to what it says', () => {
    expect(sent.map(packetIn).map((packet) => [packet.code, packet.identifier, imsiIn(packet), textOf(packet, types.userName), textOf(packet, types.callingStationId), textOf(packet, types.acctSessionId), integerOf(packet, types.eventTimestamp)])).toEqual([
      [codes.disconnectRequest, 125, '001010000000142', undefined, undefined, undefined, 1_795_163_644],
      [codes.disconnectRequest, 58, '001010000000504', undefined, undefined, undefined, undefined],
      [codes.disconnectRequest, 76, undefined, 'x', '12025550142', 'a-1', undefined],
      [codes.disconnectRequest, 211, '001010000000999', undefined, undefined, undefined, undefined],
    ]);
    expect(answered.map(packetIn).map((packet) => [packet.code, packet.identifier, integerOf(packet, types.errorCause)])).toEqual([
      [codes.disconnectAck, 125, undefined], [codes.disconnectNak, 58, 504], [codes.disconnectNak, 76, sessionNotFound], [codes.disconnectNak, 211, undefined],
    ]);
    expect(errorCauses[504]).toBe('Session Context Not Removable');
  });

  test('is genuine under its secret, and under no other; changed by an octet it is not', () => {
    expect(sent.map((bytes) => forgedRequest(bytes, secret))).toEqual([null, null, null, null]);
    expect(answered.map((bytes, at) => forgedReply(bytes, sent[at] ?? bytes, secret))).toEqual([null, null, null, null]);
    for (const [at, bytes] of answered.entries()) {
      expect(forgedReply(bytes, sent[at] ?? bytes, `${secret}.`)).toBe('a wrong authenticator');
      expect(forgedReply(bytes, sent[(at + 1) % 4] ?? bytes, secret)).toBe('a wrong authenticator');
      expect(forgedReply(Buffer.concat([Buffer.of((bytes[0] ?? 0) ^ 1), bytes.subarray(1)]), sent[at] ?? bytes, secret)).toBe('a wrong authenticator');
    }
  });

  test('is what we would have sent, to the octet', () => {
    // radclient puts the Message-Authenticator first too.
    expect(encodeRequest(125, [imsiOf3gpp('001010000000142'), integer(types.eventTimestamp, 1_795_163_644)], secret).toString('hex')).toBe(sent[0]?.toString('hex'));
  });
});

describe('a packet of ours', () => {
  const request = encodeRequest(7, [imsiOf3gpp('001010000000142'), text(types.userName, '林')], secret);

  test('is protected by both authenticators', () => {
    expect(forgedRequest(request, secret)).toBeNull();
    // Whoever knows the secret and recomputes the outer one alone is found out by the inner.
    const changed = Buffer.from(request);
    changed[changed.length - 1] = 0;
    changed.fill(0, 4, 20);
    createHash('md5').update(changed).update(secret).digest().copy(changed, 4);
    expect(forgedRequest(changed, secret)).toBe('a wrong Message-Authenticator');
    const reply = encodeReply(codes.disconnectAck, packetIn(request), [], secret);
    expect([forgedReply(reply, request, secret), valuesOf(packetIn(reply), types.messageAuthenticator).length]).toEqual([null, 1]);
    expect(forgedReply(reply, encodeRequest(7, [], secret), secret)).toBe('a wrong authenticator');
  });

  test('holds no more than a packet can', () => {
    expect(() => encodeRequest(1, [text(types.userName, 'x'.repeat(254))], secret)).toThrow('an attribute of 254 octets');
    expect(() => encodeRequest(1, Array.from({ length: 20 }, () => text(types.userName, 'x'.repeat(253))), secret)).toThrow(/a packet of \d+ octets/);
  });

  test.each([
    ['nothing', Buffer.alloc(0), '0 octets are less than a header'],
    ['HTTP', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'), 'a packet of 21584 octets'],
    ['less than it announces', request.subarray(0, 30), `${request.length} octets announced, 30 came`],
    ['a length below the header', Buffer.concat([Buffer.of(41, 1, 0, 19), Buffer.alloc(16)]), 'a packet of 19 octets'],
    ['10 MB', Buffer.alloc(10_000_000, 0xff), 'a packet of 65535 octets'],
    ['an attribute of no length', Buffer.concat([Buffer.of(41, 1, 0, 22), Buffer.alloc(16), Buffer.of(101, 0)]), 'an attribute whose length is wrong'],
    ['an attribute beyond the end', Buffer.concat([Buffer.of(41, 1, 0, 22), Buffer.alloc(16), Buffer.of(101, 6)]), 'an attribute whose length is wrong'],
    ['half an attribute', Buffer.concat([Buffer.of(41, 1, 0, 21), Buffer.alloc(16), Buffer.of(101)]), 'an attribute whose length is wrong'],
  ])('%s is none', (_, bytes, says) => {
    expect(refusal(bytes)).toBe(says);
  });

  test('passes over padding, and over a vendor\'s attribute that it does not know', () => {
    expect(refusal(Buffer.concat([request, Buffer.alloc(maxPacket)]))).toBe('decoded');
    expect(imsiIn(packetIn(encodeRequest(1, [{ type: types.vendorSpecific, value: Buffer.from('000000090106313233', 'hex') }, imsiOf3gpp('001010000000001')], secret)))).toBe('001010000000001');
    expect(imsiIn(packetIn(encodeRequest(1, [{ type: types.vendorSpecific, value: Buffer.from('000028af01ff31', 'hex') }, { type: types.vendorSpecific, value: Buffer.from('0000', 'hex') }], secret)))).toBeUndefined();
    expect(integerOf(packetIn(encodeReply(codes.disconnectNak, packetIn(request), [{ type: types.errorCause, value: Buffer.of(1, 2, 3) }], secret)), types.errorCause)).toBeUndefined();
  });
});
