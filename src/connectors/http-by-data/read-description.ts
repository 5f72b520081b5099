/** Reads a description whole, or says everything that is wrong with it: where, what, and what to do about it. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { z } from 'zod';
import { LineCounter, isNode, parseDocument, type Document } from 'yaml';
import { no, ok, type Result } from '../../cancellation/result.ts';
import { description, type Description } from './description.ts';
import { rulesOf, type OperationRule, type PortName } from './operations.ts';
import type { CheckedRow } from './reply-table.ts';
import { parseJsonTemplate, parseTemplate, partsIn, type JsonTemplate, type Part, type Template } from './template.ts';

/** `at`: `file:line (path)`. */
export type Wrong = { readonly at: string; readonly says: string; readonly mend: string };
export type CheckedRequest = {
  readonly method: Description['operations'][string]['request']['method'];
  readonly path: readonly Template[];
  readonly query: readonly (readonly [string, Template])[];
  readonly headers: readonly (readonly [string, Template])[];
  readonly json?: JsonTemplate;
  readonly form?: readonly (readonly [string, Template])[];
};
export type CheckedOperation = { readonly rule: OperationRule; readonly request: CheckedRequest; readonly rows: readonly CheckedRow[]; readonly named: ReadonlySet<string> };
export type ReadDescription = {
  readonly port: PortName;
  readonly origin: string;
  readonly timeoutMs: number;
  readonly maxReplyBytes: number;
  readonly tls: { readonly ca?: string; readonly cert?: string; readonly key?: string };
  readonly secrets: ReadonlyMap<string, string>;
  readonly operations: ReadonlyMap<string, CheckedOperation>;
};

const longestFile = 262_144;
/** Made by HTTP itself, or by us; set from a file they would make another request of it. */
const ownHeaders = new Set(['host', 'content-length', 'content-type', 'transfer-encoding', 'connection', 'upgrade', 'te', 'trailer', 'expect', 'keep-alive', 'accept-encoding', 'proxy-authorization', 'proxy-connection']);
const isLoopback = (host: string): boolean => host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);

type Path = readonly (string | number)[];
type Say = (path: Path, says: string, mend: string) => void;

/** The line of the deepest node on the way that is really written there. */
const lineOf = (document: Document, counter: LineCounter, path: Path): number => {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return counter.linePos(node.range[0]).line;
  }
  return 1;
};

const originOf = (written: Description['origin'], env: (name: string) => string | undefined, say: Say): string => {
  const text = typeof written === 'string' ? written : env(written.env);
  if (text === undefined) {
    say(['origin'], 'the environment variable that it names is not set', `Set ${typeof written === 'string' ? '' : written.env}.`);
    return '';
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const plain = url?.protocol === 'http:' && isLoopback(url.hostname);
  if (url === undefined || (url.protocol !== 'https:' && !plain)) say(['origin'], 'is not https://…, nor http:// on this machine', 'Write https://host/prefix. What speaks plain HTTP elsewhere needs a proxy with TLS.');
  else if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') say(['origin'], 'holds more than host and prefix', 'Name credentials under secrets and use them in headers or under basic; put a query under query.');
  return text;
};

const secretsOf = ({ secrets, basic }: Description, env: (name: string) => string | undefined, say: Say): Map<string, string> => {
  const found = new Map<string, string>();
  for (const [name, variable] of Object.entries(secrets)) {
    const value = env(variable);
    if (value === undefined || value === '') say(['secrets', name], `the environment variable ${variable} is not set`, `Set ${variable}.`);
    else if (!/^[\x20-\x7e]+$/.test(value)) say(['secrets', name], `${variable} holds what no header can hold`, `Take line breaks and other than ASCII out of ${variable}.`);
    else found.set(name, value);
  }
  for (const part of ['user', 'password'] as const)
    if (basic !== undefined && !(basic[part] in secrets)) say(['basic', part], 'is no name under secrets', 'Name it under secrets, with the environment variable that holds it.');
  return found;
};

const tlsOf = ({ tls }: Description, file: string, say: Say): ReadDescription['tls'] => {
  if (tls === undefined) return {};
  if ((tls.cert === undefined) !== (tls.key === undefined)) say(['tls'], 'has a certificate or a key, not both', 'Name both cert and key, or neither.');
  return Object.fromEntries(Object.entries(tls).flatMap(([what, path]) => {
    try {
      return [[what, readFileSync(resolve(dirname(file), path), 'utf8')]];
    } catch {
      say(['tls', what], `the file ${path} can't be read`, 'Correct the path (relative to this file) or its permissions.');
      return [];
    }
  }));
};

type Seen = { readonly rule: OperationRule; readonly secrets: Description['secrets']; readonly say: Say };

/** `mayBeAbsent`: here, a value that a call does not have leaves something out. */
const checkParts = (parts: readonly Part[], path: Path, { rule, secrets, say }: Seen, allowed: { readonly secrets: boolean; readonly mayBeAbsent: boolean }): void => {
  for (const part of parts) {
    if ('secret' in part && !allowed.secrets) say(path, `{secret.${part.secret}} does not belong here`, 'Secrets go into headers only: what stands in a path or a body is logged by others.');
    else if ('secret' in part && !(part.secret in secrets)) say(path, `{secret.${part.secret}} is not named under secrets`, 'Name it under secrets, with the environment variable that holds it.');
    else if ('fact' in part && !(part.fact in rule.facts)) say(path, `{${part.fact}} is nothing that this call knows`, `It knows ${Object.keys(rule.facts).map((one) => `{${one}}`).join(', ')}.`);
    else if ('fact' in part && rule.optional.includes(part.fact) && !allowed.mayBeAbsent) say(path, `{${part.fact}} is not there in every call`, 'Put it into an object inside json: the object that it stands in is left out where it is missing.');
    else if ('fact' in part && part.decimals !== undefined && rule.facts[part.fact] !== 'amount') say(path, `{${part.fact}} is no amount`, 'Leave the decimals out.');
  }
};

const text = (written: string, path: Path, seen: Seen, secrets = false): Template => {
  const parsed = parseTemplate(written);
  if (typeof parsed === 'string') {
    seen.say(path, parsed, 'A placeholder is {name}, {name:2} for an amount with two decimals, or {secret.name}; other braces are not possible.');
    return [];
  }
  checkParts(parsed, path, seen, { secrets, mayBeAbsent: false });
  return parsed;
};

const named = (templates: readonly (Template | JsonTemplate)[]): Set<string> => new Set(templates.flatMap(partsIn).flatMap((part) => ('fact' in part ? [part.fact] : [])));

const requestOf = (name: string, all: Description, seen: Seen): CheckedRequest => {
  const path: Path = ['operations', name, 'request'];
  const written = all.operations[name]?.request ?? { method: 'GET', path: '/' };
  const { rule, say } = seen;
  const entries = (map: Readonly<Record<string, string>> | undefined, where: Path, secrets = false): (readonly [string, Template])[] =>
    Object.entries(map ?? {}).map(([key, one]) => [key, text(one, [...where, key], seen, secrets)] as const);
  const headersOf = (map: Readonly<Record<string, string>> | undefined, where: Path): (readonly [string, Template])[] => {
    for (const [key, one] of Object.entries(map ?? {})) {
      if (ownHeaders.has(key)) say([...where, key], 'is not set from here', 'Leave it out; HTTP and this program set it.');
      if (!/^[\x20-\x7e]*$/.test(one)) say([...where, key], 'holds what no header can hold', 'Write ASCII on one line.');
    }
    return entries(map, where, true);
  };
  const segments = written.path.slice(1).split('/').map((segment) => text(decoded(segment), [...path, 'path'], seen));
  if (segments.some((segment) => segment.every((part) => 'literal' in part && /^\.{0,2}$/.test(part.literal)))) say([...path, 'path'], 'has an empty part, . or ..', 'Write each part of the path out, without a slash at the end.');
  const json = written.json === undefined ? undefined : parseJsonTemplate(written.json);
  if (typeof json === 'string') say([...path, 'json'], json, 'A placeholder is {name}; other braces in a text are not possible.');
  else if (json !== undefined) {
    // A value that is missing takes the object it stands in with it: at the top that would be everything.
    const top = 'fields' in json ? json.fields.filter(([, one]) => 'text' in one).flatMap(([, one]) => partsIn(one)) : 'text' in json ? partsIn(json) : [];
    checkParts(top, [...path, 'json'], seen, { secrets: false, mayBeAbsent: false });
    checkParts(partsIn(json).filter((part) => !top.includes(part)), [...path, 'json'], seen, { secrets: false, mayBeAbsent: true });
  }
  if (written.json !== undefined && written.form !== undefined) say(path, 'has json and form', 'Keep one of them.');
  if (!rule.acts && written.method !== 'GET' && written.method !== 'POST') say([...path, 'method'], 'a read changes nothing', 'Use GET, or POST where the peer reads by POST.');
  if (rule.acts && written.method === 'GET') say([...path, 'method'], 'GET changes nothing (RFC 9110 §9.2.1), and may be repeated or kept by whatever stands in between', 'Use POST, PUT, PATCH or DELETE.');
  if (written.method === 'GET' && (written.json ?? written.form) !== undefined) say(path, 'GET has no body', 'Use query, or another method.');
  const form = written.form === undefined ? undefined : entries(written.form, [...path, 'form']);
  return {
    method: written.method, path: segments, query: entries(written.query, [...path, 'query']),
    headers: [...new Map([...headersOf(all.headers, ['headers']), ...headersOf(written.headers, [...path, 'headers'])])],
    ...(json === undefined || typeof json === 'string' ? {} : { json }), ...(form === undefined ? {} : { form }),
  };
};

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return '..';
  }
};

const rowsOf = (name: string, all: Description, seen: Seen): CheckedRow[] => {
  const { rule, say } = seen;
  const canRead = 'read' in rulesOf(all.port);
  const whole = new Set<number>();
  return (all.operations[name]?.replies ?? []).map((row, index) => {
    const path: Path = ['operations', name, 'replies', index];
    const { status, about: whose, ...rest } = row;
    const about = whose === undefined || whose === 'none' ? {} : whose;
    const statuses = typeof status === 'number' ? [status] : status;
    const bare = Object.keys(row.where ?? {}).length === 0;
    if (statuses.some((one) => one >= 300 && one < 400)) say([...path, 'status'], 'a redirect is not followed, and means nothing', 'Leave 3xx out: it is refused.');
    if (statuses.every((one) => whole.has(one))) say(path, 'a row before it takes every such reply', 'Put the row with where before the one without.');
    if (bare) for (const one of statuses) whole.add(one);
    if (bare && statuses.some((one) => one >= 400) && (row.is === 'gone' || row.is === 'done'))
      say(path, `${statuses.find((one) => one >= 400)} of whatever stands in between would be taken for ${row.is}`, 'Say under where what stands in the peer\'s own reply and in no other.');
    if (row.is === 'refused' && row.code === undefined) say(path, 'a refusal has no code', 'Name one under code: a text, or where it stands in the reply.');
    if (row.is !== 'refused' && row.code !== undefined) say([...path, 'code'], 'only a refusal has a code', 'Leave it out.');
    if (row.fact !== undefined && row.is !== 'done') say([...path, 'fact'], 'only what is done has a fact', 'Leave it out.');
    if (row.is === 'done' && !rule.acts && row.fact === undefined) say(path, 'a read says nothing without fact', 'Describe under fact where each value stands.');
    if (row.is === 'done' && !canRead && rule.done === undefined && row.fact === undefined) say(path, 'nothing says how it is now', 'Describe it under fact.');
    if (row.is === 'done' && rule.done !== undefined && bare && statuses.some((one) => one !== 204)) say(path, 'any page with this status would be taken for done, and nothing reads it back', 'Say under where what stands in the peer\'s own reply.');
    if (row.is === 'gone' && rule.gone === 'never') say([...path, 'is'], 'nothing is gone here', 'Use done, refused or unknown.');
    if (row.is === 'done' && (rule.many === true) !== (row.list !== undefined)) say(path, rule.many === true ? 'there is no list' : 'there is only one fact here', rule.many === true ? 'Say under list where the list stands.' : 'Leave list out.');
    if (row.is === 'done' && !rule.acts && whose === undefined && rule.must.some((one) => one !== 'key'))
      say(path, 'nothing says whose answer it is', `Say where the reply names it, for example about: { /id: '{${rule.must[0]}}' }, or about: none where it does not.`);
    return { ...rest, statuses, about: Object.entries(about).map(([pointer, one]) => [pointer, text(one, [...path, 'about', pointer], seen)] as const) };
  });
};

const checkedOperations = (all: Description, say: Say): Map<string, CheckedOperation> => {
  const rules = rulesOf(all.port);
  for (const name of Object.keys(all.operations)) if (!Object.hasOwn(rules, name)) say(['operations', name], `${all.port} has no such call`, `It has ${Object.keys(rules).join(', ')}.`);
  const checked = new Map<string, CheckedOperation>();
  for (const [name, rule] of Object.entries(rules)) {
    if (!Object.hasOwn(all.operations, name)) {
      if (rule.mayLack) continue;
      say(['operations'], `${name} is missing`, `Describe ${Object.keys(rules).join(', ')}. Where two are the same, an anchor of YAML serves.`);
      continue;
    }
    const seen: Seen = { rule, secrets: all.secrets, say };
    const request = requestOf(name, all, seen);
    const says = named([...request.path, ...[...request.query, ...request.headers, ...(request.form ?? [])].map(([, one]) => one), ...(request.json === undefined ? [] : [request.json])]);
    for (const fact of rule.must) if (!says.has(fact)) say(['operations', name, 'request'], `{${fact}} is nowhere in it`, fact === 'key' ? 'Send it as the peer\'s idempotency key, or a repeat would be taken for a new order.' : 'Put it where the peer expects it.');
    checked.set(name, { rule, request, rows: rowsOf(name, all, seen), named: says });
  }
  return checked;
};

type Issue = z.core.$ZodIssue;
/** Of several possible shapes, what is wrong with the one that came furthest: "invalid input" helps nobody. */
const plainest = (issue: Issue): Pick<Issue, 'path' | 'message'>[] => {
  if (issue.code !== 'invalid_union') return [issue];
  const within = issue.errors.flatMap((branch) => branch.slice(0, 1).flatMap(plainest)).toSorted((one, other) => other.path.length - one.path.length);
  const [deepest] = within;
  if (deepest !== undefined && deepest.path.length > 0) return [{ path: [...issue.path, ...deepest.path], message: deepest.message }];
  return [{ path: issue.path, message: [...new Set(within.map(({ message }) => message))].join('; or: ') || issue.message }];
};

/** `file` is for messages and for paths beside it. */
export const readDescription = (source: string, file: string, env: (name: string) => string | undefined): Result<ReadDescription, readonly Wrong[]> => {
  if (source.length > longestFile) return no([{ at: `${file}:1`, says: `is longer than ${longestFile} characters`, mend: 'A description has a hundred lines or two.' }]);
  const counter = new LineCounter();
  const document = parseDocument(source, { lineCounter: counter, uniqueKeys: true, version: '1.2', prettyErrors: false });
  if (document.errors.length > 0) return no(document.errors.map((error) => ({ at: `${file}:${counter.linePos(error.pos[0]).line}`, says: error.message, mend: 'Write it as YAML or JSON.' })));
  const wrong: Wrong[] = [];
  const say: Say = (path, says, mend) => void wrong.push({ at: `${file}:${lineOf(document, counter, path)}${path.length === 0 ? '' : ` (${path.join('.')})`}`, says, mend });
  let written: unknown;
  try {
    written = document.toJS({ maxAliasCount: 50 });
  } catch (error) {
    return no([{ at: `${file}:1`, says: error instanceof Error ? error.message : 'it can not be resolved', mend: 'Use fewer aliases.' }]);
  }
  const parsed = description.safeParse(written);
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues.flatMap(plainest)) say(path.map((one) => (typeof one === 'symbol' ? String(one) : one)), message, 'docs/http-connectors.md describes every word.');
    return no(wrong);
  }
  const all = parsed.data;
  const origin = originOf(all.origin, env, say);
  const secrets = secretsOf(all, env, say);
  const tls = tlsOf(all, file, say);
  const operations = checkedOperations(all, say);
  if (all.basic !== undefined) {
    const [user, password] = [secrets.get(all.basic.user) ?? '', secrets.get(all.basic.password) ?? ''];
    secrets.set(basicSecret, Buffer.from(`${user}:${password}`).toString('base64'));
    for (const [name, one] of operations) operations.set(name, { ...one, request: { ...one.request, headers: [...one.request.headers.filter(([key]) => key !== 'authorization'), ['authorization', [{ literal: 'Basic ' }, { secret: basicSecret }]]] } });
  }
  return wrong.length > 0 ? no(wrong) : ok({ port: all.port, origin, timeoutMs: all.timeoutSeconds * 1_000, maxReplyBytes: all.replyKilobytes * 1_024, tls, secrets, operations });
};

/** No name that a file can give. */
const basicSecret = 'basic credentials';
