/** What whoever runs Signoff sees of it: figures, traces, readiness. Nothing personal in any of it. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { visitor, type Visitor } from '../../src/demo/visitor.ts';
import { openDoors } from '../../src/doors.ts';
import { assemble, type Signoff } from '../../src/main.ts';
import { keptFor, readFigures } from '../../src/operation/figures.ts';
import { openMetrics, type Metrics } from '../../src/operation/metrics.ts';
import { openOperationDoor, type OperationDoor } from '../../src/operation/operation-door.ts';
import { databaseAnswers, migrationsAreRight, openReadiness, queuesMove, type Readiness } from '../../src/operation/readiness.ts';
import { openTraces, type Traces } from '../../src/operation/traces.ts';
import { watchedBy } from '../../src/operation/watch.ts';
import { applicantOf, fillIn, prepare } from '../apply.ts';
import { brand, eventually, openStory, type Story } from '../harness.ts';

type Span = { traceId: string; spanId: string; parentSpanId?: string; name: string; attributes: { key: string; value: object }[] };
type Sent = { resourceSpans: { resource: { attributes: { key: string; value: { stringValue?: string } }[] }; scopeSpans: { spans: Span[] }[] }[] };

let story: Story;
let signoff: Signoff;
let collector: Server;
let metrics: Metrics;
let traces: Traces;
let readiness: Readiness;
let door: OperationDoor;
let app: FastifyInstance;
let asked = 0;
const sent: Sent[] = [];
const spans = (): Span[] => sent.flatMap(({ resourceSpans }) => resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans: all }) => all)));

beforeAll(async () => {
  collector = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
      if (request.url === '/v1/traces') sent.push(JSON.parse(Buffer.concat(parts).toString()) as Sent);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  story = await openStory({ works: false });
  traces = await openTraces('all');
  metrics = openMetrics(keptFor(2, () => {
    asked += 1;
    return readFigures(story.signoff.desk.db, story.clock);
  }));
  const watch = watchedBy(traces, metrics);
  signoff = await assemble({ ...story.parts, works: true, watch });
  readiness = openReadiness([databaseAnswers(signoff.desk.db), migrationsAreRight(story.parts.databaseUrl), queuesMove(signoff.desk.jobs, () => readFigures(signoff.desk.db, story.clock))]);
  door = await openOperationDoor({ host: '127.0.0.1', port: 0 }, readiness, metrics);
  app = await openDoors(signoff, story.parts, watch.door, readiness);
});
afterAll(async () => {
  delete process.env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  await app?.close();
  await door?.close();
  await signoff?.stop();
  await traces?.close();
  await story?.stop();
  collector?.close();
});

const ask = async (path: string) => {
  const response = await fetch(`http://127.0.0.1:${door.port}${path}`);
  return { status: response.status, text: await response.text() };
};
const namesIn = (text: string): Set<string> => new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name ?? ''));

let one: Visitor;
test('traces: what a subscriber sends, the job that follows from it and the call to the mail server are one trace, and name nobody', async () => {
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  const applicant = await applicantOf(story, 'B-100178');
  await prepare(story, applicant);
  await fillIn(story, applicant);
  one = visitor(`${origin}/${brand}`, 'zh-CN');
  await one.visit(`${origin}/${brand}/sign-in`);
  await one.submit('/sign-in', { name: '+12025550142', password: 'purple-river-lantern-42' });
  await one.visit(`${origin}/${brand}/lines/${applicant.lineId}/cancel/check`);
  await one.submit('/check');
  expect(one.page().url).toMatch(/\/receipt$/);
  await eventually('mail was called', async () => /connector="mail",act="send",outcome="done"/.test((await ask('/metrics')).text), 60);
  const found = await eventually('the collector has them', async () => {
    const web = spans().find(({ name }) => name.startsWith('POST ') && name.endsWith('/check'));
    const job = spans().find(({ name, traceId }) => name === 'job mails' && traceId === web?.traceId);
    const call = spans().find(({ name, parentSpanId }) => name === 'mail send' && parentSpanId === job?.spanId);
    return web && job && call && { web, job, call };
  }, 30);
  expect([found.job.parentSpanId, found.call.traceId]).toEqual([found.web.spanId, found.web.traceId]);
  const resource = new Map(sent[0]?.resourceSpans[0]?.resource.attributes.map(({ key, value }) => [key, value.stringValue]));
  expect([resource.get('service.name'), resource.get('signoff.role')]).toEqual(['signoff', 'all']);
  const number = /cases\/([0-9A-Z-]+)\//.exec(one.page().url)?.[1] ?? 'none';
  for (const personal of [number, applicant.lineId, applicant.person.email, '12025550142', '林晓雨']) expect(JSON.stringify(sent)).not.toContain(personal);
});

test('figures: what waits, what is due, what peers answered; a hundred scrapes ask the database once, and nothing in them is about anyone', async () => {
  await eventually('pg-boss has counted', async () => /signoff_reviews\{brand="ultra-purple",standing="open"\} 1/.test((await ask('/metrics')).text), 60);
  const before = asked;
  const start = performance.now();
  const all = await Promise.all(Array.from({ length: 100 }, () => ask('/metrics')));
  expect(asked - before).toBeLessThanOrEqual(1 + Math.floor((performance.now() - start) / 2000)); // figures are kept for two seconds
  const { text } = all[0] ?? { text: '' };
  expect(text).toMatch(/^signoff_figures_up 1$/m);
  expect(text).toMatch(/^signoff_queue_head_age_seconds\{queue="advance"\} \d/m);
  expect(text).toMatch(/^signoff_http_request_seconds_count\{method="POST",route="\/:brand\/lines\/:lineId\/cancel\/check",status="303"\} 1$/m);
  expect(text).toMatch(/^signoff_jobs_total\{queue="mails",outcome="done"\} [1-9]/m);
  expect(text).toMatch(/^signoff_dead_jobs 0$/m);
  expect(text).not.toMatch(/12025550|mail\.example|林|[0-9a-f]{8}-[0-9a-f]{4}-/);
});

test('every figure that dashboard and alert rules name is there', async () => {
  const there = namesIn((await ask('/metrics')).text);
  const dashboard = JSON.parse(readFileSync('deploy/grafana/signoff.json', 'utf8')) as { panels: { targets?: { expr: string }[] }[] };
  const rules = parseYaml(readFileSync('deploy/prometheus/alerts.yaml', 'utf8')) as { groups: { rules: { alert: string; expr: string; annotations: { summary: string } }[] }[] };
  const expressions = [...dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)), ...rules.groups.flatMap((group) => group.rules.map(({ expr }) => expr))];
  expect(expressions.length).toBeGreaterThan(15);
  const named = new Set(expressions.flatMap((expr) => expr.match(/signoff_[a-z0-9_]+/g) ?? []).map((name) => name.replace(/_(bucket|sum|count)$/, '')));
  expect([...named].filter((name) => !there.has(name))).toEqual([]);
  for (const { rules: group } of rules.groups) for (const { alert, annotations } of group) expect([alert, annotations.summary.length > 20]).toEqual([alert, true]);
});

test('ready: with everything there; not, and saying why, when the database lacks a migration, when a queue stands still, when the process ends', async () => {
  expect(await ask('/readyz')).toEqual({ status: 200, text: 'ready\n' });
  expect((await app.inject('/readyz')).statusCode).toBe(200);
  const [last] = await story.rows<{ name: string; checksum: string }>(`delete from schema_migrations where name = (select max(name) from schema_migrations) returning name, checksum`);
  const fresh = openReadiness([migrationsAreRight(story.parts.databaseUrl)]);
  expect(await fresh.ask()).toEqual({ ok: false, wrong: [{ name: 'migrations', says: `the database lacks ${last?.name}` }] });
  await story.rows(`insert into schema_migrations (name, checksum) values ($1, $2)`, [last?.name, last?.checksum]);

  const still = (idleSeconds: number, headSeconds: number) => queuesMove({ idle: () => new Map([['advance', idleSeconds]]) }, async () => ({ queues: [{ name: 'advance', ready: 3, later: 0, active: 0, headSeconds }], steps: [], reviews: [], notices: [], dead: 0, findings: 0, files: [], dataRequests: [] })).ask();
  expect([await still(61, 61), await still(61, 5), await still(0, 500)]).toEqual([expect.stringContaining('advance: next for 61 s'), undefined, undefined]);

  readiness.end();
  expect(await ask('/readyz')).toEqual({ status: 503, text: 'process: it is about to end\n' });
  expect([(await ask('/healthz')).text, (await app.inject('/healthz')).payload, (await app.inject('/readyz')).statusCode, (await app.inject('/readyz')).payload]).toEqual(['ok\n', 'ok\n', 503, 'not ready\n']);
});

test('a database that is away: no figures instead of zeros, not ready, and still alive', async () => {
  const away = openMetrics(() => Promise.reject(new Error('away')));
  const text = await away.text();
  expect(text).toMatch(/^signoff_figures_up 0$/m);
  expect(text).not.toMatch(/^signoff_(dead_jobs|findings_open|queue_ready_jobs)\S* /m);
  const gone = openReadiness([migrationsAreRight('postgres://nobody@127.0.0.1:1/none')]);
  expect(await gone.ask()).toEqual({ ok: false, wrong: [{ name: 'migrations', says: 'ECONNREFUSED' }] });
});
