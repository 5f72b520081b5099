/** Our SMPP client against a centre that is wrong, slow, full or leaving. */
import { afterEach, describe, expect, test } from 'vitest';
import { decodeShortMessage, encodeShortMessage, genericNack, requestOf, responseId, tags, type RawPdu } from '../../src/connectors/smpp/codec.ts';
import { receiptClass, receiptText, type Receipt } from '../../src/connectors/smpp/receipt.ts';
import { smppSms, type SmppOptions } from '../../src/connectors/smpp/sms-channel.ts';
import { nameOf, statusNamed } from '../../src/connectors/smpp/status-codes.ts';
import { readSettings } from '../../src/settings.ts';
import { octetsOf, transcript } from '../pure/connectors-transcripts.ts';
import { startCentre, type Caller, type Centre, type Script } from './scripted-centre.ts';
import { call, until } from './simulator-setting.ts';

const timeoutMs = 1_500;
const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const sms = (text = 'hello') => ({ to: '+12025550101', from: 'Signoff', text });
const status = (name: string): number => statusNamed(name) ?? 0xff;
const saidOf = (caller: Caller | undefined, command: string): RawPdu[] => caller?.said.filter((pdu) => requestOf(pdu) === command && pdu.id < genericNack) ?? [];

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of open.splice(0)) await end();
});
const bound = async (script?: Script, more: Partial<SmppOptions> = {}) => {
  const centre: Centre = await startCentre(script);
  const receipts: Receipt[] = [];
  const channel = smppSms({ ...centre.at, systemId: 'desk', password: 'secret12', timeoutMs, onReceipt: async (receipt) => void receipts.push(receipt), ...more });
  open.push(() => channel.close(), () => centre.stop());
  await until(() => saidOf(centre.callers[0], 'bind_transceiver').length === 1);
  return { centre, channel, receipts };
};
/** Says it to submit_sm alone, so many times. */
const once = (say: (caller: Caller, pdu: RawPdu) => void, times = 1): Script => (caller, command, pdu) => {
  if (command !== 'submit_sm' || times === 0) return false;
  times -= 1;
  say(caller, pdu);
  return true;
};
const receiptFor = (messageId: string): Buffer => {
  const phone = { ton: 1, npi: 1, address: '12025550101' };
  const at = new Date('2026-12-03T04:00:00Z');
  return encodeShortMessage({ source: phone, destination: phone, esmClass: receiptClass, registeredDelivery: 0, dataCoding: 0, message: Buffer.from(receiptText({ messageId, state: 'delivered' }, at, at)), tlvs: [] });
};

describe('a centre', () => {
  test('hears the octets of the transcript, from bind to unbind', async () => {
    const lines = transcript('smpp-session.txt');
    const answers = lines.filter(({ side }) => side === '<').map(({ line }) => octetsOf(line));
    const { centre, channel, receipts } = await bound((caller) => { caller.raw(answers.shift() ?? Buffer.alloc(0)); });
    const ending = await channel.send(sms('Your line ends today: 5 €'), { key: 'session-1', signal: new AbortController().signal });
    await channel.send(sms('您的线路已注销。'.repeat(9)), { key: 'session-2', signal: new AbortController().signal });
    centre.callers[0]?.raw(answers.shift() ?? Buffer.alloc(0));
    await until(() => receipts.length === 1);
    await channel.close();
    expect(ending).toEqual({ kind: 'done', fact: { providerId: '0000002a' } });
    expect(receipts).toEqual([{ messageId: '0000002a', state: 'delivered', error: '000' }]);
    expect(centre.callers[0]?.said.map(({ id, status, sequence, body }) => [id, status, sequence, body.toString('hex')])).toEqual(lines.filter(({ side }) => side === '>').map(({ line }) => {
      const octets = octetsOf(line);
      return [octets.readUInt32BE(4), octets.readUInt32BE(8), octets.readUInt32BE(12), octets.subarray(16).toString('hex')];
    }));
  });

  test.each<[string, Parameters<Caller['answer']>[1], object]>([
    ['with a sequence number that was never given out', { sequence: 4711 }, { kind: 'unknown', says: expect.stringContaining('4711') }],
    ['with a status that nobody knows', { status: 0x0777 }, { kind: 'unknown', says: '0x00000777' }],
    ['with the answer to something else', { id: responseId('deliver_sm') }, { kind: 'unknown' }],
    ['without a message id', { body: Buffer.of(0) }, { kind: 'unknown', says: 'taken without a message id' }],
    ['with an id that has no end', { body: Buffer.alloc(80, 0x41) }, { kind: 'unknown' }],
    ['that it does not know the command', { id: genericNack, status: 3, body: Buffer.alloc(0) }, { kind: 'refused', code: 'ESME_RINVCMDID' }],
    ['that it could not read it', { id: genericNack, status: 2, sequence: 0, body: Buffer.alloc(0) }, { kind: 'unknown' }],
  ])('that answers %s', async (_, change, outcome) => {
    const { channel } = await bound(once((caller, pdu) => caller.answer(pdu, change)), { timeoutMs: 300 });
    expect(await channel.send(sms(), call())).toMatchObject(outcome);
    expect(await channel.send(sms(), call())).toMatchObject({ kind: 'done' });
  });

  test('that asks for what we do not know is told so, and goes on', async () => {
    const { centre, channel } = await bound();
    centre.callers[0]?.raw(Buffer.from('00000010000001030000000000000009', 'hex')); // data_sm
    await until(() => centre.callers[0]?.said.some(({ id, status, sequence }) => id === genericNack && nameOf(status) === 'ESME_RINVCMDID' && sequence === 9) ?? false);
    expect(await channel.send(sms(), call())).toMatchObject({ kind: 'done' });
  });

  test('that sends one octet at a time is understood; one that never ends a PDU is left alone at the time-out', async () => {
    let slowly = true;
    const { centre, channel } = await bound(once((caller) => {
      const octets = Buffer.from('00000014800000040000000000000002412d3100', 'hex');
      if (!slowly) return caller.raw(octets.subarray(0, 5));
      slowly = false;
      for (const octet of octets) caller.raw(Buffer.of(octet));
    }, 2));
    expect(await channel.send(sms(), call())).toEqual({ kind: 'done', fact: { providerId: 'A-1' } });
    expect(await channel.send(sms(), call())).toMatchObject({ kind: 'unknown', says: `no answer within ${timeoutMs} ms` });
    expect(await channel.send(sms(), call())).toMatchObject({ kind: 'done' });
    expect(centre.callers).toHaveLength(2);
  });

  test.each(['ESME_RTHROTTLED', 'ESME_RMSGQFUL'])('that says %s is left alone by all messages for a while, longer each time', async (name) => {
    const times: number[] = [];
    const { channel } = await bound((caller, command, pdu) => {
      if (command !== 'submit_sm') return false;
      times.push(performance.now());
      if (times.length > 3) return false;
      caller.answer(pdu, { status: status(name) });
      return true;
    });
    expect(await channel.send(sms(), call())).toEqual({ kind: 'unreachable', says: name });
    expect(await channel.send(sms(), call())).toEqual({ kind: 'unreachable', says: name });
    expect(await channel.send(sms(), call())).toEqual({ kind: 'unreachable', says: name });
    expect(await channel.send(sms(), call())).toMatchObject({ kind: 'done' });
    const pauses = times.slice(1).map((at, place) => at - (times[place] ?? 0));
    expect(pauses[0]).toBeGreaterThan(190);
    expect(pauses[1]).toBeGreaterThan(390);
    expect(pauses[2]).toBeGreaterThan(790);
  });

  test('that wants to end it is answered, and bound to again', async () => {
    const { centre, channel } = await bound();
    centre.callers[0]?.ask('unbind');
    await until(() => centre.callers[0]?.said.some(({ id }) => id === responseId('unbind')) ?? false);
    expect(await channel.send(sms(), call())).toMatchObject({ kind: 'done' });
    expect(centre.callers).toHaveLength(2);
    expect(saidOf(centre.callers[0], 'submit_sm')).toEqual([]);
  });

  test('never has more on its way than the window', async () => {
    let [now, most] = [0, 0];
    const { channel } = await bound(once((caller, pdu) => {
      most = Math.max(most, (now += 1));
      setTimeout(() => { now -= 1; caller.answer(pdu); }, 20);
    }, 40), { window: 4 });
    const outcomes = await Promise.all(Array.from({ length: 40 }, () => channel.send(sms(), call())));
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['done']));
    expect(most).toBe(4);
  });

  test('is unbound from when what was on its way is answered', async () => {
    const { centre, channel } = await bound(once((caller, pdu) => void setTimeout(() => caller.answer(pdu), 200)));
    const sending = channel.send(sms(), call());
    await until(() => saidOf(centre.callers[0], 'submit_sm').length === 1);
    await channel.close();
    expect(await sending).toMatchObject({ kind: 'done' });
    expect(saidOf(centre.callers[0], 'unbind')).toHaveLength(1);
  });

  test('may send the receipt before the answer', async () => {
    const { channel, receipts } = await bound(once((caller, pdu) => {
      caller.ask('deliver_sm', receiptFor('early'));
      setTimeout(() => caller.answer(pdu, { body: Buffer.from('early\0') }), 50);
    }));
    expect(await channel.send(sms(), call())).toEqual({ kind: 'done', fact: { providerId: 'early' } });
    expect(receipts).toEqual([{ messageId: 'early', state: 'delivered', error: '000' }]);
  });

  test('may write in receipts in decimal what its answer had in hexadecimal', async () => {
    const { channel, receipts } = await bound(once((caller, pdu) => {
      caller.answer(pdu, { body: Buffer.from('0000002A\0') });
      caller.ask('deliver_sm', receiptFor('0000000042'));
    }), { receiptIds: 'decimal' });
    expect(await channel.send(sms(), call())).toEqual({ kind: 'done', fact: { providerId: '2a' } });
    await until(() => receipts.length === 1);
    expect(receipts[0]?.messageId).toBe('2a');
  });

  test('that floods us with receipts has those again that we could not keep at once', async () => {
    let release = (): void => undefined;
    const slow = new Promise<void>((resolve) => { release = resolve; });
    const { centre } = await bound(undefined, { onReceipt: () => slow });
    const body = receiptFor('flood');
    for (let count = 0; count < 1_000; count += 1) centre.callers[0]?.ask('deliver_sm', body);
    const answers = (name: string) => centre.callers[0]?.said.filter((pdu) => pdu.id === responseId('deliver_sm') && pdu.status === status(name)).length;
    await until(() => answers('ESME_RMSGQFUL') === 800);
    release();
    await until(() => centre.callers[0]?.said.filter((pdu) => pdu.id === responseId('deliver_sm') && pdu.status === 0).length === 200);
  });

  test('that is broken is not called for each message', async () => {
    const { centre, channel } = await bound((caller) => caller.hangUp(), { timeoutMs: 2_000 });
    const outcomes = await Promise.all(Array.from({ length: 30 }, () => channel.send(sms(), call())));
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['unreachable']));
    await sleep(300);
    expect(centre.callers.length).toBeLessThan(5);
  });

  test('gets a long text whole where it wants it so', async () => {
    const { centre, channel } = await bound(undefined, { long: 'whole' });
    const text = '您的线路已注销。'.repeat(30);
    expect(await channel.send(sms(text), call())).toMatchObject({ kind: 'done', fact: { providerId: expect.not.stringContaining(',') } });
    const [pdu] = saidOf(centre.callers[0], 'submit_sm');
    const sm = decodeShortMessage(pdu?.body ?? Buffer.alloc(0));
    expect(sm).toMatchObject({ ok: true, value: { esmClass: 0, dataCoding: 8 } });
    expect(sm.ok && sm.value.message.swap16().toString('utf16le')).toBe(text);
    expect(pdu?.body.includes(Buffer.from([tags.message_payload >> 8, tags.message_payload & 0xff]))).toBe(true);
  });
});

test('a setting that the way out for SMS does not have is named', () => {
  expect(() => readSettings({ SIGNOFF_SMPP_URL: 'smpp://desk:secret12@sms.example:2775?window=5' })).toThrow('SIGNOFF_SMPP_URL is not right: may say ?long=whole and ?receipts=decimal, and nothing else after the port.');
  expect(() => readSettings({ SIGNOFF_SMPP_URL: 'smpp://desk:secret12@sms.example:2775?long=whole&receipts=decimal' })).not.toThrow();
});
