import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { fuzzRuns } from './fuzz.ts';
import { cutIpa, decodeCtrl, decodeInfo, encodeCtrl, encodeIpa, maxPayload, type CtrlMessage, type IpaFrame } from '../../src/connectors/osmo-hlr-ctrl/codec.ts';
import { complaintsIn, promptAtEnd, promptsIn, withoutTelnet } from '../../src/connectors/osmo-hlr-ctrl/vty.ts';
import { inPieces, octetsOf, transcript } from './connectors-transcripts.ts';

const recorded = transcript('osmo-hlr-1.5.0.ctrl.txt');
const runs = fuzzRuns(3_000);
vi.setConfig({ testTimeout: 90_000 + 20 * runs.numRuns });
const framesIn = (bytes: Buffer): readonly IpaFrame[] => {
  const cut = cutIpa(bytes);
  if (typeof cut === 'string') throw new Error(cut);
  return cut.frames;
};
const messageIn = (bytes: Buffer): CtrlMessage | string => {
  const decoded = decodeCtrl(framesIn(bytes)[0] as IpaFrame);
  return decoded.ok ? decoded.value : decoded.why.says;
};

describe('CTRL as osmo-hlr 1.5.0 speaks it', () => {
  test('every recorded frame is cut out whole, and those of ours are encoded to the octet', () => {
    for (const { line } of recorded) expect(framesIn(octetsOf(line))).toHaveLength(1);
    const ours = recorded.filter(({ side, line }) => side === '>' && !/FOO|GET x/.test(line));
    for (const { line } of ours) {
      const message = messageIn(octetsOf(line));
      expect(typeof message === 'string' ? message : encodeCtrl(message).toString('hex')).toBe(line.split(' ')[0]);
    }
    for (const { line } of recorded.filter(({ side, line: text }) => side === '<' && !text.includes('info '))) {
      const message = messageIn(octetsOf(line));
      expect(typeof message === 'string' ? message : encodeCtrl(message).toString('hex')).toBe(line.split(' ')[0]);
    }
  });

  test('its answers are what they say', () => {
    const answers = recorded.filter(({ side }) => side === '<').map(({ line }) => messageIn(octetsOf(line)));
    expect(answers[0]).toEqual({ kind: 'SET_REPLY', id: '1', variable: 'subscriber.create', value: '1' });
    expect(answers).toContainEqual({ kind: 'SET_REPLY', id: '13', variable: 'subscriber.delete', value: '1' });
    expect(answers).toContainEqual({ kind: 'ERROR', id: '14', reason: "Subscriber doesn't exist." });
    expect(answers).toContainEqual({ kind: 'ERROR', id: '11', reason: 'No such subscriber.' });
    expect(answers.at(-1)).toEqual({ kind: 'ERROR', id: 'err', reason: 'Invalid message ID number' });
    const infos = answers.flatMap((one) => (typeof one !== 'string' && one.kind === 'GET_REPLY' && one.variable.endsWith('.info') ? [decodeInfo(one.value)] : []));
    expect(infos).toEqual([true, true, false].map((on) => ({ ok: true, value: { imsi: '001010000000001', circuitSwitched: on, packetSwitched: on, servedBy: [] } })));
  });

  test('who serves the subscriber stands in its info until they purge', () => {
    const info = (purged: 0 | 1): string => `\nid\t1\nimsi\t001010000000001\nnam_cs\t0\nnam_ps\t1\nvlr_number\tMSC-1\nsgsn_number\tSGSN-1\nms_purged_cs\t${purged}\nms_purged_ps\t0`;
    expect(decodeInfo(info(0))).toMatchObject({ ok: true, value: { servedBy: ['MSC-1', 'SGSN-1'] } });
    expect(decodeInfo(info(1))).toMatchObject({ ok: true, value: { servedBy: ['SGSN-1'] } });
  });

  test.each(['', '\nimsi\t001010000000001', '\nnam_cs\t1\nnam_ps\t1', '\nimsi\t1\nnam_cs\t2\nnam_ps\t1', '\nimsi\nnam_cs\nnam_ps'])('info that lacks something is not believed: %j', (value) => {
    expect(decodeInfo(value).ok).toBe(false);
  });

  test('a frame that is too long, or of another protocol, ends it at once', () => {
    expect(cutIpa(Buffer.of(0xff, 0xff, 0xee))).toBe('an IPA frame of 65535 octets');
    expect(cutIpa(Buffer.from('HTTP/1.1 400'))).toBe('an IPA frame of 18516 octets');
    expect(cutIpa(Buffer.of(0, 1, 0x16, 0))).toBe('IPA protocol 0x16');
    expect(cutIpa(encodeIpa(0xee, Buffer.alloc(maxPayload)))).toMatchObject({ rest: Buffer.alloc(0) });
  });
});

describe('anything at all', () => {
  const message = fc.oneof(
    fc.record({ kind: fc.constantFrom('GET' as const), id: fc.nat().map(String), variable: fc.stringMatching(/^[a-z0-9.-]{1,40}$/) }),
    fc.record({ kind: fc.constantFrom('SET' as const, 'GET_REPLY' as const, 'SET_REPLY' as const), id: fc.nat().map(String), variable: fc.stringMatching(/^[a-z0-9.-]{1,40}$/), value: fc.string({ minLength: 1 }) }),
    fc.record({ kind: fc.constant('ERROR' as const), id: fc.oneof(fc.nat().map(String), fc.constant('err')), reason: fc.string() }),
  );

  test('comes back as it went, however TCP tears it', () => {
    fc.assert(fc.property(fc.array(message, { maxLength: 8 }), fc.array(fc.integer({ min: 0, max: 30 })), (messages, sizes) => {
      const frames = inPieces(Buffer.concat(messages.map((one) => encodeCtrl(one as CtrlMessage))), sizes, cutIpa);
      expect(frames.map((frame) => decodeCtrl(frame))).toEqual(messages.map((value) => ({ ok: true, value })));
    }), runs);
  });

  test('is decoded or refused, never thrown at', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (octets) => {
      const cut = cutIpa(Buffer.from(octets));
      if (typeof cut !== 'string') for (const frame of cut.frames) decodeCtrl(frame);
      decodeCtrl({ protocol: 0xee, payload: Buffer.concat([Buffer.of(0), Buffer.from(octets)]) });
      const text = withoutTelnet(Buffer.from(octets));
      for (const look of [promptAtEnd, promptsIn, complaintsIn]) look(text);
    }), runs);
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('\n', '\t', '0', '1', 'imsi', 'nam_cs', 'nam_ps', 'vlr_number', 'x') }), (value) => void decodeInfo(value)), runs);
  });
});

describe('the VTY of osmo-hlr 1.5.0', () => {
  const said = transcript('osmo-hlr-1.5.0.vty.txt').filter(({ side }) => side === '<').map(({ line }) => withoutTelnet(octetsOf(line)));

  test('is understood: when it has finished, what it complains of', () => {
    expect(said.map(promptAtEnd)).toEqual(['>', '#', '#', '#', '#']);
    expect(said.map(promptsIn)).toEqual([0, 1, 2, 2, 1]);
    expect(said.map(complaintsIn)).toEqual([[], [], [], ["No subscriber for imsi = '001010000000009'", "No subscriber for imsi = '001010000000009'"], ['Unknown command.']]);
    expect(said[0]).not.toMatch(/[^\x20-\x7e\r\n]/);
  });

  test('asking for a password is no prompt to go on', () => {
    expect(promptAtEnd('enable\r\nPassword: ')).toBe('password');
    expect(promptAtEnd('OsmoHLR#')).toBeNull();
  });
});
