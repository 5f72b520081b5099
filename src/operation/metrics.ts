/**
 * Figures for Prometheus. Those of the installation are the same from every process and read from the database when they are asked for;
 * those of the process count what went through its own hands.
 */
import type { FastifyInstance } from 'fastify';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { Figures } from './figures.ts';
import type { Watch } from './watch.ts';

export type Metrics = Watch & { readonly type: string; /** In the text format of Prometheus. */ text(): Promise<string> };

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20];

/** `figures`: kept for a while by whoever gives them, so that a scrape costs next to nothing. */
export const openMetrics = (figures: () => Promise<Figures>): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'signoff_' });
  const gauge = (name: string, help: string, labelNames: readonly string[] = []) => new Gauge({ name, help, labelNames: [...labelNames], registers });
  const asked = gauge('signoff_figures_up', '1 where the database gave the figures of the installation, 0 where it did not: then they are absent');
  const ready = gauge('signoff_queue_ready_jobs', 'Jobs that may be taken now, by queue', ['queue']);
  const later = gauge('signoff_queue_later_jobs', 'Jobs whose time has not come, by queue', ['queue']);
  const active = gauge('signoff_queue_active_jobs', 'Jobs in a worker\'s hands, by queue', ['queue']);
  const head = gauge('signoff_queue_head_age_seconds', 'How long the job that is next has been ready, by queue', ['queue']);
  const steps = gauge('signoff_step_cases', 'Cases by the step that is theirs now: ready, or waiting for people', ['step', 'standing']);
  const stepAge = gauge('signoff_step_oldest_seconds', 'How long the oldest of them has stood there', ['step', 'standing']);
  const reviews = gauge('signoff_reviews', 'Open reviews: open, at-risk (due within four hours), overdue, undated', ['brand', 'standing']);
  const notices = gauge('signoff_notices_undelivered', 'Notices of the last seven days that reached nobody, or of which nobody knows', ['channel', 'state']);
  const dead = gauge('signoff_dead_jobs', 'Jobs that failed for good');
  const findings = gauge('signoff_findings_open', 'What sounds at the operator though it ended, and nobody has mended');
  const files = gauge('signoff_disconnect_files', 'Months whose disconnected numbers a register wants and whose file was not made: due, overdue', ['register', 'standing']);
  const dataRequests = gauge('signoff_data_requests', 'Requests for a copy of data or for erasure without an answer: open, overdue', ['brand', 'standing']);
  const fromDatabase = [ready, later, active, head, steps, stepAge, reviews, notices, dead, findings, files, dataRequests];

  const outcomes = new Counter({ name: 'signoff_connector_calls_total', help: 'Calls to peers by what came of them', labelNames: ['connector', 'act', 'outcome'], registers });
  const calls = new Histogram({ name: 'signoff_connector_call_seconds', help: 'How long peers took', labelNames: ['connector'], buckets: seconds, registers });
  const jobs = new Counter({ name: 'signoff_jobs_total', help: 'Jobs that this process took, by how their batch ended', labelNames: ['queue', 'outcome'], registers });
  const batches = new Histogram({ name: 'signoff_job_batch_seconds', help: 'How long a batch of jobs took', labelNames: ['queue'], buckets: seconds, registers });
  const requests = new Histogram({ name: 'signoff_http_request_seconds', help: 'How long requests took, by pattern of the address', labelNames: ['method', 'route', 'status'], buckets: seconds, registers });

  const take = (found: Figures): void => {
    for (const one of found.queues) {
      ready.set({ queue: one.name }, one.ready);
      later.set({ queue: one.name }, one.later);
      active.set({ queue: one.name }, one.active);
      head.set({ queue: one.name }, one.headSeconds);
    }
    for (const { step, standing, cases, oldestSeconds } of found.steps) {
      steps.set({ step, standing }, cases);
      stepAge.set({ step, standing }, oldestSeconds);
    }
    for (const { brand, standing, cases } of found.reviews) reviews.set({ brand, standing }, cases);
    for (const { channel, state, count } of found.notices) notices.set({ channel, state }, count);
    dead.set(found.dead);
    findings.set(found.findings);
    for (const { register, standing, count } of found.files) files.set({ register, standing }, count);
    for (const { brand, standing, count } of found.dataRequests) dataRequests.set({ brand, standing }, count);
  };

  return {
    type: registry.contentType,
    text: async () => {
      const found = await figures().catch(() => undefined);
      for (const one of fromDatabase) one.reset();
      asked.set(found === undefined ? 0 : 1);
      if (found !== undefined) take(found);
      else for (const one of [dead, findings]) one.remove(); // better no figure than a zero that nobody counted
      return registry.metrics();
    },
    carry: () => undefined,
    batch: async (queue, taken, run) => {
      const done = batches.startTimer({ queue });
      try {
        await run();
        jobs.inc({ queue, outcome: 'done' }, taken.length);
      } catch (fault) {
        jobs.inc({ queue, outcome: 'failed' }, taken.length);
        throw fault;
      } finally {
        done();
      }
    },
    call: async (connector, act, run) => {
      const done = calls.startTimer({ connector });
      try {
        const answer = await run();
        outcomes.inc({ connector, act, outcome: answer.kind });
        return answer;
      } catch (fault) {
        outcomes.inc({ connector, act, outcome: 'fault' });
        throw fault;
      } finally {
        done();
      }
    },
    door: (app: FastifyInstance) => void app.addHook('onResponse', async (request, reply) => {
      // The pattern, never the address: an address may carry what somebody typed.
      requests.observe({ method: request.method, route: request.routeOptions.url ?? 'none', status: String(reply.statusCode) }, reply.elapsedTime / 1000);
    }),
  };
};
