import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { fuzzRuns } from './fuzz.ts';
import { decodeSession, decodeSubscriber, decodeUePage, saysNotFound } from '../../src/connectors/open5gs/codec.ts';
import { cutIpa, decodeCtrl, decodeInfo, maxPayload } from '../../src/connectors/osmo-hlr-ctrl/codec.ts';
import { decode, encodeReply, encodeRequest, forgedReply, forgedRequest, imsiIn, integerOf, maxPacket, types, type Attribute } from '../../src/connectors/radius-disconnect/codec.ts';

const inputs = fuzzRuns(3_000).numRuns;
vi.setConfig({ testTimeout: 90_000 + 20 * inputs });
const share = (part: number) => ({ numRuns: Math.ceil(inputs * part) });
/** Nothing here may take long, whatever comes: milliseconds for one input, on a machine with much else to do. */
const longest = 2_000;
const inTime = (look: () => void): void => {
  const began = performance.now();
  look();
  expect(performance.now() - began).toBeLessThan(longest);
};

const octets = (maxLength: number) => fc.uint8Array({ maxLength }).map((bytes) => Buffer.from(bytes));
const secret = 'fuzz';
const attribute: fc.Arbitrary<Attribute> = fc.record({ type: fc.oneof(fc.constantFrom(...Object.values(types).filter((type) => type !== types.messageAuthenticator)), fc.integer({ min: 1, max: 79 })), value: octets(60) });
const packet = fc.record({ identifier: fc.integer({ min: 0, max: 255 }), attributes: fc.array(attribute, { maxLength: 12 }) });
/** A right packet with some octets changed, cut off, or with more behind it. */
const spoiled = fc.tuple(packet, fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 0, max: 255 })), { maxLength: 6 }), fc.option(fc.nat(400)), octets(8)).map(([{ identifier, attributes }, changes, end, more]) => {
  const bytes = encodeRequest(identifier, attributes, secret);
  for (const [at, octet] of changes) if (at < bytes.length) bytes[at] = octet;
  return Buffer.concat([bytes.subarray(0, end ?? bytes.length), more]);
});

const lookAt = (bytes: Buffer): void => {
  const decoded = decode(bytes);
  if (!decoded.ok) return;
  expect(decoded.value.attributes.reduce((sum, { value }) => sum + value.length, 0)).toBeLessThan(maxPacket);
  imsiIn(decoded.value);
  integerOf(decoded.value, types.errorCause);
  expect([null, 'a wrong authenticator', 'a wrong Message-Authenticator', 'a malformed Message-Authenticator']).toContain(forgedRequest(bytes, secret));
  forgedReply(bytes, encodeRequest(0, [], secret), secret);
};

describe('RADIUS', () => {
  test('anything at all is decoded or refused', () => {
    fc.assert(fc.property(octets(300), (bytes) => inTime(() => lookAt(bytes))), share(0.3));
    fc.assert(fc.property(spoiled, (bytes) => inTime(() => lookAt(bytes))), share(0.4));
  });

  test('comes back as it went, genuine; an octet changed is noticed', () => {
    fc.assert(fc.property(packet, fc.nat(1_000), fc.integer({ min: 1, max: 255 }), ({ identifier, attributes }, where, change) => {
      const request = encodeRequest(identifier, attributes, secret);
      const back = decode(request);
      expect(back).toMatchObject({ ok: true, value: { code: 40, identifier } });
      if (!back.ok) return;
      expect(back.value.attributes.slice(1)).toEqual(attributes);
      const reply = encodeReply(41, back.value, attributes, secret);
      expect([forgedRequest(request, secret), forgedReply(reply, request, secret)]).toEqual([null, null]);
      const at = where % reply.length;
      reply[at] = (reply[at] ?? 0) ^ change;
      expect(!decode(reply).ok || forgedReply(reply, request, secret) !== null).toBe(true);
    }), share(0.3));
  });
});

describe('CTRL in IPA', () => {
  const word = fc.constantFrom('GET', 'SET', 'GET_REPLY', 'SET_REPLY', 'ERROR', 'TRAP', 'err', '1', '18446744073709551616', 'subscriber.delete', 'OK', '', '\n', '\0', 'é');
  const frame = (payload: Buffer): Buffer => Buffer.concat([Buffer.of(payload.length >> 8, payload.length & 0xff, 0xee), payload]);
  const lines = fc.array(word, { maxLength: 8 }).map((words) => frame(Buffer.concat([Buffer.of(0), Buffer.from(words.join(' '))])));
  const stream = fc.array(fc.oneof(lines, octets(40), octets(40).map(frame)), { maxLength: 6 }).map((parts) => Buffer.concat(parts));

  test('anything at all is cut, decoded or refused; what is left is never more than one frame', () => {
    fc.assert(fc.property(fc.oneof(stream, octets(300)), (bytes) => inTime(() => {
      const cut = cutIpa(bytes);
      if (typeof cut === 'string') return;
      expect(cut.rest.length).toBeLessThan(maxPayload + 3);
      for (const one of cut.frames) decodeCtrl(one);
      for (const one of cut.frames) decodeInfo(one.payload.toString('utf8'));
    })), share(1));
  });
});

describe('Open5GS', () => {
  const body = fc.oneof(fc.string(), fc.json(), fc.record({ imsi: fc.string(), subscriber_status: fc.anything(), mme_host: fc.anything(), purge_flag: fc.anything(), items: fc.anything(), pager: fc.anything(), csrfToken: fc.anything() }, { requiredKeys: [] })
    .map((value) => JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? Number(one) : one))));

  test('any body is read or refused', () => {
    fc.assert(fc.property(body, (text) => inTime(() => void [decodeSession(text), decodeSubscriber(text), decodeUePage(text), saysNotFound(text)])), share(1));
  });
});
