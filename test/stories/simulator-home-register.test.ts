import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { osmoHlrCtrl } from '../../src/connectors/osmo-hlr-ctrl/home-register.ts';
import { octetsOf, transcript } from '../pure/connectors-transcripts.ts';
import { call, carrierSeed, openSetting, timeoutMs, until, type Setting } from './simulator-setting.ts';

let setting: Setting;
let register: ReturnType<Setting['connect']>['homeRegister'];
beforeAll(async () => {
  setting = await openSetting();
  register = setting.connect().homeRegister;
});
afterEach(async () => {
  await setting.simulator.clearFaults();
  await setting.simulator.seed(carrierSeed);
});
afterAll(() => setting.end());

const imsi = '001010000000001';
const served = '001010000000002';
const effectsOf = (subject: string): string[] => setting.simulator.effects().filter((one) => one.subject === subject).map((one) => one.effect);
const since = (before: number): string[] => setting.simulator.effects().slice(before).map((one) => one.effect);
const on = { kind: 'done', fact: { circuitSwitched: true, packetSwitched: true } };
const off = { kind: 'done', fact: { circuitSwitched: false, packetSwitched: false } };
const absent = { kind: 'done', fact: 'absent' };

describe('a subscriber in the home register', () => {
  test('is barred, and everything of it is undone', async () => {
    expect(await register.read(imsi, call())).toEqual(on);
    expect(await register.bar(imsi, call())).toEqual(off);
    expect(await register.read(imsi, call())).toEqual(off);
    expect(await register.unbar(imsi, call())).toEqual(on);
    expect(effectsOf(imsi)).toEqual(['packet-switched-off', 'circuit-switched-off', 'packet-switched-on', 'circuit-switched-on']);
  });

  test('barring again is no second effect', async () => {
    await register.bar(imsi, call());
    const before = setting.simulator.effects().length;
    expect(await register.bar(imsi, call())).toEqual(off);
    expect(since(before)).toEqual([]);
  });

  test('that a VLR and an SGSN serve is barred when they have been told, once', async () => {
    const before = setting.simulator.effects().length;
    expect(await register.bar(served, call())).toEqual(off);
    expect(await register.detach(served, call())).toEqual(off);
    expect(since(before)).toEqual(['packet-switched-off', 'circuit-switched-off', 'serving-node-told']);
  });

  test('that is served is not barred where nobody can be told: the connector says what is missing', async () => {
    const { vtyPort: _, ...ctrlOnly } = setting.simulator.endpoints.homeRegister;
    const blind = osmoHlrCtrl({ ...ctrlOnly, timeoutMs });
    expect(await blind.bar(served, call())).toMatchObject({ kind: 'refused', code: 'serving-node-not-told' });
    expect(await blind.bar(imsi, call())).toEqual(off);
    await blind.close();
  });

  test('is removed once; a repeat finds nothing and is content', async () => {
    const before = setting.simulator.effects().length;
    expect(await register.remove(imsi, call())).toEqual(absent);
    expect(await register.remove(imsi, call())).toEqual(absent);
    expect(await register.read(imsi, call())).toEqual(absent);
    expect(await register.detach(imsi, call())).toEqual(absent);
    expect(since(before)).toEqual(['subscriber-removed']);
  });

  test('that nobody knows cannot be barred', async () => {
    expect(await register.bar('001010000000099', call())).toMatchObject({ kind: 'refused', code: 'no-such-subscriber' });
    expect(await register.unbar('001010000000099', call())).toMatchObject({ kind: 'refused', code: 'no-such-subscriber' });
  });

  test.each(['', '12', '0010100000000012345', '001010000000001.info', '00101\r\nSET 9 x', '１２３４５６７'])('is never asked for by %j, which is no IMSI', async (wrong) => {
    expect(await register.remove(wrong, call())).toMatchObject({ kind: 'refused', code: 'invalid-imsi' });
    expect(await register.read(wrong, call())).toMatchObject({ kind: 'refused', code: 'invalid-imsi' });
  });
});

test('the register answers to the octet as osmo-hlr 1.5.0 was recorded to', async () => {
  await setting.simulator.seed({ subscribers: [{ imsi, msisdn: '12025550101' }] });
  const { host, port } = setting.simulator.endpoints.homeRegister;
  const socket = connect({ host, port });
  await once(socket, 'connect');
  const recorded = transcript('osmo-hlr-1.5.0.ctrl.txt');
  // From the first read of a subscriber with a number; the database's own count is not the protocol's.
  const from = recorded.findIndex(({ line }) => line.includes('GET 4 '));
  const withoutCount = (text: string): string => text.replace(/\nid\t\d+/, '\nid\t?').replace(/(delete) \d+$/, '$1 ?');
  for (let at = from; at < recorded.length - 4; at += 2) {
    socket.write(octetsOf(recorded[at]?.line ?? ''));
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(withoutCount(answer.subarray(4).toString())).toBe(withoutCount(octetsOf(recorded[at + 1]?.line ?? '').subarray(4).toString()));
  }
  socket.destroy();
});

describe('when the home register misbehaves', () => {
  test('a refusal is a refusal with its code', async () => {
    await setting.simulator.addFault({ system: 'home-register', operation: 'subscriber.delete', fault: 'refuse' });
    expect(await register.remove(imsi, call())).toEqual({ kind: 'refused', code: 'cannot-delete', says: 'Cannot delete subscriber.' });
    expect(await register.read(imsi, call())).toEqual(on);
  });

  test('a lost reply after the effect is unknown, and a read settles it', async () => {
    await setting.simulator.addFault({ system: 'home-register', operation: 'subscriber.delete', fault: 'drop-reply' });
    const before = setting.simulator.effects().length;
    expect(await register.remove(imsi, call())).toMatchObject({ kind: 'unknown' });
    expect(await register.read(imsi, call())).toEqual(absent);
    expect(since(before)).toEqual(['subscriber-removed']);
  });

  test('an answer that comes too late is unknown, and its late effect is seen by the read', async () => {
    await setting.simulator.addFault({ system: 'home-register', operation: 'subscriber.delete', fault: 'delay', delayMs: timeoutMs + 200 });
    expect(await register.remove(imsi, call())).toEqual({ kind: 'unknown', says: `no answer within ${timeoutMs} ms` });
    expect(await register.read(imsi, call())).toEqual(on);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await register.read(imsi, call())).toEqual(absent);
  });

  test('the caller may give up first', async () => {
    await setting.simulator.addFault({ system: 'home-register', operation: 'subscriber.delete', fault: 'delay', delayMs: 150 });
    const before = setting.simulator.effects().length;
    expect(await register.remove(imsi, call('k', AbortSignal.timeout(50)))).toMatchObject({ kind: 'unknown' });
    expect(await register.remove(imsi, call('k', AbortSignal.abort()))).toEqual({ kind: 'unreachable', says: 'the caller gave up waiting' });
    await until(() => since(before).includes('subscriber-removed'));
  });

  test('an answer given twice is heard once', async () => {
    await setting.simulator.addFault({ system: 'home-register', fault: 'answer-twice', times: 5 });
    expect(await register.bar(imsi, call())).toEqual(off);
    expect(await register.remove(imsi, call())).toEqual(absent);
    expect(await register.read(imsi, call())).toEqual(absent);
  });

  test('a lost reply to a bar is unknown; to a detach it is asked again, for a read could not tell', async () => {
    await setting.simulator.addFault({ system: 'home-register', operation: 'cs-enabled', fault: 'drop-reply', times: 2 });
    expect(await register.bar(served, call())).toMatchObject({ kind: 'unknown' });
    expect(await register.detach(served, call())).toMatchObject({ kind: 'unreachable' });
    expect(await register.detach(served, call())).toEqual(off);
  });

  test('a telling whose reply is lost is told again', async () => {
    await setting.simulator.addFault({ system: 'home-register', operation: 'network-access-mode', fault: 'drop-reply' });
    const before = setting.simulator.effects().length;
    expect(await register.detach(served, call())).toMatchObject({ kind: 'unreachable' });
    expect(await register.detach(served, call())).toEqual(off);
    expect(since(before).filter((one) => one === 'serving-node-told')).toHaveLength(1);
    await setting.simulator.seed(carrierSeed);
    await setting.simulator.addFault({ system: 'home-register', operation: 'network-access-mode', fault: 'refuse', code: 'No permission' });
    expect(await register.detach(served, call())).toMatchObject({ kind: 'refused', code: 'vty-refused' });
  });

  test('a register that is down is unreachable, and found again when it is back', async () => {
    await setting.simulator.addFault({ system: 'home-register', fault: 'down' });
    expect(await register.remove(imsi, call())).toMatchObject({ kind: 'unreachable', says: expect.stringContaining('ECONNREFUSED') });
    expect(await register.read(imsi, call())).toMatchObject({ kind: 'unreachable' });
    await setting.simulator.clearFaults();
    expect(await register.read(imsi, call())).toEqual(on);
  });

  test('down for a while is down for a while', async () => {
    await setting.simulator.addFault({ system: 'home-register', fault: 'down', delayMs: 100 });
    expect(await register.read(imsi, call())).toMatchObject({ kind: 'unreachable' });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await register.read(imsi, call())).toEqual(on);
  });
});

test('hundreds at once go over one connection, each to its own answer', async () => {
  const imsis = Array.from({ length: 300 }, (_, at) => `001017${String(at).padStart(9, '0')}`);
  await setting.simulator.seed({ subscribers: imsis.map((one, at) => ({ imsi: one, circuitSwitched: at % 2 === 0 })) });
  const facts = await Promise.all(imsis.map((one) => register.read(one, call())));
  expect(facts.map((one) => one.kind === 'done' && one.fact !== 'absent' && one.fact.circuitSwitched)).toEqual(imsis.map((_, at) => at % 2 === 0));
  const removed = await Promise.all(imsis.map((one) => register.remove(one, call())));
  expect(removed.every((one) => one.kind === 'done')).toBe(true);
});
