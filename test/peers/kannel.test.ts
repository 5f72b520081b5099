import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inboxOf } from '../../src/simulator/inbox.ts';
import { startSimulator, type Simulator } from '../../src/simulator/start.ts';
import { startKannel, type Kannel } from './kannel-server.ts';
import { until } from './start-program.ts';

let folder: string;
let simulator: Simulator;
let kannel: Kannel;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signoff-kannel-centre-'));
  simulator = await startSimulator({ folder, now: () => new Date() });
  await simulator.seed({ unreachable: ['+12025550199'] });
  kannel = await startKannel(simulator.endpoints.smpp);
});
afterAll(async () => {
  await kannel?.stop();
  await simulator?.stop();
  await rm(folder, { recursive: true, force: true });
});

const textsTo = (to: string) => inboxOf(simulator.effects(), to).sms.map(({ text }) => text);

describe('a real Kannel as the client of our message centre', () => {
  test('binds, sends, and hears that it was delivered', async () => {
    await kannel.send({ to: '+12025550101', text: 'Your line is off.', key: 'one' });
    await until('Kannel has the receipt', () => kannel.reportsOf('one').includes('delivered'));
    expect(kannel.reportsOf('one')).toEqual(['taken', 'delivered']);
    expect(inboxOf(simulator.effects(), '+12025550101').sms).toMatchObject([{ from: 'Kannel', text: 'Your line is off.' }]);
  });

  test('its parts of a long Chinese text come together again, and are all receipted', async () => {
    const text = `${'您的线路已经注销，号码不能恢复。'.repeat(10)}🙏`;
    await kannel.send({ to: '+12025550102', text, key: 'long' });
    await until('the text is whole', () => textsTo('+12025550102').length === 1);
    expect(textsTo('+12025550102')).toEqual([text]);
    await until('Kannel has the receipts', () => kannel.reportsOf('long').includes('delivered'));
    const parts = simulator.effects().filter((one) => one.subject === '+12025550102' && one.effect.startsWith('sms-part'));
    expect(parts.map(({ effect }) => effect)).toEqual(['sms-part-1-of-3-accepted', 'sms-part-2-of-3-accepted', 'sms-part-3-of-3-accepted']);
  });

  test('hears that a phone was not reached, and that a number was refused', async () => {
    await kannel.send({ to: '+12025550199', text: 'hello', key: 'off' });
    await until('Kannel knows', () => kannel.reportsOf('off').includes('failed'));
    await simulator.addFault({ system: 'message-centre', operation: 'submit_sm', fault: 'refuse', code: 'ESME_RINVDSTADR' });
    await kannel.send({ to: '+12025550103', text: 'hello', key: 'refused' });
    await until('Kannel knows', () => kannel.reportsOf('refused').includes('refused'));
    expect(textsTo('+12025550103')).toEqual([]);
  });

  test('told that the queue is full, it comes again; so it does when the centre was away', async () => {
    await simulator.addFault({ system: 'message-centre', operation: 'submit_sm', fault: 'refuse', code: 'ESME_RMSGQFUL' });
    await kannel.send({ to: '+12025550104', text: 'slowly', key: 'slow' });
    await until('it was delivered', () => kannel.reportsOf('slow').includes('delivered'));
    await simulator.addFault({ system: 'message-centre', fault: 'down' });
    await kannel.send({ to: '+12025550105', text: 'later', key: 'later' });
    await simulator.clearFaults();
    await until('it was delivered', () => kannel.reportsOf('later').includes('delivered'));
    expect([textsTo('+12025550104'), textsTo('+12025550105')]).toEqual([['slowly'], ['later']]);
  });
});
