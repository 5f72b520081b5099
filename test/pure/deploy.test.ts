/** The files under deploy/ hold what they name: commands, settings, ports, values. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { readSettings } from '../../src/settings.ts';

const read = (path: string): string => readFileSync(join('deploy', path), 'utf8');
const isThere = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const known = new Set(readFileSync('src/settings.ts', 'utf8').match(/\bSIGNOFF_[A-Z0-9_]+(?=:)/g) ?? []);
const settingsIn = (text: string): string[] => [...new Set(text.match(/\bSIGNOFF_[A-Z0-9_]+\b/g) ?? [])];
const roles = ['web', 'worker', 'all'];

test('every setting that a file names is one that the program knows', () => {
  const files = readdirSync('deploy', { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name).slice('deploy/'.length));
  expect(files.length).toBeGreaterThan(12);
  expect(known.size).toBeGreaterThan(40);
  for (const file of files) expect([file, settingsIn(read(file)).filter((name) => !known.has(name) && name !== 'SIGNOFF_DB_PASSWORD')]).toEqual([file, []]); // compose's own, for the database beside it
});

test('the example of settings lacks nothing but the secrets', () => {
  const env = Object.fromEntries(read('signoff.env.example').split('\n').filter((line) => /^[A-Z]/.test(line)).map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
  const message = (() => {
    try {
      readSettings(env);
    } catch (fault) {
      return (fault as Error).message;
    }
    return '';
  })();
  expect([...message.matchAll(/(SIGNOFF_[A-Z0-9_]+) \(/g)].map(([, name]) => name)).toEqual(['SIGNOFF_OPERATOR_KEY', 'SIGNOFF_SIGNING_KEY', 'SIGNOFF_BILLING_TOKEN', 'SIGNOFF_PAYOUTS_TOKEN', 'SIGNOFF_SERVICES_TOKEN']);
});

describe('compose', () => {
  const service = z.looseObject({
    image: z.string(), command: z.array(z.string()).optional(), env_file: z.array(z.string()).optional(), depends_on: z.record(z.string(), z.object({ condition: z.enum(['service_healthy', 'service_started']) })).optional(),
    healthcheck: z.object({ test: z.array(z.string()).min(2), interval: z.string(), timeout: z.string(), retries: z.int(), start_period: z.string().optional() }),
    restart: z.enum(['unless-stopped', 'always', 'on-failure']), volumes: z.array(z.string()), ports: z.array(z.string().regex(/^127\.0\.0\.1:/, 'is open to everybody')).optional(),
  });
  const compose = z.object({ name: z.string(), services: z.record(z.string(), service), volumes: z.record(z.string(), z.object({})) });

  test('each service is whole, knows when it is ready, and names volumes and services that are there', () => {
    const found = compose.parse(Object.fromEntries(Object.entries(parse(read('compose.yaml'), { merge: true }) as object).filter(([name]) => !name.startsWith('x-'))));
    for (const [name, { command, volumes, depends_on = {} }] of Object.entries(found.services)) {
      if (name !== 'database') expect([name, command]).toEqual([name, ['start', '--role', expect.stringMatching(new RegExp(`^(${roles.join('|')})$`))]]);
      for (const volume of volumes) expect(Object.keys(found.volumes)).toContain(volume.split(':')[0]);
      for (const other of Object.keys(depends_on)) expect(Object.keys(found.services)).toContain(other);
    }
    if (spawnSync('docker', ['compose', 'version']).status !== 0) return; // the machine has none, or not that part of it
    const folder = mkdtempSync(join(tmpdir(), 'signoff-compose-'));
    writeFileSync(join(folder, 'compose.yaml'), read('compose.yaml'));
    writeFileSync(join(folder, 'signoff.env'), '');
    const { status, stderr } = spawnSync('docker', ['compose', '-f', join(folder, 'compose.yaml'), 'config', '--quiet'], { env: { ...process.env, SIGNOFF_DB_PASSWORD: 'x' }, encoding: 'utf8', timeout: 30_000 });
    rmSync(folder, { recursive: true });
    expect([status, stderr]).toEqual([0, '']);
  });
});

test('the image copies what there is and starts the program as somebody without rights', () => {
  const lines = read('Dockerfile').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const words = new Set(['FROM', 'WORKDIR', 'COPY', 'RUN', 'USER', 'ENV', 'EXPOSE', 'ENTRYPOINT', 'CMD']);
  expect(lines.filter((line) => !words.has(line.split(' ')[0] ?? ''))).toEqual([]);
  expect(lines[0]).toMatch(/^FROM node:24/);
  for (const [, paths = ''] of read('Dockerfile').matchAll(/^COPY (.*) \S+$/gm)) for (const path of paths.split(' ')) expect(() => readdirSync(path === '.' ? path : '.').includes(path)).not.toThrow();
  expect(lines.findIndex((line) => line.startsWith('USER signoff'))).toBeLessThan(lines.findIndex((line) => line.startsWith('ENTRYPOINT')));
  expect(JSON.parse(lines.find((line) => line.startsWith('ENTRYPOINT'))?.slice('ENTRYPOINT '.length) ?? '')).toEqual(['node', '--import', 'tsx', 'src/main.ts']);
});

describe('systemd', () => {
  const units = readdirSync('deploy/systemd');
  const sectionsOf = (text: string): Map<string, [string, string][]> => {
    const sections = new Map<string, [string, string][]>();
    let current: [string, string][] = [];
    for (const line of text.split('\n').filter((one) => one !== '' && !one.startsWith('#'))) {
      const head = /^\[(\w+)\]$/.exec(line)?.[1];
      if (head !== undefined) sections.set(head, current = []);
      else current.push([line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);
    }
    return sections;
  };

  test.each(units)('%s: whole, starts a role that there is, and has longer to end than the program takes', (unit) => {
    const sections = sectionsOf(read(`systemd/${unit}`));
    expect([...sections.keys()]).toEqual(['Unit', 'Service', 'Install']);
    const of = new Map(sections.get('Service'));
    expect(of.get('ExecStart')).toMatch(new RegExp(` src/main\\.ts start --role (${roles.join('|')})$`));
    expect([of.get('User'), of.get('NoNewPrivileges'), of.get('ProtectSystem'), Number(of.get('TimeoutStopSec')) >= 30]).toEqual(['signoff', 'yes', 'strict', true]);
    if (!isThere('systemd-analyze')) return;
    const folder = mkdtempSync(join(tmpdir(), 'signoff-units-'));
    const path = join(folder, unit.replace('@', '@4600'));
    writeFileSync(path, read(`systemd/${unit}`).replace('file:/opt/signoff/README.md', 'https://signoff.example').replace('WorkingDirectory=/opt/signoff', 'WorkingDirectory=/'));
    const { stderr } = spawnSync('systemd-analyze', ['verify', path], { encoding: 'utf8', timeout: 60_000 });
    rmSync(folder, { recursive: true });
    expect(stderr.split('\n').filter((line) => line.includes('signoff'))).toEqual([]); // units of the machine itself are not ours
  });
});

describe('Helm', () => {
  const chart = 'helm/signoff';
  const values = parse(read(`${chart}/values.yaml`)) as Record<string, unknown>;
  const templates = readdirSync(`deploy/${chart}/templates`);
  const at = (path: string): unknown => path.split('.').reduce<unknown>((found, name) => (found as Record<string, unknown> | undefined)?.[name], values);
  const defined = new Set([...read(`${chart}/templates/_pod.tpl`).matchAll(/define "([^"]+)"/g)].map(([, name]) => name));

  test('the chart says what it is', () => {
    expect(z.strictObject({ apiVersion: z.literal('v2'), name: z.literal('signoff'), description: z.string(), type: z.literal('application'), version: z.string().regex(/^\d+\.\d+\.\d+$/), appVersion: z.string(), kubeVersion: z.string() })
      .parse(parse(read(`${chart}/Chart.yaml`))).appVersion).toBe((JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version);
  });

  test.each(templates)('%s: every value and every part that it names is there, and every block ends', (file) => {
    const text = read(`${chart}/templates/${file}`);
    const actions = [...text.matchAll(/\{\{-?\s*(.*?)\s*-?\}\}/g)].map(([, inside = '']) => inside);
    expect(text.split('{{').length).toBe(text.split('}}').length);
    for (const [, path = ''] of text.matchAll(/\.Values\.([\w.]+)/g)) expect([path, at(path) !== undefined]).toEqual([path, true]);
    for (const [, name = ''] of text.matchAll(/include "([^"]+)"/g)) expect([name, defined.has(name)]).toEqual([name, true]);
    expect(actions.filter((one) => /^(if|range|with|define)\b/.test(one)).length).toBe(actions.filter((one) => one === 'end').length);
    expect(actions.filter((one) => !/^(if \.|range \$|define "|end$|include "|toYaml \.Values|\.Values\.|\.Release\.Name$|\$)/.test(one))).toEqual([]);
  });

  /** What this chart uses of Helm's language, no more: parts, values, `toYaml`, `nindent`. Conditions are taken as true, nothing is repeated. */
  const render = (text: string): string => {
    const parts = new Map([...read(`${chart}/templates/_pod.tpl`).matchAll(/\{\{- define "([^"]+)" -\}\}\n([\s\S]*?)\{\{- end \}\}\n(?=\{\{- define|$)/g)].map(([, name, body]) => [name, body]));
    const written = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
    const indented = (inside: string, by: number): string => `\n${inside.trimEnd().split('\n').map((line) => ' '.repeat(by) + line).join('\n')}`;
    return text
      .replace(/[ \t]*\{\{- range [\s\S]*?\{\{- end \}\}\n/g, '').replace(/^[ \t]*\{\{-? (if|end).*?\}\}\n?/gm, '')
      .replace(/\s*\{\{- include "([^"]+)" \. \| nindent (\d+) \}\}/g, (_, name: string, by: string) => indented(render(parts.get(name) ?? ''), Number(by)))
      .replace(/\s*\{\{- toYaml \.Values\.([\w.]+) \| nindent (\d+) \}\}/g, (_, path: string, by: string) => indented(written(at(path)), Number(by)))
      .replace(/\{\{ \.Values\.([\w.]+) \}\}/g, (_, path: string) => written(at(path))).replaceAll('{{ .Release.Name }}', 'desk');
  };

  test('filled in, each is an object of Kubernetes that selects what it labels', () => {
    const object = z.looseObject({ apiVersion: z.string(), kind: z.string(), metadata: z.looseObject({ name: z.string() }), spec: z.looseObject({}) });
    const objects = templates.filter((file) => file.endsWith('.yaml')).flatMap((file) => parseAllDocuments(render(read(`${chart}/templates/${file}`))).map((document) => {
      expect([file, document.errors]).toEqual([file, []]);
      return object.parse(document.toJS());
    }));
    expect(objects.map(({ kind }) => kind).toSorted()).toEqual(['Deployment', 'Deployment', 'PodDisruptionBudget', 'PodMonitor', 'Service']);
    const deployment = z.looseObject({ replicas: z.int(), selector: z.object({ matchLabels: z.record(z.string(), z.string()) }), template: z.looseObject({ metadata: z.object({ labels: z.record(z.string(), z.string()) }), spec: z.looseObject({
      terminationGracePeriodSeconds: z.int().min(30), volumes: z.array(z.looseObject({ name: z.string() })),
      containers: z.array(z.looseObject({ name: z.string().optional(), args: z.array(z.string()).optional(), volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })).optional(), readinessProbe: z.looseObject({ httpGet: z.object({ path: z.literal('/readyz'), port: z.literal('operation') }) }).optional() })).min(1),
    }) }) });
    for (const { spec, metadata } of objects.filter(({ kind }) => kind === 'Deployment')) {
      const { selector, template } = deployment.parse(spec);
      expect(template.metadata.labels).toEqual(selector.matchLabels);
      const [own] = template.spec.containers;
      expect(own?.args).toEqual(['start', '--role', metadata.name.replace('desk-', '')]);
      expect(own?.volumeMounts?.map(({ name }) => name)).toEqual(template.spec.volumes.map(({ name }) => name));
      expect(own?.readinessProbe).toBeDefined();
    }
    if (isThere('helm')) expect(execFileSync('helm', ['template', 'desk', `deploy/${chart}`, '--set', 'serviceMonitor=true'], { encoding: 'utf8', timeout: 30_000 })).toContain('kind: PodMonitor');
  });
});
