import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openDb, type Db } from '../../src/store/db.ts';
import { openVault } from '../../src/vault/vault.ts';
import { testDatabase, type TestDatabase } from '../database.ts';

let database: TestDatabase;
let db: Db;
const operatorKey = randomBytes(32);
const vault = openVault({ operatorKey });

beforeAll(async () => {
  database = await testDatabase();
  db = openDb({ url: database.url });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

const people = (brand: string, count = 1): Promise<string[]> =>
  db.inBrand(brand, async (tx) => {
    const ids = Array.from({ length: count }, () => randomUUID());
    await vault.newKeys(tx, brand, ids);
    return ids;
  });
const ringOf = (brand: string, ids: string[], by = vault) => db.inBrand(brand, (tx) => by.keyring(tx, ids));

describe('sealing', () => {
  test('opens for its own subscriber, brand and context, and for nothing else', async () => {
    const [one = '', other = ''] = await people('violet', 2);
    const ring = await ringOf('violet', [one, other]);
    const sealed = ring.seal(one, 'line:1', '林小雨 +1 202 555 0142');
    expect(ring.open(one, 'line:1', sealed)).toEqual({ ok: true, value: Buffer.from('林小雨 +1 202 555 0142') });
    expect(sealed.includes('0142')).toBe(false);
    expect(ring.open(one, 'line:2', sealed)).toEqual({ ok: false, why: { kind: 'not-authentic', context: 'line:2' } });
    expect(ring.open(other, 'line:1', sealed)).toMatchObject({ ok: false, why: { kind: 'not-authentic' } });
    expect(ring.seal(one, 'line:1', 'same').equals(ring.seal(one, 'line:1', 'same'))).toBe(false);
  });

  test('a byte changed anywhere is seen', async () => {
    const [id = ''] = await people('violet');
    const ring = await ringOf('violet', [id]);
    const sealed = ring.seal(id, 'form', 'x');
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(ring.open(id, 'form', changed).ok).toBe(false);
    }
    expect(ring.open(id, 'form', sealed.subarray(0, 20)).ok).toBe(false);
    expect(ring.open(id, 'form', Buffer.alloc(0)).ok).toBe(false);
  });

  test('another brand finds no key, and a key row moved to it does not open', async () => {
    const [id = ''] = await people('violet');
    const sealed = (await ringOf('violet', [id])).seal(id, 'form', 'x');
    expect((await ringOf('amber', [id])).open(id, 'form', sealed)).toEqual({ ok: false, why: { kind: 'no-key', subscriberId: id } });
    await db.acrossBrands((tx) => tx.query("update subscriber_keys set brand = 'amber' where subscriber_id = $1", [id]));
    expect((await ringOf('amber', [id])).open(id, 'form', sealed)).toMatchObject({ ok: false, why: { kind: 'not-authentic' } });
  });

  test('JSON comes back checked; what does not fit is told without its values', async () => {
    const [id = ''] = await people('violet');
    const ring = await ringOf('violet', [id]);
    const sealed = ring.sealJson(id, 'form', { name: '林小雨' });
    expect(ring.openJson(id, 'form', sealed, z.object({ name: z.string() }))).toEqual({ ok: true, value: { name: '林小雨' } });
    const refused = ring.openJson(id, 'form', sealed, z.object({ name: z.number() }));
    expect(refused).toEqual({ ok: false, why: { kind: 'not-as-expected', context: 'form', paths: ['name'] } });
  });

  test('after the key is destroyed nothing opens, not even from a copy of the rows', async () => {
    const [id = '', stays = ''] = await people('violet', 2);
    const ring = await ringOf('violet', [id, stays]);
    const [copy, kept] = [ring.seal(id, 'form', 'x'), ring.seal(stays, 'form', 'x')];
    expect(await db.inBrand('amber', (tx) => vault.destroyKeys(tx, [id]))).toBe(0);
    expect(await db.inBrand('violet', (tx) => vault.destroyKeys(tx, [id]))).toBe(1);
    const later = await ringOf('violet', [id, stays]);
    expect(later.open(id, 'form', copy)).toEqual({ ok: false, why: { kind: 'no-key', subscriberId: id } });
    expect(later.open(stays, 'form', kept).ok).toBe(true);
    expect(() => later.seal(id, 'form', 'more')).toThrow(/no-key/);
    await db.inBrand('violet', (tx) => vault.newKeys(tx, 'violet', [id]));
    expect((await ringOf('violet', [id])).open(id, 'form', copy)).toMatchObject({ ok: false, why: { kind: 'not-authentic' } });
  });

  test('a key that is there stays when keys are made again', async () => {
    const [id = ''] = await people('violet');
    const sealed = (await ringOf('violet', [id])).seal(id, 'form', 'x');
    await db.inBrand('violet', (tx) => vault.newKeys(tx, 'violet', [id]));
    expect((await ringOf('violet', [id])).open(id, 'form', sealed).ok).toBe(true);
  });
});

describe("the operator's key", () => {
  test('a wrong one is said in a sentence, at the start and at opening', async () => {
    const [id = ''] = await people('violet');
    const sealed = (await ringOf('violet', [id])).seal(id, 'form', 'x');
    const stranger = openVault({ operatorKey: randomBytes(32) });
    expect((await ringOf('violet', [id], stranger)).open(id, 'form', sealed)).toMatchObject({ ok: false, why: { kind: 'wrong-operator-key', says: expect.stringContaining('SIGNOFF_OPERATOR_KEY') } });
    expect(await db.acrossBrands((tx) => stranger.checkOperatorKey(tx))).toMatchObject({ ok: false, why: { kind: 'wrong-operator-key' } });
    expect(await db.acrossBrands((tx) => vault.checkOperatorKey(tx))).toEqual({ ok: true, value: 'fits' });
    expect(await db.inBrand('nobody-here', (tx) => vault.checkOperatorKey(tx))).toEqual({ ok: true, value: 'nothing-sealed' });
  });

  test('replaced: old data opens, keys are wrapped anew, look-ups go on', async () => {
    const [id = ''] = await people('jade');
    const sealed = (await ringOf('jade', [id])).seal(id, 'form', 'x');
    const next = randomBytes(32);
    const both = openVault({ operatorKey: next, previousKeys: [operatorKey] });
    expect((await ringOf('jade', [id], both)).open(id, 'form', sealed).ok).toBe(true);
    expect(both.blindIndex('jade', 'phone', '+12025550142')).toEqual(vault.blindIndex('jade', 'phone', '+12025550142'));
    expect(await db.inBrand('jade', (tx) => both.rewrapKeys(tx, 100))).toBe(1);
    expect(await db.inBrand('jade', (tx) => both.rewrapKeys(tx, 100))).toBe(0);
    expect((await ringOf('jade', [id], openVault({ operatorKey: next }))).open(id, 'form', sealed).ok).toBe(true);
    expect((await ringOf('jade', [id])).open(id, 'form', sealed)).toMatchObject({ ok: false, why: { kind: 'wrong-operator-key' } });
  });

  test('a blind index differs by brand, kind and key, and tells nothing', () => {
    const index = vault.blindIndex('violet', 'phone', '+12025550142');
    expect(index).toHaveLength(32);
    expect(index).toEqual(vault.blindIndex('violet', 'phone', '+12025550142'));
    for (const other of [vault.blindIndex('amber', 'phone', '+12025550142'), vault.blindIndex('violet', 'number', '+12025550142'), vault.blindIndex('violet', 'phone', '+12025550143'), openVault({ operatorKey: randomBytes(32) }).blindIndex('violet', 'phone', '+12025550142')]) {
      expect(other.equals(index)).toBe(false);
    }
  });
});
