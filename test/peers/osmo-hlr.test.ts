import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { osmoHlrCtrl } from '../../src/connectors/osmo-hlr-ctrl/home-register.ts';
import { runInVty } from '../../src/connectors/osmo-hlr-ctrl/vty.ts';
import type { Call } from '../../src/plan/ports.ts';
import { openGsupNode, type GsupNode } from './gsup-node.ts';
import { startOsmoHlr, type OsmoHlr } from './osmo-hlr-server.ts';

const timeoutMs = 2_000;
const call = (): Call => ({ key: 'k', signal: new AbortController().signal });
const on = { kind: 'done', fact: { circuitSwitched: true, packetSwitched: true } };
const off = { kind: 'done', fact: { circuitSwitched: false, packetSwitched: false } };
const absent = { kind: 'done', fact: 'absent' };

let hlr: OsmoHlr;
let register: ReturnType<typeof osmoHlrCtrl>;
let msc: GsupNode;
let sgsn: GsupNode;
beforeAll(async () => {
  hlr = await startOsmoHlr();
  register = osmoHlrCtrl({ host: hlr.host, port: hlr.ctrlPort, vtyPort: hlr.vtyPort, timeoutMs });
  [msc, sgsn] = await Promise.all([openGsupNode(hlr.host, hlr.gsupPort, 'MSC-1', 'cs'), openGsupNode(hlr.host, hlr.gsupPort, 'SGSN-1', 'ps')]);
});
afterAll(async () => {
  await register?.close();
  msc?.end();
  sgsn?.end();
  await hlr?.stop();
});

const vty = (line: string) => runInVty({ host: hlr.host, port: hlr.vtyPort, timeoutMs }, [line], call().signal);
const create = async (imsi: string): Promise<void> => {
  await vty(`subscriber imsi ${imsi} create`);
  expect(await register.read(imsi, call())).toEqual(on);
};
const rowOf = (imsi: string): unknown => {
  const database = new DatabaseSync(hlr.database, { readOnly: true });
  const row = database.prepare('select nam_cs, nam_ps from subscriber where imsi = ?').get(imsi);
  database.close();
  return row;
};
const heardBy = async (node: GsupNode, what: string): Promise<number> => {
  await new Promise((resolve) => setTimeout(resolve, 100));
  return node.heard.filter((one) => one === what).length;
};

describe('a real osmo-hlr', () => {
  test('bars, unbars, detaches and removes a subscriber, and its own database agrees', async () => {
    const imsi = '001010000000101';
    await create(imsi);
    expect(await register.bar(imsi, call())).toEqual(off);
    expect(rowOf(imsi)).toMatchObject({ nam_cs: 0, nam_ps: 0 });
    expect(await register.unbar(imsi, call())).toEqual(on);
    expect(rowOf(imsi)).toMatchObject({ nam_cs: 1, nam_ps: 1 });
    expect(await register.detach(imsi, call())).toEqual(off);
    expect(await register.remove(imsi, call())).toEqual(absent);
    expect(rowOf(imsi)).toBeUndefined();
    expect(await register.remove(imsi, call())).toEqual(absent);
    expect(await register.read(imsi, call())).toEqual(absent);
    expect(await register.bar(imsi, call())).toMatchObject({ kind: 'refused', code: 'no-such-subscriber' });
  });

  test('has the nodes told that serve the subscriber; they are not told over CTRL alone', async () => {
    const imsi = '001010000000102';
    await create(imsi);
    expect(await Promise.all([msc.attach(imsi), sgsn.attach(imsi)])).toEqual(['update-location-accepted', 'update-location-accepted']);

    const blind = osmoHlrCtrl({ host: hlr.host, port: hlr.ctrlPort, timeoutMs });
    expect(await blind.detach(imsi, call())).toMatchObject({ kind: 'refused', code: 'serving-node-not-told' });
    await blind.close();
    expect(rowOf(imsi)).toMatchObject({ nam_cs: 0, nam_ps: 0 });
    expect(await heardBy(msc, `delete-data ${imsi}`)).toBe(0);

    expect(await register.detach(imsi, call())).toEqual(off);
    expect(await heardBy(msc, `delete-data ${imsi}`)).toBeGreaterThan(0);
    expect(await heardBy(sgsn, `delete-data ${imsi}`)).toBeGreaterThan(0);
    expect(await msc.attach(imsi)).toBe('update-location-refused');
    expect(await register.remove(imsi, call())).toEqual(absent);
    expect(await msc.attach(imsi)).toBe('update-location-refused');
    expect(rowOf(imsi)).toBeUndefined();
  });

  test('barred while it is served is off at once, and back after the bar is lifted', async () => {
    const imsi = '001010000000103';
    await create(imsi);
    await msc.attach(imsi);
    expect(await register.bar(imsi, call())).toEqual(off);
    expect(await heardBy(msc, `delete-data ${imsi}`)).toBeGreaterThan(0);
    expect(await register.unbar(imsi, call())).toEqual(on);
    expect(await msc.attach(imsi)).toBe('update-location-accepted');
  });

  test('answers two hundred at once over one connection', async () => {
    const imsis = Array.from({ length: 200 }, (_, at) => `001019${String(at).padStart(9, '0')}`);
    const database = new DatabaseSync(hlr.database);
    const insert = database.prepare('insert into subscriber (imsi) values (?)');
    for (const imsi of imsis) insert.run(imsi);
    database.close();
    expect((await Promise.all(imsis.map((imsi) => register.read(imsi, call())))).every((one) => one.kind === 'done' && one.fact !== 'absent')).toBe(true);
    expect((await Promise.all(imsis.map((imsi) => register.remove(imsi, call())))).every((one) => one.kind === 'done')).toBe(true);
    expect(rowOf(imsis[0] ?? '')).toBeUndefined();
  });

  test('stopped in between is unreachable, never done', async () => {
    const other = await startOsmoHlr();
    const there = osmoHlrCtrl({ host: other.host, port: other.ctrlPort, vtyPort: other.vtyPort, timeoutMs });
    expect(await there.read('001010000000101', call())).toEqual(absent);
    await other.stop();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await there.remove('001010000000101', call())).toMatchObject({ kind: 'unreachable' });
    await there.close();
  });
});
