/** Bodies of openapi.yaml. */
import { z } from 'zod';
import { no, ok, type Result } from '../../cancellation/result.ts';

export const maxBody = 65_536;

const serviceName = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/).max(64);
const running = z.object({ service: serviceName, status: z.literal('active') });
const over = z.object({ service: serviceName, status: z.literal('ended'), endedAt: z.iso.datetime({ offset: true }) });
export const service = z.discriminatedUnion('status', [running, over]);
export type Service = z.infer<typeof service>;
const services = z.object({ services: z.array(service).max(200) });

/** RFC 9457, with the code of openapi.yaml. */
const problem = z.object({ code: z.string().regex(/^[a-z0-9-]{1,64}$/), title: z.string().max(500) });
export type Problem = z.infer<typeof problem>;

export type CannotDecode = { readonly kind: 'not-services'; readonly says: string };

const parse = <Value>(schema: z.ZodType<Value>, body: string): Result<Value, CannotDecode> => {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return no({ kind: 'not-services', says: 'not JSON' });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const first = parsed.error.issues[0];
  return no({ kind: 'not-services', says: `${first?.path.join('.') || 'body'}: ${first?.code ?? 'invalid'}` });
};

export const decodeService = (body: string): Result<Service, CannotDecode> => parse(service, body);
export const decodeServices = (body: string): Result<{ readonly services: readonly Service[] }, CannotDecode> => parse(services, body);
export const decodeProblem = (body: string): Result<Problem, CannotDecode> => parse(problem, body);
