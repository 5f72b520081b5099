import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { servicesHttp } from '../../src/connectors/linked-services-http/linked-services.ts';
import { call, carrierSeed, noon, openSetting, timeoutMs, type Setting } from './simulator-setting.ts';

let setting: Setting;
let services: ReturnType<Setting['connect']>['linkedServices'];
beforeAll(async () => {
  setting = await openSetting();
  services = setting.connect().linkedServices;
});
afterEach(async () => {
  await setting.simulator.clearFaults();
  await setting.simulator.seed(carrierSeed);
});
afterAll(() => setting.end());

const running = (service: string) => ({ service, status: 'active' });
const ended = (service: string) => ({ service, status: 'ended', endedAt: noon.toISOString() });
const effects = (): string[] => setting.simulator.effects().filter((one) => one.system === 'linked-services').map((one) => `${one.effect} ${one.subject} ${String(one.detail?.['service'])}`);

describe('ST7 what is sold along with a line', () => {
  test('is read and ended one by one; once for one key, and a key stands for one service', async () => {
    const before = effects().length;
    expect(await services.read('line-1', call())).toEqual({ kind: 'done', fact: [running('cloud-200'), running('music')] });
    expect(await services.end('line-1', 'music', call('s-1'))).toEqual({ kind: 'done', fact: ended('music') });
    expect(await services.end('line-1', 'music', call('s-1'))).toEqual({ kind: 'done', fact: ended('music') });
    expect(await services.end('line-1', 'cloud-200', call('s-1'))).toMatchObject({ kind: 'refused', code: 'key-reused' });
    expect(await services.read('line-1', call())).toEqual({ kind: 'done', fact: [running('cloud-200'), ended('music')] });
    expect(effects().slice(before)).toEqual(['service-ended line-1 music']);
  });

  test('that the operator does not have is refused; a wrong token too', async () => {
    expect(await services.end('line-1', 'radio', call())).toMatchObject({ kind: 'refused', code: 'no-such-service' });
    expect(await services.read('line 9/..?', call())).toMatchObject({ kind: 'refused', code: 'no-such-line' });
    const stranger = servicesHttp({ ...setting.simulator.endpoints.linkedServices, token: 'another', timeoutMs });
    expect(await stranger.read('line-1', call())).toMatchObject({ kind: 'refused', code: 'unauthorized' });
    await stranger.close();
  });

  test('a lost reply after the effect is unknown; the read tells, and the repeat acts no more', async () => {
    await setting.simulator.addFault({ system: 'linked-services', operation: 'end', fault: 'drop-reply' });
    const before = effects().length;
    expect(await services.end('line-1', 'music', call('s-2'))).toMatchObject({ kind: 'unknown' });
    expect(await services.read('line-1', call())).toMatchObject({ kind: 'done', fact: [running('cloud-200'), ended('music')] });
    expect(await services.end('line-1', 'music', call('s-2'))).toMatchObject({ kind: 'done', fact: ended('music') });
    expect(effects().slice(before)).toEqual(['service-ended line-1 music']);
  });

  test('a refusal has its code, an answer too late is unknown, two answers are one, a lost read is asked again, down is unreachable', async () => {
    await setting.simulator.addFault({ system: 'linked-services', fault: 'refuse', code: 'not-allowed' });
    expect(await services.end('line-1', 'music', call())).toMatchObject({ kind: 'refused', code: 'not-allowed' });
    await setting.simulator.addFault({ system: 'linked-services', fault: 'delay', delayMs: timeoutMs + 100 });
    expect(await services.end('line-1', 'music', call())).toMatchObject({ kind: 'unknown' });
    await setting.simulator.addFault({ system: 'linked-services', fault: 'answer-twice' });
    expect(await services.end('line-1', 'music', call())).toMatchObject({ kind: 'done' });
    await setting.simulator.addFault({ system: 'linked-services', operation: 'read', fault: 'drop-reply' });
    expect(await services.read('line-1', call())).toMatchObject({ kind: 'unreachable' });
    await setting.simulator.addFault({ system: 'linked-services', fault: 'down' });
    expect(await services.end('line-1', 'music', call())).toMatchObject({ kind: 'unreachable' });
  });

  test('what ended is still ended after a crash of the operator’s own system', async () => {
    // A line of its own: what was answered too late above may still come to line-1.
    await setting.simulator.seed({ lines: [{ ref: 'line-9', currency: 'USD', services: ['cloud-200', 'music'] }] });
    await services.end('line-9', 'cloud-200', call());
    await setting.restart();
    expect(await setting.connect().linkedServices.read('line-9', call())).toMatchObject({ fact: [ended('cloud-200'), running('music')] });
  });
});
