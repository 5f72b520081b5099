/** The account is confirmed by its owner, the device is named and compared: pages that stand only where a pack asks for them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DemoSubscriber } from '../../src/demo/data.ts';
import type { Visitor } from '../../src/demo/visitor.ts';
import { acknowledgements, hasForm, headline, inbox, pathOf, person, says, serve, signIn, solveAll, stateOf, toPreparation, words, type Served } from './up-setting.ts';

const say = says('zh-CN');
const who = person('70', { line: { devices: [{ name: 'My phone', model: 'Samsung Galaxy S24', imei: '357613004448485' }] } });
const unknown = person('71');
const twice = person('72', { line: {
  devices: [{ name: 'My phone', model: 'Samsung Galaxy S24', imei: '357613007720724' }, { name: 'My tablet', model: 'Apple iPad Air', imei: '357613008830720' }],
  identifiers: { msisdn: '+12025550172', imsi: '001010000000172', iccid: '8900199990000000725', matchingId: 'M0172-KD7Q-41XP', eid: '89049032999900000000000000050504' },
} });
const fields = { reason: 'other', name: who.person.name, email: who.person.email ?? '', phone: '' };

let served: Served;
beforeAll(async () => {
  served = await serve({ also: [who, unknown, twice], change: (pack) => ({ ...pack, identity: { ...pack.identity, level: 'basic', documents: [], confirmAccount: true, device: true } }) });
});
afterAll(() => served?.close());

const atAccount = async (one: DemoSubscriber): Promise<Visitor> => {
  const visitor = await signIn(served, one);
  await toPreparation(visitor);
  await solveAll(visitor);
  await visitor.submit('/cancel');
  return visitor;
};
const faultAt = (one: Visitor, field: string): string => one.page().root.querySelector(`#${field}-fault`)?.text ?? '';

describe('UR1 the account', () => {
  test('UR1 comes first: number, reference and name shown, contacts masked; what is wrong leads to people, a forgotten password to its recovery', async () => {
    const one = await atAccount(who);
    expect([pathOf(one).endsWith('/cancel/account'), headline(one)]).toEqual([true, say('account-check.title')]);
    const page = words(one);
    for (const shown of ['+1 202 555 0170', 'B-100170', who.person.name, 'l•••@m•••.example']) expect(page).toContain(shown);
    for (const hidden of [who.person.email ?? '', who.person.contactPhone ?? '']) expect(one.page().html).not.toContain(hidden);
    expect(one.link(/\/reset$/)).toContain('/reset');
    expect(one.page().html).toContain('href="tel:+12025550100"');
    await one.submit('/account');
    expect([pathOf(one).endsWith('/account'), faultAt(one, 'account')]).toEqual([true, say('field.account.missing')]);
    await one.submit('/account', { account: 'confirmed' });
    expect(pathOf(one)).toMatch(/\/cancel\/application$/);
  });
});

describe('ES3 the device', () => {
  test('ES3 model, IMEI and EID: each fault at its field, in words of its own, compared with the records; where to find them', async () => {
    const one = await atAccount(who);
    await one.submit('/account', { account: 'confirmed' });
    await one.submit('/application', fields);
    expect(pathOf(one)).toMatch(/\/cancel\/device$/);
    for (const make of ['iphone', 'samsung', 'pixel', 'huawei'] as const) expect(words(one)).toContain(say(`device.where.${make}`));
    await one.submit('/device', { deviceModel: ' ', imei: '', eid: '' });
    expect([faultAt(one, 'deviceModel'), faultAt(one, 'imei'), faultAt(one, 'eid')]).toEqual([say('field.deviceModel.missing'), say('field.imei.missing'), '']);
    await one.submit('/device', { deviceModel: 'Galaxy S24', imei: '35-761300-444848-4', eid: '8904' });
    expect([faultAt(one, 'imei'), faultAt(one, 'eid')]).toEqual([say('field.imei.not-valid'), say('field.eid.not-valid')]);
    expect(one.page().root.querySelector('#imei')?.getAttribute('value')).toBe('35-761300-444848-4'); // what was typed is kept
    await one.submit('/device', { deviceModel: 'Galaxy S24', imei: '357613005559124', eid: '' });
    expect(faultAt(one, 'imei')).toBe(say('field.imei.differs'));
    await one.submit('/device', { deviceModel: 'Galaxy S24 Ultra', imei: '357613004448485', eid: '' });
    expect([faultAt(one, 'deviceModel'), faultAt(one, 'imei')]).toEqual([say('field.deviceModel.differs'), '']);
    await one.submit('/device', { deviceModel: 'galaxy s24', imei: '357613005559124', eid: '' });
    expect([faultAt(one, 'deviceModel'), faultAt(one, 'imei')]).toEqual(['', say('field.imei.differs')]);

    // The last look leads back to the page that has what is wrong.
    await one.visit(one.page().url.replace(/\/device.*/, '/check'));
    expect(pathOf(one)).toMatch(/\/cancel\/device$/);
    expect(faultAt(one, 'imei')).toBe(say('field.imei.check'));
    await one.submit('/device', { deviceModel: 'Galaxy S24', imei: '35/761300/444848/5', eid: '' });
    await one.submit('/consequences', { acknowledged: acknowledgements(one) });
    expect([hasForm(one, '/check'), words(one).includes('IMEI 35/761300/444848/5')]).toEqual([true, true]);
    await one.submit('/check');
    const number = /\/cases\/([0-9A-Z-]+)\/receipt/.exec(pathOf(one))?.[1] ?? '';
    expect(await stateOf(served, number)).toBe('reviewing');
    expect(served.story.logged.join()).not.toContain('357613004448485');
    expect(JSON.stringify(await served.story.rows('select facts from journal'))).not.toContain('357613004448485');
    expect(inbox(served, who.person.email ?? '').mail.map(({ text }) => text).join()).not.toContain('357613004448485');
  });

  test('ES3 of a line with no device on record any right number is taken', async () => {
    const one = await atAccount(unknown);
    await one.submit('/account', { account: 'confirmed' });
    await one.submit('/application', { ...fields, name: unknown.person.name, email: unknown.person.email ?? '' });
    await one.submit('/device', { deviceModel: 'Pixel 8', imei: '357613006660772', eid: '' });
    expect(pathOf(one)).toMatch(/\/cancel\/consequences$/);
  });

  test('ES3 of two devices on one line model and IMEI must be of the same; an EID that is another’s is said at its field, and none of it is told', async () => {
    const one = await atAccount(twice);
    await one.submit('/account', { account: 'confirmed' });
    await one.submit('/application', { ...fields, name: twice.person.name, email: twice.person.email ?? '' });
    const eid = '89049032999900000000000000050504';
    await one.submit('/device', { deviceModel: 'Galaxy S24', imei: '357613008830720', eid });
    expect([faultAt(one, 'deviceModel'), faultAt(one, 'imei'), faultAt(one, 'eid')]).toEqual([say('field.deviceModel.differs'), '', '']);
    await one.submit('/device', { deviceModel: 'iPad Air', imei: '357613008830720', eid: '89049032999900000000000000090856' });
    expect([faultAt(one, 'deviceModel'), faultAt(one, 'imei'), faultAt(one, 'eid')]).toEqual(['', '', say('field.eid.differs')]);
    for (const recorded of ['357613007720724', eid]) expect(one.page().html).not.toContain(recorded); // what is on record is no answer to a guess
    await one.submit('/device', { deviceModel: 'iPad Air', imei: '357613008830720', eid });
    expect(pathOf(one)).toMatch(/\/cancel\/consequences$/);
  });
});
