/** P6 kill -9 in the middle of an order, twice: no line is read or opened twice, none is left out. */
import { expect, it } from 'vitest';
import { release, seeOrder } from '../../src/desk/bulk/order.ts';
import { takeFile } from '../../src/desk/bulk/take-file.ts';
import { verifyChain, type Entry } from '../../src/evidence/chain.ts';
import { sha256 } from '../../src/store/journal.ts';
import { brand, eventually, openStory } from '../harness.ts';
import { startWorkerProcess, type WorkerProcess } from '../worker-process.ts';
import { another, inPieces, plantLines, referenceOf, someone } from './bulk-setting.ts';

it('P6 the next worker goes on where the last chunk was committed', { timeout: 150_000 }, async () => {
  const story = await openStory({ works: false });
  const { desk } = story.signoff;
  const begun: WorkerProcess[] = [];
  const work = async (env: Record<string, string> = {}) => {
    const worker = await startWorkerProcess(story, { SIGNOFF_BULK_RATES: '20', ...env });
    begun.push(worker);
    return worker;
  };
  try {
    await plantLines(story.signoff, brand, 100);
    const pack = desk.packs.latest(brand);
    const reason = pack.ok ? pack.value.reasons.find(({ barsAtOnce }) => !barsAtOnce)?.id : undefined;
    const taken = await takeFile(desk, { brand, person: someone }, 'bulk', inPieces(`reference,reason\n${Array.from({ length: 100 }, (_, n) => `${referenceOf(n)},${reason}`).join('\n')}\n`));
    if (!taken.ok) throw new Error('the file was not taken');
    const { orderId } = taken.value;
    const see = async () => (await seeOrder(desk, { brand, person: another }, orderId)) ?? (() => { throw new Error('the order is gone'); })();

    const first = await work({ FAULT_AT: 'bulk-chunk:commit' }); // in the dry run, with everything written and nothing committed
    expect(await first.ended, first.said()).toBe('SIGKILL');
    expect(await see()).toMatchObject({ state: 'checking', lines: 0 });

    const second = await work();
    await eventually(`it is checked; ${second.said()}`, async () => (await see()).state === 'checked');
    expect(await see()).toMatchObject({ lines: 100, eligible: 100, opened: 0 });
    await release(desk, { brand, person: another }, orderId);
    await eventually(`some cases are open; ${second.said()}`, async () => (await see()).opened > 0);
    second.child.kill('SIGKILL');
    await second.ended;
    const { opened } = await see();
    expect(opened).toBeGreaterThan(0);
    expect(opened).toBeLessThan(100);

    const third = await work();
    await eventually(`it is done; ${third.said()}`, async () => (await see()).state === 'done');
    expect(await see()).toMatchObject({ opened: 100, dropped: 0, left: 0, refused: [] });
    expect(await story.rows(`select count(*)::int as cases, count(distinct line_id)::int as lines, count(distinct application_number)::int as numbers from cancellations where channel = 'bulk'`)).toEqual([{ cases: 100, lines: 100, numbers: 100 }]);
    expect(await story.rows(`select count(*)::int as rows, count(distinct cancellation_id)::int as cases from bulk_rows where order_id = $1`, [orderId])).toEqual([{ rows: 100, cases: 100 }]);
    expect(await story.rows(`select count(*)::int as n from notices where template = 'ordered'`)).toEqual([{ n: 100 }]);
    const entries = await story.rows<Entry>(`select cancellation_id as "cancellationId", brand, entry, at, event, actor, facts, previous, hash from journal order by entry`);
    expect(entries.filter(({ event }) => event === 'received')).toHaveLength(100);
    for (const own of Map.groupBy(entries, (one) => one.cancellationId).values()) expect(verifyChain(own, sha256)).toMatchObject({ ok: true });
  } finally {
    for (const { child, ended } of begun) {
      child.kill('SIGKILL');
      await ended;
    }
    await story.stop();
  }
});
