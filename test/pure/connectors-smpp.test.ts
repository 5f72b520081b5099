import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import {
  commands, cutPdus, decodeBind, decodeMessageId, decodeShortMessage, encodeBind, encodeMessageId, encodePdu, encodeShortMessage, genericNack, maxPdu,
  requestOf, responseId, tags, type RawPdu,
} from '../../src/connectors/smpp/codec.ts';
import { receiptIn, receiptText } from '../../src/connectors/smpp/receipt.ts';
import { meaningOf, nameOf } from '../../src/connectors/smpp/status-codes.ts';
import { partsOf, readPart, wholeOf } from '../../src/connectors/smpp/text.ts';
import { fuzzRuns } from './fuzz.ts';
import { inPieces, octetsOf, transcript } from './connectors-transcripts.ts';

const runs = fuzzRuns(3_000);
vi.setConfig({ testTimeout: 90_000 + 20 * runs.numRuns });
const hexOf = new Map(transcript('smpp.txt').map(({ line, comment }) => [comment, line]));
const pdu = (name: string): RawPdu => {
  const cut = cutPdus(octetsOf(hexOf.get(name) ?? ''));
  if (typeof cut === 'string' || !cut.frames[0]) throw new Error(`${name}: ${JSON.stringify(cut)}`);
  return cut.frames[0];
};
const value = <Value>(result: { ok: true; value: Value } | { ok: false; why: unknown }): Value => {
  if (!result.ok) throw new Error(JSON.stringify(result.why));
  return result.value;
};
const sent = { source: { ton: 5, npi: 0, address: 'Signoff' }, destination: { ton: 1, npi: 1, address: '12025550101' }, registeredDelivery: 1 };

describe('SMPP 3.4 PDUs of others', () => {
  test('the specification\'s own example is read', () => {
    expect(value(decodeBind(pdu('bind_transmitter').body))).toEqual({ systemId: 'SMPP3TEST', password: 'secret08', systemType: 'SUBMIT1' });
  });

  test('ours are the same to the octet', () => {
    const ours: Record<string, Buffer> = {
      bind_transceiver: encodePdu({ id: commands.bind_transceiver, sequence: 1, body: encodeBind({ systemId: 'desk', password: 'secret12', systemType: '' }) }),
      'submit_sm GSM-7': encodePdu({ id: commands.submit_sm, sequence: 2, body: encodeShortMessage({ ...sent, esmClass: 0, dataCoding: 0, message: Buffer.from('48656c6c6f201b65', 'hex'), tlvs: [{ tag: tags.user_message_reference, value: Buffer.of(0x12, 0x34) }] }) }),
      'submit_sm UCS-2 with UDH': encodePdu({ id: commands.submit_sm, sequence: 3, body: encodeShortMessage({ ...sent, esmClass: 0x40, dataCoding: 8, message: Buffer.from('05000342020160a8597d', 'hex'), tlvs: [] }) }),
      'submit_sm with message_payload': encodePdu({ id: commands.submit_sm, sequence: 7, body: encodeShortMessage({ ...sent, esmClass: 0, dataCoding: 8, message: Buffer.from('码'.repeat(130), 'utf16le').swap16(), tlvs: [] }) }),
      submit_sm_resp: encodePdu({ id: responseId('submit_sm'), sequence: 2, body: encodeMessageId('0000002a') }),
      deliver_sm_resp: encodePdu({ id: responseId('deliver_sm'), sequence: 9, body: encodeMessageId('') }),
      enquire_link: encodePdu({ id: commands.enquire_link, sequence: 4 }),
      enquire_link_resp: encodePdu({ id: responseId('enquire_link'), sequence: 4 }),
      unbind: encodePdu({ id: commands.unbind, sequence: 5 }),
      'generic_nack ESME_RINVCMDID': encodePdu({ id: genericNack, status: 3, sequence: 6 }),
    };
    for (const [name, octets] of Object.entries(ours)) expect(`${name} ${octets.toString('hex')}`).toBe(`${name} ${hexOf.get(name)}`);
  });

  test('answers are read', () => {
    expect(value(decodeMessageId(pdu('submit_sm_resp').body))).toBe('0000002a');
    const throttled = pdu('submit_sm_resp ESME_RTHROTTLED');
    expect([nameOf(throttled.status), meaningOf(throttled.status), throttled.body.length]).toEqual(['ESME_RTHROTTLED', 'later', 0]);
    expect(nameOf(pdu('bind_transceiver_resp ESME_RINVPASWD').status)).toBe('ESME_RINVPASWD');
    expect(requestOf(pdu('bind_transceiver_resp'))).toBe('bind_transceiver');
    expect([meaningOf(0x1234), nameOf(0x1234)]).toEqual(['unclear', '0x00001234']);
  });

  test('receipts are read, from the TLVs or from the text', () => {
    expect(receiptIn(value(decodeShortMessage(pdu('deliver_sm receipt').body)))).toEqual({ messageId: '0000002a', state: 'delivered', error: '000' });
    expect(receiptIn(value(decodeShortMessage(pdu('deliver_sm receipt without TLVs').body)))).toEqual({ messageId: '0000002b', state: 'undeliverable', error: '01B' });
    const message = value(decodeShortMessage(pdu('submit_sm GSM-7').body));
    expect(receiptIn(message)).toBeNull();
    const ours = { messageId: '0000002b', state: 'undeliverable', error: '01B' } as const;
    const at = new Date('2026-12-03T04:00:00Z');
    expect(receiptText(ours, at, at)).toBe('id:0000002b sub:001 dlvrd:000 submit date:2612030400 done date:2612030400 stat:UNDELIV err:01B text:');
    expect(receiptIn({ ...message, esmClass: 4, tlvs: [], message: Buffer.from('stat:NOTHING id:1') })).toBeNull();
  });

  test('a length that cannot be ends it at once', () => {
    expect(cutPdus(Buffer.of(0xff, 0xff, 0xff, 0xff))).toBe('a PDU of 4294967295 octets');
    expect(cutPdus(Buffer.of(0, 0, 0, 15))).toBe('a PDU of 15 octets');
    expect(cutPdus(Buffer.from('HTTP'))).toMatch(/^a PDU of/);
    expect(maxPdu).toBeLessThan(70_000);
  });
});

describe('a text in parts', () => {
  const back = (text: string): { text: string; parts: number; coding: number; longest: number } => {
    const parts = partsOf(text, 7);
    if (!parts) throw new Error('too long');
    const read = parts.messages.map((message) => readPart(message, parts.dataCoding, parts.udh));
    return { text: read.map((one) => one.text).join(''), parts: parts.messages.length, coding: parts.dataCoding, longest: Math.max(...parts.messages.map((one) => one.length)) };
  };

  test.each([
    ['plain and full', 'x'.repeat(160), 1, 0],
    ['plain and one too many', 'x'.repeat(161), 2, 0],
    ['plain and three', 'x'.repeat(307), 3, 0],
    ['with characters of two septets', '€'.repeat(80), 1, 0],
    ['with one of them too many', '€'.repeat(81), 2, 0],
    ['Chinese and full', '码'.repeat(70), 1, 8],
    ['Chinese and one too many', '码'.repeat(71), 2, 8],
    ['Chinese and three', '码'.repeat(135), 3, 8],
    ['with characters outside the plane', '𠮷'.repeat(35), 1, 8],
    ['empty', '', 1, 0],
  ])('%s', (_, text, parts, coding) => {
    expect(back(text)).toMatchObject({ text, parts, coding });
  });

  test('no character is torn at the edge of a part', () => {
    for (const text of [`${'x'.repeat(152)}€${'x'.repeat(20)}`, `${'码'.repeat(66)}𠮷${'码'.repeat(20)}`]) {
      const parts = partsOf(text, 1);
      for (const message of parts?.messages ?? []) expect(readPart(message, parts?.dataCoding ?? 0, true).text).not.toMatch(/\ufffd|[\ud800-\udbff]$|^[\udc00-\udfff]/);
      expect(back(text).text).toBe(text);
    }
  });

  test('any text comes back, in parts that fit; one that takes more than 255 parts does not go', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
      const read = back(text);
      expect(read.text).toBe(text.toWellFormed().normalize('NFC'));
      expect(read.longest).toBeLessThanOrEqual(160);
    }), fuzzRuns(1_000));
    expect(partsOf('码'.repeat(67 * 255), 1)?.messages).toHaveLength(255);
    expect(partsOf('码'.repeat(67 * 255 + 1), 1)).toBeNull();
    expect(wholeOf('码'.repeat(32_767))?.messages.map(({ length }) => length)).toEqual([65_534]);
    expect(wholeOf('码'.repeat(32_768))).toBeNull();
  });
});

describe('anything at all', () => {
  const address = fc.record({ ton: fc.nat(255), npi: fc.nat(255), address: fc.stringMatching(/^[0-9A-Za-z]{0,20}$/) });
  const octets = (maxLength: number): fc.Arbitrary<Buffer> => fc.uint8Array({ maxLength }).map((one) => Buffer.from(one));
  const message = fc.record({
    source: address, destination: address, esmClass: fc.nat(255), registeredDelivery: fc.nat(255), dataCoding: fc.nat(255), message: octets(600),
    tlvs: fc.array(fc.record({ tag: fc.integer({ min: 0x1400, max: 0x3fff }), value: octets(20) }), { maxLength: 4 }),
  });

  test('comes back as it went, however TCP tears it', () => {
    fc.assert(fc.property(fc.array(message, { maxLength: 4 }), fc.array(fc.integer({ min: 0, max: 60 })), (messages, sizes) => {
      const bytes = Buffer.concat(messages.map((one, at) => encodePdu({ id: commands.submit_sm, sequence: at + 1, body: encodeShortMessage(one) })));
      const frames = inPieces(bytes, sizes, cutPdus);
      expect(frames.map((frame) => decodeShortMessage(frame.body))).toEqual(messages.map((one) => ({ ok: true, value: one })));
    }), runs);
  });

  test('is decoded or refused, never thrown at, and never read past its end', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const body = Buffer.from(bytes);
      for (const look of [cutPdus, decodeBind, decodeMessageId]) look(body);
      const decoded = decodeShortMessage(body);
      if (decoded.ok) receiptIn({ ...decoded.value, esmClass: 4 });
      readPart(body, bytes.length % 2 === 0 ? 8 : 0, true);
    }), runs);
  });

  test('a message of ours with one octet changed is decoded or refused', () => {
    const whole = octetsOf(hexOf.get('deliver_sm receipt') ?? '');
    fc.assert(fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), (at, octet, length) => {
      const changed = Buffer.from(whole);
      changed[at] = octet;
      const decoded = decodeShortMessage(changed.subarray(16, length));
      if (decoded.ok) receiptIn(decoded.value);
    }), runs);
  });
});
