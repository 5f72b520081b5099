/** An order carried on by one piece: a part of its dry run, or a chunk of its cases. Each piece is one transaction with the job for the next. */
import { moveOrder } from '../../cancellation/bulk-order.ts';
import { changeOrder, isNext, loadOrder, nextRows, reviveOrders, rowsDropped, type BulkOrder, type BulkRow } from '../../store/bulk-orders.ts';
import type { Tx } from '../../store/db.ts';
import type { Taken } from '../../store/jobs.ts';
import type { Desk } from '../desk.ts';
import { checkPart, counted } from './check-part.ts';
import { openCases, type Opened } from './open-cases.ts';
import { brandRate, nextOpening, type BulkRates } from './pace.ts';

export type BulkTools = Pick<Desk, 'db' | 'vault' | 'clock' | 'packs' | 'jobs' | 'tell' | 'alarm'> & { readonly bulkRates: BulkRates; /** Where a crash can be provoked in tests: a chunk is about to be committed. */ readonly reached?: (what: string, point: 'commit') => void };

/** Cases opened in one transaction: few enough that whatever else is due waits for no more than a moment. */
const chunk = 200;

/** By a job. One of an older chain has nothing to do: another one carries the order on. */
export const carryOn = async (tools: BulkTools, job: Taken<'bulk'>): Promise<void> => {
  const { brand, orderId, chain } = job.data;
  const piece = (most: number) => tools.db.inBrand(brand, async (tx) => {
    const order = await loadOrder(tx, brand, orderId, true);
    await tools.jobs.complete(tx, 'bulk', [job.id]);
    if (order === undefined || order.chain !== chain) return;
    const next = order.state === 'checking' ? await check(tools, tx, order) : order.state === 'released' ? await open(tools, tx, order, most) : undefined;
    if (next !== undefined) await tools.jobs.enqueue(tx, 'bulk', [{ data: job.data, ...next }]);
    tools.reached?.('bulk-chunk', 'commit');
  });
  try {
    await piece(chunk);
  } catch (fault) {
    if (!(fault instanceof BrokenChunk)) throw fault;
    await singly(tools, brand, orderId, fault.rows);
    await tools.db.inBrand(brand, async (tx) => {
      await tools.jobs.complete(tx, 'bulk', [job.id]);
      await tools.jobs.enqueue(tx, 'bulk', [{ data: job.data }]);
    });
  }
};

/** `at`: when the next piece may be; at once where it is not said. Nothing where there is none. */
type Next = { readonly at?: Date };

const check = async (tools: BulkTools, tx: Tx, order: BulkOrder): Promise<Next | undefined> => ((await checkPart(tools, tx, order)) ? undefined : {});

/** One row among many is not what the program takes it for; the transaction is lost, and each is tried alone. */
class BrokenChunk extends Error {
  readonly rows: readonly BulkRow[];
  constructor(rows: readonly BulkRow[], cause: unknown) {
    super('a chunk of a bulk order could not be opened', { cause });
    this.rows = rows;
  }
}

const open = async (tools: BulkTools, tx: Tx, order: BulkOrder, most: number): Promise<Next | undefined> => {
  const rows = await nextRows(tx, order.id, Math.max(1, Math.min(most, Math.floor(brandRate(tools.bulkRates, order.brand)))));
  if (rows.length === 0) {
    const state = moveOrder(order.state, 'finish');
    if (state.ok) await changeOrder(tx, order.id, { state: state.value, ended_at: tools.clock.now() });
    return undefined;
  }
  let done: Opened;
  try {
    done = await openCases(tools, tx, order, rows);
  } catch (fault) {
    throw (await stands(tx)) ? new BrokenChunk(rows, fault) : fault;
  }
  await count(tx, order, done);
  return { at: await nextOpening(tools.bulkRates, tx, tools.clock.now(), order.brand, done.opened) };
};

const count = (tx: Tx, order: BulkOrder, { opened, dropped }: Opened): Promise<void> => changeOrder(tx, order.id, { opened: order.opened + opened, dropped: order.dropped + dropped.length, counts: counted(order.counts, dropped) });

/** A connection that was lost or two transactions that met say nothing of a row: after either, the transaction answers no more. */
const stands = (tx: Tx): Promise<boolean> => tx.query('select 1').then(() => true, () => false);

/** What fails alone is a row's own fault: it is left out with people called, and the rest goes on. */
const singly = async (tools: BulkTools, brand: string, orderId: string, rows: readonly BulkRow[]): Promise<void> => {
  for (const row of rows)
    await tools.db.inBrand(brand, async (tx) => {
      const order = await loadOrder(tx, brand, orderId, true);
      if (order?.state !== 'released') return;
      if (!(await isNext(tx, orderId, row.line_no))) return;
      const opened = await openCases(tools, tx, order, [row]).catch(async (fault: unknown) => { throw (await stands(tx)) ? new BrokenChunk([row], fault) : fault; });
      await count(tx, order, opened);
    }).catch((fault: unknown) => {
      if (!(fault instanceof BrokenChunk)) throw fault;
      return leaveOut(tools, brand, orderId, row, fault.cause);
    });
};

const leaveOut = (tools: BulkTools, brand: string, orderId: string, row: BulkRow, fault: unknown): Promise<void> =>
  tools.db.inBrand(brand, async (tx) => {
    const order = await loadOrder(tx, brand, orderId, true);
    // Another worker may have carried the order on meanwhile.
    if (order?.state !== 'released' || !(await isNext(tx, orderId, row.line_no))) return;
    await rowsDropped(tx, orderId, [{ lineNo: row.line_no, why: 'broken' }]);
    await count(tx, order, { opened: 0, dropped: ['broken'] });
    tools.alarm({ brand, why: `line ${row.line_no} of bulk order ${orderId} could not be opened: ${fault instanceof Error ? fault.message : 'unknown'}` });
  });

/** By the caller itself, where no worker may be running: the whole dry run. `after` each part, how many of how many were read. */
export const checkAll = async (tools: BulkTools, brand: string, orderId: string, after: (read: number, parts: number) => void): Promise<void> => {
  for (;;) {
    const going = await tools.db.inBrand(brand, async (tx) => {
      const order = await loadOrder(tx, brand, orderId, true);
      if (order?.state !== 'checking') return false;
      await checkPart(tools, tx, order);
      after(order.parts_read + 1, order.parts);
      return true;
    });
    if (!going) return;
  }
};

/** When a worker starts: what another left, killed or stopped, goes on at once. */
export const reviveAll = (tools: Pick<BulkTools, 'db' | 'jobs'>): Promise<void> =>
  tools.db.acrossBrands(async (tx) => {
    const orders = await reviveOrders(tx);
    await tools.jobs.enqueue(tx, 'bulk', orders.map(({ id, brand, chain }) => ({ data: { brand, orderId: id, chain } })));
  });
