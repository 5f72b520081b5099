/** Bodies of openapi.yaml. */
import { z } from 'zod';
import { no, ok, type Result } from '../../cancellation/result.ts';

export const maxBody = 65_536;

const minor = z.int().min(0);
const currency = z.string().regex(/^[A-Z]{3}$/);

export const billedLine = z.object({
  status: z.enum(['active', 'stopped']),
  stoppedAt: z.iso.datetime({ offset: true }).optional(),
  owedMinor: minor,
  creditMinor: minor,
  currency,
});
export type BilledLine = z.infer<typeof billedLine>;

/** `payoutMinor`: of the credit, paid back by somebody else. `transfer`: of the credit, to another line. */
export const settlement = z.object({
  collectMinor: minor, offsetMinor: minor, refundMinor: minor, forfeitMinor: minor, currency,
  payoutMinor: minor.exactOptional(),
  transfer: z.object({ toRef: z.string().min(1).max(128), minor: z.int().min(1) }).exactOptional(),
});
export type Settlement = z.infer<typeof settlement>;

/** RFC 9457, with the code of openapi.yaml. */
const problem = z.object({ code: z.string().regex(/^[a-z0-9-]{1,64}$/), title: z.string().max(500) });
export type Problem = z.infer<typeof problem>;

export type CannotDecode = { readonly kind: 'not-billing'; readonly says: string };

const parse = <Value>(schema: z.ZodType<Value>, body: string): Result<Value, CannotDecode> => {
  if (Buffer.byteLength(body) > maxBody) return no({ kind: 'not-billing', says: `longer than ${maxBody} bytes` });
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return no({ kind: 'not-billing', says: 'not JSON' });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const first = parsed.error.issues[0];
  return no({ kind: 'not-billing', says: `${first?.path.join('.') || 'body'}: ${first?.code ?? 'invalid'}` });
};

export const decodeBilledLine = (body: string): Result<BilledLine, CannotDecode> => parse(billedLine, body);
export const decodeSettlement = (body: string): Result<Settlement, CannotDecode> => parse(settlement, body);
export const decodeProblem = (body: string): Result<Problem, CannotDecode> => parse(problem, body);
