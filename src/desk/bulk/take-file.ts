/** A file comes in: cut, sealed and kept in parts until the dry run has read them. Nothing of it is looked up here. */
import { randomUUID } from 'node:crypto';
import { moveOrder, type BulkPerson } from '../../cancellation/bulk-order.ts';
import { no, ok, type Result } from '../../cancellation/result.ts';
import { changeOrder, forgetCutUploads, insertOrder, insertPart, loadOrder } from '../../store/bulk-orders.ts';
import type { Tx } from '../../store/db.ts';
import { contextOf } from '../../vault/contents.ts';
import { purposeHolder, purposeKeyring } from '../../vault/operator-purpose.ts';
import type { Desk } from '../desk.ts';
import { cutFile, fileLimit, TooLarge, type FilePart } from './cut-file.ts';
import { readHead, type CannotReadFile } from './head.ts';

export type BulkWho = { readonly brand: string; readonly person: BulkPerson };
type TakeTools = Pick<Desk, 'db' | 'vault' | 'clock' | 'jobs'>;

/** `checkedBy: 'worker'`: the dry run is a job. `caller`: whoever brings the file reads it too, where no worker may be running. `alongside` commits with the order. */
export const takeFile = async (
  desk: TakeTools, { brand, person }: BulkWho, channel: 'bulk' | 'api', source: AsyncIterable<Buffer>, checkedBy: 'worker' | 'caller' = 'worker', alongside?: (tx: Tx, orderId: string) => Promise<void>,
): Promise<Result<{ readonly orderId: string }, CannotReadFile>> => {
  const parts = cutFile(source);
  const first = await parts.next();
  if (first.done) return no({ kind: 'empty' });
  const form = readHead(withoutEnd(first.value.bytes));
  if (!form.ok) {
    await toTheEnd(parts);
    return form;
  }
  const orderId = randomUUID();
  await desk.db.inBrand(brand, (tx) => insertOrder(tx, { id: orderId, brand, channel, form: form.value, uploaded_by: person, uploaded_at: desk.clock.now() }));
  let count = 0;
  try {
    const keep = async (part: FilePart): Promise<void> => {
      count += 1;
      await keepPart(desk, { orderId, brand, part: count }, part);
    };
    if (form.value.kind === 'ndjson') await keep(first.value);
    for await (const part of parts) await keep(part);
  } catch (fault) {
    await desk.db.inBrand(brand, (tx) => tx.query('delete from bulk_orders where id = $1', [orderId]));
    if (fault instanceof TooLarge) return no({ kind: 'too-large', most: fileLimit });
    if (isCutShort(fault)) return no({ kind: 'cut-short' });
    throw fault;
  }
  if (count === 0) {
    await desk.db.inBrand(brand, (tx) => tx.query('delete from bulk_orders where id = $1', [orderId]));
    return no({ kind: 'no-lines' });
  }
  await desk.db.inBrand(brand, async (tx) => {
    const order = await loadOrder(tx, brand, orderId, true);
    const state = order === undefined ? undefined : moveOrder(order.state, 'read');
    if (order === undefined || !state?.ok) throw new Error('an order was moved while its file was still coming');
    await changeOrder(tx, orderId, { state: state.value, parts: count, chain: 1 });
    if (checkedBy === 'worker') await desk.jobs.enqueue(tx, 'bulk', [{ data: { brand, orderId, chain: 1 } }]);
    await alongside?.(tx, orderId);
  });
  return ok({ orderId });
};

/** Whoever still sends is heard out, so that a browser gets an answer that it shows. */
const toTheEnd = async (parts: AsyncGenerator<FilePart>): Promise<void> => {
  try {
    for (let part = await parts.next(); !part.done; ) part = await parts.next();
  } catch {
    // It broke off; the answer is the same.
  }
};

const withoutEnd = (line: Buffer): Buffer => (line.at(-1) === 0x0a ? line.subarray(0, -1) : line);
/** Whoever sends has gone, or sent something that is no whole form. */
const isCutShort = (fault: unknown): boolean => ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'ABORT_ERR', 'FST_REQ_FILE_TOO_LARGE'].includes((fault as { code?: string }).code ?? '') || /unexpected end|premature close|aborted/i.test((fault as Error).message);

const keepPart = (desk: TakeTools, { orderId, brand, part }: { readonly orderId: string; readonly brand: string; readonly part: number }, { fromLine, bytes }: FilePart): Promise<unknown> =>
  desk.db.inBrand(brand, async (tx) => {
    const keyring = await purposeKeyring(desk.vault, tx, 'bulk', [brand]);
    await insertPart(tx, { orderId, brand, part, fromLine, sealed: keyring.seal(purposeHolder(brand, 'bulk'), contextOf.bulkPart(orderId, part), bytes) });
  });

/** Asked every hour: uploads that broke off with the process that took them. */
export const forgetCut = (desk: Pick<Desk, 'db' | 'clock'>): Promise<unknown> => desk.db.acrossBrands((tx) => forgetCutUploads(tx, new Date(desk.clock.now().getTime() - 3_600_000)));
