import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLedger } from '../../src/simulator/ledger.ts';
import { call, openSetting, type Setting } from './simulator-setting.ts';

let setting: Setting;
let connectors: ReturnType<Setting['connect']>;
beforeAll(async () => {
  setting = await openSetting();
  connectors = setting.connect();
});
afterAll(() => setting.end());

const ask = (path: string, init?: RequestInit): Promise<Response> => fetch(`${setting.simulator.controlUrl}${path}`, init);
const post = (path: string, body: unknown): Promise<Response> => ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

describe('the control door', () => {
  test('takes seeds and faults, shows effects', async () => {
    expect((await post('/seed', { subscribers: [{ imsi: '001010000000055' }] })).status).toBe(201);
    expect((await post('/faults', { system: 'home-register', operation: 'info', fault: 'refuse', code: 'Busy', times: 2 })).status).toBe(201);
    expect(await connectors.homeRegister.read('001010000000055', call())).toMatchObject({ kind: 'refused', says: 'Busy' });
    expect(await (await ask('/faults')).json()).toMatchObject([{ operation: 'info', times: 1 }]);
    await ask('/faults', { method: 'DELETE' });
    expect(await connectors.homeRegister.remove('001010000000055', call())).toMatchObject({ kind: 'done' });
    expect(await (await ask('/effects')).json()).toMatchObject([{ system: 'home-register', effect: 'subscriber-removed', subject: '001010000000055', key: '' }]);
  });

  test('says what is wrong with what it is asked', async () => {
    expect((await post('/faults', { system: 'home-register', fault: 'explode' })).status).toBe(422);
    expect((await post('/faults', { system: 'billing', operation: 'info', fault: 'refuse' })).status).toBe(422);
    expect((await post('/seed', { subscribers: [{ imsi: 'x' }] })).status).toBe(422);
    expect((await ask('/faults', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' })).status).toBe(400);
    expect((await ask('/nothing')).status).toBe(404);
  });

  test('is not opened by a page of another site', async () => {
    expect((await ask('/faults', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' })).status).toBe(403);
    const { port } = new URL(setting.simulator.controlUrl);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      request({ host: '127.0.0.1', port, path: '/effects', headers: { host: `rebound.example:${port}` } }, (reply) => resolve(reply.resume().statusCode)).on('error', reject).end();
    });
    expect(status).toBe(403);
  });
});

describe('the inbox', () => {
  test('shows mail and SMS as their receiver sees them, in the language of the browser', async () => {
    await connectors.mail.send({ to: 'lin@mail.example', from: 'care@signoff.example', subject: '<b>已收到</b>', text: '见 https://signoff.example/c?a=1&b=2。', html: '<p onclick="x()">hi</p>' }, call());
    await connectors.mail.send({ to: 'lin@mail.example', from: 'care@signoff.example', subject: 'two', text: '见 https://signoff.example/c?a=1&b=2。' }, call());
    await connectors.sms.send({ to: '+12025550140', from: 'Signoff', text: '验证码 123456' }, call());
    const page = async (path: string, language: string): Promise<string> => (await ask(path, { headers: { 'accept-language': language } })).text();
    const english = await page('/inbox?to=lin%40mail.example', 'en');
    expect(english).toContain('<html lang="en">');
    expect(english).toContain('http-equiv="refresh"');
    expect(english).toContain('&lt;b>已收到&lt;/b>');
    expect(english).toContain('href="https://signoff.example/c?a=1&amp;b=2"');
    expect(english).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
    expect(english).not.toContain('123456');
    expect(await page('/inbox?to=%2B12025550140', 'zh-CN')).toContain('短信');
    expect(await page('/inbox?to=+12025550140', 'zh-TW')).toMatch(/簡訊[^]*验证码 123456/);
    expect(await page('/inbox?to=nobody@mail.example', 'zh-CN')).toContain('还没有消息');
    expect(await page('/inbox', 'zh-CN')).toContain('Signoff → +12025550140');
    expect(await (await ask('/inbox.json?to=%2B12025550140')).json()).toMatchObject({ mail: [], sms: [{ text: '验证码 123456' }] });
  });
});

describe('the ledger', () => {
  test('has every effect on disk before its reply, and outlives a restart with the state that it made', async () => {
    await connectors.homeRegister.bar('001010000000002', call());
    await connectors.esim.cancelOrder({ iccid: '8988211000000000018', eid: '89049032123451234512345678901235' }, call('e-1'));
    await connectors.billing.settle('line-1', { collectMinor: 1_200, offsetMinor: 0, refundMinor: 1, forfeitMinor: 0, currency: 'CNY' }, call('b-1'));
    await connectors.billing.stop('line-1', call('b-2'));
    const lines = (await readFile(join(setting.folder, 'effects.jsonl'), 'utf8')).trimEnd().split('\n').map((line) => JSON.parse(line) as unknown);
    expect(lines).toEqual(setting.simulator.effects());
    const before = [...setting.simulator.effects()];

    await setting.restart();
    expect(setting.simulator.effects()).toEqual(before);
    expect(await connectors.homeRegister.read('001010000000002', call())).toEqual({ kind: 'done', fact: { circuitSwitched: false, packetSwitched: false } });
    expect(await connectors.homeRegister.detach('001010000000002', call())).toMatchObject({ kind: 'done' });
    expect(await connectors.homeRegister.read('001010000000055', call())).toEqual({ kind: 'done', fact: 'absent' });
    expect(await connectors.esim.cancelOrder({ iccid: '8988211000000000018', eid: '89049032123451234512345678901235' }, call('e-1'))).toEqual({ kind: 'done', fact: 'order-cancelled' });
    expect(await connectors.esim.cancelOrder({ iccid: '8988211000000000018', eid: '89049032123451234512345678901235' }, call('e-2'))).toMatchObject({ kind: 'refused' });
    expect(await connectors.billing.stop('line-1', call('b-2'))).toMatchObject({ kind: 'done', fact: { status: 'stopped', owedMinor: 0, creditMinor: 4_999 } });
    expect(setting.simulator.effects()).toEqual(before);
  });

  test('a subscriber that is seeded again after its removal is there again after a restart', async () => {
    await setting.simulator.seed({ subscribers: [{ imsi: '001010000000055' }] });
    await setting.restart();
    expect(await connectors.homeRegister.read('001010000000055', call())).toMatchObject({ kind: 'done', fact: { circuitSwitched: true } });
  });

  test('a line that was being written when the power went is not believed', async () => {
    const path = join(setting.folder, 'torn.jsonl');
    const whole = { at: '2026-12-03T04:00:00.000Z', system: 'billing', effect: 'stopped', subject: '线路', key: 'k' } as const;
    await writeFile(path, `${JSON.stringify(whole)}\n`);
    await appendFile(path, '{"at":"2026-12-0');
    const ledger = await openLedger(path);
    expect(ledger.effects()).toEqual([whole]);
    await ledger.append({ ...whole, key: 'k2' });
    await ledger.close();
    expect((await readFile(path, 'utf8')).trimEnd().split('\n').map((line) => (JSON.parse(line) as { key: string }).key)).toEqual(['k', 'k2']);
  });
});
