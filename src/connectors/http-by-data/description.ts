/** The shape of a description file. What each part is for stands in docs/http-connectors.md. */
import { z } from 'zod';
import { ports } from './operations.ts';

export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const environmentName = z.string().regex(/^[A-Z][A-Z0-9_]{0,99}$/, 'is the name of an environment variable: capitals, digits, _');
const scalar = z.union([z.string().max(200), z.number(), z.boolean(), z.null()]);
/** RFC 6901. */
const pointer = z.string().max(200).regex(/^(\/([^~/]|~[01])*)*$/, 'is a JSON pointer: empty, or /name/name (RFC 6901)');
const headerName = z.string().regex(/^[a-z0-9-]{1,64}$/, 'is a header\'s name in small letters');
const template = z.string().max(1_000);

const value = z.union([scalar, z.strictObject({
  at: pointer,
  /** What stands there, as text, and what it means here. */
  map: z.record(z.string().max(100), scalar).exactOptional(),
  /** What stands there is an amount with so many decimals, as text or number; here it is whole minor units. */
  decimals: z.int().min(0).max(4).exactOptional(),
  optional: z.boolean().exactOptional(),
})]);
export type ValueInReply = z.infer<typeof value>;

const condition = z.union([scalar, z.array(scalar).min(1).max(50), z.strictObject({ present: z.boolean() })]);
const words = z.union([z.string().min(1).max(200), z.strictObject({ at: pointer })]);
const status = z.int().min(200).max(599);

export const row = z.strictObject({
  status: z.union([status, z.array(status).min(1).max(50)]),
  /** By JSON pointer: what must stand there. */
  where: z.record(pointer, condition).exactOptional(),
  is: z.enum(['done', 'gone', 'refused', 'not-now', 'unknown']),
  /** By JSON pointer: what must stand there, or it is the answer to something else. `none`: the reply does not say whose it is. */
  about: z.union([z.literal('none'), z.record(pointer, template)]).exactOptional(),
  /** Where several facts stand. */
  list: pointer.exactOptional(),
  fact: z.record(z.string().max(50), value).exactOptional(),
  code: words.exactOptional(),
  says: words.exactOptional(),
});
export type Row = z.infer<typeof row>;

export const request = z.strictObject({
  method: z.enum(methods),
  path: z.string().max(500).regex(/^\/[^?#\s\\]*$/, 'begins with / and has no ? # or blank; put a query under query'),
  query: z.record(z.string().regex(/^[A-Za-z0-9_.[\]-]{1,100}$/), template).exactOptional(),
  headers: z.record(headerName, template).exactOptional(),
  json: z.json().exactOptional(),
  form: z.record(z.string().min(1).max(100), template).exactOptional(),
});

export const operation = z.strictObject({ request, replies: z.array(row).min(1).max(50) });

export const description = z.strictObject({
  version: z.literal(1),
  port: z.enum(ports),
  origin: z.union([z.string(), z.strictObject({ env: environmentName })]),
  timeoutSeconds: z.number().min(1).max(60).default(10),
  replyKilobytes: z.int().min(1).max(1_024).default(64),
  /** Names for use here, and the environment variables that hold them. */
  secrets: z.record(z.string().regex(/^[A-Za-z0-9_]{1,50}$/), environmentName).default({}),
  basic: z.strictObject({ user: z.string(), password: z.string() }).exactOptional(),
  tls: z.strictObject({ ca: z.string().exactOptional(), cert: z.string().exactOptional(), key: z.string().exactOptional() }).exactOptional(),
  /** Of every request. */
  headers: z.record(headerName, template).default({}),
  operations: z.record(z.string(), operation),
});
export type Description = z.infer<typeof description>;
