/** A part of row 23: a notice that kills whoever writes or sends it, among others that were fetched with it. */
import { PgBoss } from 'pg-boss';
import { portsInProcess } from '../../bench/flow/in-process.ts';
import { theirJobs } from '../../src/execution/worker.ts';
import { tellSetAside } from '../../src/execution/set-aside.ts';
import { queueNotices } from '../../src/notices/queue.ts';
import { sendNotices, type SendTools } from '../../src/notices/send.ts';
import { voicesOf } from '../../src/notices/voices.ts';
import { writeClockAhead } from '../../src/store/clock-ahead.ts';
import type { Db } from '../../src/store/db.ts';
import type { Taken } from '../../src/store/jobs.ts';
import { openStage, packNamed } from './stage.ts';

const wellCount = 30;
const killed = new Error('killed');

export const noticeKills = async (when: 'written' | 'sent', say: (text: string) => void): Promise<void> => {
  const stage = await openStage({ connected: portsInProcess() });
  const boss = new PgBoss({ connectionString: stage.parts.databaseUrl, supervise: false, schedule: false, migrate: false, max: 2 });
  boss.on('error', () => undefined);
  try {
    await boss.start();
    const planted = await stage.plant(packNamed('ultra-purple'), 2);
    const [well, poison] = await stage.rows<{ of: string }>(`select subscriber_id as of from cancellations where id = any($1::uuid[])`, [planted.map(({ caseId }) => caseId)]);
    if (well === undefined || poison === undefined) throw new Error('nobody was planted');
    const { execution, desk, tellTools } = await stage.desk();
    const notice = (subscriberId: string, address: string) => ({
      template: 'received', values: { application: '7F3K-9Q2M-4TWX-C', ending: '42' }, brand: 'ultra-purple', subscriberId, cancellationId: null, language: 'zh-CN', contacts: [{ channel: 'mail', address }],
    } as const);
    const all = [...Array.from({ length: wellCount / 2 }, () => notice(well.of, 'well@plum.example')), notice(poison.of, 'poison@plum.example'), ...Array.from({ length: wellCount / 2 }, () => notice(well.of, 'well@plum.example'))];
    await desk.db.inBrand('ultra-purple', async (tx) => queueNotices(tx, { keyring: await desk.vault.keyring(tx, [well.of, poison.of]), now: desk.clock.now(), enqueue: tellTools.enqueue }, all));

    let deaths = 0;
    let quiet = 0;
    for (let workers = 0; workers < 80 && quiet < 6; workers++) {
      const fetched = await boss.fetch<Taken<'mails'>['data']>('mails', { batchSize: 100 });
      quiet = fetched.length === 0 ? quiet + 1 : 0;
      let dead = false;
      const die = (): void => { dead = true; };
      const db: Db = { ...execution.db, ofBatch: async (work) => {
        if (dead) throw killed;
        return execution.db.ofBatch(async (tx) => {
          const answer = await work(tx);
          if (dead) throw killed;
          return answer;
        });
      } };
      const { mail, sms } = portsInProcess().channels;
      const tools: SendTools = {
        db, clock: desk.clock, voiceOf: voicesOf(desk.packs, desk.clock, () => 'http://127.0.0.1'), enqueue: tellTools.enqueue, onUnreachable: tellTools.onUnreachable,
        onFault: (fault) => { if (!dead) throw fault; },
        vault: { keyring: (tx, ids) => {
          if (when === 'written' && ids.includes(poison.of)) die();
          return desk.vault.keyring(tx, ids);
        } },
        channels: { sms, mail: { ...mail, send: (message, call) => {
          if (message.to === 'poison@plum.example') die();
          return mail.send(message, call);
        } } },
      };
      const jobs = fetched.map(({ id, data }) => ({ id, data }));
      if (jobs.length > 0) await sendNotices(tools, jobs.map(({ data }) => data.noticeId), theirJobs(execution, 'mails', jobs)).catch((fault: unknown) => { if (fault !== killed) throw fault; });
      if (dead) deaths++;
      // The heartbeats of a dead worker are missed before what it intended is given up.
      stage.clock.setOffset(stage.clock.offset + 31_000);
      await writeClockAhead(desk.db, stage.clock.offset);
      await stage.rows(`update pgboss.job set heartbeat_on = pgboss.job_now() - interval '1 hour' where state = 'active'`);
      await stage.rows('update pgboss.queue set monitor_on = null, monitor_claim_on = null');
      await boss.supervise('mails');
      await stage.rows(`update pgboss.job set start_after = pgboss.job_now() where name = 'mails' and state = 'retry'`);
    }
    const [sent] = await stage.rows<{ sent: number; unsure: number }>(`select count(*) filter (where state = 'sent')::int as sent, max(unsure)::int as unsure from notices where subscriber_id = $1`, [well.of]);
    const [bad] = await stage.rows<{ state: string }>(`select state from notices where subscriber_id = $1`, [poison.of]);
    await tellSetAside(execution);
    const aside = await stage.rows(`select 1 from set_aside_jobs`);
    say(`while it was ${when}: ${deaths} workers died; of the others ${sent?.sent} of ${wellCount} were sent, unsure ${sent?.unsure} times at most; it stands ${bad?.state}, ${aside.length} jobs were set aside`);
    if (quiet < 6) throw new Error('it never came to an end');
    if (sent?.sent !== wellCount || sent.unsure > 1) throw new Error(`of the others ${sent?.sent} of ${wellCount} were sent, unsure ${sent?.unsure} times`);
    // What may have been sent is sent twice at most; what was never begun is set aside after its tries, and people are called.
    if (when === 'sent' ? deaths !== 2 || bad?.state !== 'unknown' || aside.length > 0 : bad?.state !== 'queued' || aside.length !== 1 || !stage.said().includes('was set aside')) throw new Error(`it stands ${bad?.state} after ${deaths} deaths, ${aside.length} set aside`);
  } finally {
    await boss.stop({ graceful: false });
    await stage.close();
  }
};
