/** Holds what is said over HTTP against an OpenAPI 3.1 document: every request and every reply, strictly. */
import { readFileSync } from 'node:fs';
import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

type Schema = Record<string, unknown>;
type Content = Readonly<Record<string, { readonly schema: Schema; readonly examples?: Readonly<Record<string, { readonly value: unknown }>> }>>;
type Parameter = { readonly name: string; readonly in: 'path' | 'header' | 'query'; readonly required?: boolean; readonly schema: Schema; readonly example?: unknown };
type Operation = {
  readonly operationId: string; readonly parameters?: readonly Parameter[]; readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
};
type Document = { readonly openapi: string; readonly security: readonly Readonly<Record<string, unknown>>[]; readonly paths: Readonly<Record<string, Readonly<Record<string, Operation | readonly Parameter[]>>>> };

export type Said = {
  readonly method: string; readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string;
  readonly reply: { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string };
};

const name = 'https://signoff.example/openapi';

/** References are followed once, so that what stands in the document can be walked. */
const resolved = (document: unknown, node: unknown, path: string): unknown => {
  if (Array.isArray(node)) return node.map((one) => resolved(document, one, path));
  if (typeof node !== 'object' || node === null) return node;
  const { $ref, ...rest } = node as { readonly $ref?: string };
  if ($ref === undefined) return Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, resolved(document, value, `${path}/${key}`)]));
  const target = $ref.slice(2).split('/').reduce<unknown>((at, key) => (at as Schema | undefined)?.[key], document);
  if (target === undefined) throw new Error(`${path}: ${$ref} names nothing`);
  return { ...resolved(document, target, $ref) as object, ...resolved(document, rest, path) as object };
};

export const openApi = (file: string) => {
  const raw: unknown = parse(readFileSync(file, 'utf8'));
  const document = resolved(raw, raw, '') as Document;
  const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true, coerceTypes: false });
  addFormats.default(ajv);
  const compiled = new Map<Schema, ValidateFunction>();
  const complaints = (schema: Schema, value: unknown): string[] => {
    const validate = compiled.get(schema) ?? ajv.compile({ ...schema, $id: `${name}/${compiled.size}` });
    compiled.set(schema, validate);
    return validate(value) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
  const parametersOf = (template: string, operation: Operation): readonly Parameter[] => [...((document.paths[template]?.['parameters'] as readonly Parameter[] | undefined) ?? []), ...(operation.parameters ?? [])];
  const operations = Object.entries(document.paths).flatMap(([template, item]) =>
    Object.entries(item).filter(([key]) => key !== 'parameters').map(([method, operation]) => ({ template, method: method.toUpperCase(), operation: operation as Operation })));

  const bodyComplaints = (content: Content | undefined, type: string | undefined, body: string): string[] => {
    if (content === undefined) return body === '' ? [] : ['a body, and none is described'];
    const found = content[type?.split(';')[0]?.trim() ?? ''];
    if (found === undefined) return [`a body of ${type ?? 'no type'}, which is not described`];
    try {
      return complaints(found.schema, JSON.parse(body));
    } catch {
      return ['a body that is not JSON'];
    }
  };

  /** What is wrong, and which operation and status it was. */
  const hold = (said: Said): { readonly operation: string; readonly wrong: readonly string[] } => {
    const found = operations.flatMap((one) => {
      const names = [...one.template.matchAll(/\{(\w+)\}/g)].map(([, each = '']) => each);
      const match = new RegExp(`^${one.template.replace(/\{\w+\}/g, '([^/?#]+)')}$`).exec(said.path);
      return match === null || one.method !== said.method ? [] : [{ ...one, values: Object.fromEntries(names.map((each, at) => [each, decodeURIComponent(match[at + 1] ?? '')])) }];
    })[0];
    if (found === undefined) return { operation: 'none', wrong: [`${said.method} ${said.path} is not described`] };
    const { operation, template, values } = found;
    const parameters = parametersOf(template, operation).flatMap((one) => {
      const value = one.in === 'path' ? values[one.name] : said.headers[one.name.toLowerCase()];
      if (value === undefined) return one.required === true && said.reply.status < 400 ? [`${one.in} ${one.name} is missing`] : [];
      return complaints(one.schema, value).map((says) => `${one.in} ${one.name}${says}`);
    });
    // What is refused may be wrong; what is done may not.
    const request = said.reply.status >= 400 ? [] : said.body === '' && operation.requestBody?.required !== true ? [] : bodyComplaints(operation.requestBody?.content, said.headers['content-type'], said.body);
    const authorized = said.reply.status >= 400 || /^Bearer \S+$/.test(said.headers.authorization ?? '') ? [] : ['without a bearer token'];
    const status = said.reply.status;
    const response = operation.responses[String(status)] ?? operation.responses[`${Math.floor(status / 100)}XX`] ?? operation.responses['default'];
    const reply = response === undefined ? [`the status ${status} is not described`] : bodyComplaints(response.content, said.reply.headers['content-type'], said.reply.body).map((says) => `reply ${status}: ${says}`);
    return { operation: `${operation.operationId} ${status}`, wrong: [...parameters, ...request, ...authorized, ...reply] };
  };

  /** Every example of the document that its own schema does not take. */
  const wrongExamples = (): string[] => operations.flatMap(({ template, operation }) => [
    ...parametersOf(template, operation).flatMap((one) => (one.example === undefined ? [] : complaints(one.schema, one.example))),
    ...[operation.requestBody?.content, ...Object.values(operation.responses).map(({ content }) => content)].flatMap((content) =>
      Object.values(content ?? {}).flatMap(({ schema, examples = {} }) => Object.entries(examples).flatMap(([each, { value }]) => complaints(schema, value).map((says) => `${operation.operationId} ${each}: ${says}`)))),
  ]);
  const exampleCount = (): number => operations.reduce((sum, { operation }) => sum + [operation.requestBody?.content, ...Object.values(operation.responses).map(({ content }) => content)]
    .reduce((each, content) => each + Object.values(content ?? {}).reduce((n, { examples = {} }) => n + Object.keys(examples).length, 0), 0), 0);

  return { version: document.openapi, operationIds: operations.map(({ operation }) => operation.operationId), hold, wrongExamples, exampleCount, document };
};

export type Overheard = { readonly url: string; readonly said: Said[]; close(): Promise<void> };

/** A real server in between that passes everything on, unless `change` makes another answer of it, and keeps what was said. */
export const overhear = async (target: string, change?: (said: Said) => Said['reply'] | undefined): Promise<Overheard> => {
  const said: Said[] = [];
  const server = createServer((asked, answer) => void (async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of asked as AsyncIterable<Buffer>) chunks.push(chunk);
    const onward = request(new URL(asked.url ?? '/', target), { method: asked.method ?? 'GET', headers: asked.headers }, (reply) => void (async () => {
      const parts: Buffer[] = [];
      for await (const part of reply as AsyncIterable<Buffer>) parts.push(part);
      const heard: Said = {
        method: asked.method ?? '', path: asked.url ?? '', headers: asked.headers, body: Buffer.concat(chunks).toString('utf8'),
        reply: { status: reply.statusCode ?? 0, headers: reply.headers, body: Buffer.concat(parts).toString('utf8') },
      };
      said.push(heard);
      const { status, headers, body } = change?.(heard) ?? heard.reply;
      const { 'content-length': _length, ...rest } = headers;
      answer.writeHead(status, rest).end(body);
    })().catch(() => asked.socket.destroy()));
    onward.on('error', () => asked.socket.destroy());
    onward.end(Buffer.concat(chunks));
  })().catch(() => asked.socket.destroy()));
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    said,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
};
