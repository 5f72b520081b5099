/** Lines by the thousand for orders of many: planted as an operator's systems hold them, without anybody having applied. */
import { randomBytes, randomUUID } from 'node:crypto';
import { carryOn } from '../../src/desk/bulk/carry-on.ts';
import { release, seeOrder, type BulkView } from '../../src/desk/bulk/order.ts';
import { takeFile } from '../../src/desk/bulk/take-file.ts';
import type { Signoff } from '../../src/main.ts';
import { contextOf, type LineContents, type PersonContents } from '../../src/vault/contents.ts';
import type { Currency } from '../../src/cancellation/money.ts';

export const numberOf = (n: number): string => `+1999${String(n).padStart(7, '0')}`;
export const referenceOf = (n: number): string => `bulk-${n}`;

/** Numbered from `from`; each of a subscriber of its own. */
export const plantLines = async ({ desk }: Pick<Signoff, 'desk'>, brand: string, count: number, { from = 0, carrier = 'simulated', currency = 'USD' as Currency } = {}): Promise<void> => {
  const { db, vault, clock } = desk;
  for (let start = 0; start < count; start += 2000)
    await db.inBrand(brand, async (tx) => {
      const all = Array.from({ length: Math.min(2000, count - start) }, (_, index) => ({ subscriberId: randomUUID(), lineId: randomUUID(), n: from + start + index }));
      await vault.newKeys(tx, brand, all.map((one) => one.subscriberId));
      const keyring = await vault.keyring(tx, all.map((one) => one.subscriberId));
      const person = (n: number): PersonContents => ({ name: `苏禾 ${n}`, email: `su.${n}@mail.example`, contactPhone: null });
      const contents = (n: number): LineContents => ({ msisdn: numberOf(n), imsi: `00101${String(n).padStart(10, '0')}`, iccid: `8900199${String(n).padStart(12, '0')}0`, salt: randomBytes(16).toString('hex') });
      await tx.query(`insert into subscribers (id, brand, language, region, sealed, created_at) select id, $2, 'zh-CN', 'CN', sealed, $3 from unnest($1::uuid[], $4::bytea[]) as n(id, sealed)`,
        [all.map((one) => one.subscriberId), brand, clock.now(), all.map((one) => keyring.sealJson(one.subscriberId, contextOf.person(one.subscriberId), person(one.n)))]);
      await tx.query(`insert into lines (id, brand, subscriber_id, kind, carrier, billing_ref, in_home_register, sealed, msisdn_index, currency)
        select id, $2, subscriber, 'physical-sim', $3, ref, true, sealed, index, $4 from unnest($1::uuid[], $5::uuid[], $6::text[], $7::bytea[], $8::bytea[]) as n(id, subscriber, ref, sealed, index)`,
        [all.map((one) => one.lineId), brand, carrier, currency, all.map((one) => one.subscriberId), all.map((one) => referenceOf(one.n)),
          all.map((one) => keyring.sealJson(one.subscriberId, contextOf.line(one.lineId), contents(one.n))), all.map((one) => vault.blindIndex(brand, 'number', numberOf(one.n)))]);
    });
};

export async function* inPieces(text: string | Buffer, size = 8192): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text as string);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export const someone = 'staff:00000000-0000-4000-8000-00000000000a' as const;
export const another = 'staff:00000000-0000-4000-8000-00000000000b' as const;

/** One piece of an order after another, as the worker's jobs do it, until there is none left. */
export const carryOut = async ({ execution }: Pick<Signoff, 'execution'>, brand: string, orderId: string, most = Infinity): Promise<void> => {
  for (let pieces = 0; pieces < most; pieces += 1) {
    const [order] = await execution.db.inBrand(brand, (tx) => tx.query<{ state: string; chain: number }>('select state, chain from bulk_orders where id = $1', [orderId]));
    if (order === undefined || !['checking', 'released'].includes(order.state)) return;
    await carryOn(execution, { id: randomUUID(), data: { brand, orderId, chain: order.chain } });
  }
};

/** Brought by one person and checked. @throws where the file can't be read */
export const dryRun = async (signoff: Pick<Signoff, 'desk' | 'execution'>, brand: string, file: string | Buffer): Promise<BulkView> => {
  const taken = await takeFile(signoff.desk, { brand, person: someone }, 'bulk', inPieces(file));
  if (!taken.ok) throw new Error(JSON.stringify(taken.why));
  await carryOut(signoff, brand, taken.value.orderId);
  const view = await seeOrder(signoff.desk, { brand, person: another }, taken.value.orderId);
  if (view === undefined) throw new Error('the order is gone');
  return view;
};

export const released = async (signoff: Pick<Signoff, 'desk'>, brand: string, orderId: string): Promise<void> => {
  const result = await release(signoff.desk, { brand, person: another }, orderId);
  if (!result.ok) throw new Error(JSON.stringify(result.why));
};
