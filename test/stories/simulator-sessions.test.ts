import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { radiusDisconnect, type RadiusOptions } from '../../src/connectors/radius-disconnect/sessions.ts';
import { call, noon, openSetting, timeoutMs, until, type Setting } from './simulator-setting.ts';

let setting: Setting;
const opened: ReturnType<typeof radiusDisconnect>[] = [];
const imsi = '001010000000001';
const subject = { imsi, msisdn: '+12025550101' };
const seedSessions = () => setting.simulator.seed({ sessions: [{ id: 's-1', imsi, msisdn: '12025550101' }, { id: 's-2', imsi, msisdn: '12025550101' }, { id: 's-3', imsi: '001010000000002' }] });
beforeAll(async () => { setting = await openSetting(); });
beforeAll(seedSessions);
afterEach(async () => {
  await setting.simulator.clearFaults();
  await seedSessions();
});
afterAll(async () => {
  await Promise.all(opened.map((one) => one.close()));
  await setting.end();
});

const gateway = (options: Partial<RadiusOptions> = {}): ReturnType<typeof radiusDisconnect> => {
  const one = radiusDisconnect({ ...setting.simulator.endpoints.radius, timeoutMs, firstPauseMs: 150, now: () => noon, ...options });
  opened.push(one);
  return one;
};
const ended = (before: number): unknown[] => setting.simulator.effects().slice(before).filter(({ system }) => system === 'nas').map(({ effect, detail }) => `${effect} ${String(detail?.['session'])}`);
const count = (): number => setting.simulator.effects().length;
const nothingIgnored = { foreign: 0, malformed: 0, forged: 0, unasked: 0 };

describe('the sessions of a line', () => {
  test('are all ended, nobody else\'s is; a repeat finds nothing and is content', async () => {
    const before = count();
    const sessions = gateway();
    expect(await sessions.endAll(subject, call())).toEqual({ kind: 'done', fact: 'ended' });
    expect(await sessions.endAll(subject, call())).toEqual({ kind: 'done', fact: 'none-there' });
    expect(ended(before)).toEqual(['session-ended s-1', 'session-ended s-2']);
    expect(sessions.ignored()).toEqual([nothingIgnored]);
  });

  test('are ended once, however often the request has to be sent', async () => {
    const before = count();
    await setting.simulator.addFault({ system: 'nas', fault: 'drop-reply', times: 2 });
    expect(await gateway().endAll(subject, call())).toEqual({ kind: 'done', fact: 'ended' });
    expect(ended(before)).toEqual(['session-ended s-1', 'session-ended s-2']);
  });

  test('are unknown after silence, and the repeat settles it', async () => {
    const before = count();
    await setting.simulator.addFault({ system: 'nas', fault: 'drop-reply', times: 100 });
    const sessions = gateway({ timeoutMs: 500 });
    expect(await sessions.endAll(subject, call())).toMatchObject({ kind: 'unknown', says: expect.stringMatching(/no answer within 500 ms$/) });
    await setting.simulator.clearFaults();
    expect(await sessions.endAll(subject, call())).toEqual({ kind: 'done', fact: 'none-there' });
    expect(ended(before)).toHaveLength(2);
  });

  test('at two gateways are ended where they are; a gateway that is silent leaves it unknown', async () => {
    const [nas] = setting.simulator.endpoints.radius.nas;
    if (nas === undefined) throw new Error('the simulator has no gateway');
    const nobody = createSocket('udp4').bind(0, '127.0.0.1');
    await once(nobody, 'listening');
    const silent = { host: '127.0.0.1', port: nobody.address().port };
    expect(await gateway({ nas: [nas, nas] }).endAll(subject, call())).toEqual({ kind: 'done', fact: 'ended' });
    expect(await gateway({ nas: [nas, silent], timeoutMs: 400 }).endAll(subject, call())).toMatchObject({ kind: 'unknown', says: expect.stringContaining(`:${silent.port}: no answer`) });
    nobody.close();
  });

  test.each([['504', 'error-cause-504', 'Session Context Not Removable'], ['403', 'error-cause-403', 'NAS Identification Mismatch'], ['999', 'error-cause-999', 'which RFC 5176 does not have'], ['none', 'no-cause', 'without a cause']])('are refused with %s, in words', async (code, known, says) => {
    await setting.simulator.addFault({ system: 'nas', fault: 'refuse', code });
    expect(await gateway().endAll(subject, call())).toMatchObject({ kind: 'refused', code: known, says: expect.stringContaining(says) });
  });

  test('are asked for sixteen at once, each by an identifier of its own', async () => {
    const heard: number[] = [];
    const silent = createSocket('udp4', (bytes) => void heard.push(bytes[1] ?? -1)).bind(0, '127.0.0.1');
    await once(silent, 'listening');
    const sessions = gateway({ nas: [{ host: '127.0.0.1', port: silent.address().port }], timeoutMs: 1_000, firstPauseMs: 5_000 });
    const asked = Promise.all(Array.from({ length: 40 }, () => sessions.endAll(subject, call())));
    await until(() => heard.length >= 16);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect([heard.length, new Set(heard).size]).toEqual([16, 16]);
    expect((await asked).every(({ kind }) => kind === 'unknown' || kind === 'unreachable')).toBe(true);
    silent.close();
  });

  test('are ended also where more are asked for at once than there are identifiers', async () => {
    await setting.simulator.seed({ sessions: Array.from({ length: 600 }, (_, at) => ({ id: `m-${at}`, imsi: `00101${String(at).padStart(10, '0')}` })) });
    const before = count();
    const wide = gateway({ window: 1_000, timeoutMs: 20_000 });
    const all = await Promise.all(Array.from({ length: 600 }, (_, at) => wide.endAll({ imsi: `00101${String(at).padStart(10, '0')}`, msisdn: '+12025550101' }, call())));
    expect(all.every((one) => one.kind === 'done' && one.fact === 'ended')).toBe(true);
    expect(new Set(ended(before)).size).toBeGreaterThanOrEqual(600);
  });
});

describe('what is no answer', () => {
  test.each([
    ['wrong-authenticator', 'forged', 'with a wrong authenticator'], ['wrong-length', 'malformed', 'that is no RADIUS packet'], ['noise', 'malformed', 'that is no RADIUS packet'],
    ['wrong-identifier', 'unasked', 'with an identifier that nothing waits for'], ['other-port', 'foreign', 'from another address or port'],
  ] as const)('%s: is passed over, counted and named; never done', async (code, kind, words) => {
    await setting.simulator.addFault({ system: 'nas', fault: 'garbage', code, times: 100 });
    const sessions = gateway({ timeoutMs: 400 });
    expect(await sessions.endAll(subject, call())).toMatchObject({ kind: 'unknown', says: expect.stringMatching(new RegExp(`no answer within 400 ms; passed over: \\d+ ${words}$`)) });
    expect(sessions.ignored()[0]?.[kind]).toBeGreaterThan(0);
    await setting.simulator.clearFaults();
    // It was there all the time: what is true in the end is told by whoever knows the secret.
    expect(await sessions.endAll(subject, call())).toEqual({ kind: 'done', fact: 'none-there' });
  });

  test('garbage before the true answer does no harm', async () => {
    await setting.simulator.addFault({ system: 'nas', fault: 'garbage', code: 'wrong-authenticator' });
    const sessions = gateway();
    expect(await sessions.endAll(subject, call())).toEqual({ kind: 'done', fact: 'ended' });
    expect(sessions.ignored()).toEqual([{ ...nothingIgnored, forged: 1 }]);
  });

  test('a code that RADIUS has not is unknown, with the code', async () => {
    await setting.simulator.addFault({ system: 'nas', fault: 'garbage', code: 'unknown-code' });
    expect(await gateway().endAll(subject, call())).toMatchObject({ kind: 'unknown', says: expect.stringContaining('answered with code 99') });
  });

  test('an answer that comes twice, or late, answers nothing else', async () => {
    await setting.simulator.addFault({ system: 'nas', fault: 'answer-twice' });
    const sessions = gateway();
    expect(await sessions.endAll(subject, call())).toEqual({ kind: 'done', fact: 'ended' });
    await until(() => sessions.ignored()[0]?.unasked === 1);
    await setting.simulator.addFault({ system: 'nas', fault: 'delay', delayMs: 600 });
    const slow = gateway({ timeoutMs: 300, firstPauseMs: 5_000 });
    expect((await slow.endAll({ imsi: '001010000000002', msisdn: '+12025550102' }, call())).kind).toBe('unknown');
    await until(() => slow.ignored()[0]?.unasked === 1);
  });

  test('nobody can be asked: another clock, another secret, no such host, no IMSI', async () => {
    expect((await gateway({ now: () => new Date(noon.getTime() + 3_600_000), timeoutMs: 300 }).endAll(subject, call())).kind).toBe('unknown');
    expect((await gateway({ secret: 'another', timeoutMs: 300 }).endAll(subject, call())).kind).toBe('unknown');
    expect(await gateway({ nas: [{ host: 'gateway.invalid', port: 3799 }] }).endAll(subject, call())).toMatchObject({ kind: 'unreachable' });
    expect(await gateway().endAll({ imsi: '', msisdn: '+12025550101' }, call())).toMatchObject({ kind: 'refused', code: 'invalid-imsi' });
    expect(await gateway({ nas: [] }).endAll(subject, call())).toMatchObject({ kind: 'refused', code: 'no-gateway' });
    expect(await gateway().endAll(subject, call('k', AbortSignal.abort()))).toMatchObject({ kind: 'unreachable' });
  });
});

describe('looking at a gateway', () => {
  test('ends nothing, and tells what is wrong', async () => {
    const before = count();
    const now = (): AbortSignal => AbortSignal.timeout(2_000);
    expect(await gateway().check(now())).toMatchObject({ kind: 'ok' });
    expect(await gateway({ secret: 'another', timeoutMs: 300 }).check(now())).toMatchObject({ kind: 'unreachable' });
    await setting.simulator.addFault({ system: 'nas', fault: 'garbage', code: 'wrong-authenticator', times: 10 });
    expect(await gateway({ timeoutMs: 300 }).check(now())).toMatchObject({ kind: 'credentials' });
    expect(ended(before)).toEqual([]);
  });
});
