/** Row 24: very many cases that wait. */
import { PgBoss } from 'pg-boss';
import { takeLeases } from '../../src/execution/lease.ts';
import { workStates } from '../../src/execution/in-work.ts';
import { versionOf } from '../../src/policy/pack.ts';
import { openDb } from '../../src/store/db.ts';
import { bySize, type Row, type Run } from './row.ts';
import { openStage, packNamed, type Stage } from './stage.ts';

/** The same case, line and timer many times over, due in a month; nobody opens what is sealed in them. */
const wait = async (stage: Stage, count: number, say: Run['say']): Promise<void> => {
  const [one] = await stage.plant(packNamed('ultra-purple'), 1, { at: new Date(stage.clock.now().getTime() + 40 * 86_400_000) });
  if (one === undefined) throw new Error('nothing was planted');
  for (let done = 0; done < count; done += 50_000) {
    const [from, to] = [done + 1, Math.min(done + 50_000, count)];
    await stage.rows(
      `with made as materialized (select n, gen_random_uuid() as line, gen_random_uuid() as case_id from generate_series($4::int, $5::int) n),
       lines_made as (insert into lines (id, brand, subscriber_id, kind, carrier, billing_ref, in_home_register, sealed, msisdn_index, currency, frozen)
         select m.line, l.brand, l.subscriber_id, l.kind, l.carrier, 'waits-' || m.n, true, l.sealed, decode(md5('waits-' || m.n), 'hex'), l.currency, true from made m cross join lines l where l.id = $1 returning 1),
       cases_made as (insert into cancellations (id, brand, subscriber_id, line_id, state, version, pack_version, region, channel, opened_at, received_at, effective_at, changed_at, sealed_form, plan)
         select m.case_id, c.brand, c.subscriber_id, m.line, c.state, c.version, c.pack_version, c.region, c.channel, c.opened_at, c.received_at, c.effective_at, c.changed_at, c.sealed_form, c.plan from made m cross join cancellations c where c.id = $2 returning 1),
       steps_made as (insert into steps (cancellation_id, name, brand, ordinal, after, phase, state)
         select m.case_id, s.name, s.brand, s.ordinal, s.after, s.phase, s.state from made m cross join steps s where s.cancellation_id = $2 returning 1)
       insert into pgboss.job (name, data, start_after, retry_limit, retry_delay, retry_backoff, expire_seconds, heartbeat_seconds, keep_until, policy, dead_letter)
         select j.name, jsonb_build_object('caseId', m.case_id, 'move', 'execute'), j.start_after + m.n * interval '1 second', j.retry_limit, j.retry_delay, j.retry_backoff, j.expire_seconds, j.heartbeat_seconds, j.keep_until, j.policy, j.dead_letter
         from made m cross join pgboss.job j where j.name = 'timer' and j.data ->> 'caseId' = $3`, [one.line.id, one.caseId, one.caseId, from, to]);
    say(`${to} of ${count} wait`);
  }
  await stage.rows('vacuum analyze'); // as autovacuum has done long before there are so many
};

type Claims = { readonly p95: number; readonly median: number; readonly cases: number };

/** Takes what is due as a worker takes it: fetched in batches, and under a lease. Completed at once, so that only taking is measured. */
const claimAll = async (stage: Stage, batch: number): Promise<Claims> => {
  const boss = new PgBoss({ connectionString: stage.parts.databaseUrl, supervise: false, schedule: false, migrate: false, max: 2 });
  boss.on('error', () => undefined);
  await boss.start();
  const db = openDb({ url: stage.parts.databaseUrl, most: 2 });
  const took: number[] = [];
  let cases = 0;
  try {
    for (;;) {
      const began = performance.now();
      const jobs = await boss.fetch<{ caseId: string }>('timer', { batchSize: batch });
      const fences = await db.acrossBrands((tx) => takeLeases(tx, jobs.map(({ data }) => data.caseId), workStates, [versionOf(packNamed('ultra-purple'))]));
      if (jobs.length === 0) break;
      took.push(performance.now() - began);
      cases += fences.size;
      await boss.complete('timer', jobs.map(({ id }) => id));
    }
  } finally {
    await boss.stop({ graceful: false });
    await db.close();
  }
  const sorted = took.toSorted((one, other) => one - other);
  return { p95: sorted[Math.floor(sorted.length * 0.95)] ?? 0, median: sorted[Math.floor(sorted.length / 2)] ?? 0, cases };
};

const measured = async (waiting: number, due: number, say: Run['say']): Promise<Claims & { readonly grown: number }> => {
  const stage = await openStage();
  try {
    if (waiting > 0) await wait(stage, waiting, say);
    await stage.plant(packNamed('ultra-us'), due);
    const size = async (): Promise<number> => (await stage.rows<{ bytes: number }>(`select sum(pg_total_relation_size(c.oid))::bigint as bytes from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'pgboss' and c.relkind = 'r'`))[0]?.bytes ?? 0;
    const before = await size();
    const claims = await claimAll(stage, 200);
    if (claims.cases !== due) throw new Error(`${claims.cases} of ${due} cases were taken`);
    return { ...claims, grown: (await size()) / before };
  } finally {
    await stage.close();
  }
};

const rounded = (milliseconds: number): string => `${milliseconds.toFixed(1)} ms`;

export const manyWait: Row = {
  number: '24',
  title: 'very many cases wait (100,000; with --full 1,000,000), and 10,000 are due',
  asserts: 'Taking 200 of them is as quick as where nobody waits (95th under 50 ms, or under twice as long), and the queue does not bloat.',
  run: async ({ size, say }) => {
    const waiting = bySize({ size }, { short: 2000, usual: 100_000, full: 1_000_000 });
    const due = bySize({ size }, { short: 600, usual: 10_000, full: 10_000 });
    const alone = await measured(0, due, say);
    const among = await measured(waiting, due, say);
    say(`where nobody waits: 95th ${rounded(alone.p95)}, median ${rounded(alone.median)}; among ${waiting} that wait: 95th ${rounded(among.p95)}, median ${rounded(among.median)}, ${(among.p95 / alone.p95).toFixed(2)} times; the queue grew to ${among.grown.toFixed(2)} of its size`);
    if (among.p95 >= 50 && among.p95 > 2 * alone.p95) throw new Error(`taking 200 cases took ${rounded(among.p95)} among ${waiting} that wait, and ${rounded(alone.p95)} alone`);
    if (size !== 'short' && among.grown > 1.5) throw new Error(`the queue grew to ${among.grown.toFixed(2)} of its size`);
  },
};

