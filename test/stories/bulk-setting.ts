/** Lines for orders of many, and the way of an order from its file to its cases. */
import { randomUUID } from 'node:crypto';
import { plantLines as plantTheirs } from '../../bench/flow/lines.ts';
import { carryOn } from '../../src/desk/bulk/carry-on.ts';
import { release, seeOrder, type BulkView } from '../../src/desk/bulk/order.ts';
import { takeFile } from '../../src/desk/bulk/take-file.ts';
import type { Signoff } from '../../src/main.ts';

export { numberOf, referenceOf } from '../../bench/flow/lines.ts';

/** Numbered from `from`; each of a subscriber of its own. */
export const plantLines = ({ desk }: Pick<Signoff, 'desk'>, brand: string, count: number, { from = 0 } = {}): Promise<void> => plantTheirs(desk, { brand, currency: 'USD' }, count, from);

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
