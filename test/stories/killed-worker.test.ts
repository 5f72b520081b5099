import { describe, it } from 'vitest';
import { verifyChain, type Entry } from '../../src/evidence/chain.ts';
import { sha256 } from '../../src/store/journal.ts';
import { applicantOf, applyAndApprove, comesTo, effectsOn, stepsOf } from '../apply.ts';
import { days, eventually, openStory } from '../harness.ts';
import { startWorkerProcess, type WorkerProcess } from '../worker-process.ts';

describe('kill -9 of the worker in the middle of execution', () => {
  it.concurrent.for(['remove-subscriber:before', 'remove-subscriber:after', 'stop-billing:commit', 'refund-credit:after', 'cancel-esim-order:after'])('at %s: the next one finishes, and the ledger shows each effect once', { timeout: 150_000 }, async (faultAt, { expect }) => {
    const story = await openStory({ works: false });
    let worker: WorkerProcess | undefined;
    try {
      const number = await applyAndApprove(story, await applicantOf(story, 'B-100142'));
      worker = await startWorkerProcess(story, { FAULT_AT: faultAt });
      await eventually(`the line is barred; the worker said: ${worker.said()}`, async () => (await stepsOf(story, number)).some((step) => step.name === 'bar-line' && step.state === 'done'), 60);
      await story.pass(days(7) + 60_000);
      expect(await worker.ended, worker.said()).toBe('SIGKILL');
      expect(await story.rows(`select 1 from cancellations where state = 'executing'`)).toHaveLength(1);

      worker = await startWorkerProcess(story);
      await comesTo(story, number, 'cancelled', 80).catch((error: unknown) => { throw new Error(`${String(error)}\n${worker?.said()}`); });
      worker.child.kill('SIGTERM');
      expect(await worker.ended).toBe(0);
      for (const effect of ['home-register subscriber-removed 001010000000142', 'billing stopped B-100142', 'payouts refunded pay-B-100142', 'sm-dp-plus order-cancelled 89001999900000001426'])
        expect(effectsOn(story).filter((one) => one === effect), effect).toHaveLength(1);
      const entries = await story.rows<Entry>(`select cancellation_id as "cancellationId", brand, entry, at, event, actor, facts, previous, hash from journal order by entry`);
      expect(verifyChain(entries, sha256)).toMatchObject({ ok: true });
    } finally {
      worker?.child.kill('SIGKILL');
      await worker?.ended;
      await story.stop();
    }
  });
});
