import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { open5gsRegister, type Open5gsOptions } from '../../src/connectors/open5gs/home-register.ts';
import { call, openSetting, timeoutMs, type Setting } from './simulator-setting.ts';

let setting: Setting;
let register: ReturnType<Setting['connect']>['open5gs'];
const opened: (typeof register)[] = [];
const imsi = '001010000000001';
const served = '001010000000002';
const plant = () => setting.simulator.seed({ subscribers: [{ imsi }, { imsi: served, mme: 'mme-1.epc.example' }] });
beforeAll(async () => {
  setting = await openSetting();
  register = setting.connect().open5gs;
  await plant();
});
afterEach(async () => {
  await setting.simulator.clearFaults();
  await plant();
});
afterAll(async () => {
  await Promise.all(opened.map((one) => one.close()));
  await setting.end();
});

const other = (options: Partial<Open5gsOptions>): typeof register => {
  const one = open5gsRegister({ ...setting.simulator.endpoints.open5gs, timeoutMs, confirmMs: 200, ...options });
  opened.push(one);
  return one;
};
const count = (): number => setting.simulator.effects().length;
const since = (before: number): string[] => setting.simulator.effects().slice(before).map(({ effect }) => effect);
const on = { kind: 'done', fact: { circuitSwitched: true, packetSwitched: true } };
const off = { kind: 'done', fact: { circuitSwitched: false, packetSwitched: false } };
const absent = { kind: 'done', fact: 'absent' };
const garbage = (operation: string, code: string, times = 1) => setting.simulator.addFault({ system: 'home-register', operation, fault: 'garbage', code, times });

describe('a subscriber of Open5GS', () => {
  test('is barred, its location cancelled and seen to be, and only then it is deleted', async () => {
    const before = count();
    expect(await register.read(served, call())).toEqual(on);
    expect(await register.bar(served, call())).toEqual(off);
    expect(await register.unbar(served, call())).toEqual(on);
    expect(await register.remove(served, call())).toMatchObject({ kind: 'refused', code: 'not-detached' });
    expect(await register.detach(served, call())).toEqual(off);
    expect(await register.remove(served, call())).toEqual(absent);
    expect(since(before)).toEqual([
      'circuit-switched-off', 'packet-switched-off', 'cancel-location-requested', 'serving-node-told', 'circuit-switched-on', 'packet-switched-on', 'cancel-location-cleared',
      'circuit-switched-off', 'packet-switched-off', 'cancel-location-requested', 'subscriber-removed',
    ]);
    expect([await register.remove(served, call()), await register.detach(served, call()), await register.read(served, call())]).toEqual([absent, absent, absent]);
    expect(await register.bar(served, call())).toMatchObject({ kind: 'refused', code: 'no-such-subscriber' });
    expect(since(before)).toHaveLength(11);
  });

  test('that nobody serves needs nobody\'s word', async () => {
    const alone = other({ mmeUrls: [] });
    expect([await alone.bar(imsi, call()), await alone.detach(imsi, call()), await alone.remove(imsi, call())]).toEqual([off, off, absent]);
  });

  test('is found among more subscribers than one page holds', async () => {
    await setting.simulator.seed({ subscribers: Array.from({ length: 230 }, (_, at) => ({ imsi: `00102${String(at).padStart(10, '0')}`, mme: 'mme-1' })) });
    await setting.simulator.addFault({ system: 'home-register', operation: 'cancel-location', fault: 'refuse', code: 'not-followed' });
    expect(await other({}).detach('001020000000229', call())).toMatchObject({ kind: 'unreachable', says: expect.stringContaining('an MME still serves') });
    expect(await other({}).detach('001020000000228', call())).toEqual(off);
  });

  test('is asked for together: one sign-in for all', async () => {
    await setting.simulator.addFault({ system: 'home-register', operation: 'login', fault: 'delay', delayMs: 50 });
    const fresh = other({});
    const answers = await Promise.all(Array.from({ length: 20 }, () => fresh.read(imsi, call())));
    expect(answers).toEqual(answers.map(() => on));
  });
});

describe('what is not confirmed is never done', () => {
  test('the WebUI as it is shipped drops the request: refused, and says where to look', async () => {
    await setting.simulator.addFault({ system: 'home-register', operation: 'cancel-location', fault: 'refuse', code: 'dropped', times: 2 });
    expect(await register.bar(served, call())).toMatchObject({ kind: 'refused', code: 'cancel-location-dropped', says: expect.stringContaining('README') });
    expect(await register.remove(served, call())).toMatchObject({ kind: 'refused', code: 'not-detached' });
  });

  test('an HSS that does not follow its database leaves the device attached: tried again, and done when it is', async () => {
    await setting.simulator.addFault({ system: 'home-register', operation: 'cancel-location', fault: 'refuse', code: 'not-followed' });
    const impatient = other({});
    expect(await impatient.detach(served, call())).toMatchObject({ kind: 'unreachable', says: 'the location was asked to be cancelled, and an MME still serves the subscriber' });
    // The request stands there already; asked again it must be news to the HSS.
    expect(await impatient.detach(served, call())).toEqual(off);
  });

  test('without the word of an MME there is none', async () => {
    expect(await other({ mmeUrls: [] }).detach(served, call())).toMatchObject({ kind: 'refused', code: 'serving-node-not-confirmed' });
  });

  test.each(['huge', 'not-json', 'cut-off', 'new-status', ''])('an MME that says garbage (%s) confirms nothing', async (code) => {
    await setting.simulator.addFault({ system: 'home-register', operation: 'cancel-location', fault: 'refuse', code: 'not-followed' });
    await garbage('ue-info', code || 'garbage', 50);
    expect(await other({}).detach(served, call())).toMatchObject({ kind: 'unreachable', says: expect.stringMatching(/can't be told: 127\.0\.0\.1:\d+: /) });
  });
});

describe('when the WebUI misbehaves', () => {
  test.each([
    ['huge', 'unreachable', /longer than 262144 bytes/], ['not-json', 'unknown', /not understood: text\/html, not JSON/], ['other-subscriber', 'unknown', /another subscriber/],
    ['wrong-type', 'unknown', /imsi: invalid_type/], ['new-status', 'unknown', /HTTP 299/], ['not-the-api', 'unknown', /HTTP 404, but not the API's own/],
  ] as const)('a reading answered with %s is %s, with the exact reason', async (code, kind, says) => {
    await garbage('read', code, 3);
    expect(await register.read(imsi, call())).toMatchObject({ kind, says: expect.stringMatching(says) });
    expect(await register.remove(imsi, call())).toMatchObject({ kind });
  });

  test.each(['huge', 'not-json', 'other-subscriber', 'new-status', 'not-the-api'])('a barring answered with %s may have happened: unknown, read, done', async (code) => {
    await garbage('update', code);
    expect(await register.bar(imsi, call())).toMatchObject({ kind: 'unknown' });
    expect(await register.read(imsi, call())).toEqual(off);
  });

  test.each(['huge', 'not-json', 'new-status', 'not-the-api'])('a deletion answered with %s is not taken for one', async (code) => {
    await garbage('delete', code);
    expect(await register.remove(imsi, call())).toMatchObject({ kind: 'unknown' });
    expect(await register.read(imsi, call())).toEqual(absent);
  });

  test('a reply that is lost is unknown; of a detachment it is asked for again', async () => {
    await setting.simulator.addFault({ system: 'home-register', operation: 'delete', fault: 'drop-reply' });
    expect((await register.remove(imsi, call())).kind).toBe('unknown');
    expect(await register.read(imsi, call())).toEqual(absent);
    await setting.simulator.addFault({ system: 'home-register', operation: 'update', fault: 'drop-reply' });
    expect((await register.detach(served, call())).kind).toBe('unreachable');
    expect(await register.detach(served, call())).toEqual(off);
  });

  test('a session that has ended is opened anew, once', async () => {
    await setting.simulator.addFault({ system: 'home-register', operation: 'read', fault: 'refuse', code: '401' });
    expect(await register.read(imsi, call())).toEqual(on);
    await setting.simulator.addFault({ system: 'home-register', operation: 'read', fault: 'refuse', code: '403', times: 2 });
    expect(await register.read(imsi, call())).toMatchObject({ kind: 'refused', code: 'http-403' });
    await setting.restart();
    await plant();
    expect(await register.bar(imsi, call())).toEqual(off);
  });

  test('who is not let in, finds nobody, or asks for no IMSI acts on nothing', async () => {
    const before = count();
    const stranger = other({ password: 'not it' });
    expect(await stranger.bar(imsi, call())).toMatchObject({ kind: 'refused', code: 'not-let-in' });
    expect(JSON.stringify(await stranger.read(imsi, call()))).not.toContain('not it');
    expect(await other({ url: 'http://127.0.0.1:9' }).bar(imsi, call())).toMatchObject({ kind: 'unreachable', says: expect.stringMatching(/^not signed in: .*ECONNREFUSED/) });
    await setting.simulator.addFault({ system: 'home-register', operation: 'login', fault: 'delay', delayMs: 300 });
    const patient = other({});
    const [hasty, slow] = await Promise.all([patient.read(imsi, call('k', AbortSignal.timeout(50))), patient.read(imsi, call())]);
    expect([hasty, slow]).toEqual([{ kind: 'unreachable', says: 'the caller gave up waiting' }, on]);
    expect(await register.bar('../Account', call())).toMatchObject({ kind: 'refused', code: 'invalid-imsi' });
    expect(since(before)).toEqual([]);
  });

  test('looking at it changes nothing, and says what is wrong', async () => {
    const before = count();
    const soon = (): AbortSignal => AbortSignal.timeout(2_000);
    expect(await register.check(soon())).toMatchObject({ kind: 'ok' });
    expect(await other({ password: 'not it' }).check(soon())).toMatchObject({ kind: 'credentials' });
    expect(await other({ url: 'http://127.0.0.1:9' }).check(soon())).toMatchObject({ kind: 'unreachable' });
    expect(await other({ mmeUrls: ['http://127.0.0.1:9'] }).check(soon())).toMatchObject({ kind: 'protocol' });
    await garbage('read', 'not-json');
    expect(await register.check(soon())).toMatchObject({ kind: 'protocol' });
    expect(since(before)).toEqual([]);
  });
});
